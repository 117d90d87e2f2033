"""Feature maps as one picture, a sprite sheet, and what can be said of each without looking."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Ink
from recognizer.picture import to_data_uri

_DECIMALS = 4


@dataclass(frozen=True, eq=False)
class FeatureMaps:
    """The maps of one layer, or of the pen's directions.

    Attributes:
        name: of the layer.
        maps: (channels, height, width) float32, 0 or more.
    """

    name: str
    maps: NDArray[np.float32]

    @property
    def columns(self) -> int:
        """How many maps stand beside each other on the sheet, channel 0 at its upper left."""
        return ceil(sqrt(len(self.maps)))

    def sheet(self) -> Ink:
        """All maps on one picture, uint8: 0 = 0, and 255 = the largest number of the layer."""
        channels, height, width = self.maps.shape
        rows = ceil(channels / self.columns)
        largest = float(self.maps.max())
        places = np.zeros((rows * self.columns, height, width), np.uint8)
        if largest > 0:
            np.rint(self.maps * (255 / largest), out=places[:channels], casting="unsafe")
        grid = places.reshape(rows, self.columns, height, width).swapaxes(1, 2)
        return np.ascontiguousarray(grid.reshape(rows * height, self.columns * width))

    def to_json(self, images: bool) -> dict[str, Any]:
        """The maps as the contract has them.

        Args:
            images: whether the sheet shall be among it.

        Returns:
            besides the contract's keys ``maps``, the most active one first: of each its channel,
            its mean and its largest number, and the row and column where that lies.
        """
        channels, height, width = self.maps.shape
        entry: dict[str, Any] = {
            "name": self.name,
            "channels": channels,
            "height": height,
            "width": width,
            "columns": self.columns,
            "maps": self._described(),
        }
        if images:
            entry["image"] = to_data_uri(self.sheet())
        return entry

    def _described(self) -> list[dict[str, Any]]:
        flat = self.maps.reshape(len(self.maps), -1)
        means, largest, at = flat.mean(axis=1), flat.max(axis=1), flat.argmax(axis=1)
        order = np.argsort(-means, kind="stable")
        rows, columns = np.unravel_index(at[order], self.maps.shape[1:])
        numbers = (
            order,
            means[order].astype(np.float64).round(_DECIMALS),
            largest[order].astype(np.float64).round(_DECIMALS),
            rows,
            columns,
        )
        return [
            {"channel": channel, "mean": mean, "largest": most, "row": row, "column": column}
            for channel, mean, most, row, column in zip(
                *(column.tolist() for column in numbers), strict=True
            )
        ]
