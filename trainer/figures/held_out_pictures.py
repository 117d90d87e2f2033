"""How well pictures of three repositories are read that nothing was tuned on.

They are read once, when the work on photos is done: whoever looks at them to mend something has to
name others.  All else is as for `real_pictures`.
"""

from __future__ import annotations

from pathlib import Path

from recognizer.runs.loaded_run import LoadedRun
from trainer.figures.figure import Figure
from trainer.figures.real_pictures import HELD_OUT, answer_all, read_pictures, summarize


def measure(run: LoadedRun, data_folder: Path) -> list[Figure]:
    """The repositories that were held out; nothing where there are no such pictures.

    Raises:
        DataError: the list of labels is damaged.
    """
    pictures = read_pictures(data_folder)
    return summarize(answer_all(run, [one for one in pictures if one.repository in HELD_OUT]))
