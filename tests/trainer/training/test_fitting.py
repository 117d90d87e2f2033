from __future__ import annotations

import csv
import dataclasses
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest

from trainer.batches.base import Material
from trainer.data.collection import Data, load_data
from trainer.data.splits import main_split
from trainer.recipes import RECIPE_NAMES, conv_3_block, dense_512, find_recipe, ink
from trainer.runs.training_log import EpochResult, TrainingLog
from trainer.settings.definition import apply_settings
from trainer.training.averaging import WeightAverage
from trainer.training.checkpoint import Checkpoint
from trainer.training.fitting import Assignment, Fitted, fit_batches, fit_network
from trainer.training.interruption import Interruption
from trainer.training.material import held_out, training_material
from trainer.training.normalization import Statistics
from trainer.training.trial import train_trial
from trainer.training.watch import Progress, Watch

SMALL = ("epochs=3", "validation_images=50", "batch_size=32", "precision=float32")


@pytest.fixture(scope="module")
def data(data_folder: Path) -> Data:
    return load_data(data_folder, outliers="required")


def _settings(recipe: Any, *more: str) -> Any:
    return apply_settings(recipe.Settings(), [*SMALL, *more])


def _assignment(recipe: Any, settings: Any, data: Data, folder: Path | None = None) -> Assignment:
    split = main_split(data.drawings)
    return Assignment(
        name="small",
        material=training_material(recipe, settings, data, split),
        validation=held_out(recipe, settings, data, split),
        epochs=settings.epochs,
        log=TrainingLog(folder / "log.csv") if folder else None,
        checkpoint=folder / "checkpoint.npz" if folder else None,
    )


def _fit(recipe: Any, settings: Any, data: Data, folder: Path, **watch: Any) -> Fitted:
    watching = Watch(watch.pop("interruption", Interruption()), **watch)
    return fit_network(recipe, settings, _assignment(recipe, settings, data, folder), watching)


def _log(folder: Path) -> list[dict[str, str]]:
    with (folder / "log.csv").open() as file:
        return list(csv.DictReader(file))


def _batch() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    return random.random((32, 28, 28, 1), np.float32), np.arange(32) % 10


def _compiled(recipe: Any = ink) -> keras.Model:
    keras.utils.set_random_seed(1)
    network = recipe.build_network(recipe.Settings())
    network.compile(keras.optimizers.AdamW(0.002), "sparse_categorical_crossentropy")
    return network


def _shallow(recipe: Any) -> Any:
    """The recipe with a network of one layer, which leaves nothing out but time.

    It normalises and drops units at random, as the real ones do.
    """

    def build_network(settings: Any) -> keras.Model:
        picture = keras.Input((28, 28, 1))
        x = keras.layers.Dense(32, use_bias=False)(keras.layers.Flatten()(picture))
        x = keras.layers.ReLU()(keras.layers.BatchNormalization(momentum=0.95)(x))
        x = keras.layers.Dropout(0.2)(x)
        return keras.Model(picture, keras.layers.Dense(10, activation="softmax")(x))

    return SimpleNamespace(**{**vars(recipe), "build_network": build_network})


class _HasLearned(Exception):  # noqa: N818
    """Ends a training that has shown enough."""


@pytest.mark.parametrize("name", [one for one in RECIPE_NAMES if one != "strokes"])
def test_every_recipe_learns_to_read_what_it_has_not_seen(name: str, data: Data) -> None:
    """Short trainings on the real data have the flagship (test_short_trainings.py)."""
    recipe = find_recipe(name)
    more = {
        "conv-3-block": ["epochs=12", "patience=100", "filters=16"],
        "ink": ["samples_per_epoch=320", "averaging=0.9"],
        "resnet": ["epochs=12", "averaging=0.9", "filters=16"],
        "vgg": ["epochs=12", "averaging=0.9", "filters=16"],
    }
    settings = _settings(recipe, "epochs=6", "learning_rate=0.003", *more.get(name, ()))

    def look(result: EpochResult) -> None:
        if result.val_accuracy > 0.85:
            raise _HasLearned

    with pytest.raises(_HasLearned):
        train_trial(name, settings, data, look)


def test_a_trial_gives_the_figures_of_its_last_epoch(data: Data) -> None:
    told: list[EpochResult] = []

    result = train_trial("dense-512", _settings(dense_512), data, told.append)

    assert [one.epoch for one in told] == [1, 2, 3]
    assert result == told[-1]


