"""What is allowed in a plan file but odd: each kind of doubt with its place, and plans without any."""

from __future__ import annotations

from datetime import date

import pytest

from organizer.domain.commission.doubts import PYRAMID, doubts
from organizer.domain.commission.parse import outline, parse_plan

HEAD = """
format = 1
id = "p"
name = {{ da = "En plan", en = "A plan" }}
company = "Hjem"
region = {{ da = "Danmark", en = "Denmark" }}
currency = "DKK"
period = "month"
valid_from = 2026-01-01
confidence = "{confidence}"
sources = [{{ title = "Paper", url = "https://example.org", grade = "{grade}" }}]
missing = []
{more}

[[volumes]]
id = "pv"
name = {{ da = "PV", en = "PV" }}
unit = "{unit}"
columns = [{columns}]
{volumes}
"""

FOOT = """
[rounding]
at = "line"
mode = "half_up"
"""

TEAM = """
[[components]]
id = "team"
name = { da = "Team", en = "Team" }
kind = "unilevel"
tree = "sponsor"
volume = "pv"
point_value = 1
rates = [5, 3]
compression = "none"
"""

OWN = """
[[components]]
id = "own"
name = { da = "Eget", en = "Own" }
kind = "retail"
method = "percent"
volume = "pv"
point_value = 1
percent = 10
"""


def told(
    *parts: str,
    today: date | None = None,
    confidence: str = "A",
    grade: str = "A",
    more: str = "",
    unit: str = "points",
    columns: str = '"PV"',
    volumes: str = "",
) -> list[str]:
    """Each doubt about a plan of these parts, without the file's name."""
    head = HEAD.format(confidence=confidence, grade=grade, more=more, unit=unit, columns=columns, volumes=volumes)
    text = head + "".join(parts or (TEAM,)) + FOOT
    found = doubts(parse_plan(text, "p.toml"), outline(text, "p.toml"), today)
    assert all(str(one).startswith("p.toml, ") for one in found)
    return [str(one).removeprefix("p.toml, ") for one in found]


def rank(name: str, conditions: str) -> str:
    title = name.title()
    return f"""
[[ranks]]
id = "{name}"
name = {{ da = "{title}", en = "{title}" }}
all = [{conditions}]
"""


def by_rank(rates: str, more: str = "") -> str:
    return TEAM.replace("rates = [5, 3]", f"rates_by_rank = {{ {rates} }}\n{more}")


# nothing odd, dates, sources, volumes, languages


def test_a_plain_plan_raises_no_doubt() -> None:
    assert told() == []
    assert told(today=date(2030, 1, 1)) == []


def test_a_plan_that_has_ended_is_told_only_afterwards() -> None:
    more = "valid_to = 2026-12-31"
    assert told(more=more, today=date(2026, 12, 31)) == []
    assert told(more=more, today=date(2027, 1, 1)) == ['key "valid_to": the plan no longer holds.']
    assert told(more=more) == []


def test_a_confidence_above_its_worst_source_is_told() -> None:
    assert told(confidence="A", grade="C") == [
        'key "confidence": it says A, though a source is only graded C. Say the worst one used.'
    ]
    assert told(confidence="C", grade="A") == []


def test_a_volume_that_nothing_uses_and_one_without_columns() -> None:
    volume = '[[volumes]]\nid = "bv"\nname = { da = "BV", en = "BV" }\nunit = "points"\ncolumns = []\n'
    assert told(volumes=volume) == [
        'volume "bv", key "id": no rule uses this volume.',
        'volume "bv", key "columns": without a column\'s heading it can\'t be brought in from a file.',
    ]


def test_a_text_in_one_language_is_told() -> None:
    text = TEAM.replace('name = { da = "Team", en = "Team" }', 'name = { da = "Team" }')
    assert told(text) == ['component "team", key "name": the English text is missing; the other one is shown.']


# rates and tiers


@pytest.mark.parametrize(
    ("rates", "reason"),
    [
        ("[101]", "a rate over 100 % pays more than there is."),
        ("[60, 41]", "the levels together pay over 100 %: more than there is."),
    ],
)
def test_more_than_all_of_it_is_told(rates: str, reason: str) -> None:
    found = told(TEAM.replace("[5, 3]", rates))
    assert f'component "team", key "rates": {reason}' in found


def test_exactly_all_of_it_is_not_told() -> None:
    assert told(TEAM.replace("[5, 3]", "[100]")) == []
    assert told(TEAM.replace("[5, 3]", "[60, 40]")) == []


def test_a_gap_below_the_first_tier_and_a_falling_rate_are_told() -> None:
    tiers = 'tier_mode = "full_amount"\ntiers = [{ from = 100, percent = 5 }, { from = 500, percent = 3 }]'
    assert told(OWN.replace("percent = 10", tiers)) == [
        'component "own", key "tiers": the first tier begins at 100: below that nothing is paid.',
        'component "own", key "tiers": a higher tier pays a lower rate than the one before it.',
    ]


# what one sale pays to all above


