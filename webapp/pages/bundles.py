"""Join the drawing page's modules and style sheets, so that a slow line needs few round trips.

It happens when the server starts; the files under `static/` stay what people read and edit, and are
served too. A module becomes a function of its own, with its source as it is but for the doc
comments, so its private names never meet others'. What modules export must have names of their own
among the modules of one page: the joined file is one scope, and a browser refuses it otherwise.
"""

from __future__ import annotations

import re
from pathlib import Path

# Both forms of import that our modules use: named ones, and a module for its effect alone.
_IMPORT = re.compile(r"""^import (?:\{[^}]*\} from )?"\./([\w-]+\.js)";\n""", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)

_DOC_COMMENT = re.compile(r"^ */\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)  # 0.2 s of a slow line

_SCRIPTS = {"js/drawing-start.js": ("theme-at-start.js", "load-watch.js")}
_CLASSIC = {"js/drawing-sheet.js": "sheet.js"}  # run before the first paint, which no module does
_MODULES = {
    "js/drawing-page.js": "main.js",
    "js/inside-page.js": "inside.js",
    "js/practice-page.js": "practice-main.js",
}
_SHEETS = {
    "css/drawing-page.css": (
        "foundation.css", "frame.css", "drawing.css", "answer.css", "picture.css", "boxes.css",
        "correction.css", "drawing-media.css", "drawing-print.css",
    ),
    "css/inside-page.css": ("inside.css", "inside-maps.css", "inside-sums.css"),
    "css/practice-page.css": (
        "foundation.css", "frame.css", "drawing.css", "practice.css", "practice-result.css",
        "practice-wide.css",
    ),
}  # fmt: skip


def bundles_of(folder: Path) -> dict[str, str]:
    """Return the text of every joined file by its path, from the files of `folder`, static/."""
    return {
        **{name: _joined(folder / "js", parts) for name, parts in _SCRIPTS.items()},
        **{name: _as_classic(folder / "js", entry) for name, entry in _CLASSIC.items()},
        **{name: joined_modules(folder / "js", entry) for name, entry in _MODULES.items()},
        **{name: _joined(folder / "css", parts) for name, parts in _SHEETS.items()},
    }


def joined_modules(folder: Path, entry: str) -> str:
    """Return one module that does what `entry`, a file of `folder`, and all its imports do."""
    texts: dict[str, str] = {}
    _collect(folder, entry, texts, ())
    *others, last = texts
    parts = [_as_function(name, texts[name]) for name in others]
    joined = "".join([*parts, f"// {last}\n{_IMPORT.sub('', texts[last])}"])
    return _DOC_COMMENT.sub("", joined)


def _collect(folder: Path, name: str, texts: dict[str, str], above: tuple[str, ...]) -> None:
    """Add a module behind those that it imports."""
    if name in above:
        raise ValueError(f"{' imports '.join((*above, name))}: imports go round in a circle")
    if name in texts:
        return
    text = (folder / name).read_text(encoding="utf-8")
    for imported in _IMPORT.findall(text):
        _collect(folder, imported, texts, (*above, name))
    texts[name] = text


def _as_function(name: str, text: str) -> str:
    exported = [found[2] for found in _EXPORT.finditer(text)]
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub("", text))
    names = ", ".join(exported)
    return f"// {name}\nconst {{ {names} }} = (() => {{\n{body}return {{ {names} }};\n}})();\n\n"


def _as_classic(folder: Path, entry: str) -> str:
    return f'(() => {{\n"use strict";\n{joined_modules(folder, entry)}}})();\n'


def _joined(folder: Path, names: tuple[str, ...]) -> str:
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
