"""Plan files with mistakes: every one is found, and its place and reason are said."""

from __future__ import annotations

import pytest
from commission_support import ACTIVE, CV, HEAD, PV, ROUNDING, table, unilevel
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.commission.kinds.registry import KINDS
from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.result import Refusal

RANK = '[[ranks]]\nid = "leader"\nname = "Leader"\nall = [{ volume = "pv", min = 100 }]\n'
RETAIL = {"id": "own", "name": "Own", "kind": "retail", "method": "percent", "volume": "cv"}

MARGIN = {"id": "own", "name": "Own", "kind": "retail", "method": "margin", "sales": "cv", "cost": "pv"}


def plan_text(*parts: str, head: str = HEAD, rounding: str = ROUNDING) -> str:
    return head + PV + CV + "".join(parts or (unilevel(rates=[5]),)) + rounding


def problems(text: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "plan.toml")
    return [str(problem) for problem in caught.value.problems]


def retail(**entries: object) -> str:
    return table("[[components]]", RETAIL | entries)


def gv(**entries: object) -> str:
    return table("[[volumes]]", {"id": "gv", "name": "GV", "unit": "points", "columns": []} | entries)


def rank_with(condition: str) -> str:
    return RANK.replace("{ volume", f"{condition}, {{ volume")


def test_the_plain_plan_is_fine() -> None:
    plan = parse_plan(plan_text(ACTIVE, RANK, unilevel(rates=[5]), retail(percent=20)), "plan.toml")
    assert [component.kind for component in plan.components] == ["unilevel", "retail"]
    assert plan.rank_name(0) == plan.ranks[0].name
    assert plan.rank_name(-1) is None
    with pytest.raises(KeyError):
        plan.volume("gv")


def test_the_version_changes_with_the_text_but_not_with_line_endings() -> None:
    text = plan_text()
    version = parse_plan(text, "a").version
    assert parse_plan(text.replace("\n", "\r\n"), "b").version == version
    assert parse_plan(text + "# more\n", "a").version != version


