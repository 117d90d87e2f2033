from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from optuna import Study
from optuna.trial import TrialState

from tests.trainer.search.searches import begin, small_plan
from trainer.search.importance import importances
from trainer.search.plots import draw_plots
from trainer.search.storage import Storage


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with closing(Storage.in_file(tmp_path / "study.db")) as storage:
        yield begin(storage)


def _add(study: Study, value: float, width: int = 8, rate: float = 0.1) -> None:
    study.enqueue_trial({"width": width, "rate": rate})
    study.tell(study.ask(small_plan().space), value)


def test_nothing_is_drawn_of_a_study_without_results(study: Study, tmp_path: Path) -> None:
    study.ask(small_plan().space)

    assert draw_plots(tmp_path, study) == []


def test_one_trial_has_a_history_and_nothing_to_be_important(study: Study, tmp_path: Path) -> None:
    _add(study, 0.9)

    assert {path.name for path in draw_plots(tmp_path, study)} == {"history.png", "settings.png"}


def test_equal_trials_tell_no_setting_from_another(study: Study) -> None:
    for width in (8, 16, 32):
        _add(study, 0.9, width)

    assert importances(study) == {}


def test_every_kind_of_trial_and_setting_is_drawn(study: Study, tmp_path: Path) -> None:
    for width, rate, value in ((8, 0.01, 0.5), (16, 0.1, 0.9), (32, 0.9, 0.1), (16, 0.2, 0.95)):
        _add(study, value, width, rate)
    pruned = study.ask(small_plan().space)
    pruned.report(0.4, 1)
    study.tell(pruned, state=TrialState.PRUNED)
    study.tell(study.ask(small_plan().space), state=TrialState.FAIL)

    drawn = draw_plots(tmp_path, study)

    assert {path.name for path in drawn} == {"history.png", "settings.png", "importance.png"}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in drawn)


def test_the_setting_that_decides_is_the_important_one(study: Study) -> None:
    for number in range(30):
        width = (8, 16, 32)[number % 3]
        _add(study, 0.9 if width == 16 else 0.5 + number / 1000, width, 0.01 + number * 0.03)

    found = importances(study)

    assert next(iter(found)) == "width"
    assert found["width"] > 0.5
    assert sum(found.values()) == pytest.approx(1)
