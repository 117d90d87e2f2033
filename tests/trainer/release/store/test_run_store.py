from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest

from recognizer.errors import RunError
from recognizer.runs.loaded_run import load_run
from recognizer.runs.pointer import read_current
from tests.s3_server import S3Server
from tests.trainer.release.test_activation import CLOSED, PASSED
from trainer.command_line import main
from trainer.release.activation import RefusedError, activate_run, roll_back
from trainer.release.history import Activation, read_history
from trainer.release.store.bucket import Bucket, StoreError
from trainer.release.store.mirror import follow
from trainer.release.store.run_store import RunStore


def _bucket(store: RunStore) -> Bucket:
    return Bucket(store.address)


def test_what_one_machine_activates_another_one_serves(
    store: RunStore, workshop: Path, counter: Path
) -> None:
    activate_run(workshop, "A", [PASSED], by="lan", store=store)

    followed = follow(store, counter)

    assert (followed, read_current(counter)) == ("A", "A")
    assert load_run(counter, "A").name == "A"
    assert read_history(counter) == read_history(workshop)
    assert read_history(counter)[0].by == "lan"


def test_the_version_changes_with_the_run_that_is_to_be_served(
    store: RunStore, workshop: Path
) -> None:
    versions = [store.version()]

    for name in ("A", "B"):
        activate_run(workshop, name, [PASSED], store=store)
        versions += [store.version(), store.version()]

    assert versions[0] is None
    assert versions[1] == versions[2] != versions[3] == versions[4]


def test_a_refused_run_is_not_published(store: RunStore, workshop: Path) -> None:
    with pytest.raises(RefusedError):
        activate_run(workshop, "A", [CLOSED], store=store)

    assert store.version() is None


def test_a_machine_goes_back_to_a_run_that_it_never_had(
    store: RunStore, workshop: Path, counter: Path
) -> None:
    for name in ("A", "B"):
        activate_run(workshop, name, [PASSED], store=store)
    follow(store, counter)

    done = roll_back(counter, "it reads sevens as ones", "minh", store)
    follow(store, workshop)

    assert (done.run, done.before, done.skipped) == ("A", "B", {})
    assert read_current(workshop) == read_current(counter) == "A"
    assert [line.by for line in read_history(workshop)][-1] == "minh"


def test_runs_that_the_store_has_damaged_or_no_more_are_skipped_on_the_way_back(
    store: RunStore, workshop: Path, counter: Path
) -> None:
    for name in ("A", "B", "C"):
        activate_run(workshop, name, [PASSED], store=store)
    bucket = _bucket(store)
    bucket.write("B/model.onnx", b"something else")

    done = roll_back(counter, store=store)

    assert done.run == "A"
    assert "damaged run: B" in done.skipped["B"]


def test_an_activation_brings_an_empty_store_the_history_before_it(
    store: RunStore, workshop: Path
) -> None:
    for name in ("A", "B"):
        activate_run(workshop, name, [PASSED])

    activate_run(workshop, "C", [PASSED], store=store)
    follow(store, workshop)

    assert [line.run for line in read_history(workshop)] == ["A", "B", "C"]
    assert roll_back(workshop, store=store).run == "B"


def test_what_was_served_before_is_what_everybody_served(
    store: RunStore, workshop: Path, counter: Path
) -> None:
    shutil.copytree(workshop, counter, dirs_exist_ok=True)
    activate_run(workshop, "A", [PASSED], store=store)

    activation = activate_run(counter, "B", [PASSED], store=store)

    assert activation.before == "A"


def test_a_damaged_run_in_the_store_leaves_the_old_one_served(
    store: RunStore, workshop: Path, counter: Path
) -> None:
    activate_run(workshop, "A", [PASSED], store=store)
    follow(store, counter)
    activate_run(workshop, "B", [PASSED], store=store)
    _bucket(store).write("B/model.onnx", b"something else")

    with pytest.raises(RunError, match=r"damaged run: B: 'model.onnx'"):
        follow(store, counter)

    assert read_current(counter) == "A"
    assert sorted(path.name for path in counter.iterdir()) == ["A", "activations.jsonl", "current"]