def test_a_trials_network_is_not_measured_at_its_end(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(Statistics, "measure", lambda _, network, samples: asked.append(samples))

    train_trial("dense-512", _settings(dense_512, "epochs=1"), data, lambda _: None)

    assert asked == [1_024, 0]  # samples, for the epoch's figures and at the end


def test_an_epoch_is_told_and_logged_with_all_its_figures(data: Data, tmp_path: Path) -> None:
    told: list[tuple[str, EpochResult]] = []
    steps: list[Progress] = []
    settings = _settings(dense_512)

    fitted = _fit(
        dense_512, settings, data, tmp_path,
        on_step=[steps.append], on_epoch=[lambda *both: told.append(both)],
    )  # fmt: skip

    assert (fitted.epochs, fitted.is_complete) == (3, True)
    assert [result.epoch for _, result in told] == [1, 2, 3]
    assert [int(row["epoch"]) for row in _log(tmp_path)] == [1, 2, 3]
    assert float(_log(tmp_path)[2]["val_loss"]) == pytest.approx(told[2][1].val_loss, rel=1e-4)
    assert len(steps) == 3 * 11  # 350 images in batches of 32
    assert (steps[-1].epoch, steps[-1].step, steps[-1].steps) == (3, 11, 11)
    assert steps[-1].seconds_left == 0
    assert steps[0].seconds_left is not None
    assert steps[0].seconds_left > 0


def test_a_stop_ends_after_the_batch_and_keeps_whole_epochs_only(
    data: Data, tmp_path: Path
) -> None:
    interruption = Interruption()
    steps = []

    def stop_in_the_second_epoch(progress: Progress) -> None:
        steps.append(progress)
        if (progress.epoch, progress.step) == (2, 4):
            interruption.request()

    fitted = _fit(
        dense_512, _settings(dense_512), data, tmp_path,
        interruption=interruption, on_step=[stop_in_the_second_epoch],
    )  # fmt: skip

    assert (fitted.epochs, fitted.is_complete) == (1, False)
    assert len(_log(tmp_path)) == 1
    assert len(steps) == 11 + 4


def test_a_stop_in_an_epochs_last_batch_keeps_that_epoch(data: Data, tmp_path: Path) -> None:
    interruption = Interruption()

    def stop_at_the_end(progress: Progress) -> None:
        if progress.step == progress.steps:
            interruption.request()

    fitted = _fit(
        dense_512, _settings(dense_512), data, tmp_path,
        interruption=interruption, on_step=[stop_at_the_end],
    )  # fmt: skip

    assert (fitted.epochs, fitted.is_complete) == (1, False)


def test_a_training_killed_after_its_last_epoch_is_complete_without_another(
    data: Data, tmp_path: Path
) -> None:
    settings = _settings(dense_512)
    trained = _fit(dense_512, settings, data, tmp_path)
    steps: list[Progress] = []

    again = _fit(dense_512, settings, data, tmp_path, on_step=[steps.append])

    assert (again.epochs, again.is_complete, steps) == (3, True, [])
    for one, other in zip(again.network.weights, trained.network.weights, strict=True):
        assert np.array_equal(one, other)


def test_what_another_training_of_the_run_left_behind_is_not_gone_on_with(
    data: Data, tmp_path: Path
) -> None:
    settings = _settings(dense_512, "epochs=2")
    _fit(dense_512, settings, data, tmp_path)
    assignment = _assignment(dense_512, settings, data, tmp_path)
    steps: list[Progress] = []
    watch = Watch(Interruption(), on_step=[steps.append])

    fitted = fit_network(
        dense_512, settings, dataclasses.replace(assignment, name="without-here", epochs=1), watch
    )

    assert (fitted.epochs, fitted.is_complete) == (1, True)
    assert {step.network for step in steps} == {"without-here"}


def test_a_stop_file_is_a_request(tmp_path: Path) -> None:
    interruption = Interruption(tmp_path / "stop")
    before = interruption.is_requested

    (tmp_path / "stop").touch()
    interruption._look_at = 0.0

    assert not before
    assert interruption.is_requested


def test_a_resumed_training_goes_on_as_if_nothing_had_happened(data: Data, tmp_path: Path) -> None:
    recipe = _shallow(ink)
    settings = _settings(recipe, "epochs=4", "samples_per_epoch=320", "averaging=0.9")
    straight, resumed = tmp_path / "straight", tmp_path / "resumed"
    straight.mkdir()
    resumed.mkdir()
    _fit(recipe, settings, data, straight)
    interruption = Interruption()

    first = _fit(
        recipe, settings, data, resumed, interruption=interruption,
        on_epoch=[lambda _, result: result.epoch == 2 and interruption.request()],
    )  # fmt: skip
    second = _fit(recipe, settings, data, resumed)

    assert (first.epochs, second.epochs, second.is_complete) == (2, 4, True)
    assert [row["epoch"] for row in _log(resumed)] == ["1", "2", "3", "4"]
    for one, other in zip(_log(straight), _log(resumed), strict=True):
        assert one["learning_rate"] == other["learning_rate"]
        assert float(one["loss"]) == pytest.approx(float(other["loss"]), rel=0.01)


def test_callbacks_remember_across_a_resume_what_they_waited_for(
    data: Data, tmp_path: Path
) -> None:
    """With no patience left the rate must fall in the first epoch after the resume."""
    settings = _settings(
        conv_3_block, "epochs=4", "patience=2", "learning_rate=1e-7", "stop_patience=100"
    )
    network = _compiled(conv_3_block)
    network.optimizer.build(network.trainable_variables)
    steering = conv_3_block.make_callbacks(settings)
    steering[0].wait, steering[0].best = 1, 1e-3  # nothing will be better
    checkpoint = Checkpoint(tmp_path / "c.npz", "small", network, WeightAverage(0), steering)
    checkpoint.save(2)
    again = conv_3_block.make_callbacks(settings)
    restored = Checkpoint(tmp_path / "c.npz", "small", network, WeightAverage(0), again)

    restored.restore(11)
    for callback in (*again, restored):
        callback.on_train_begin()

    assert restored.epoch == 2
    assert (again[0].wait, again[0].best) == (1, 1e-3)


@pytest.mark.parametrize(("averaging", "learning_rate"), [(0, 0.02), (0.9, 0.3)])
def test_early_stopping_ends_a_training_that_is_then_complete(
    averaging: float, learning_rate: float, data: Data, tmp_path: Path
) -> None:
    settings = _settings(
        conv_3_block,
        "epochs=100",
        "stop_patience=1",
        "patience=1",
        f"learning_rate={learning_rate}",
        f"averaging={averaging}",
    )

    fitted = _fit(_shallow(conv_3_block), settings, data, tmp_path)

    rows = _log(tmp_path)
    assert 1 < len(rows) < 100
    assert (fitted.epochs, fitted.is_complete) == (len(rows), True)
    inputs, labels = held_out(conv_3_block, settings, data, main_split(data.drawings))
    probabilities = fitted.network.predict(inputs, verbose=0)
    loss = -np.log(probabilities[np.arange(len(labels)), labels]).mean()
    # The statistics are measured with other units left out than during the training.
    assert loss == pytest.approx(min(float(row["val_loss"]) for row in rows), rel=0.05)


@pytest.mark.parametrize(
    "end", [["epochs=100", "stop_patience=1"], ["epochs=6", "stop_patience=100"]]
)
def test_a_training_killed_at_its_end_gives_its_best_network_without_another_epoch(
    end: list[str], data: Data, tmp_path: Path
) -> None:
    recipe = _shallow(conv_3_block)
    settings = _settings(conv_3_block, *end, "patience=1", "learning_rate=0.02")
    trained = _fit(recipe, settings, data, tmp_path)
    losses = [float(row["val_loss"]) for row in _log(tmp_path)]
    assert losses[-1] > min(losses)
    steps: list[Progress] = []

    again = _fit(recipe, settings, data, tmp_path, on_step=[steps.append])

    assert (again.epochs, again.is_complete, steps) == (trained.epochs, True, [])
    for one, other in zip(again.network.weights, trained.network.weights, strict=True):
        assert np.array_equal(one, other)


def test_a_training_that_ended_by_itself_is_complete_though_a_stop_is_asked_for_then(
    data: Data, tmp_path: Path
) -> None:
    class Enough(keras.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_end(self, epoch: int, logs: object = None) -> None:
            self.model.stop_training = True

    recipe = SimpleNamespace(**{**vars(dense_512), "make_callbacks": lambda _: [Enough()]})
    interruption = Interruption()

    fitted = _fit(
        recipe, _settings(dense_512), data, tmp_path,
        interruption=interruption, on_epoch=[lambda *_: interruption.request()],
    )  # fmt: skip

    assert (fitted.epochs, fitted.is_complete) == (1, True)


def test_a_checkpoint_that_does_not_fit_into_memory_is_not_called_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_: object, **__: object) -> None:
        raise MemoryError

    (tmp_path / "c.npz").touch()
    monkeypatch.setattr(np, "load", load)

    with pytest.raises(MemoryError):
        Checkpoint(tmp_path / "c.npz", "small", keras.Sequential(), WeightAverage(0))


def test_two_trainings_with_one_seed_agree_and_another_seed_differs(
    data: Data, tmp_path: Path
) -> None:
    losses = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / name).mkdir()
        _fit(dense_512, _settings(dense_512, "epochs=1", f"seed={seed}"), data, tmp_path / name)
        losses.append([float(row["loss"]) for row in _log(tmp_path / name)])

    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
    assert losses[0] != pytest.approx(losses[2], rel=1e-3)


