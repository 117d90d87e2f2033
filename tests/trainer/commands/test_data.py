"""``python -m trainer data``: what is fetched and looked at, and what is said when it cannot be."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.trainer.data.fetch.archives import pendigits_zip, unipen_tgz
from tests.trainer.data.fetch.file_server import FileServer, serving
from tests.trainer.data.unipen.writing import random_rows
from trainer.command_line import main
from trainer.data.collection import load_data
from trainer.data.splits import main_split
from trainer.data.stroke_files import load_drawings

TRAIN, TEST = random_rows(60), random_rows(30)
PENDIGITS = pendigits_zip(TRAIN, TEST)
UNIPEN = unipen_tgz({"1a": random_rows(40, "syn")})

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``data …``; returns the exit status and what was written to stdout and to stderr."""

    def in_this_process(*arguments: object) -> tuple[int, str, str]:
        status = main(["data", *map(str, arguments)])
        written = capsys.readouterr()
        return status, written.out, written.err

    return in_this_process


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving() as served:
        served.files = {
            "pendigits.zip": PENDIGITS,
            "unipen-CDROM-train_r01_v07.tgz": UNIPEN,
        }
        yield served


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def everything_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_fetch_makes_the_files_that_training_reads(
    run: Run, server: FileServer, data_folder: Path, tmp_path: Path
) -> None:
    content = (data_folder / "mnist.npz").read_bytes()
    server.files["mnist.npz"] = content
    common = ("--from", server.url, "--data-dir", tmp_path)

    mnist = run("fetch", "mnist", "--sha256", sha256(content), *common)
    pendigits = run("fetch", "pendigits", "--sha256", sha256(PENDIGITS), *common)
    unipen = run("fetch", "unipen", *common)

    assert [mnist[0], pendigits[0], unipen[0]] == [0, 0, 0]
    assert "mnist.npz  500" in mnist[1]
    assert "pendigits-train.jsonl.gz  60" in pendigits[1]
    assert "held to nothing: none is published" in unipen[1]
    data = load_data(tmp_path)
    assert len(data.mnist.train) == 400
    assert len(data.drawings) == 100


def test_what_is_there_is_not_fetched_again(run: Run, server: FileServer, tmp_path: Path) -> None:
    fetch = ("fetch", "unipen", "--from", server.url, "--data-dir", tmp_path)
    run(*fetch)

    status, out, _ = run(*fetch)

    assert (status, out) == (0, "unipen is there already; --again makes its files anew\n")
    assert len(server.asked) == 1


def test_again_makes_the_files_anew_from_the_archive_that_is_there(
    run: Run, server: FileServer, tmp_path: Path
) -> None:
    fetch = ("fetch", "unipen", "--from", server.url, "--data-dir", tmp_path)
    run(*fetch)
    (tmp_path / "unipen-digits-train.jsonl.gz").write_bytes(b"")

    status, out, _ = run(*fetch, "--again")

    assert status == 0
    assert "unipen-digits-train.jsonl.gz  40" in out
    assert "the SHA-256 of the first fetch" in out
    assert len(server.asked) == 1


def test_fetch_tells_a_program_what_it_made(run: Run, server: FileServer, tmp_path: Path) -> None:
    _, out, err = run(
        "fetch", "unipen", "--json", "--from", server.url, "--data-dir", tmp_path / "new"
    )

    (told,) = json.loads(out)
    assert told["name"] == "unipen"
    assert told["files"]["unipen-digits-train.jsonl.gz"] == 40
    assert told["problems"] == []
    assert "unipen-digits-train" in err


def test_an_archive_with_another_checksum_is_thrown_away(
    run: Run, server: FileServer, tmp_path: Path
) -> None:
    status, _, err = run("fetch", "pendigits", "--from", server.url, "--data-dir", tmp_path)

    assert status == 2
    assert err.startswith("trainer: ")
    assert f"has another checksum ({sha256(PENDIGITS)}) than the published one" in err
    assert everything_in(tmp_path) == {}


def test_an_archive_that_was_put_there_is_used_but_never_removed(
    run: Run, server: FileServer, tmp_path: Path
) -> None:
    archive = tmp_path / "downloads" / "pendigits.zip"
    archive.parent.mkdir()
    archive.write_bytes(PENDIGITS)
    fetch = ("fetch", "pendigits", "--from", server.url, "--data-dir", tmp_path)

    refused = run(*fetch)
    assert refused[0] == 2
    assert "remove it to fetch it anew" in refused[2]
    assert archive.read_bytes() == PENDIGITS

    assert run(*fetch, "--sha256", sha256(PENDIGITS))[0] == 0
    assert server.asked == []


