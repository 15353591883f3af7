"""The help says the same in both languages, and leads nowhere that isn't there."""

import re
from pathlib import Path

import pytest

from organizer.i18n import LANGUAGES
from organizer.resource_files import resource

PAGES = {
    "start",
    "today",
    "contacts",
    "consents",
    "team",
    "products",
    "earnings",
    "plans",
    "file",
    "import",
    "keys",
    "safety",
    "settings",
}


def pages(language: str) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in resource("help", language).glob("*.md")}


def shape(text: str) -> list[str]:
    """What each line of structure is: heading with its depth, list item, numbered item, table row."""
    return re.findall(r"^(#+ |- |\d+\. |\|)", text, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there(language: str) -> None:
    assert pages(language).keys() == PAGES


@pytest.mark.parametrize("page", sorted(PAGES))
def test_both_languages_have_the_same_headings_lists_and_links(page: str) -> None:
    danish, english = pages("da")[page], pages("en")[page]
    assert shape(danish) == shape(english)
    assert re.findall(r"\]\((\S+?)\)", danish) == re.findall(r"\]\((\S+?)\)", english)
    assert danish != english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_begins_with_its_one_title(language: str) -> None:
    for page, text in pages(language).items():
        assert re.match(r"# \S", text), page
        assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1, page


def test_what_an_encrypted_file_leaves_on_the_disk_is_all_named() -> None:
    assert "print queue, which may write the pages to the disk" in pages("en")["safety"]
    assert "udskriftskø, som kan skrive siderne på disken" in pages("da")["safety"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages_that_are_there(language: str) -> None:
    for page, text in pages(language).items():
        links = re.findall(r"\]\((\S+?)\)", text)
        assert {Path(link).stem for link in links} <= PAGES, page
        assert all(link.endswith(".md") for link in links), page
