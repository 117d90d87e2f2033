from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pytest

from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from tests.webapp.admin.runs.made_runs import make_run, metrics, samples_of
from trainer.runs.state import held


@pytest.mark.parametrize("status", ["queued", "running", "finished", "stopped", "failed"])
def test_a_run_in_any_state_has_a_page(
    operator_client: SignedInClient, models: Path, status: str
) -> None:
    run = make_run(models, status=status)

    answer = operator_client.get(f"/admin/runs/{run.folder.name}")

    assert answer.status_code == 200
    assert run.folder.name in answer.text


def test_the_released_run_has_a_page(admin_app: MakeApp, released_models: Path) -> None:
    name = (released_models / "current").read_text().strip()
    client = signed_in(admin_app(released_models), "viewer")

    page = client.get(f"/admin/runs/{name}").text

    assert "served" in page
    assert "MNIST test images" in page
    assert "model.onnx" in page


def test_one_can_look_inside_samples_whose_pictures_or_strokes_were_kept(
    operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models)
    content = samples_of(run.folder.name)
    one = content["sets"]["mnist_test"]["samples"]
    one[1] |= {"writer": "ibm/a", "strokes": [{"x": [0, 9, 4], "y": [0, 0, 14]}]}
    one[2] |= {"writer": "ibm/a"}  # a drawing of an older run: its picture was not what was asked
    (run.folder / "samples.json").write_text(json.dumps(content))
    address = f"/admin/runs/{run.folder.name}"

    unexplained = operator_client.get(address).text
    (run.folder / "model.explanation.pb").write_bytes(b"what explains it")
    page = operator_client.get(address).text

    assert "data-inside" not in unexplained
    assert 'id="inside"' not in unexplained
    assert page.count("data-inside=") == 14 + 2  # of the grid and of the surest mistakes
    (strokes,) = re.findall(r'data-strokes="([^"]*)"', page)
    assert json.loads(html.unescape(strokes)) == one[1]["strokes"]
    assert f'data-run="{run.folder.name}"' in page
    assert page.count("data-inside=") == page.count('aria-label="Why? A ')
    assert "data-inside=" in operator_client.get(f"{address}/samples?set=mnist_test&grid=1").text


def test_a_run_of_an_older_version_shows_what_it_has(
    operator_client: SignedInClient, models: Path
) -> None:
    whole = {"accuracy": 0.99, "right": 99, "total": 100}
    run = make_run(models, metrics={"mnist_test": whole}, networks={}, refusal=None)
    for key in ("calibration", "settings", "versions", "times"):
        run.details.pop(key)
    run.save()
    (run.folder / "samples.json").unlink()
    (run.folder / "training_log.csv").unlink()

    page = operator_client.get(f"/admin/runs/{run.folder.name}").text

    assert "99.00 %" in page
    assert "No epoch was finished." in page
    assert "Confusion matrix" not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"metrics": []},
        {"metrics": {"mnist_test": {"accuracy": "high", "confusion_matrix": [[1, 2]]}}},
        {"metrics": {"mnist_test": {"confusion_matrix": None, "per_class": [], "reliability": 3}}},
        {"settings": None, "networks": {"model": 5}, "times": {"seconds": "long"}},
        {"refusal": {"others_accepted": [1]}, "calibration": 0.5, "added": 3, "resumes": {"a": 1}},
        {"recipe": ["ink"], "hardware": "none", "datasets": {"mnist": 1}, "files": ["x"]},
    ],
)
def test_a_run_json_with_other_things_in_it_still_has_a_page(
    operator_client: SignedInClient, models: Path, changes: dict[str, object]
) -> None:
    run = make_run(models)
    run.update(**changes)

    for path in ("", f"/{run.folder.name}", f"/compare?run={run.folder.name}&run=current"):
        status = operator_client.get(f"/admin/runs{path}").status_code
        assert status == (404 if "current" in path else 200)


@pytest.mark.parametrize("content", ["", "[]", '{"sets": 3}', '{"sets": {"mnist_test": {}}}'])
def test_a_samples_file_of_no_use_is_passed_over(
    operator_client: SignedInClient, models: Path, content: str
) -> None:
    run = make_run(models)
    (run.folder / "samples.json").write_text(content)

    page = operator_client.get(f"/admin/runs/{run.folder.name}").text

    assert "This run keeps no samples" in page


