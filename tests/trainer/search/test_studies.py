from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.trainer.search.searches import begin, small_plan
from trainer.errors import SettingsError
from trainer.search.options import check_study_name
from trainer.search.storage import Storage
from trainer.search.studies import (
    find_study,
    grace_of,
    join_study,
    plan_of,
    study_names,
)


def test_whoever_comes_second_joins(open_storage: Callable[[], Storage]) -> None:
    begin(open_storage(), grace=1.0)

    joined = join_study(open_storage(), "small", small_plan())

    assert grace_of(joined) == 1.0
    assert plan_of(joined)["settings"] == {"seed": 1, "epochs": 3}
    assert study_names(open_storage()) == ["small"]


def test_a_study_is_made_once_however_many_come_at_the_same_moment(
    open_storage: Callable[[], Storage],
) -> None:
    barrier = threading.Barrier(6)

    def come() -> str:
        storage = open_storage()
        barrier.wait()
        return begin(storage).study_name

    with ThreadPoolExecutor(6) as threads:
        came = [threads.submit(come) for _ in range(6)]

    assert [study.result() for study in came] == ["small"] * 6
    assert study_names(open_storage()) == ["small"]


def test_a_study_with_another_plan_or_grace_is_not_joined(
    open_storage: Callable[[], Storage],
) -> None:
    begin(open_storage(), grace=1.0)

    with pytest.raises(SettingsError, match="epochs = 3, not 4"):
        join_study(open_storage(), "small", small_plan(epochs=4))
    with pytest.raises(SettingsError, match="--grace 1"):
        join_study(open_storage(), "small", small_plan(), grace=2.0)


def test_a_study_that_is_not_there_is_told(open_storage: Callable[[], Storage]) -> None:
    with pytest.raises(SettingsError, match="no study 'absent' in "):
        find_study(open_storage(), "absent")


@pytest.mark.parametrize("name", ["", "..", "../up", "a/b", ".hidden", "x" * 200])
def test_a_name_that_no_folder_should_have_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be a study's name"):
        check_study_name(name)
