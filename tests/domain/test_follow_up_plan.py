"""Follow-up plans: their days by example, and how they are read and written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.commission.plan import Text
from organizer.domain.consent import Channel, Purpose
from organizer.domain.follow_up_plan import (
    MAX_STEPS,
    CountedFrom,
    Event,
    Plan,
    Step,
    Unit,
    checked,
    parse,
    runs_out,
    to_toml,
)
from organizer.domain.result import FieldRefusal

SHIPPED = sorted((Path(__file__).parents[2] / "resources" / "follow_up_plans").glob("*.toml"))


def step(count: int, unit: Unit, before: bool = False) -> Step:
    return Step(count, unit, Text("", "Call"), before)


@pytest.mark.parametrize(
    ("one", "start", "day"),
    [
        (step(2, Unit.DAYS), "2026-02-27", "2026-03-01"),
        (step(2, Unit.WEEKS), "2026-12-24", "2027-01-07"),
        (step(1, Unit.MONTHS), "2026-01-31", "2026-02-28"),
        (step(1, Unit.MONTHS), "2028-01-31", "2028-02-29"),
        (step(2, Unit.MONTHS), "2026-12-31", "2027-02-28"),
        (step(12, Unit.MONTHS), "2028-02-29", "2029-02-28"),
        (step(1, Unit.WEEKS, before=True), "2026-03-05", "2026-02-26"),
        (step(1, Unit.MONTHS, before=True), "2026-03-31", "2026-02-28"),
        (step(0, Unit.DAYS), "2026-03-31", "2026-03-31"),
    ],
)
def test_days_by_example(one: Step, start: str, day: str) -> None:
    assert one.day(date.fromisoformat(start)) == date.fromisoformat(day)


@pytest.mark.parametrize("one", [step(1000, Unit.MONTHS), step(1000, Unit.WEEKS)])
def test_where_the_calendar_ends_it_says_so(one: Step) -> None:
    with pytest.raises(FieldRefusal, match="too far"):
        one.day(date(9999, 12, 1))


def test_a_product_runs_out() -> None:
    assert runs_out(date(2026, 1, 1), 30, 2) == date(2026, 3, 2)
    for lasts, pieces in ((0, 1), (1, 0), (10**9, 999)):
        with pytest.raises(FieldRefusal):
            runs_out(date(2026, 1, 1), lasts, pieces)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_plan_speaks_both_languages_and_comes_out_as_it_went_in(file: Path) -> None:
    plan = parse(file.read_text(encoding="utf-8"), file.stem)
    texts = [plan.name, *(one.what for one in plan.steps)]
    assert all(text.da and text.en and text.da != text.en for text in texts)
    assert parse(to_toml(plan), file.stem) == plan


def test_every_event_has_a_shipped_plan_and_a_host_is_touched_six_times_at_most() -> None:
    plans = [parse(file.read_text(encoding="utf-8"), file.stem) for file in SHIPPED]
    assert {plan.event for plan in plans} == set(Event) - {Event.BY_HAND}
    [coaching] = [plan for plan in plans if plan.event is Event.HOST]
    assert coaching.counted_from is CountedFrom.PARTY
    days = [one.day(date(2026, 6, 20)) for one in coaching.steps]
    assert days == [date(2026, 6, day) for day in (13, 14, 17, 19, 21)]
    assert len(days) <= 6


_seen = st.characters(exclude_categories=("C", "M", "Z"))  # letters, figures and signs that a font shows
_words = st.text(_seen | st.just(" "), max_size=30).map(lambda text: f"a{text}")
_steps = st.builds(
    lambda count, unit, before, what, channel, purpose: Step(count, unit, what, before, channel, purpose),
    st.integers(0, 1000),
    st.sampled_from(Unit),
    st.booleans(),
    _words.map(lambda text: Text("", text)),
    st.none() | st.sampled_from(Channel),
    st.sampled_from(Purpose),
)


@settings(max_examples=60, deadline=None)
@given(_words, st.lists(_steps, min_size=1, max_size=4))
def test_a_plan_of_hers_comes_back_as_it_was_kept(name: str, steps: list[Step]) -> None:
    written = to_toml(Plan("own-1", Text("", name), tuple(steps), own=True))
    once = parse(written, "own-1", own=True)
    assert parse(to_toml(once), "own-1", own=True) == once
    assert [(one.count, one.unit, one.before, one.channel) for one in once.steps] == [
        (one.count, one.unit, one.before, one.channel) for one in steps
    ]


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan("", Text("", " "), (step(1, Unit.DAYS),)), "name"),
        (Plan("", Text("", "x" * 201), (step(1, Unit.DAYS),)), "name"),
        (Plan("", Text("", "Mine"), ()), "steps"),
        (Plan("", Text("", "Mine"), (step(1, Unit.DAYS),) * (MAX_STEPS + 1)), "steps"),
        (Plan("", Text("", "Mine"), (step(1, Unit.DAYS), Step(1, Unit.DAYS, Text("", "")))), "what 2"),
        (Plan("", Text("", "Mine"), (step(-1, Unit.DAYS),)), "count 1"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(plan: Plan, field: str) -> None:
    with pytest.raises(FieldRefusal) as refused:
        checked(plan)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name =",
        'name = "a"',
        'name = "a"\nsteps = 3',
        'name = 3\n[[steps]]\nwhen = "1 day"\nwhat = "x"',
        'name = "a"\n[[steps]]\nwhen = "soon"\nwhat = "x"',
        'name = "a"\nevent = "moon"\n[[steps]]\nwhen = "1 day"\nwhat = "x"',
    ],
)
def test_a_text_that_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(FieldRefusal):
        parse(text, "own-1")