def test_bonuses_that_together_pay_more_than_the_sale_are_told() -> None:
    first = TEAM.replace("[5, 3]", "[40, 20]")  # 60 % along a path
    second = TEAM.replace('"team"', '"deep"').replace('"Team"', '"Deep"').replace("[5, 3]", "[30, 11]")  # 41 %
    assert told(first, second) == [
        'component "deep", key "id": one sale may pay 101 % of its PV to all those above together, '
        "by Team, Deep: more than there is."
    ]
    assert told(first, second.replace("11]", "10]")) == []  # 100 % is all there is


def test_own_sales_count_along_the_path_too() -> None:
    found = told(OWN.replace("= 10", "= 50"), TEAM.replace("[5, 3]", "[40, 11]"))
    assert found == [
        'component "team", key "id": one sale may pay 101 % of its PV to all those above together, '
        "by Own, Team: more than there is."
    ]


def test_each_level_may_go_to_the_best_paid_rank() -> None:
    ranks = rank("low", ""), rank("high", '{ volume = "pv", min = 100 }')
    # level 1 at best 60 %, level 2 at best 50 %, though no rank alone has more than 100 %
    found = told(*ranks, by_rank("low = [60, 10], high = [20, 50]"))
    assert found == [
        'component "team", key "id": one sale may pay 110 % of its PV to all those above together, '
        "by Team: more than there is."
    ]


def test_a_point_is_worth_what_the_best_bonus_gives_for_it() -> None:
    # 90 % of 2 kroner and 30 % of 1 krone a point are 105 % of the 2 kroner
    double = TEAM.replace("point_value = 1", "point_value = 2").replace("[5, 3]", "[90]")
    single = TEAM.replace('"team"', '"deep"').replace('"Team"', '"Deep"').replace("[5, 3]", "[30]")
    assert "may pay 105 % of its PV" in told(double, single)[0]
    assert told(double, single.replace("[30]", "[20]")) == []


def test_what_is_paid_instead_of_another_bonus_is_not_added_to_it() -> None:
    start = """
[[components]]
id = "start"
name = { da = "Start", en = "Start" }
kind = "fast_start"
volume = "pv"
point_value = 1
days = 60
rates = [60]
"""
    instead = TEAM.replace("[5, 3]", "[60]") + "new_members = { days = 60, percent = 0, later_percent = 100 }\n"
    assert told(start, instead) == []
    assert len(told(start, TEAM.replace("[5, 3]", "[60]"))) == 1


def test_a_stair_step_pays_no_sale_more_than_its_top_rate() -> None:
    steps = """
[[components]]
id = "steps"
name = { da = "Trin", en = "Steps" }
kind = "stairstep"
tree = "sponsor"
volume = "pv"
point_value = 1
bracket_volume = "pv"
brackets = [{ from = 0, percent = 30 }, { from = 100, percent = 60 }, { from = 500, percent = 90 }]
"""
    assert told(steps) == []
    assert "may pay 101 % of its PV" in told(steps, TEAM.replace("[5, 3]", "[11]"))[0]


# ranks


def test_a_rank_that_everyone_has_hides_those_below() -> None:
    ranks = rank("low", ""), rank("high", "")
    assert told(*ranks, by_rank("low = [5], high = [6]")) == [
        'rank "high", key "all": it asks for nothing, so nobody ever has one of the ranks below it.'
    ]


def test_a_rank_that_is_easier_than_the_one_below_is_told() -> None:
    hard, easy = '{ volume = "pv", min = 100 }, { active_personals = 2 }', '{ volume = "pv", min = 50 }'
    assert told(rank("low", hard), rank("high", easy), by_rank("low = [5], high = [6]")) == [
        'rank "high", key "all": whoever reaches Low reaches this one too: the lower one is never held.'
    ]
    assert told(rank("low", easy), rank("high", hard), by_rank("low = [5], high = [6]")) == []


def test_a_rank_that_asks_for_itself_and_those_that_rest_on_it_cant_be_reached() -> None:
    ranks = (
        rank("low", ""),
        rank("high", '{ legs = 2, rank = "high", tree = "sponsor" }'),
        rank("top", '{ legs = 3, rank = "high", tree = "sponsor" }'),
    )
    assert told(*ranks, by_rank("low = [5], high = [6], top = [7]")) == [
        'rank "high", key "all": nobody can reach it: it asks for this rank or a higher one: nobody can be the '
        "first to reach it.",
        'rank "top", key "all": nobody can reach it: it asks for High, which nobody can reach.',
    ]


def test_either_way_to_a_rank_is_enough() -> None:
    legs = '{{ legs = {count}, rank = "high", tree = "sponsor" }}'
    either = f'{{ any = [{{ all = [{legs.format(count=2)}] }}, {{ all = [{{ volume = "pv", min = 500 }}] }}] }}'
    ranks = rank("low", ""), rank("high", either)
    assert told(*ranks, by_rank("low = [5], high = [6]")) == []
    neither = f"{{ any = [{{ all = [{legs.format(count=2)}] }}, {{ all = [{legs.format(count=3)}] }}] }}"
    assert (
        "nobody can reach it" in told(rank("low", ""), rank("high", neither), by_rank("low = [5], high = [6]"))[0]
    )