def test_a_damaged_copy_is_fetched_again(store: RunStore, workshop: Path, counter: Path) -> None:
    activate_run(workshop, "A", [PASSED], store=store)
    follow(store, counter)
    (counter / "A" / "model.onnx").write_bytes(b"bit rot")
    (counter / ".fetched-by-one-that-was-killed" / "A").mkdir(parents=True)

    follow(store, counter)

    assert load_run(counter, "A").name == "A"
    assert sorted(path.name for path in counter.iterdir()) == ["A", "activations.jsonl", "current"]


def test_a_run_that_was_trained_here_is_never_replaced(
    store: RunStore, workshop: Path, counter: Path
) -> None:
    activate_run(workshop, "A", [PASSED], store=store)
    shutil.copytree(workshop / "A", counter / "A")
    (counter / "A" / "checkpoint.npz").write_bytes(b"hours of work")
    (counter / "A" / "run.json").write_text(
        json.dumps({**json.loads((workshop / "A" / "run.json").read_text()), "status": "running"})
    )

    with pytest.raises(RunError, match="status 'running'"):
        follow(store, counter)

    assert (counter / "A" / "checkpoint.npz").read_bytes() == b"hours of work"


def test_a_run_with_files_outside_its_folder_is_not_fetched(
    store: RunStore, workshop: Path, counter: Path
) -> None:
    activate_run(workshop, "A", [PASSED], store=store)
    details = json.loads((workshop / "A" / "run.json").read_text())
    details["files"]["../../evil"] = "0" * 64
    _bucket(store).write("A/run.json", json.dumps(details).encode())

    with pytest.raises(RunError, match="files outside the run"):
        follow(store, counter)

    assert not (counter.parent / "evil").exists()
    assert not (counter / "current").exists()


def test_two_who_activate_at_once_come_one_behind_the_other(
    store: RunStore, workshop: Path, counter: Path
) -> None:
    machines = [workshop.parent / f"machine-{name}" for name in "ABC"]
    for machine in machines:
        shutil.copytree(workshop, machine)
    threads = [
        threading.Thread(target=activate_run, args=(machine, name, [PASSED]),
                         kwargs={"store": RunStore(store.address)})
        for machine, name in zip(machines, "ABC", strict=True)
    ]  # fmt: skip

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    follow(store, counter)
    history = read_history(counter)
    assert sorted(line.run for line in history) == ["A", "B", "C"]
    assert read_current(counter) == history[-1].run


def test_who_is_overtaken_leaves_the_later_run_served(store: RunStore, workshop: Path) -> None:
    activate_run(workshop, "B", [PASSED])
    later = json.dumps(read_history(workshop)[0].as_json()).encode()
    _bucket(store).create("activations/00000009.json", later)  # behind the line that comes now

    store.publish(workshop, Activation("activate", "A", None))

    assert store.current() == "B"


def test_an_empty_store_is_filled_once_however_many_do_it(
    store: RunStore, workshop: Path, counter: Path
) -> None:
    for name in ("A", "B"):
        activate_run(workshop, name, [PASSED])

    for _ in range(2):
        store.publish_first(workshop)
    follow(store, counter)

    assert read_current(counter) == "B"
    assert read_history(counter) == read_history(workshop)


def test_the_command_line_goes_back_in_the_store_that_the_environment_names(
    store: RunStore, workshop: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name in ("A", "B"):
        activate_run(workshop, name, [PASSED], store=store)
    monkeypatch.setenv("NET_MODELS_STORE", store.address)

    status = main(["rollback", "--models", str(workshop)])

    assert (status, store.current()) == (0, "A"), capsys.readouterr().err


def test_a_store_that_is_away_is_told_and_nothing_has_changed(
    store: RunStore, s3_server: S3Server, workshop: Path
) -> None:
    activate_run(workshop, "A", [PASSED], store=store)
    s3_server.stop()

    try:
        with pytest.raises(StoreError, match="cannot be used"):
            activate_run(workshop, "B", [PASSED], store=store)
    finally:
        s3_server.start()

    assert read_current(workshop) == "A"
    assert [line.run for line in read_history(workshop)] == ["A"]
