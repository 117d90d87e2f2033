"""Text in cells of CSV files that people open in spreadsheets."""

from __future__ import annotations

_BEGINNINGS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def no_formula(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would compute it (CWE-1236)."""
    return f"'{text}" if len(text) > 1 and text.startswith(_BEGINNINGS_OF_FORMULAS) else text
