"""Every kind of bonus in plain words: the examples of the plan format, each figure and each rule said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from organizer.domain.commission import words
from organizer.domain.commission.asked import Holds
from organizer.domain.commission.kinds.registry import KINDS
from organizer.domain.commission.parse import outline, parse_plan
from organizer.domain.commission.plan import Component, Plan
from organizer.domain.money import volume_amount
from organizer.resource_files import resource

README = resource("plans", "README.md").read_text(encoding="utf-8")
FIGURES = (Holds.PERCENT, Holds.PERCENTS, Holds.MONEY, Holds.MONEYS, Holds.AMOUNT)


def section(title: str) -> list[str]:
    text = re.split(rf"^#+ {re.escape(title)}$", README, maxsplit=1, flags=re.MULTILINE)[1]
    return re.findall(r"^```toml\n(.*?)^```", re.split(r"^#+ ", text, flags=re.MULTILINE)[0], re.M | re.S)


BONUSES = [
    example for example in re.findall(r"^```toml\n(.*?)^```", README, re.M | re.S) if "[[components]]" in example
]
HEAD = ("At the top", "Volumes", "Activity", "Ranks")
TEXT = "\n".join(
    [
        *(example for title in HEAD for example in section(title)),
        *(example for example in BONUSES if example.startswith("[[components]]")),
        *section("After the bonuses"),
        *section("Rounding"),
    ]
)
PLAN = parse_plan(TEXT, "README.md")


def told(plan: Plan, key: str) -> str:
    (found,) = [one for one in words.sections(plan) if one.key == key]
    return "\n".join(str(sentence) for sentence in found.sentences)


def numbers(value: object) -> Iterator[Decimal]:
    if isinstance(value, dict):
        for part in value.values():
            yield from numbers(part)
    elif isinstance(value, list):
        for part in value:
            yield from numbers(part)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield Decimal(value)


def says(text: str, figure: Decimal) -> bool:
    plain = f"{figure.normalize():f}"
    return bool(re.search(rf"(?<![\d.]){re.escape(plain)}(\.0+)?(?![\d.]*\d)", text))


def test_the_examples_hold_every_kind() -> None:
    assert {component.kind for component in PLAN.components} == set(KINDS)


@pytest.mark.parametrize("number", range(len(PLAN.components)), ids=lambda n: PLAN.components[n].id)
def test_every_figure_of_every_kind_is_said(number: int) -> None:
    text = told(PLAN, f"bonus {PLAN.components[number].id}")
    for path, asked in outline(TEXT, "README.md").asked.items():
        if path[:2] == ("components", number) and (asked.each or asked.holds) in FIGURES:
            for figure in numbers(asked.value):
                assert not figure or says(text, figure), (path, figure)


@pytest.mark.parametrize("number", range(len(PLAN.ranks)))
def test_every_figure_of_every_rank_is_said(number: int) -> None:
    text = told(PLAN, f"rank {PLAN.ranks[number].id}")
    for path, asked in outline(TEXT, "README.md").asked.items():
        if path[:2] == ("ranks", number) and asked.holds in (*FIGURES, Holds.COUNT) and path[-1] != "grace":
            for figure in numbers(asked.value):
                assert says(text, figure), (path, figure)


@pytest.mark.parametrize("component", PLAN.components, ids=lambda component: component.id)
def test_each_bonus_says_what_it_is_first_and_whom_it_asks_for(component: Component) -> None:
    lines = told(PLAN, f"bonus {component.id}").splitlines()
    assert lines[0] == str(words._KINDS[component.kind])
    assert sum(line.startswith("Only where this holds: ") for line in lines) == len(component.requires)
    assert (lines[-1] == "Only for those who are active.") == component.active_only
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("component", PLAN.components, ids=lambda component: component.id)
def test_the_sentences_have_one_voice(component: Component) -> None:
    for line in told(PLAN, f"bonus {component.id}").splitlines():
        assert re.search(r"[.:]\)?$", line), line
        assert line[0].isupper() or line[0].isdigit(), line
        assert not re.match(r"Who\b|He\b|You (?!type)", line), line
        assert not re.search(r"\b(a|an) [A-Z]|\bhis\b|\bhim\b|_|  ", line), line


def test_what_comes_after_the_bonuses_is_said() -> None:
    text = told(PLAN, "end")
    for cap in PLAN.caps:
        assert str(cap.name) in text
    for deduction in PLAN.deductions:
        assert str(deduction.name) in text
    assert says(text, Decimal(PLAN.min_payout) / 100) == bool(PLAN.min_payout)
    assert "rounded" in text


def test_activity_time_and_volumes_are_said() -> None:
    assert PLAN.active is not None
    assert says(told(PLAN, "active"), volume_amount(PLAN.active.minimum))
    assert told(PLAN, "time").startswith("Each month is settled by itself.")
    for volume in PLAN.volumes:
        assert f"{volume.name}: " in told(PLAN, "volumes")
