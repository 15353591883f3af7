"""The estimate statement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from pdf_support import HEAD, pages, team, text

from organizer.domain.commission.engine import estimate, estimate_from
from organizer.domain.commission.next_rank import steps_to_next_rank
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan, Text
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import (
    Adjustment,
    ComponentResult,
    FewLines,
    Line,
    Payout,
    Range,
    Statement,
)
from organizer.domain.commission.trust import trust
from organizer.domain.period import Period
from organizer.domain.result import Cancelled, Message
from organizer.domain.team import Team
from organizer.i18n import _, format_money, format_number, say, set_language
from organizer.reports.estimate import Beside, estimate_statement
from organizer.reports.estimate_lines import percent
from organizer.resource_files import resource


def plan(name: str = "teaching-unilevel") -> Plan:
    return parse_plan(resource("plans", f"{name}.toml").read_text(encoding="utf-8"), name)


def members(unknown: int = 0) -> Team:
    whole = team()
    others: list[int | None] = [None] * (len(whole) - 1)
    volumes = {
        "pv": [None if 0 < place <= unknown else volume for place, volume in enumerate(whole.volumes["pv"])],
        "cv": [None if 0 < place <= unknown else volume for place, volume in enumerate(whole.volumes["cv"])],
        "sales": [4_321_500, *others],
        "purchases": [3_000_000, *others],
    }
    return replace(whole, volumes=volumes)


def made(whole: Team, rules: Plan | None = None) -> tuple[Statement, str]:
    rules = rules or plan()
    statement = estimate(rules, whole, Period.parse("2026-10"), 0)
    return statement, text(estimate_statement(statement, rules, whole, HEAD)).replace("\xa0", " ")


def printed(statement: Statement, whole: Team | None = None, beside: Beside | None = None) -> str:
    out = estimate_statement(statement, plan(), whole or members(), HEAD, beside=beside)
    return text(out).replace("\xa0", " ")


def money(minor: int, currency: str = "DKK") -> str:
    return format_money(minor, currency).replace("\xa0", " ").replace("−", "–")


def test_the_total_its_parts_and_what_it_is_not() -> None:
    statement, found = made(members())
    assert "Estimate for October 2026" in found
    assert "Estimate, before your expenses" in found
    assert (
        "Not a promise. Your expenses are not taken off: own purchases, samples, gifts, driving, phone." in found
    )
    assert f"Estimated total {money(statement.total_minor)}" in found
    for component in statement.components:
        assert f"{component.name} {component.paid_count} of {len(component.lines)}" in found
        assert f"Sum {money(component.total_minor)}" in found


def test_every_page_says_estimate_and_counts() -> None:
    whole = members()
    found = pages(estimate_statement(estimate(plan(), whole, Period.parse("2026-10"), 0), plan(), whole, HEAD))
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert f"03/11/2026 Estimate Page {number} of {len(found)}" in page


def test_every_line_that_pays_is_printed_with_its_reason() -> None:
    whole = members()
    statement, found = made(whole)
    for component in statement.components:
        paid = [line for line in component.lines if line.amount]
        assert len(paid) == component.paid_count > 0
        for line in paid:
            level = "" if line.level is None else f" {line.level}"
            reason = say(line.reason.text, line.reason.values)
            row = f"{whole.names[line.source]}{level} {money((line.base or 0) // 10)} {percent(line.rate)}"
            assert f"{row} {money(line.minor)} {reason}" in found


def test_those_who_give_nothing_are_counted_by_reason() -> None:
    statement, found = made(members())
    bonus = statement.components[1]
    reasons: dict[str, int] = {}
    for line in bonus.lines:
        if not line.amount:
            reason = say(line.reason.text, line.reason.values)
            reasons[reason] = reasons.get(reason, 0) + 1
    assert reasons
    for reason, count in reasons.items():
        if count > 3:
            assert f"{count} members {reason}" in found
        else:
            assert reason in found


def test_a_line_worth_less_than_an_oere_is_printed_too() -> None:
    whole, rules = members(), plan()
    statement = estimate(rules, whole, Period.parse("2026-10"), 0)
    tiny = Line(
        "team", 1, 1, 1, "cv", 10, Fraction(1, 20), Fraction(1, 20), 0, Message("Level {level}.", {"level": 1})
    )
    bonus = replace(statement.components[1], lines=FewLines([tiny]), paid_count=1, total_minor=0)
    out = estimate_statement(replace(statement, components=(bonus,)), rules, whole, HEAD)
    assert f"{whole.names[1]} 1 DKK 0.01 5% DKK 0.00 Level 1." in text(out).replace("\xa0", " ")


def test_few_who_give_nothing_are_named_and_many_reasons_are_cut() -> None:
    whole, rules = members(), plan()
    statement = estimate(rules, whole, Period.parse("2026-10"), 0)

    def nothing(place: int) -> Line:
        reason = Message("Reason number {number}.", {"number": place // 2})
        return Line("team", place, 1, 1, "cv", 0, Fraction(), Fraction(), 0, reason)

    bonus = replace(
        statement.components[1], lines=FewLines([nothing(place) for place in range(1, 101)]), paid_count=0
    )
    bonus = replace(bonus, total_minor=0, exact=Fraction())
    out = estimate_statement(replace(statement, components=(bonus,)), rules, whole, HEAD)
    found = text(out)
    assert "No line pays anything this period." in found
    assert f"{whole.names[2]}, {whole.names[3]} Reason number 1." in found
    assert found.count("Reason number") == 15
    assert "70 members Other reasons; Earnings in the program gives each." in found


def test_rank_activity_and_what_is_missing() -> None:
    statement, found = made(members())
    assert f"Rank by the plan: {statement.rank.name}" in found
    assert f"Missing for {statement.rank.next_name}:" in found
    for message in (statement.active_reason, *statement.rank.met, *statement.rank.missing):
        assert say(message.text, message.values) in found


def test_what_is_unknown_is_said() -> None:
    statement, found = made(members(unknown=5))
    assert statement.unknown == 5
    assert "5 members have a volume that isn't known; it counts as nothing." in found
    _statement, found = made(members())
    assert "no known volume" not in found


def test_a_range_stands_in_place_of_a_bare_total() -> None:
    statement, found = made(members(unknown=5))
    between = statement.range
    assert between
    assert between.high is not None
    low, high = money(between.low), money(between.high)
    assert f"before your expenses {low} – {high} Between {low} and {high}: from none of what isn't known" in found
    assert f"Estimated total, as far as is known {money(statement.total_minor)}" in found
    set_language("da")
    assert f"{money(between.low)} – {money(between.high)}" in made(members(unknown=5))[1]


def test_a_range_without_an_upper_end_says_so() -> None:
    statement, _found = made(members())
    told = Message("Nobody's {volume} is known, so no upper figure can be given.", {"volume": "PV"})
    open_end = replace(statement, range=Range(500, None, told))
    found = printed(open_end)
    assert "DKK 5.00 + ? DKK 5.00 as far as is known. Nobody's PV is known" in found
    same = replace(statement, range=Range(statement.total_minor, statement.total_minor, Message("all at nothing")))
    found = printed(same)
    assert "What isn't known changes nothing here: all at nothing." in found
    assert f"before your expenses {money(statement.total_minor)} What" in found


def test_what_comes_between_the_bonuses_and_the_total() -> None:
    statement, _found = made(members())
    fee = Adjustment("fee", Text(da="Gebyr", en="Fee"), -2500, Message("A fixed amount each period."))
    back = Adjustment("return", Message("Returned by {name}", {"name": "Bo"}), -100, Message("Paid at 5 %."))
    payout = Payout(0, 4000, Message("It is kept for the next period."))
    shown = replace(statement, adjustments=(back, fee), total_minor=statement.total_minor - 2600, payout=payout)
    found = printed(shown)
    assert f"Returned by Bo Paid at 5 %. {money(-100)}" in found
    assert f"Fee A fixed amount each period. {money(-2500)}" in found
    assert f"Estimated total {money(shown.total_minor)}" in found
    assert "It is kept for the next period. Paid out: DKK 0.00" in found
    assert "Left for the next period DKK 40.00" in found


def test_a_cap_of_its_own_and_a_bonus_that_cant_be_worked_out() -> None:
    statement, _found = made(members())
    capped = replace(statement.components[0], cut=-300)
    missing = Message("The company's turnover isn't known.")
    pool = replace(statement.components[1], lines=FewLines(()), total_minor=0, paid_count=0, unknown=missing)
    found = printed(replace(statement, components=(capped, pool)))
    assert f"Above the most that it pays {money(-300)}" in found
    assert "The company's turnover isn't known." in found
    assert f"{pool.name} 0 of 0 ?" in found
    assert "Sum ?" in found


def test_a_bonus_of_a_few_lines_is_printed_whole() -> None:
    statement, _found = made(members())
    legs = [
        Line("team", 0, None, 0, "pv", 2_000_000, Fraction(), Fraction(), 0, Message("Left leg: 2,000 new.")),
        Line(
            "team", 0, None, 0, "", 150_000, Fraction(1, 10), Fraction(15_000), 15_000, Message("Of the others.")
        ),
        Line("team", 0, None, 0, "pv", 1_000, Fraction(), Fraction(500), 500, Message("A fixed amount.")),
    ]
    bonus = replace(statement.components[1], lines=FewLines(legs), total_minor=15_500, paid_count=2)
    found = printed(replace(statement, components=(bonus,)))
    assert "2,000 PV DKK 0.00 Left leg: 2,000 new." in found
    assert "DKK 1,500.00 10% DKK 150.00 Of the others." in found
    assert "1 PV DKK 5.00 A fixed amount." in found
    assert "Nothing from" not in found


def test_the_way_to_the_next_rank_names_those_who_are_near() -> None:
    whole, rules = members(unknown=3), plan()
    snapshot = Snapshot(rules, whole, Period.parse("2026-10"))
    statement = estimate_from(snapshot, 0)
    steps = steps_to_next_rank(snapshot, 0)
    near = [one for step in steps for one in step.near]
    assert near
    found = printed(statement, whole, Beside(steps=steps, unknown={1: ["pv", "cv"]}, kept_on=date(2026, 11, 1)))
    for one in near:
        assert f"{whole.names[one.member]}: {say(one.lacks[0].text, one.lacks[0].values)}" in found
    assert "a no is respected" in found
    assert "Kept on 01/11/2026, and printed from what was kept." in found
    assert f"Whose figures aren't known Name Not known {whole.names[1]} PV, CV" in found


def test_many_unknown_members_are_counted() -> None:
    statement, _found = made(members())
    found = printed(statement, beside=Beside(unknown={member: ["pv"] for member in range(1, 71)}))
    assert "and 10 more" in found


def test_a_line_without_a_figure_shows_a_dash_and_why() -> None:
    whole = members()
    whole = replace(whole, volumes={**whole.volumes, "sales": [None] * len(whole)})
    _statement, found = made(whole)
    assert "Own retail sales isn't known for this period." in found
    assert "No line pays anything this period." in found


@pytest.mark.parametrize("name", ["young-living-unilevel-us", "doterra-unilevel-us"])
def test_a_real_plan_says_source_confidence_and_what_it_lacks(name: str) -> None:
    whole, rules = members(), plan(name)
    volumes = {volume.id: whole.volumes["pv"] for volume in rules.volumes}
    statement, found = made(replace(whole, volumes=volumes), rules)
    assert str(rules.name) in found
    assert str(trust(rules.confidence, False)) in found
    assert "Not in this plan file, and so not in the estimate:" in found
    for source in rules.sources:
        assert source.title in found
        assert "".join(source.url.split()) in "".join(found.split())
    for lacking in rules.missing:
        assert str(lacking) in found
    assert f"version {statement.plan_version}" in found
    assert money(statement.total_minor, "USD") in found


def test_a_teaching_plan_says_once_that_it_is_invented() -> None:
    _statement, found = made(members())
    assert found.count("An invented plan to learn from") == 1
    assert "Not in this plan file" not in found


@pytest.mark.parametrize("grade", "ABCD")
def test_each_grade_of_confidence_has_its_words(grade: str) -> None:
    assert f"Confidence {grade}" in str(trust(grade, False))
    assert "doesn't say" in str(trust("", False))
    assert "invented" in str(trust("", True))


def test_rounding_is_shown_where_there_is_some() -> None:
    whole, rules = members(), plan()
    statement = estimate(rules, whole, Period.parse("2026-10"), 0)
    parts: list[ComponentResult] = [replace(statement.components[0], rounding=2), *statement.components[1:]]
    shown = replace(statement, components=tuple(parts), rounding=-1, total_minor=-5)
    out = estimate_statement(shown, rules, whole, HEAD)
    found = text(out).replace("\xa0", " ")
    assert f"Rounding {money(2)}" in found
    assert f"Rounding The plan rounds the total, not each bonus. {money(-1)}" in found
    assert f"Estimated total {money(-5)}" in found
    assert "Rounding" not in made(whole)[1]


def test_nameless_people() -> None:
    whole = members()
    whole = replace(whole, names=["", "", *whole.names[2:]])
    _statement, found = made(whole)
    assert "You · Teaching plan: unilevel" in found
    assert whole.numbers[1] in found


def test_names_are_not_markup() -> None:
    whole = members()
    _statement, found = made(replace(whole, names=["<b>Bo & Søn", "<img src=x>", *whole.names[2:]]))
    assert "<b>Bo & Søn" in found
    assert "<img src=x>" in found


def test_danish() -> None:
    set_language("da")
    statement, found = made(members())
    assert money(statement.total_minor).endswith("kr.")
    assert money(statement.total_minor) in found
    assert "Øveplan: unilevel" in found
    assert "Avance på eget salg" in found
    assert _("Estimate") in found
    assert format_number(1234) == "1.234"


def test_rates_keep_the_decimals_they_need() -> None:
    assert [percent(Fraction(1, 20)), percent(Fraction(1, 40)), percent(Fraction(1, 3))] == [
        "5%",
        "2.5%",
        "33.3333%",
    ]


def test_equal_statements_give_equal_bytes_and_it_can_be_cancelled() -> None:
    whole = members()
    statement = estimate(plan(), whole, Period.parse("2026-10"), 0)
    seen: list[float] = []
    first = estimate_statement(statement, plan(), whole, HEAD)
    assert estimate_statement(statement, plan(), whole, HEAD, progress=seen.append) == first
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    with pytest.raises(Cancelled):
        estimate_statement(statement, plan(), whole, HEAD, cancelled=lambda: True)
