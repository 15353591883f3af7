"""Every plan that comes with the program is whole, honest about its sources, and in both languages."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from shipped_support import Person, seen, shipped

from organizer.domain.commission.engine import estimate_from
from organizer.resource_files import resource

FILES = {path.stem: path for path in sorted(resource("plans").glob("*.toml"))}
COMPANIES = {
    "Amway",
    "Avon",
    "Herbalife",
    "Mary Kay",
    "Tupperware",
    "doTERRA",
    "Young Living",
    "Isagenix",
}


def written(name: str) -> dict[str, Any]:
    return tomllib.loads(FILES[name].read_text(encoding="utf-8"), parse_float=Decimal)


def texts(value: Any, key: str = "") -> list[tuple[str, Any]]:
    """Every text that people read, with its key: names, regions, what is missing."""
    if isinstance(value, dict) and value.keys() <= {"en", "da"} and value:
        return [(key, value)]
    if isinstance(value, dict):
        return [found for inner, entry in value.items() for found in texts(entry, inner)]
    if isinstance(value, list):
        return [found for entry in value for found in texts(entry, key)]
    return []


def percentages(value: Any, key: str = "") -> list[Decimal]:
    """Every percentage that the file writes."""
    found = []
    if isinstance(value, dict):
        for inner, entry in value.items():
            found += percentages(entry, inner if not _of_rates(key) else key)
    elif isinstance(value, list):
        for entry in value:
            found += percentages(entry, key)
    elif _of_rates(key) and isinstance(value, int | Decimal) and not isinstance(value, bool):
        found.append(Decimal(value))
    return found


def _of_rates(key: str) -> bool:
    return "percent" in key or key.startswith("rates")


def test_every_company_has_a_plan() -> None:
    assert {shipped(name).company for name in FILES} - {""} >= COMPANIES


def test_there_is_a_teaching_plan_of_every_structure() -> None:
    teaching = {name for name in FILES if shipped(name).teaching}
    assert teaching >= {"teaching-unilevel", "teaching-matrix", "teaching-binary", "teaching-stairstep"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_called_as_its_id(name: str) -> None:
    assert shipped(name).id == name


@pytest.mark.parametrize("name", FILES)
def test_confidence_is_the_worst_grade(name: str) -> None:
    plan = shipped(name)
    if plan.teaching:
        assert (plan.confidence, plan.sources, plan.company) == ("", (), "")
    else:
        assert plan.confidence == max(source.grade for source in plan.sources)


@pytest.mark.parametrize("name", FILES)
def test_every_source_can_be_looked_up(name: str) -> None:
    for source in shipped(name).sources:
        assert re.match(r"https?://[^/\s]+\.[a-z]+/\S*$", source.url), source.url
        assert len(source.title) > 10


@pytest.mark.parametrize("name", FILES)
def test_what_is_missing_is_said(name: str) -> None:
    plan = shipped(name)
    assert plan.teaching or len(plan.missing) >= 3
    assert all(text.en != text.da for text in plan.missing)


@pytest.mark.parametrize("name", FILES)
def test_texts_are_in_both_languages(name: str) -> None:
    for key, text in texts(written(name)):
        assert text.keys() == {"en", "da"}, (key, text)
        assert all(spoken.strip() for spoken in text.values())
        if key == "missing":
            assert all(spoken.endswith(".") for spoken in text.values()), text
            assert not re.search(r"\b(the|and|is|not)\b", text["da"]), text
            assert not re.search(r"\b(og|er|ikke|det)\b", text["en"]), text


@pytest.mark.parametrize("name", FILES)
def test_both_languages_hold_the_same_figures(name: str) -> None:
    def figures(text: str, thousand: str) -> list[str]:
        plain = re.sub(rf"(?<=\d)\{thousand}(?=\d\d\d)", "", text)
        return sorted(re.findall(r"\d+(?:[.,]\d+)?", plain.replace(",", ".")))

    for _key, text in texts(written(name)):
        assert figures(text["en"], ",") == figures(text["da"], "."), text


@pytest.mark.parametrize("name", FILES)
def test_rates_are_sane(name: str) -> None:
    plan = shipped(name)
    for component in written(name)["components"]:
        rates = percentages(component)
        assert all(0 <= rate <= 100 for rate in rates), component["id"]
    assert plan.valid_to is None or plan.valid_to >= plan.valid_from


@pytest.mark.parametrize("name", FILES)
def test_one_who_is_all_alone_is_paid_nothing(name: str) -> None:
    statement = estimate_from(seen(name, Person("you")), 0)
    assert statement.total_minor == 0
    assert len(statement.components) == len(shipped(name).components)


@pytest.mark.parametrize("name", FILES)
def test_a_plan_can_be_read_in_plain_words(name: str) -> None:
    plan = shipped(name)
    for component in plan.components:
        said = [str(line) for line in component.rules.words(plan)]
        assert said, component.id
        assert all(line.endswith((".", ":")) and "{" not in line for line in said), said


def test_released_files_are_as_they_were() -> None:
    """Estimates were made with these: a change would be another plan under the same name."""
    versions = {
        "doterra-unilevel-us": "ff505955d7b203a1",
        "teaching-unilevel": "290c094844ac8655",
        "young-living-unilevel-us": "eb094f4209ae7b45",
    }
    assert {name: shipped(name).version for name in versions} == versions


def test_no_file_lies_about_that_isnt_read() -> None:
    assert {path.suffix for path in resource("plans").iterdir()} == {".toml", ".md"}