def test_an_interrupted_fetch_goes_on(run: Run, server: FileServer, tmp_path: Path) -> None:
    fetch = ("fetch", "unipen", "--from", server.url, "--data-dir", tmp_path, "--retries", 0)
    server.cuts = [1_000]

    status, _, err = run(*fetch)
    assert status == 2
    assert "1,000 bytes are kept" in err

    assert run(*fetch)[0] == 0
    assert server.asked == ["", "bytes=1000-"]


def test_an_archive_of_something_else_changes_nothing(
    run: Run, server: FileServer, data_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(data_folder, tmp_path, dirs_exist_ok=True)
    before = everything_in(tmp_path)
    server.files["mnist.npz"] = b"no MNIST"

    status, _, err = run(
        "fetch", "mnist", "--again", "--sha256", sha256(b"no MNIST"),
        "--from", server.url, "--data-dir", tmp_path,
    )  # fmt: skip

    assert status == 2
    assert "cannot be read as MNIST" in err
    after = everything_in(tmp_path)
    assert {name: after[name] for name in before} == before


def test_without_a_network_fetch_says_so(run: Run, tmp_path: Path) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody_listens.getsockname()[1]}"

        status, _, err = run("fetch", "--from", url, "--data-dir", tmp_path, "--retries", 0)

    assert status == 2
    assert f"{url}/mnist.npz cannot be fetched: " in err
    assert everything_in(tmp_path) == {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("mnits",), "there is no data set 'mnits'; there are mnist, pendigits, unipen"),
        (("--sha256", "0"), "--sha256 is of one archive"),
        (("mnist", "--from", "ftp://a"), "http or https only"),
    ],
)
def test_fetch_refuses_what_it_does_not_know(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    status, _, err = run("fetch", *arguments, "--data-dir", tmp_path)

    assert status == 2
    assert message in err


def test_fetch_says_where_the_folder_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    status, _, err = run("fetch", "mnist", "--data-dir", tmp_path / "file")

    assert status == 2
    assert "cannot be written" in err


def test_help_tells_the_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["data", "fetch", "--help"])

    shown = capsys.readouterr().out
    assert "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz" in shown
    assert "https://zenodo.org/api/records/1195803/files/" in shown


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return tmp_path / "report"


def test_show_counts_and_draws_everything_in_the_data_folder(
    run: Run, data_folder: Path, report: Path
) -> None:
    status, out, _ = run("show", "--data-dir", data_folder, "--output", report,
                         "--validation-images", 100)  # fmt: skip

    assert status == 0
    assert "mnist: 500" in out
    assert "pendigits-train: 90" in out
    assert "there │       4 │      120 │       30-30" in out
    assert "cannot be read: 0" in out
    names = ("mnist", "pendigits-train", "unipen-digits-train", "unipen-upper-train",
             "unipen-lower-train", "unipen-symbols-train")  # fmt: skip
    expected = {f"{name}-{kind}.png" for name in names for kind in ("classes", "samples")}
    assert {path.name for path in report.iterdir()} == expected
    for path in report.iterdir():
        with Image.open(path) as picture:
            assert picture.width > 600
            assert np.asarray(picture.convert("L")).std() > 20


def test_show_tells_a_program_the_same(run: Run, data_folder: Path, report: Path) -> None:
    status, out, _ = run("show", "--data-dir", data_folder, "--output", report, "--json",
                         "--validation-images", 100)  # fmt: skip

    told = json.loads(out)
    assert status == 0
    parts = told["sets"]["mnist"]["parts"]
    assert {name: part["total"] for name, part in parts.items()} == {
        "train": 300, "validation": 100, "test": 100,
    }  # fmt: skip
    assert parts["test"]["classes"] == {str(digit): 10 for digit in range(10)}
    here = told["sets"]["pendigits-train"]["parts"]["here"]
    assert here["writers"] == {f"writer {n}": 30 for n in range(3)}
    assert (told["duplicates"], told["unreadable"]) == ([], [])
    assert len(told["pictures"]) == 12  # two of each data set
    files = {Path(file["file"]).name: file for file in told["files"]}
    assert set(files) == {path.name for path in data_folder.iterdir()}
    mnist, own = files["mnist.npz"], files["unipen-upper-train.jsonl.gz"]
    assert mnist["sha256"] == sha256((data_folder / "mnist.npz").read_bytes())
    assert (mnist["set"], mnist["source"]["is_published"]) == ("mnist", False)
    assert own["source"]["credit"].endswith("CC BY 4.0")
    assert own["source"]["is_published"] is None


