"""Every sentence is translated, completely and freshly compiled."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from webapp.pages.languages import DEFAULT_LANGUAGE, LANGUAGES

ROOT = Path(__file__).resolve().parents[3]
PLACEHOLDER = re.compile(r"%\(\w+\)s")
TRANSLATED = [code for code in LANGUAGES if code != DEFAULT_LANGUAGE]


@pytest.fixture(params=TRANSLATED)
def folder(request: pytest.FixtureRequest) -> Path:
    return ROOT / "webapp" / "translations" / str(request.param) / "LC_MESSAGES"


@pytest.fixture
def catalog(folder: Path) -> Catalog:
    with (folder / "messages.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def test_every_sentence_of_the_code_and_the_templates_is_translated(catalog: Catalog) -> None:
    written = _sentences()

    missing = {one for one in written if not (found := catalog.get(one)) or not all(_forms(found))}

    assert written
    assert missing == set()


def test_nothing_is_translated_that_nobody_says(catalog: Catalog) -> None:
    assert {_ids(message)[0] for message in catalog if message.id} - _sentences() == set()


def test_a_translation_has_its_sentence_s_placeholders_and_is_not_fuzzy(catalog: Catalog) -> None:
    for message in catalog:
        if message.id:
            assert not message.fuzzy, message.id
            wanted = sorted(PLACEHOLDER.findall(_ids(message)[-1]))
            for form in _forms(message):
                assert sorted(PLACEHOLDER.findall(form)) == wanted


def test_the_compiled_catalog_is_fresh(folder: Path, catalog: Catalog) -> None:
    fresh = BytesIO()
    write_mo(fresh, catalog)
    fresh.seek(0)

    with (folder / "messages.mo").open("rb") as file:
        compiled = {_ids(message): _forms(message) for message in read_mo(file) if message.id}

    assert compiled == {_ids(message): _forms(message) for message in read_mo(fresh) if message.id}


def _ids(message: Message) -> tuple[str, ...]:
    """The sentence, or its singular and its plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _forms(message: Message) -> tuple[str, ...]:
    """Its translation, in as many forms as the language counts in."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@cache
def _sentences() -> frozenset[str]:
    """What `pybabel extract -F babel.cfg -k lazy_gettext .` finds."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    keywords = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
    found = extract_from_dir(ROOT, methods, options, keywords)
    return frozenset(one if isinstance(one, str) else one[0] for _, _, one, _, _ in found)
