"""Commands here train and measure in little time; what they draw is for the tests of reports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from trainer.evaluation import not_digits
from trainer.report.pictures.picture import Picture

PNG = b"\x89PNG\r\n\x1a\n".ljust(30_000, b"\0")  # as large as a picture of a report


@pytest.fixture(scope="module", autouse=True)
def _quick_measuring() -> Iterator[None]:
    """Pictures that take no time to be drawn, and few drawings that are no digits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Picture, "light_png", PNG)
        patch.setattr(Picture, "dark_png", PNG)
        patch.setattr(not_digits, "_NUMBER", 60)
        yield