def test_the_grid_marks_right_and_wrong_and_other_samples_follow(
    operator_client: SignedInClient, models: Path
) -> None:
    address = f"/admin/runs/{make_run(models).folder.name}"

    first = operator_client.get(address).text
    last = operator_client.get(f"{address}?set=mnist_test&grid=2").text

    assert "1 to 15 of 32, chosen by chance" in first
    assert len(re.findall("A 4, read as 9", last.split('id="samples"')[1].split("</ul>")[0])) == 2
    assert "✗" in last
    assert "✓" in first


def test_a_cell_of_the_confusion_matrix_leads_to_its_samples(
    operator_client: SignedInClient, models: Path
) -> None:
    address = f"/admin/runs/{make_run(models).folder.name}"
    page = operator_client.get(address).text

    part = operator_client.get(f"{address}/samples?set=mnist_test&cell=4/9").text

    assert "set=mnist_test&amp;cell=4/9#samples" in page
    assert "Digit 4, answered 9" in part
    assert part.count("<img") == 2
    assert "<html" not in part


def test_a_sample_that_is_no_picture_is_never_shown(
    operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models)
    content = samples_of(run.folder.name)
    for sample in content["sets"]["mnist_test"]["samples"]:
        sample["image"] = "https://elsewhere.example/x.png"
    (run.folder / "samples.json").write_text(json.dumps(content))

    page = operator_client.get(f"/admin/runs/{run.folder.name}").text

    assert "elsewhere.example" not in page


def test_settings_that_differ_from_the_recipe_stand_first(
    operator_client: SignedInClient, models: Path
) -> None:
    page = operator_client.get(f"/admin/runs/{make_run(models).folder.name}").text

    settings = page.split('id="settings"')[1]
    assert settings.index("learning_rate") < settings.index("seed")
    assert "changed" in settings


def test_a_viewer_sees_no_button_that_changes_anything(
    viewer_client: SignedInClient, models: Path
) -> None:
    run = make_run(models, status="stopped")
    with held(make_run(models, status="running").folder):
        pages = [
            viewer_client.get(f"/admin/runs/{path.name}").text
            for path in models.iterdir()
            if path.is_dir()
        ]

    assert len(pages) == 2
    for page in pages:
        assert f"/{run.folder.name}/remove" not in page
        assert "/stop" not in page
        assert "/resume" not in page


@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e", "a%2Fb", ".hidden", "x" * 200])
def test_what_is_no_run_is_not_found(
    operator_client: SignedInClient, models: Path, name: str
) -> None:
    for rest in ("", "/progress.json", "/events", "/files/run.json", "/samples"):
        assert operator_client.get(f"/admin/runs/{name}{rest}").status_code in {404, 308}


def test_vietnamese_figures_have_their_comma(operator_client: SignedInClient, models: Path) -> None:
    small = {**metrics(), "own_drawings": {"accuracy": 1.0, "loss": 0.0000123}}
    run = make_run(models, metrics=small)

    page = operator_client.get(
        f"/admin/runs/{run.folder.name}", headers={"Accept-Language": "vi"}
    ).text

    assert "99,56 %" in page
    assert "1,23E-5" in page


def test_a_page_holds_nothing_that_its_security_policy_would_stop(
    operator_client: SignedInClient, models: Path
) -> None:
    name = make_run(models).folder.name
    other = make_run(models).folder.name

    for path in ("", f"/{name}", f"/compare?run={name}&run={other}"):
        page = operator_client.get(f"/admin/runs{path}").text
        assert "<style" not in page
        assert not re.search(r"<[^>]*\s(style|on\w+)=", page)
        assert all("src=" in tag or "json" in tag for tag in re.findall("<script[^>]*>", page))


def test_a_run_that_is_linked_into_the_folder_is_shown(
    operator_client: SignedInClient, models: Path, tmp_path: Path
) -> None:
    run = make_run(models)
    shutil.move(run.folder, tmp_path / run.folder.name)
    run.folder.symlink_to(tmp_path / run.folder.name)

    page = operator_client.get(f"/admin/runs/{run.folder.name}")

    assert "samples.json" in page.text