def test_show_tells_whose_drawings_no_run_is_trained_on(
    run: Run, data_folder: Path, report: Path
) -> None:
    arguments = ("show", "--data-dir", data_folder, "--output", report)

    _, out, _ = run(*arguments, "--json")
    _, table, _ = run(*arguments)

    held_out = main_split(load_drawings(data_folder)).as_json()["validation"]
    sets = json.loads(out)["sets"]
    assert len(held_out) == 2
    assert sets["pendigits-train"]["held_out_writers"] == held_out[:1]
    assert sets["unipen-digits-train"]["held_out_writers"] == held_out[1:]
    assert sets["pendigits-train"]["parts"]["here"]["held_out"] == {str(n): 3 for n in range(10)}
    assert sets["mnist"]["held_out_writers"] == []
    assert "there │       4 │      120 │       30-30 │                1 │             30" in table


ROW = {"label": "7", "strokes": [{"x": [0, 10, 4], "y": [0, 0, 14]}]}


def test_show_names_duplicates(run: Run, tmp_path: Path, report: Path) -> None:
    mine = tmp_path / "mine.jsonl"
    rows = [ROW, {**ROW, "writer": "another"}, {**ROW, "label": 1}, {**ROW, "strokes": [[[1, 2]]]}]
    mine.write_text("".join(json.dumps(row) + "\n" for row in rows))

    _, out, _ = run("show", mine, "--output", report)

    assert (
        "duplicates: 1 groups of equal samples; 1 of them across splits, sites, writers or sets, "
        "1 with different labels\n"
        f"  {mine}:1 = {mine}:2 = {mine}:3, labelled 1 or 7\n"
    ) in out


def test_show_names_pictures_of_mnist_that_stand_on_both_sides(
    run: Run, data_folder: Path, tmp_path: Path, report: Path
) -> None:
    with np.load(data_folder / "mnist.npz") as file:
        arrays = dict(file)
    arrays["x_test"][3] = arrays["x_train"][3]
    np.savez(tmp_path / "mnist.npz", **arrays)

    _, out, _ = run("show", tmp_path, "--output", report, "--json")

    assert json.loads(out)["duplicates"] == [
        {"places": ["mnist validation 3", "mnist test 3"], "labels": ["3"], "crosses": True}
    ]


def test_show_names_every_row_that_cannot_be_read_and_writes_nothing(
    run: Run, tmp_path: Path, report: Path
) -> None:
    mine = tmp_path / "mine.jsonl"
    lines = [json.dumps(ROW), "{", json.dumps({**ROW, "strokes": 7}), json.dumps(ROW)]
    mine.write_text("\n".join(lines))

    status, out, err = run("show", mine, "--output", report)

    assert status == 2
    assert "mine: 2" in out
    assert "cannot be read: 2" in out
    assert f"  {mine}:2 is not a labelled drawing" in out
    assert f"  {mine}:3 is not a labelled drawing" in out
    assert err.startswith(f"trainer: {mine}:2 is not a labelled drawing")
    assert err.endswith("and 1 more\n")
    assert not report.exists()


def test_show_draws_what_can_be_read_anyway_where_that_is_wanted(
    run: Run, tmp_path: Path, report: Path
) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text(json.dumps(ROW) + "\n{\n")

    status, out, _ = run("show", mine, "--output", report, "--anyway", "--json")

    assert status == 2
    assert len(json.loads(out)["unreadable"]) == 1
    assert {path.name for path in report.iterdir()} == {"mine-classes.png", "mine-samples.png"}


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ({"x_train": np.zeros((400, 28, 27), np.uint8)}, "shape (400, 28, 27)"),
        ({"y_test": np.full(100, 10, np.uint8)}, "labels outside 0-9"),
        ({"y_test": np.zeros(99, np.uint8)}, "100 images, but 99 labels"),
        (None, "cannot be read as MNIST"),
    ],
    ids=["wrong shape", "labels outside 0-9", "labels missing", "cut off"],
)
def test_show_refuses_a_broken_mnist(
    run: Run, data_folder: Path, tmp_path: Path, report: Path,
    damage: dict[str, np.ndarray] | None, message: str,
) -> None:  # fmt: skip
    path = tmp_path / "mnist.npz"
    if damage is None:
        path.write_bytes((data_folder / "mnist.npz").read_bytes()[:5_000])
    else:
        with np.load(data_folder / "mnist.npz") as file:
            np.savez(path, **{**file, **damage})

    status, _, err = run("show", "--data-dir", tmp_path, "--output", report)

    assert status == 2
    assert message in err
    assert not report.exists()


def test_show_refuses_a_cut_off_stroke_file(
    run: Run, data_folder: Path, tmp_path: Path, report: Path
) -> None:
    whole = (data_folder / "pendigits-train.jsonl.gz").read_bytes()
    path = tmp_path / "pendigits-train.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])

    status, _, err = run("show", path, "--output", report)

    assert status == 2
    assert f"{path} is cut off or damaged" in err
    assert not report.exists()


