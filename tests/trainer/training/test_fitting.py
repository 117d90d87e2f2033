from __future__ import annotations

import keras
import numpy as np

from trainer.recipes.ink import build_network
from trainer.training.averaging import WeightAverage
from trainer.training.checkpoint import load_checkpoint, save_checkpoint


def _batch() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    return random.random((32, 28, 28, 1), np.float32), np.arange(32) % 10


def _compiled() -> keras.Model:
    keras.utils.set_random_seed(1)
    network = build_network()
    network.compile(keras.optimizers.AdamW(0.002), "sparse_categorical_crossentropy")
    return network


def test_the_network_can_learn_a_batch_of_noise_by_heart() -> None:
    network, (inputs, labels) = _compiled(), _batch()

    network.fit(inputs, labels, epochs=40, batch_size=32, verbose=0)

    answers = network(inputs, training=True).numpy().argmax(axis=1)
    assert (answers == labels).mean() > 0.95


def test_a_checkpoint_goes_on_as_if_nothing_had_happened(tmp_path) -> None:
    inputs, labels = _batch()
    straight = _compiled()
    straight.fit(inputs, labels, epochs=2, batch_size=32, verbose=0)
    save_checkpoint(tmp_path / "c.npz", straight, straight.get_weights(), 2)
    resumed = _compiled()

    average, epochs = load_checkpoint(tmp_path / "c.npz", resumed)

    for network in (straight, resumed):
        keras.utils.set_random_seed(2)
        network.fit(inputs, labels, epochs=3, batch_size=32, verbose=0)
    assert epochs == 2
    assert average is not None
    for one, other in zip(straight.get_weights(), resumed.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4)


def test_the_average_is_used_within_its_block_only() -> None:
    inputs, labels = _batch()
    network, averaging = _compiled(), WeightAverage(0.9)
    network.fit(inputs, labels, epochs=16, batch_size=32, verbose=0, callbacks=[averaging])
    before = network.get_weights()

    with averaging.applied():
        within = network.get_weights()

    assert averaging.weights is not None
    assert all(np.array_equal(a, b) for a, b in zip(within, averaging.weights, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(network.get_weights(), before, strict=True))
    assert not np.array_equal(within[0], before[0])
