"""A parser of command lines that knows its version and says what was probably meant."""

from __future__ import annotations

import argparse
import platform
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from recognizer import VERSION
from recognizer.suggestions import did_you_mean

_NO_NUMBER = re.compile(r"invalid (int|float) value: ")
_UNKNOWN_CHOICE = re.compile(r"invalid choice: '(.*?)' \(choose from (.*)\)", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """A parser like the standard library's, whose errors end with a suggestion.

    Attributes:
        hint: gives a sentence about an argument that the parser does not know, and about the one
            behind it; None where there is nothing to say.
    """

    hint: Callable[[str, str | None], str | None] = staticmethod(lambda argument, following: None)

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """Parse arguments; what is not known is an error of the command it was given to."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(self._about(unknown))
        return found, unknown

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and end with exit status 2."""
        if choice := _UNKNOWN_CHOICE.search(message):
            known = re.findall(r"[^\s,']+", choice[2])
            message += did_you_mean(choice[1], known)
        super().error(_NO_NUMBER.sub(_takes_a_number, message))

    def _about(self, unknown: Sequence[str]) -> str:
        first, following = unknown[0], next(iter(unknown[1:]), None)
        if said := self.hint(first, following):
            return said
        known = self._option_string_actions if first.startswith("-") else ()
        option = first.partition("=")[0]
        return f"unrecognized arguments: {' '.join(unknown)}{did_you_mean(option, known)}"


def whole_number(low: int, high: int | None = None) -> Callable[[str], int]:
    """Read an option's value, as its ``type``: a whole number from ``low`` to ``high``."""
    limits = f"{low} or more" if high is None else f"{low} to {high}"

    def read(text: str) -> int:
        if not low <= (number := int(text)) <= (number if high is None else high):
            raise argparse.ArgumentTypeError(f"must be {limits}")
        return number

    read.__name__ = int.__name__  # which the standard library's message names
    return read


def _takes_a_number(found: re.Match[str]) -> str:
    return f"takes a {'whole ' if found[1] == 'int' else ''}number, not "


def add_version(parser: argparse.ArgumentParser) -> None:
    """Add ``--version``: the release of Nét, and the Python that runs it."""
    text = f"Nét {VERSION} (Python {platform.python_version()}, {sys.platform})"
    parser.add_argument(
        "--version", action="version", version=text, help="print the release and end"
    )