def test_the_average_is_used_within_its_block_only() -> None:
    inputs, labels = _batch()
    network, averaging = _compiled(_shallow(ink)), WeightAverage(0.9)
    network.fit(inputs, labels, epochs=16, batch_size=32, verbose=0, callbacks=[averaging])
    before = network.get_weights()

    with averaging.applied():
        within = network.get_weights()

    assert averaging.weights is not None
    assert all(np.array_equal(a, b) for a, b in zip(within, averaging.weights, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(network.get_weights(), before, strict=True))
    assert not np.array_equal(within[0], before[0])


def test_the_average_of_weights_that_do_not_change_is_what_they_are() -> None:
    averaging = WeightAverage(0.99)
    averaging.set_model(SimpleNamespace(get_weights=lambda: [np.full(3, 0.5, np.float32)]))

    for batch in range(20):
        averaging.on_train_batch_end(batch)

    assert averaging.weights is not None
    np.testing.assert_allclose(averaging.weights[0], 0.5, rtol=1e-6)


def test_no_averaging_keeps_no_average() -> None:
    inputs, labels = _batch()
    network, averaging = _compiled(dense_512), WeightAverage(0)

    network.fit(inputs, labels, epochs=9, batch_size=32, verbose=0, callbacks=[averaging])

    assert averaging.weights is None


def test_a_short_training_gives_a_network_that_reads_as_well_as_it_learned(
    data: Data, tmp_path: Path
) -> None:
    """Running statistics and averages still hold much of the untrained network by then."""
    recipe = _shallow(ink)
    settings = _settings(recipe, "epochs=2", "learning_rate=0.002", "samples_per_epoch=640")
    inputs, labels = held_out(recipe, settings, data, main_split(data.drawings))

    fitted = _fit(recipe, settings, data, tmp_path)

    probabilities = fitted.network.predict(inputs, verbose=0)
    accuracy = (probabilities.argmax(axis=1) == labels).mean()
    last = _log(tmp_path)[-1]
    assert accuracy > float(last["accuracy"]) - 0.05
    assert accuracy > 0.85
    assert accuracy == pytest.approx(float(last["val_accuracy"]), abs=0.05)


def _values(network: keras.Model) -> list[np.ndarray]:
    return [np.array(keras.ops.convert_to_numpy(variable)) for variable in network.variables]


def test_measuring_statistics_changes_nothing_else(data: Data) -> None:
    settings = _settings(conv_3_block)
    network = _compiled(conv_3_block)
    batches = conv_3_block.make_batches(settings, Material(data.mnist.train, []), 0)
    before = _values(network)

    Statistics(batches).measure(network, 64)
    once = _values(network)
    Statistics(batches).measure(network, 64)

    changed = [
        variable.path.rpartition("/")[2]
        for variable, old, new in zip(network.variables, before, once, strict=True)
        if not np.array_equal(old, new)
    ]
    assert set(changed) == {"moving_mean", "moving_variance"}
    assert all(map(np.array_equal, _values(network), once))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (["epochs=2", "batch_size=128"], 16),  # 700 pictures in all
        (["epochs=60", "batch_size=128"], 46),  # 60 * 3 steps
        (["epochs=400", "batch_size=128"], 128),  # enough steps
        (["epochs=2", "batch_size=8"], 8),  # smaller than any that is chosen
    ],
)
def test_a_short_training_has_smaller_batches(
    settings: list[str], expected: int, data: Data
) -> None:
    wanted = _settings(dense_512, *settings)

    fitting = fit_batches(dense_512, wanted, _assignment(dense_512, wanted, data))

    assert fitting.batch_size == expected
