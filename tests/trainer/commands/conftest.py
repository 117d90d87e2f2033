"""Commands here train and measure in little time; what they draw is for the tests of reports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from trainer.evaluation import figures, not_digits
from trainer.evaluation.robustness import measure_robustness
from trainer.release import numbers


@pytest.fixture(scope="module", autouse=True)
def _quick_measuring(quick_pictures: None) -> Iterator[None]:
    """Few drawings that are no digits, few numbers and changes, pictures that take no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(not_digits, "_NUMBER", 60)
        patch.setattr(numbers, "_NUMBERS", 60)
        patch.setattr(figures, "measure_robustness", partial(measure_robustness, most=20))
        yield
