"""The language that a report is made in: what gettext says, and how figures are written.

:func:`speaking` chooses it for all that is made and drawn meanwhile, so that template, pictures
and facts need not hand it on; without it they are English.  The translations are those of the
pages, ``webapp/translations/``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations, translation
from pathlib import Path

from trainer.runs.wording import ENGLISH as IN_ENGLISH
from trainer.runs.wording import Language

ENGLISH = "en"
_CATALOGS = Path(__file__).resolve().parents[2] / "webapp" / "translations"
_DOMAIN = "messages"


@dataclass(frozen=True)
class _Spoken:
    code: str = ENGLISH
    catalog: NullTranslations = field(default_factory=NullTranslations)
    separators: Mapping[int, str] = field(default_factory=dict)  # for English ones in numbers


_SPOKEN: ContextVar[_Spoken] = ContextVar("_SPOKEN", default=_Spoken())  # noqa: B039  # frozen


def languages() -> list[str]:
    """The codes of the languages that a report can be made in, English first."""
    found = _CATALOGS.glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")
    return [ENGLISH, *sorted(path.parents[1].name for path in found)]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within the ``with`` block all speak this language, one of :func:`languages`."""
    token = _SPOKEN.set(_find(code))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def _find(code: str) -> _Spoken:
    if code == ENGLISH:
        return _Spoken()
    from babel.numbers import get_decimal_symbol, get_group_symbol  # 0.1 s, which English saves

    separators = {",": get_group_symbol(code), ".": get_decimal_symbol(code)}
    return _Spoken(code, translation(_DOMAIN, _CATALOGS, [code]), str.maketrans(separators))


def language_code() -> str:
    """The code of the language that is spoken now, as HTML names it."""
    return _SPOKEN.get().code


def catalog() -> NullTranslations:
    """The translations into the language that is spoken now."""
    return _SPOKEN.get().catalog


def gettext(sentence: str, **parameters: object) -> str:
    """An English sentence in the language that is spoken now; a "%" is doubled, as in templates."""
    return catalog().gettext(sentence) % parameters if sentence else sentence


def with_separators(number: str) -> str:
    """A number that is written in English, as "1,234.5", with the language's own separators."""
    return number.translate(_SPOKEN.get().separators)


def number(value: float, form: str = ",") -> str:
    """A number in Python's ``form``, with the language's own separators."""
    return with_separators(f"{value:{form}}")


def run_language() -> Language:
    """How the facts of a run are said and written in the language that is spoken now."""
    return Language(gettext, lambda value: with_separators(IN_ENGLISH.number(value)))
