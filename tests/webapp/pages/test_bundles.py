"""Modules and style sheets are joined as they are, and what cannot be joined is refused."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webapp.pages.bundles import bundles_of, joined_modules
from webapp.pages.static_files import FOLDER

MODULES = {
    "main.js": 'import "./first.js";\nimport { A, half } from "./a.js";\n\nlog(A, half(8));\n',
    "first.js": 'log("first");\n',
    "a.js": (
        'import {\n  B,\n} from "./b.js";\n\nconst hidden = 2;\nexport const A = B + hidden;\n'
        "export function half(one) {\n  return one / hidden;\n}\n"
    ),
    "b.js": "const hidden = 40;\nexport const B = hidden;\nexport class C {}\n",
}


def _write(folder: Path, modules: dict[str, str]) -> Path:
    for name, text in modules.items():
        (folder / name).write_text(text)
    return folder


def test_modules_are_joined_in_the_order_of_their_imports_and_keep_private_names_apart(
    tmp_path: Path,
) -> None:
    joined = joined_modules(_write(tmp_path, MODULES), "main.js")

    assert re.findall(r"^// (\S+)$", joined, re.MULTILINE) == [
        "first.js",
        "b.js",
        "a.js",
        "main.js",
    ]
    assert "import" not in joined
    assert "export" not in joined
    assert joined.count("const hidden") == 2


def test_a_circle_of_imports_is_refused(tmp_path: Path) -> None:
    circle = {"main.js": 'import "./a.js";\n', "a.js": 'import "./main.js";\n'}

    with pytest.raises(ValueError, match=r"main\.js imports a\.js imports main\.js"):
        joined_modules(_write(tmp_path, circle), "main.js")


def test_nothing_of_our_modules_is_left_out(bare_client: FlaskClient) -> None:
    page = bare_client.get("/").text
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', page)
    on_demand = [address.replace("drawing-page", "inside-page") for address in addresses]
    practice = [address.replace("drawing-page", "practice-page") for address in addresses]
    texts = [bare_client.get(address).text for address in (*addresses, *on_demand, *practice)]

    elsewhere = {"about.js", "model-figures.js", "frame.js", "service-worker.js"}
    for path in (FOLDER / "js").glob("*.js"):
        if path.name not in elsewhere:
            last_line = path.read_text(encoding="utf-8").rstrip().splitlines()[-2]
            assert any(last_line in text for text in texts), path.name
    assert len(addresses) == 4


def test_no_import_or_export_is_written_in_a_way_that_joining_does_not_know() -> None:
    for name, text in bundles_of(FOLDER).items():
        if name.endswith(".js"):
            assert not re.findall(r"^\s*(?:import|export)\b.*", text, re.MULTILINE), name


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node.js")
def test_what_is_joined_is_valid(tmp_path: Path) -> None:
    for name, text in bundles_of(FOLDER).items():
        if name.endswith(".js"):
            path = tmp_path / Path(name).with_suffix(".mjs").name
            path.write_text(text, encoding="utf-8")
            subprocess.run(["node", "--check", str(path)], check=True, timeout=30)
