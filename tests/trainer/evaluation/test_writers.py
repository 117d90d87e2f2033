from __future__ import annotations

import numpy as np
import pytest

from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.writers import writer_spread


def _drawings(*hands: tuple[str, str]) -> list[LabelledDrawing]:
    return [LabelledDrawing(0, site, writer, (np.zeros((1, 2)),)) for site, writer in hands]


def test_the_worst_writer_comes_first_and_sites_keep_namesakes_apart() -> None:
    drawings = _drawings(("here", "Ann"), ("here", "Ann"), ("there", "Ann"), ("here", "Bo"))

    spread = writer_spread(drawings, np.array([True, False, True, False]))

    assert [(writer.writer, writer.right, writer.total) for writer in spread.writers] == [
        ("here/Bo", 0, 1), ("here/Ann", 1, 2), ("there/Ann", 1, 1),
    ]  # fmt: skip


def test_every_writer_counts_once_however_much_they_drew() -> None:
    drawings = _drawings(*[("here", "busy")] * 98, ("here", "shy"), ("here", "rare"))
    right = np.array([True] * 98 + [False, True])

    spread = writer_spread(drawings, right)

    assert [spread.quantile(share) for share in (0, 0.25, 0.5, 1)] == [0.0, 0.5, 1.0, 1.0]
    assert spread.writers[0].interval == pytest.approx((0.0, 0.7935), abs=1e-3)
