"""Plans in plain words: every figure of the file is said, in clean sentences; two plans aligned side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from organizer import i18n
from organizer.domain.commission.asked import Asked, Holds
from organizer.domain.commission.parse import outline
from organizer.domain.commission.plan import Plan
from organizer.services import plan_words, plans
from organizer.services.plan_words import Change, Pair

FIGURES = (Holds.PERCENT, Holds.PERCENTS, Holds.MONEY, Holds.MONEYS, Holds.AMOUNT)

every_plan = pytest.mark.parametrize("plan", plans.built_in(), ids=lambda plan: plan.id)


@pytest.fixture(params=["en", "da"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("en")


def numbers(value: object) -> Iterator[Decimal]:
    if isinstance(value, dict):
        for part in value.values():
            yield from numbers(part)
    elif isinstance(value, list):
        for part in value:
            yield from numbers(part)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield Decimal(value)


def figures(plan: Plan, part: str, number: int) -> Iterator[tuple[Asked, Decimal]]:
    """Every percentage, amount and volume that the file gives in rank or bonus `number`."""
    for path, asked in outline(plans.text_of(plan.id), "p").asked.items():
        if path[:2] == (part, number) and (asked.each or asked.holds) in FIGURES and path[2] != "base_percent":
            for figure in numbers(asked.value):
                yield asked, figure


def told(plan: Plan, key: str) -> str:
    (section,) = [section for section in plan_words.told(plan) if section.key == key]
    return " ".join(section.sentences)


def says(text: str, figure: Decimal) -> bool:
    """True where the figure stands in the text, as a number of its own, with or without a coin's decimals."""
    forms = {i18n.format_number(figure), i18n.format_number(figure, 2)}
    return any(re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d])", text) for form in forms)


@every_plan
def test_every_figure_of_a_bonus_is_said(plan: Plan, spoken: str) -> None:
    for number, component in enumerate(plan.components):
        text = told(plan, f"bonus {component.id}")
        for asked, figure in figures(plan, "components", number):
            # what pays nothing may be told as "nothing"
            assert not figure or says(text, figure), (component.id, asked.path, figure)


@every_plan
def test_every_figure_of_a_rank_is_said(plan: Plan, spoken: str) -> None:
    for number, rank in enumerate(plan.ranks):
        text = told(plan, f"rank {rank.id}")
        for asked, figure in figures(plan, "ranks", number):
            assert says(text, figure), (rank.id, asked.path, figure)


@every_plan
def test_the_sentences_are_clean(plan: Plan, spoken: str) -> None:
    sections = plan_words.told(plan)
    keys = [section.key for section in sections]
    assert len(keys) == len(set(keys))
    assert keys[:4] == ["about", "volumes", "time", "active"]
    for section in sections:
        assert section.title
        assert section.sentences or section.key == "ranks"
        for sentence in section.sentences:
            assert sentence == sentence.strip()
            assert "  " not in sentence
            assert "{" not in sentence
            assert not re.search(r"\bNone\b|Message\(|Text\(|Fraction|Decimal", sentence)
            if spoken == "en":
                assert not re.match(r"Who\b", sentence), sentence
                assert not re.search(r"\ba [AEIO][a-z]", sentence), sentence


@every_plan
def test_what_is_missing_is_said_word_for_word_and_last(plan: Plan, spoken: str) -> None:
    *_others, last = plan_words.told(plan)
    assert (last.key == "missing") == bool(plan.missing)
    if plan.missing:
        assert last.sentences == tuple(gap.in_language(spoken) for gap in plan.missing)


@every_plan
def test_every_source_is_named_with_its_address(plan: Plan, spoken: str) -> None:
    text = told(plan, "about")
    for source in plan.sources:
        assert source.url in text
        assert source.title in text


# side by side


def changes(first: str, second: str) -> list[Pair]:
    one, other = (plan_words.check(text, "p").plan for text in (first, second))
    assert one is not None
    assert other is not None
    pairs = [pair for section in plan_words.compared(one, other) for pair in section.pairs]
    return [pair for pair in pairs if pair.change is not Change.SAME]


@every_plan
def test_a_plan_is_the_same_as_itself(plan: Plan) -> None:
    compared = plan_words.compared(plan, plan)
    assert all(section.same for section in compared)
    assert [section.key for section in compared] == [section.key for section in plan_words.told(plan)]


def test_one_changed_figure_is_one_changed_sentence() -> None:
    text = plans.text_of("teaching-unilevel")
    assert changes(text, text.replace("min = 800", "min = 900")) == [
        Pair(Change.CHANGED, "PV in the whole group: at least 800", "PV in the whole group: at least 900")
    ]


def test_unlike_sentences_are_not_set_beside_each_other() -> None:
    text = plans.text_of("amway-uk")
    gone = text.replace(
        "The pages carry no date. They may be out of date.", "Nobody knows anything else at all here."
    )
    found = changes(text, gone)
    assert [pair.change for pair in found] == [Change.ONLY_FIRST, Change.ONLY_SECOND]


def test_a_bonus_of_only_one_plan_stands_alone_where_it_stands_there() -> None:
    first, second = plans.by_id("teaching-unilevel"), plans.by_id("teaching-binary")
    assert first is not None
    assert second is not None
    compared = {section.key: section for section in plan_words.compared(first, second)}
    start = compared["bonus start"]
    assert start.first_title == ""
    assert {pair.change for pair in start.pairs} == {Change.ONLY_SECOND}
    keys = list(compared)
    assert keys.index("bonus retail") < keys.index("bonus start") < keys.index("bonus team")


@pytest.mark.parametrize("first", plans.built_in()[:6], ids=lambda plan: plan.id)
@pytest.mark.parametrize("second", plans.built_in()[4:12], ids=lambda plan: plan.id)
def test_nothing_is_lost_when_two_plans_are_compared(first: Plan, second: Plan) -> None:
    compared = plan_words.compared(first, second)
    for plan, side in ((first, "first"), (second, "second")):
        shown = [sentence for section in compared for pair in section.pairs if (sentence := getattr(pair, side))]
        said = [sentence for section in plan_words.told(plan) for sentence in section.sentences]
        assert sorted(shown) == sorted(said)