TEAM = 'plan.toml, component "team", key'
OWN = 'plan.toml, component "own", key'
MISTAKES = {
    "unknown key at the top": (
        plan_text(head=HEAD + "colour = 1\n"),
        'plan.toml, key "colour": this key isn\'t known here.',
    ),
    "unknown key in a component": (
        plan_text(unilevel(rates=[5], carry=1)),
        f'{TEAM} "carry": this key isn\'t known here.',
    ),
    "missing key": (
        plan_text(head=HEAD.replace('id = "test"\n', "")),
        'plan.toml, key "id": this key is missing; it holds a text.',
    ),
    "wrong type": (
        plan_text(head=HEAD.replace('company = "Test"', "company = 3")),
        'plan.toml, key "company": this must be a text.',
    ),
    "a bad id": (
        plan_text(head=HEAD.replace('id = "test"', 'id = "../Test"')),
        'plan.toml, key "id": this must be small letters a to z, digits, - and _.',
    ),
    "a language that isn't known": (
        plan_text(head=HEAD.replace('name = "Test"', 'name = { fr = "Essai" }')),
        'plan.toml, key "name": this must be a text, or one in each language: { en = "…", da = "…" }.',
    ),
    "currency": (
        plan_text(head=HEAD.replace('"DKK"', '"kr."')),
        'plan.toml, key "currency": this must be three capital letters such as DKK.',
    ),
    "period": (
        plan_text(head=HEAD.replace('"month"', '"fortnight"')),
        'plan.toml, key "period": "fortnight" isn\'t one of week, half_month, month, campaign, quarter, '
        "or a table.",
    ),
    "date": (
        plan_text(head=HEAD.replace("2026-01-01", '"1 January"')),
        'plan.toml, key "valid_from": this must be a date such as 2026-01-31.',
    ),
    "ends before it begins": (
        plan_text(head=HEAD + "valid_to = 2025-01-01\n"),
        'plan.toml, key "valid_to": the plan ends before it begins.',
    ),
    "grade": (
        plan_text(head=HEAD.replace('grade = "A"', 'grade = "E"')),
        'plan.toml, source "1", key "grade": "E" isn\'t one of A, B, C, D.',
    ),
    "confidence": (
        plan_text(head=HEAD.replace('confidence = "A"\n', "")),
        'plan.toml, key "confidence": this key is missing; it holds a text.',
    ),
    "a volume twice": (
        plan_text(PV, unilevel(rates=[5])),
        'plan.toml, key "volumes": the id "pv" is there more than once.',
    ),
    "unit": (
        plan_text(gv(unit="litres"), unilevel(rates=[5])),
        'plan.toml, volume "gv", key "unit": "litres" isn\'t one of points, money.',
    ),
    "columns": (
        plan_text(gv(columns=[1]), unilevel(rates=[5])),
        'plan.toml, volume "gv", key "columns": this must be a list of texts.',
    ),
    "volume of the activity": (
        plan_text(ACTIVE.replace('"pv"', '"gv"'), unilevel(rates=[5])),
        'plan.toml, table "active", key "volume": the plan has no volume "gv".',
    ),
    "minimum too fine": (
        plan_text(ACTIVE.replace("100", "0.0001"), unilevel(rates=[5])),
        'plan.toml, table "active", key "min": this figure is too large, or has more than three decimals.',
    ),
    "a rank that isn't there": (
        plan_text(rank_with('{ legs = 1, rank = "boss", tree = "sponsor" }'), unilevel(rates=[5])),
        'plan.toml, rank "leader", key "rank": the plan has no rank "boss".',
    ),
    "a condition of nothing": (
        plan_text(rank_with("{ colour = 1 }"), unilevel(rates=[5])),
        'plan.toml, rank "leader", key "all": a condition needs one of: '
        "volume, legs, months_since_joining, held, any, rank, active_personals, personals, customers.",
    ),
    "a condition that is no table": (
        plan_text(rank_with("7"), unilevel(rates=[5])),
        'plan.toml, rank "leader", key "all": this must be a list of tables.',
    ),
    "no legs": (
        plan_text(rank_with('{ legs = 0, rank = "leader", tree = "sponsor" }'), unilevel(rates=[5])),
        'plan.toml, rank "leader", key "legs": this can\'t be less than 1.',
    ),
    "a group of no tree": (
        plan_text(RANK.replace('"pv", min', '"pv", of = "group", min'), unilevel(rates=[5])),
        'plan.toml, rank "leader", key "tree": this key is missing; it holds one of sponsor, placement.',
    ),
    "a kind that isn't known": (
        plan_text(unilevel(rates=[5], kind="lottery")),
        f'{TEAM} "kind": "lottery" is not a kind of bonus that this version knows: {", ".join(KINDS)}.',
    ),
    "a component twice": (
        plan_text(unilevel(rates=[5]), unilevel(rates=[5])),
        'plan.toml, key "components": the id "team" is there more than once.',
    ),
    "no components": (
        plan_text(""),
        'plan.toml, key "components": this key is missing; it holds a list.',
    ),
    "rate over 1000 %": (
        plan_text(unilevel(rates=[5, 1001])),
        f'{TEAM} "rates": a rate can\'t be over 1000 %.',
    ),
    "rate below zero": (
        plan_text(unilevel(rates=[-5])),
        f'{TEAM} "rates": this can\'t be less than 0.',
    ),
    "rate that is no number": (
        plan_text(unilevel(rates=["5 %"])),
        f'{TEAM} "rates": this must be a number.',
    ),
    "infinite rate": (
        plan_text(unilevel(rates=[5]).replace("[5]", "[inf]")),
        f'{TEAM} "rates": this must be a number.',
    ),
    "no rates": (
        plan_text(unilevel(rates=[])),
        f'{TEAM} "rates": this list is empty.',
    ),
    "compression": (
        plan_text(unilevel(rates=[5], compression="some")),
        f'{TEAM} "compression": "some" isn\'t one of none, cancelled, skip_inactive, skip_below_rank, dynamic.',
    ),
    "rank to skip below": (
        plan_text(unilevel(rates=[5], compression="skip_below_rank")),
        f'{TEAM} "skip_below": this key is missing; it holds a text.',
    ),
    "rank to skip below without that compression": (
        plan_text(RANK, unilevel(rates=[5], skip_below="leader")),
        f'{TEAM} "skip_below": this key isn\'t known here.',
    ),
    "depth deeper than the rates": (
        plan_text(RANK, unilevel(rates=[5], depth={"leader": 2})),
        f'{TEAM} "depth": this must be whole numbers from 0 to 1.',
    ),
    "depth without a rank": (
        plan_text(RANK, unilevel(rates=[5], depth={})),
        f'{TEAM} "depth": rank "leader" is missing.',
    ),
    "rates by rank that are no lists": (
        plan_text(RANK, unilevel(rates_by_rank={"leader": 5})),
        f'{TEAM} "rates_by_rank": this must be a list.',
    ),
    "points without a value": (
        plan_text(unilevel(rates=[5], volume="pv")),
        f'{TEAM} "point_value": this key is missing; it holds a number.',
    ),
    "money with a point value": (
        plan_text(unilevel(rates=[5], point_value=2)),
        f'{TEAM} "point_value": this volume is money already, so it has no point value.',
    ),
    "a flag that is no flag": (
        plan_text(unilevel(rates=[5], customer_volume=1)),
        f'{TEAM} "customer_volume": this must be true or false.',
    ),
    "tiers that don't rise": (
        plan_text(retail(tier_mode="marginal", tiers=[{"from": 50, "percent": 5}, {"from": 50, "percent": 6}])),
        f'{OWN} "tiers": the tiers must rise: 50 comes after 50.',
    ),
    "no tiers": (
        plan_text(retail(tier_mode="marginal")),
        f'{OWN} "tiers": give percent, or at least one tier.',
    ),
    "a margin of points": (
        plan_text(table("[[components]]", MARGIN)),
        f'{OWN} "cost": a margin needs volumes in money.',
    ),
    "rounding nowhere": (
        plan_text(rounding=""),
        'plan.toml, key "rounding": this key is missing; it holds a table.',
    ),
    "rounding mode": (
        plan_text(rounding=ROUNDING.replace("half_up", "down")),
        'plan.toml, table "rounding", key "mode": "down" isn\'t one of half_up.',
    ),
    "ranks that are no list": (
        plan_text(head=HEAD + "ranks = 3\n"),
        'plan.toml, key "ranks": this must be a list.',
    ),
    "newer format": (
        plan_text(head=HEAD.replace("format = 1", "format = 2")),
        'plan.toml, key "format": the plan is written in format 2, which is newer than this program. '
        "Update the program.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_located(mistake: str) -> None:
    text, expected = MISTAKES[mistake]
    assert problems(text) == [expected]


def test_all_mistakes_are_told_at_once() -> None:
    text = plan_text(unilevel(rates=[5000], carry=1), head=HEAD.replace('"DKK"', '"kr."'))
    assert len(problems(text)) == 3


def test_the_refusal_is_one_sentence_to_show() -> None:
    with pytest.raises(Refusal) as caught:
        parse_plan(plan_text(unilevel(rates=[5], carry=1)), "plan.toml")
    assert str(caught.value) == (
        "The plan plan.toml can't be used. Mistakes found: 1. The first: "
        'plan.toml, component "team", key "carry": this key isn\'t known here.'
    )


@pytest.mark.parametrize("text", ["", "format = 1\nformat = 1\n", "%PDF-1.7", "a = [" * 5000])
def test_what_is_no_plan_at_all(text: str) -> None:
    assert all(problem.startswith("plan.toml") for problem in problems(text))


@given(st.text(max_size=200))
def test_any_text_gives_a_plan_or_a_refusal(text: str) -> None:
    with pytest.raises(PlanError):
        parse_plan(text, "plan.toml")


SCALARS = st.one_of(st.integers(), st.text("ab{}", max_size=3), st.booleans())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "all"]), inner, max_size=2),
    max_leaves=4,
)


@given(
    st.sampled_from(["volumes", "ranks", "components", "active", "rounding", "sources", "missing", "name"]), VALUES
)
def test_values_of_any_type_are_refused_calmly(key: str, value: object) -> None:
    lines = {line.split(" = ")[0]: line for line in HEAD.strip().splitlines()}
    lines[key] = table("", {key: value}).strip()
    with pytest.raises(PlanError) as caught:
        parse_plan("\n".join(lines.values()), "plan.toml")
    assert all(str(problem).startswith("plan.toml, ") for problem in caught.value.problems)
