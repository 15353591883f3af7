"""Every key and every word that a plan may hold has a label, wherever it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path as Path_

import pytest

from organizer.domain import commission
from organizer.domain.commission import labels, labels_bonus, labels_pay, labels_plan
from organizer.domain.commission.asked import Asked, Holds, Path
from organizer.domain.commission.kinds.registry import KINDS
from organizer.domain.commission.parse import PlanError, outline
from organizer.resource_files import resource

README = resource("plans", "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def texts() -> Iterator[str]:
    """The plans that come along, and what the description shows: each example alone, and all bonuses together."""
    for file in resource("plans").glob("*.toml"):
        yield file.read_text(encoding="utf-8")
    head = "\n".join(EXAMPLES[:1])
    middle = [one for one in EXAMPLES if one.startswith(("[[volumes]]", "[active]"))]
    ranks = next(one for one in EXAMPLES if one.startswith("[[ranks]]"))
    frame = "\n".join([head, *middle, ranks])
    for example in EXAMPLES[1:]:
        yield example if example.startswith("format") else f"{frame}\n{example}"
    yield "\n".join([frame, *(one for one in EXAMPLES if one.startswith("[[components]]"))])


def outlines() -> Iterator[tuple[Asked, str]]:
    for text in texts():
        try:
            problems = outline(text, "plan.toml")
        except PlanError:
            continue  # two examples for one key aren't TOML together
        data = tomllib.loads(text)
        for asked in problems.asked.values():
            yield asked, kind_of(data, asked.path)
        for path in problems.offered:
            if not names_a_rank(problems.asked, path):
                yield Asked(path, Holds.STRING, None, False), kind_of(data, path)


def names_a_rank(asked: dict[Path, Asked], path: Path) -> bool:
    return path[:-1] in asked and asked[path[:-1]].holds is Holds.SOME_RANKS


def kind_of(data: dict[str, list[dict[str, str]]], path: Path) -> str:
    if path[0] != "components" or len(path) < 3:
        return ""
    assert isinstance(path[1], int)
    return data["components"][path[1]].get("kind", "")


def test_every_key_and_every_word_has_a_label() -> None:
    missing, seen = set(), set()
    ranked = {asked.path[-1] for asked, _kind in outlines() if asked.holds is Holds.SOME_RANKS}
    assert ranked == {"shares", "amounts"}
    for asked, kind in outlines():
        seen.add(asked.path[-1])
        if len(asked.path) > 1 and asked.path[-2] in ranked:
            continue
        try:
            assert labels.label(asked.path, asked.holds, kind).text
            assert labels.help_of(asked.path, asked.holds, kind).text.endswith(".")
            if asked.holds is Holds.CHOICE:
                for option in asked.options:
                    assert labels.word(asked, option, kind).text
        except KeyError as error:
            missing.add(f"{kind}: {error}")
    assert not missing
    assert len(seen) > 150


def test_every_key_that_the_readers_know_has_a_label() -> None:
    folder = Path_(commission.__file__).parent
    code = "\n".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.py"))
    keys = set(re.findall(r'\b(?:table|part|top|tier|alternative|element)\.\w+\(\s*"([a-z_]+)"', code))
    assert len(keys) > 130
    known = {name.split(".")[-1] for name in {**labels_plan.KEYS, **labels_pay.KEYS, **labels_bonus.KEYS}}
    assert keys - known == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_name(kind: str) -> None:
    assert labels.word(Asked(("components", 0, "kind"), Holds.CHOICE, kind, True, tuple(KINDS)), kind, kind)


def test_every_kind_of_condition_has_a_name() -> None:
    for key in labels.CONDITIONS:
        assert labels.condition_kind(key).text


def test_a_key_that_means_something_else_in_another_place_says_so() -> None:
    cap = labels.label(("caps", 0, "per"), Holds.CHOICE)
    level = labels.label(("components", 0, "per"), Holds.CHOICE, "unilevel")
    asked = labels.label(("components", 0, "per"), Holds.CHOICE, "target")
    assert len({cap.text, level.text, asked.text}) == 3
    assert labels.label(("components", 0, "of"), Holds.BONUSES, "matching").text == "Of these bonuses"
    assert labels.label(("components", 0, "of"), Holds.CHOICE, "target").text == "Whose"


def test_conditions_are_known_by_their_place() -> None:
    assert labels.is_condition(("ranks", 1, "all", 0))
    assert labels.is_condition(("components", 1, "requires", 0, "any", 0, "all", 2, "min"))
    assert not labels.is_condition(("components", 1, "requires"))
    assert not labels.is_condition(("components", 1, "requires", 0, "any", 0))
    assert not labels.is_condition(("components", 0, "tiers", 0))
