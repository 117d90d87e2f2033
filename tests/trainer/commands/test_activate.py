from __future__ import annotations

import json
from pathlib import Path

import pytest

from recognizer.runs.pointer import activate, read_current
from tests.trainer.small_runs import fitted_weights, network, write_run
from trainer.command_line import main
from trainer.release import gates
from trainer.release.gate import Gate
from trainer.release.history import Activation, append_activation

Output = pytest.CaptureFixture[str]


@pytest.fixture
def models(tmp_path: Path, data_folder: Path) -> Path:
    """A served run, one as good, and one that never says 3."""
    weights = fitted_weights(data_folder)
    write_run(tmp_path, "served", network(weights))
    write_run(tmp_path, "good", network(weights))
    write_run(tmp_path, "forgetful", network(weights, forgets=[3]))
    activate(tmp_path, "served")
    return tmp_path


@pytest.fixture
def same(models: Path, data_folder: Path) -> list[str]:
    return ["--models", str(models), "--data-dir", str(data_folder)]


def _history(models: Path, capsys: Output) -> list[dict[str, object]]:
    capsys.readouterr()
    main(["activate", "--history", "--json", "--models", str(models)])
    history: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return history


def test_a_run_that_passes_is_served(models: Path, same: list[str], capsys: Output) -> None:
    assert main(["activate", "good", *same]) == 0

    printed = capsys.readouterr().out
    assert read_current(models) == "good"
    assert printed.count("✓ passed") == 9
    assert "good is served from now on" in printed
    (recorded,) = _history(models, capsys)
    assert (recorded["run"], recorded["before"], recorded["reason"]) == ("good", "served", None)


def test_a_run_that_does_not_pass_is_refused_with_each_figure_and_limit(
    models: Path, same: list[str], capsys: Output
) -> None:
    assert main(["activate", "forgetful", *same]) == 2

    printed = capsys.readouterr()
    (floor,) = [line for line in printed.out.splitlines() if "mnist_floor" in line]
    assert "✗ not passed" in floor
    assert "0.00%" in floor
    assert "97.00%" in floor
    assert "forgetful is not activated: it did not pass mnist_floor" in printed.err
    assert read_current(models) == "served"
    assert _history(models, capsys) == []


def test_a_run_that_was_compared_with_another_than_the_served_one_is_refused(
    models: Path, same: list[str], capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_overtaken(*_: object) -> list[Gate]:
        activate(models, "forgetful")
        return []

    monkeypatch.setattr(gates, "run_gates", be_overtaken)

    assert main(["activate", "good", *same]) == 2

    error = capsys.readouterr().err
    assert "good is not activated: forgetful was put into service while it was checked" in error
    assert read_current(models) == "forgetful"
    assert _history(models, capsys) == []


def test_force_serves_it_and_keeps_the_reason(
    models: Path, same: list[str], capsys: Output
) -> None:
    assert main(["activate", "forgetful", "--force", "nobody writes a 3", *same]) == 0

    assert "by force: nobody writes a 3" in capsys.readouterr().out
    assert read_current(models) == "forgetful"
    assert _history(models, capsys)[0]["reason"] == "nobody writes a 3"
    main(["activate", "--history", "--models", str(models)])
    assert "nobody writes a 3 (not passed: mnist_floor" in capsys.readouterr().out


def test_whoever_wanted_it_can_be_named(models: Path, same: list[str], capsys: Output) -> None:
    assert main(["activate", "good", "--by", "lan", *same]) == 0
    assert main(["rollback", "--by", "minh", "--models", str(models)]) == 0

    assert [entry["by"] for entry in _history(models, capsys)] == ["lan", "minh"]


def test_the_history_of_one_run_is_its_own(models: Path, capsys: Output) -> None:
    append_activation(models, Activation("activate", "served", "older"))

    for name, told in (("current", "older"), ("good", "good has not been activated here yet")):
        assert main(["activate", name, "--history", "--models", str(models)]) == 0
        assert told in capsys.readouterr().out


def test_force_without_a_reason_is_refused(models: Path, same: list[str], capsys: Output) -> None:
    assert main(["activate", "forgetful", "--force", " ", *same]) == 2

    assert "--force needs a reason" in capsys.readouterr().err
    assert read_current(models) == "served"


@pytest.mark.parametrize(("name", "status"), [("good", 0), ("forgetful", 2)])
def test_check_asks_the_gates_and_changes_nothing(
    models: Path, same: list[str], capsys: Output, name: str, status: int
) -> None:
    assert main(["activate", name, "--check", "--json", *same]) == status

    answer = json.loads(capsys.readouterr().out)
    assert answer["activated"] is False
    assert all(gate["passed"] for gate in answer["gates"]) == (status == 0)
    assert read_current(models) == "served"
    assert not (models / "activations.jsonl").exists()


def test_without_data_a_run_is_served_by_force_only(
    models: Path, tmp_path: Path, capsys: Output
) -> None:
    (tmp_path / "mnist.npz").write_bytes(b"")  # so that Keras fetches nothing
    arguments = ["activate", "good", "--models", str(models), "--data-dir", str(tmp_path)]

    assert main(arguments) == 2

    printed = capsys.readouterr()
    assert "not measurable: the data sets are not on this machine" in printed.out
    assert "cannot be read as MNIST" in printed.err
    assert read_current(models) == "served"
    assert main([*arguments, "--force", "the data is elsewhere"]) == 0
    assert read_current(models) == "good"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["activate"], "name the run"),
        (["activate", "absent"], "there is no run absent"),
        (["activate", "../good"], "not the name of a run"),
    ],
)
def test_what_cannot_be_activated_is_told(
    models: Path, same: list[str], capsys: Output, arguments: list[str], message: str
) -> None:
    assert main([*arguments, *same]) == 2

    assert message in capsys.readouterr().err


def test_no_force_serves_a_changed_run(models: Path, same: list[str], capsys: Output) -> None:
    (models / "good" / "training_log.csv").write_text("better")

    assert main(["activate", "good", "--force", "trust me", *same]) == 2

    assert "is not the file that run.json has the checksum of" in capsys.readouterr().err
    assert read_current(models) == "served"


def test_the_history_of_one_run_and_of_none(models: Path, same: list[str], capsys: Output) -> None:
    main(["activate", "--history", "--models", str(models)])
    assert "nothing has been activated here yet" in capsys.readouterr().out
    main(["activate", "good", *same])
    main(["activate", "served", *same])
    capsys.readouterr()

    main(["activate", "forgetful", "--history", "--json", "--models", str(models)])

    assert json.loads(capsys.readouterr().out) == []
    assert [entry["run"] for entry in _history(models, capsys)] == ["good", "served"]
