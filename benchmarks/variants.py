"""Ways of reading strokes, trained side by side for a short while and measured on strangers.

Each is trained with some sites and writers left out, and asked about these: with the pen's
directions, without them, and with the mean of both.  What came out stands in docs/recognition.md.

    python -m benchmarks.variants --only picture directions --epochs 8
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from recognizer import directions
from trainer.commands.options import add_data_dir
from trainer.data.collection import Data, load_data
from trainer.data.location import data_folder
from trainer.data.model_inputs import (
    NetworkInputs,
    drawings_as_direction_maps,
    drawings_as_inputs,
    images_as_inputs,
)
from trainer.data.outliers import Outlier, split_outliers
from trainer.data.splits import Split, main_split
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.separation import separation
from trainer.recipes import find_recipe
from trainer.training.fitting import Assignment, fit_network
from trainer.training.interruption import Interruption
from trainer.training.material import held_out, training_material
from trainer.training.watch import Watch

VARIANTS: dict[str, dict[str, float]] = {
    "picture": {"pictures_only": 1.0},  # the picture alone
    "directions": {"pictures_only": 0.0, "images": 0.0, "pasted": 0.0},  # strokes alone, no MNIST
    "both": {},  # the released recipe: one network for both
    "both, hands kept": {"reverse": 0.0, "hook": 0.0},  # strokes never turned round or flicked
}


@dataclass(frozen=True, eq=False)
class Asked:
    """Held-out drawings of digits as a network reads them."""

    inputs: dict[str, NDArray[np.float32]]
    labels: NDArray[np.int64]

    @classmethod
    def of(cls, drawings: Sequence[LabelledDrawing]) -> Asked:
        """Drawn and mapped as the server does it."""
        pictures, labels = drawings_as_inputs(drawings)
        return cls(
            {"picture": pictures, "directions": drawings_as_direction_maps(drawings)}, labels
        )

    @property
    def as_pictures(self) -> dict[str, NDArray[np.float32]]:
        """The same without directions."""
        return {**self.inputs, "directions": np.zeros_like(self.inputs["directions"])}


def main() -> None:
    """Train and print, a variant after the other."""
    options = _parser().parse_args()
    data = load_data(data_folder(options.data_dir), outliers="required")
    print(f"{'variant':20}{'set':18}{'with':>8}{'without':>9}{'mean':>8}{'of':>7}")
    for name in options.only:
        _measure(name, options, data)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.variants", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=VARIANTS, default=list(VARIANTS))
    parser.add_argument("--epochs", type=int, default=8, help="of 80,000 samples (default: 8)")
    parser.add_argument("--without", nargs="+", default=["syn", "uqb"], help="sites left out")
    add_data_dir(parser)
    return parser


def _measure(name: str, options: argparse.Namespace, data: Data) -> None:
    recipe = find_recipe("strokes")
    settings = recipe.Settings(epochs=options.epochs, samples_per_epoch=80_000, **VARIANTS[name])
    split = _without(main_split(data.drawings), options.without)
    assignment = Assignment(
        name,
        training_material(recipe, settings, data, split),
        held_out(recipe, settings, data, replace(split, validation=split.validation[:500])),
        settings.epochs,
    )
    network = fit_network(recipe, settings, assignment, Watch(Interruption())).network
    for key, drawings in _sets(split, options.without).items():
        _print(name, key, network, Asked.of(drawings))
    images, labels = images_as_inputs(data.mnist.test)
    print(f"{name:20}{'MNIST test':18}{'':8}{_accuracy(_ask(network, images), labels):9.2%}")
    others = [one for one in split_outliers(data.outliers, split)[1] if not one.is_look_alike]
    digits = _digitness(network, split.validation)
    area = separation(digits, _digitness(network, others)).area
    print(f"{name:20}{'refusal, AUROC':18}{area:8.4f}", flush=True)


def _without(split: Split, sites: Sequence[str]) -> Split:
    """Writers held out as ever, and whole sites as well."""
    moved = [drawing for drawing in split.train if drawing.source in sites]
    trained = [drawing for drawing in split.train if drawing.source not in sites]
    return Split(trained, [*split.validation, *moved])


def _sets(split: Split, sites: Sequence[str]) -> dict[str, list[LabelledDrawing]]:
    held = split.validation
    return {
        "pendigits writers": [one for one in held if one.source == "pendigits"],
        "unseen sites": [one for one in held if one.source in sites],
    }


def _print(name: str, key: str, network: keras.Model, asked: Asked) -> None:
    both = [_ask(network, asked.inputs), _ask(network, asked.as_pictures)]
    mean = np.exp(np.mean(np.log(np.maximum(both, 1e-9)), axis=0))
    shares = [f"{_accuracy(answers, asked.labels):.2%}" for answers in (*both, mean)]
    print(f"{name:20}{key:18}{shares[0]:>8}{shares[1]:>9}{shares[2]:>8}{len(asked.labels):7}")


def _ask(network: keras.Model, inputs: NetworkInputs) -> NDArray[np.float32]:
    """(n, 10): the chances of the digits, of sum 1."""
    classes = _classes(network, inputs)[:, :10]
    share: NDArray[np.float32] = classes / classes.sum(axis=1, keepdims=True)
    return share


def _digitness(
    network: keras.Model, drawings: Sequence[LabelledDrawing | Outlier]
) -> NDArray[np.float64]:
    unlabelled = [LabelledDrawing(0, one.source, one.writer, one.strokes) for one in drawings]
    classes = _classes(network, Asked.of(unlabelled).inputs)
    return 1 - classes[:, 10].astype(np.float64)


def _classes(network: keras.Model, inputs: NetworkInputs) -> NDArray[Any]:
    if not isinstance(inputs, dict):
        maps = np.zeros((len(inputs), *directions.SHAPE), np.float32)
        inputs = {"picture": inputs, "directions": maps}
    classes: NDArray[Any] = network.predict(inputs, batch_size=500, verbose=0)
    return classes


def _accuracy(answers: NDArray[Any], labels: NDArray[np.int64]) -> float:
    return float((answers.argmax(axis=1) == labels).mean())


if __name__ == "__main__":
    main()
