"""Write a network in 8-bit integers: its convolutions take a third of the time.

Static quantisation (Jacob et al. 2018): weights and activations of the convolutions become
integers, by ranges that real inputs show; global pooling and the dense layer stay in float32.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import onnx
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_static,
)

from trainer.data.model_inputs import NetworkInputs
from trainer.export.folding import fold_pooled_normalizations
from trainer.export.formats import silent_logger

_QUANTIZED = ["Conv", "MaxPool", "Concat", "Relu"]
_UNFINISHED = ".quantizing-"  # the beginning of the name of a folder of half-made files


def quantize(source: Path, target: Path, inputs: NetworkInputs) -> None:
    """Quantise an ONNX file; also clears what a killed process left beside it.

    Weights get 7 of the 8 bits: processors without VNNI add up pairs of products in 16 bits, which
    8-bit weights overflow.

    Args:
        source: a network in float32.
        target: of the file to write; replaced if it exists.  No other process writes beside it.
        inputs: real ones by their names, some hundreds, none of them of a test set: the ranges of
            all activations are taken from them.
    """
    for left in target.parent.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=target.parent) as folder:
        folded = Path(folder) / "folded.onnx"
        model = onnx.load(source)
        fold_pooled_normalizations(model)
        onnx.save(model, folded)
        fresh = Path(folder) / "quantized.onnx"
        with silent_logger(None):  # which advises to prepare the network, as has been done
            quantize_static(
                folded,
                fresh,
                _Inputs([node.name for node in model.graph.input], inputs),
                quant_format=QuantFormat.QDQ,
                op_types_to_quantize=_QUANTIZED,
                per_channel=True,
                reduce_range=True,
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
            )
        fresh.replace(target)


class _Inputs(CalibrationDataReader):  # type: ignore[misc]
    """Hands the inputs over, some at a time."""

    _BLOCK = 50

    def __init__(self, names: list[str], inputs: NetworkInputs) -> None:
        named = inputs if isinstance(inputs, dict) else {"picture": inputs}
        total = len(named["picture"])
        self._blocks: Iterator[dict[str, Any]] = (
            {_input_of(name, names): array[at : at + self._BLOCK] for name, array in named.items()}
            for at in range(0, total, self._BLOCK)
        )

    def get_next(self) -> dict[str, Any] | None:
        """The next block, None at the end."""
        return next(self._blocks, None)


def _input_of(name: str, names: list[str]) -> str:
    """The exporter's own name for one of our inputs: it may add to it."""
    return next(one for one in names if one.startswith(name))