@pytest.mark.parametrize(("path", "message"), [("gone", "there is no"), ("", "holds no data set")])
def test_show_says_what_is_missing(
    run: Run, tmp_path: Path, report: Path, path: str, message: str
) -> None:
    status, _, err = run("show", tmp_path / path, "--output", report)

    assert status == 2
    assert message in err
    assert not report.exists()


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_broken_data_stops_other_commands_before_they_touch_anything(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path,
    released_models: Path, command: str,
) -> None:  # fmt: skip
    data, models = tmp_path / "data", tmp_path / "models"
    shutil.copytree(data_folder, data)
    (data / "mnist.npz").write_bytes(b"no MNIST")
    shutil.copytree(released_models, models)
    before = everything_in(models)
    recipe = ["ink"] if command == "train" else []

    status = main([command, *recipe, "--data-dir", str(data), "--models", str(models)])

    assert status == 2
    assert "mnist.npz cannot be read as MNIST" in capsys.readouterr().err
    assert everything_in(models) == before


def test_show_looks_at_own_pictures_and_names_those_it_cannot_read(
    run: Run, tmp_path: Path, report: Path
) -> None:
    photos = tmp_path / "photos"
    for digit in "17":
        (photos / digit).mkdir(parents=True)
        ink = np.zeros((60, 40), np.uint8)
        ink[10:50, 20 : 24 + int(digit)] = 255
        Image.fromarray(255 - ink).save(photos / digit / "a.png")
    assert run("show", photos, "--output", report)[0] == 0
    (photos / "7" / "b.png").write_bytes(b"no picture")

    status, out, _ = run("show", photos, "--json", "--output", tmp_path / "second")

    told = json.loads(out)
    assert status == 2
    assert told["sets"]["photos"]["parts"]["pictures"]["classes"] == {"1": 1, "7": 1}
    assert [problem.split(" ")[0] for problem in told["unreadable"]] == [str(photos / "7/b.png")]
    assert sorted(path.name for path in report.iterdir()) == [
        "photos-classes.png", "photos-samples.png",
    ]  # fmt: skip


def test_show_takes_letters_only_where_the_file_says_so(
    run: Run, tmp_path: Path, report: Path
) -> None:
    rows = [{**ROW, "label": label} for label in ("A", "$", "\\@")]
    for name in ("unipen-symbols-train.jsonl", "mine.jsonl"):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))

    letters = run("show", tmp_path / "unipen-symbols-train.jsonl", "--output", report)
    digits = run("show", tmp_path / "mine.jsonl", "--output", report)

    assert letters[0] == 0
    assert digits[0] == 2
    assert "which is outside 0-9" in digits[2]


def test_show_tells_two_sets_of_one_name_apart(run: Run, tmp_path: Path, report: Path) -> None:
    files = [tmp_path / folder / "mine.jsonl" for folder in ("monday", "tuesday")]
    for number, file in enumerate(files, start=1):
        file.parent.mkdir()
        file.write_text((json.dumps(ROW) + "\n") * number)

    status, out, _ = run("show", *files, "--output", report, "--json")

    told = json.loads(out)
    assert status == 0
    assert {name: one["total"] for name, one in told["sets"].items()} == {"mine": 1, "mine (2)": 2}
    assert len(set(told["pictures"])) == len(list(report.iterdir())) == 4


def test_show_names_an_empty_file_behind_another_that_cannot_be_read(
    run: Run, tmp_path: Path, report: Path
) -> None:
    broken, empty = tmp_path / "broken.jsonl", tmp_path / "empty.jsonl"
    broken.write_text("{\n")
    empty.touch()

    _, out, _ = run("show", broken, empty, "--output", report, "--json")

    assert [problem.split(" ", 1)[0] for problem in json.loads(out)["unreadable"]] == [
        f"{broken}:1", str(empty),
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["", "12", "A"])
def test_show_names_what_is_no_digit_in_a_file_that_training_reads(
    run: Run, tmp_path: Path, report: Path, label: str
) -> None:
    path = tmp_path / "pendigits-train.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({**ROW, "label": label}).encode()))

    status, out, _ = run("show", path, "--output", report, "--json")

    assert status == 2
    assert json.loads(out)["unreadable"][0] == (
        f"{path}:1 has the label {label!r}, which is outside 0-9"
    )


def test_show_draws_names_that_look_like_formulas(run: Run, tmp_path: Path, report: Path) -> None:
    mine = tmp_path / "x$_{$.jsonl"
    mine.write_text(json.dumps({**ROW, "source": "y$_{$"}) + "\n")

    status, _, err = run("show", mine, "--output", report)

    assert (status, err) == (0, "")
    assert len(list(report.iterdir())) == 2
