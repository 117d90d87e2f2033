from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from recognizer.geometry import draw
from tests.trainer.small_runs import HELD_OUT
from trainer.data.collection import Data
from trainer.evaluation.samples import (
    drawings_as_samples,
    held_out_writers,
    main_samples,
    writer_id,
)


def test_no_writer_that_was_trained_on_is_among_the_held_out(
    details: Mapping[str, Any], data: Data
) -> None:
    drawings = held_out_writers(details, data.drawings)

    assert sorted({writer_id(drawing) for drawing in drawings}) == HELD_OUT
    assert len(drawings) == 60


def test_rows_say_which_drawings_they_are(details: Mapping[str, Any], data: Data) -> None:
    _, samples = main_samples(details, data)

    for place in (0, 59):
        drawing = data.drawings[samples.rows[place]]
        assert samples.drawings[place] is drawing
        assert samples.labels[place] == drawing.label
        np.testing.assert_allclose(
            samples.inputs[place, ..., 0], draw(drawing.strokes) / 255, atol=1e-6
        )


def test_some_of_the_samples_keep_their_rows_and_drawings(data: Data) -> None:
    samples = drawings_as_samples("some", data.drawings, [7, 30, 100])

    part = samples.take("part", np.array([2, 0]))

    assert (part.key, part.rows.tolist()) == ("part", [100, 7])
    assert part.drawings == (data.drawings[100], data.drawings[7])
    np.testing.assert_array_equal(part.inputs, samples.inputs[[2, 0]])


def test_a_drawing_that_stands_under_a_trained_writer_too_is_not_held_out(
    details: Mapping[str, Any], data: Data
) -> None:
    """As in UNIPEN: the same points filed under two names."""
    held_out = next(d for d in data.drawings if writer_id(d) == HELD_OUT[0] and d.label == 8)
    twin = replace(held_out, writer=details["splits"]["writers"]["train"][0].split("/")[1])

    rows = held_out_writers(details, [*data.drawings, twin])

    assert len(rows) == 59
    assert held_out not in rows
