from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest

from trainer.evaluation.measurement import Measurement
from trainer.report.language import speaking
from trainer.report.page import Report, render_page
from trainer.report.wording import change_name

pytestmark = pytest.mark.usefixtures("quick_pictures")


class _Page(HTMLParser):
    """The tags of a page with their attributes, and all its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def source(report: Report) -> str:
    return render_page(report)


@pytest.fixture(scope="module")
def page(source: str) -> _Page:
    return _Page(source)


def test_the_page_needs_no_other_file_and_no_script(source: str, page: _Page) -> None:
    assert not page.all("script")
    assert not page.all("link")
    assert not [attributes for _, attributes in page.tags
                if any(name.startswith("on") for name in attributes)]  # fmt: skip
    addresses = [attributes[name] for _, attributes in page.tags
                 for name in ("src", "srcset", "href") if name in attributes]  # fmt: skip
    assert all(address.startswith(("data:image/png;base64,", "#")) for address in addresses)
    assert "@import" not in source
    assert "url(" not in source


def test_every_picture_has_words_and_a_dark_version(report: Report, page: _Page) -> None:
    assert len(page.all("img")) == len(report.pictures) == 20
    assert all(len(attributes["alt"]) > 20 for attributes in page.all("img"))
    assert [attributes["media"] for attributes in page.all("source")] == [
        "screen and (prefers-color-scheme: dark)"
    ] * len(report.pictures)


def test_links_lead_to_parts_of_the_page(page: _Page) -> None:
    places = [attributes["id"] for _, attributes in page.tags if "id" in attributes]

    assert len(places) == len(set(places))
    assert {attributes["href"][1:] for attributes in page.all("a")} <= set(places)
    assert page.all("html") == [{"lang": "en"}]


def test_the_page_tells_figures_settings_and_credits(report: Report, page: _Page) -> None:
    text = re.sub(r"\s+", " ", page.text)

    for measurement in report.measurements:
        assert f"{100 * measurement.accuracy:.2f} %" in text
    assert "Recipe dense-512, finished" in text
    assert "CC BY-SA 3.0" in text
    assert "mine: own data" in text
    for heading in ("Training", "MNIST test images", "Drawings by held-out writers", "Data",
                    "How it was made", "What each data set contributed"):  # fmt: skip
        assert heading in text


def test_names_are_text_and_never_markup(report: Report) -> None:
    hostile = {**report.details, "settings": {"note": "<script>alert(1)</script>"}}

    page = render_page(dataclasses.replace(report, details=hostile))

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_run_without_epochs_has_no_curves(report: Report) -> None:
    page = _Page(render_page(dataclasses.replace(report, log=[], training=[])))

    assert "training" not in [attributes.get("id") for attributes in page.all("h2")]
    assert "Every epoch" not in page.text


def test_a_run_of_another_version_may_lack_anything(report: Report) -> None:
    bare = {"name": "bare", "recipe": "ink", "status": "stopped"}

    page = _Page(render_page(dataclasses.replace(report, details=bare)))

    assert "Recipe ink, stopped." in page.text


def test_every_change_of_samples_is_told_in_vietnamese(measurements: Sequence[Measurement]) -> None:
    changes = {change for one in measurements for change in one.robustness}
    english = {word for one in changes for word in re.findall("[a-z]{3,}", change_name(one))}

    with speaking("vi"):
        told = " ".join(change_name(one) for one in changes)

    assert "vẽ thành ảnh: rộng 1,2 px" in told
    assert english & set(re.findall(r"\w+", told)) == set()