def test_ranks_that_the_company_tells_of_are_never_out_of_reach() -> None:
    ranks = rank("low", ""), rank("high", '{ legs = 2, rank = "high", tree = "sponsor" }')
    assert told(*ranks, by_rank("low = [5], high = [6]"), more='ranks_from = "reported"') == []


def test_more_legs_than_a_place_has_cant_be_had() -> None:
    binary = """
[[components]]
id = "binary"
name = { da = "Binær", en = "Binary" }
kind = "binary"
method = "percent_weaker"
volume = "pv"
point_value = 1
percent_by_rank = { low = 5, high = 10 }
after = "carry"
ineligible = "keep"
"""
    legs = '{{ legs = {count}, rank = "low", tree = "placement" }}'
    found = told(rank("low", ""), rank("high", legs.format(count=3)), binary)
    assert found == ['rank "high", key "all": nobody can reach it: it asks for 3 legs, where a place has only 2.']
    assert told(rank("low", ""), rank("high", legs.format(count=2)), binary) == []
    sponsored = legs.format(count=3).replace("placement", "sponsor")
    assert told(rank("low", ""), rank("high", sponsored), binary) == []


def test_what_only_she_types_in_cant_be_asked_of_others() -> None:
    volume = (
        '[[volumes]]\nid = "sales"\nname = { da = "Salg", en = "Sales" }\nunit = "money"\ncolumns = []\n'
        'source = "entered"\n'
    )
    high = '{ volume = "sales", of = "leg", tree = "sponsor", min = 100, legs = 2 }'
    found = told(rank("low", ""), rank("high", high), by_rank("low = [5], high = [6]"), volumes=volume)
    assert found == [
        'rank "high", key "all": nobody can reach it: it asks others for Sales, which only you type in.'
    ]


def test_a_rank_without_effect_is_told() -> None:
    ranks = (
        rank("low", ""),
        rank("middle", '{ volume = "pv", min = 100 }'),
        rank("high", "{ active_personals = 3 }"),
    )
    found = told(*ranks, by_rank("low = [5], middle = [5], high = [6]"))
    assert found == [
        'rank "middle", key "id": no other rank of this plan asks for it, and every bonus pays it as the rank '
        "below: reaching it changes nothing here."
    ]
    asked = ranks[0], ranks[1], rank("high", '{ legs = 2, rank = "middle", tree = "sponsor" }')
    assert told(*asked, by_rank("low = [5], middle = [5], high = [6]")) == []
    assert told(*ranks, by_rank("low = [5], middle = [5, 1], high = [6]")) == []
    required = by_rank("low = [5], middle = [5], high = [6]", 'requires = [{ rank = "middle" }]')
    assert told(*ranks, required) == []


def test_a_leg_of_which_nothing_counts_is_told() -> None:
    high = '{ volume = "pv", of = "group", tree = "sponsor", min = 100, leg_cap = 0 }'
    found = told(rank("low", ""), rank("high", high), by_rank("low = [5], high = [6]"))
    assert found == ['rank "high", key "all": with nothing counted of each leg only her own volume counts.']


# bonuses that nobody earns, and those that are forbidden


def test_a_bonus_that_requires_what_nobody_reaches_is_told() -> None:
    ranks = rank("low", ""), rank("high", '{ legs = 2, rank = "high", tree = "sponsor" }')
    found = told(*ranks, by_rank("low = [5], high = [6]", 'requires = [{ rank = "high" }]'))
    assert found[1:] == [
        'component "team", key "requires": nobody can earn this bonus: it asks for High, which nobody can reach.'
    ]


def test_a_bonus_that_is_paid_only_to_ranks_out_of_reach_is_told() -> None:
    ranks = rank("low", ""), rank("high", '{ legs = 2, rank = "high", tree = "sponsor" }')
    found = told(*ranks, by_rank("low = [], high = [5]"))
    assert found[1] == 'component "team", key "rates_by_rank": it is paid only to ranks that nobody can reach.'


def test_a_bonus_of_nothing_and_levels_that_nobody_opens_are_told() -> None:
    assert told(TEAM.replace("[5, 3]", "[0, 0]")) == [
        'component "team", key "rates": every rate is 0: nobody is paid anything.'
    ]
    closed = TEAM + "depth = { low = 0 }\n"
    assert told(rank("low", ""), closed) == [
        'component "team", key "depth": no rank opens a level: nobody is paid anything.'
    ]
    assert told(rank("low", ""), closed.replace("low = 0", "low = 1")) == []


def test_pay_for_recruiting_alone_is_told_with_the_laws_words() -> None:
    head = """
[[components]]
id = "heads"
name = { da = "Hoveder", en = "Heads" }
kind = "fast_start"
amounts = [500]
"""
    (found,) = told(head, TEAM)
    assert found == f'component "heads", key "kind": {PYRAMID}'
    assert "Directive 2005/29/EC, Annex I no. 14" in found
    assert "spilleloven" in found
