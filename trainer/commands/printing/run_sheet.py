"""A run on a sheet, as ``python -m trainer show`` prints it.

Keys of run.json that this does not know are printed as they stand there, so that a run
of a newer trainer loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.table import Table

from recognizer.runs.folder import CHECKSUM_FILE, DETAILS_FILE
from trainer.commands.printing.console import table_console

_FIRST = ("recipe", "seed", "git_commit", "preprocessing_version")
_LAST = ("metrics", "networks", "datasets", "splits", "files")  # sections with a form of their own
_NOT_SHOWN = ("format", "name", "status", "reason", "labels")  # or shown as observed

Rows = Iterable[tuple[str, str]]


def print_sheet(details: Mapping[str, Any], observed: Mapping[str, Any]) -> None:
    """Print a run.

    Args:
        details: what its run.json holds.
        observed: status, reason, is_current, why_not_servable, and sizes: bytes by file name.
    """
    console = table_console()
    console.print(_table(str(details["name"]), _head(details, observed)))
    for name, section in details.items():
        if name not in _LAST and isinstance(section, Mapping) and section:
            console.print(_table(name, ((key, _text(value)) for key, value in section.items())))
    console.print(_table("figures", _figures(_section(details, "metrics"))))
    console.print(_table("networks", _networks(_section(details, "networks"))))
    console.print(_table("data", _data(details)))
    console.print(_table("files", _files(_section(details, "files"), observed["sizes"])))


def _head(details: Mapping[str, Any], observed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    fault = observed["why_not_servable"]
    yield "status", observed["status"] + (", served" if observed["is_current"] else "")
    if observed["reason"]:
        yield "reason", observed["reason"]
    yield "may be served", f"no: {fault}" if fault else "yes, every checksum is right"
    others = [key for key in details if key not in (*_FIRST, *_LAST, *_NOT_SHOWN)]
    for key in (*_FIRST, *others):
        value = details.get(key)
        if not isinstance(value, Mapping) and value not in (None, [], ""):
            yield key.replace("_", " "), _text(value)


def _figures(metrics: Mapping[str, Any]) -> Rows:
    for key, figure in metrics.items():
        if isinstance(figure, Mapping) and isinstance(figure.get("accuracy"), float):
            yield key, f"{figure['accuracy']:.2%}, {figure.get('right')} of {figure.get('total')}"
        else:
            yield key, _text(figure)


def _networks(networks: Mapping[str, Any]) -> Rows:
    for key, network in networks.items():
        yield key, _text(network)


def _data(details: Mapping[str, Any]) -> Rows:
    for key, value in _section(details, "datasets").items():
        yield key, _text(value)
    for key, sides in _section(details, "splits").items():
        if isinstance(sides, Mapping):
            yield key, ", ".join(f"{_amount(value)} {side}" for side, value in sides.items())


def _files(checksums: Mapping[str, Any], sizes: Mapping[str, int]) -> Rows:
    for name, size in sizes.items():
        is_sealed = name in checksums or name in (DETAILS_FILE, CHECKSUM_FILE)
        yield name, f"{size:,} B" + ("" if is_sealed else ", not under the checksums")


def _amount(value: Any) -> str:
    return f"{len(value):,}" if isinstance(value, list) else _text(value)


def _section(details: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = details.get(key)
    return found if isinstance(found, Mapping) else {}


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{str(key).replace('_', ' ')} {_text(at)}" for key, at in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _table(title: str, rows: Rows) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in rows:
        table.add_row(name, text)
    return table
