"""Estimates from files alone: how the files become a team and a period, and what refuses them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Order
from organizer.services import headless
from organizer.services.headless import Asked, Made, Unusable

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

PLAN = """
format = 1
id = "two"
name = "Two"
company = "Test"
region = "Test"
currency = "DKK"
period = "month"
valid_from = 2026-01-01
teaching = true

[[volumes]]
id = "pv"
name = "Points"
unit = "points"
columns = ["PV"]

[[volumes]]
id = "sales"
name = { en = "Own sales", da = "Eget salg" }
unit = "money"
columns = []
source = "entered"

[active]
volume = "pv"
min = 100
periods = 2

[[components]]
id = "own"
name = "Own"
kind = "retail"
method = "percent"
volume = "sales"
percent = 10

[[components]]
id = "levels"
name = "Levels"
kind = "unilevel"
tree = "sponsor"
volume = "pv"
point_value = 1
rates = [5, 4]
compression = "none"

[[components]]
id = "legs"
name = "Legs"
kind = "binary"
volume = "pv"
point_value = 1
method = "percent_weaker"
percent = 10
after = "carry"
ineligible = "keep"

[payout]
min = 20

[rounding]
at = "line"
mode = "half_up"
"""

ONE_PERIOD = PLAN.replace("periods = 2\n", "")

TEAM = "id,sponsor_id,placement_id,leg,active,name,kind,pv\nA,,,,yes,Anna,,0\nB,A,,L,,Bo,,300\nC,A,,R,,Carl,,100\n"

Estimating = Callable[..., Made]


@pytest.fixture
def estimating(tmp_path: Path) -> Estimating:
    """Write the files and estimate; other arguments are `Asked`'s."""

    def run(
        team: str = TEAM, volumes: str = "", state: Path | None = None, plan: str = PLAN, **asked: Any
    ) -> Made:
        (tmp_path / "plan.toml").write_text(plan, encoding="utf-8")
        (tmp_path / "team.csv").write_text(team, encoding="utf-8")
        (tmp_path / "volumes.csv").write_text(volumes, encoding="utf-8")
        return headless.estimate(
            Asked(
                plan=tmp_path / "plan.toml",
                team=tmp_path / "team.csv",
                volumes=tmp_path / "volumes.csv" if volumes else None,
                state=state,
                **asked,
            ),
            NOW,
        )

    return run


def faults(estimating: Estimating, **files: str) -> list[tuple[str, int, str]]:
    with pytest.raises(Unusable) as unusable:
        estimating(**files)
    return [(file, fault.row, str(fault.message)) for file, fault in unusable.value.faults]


def total(made: Made) -> int:
    assert made.estimate is not None
    return made.estimate.statement.total_minor


def texts(made: Made) -> str:
    return " | ".join(map(str, made.notes))


# how the files become a team and a period


def test_one_member_and_everybody_agree(estimating: Estimating) -> None:
    # levels: 5 % of 300 + 100 is 20; legs: 10 % of the weaker leg, 100, is 10
    made = estimating(period="2026-11")
    assert total(made) == 3000
    everyone = estimating(period="2026-11", everyone=True)
    assert everyone.totals is not None
    assert everyone.totals.total.tolist() == [3000, 0, 0]
    assert everyone.state == made.state
    assert made.state.carried["legs"]["A"]["left"] == 200_000
    for id_, member in (("A", 0), ("B", 1), ("C", 2)):
        assert total(estimating(period="2026-11", member=id_)) == everyone.totals.total.tolist()[member]


def test_who_is_meant(estimating: Estimating) -> None:
    made = estimating()
    assert "Anna (A) is taken as you: the only one at the top." in texts(made)
    assert made.snapshot.team.me == 0
    other = estimating(member="B", me="A", figures={"sales": "100"})
    assert other.estimate is not None
    assert (other.estimate.statement.member, other.snapshot.team.me) == (1, 0)
    assert other.snapshot.raw("sales") == [100_000, None, None]
    with pytest.raises(Refusal, match=r"Nobody in “team\.csv” has the id Z"):
        estimating(member="Z")
    two_tops = TEAM + "D,,,,,Dora,,5\n"
    with pytest.raises(Refusal, match=r"2 stand at the top \(Anna \(A\), Dora \(D\)\)"):
        estimating(two_tops)
    assert estimating(two_tops, everyone=True).snapshot.team.me == -1
    with pytest.raises(Refusal, match="Say it with --me"):
        estimating(two_tops, everyone=True, figures={"sales": "1"})


def test_the_period_is_the_one_asked_for_or_the_latest_told(estimating: Estimating) -> None:
    assert estimating().snapshot.period.key == "2026-11"
    rows = "id,period,pv\nB,2026-08,1\nB,2026-07,1\n"
    assert estimating(volumes=rows, team=TEAM.replace(",300", ",")).snapshot.period.key == "2026-08"
    with pytest.raises(Refusal, match="written like 2026-11, not 2026-W47"):
        estimating(period="2026-W47")


def test_rows_of_volumes_add_up_by_period_and_those_with_a_day_are_orders(estimating: Estimating) -> None:
    team = "id,sponsor_id,pv\nA,,\nB,A,\nC,A,7\n"
    rows = (
        "id;period;date;pv\n"
        "B;;2026-11-03;10,5\nB;;2026-11-09;20\nB;2026-11;;1\nB;;;2\n"
        "B;2026-10;;40\nB;;2026-10-31;2\nB;2026-12;;1000\n"
        "B;2026-11;2026-10-20;-5\n"
    )
    made = estimating(team, rows, period="2026-11")
    snapshot = made.snapshot
    assert list(snapshot.raw("pv")) == [None, 28_500, 7_000]
    assert [dict(volumes) for volumes in snapshot.past] == [{"pv": [None, 42_000, None]}]
    assert list(snapshot.team.orders) == [
        Order(1, date(2026, 11, 3), {"pv": 10_500}),
        Order(1, date(2026, 11, 9), {"pv": 20_000}),
        Order(1, date(2026, 10, 20), {"pv": -5_000}),
    ]
    assert "Rows of later periods than 2026-11 are left out: 1." in texts(made)
    # 42 + 28.5 over two periods is not 100
    assert not snapshot.active[1]


def test_what_nobody_knows_is_named(estimating: Estimating) -> None:
    made = estimating("id,sponsor_id,pv\nA,,100\nB,A,\nC,B,50\n", period="2026-11")
    # B of this period, and nobody of the one before, at which being active looks too
    assert made.unknown == {"A": ["pv"], "B": ["pv"], "C": ["pv"]}
    below = estimating("id,sponsor_id,pv\nA,,100\nB,A,\nC,B,50\n", period="2026-11", member="C")
    assert below.unknown == {"C": ["pv"]}
    assert made.estimate is not None
    assert made.estimate.statement.range is not None


def test_kinds_legs_and_names(estimating: Estimating) -> None:
    team = "id,sponsor_id,leg,kind,name\n1,,,,\n2,1,right,customer,Bo\n3,1,left,ophørt,\n"
    found = estimating(team, everyone=True).snapshot.team
    assert list(found.kinds) == [Kind.DISTRIBUTOR, Kind.CUSTOMER, Kind.CANCELLED]
    assert list(found.legs) == ["", "right", "left"]
    assert list(found.names) == ["1", "Bo", "3"]


def test_figures_are_entered_for_me(estimating: Estimating) -> None:
    for name in ("sales", "Own sales", "EGET SALG"):
        assert total(estimating(figures={name: "1234,50"})) == 3000 + 12345
    for name, text in (("pv", "1"), ("turnover", "1")):
        with pytest.raises(Refusal, match="It asks for: sales"):
            estimating(figures={name: text})
    for text in ("-1", "many", "1.2345", "1.000,50"):
        with pytest.raises(Refusal, match="is not a figure from 0 and up"):
            estimating(figures={"sales": text})


# what refuses them


def test_each_fault_of_the_tree_is_told_with_its_row(estimating: Estimating) -> None:
    team = "id,sponsor_id,placement_id\nA,,\nB,D,\nC,B,A\nD,C,\nE,Z,\nF,A,Y\nB,A,\n"
    assert faults(estimating, team=team) == [
        ("team.csv", 3, "The sponsors run in a circle: B → D → C → B."),
        ("team.csv", 6, "The sponsor Z is not in the file."),
        ("team.csv", 7, "Y, whom she is placed under, is not in the file."),
        ("team.csv", 8, "The id B is in row 3 already."),
    ]
    placed = "id,sponsor_id,placement_id\nA,,\nB,A,C\nC,A,B\nD,D,\n"
    assert faults(estimating, team=placed) == [
        ("team.csv", 3, "The placements run in a circle: B → C → B."),
        ("team.csv", 5, "The sponsors run in a circle: D → D."),
        ("team.csv", 5, "The placements run in a circle: D → D."),
    ]


def test_nobody_stands_where_another_stands(estimating: Estimating) -> None:
    team = "id,sponsor_id,leg\nA,,\nB,A,L\nC,A,left\nD,B,L\n"
    assert faults(estimating, team=team) == [("team.csv", 4, "B stands in the leg left under A already.")]


def test_volumes_that_belong_to_nobody_or_contradict(estimating: Estimating) -> None:
    rows = "id,period,pv\nZ,2026-11,1\nB,2026-13,1\nB,November,1\n,2026-11,1\n"
    told = faults(estimating, volumes=rows)
    assert [(file, row) for file, row, _text in told] == [("volumes.csv", row) for row in (2, 3, 4, 5)]
    assert told[0][2] == "Z is not in the team's file."
    assert told[2][2] == "A period of this plan is written like 2026-11, not November."
    rows = "id,period,date,pv\nC,2026-11,,100\nB,,2026-11-02,100\nB,,2026-11-03,50\n"
    told = faults(estimating, volumes=rows)
    text = "Points: her rows of the period come to 150, but the team's file says 300."
    assert told == [("volumes.csv", 4, text)]


def test_a_rank_that_the_plan_goes_by_must_be_one_of_its_own(estimating: Estimating) -> None:
    ranks = '[[ranks]]\nid = "star"\nname = "Star"\nall = []\n'
    team = "id,sponsor_id,rank,pv\nA,,STAR,\nB,A,Sun,\nC,A,,\n"
    reported = PLAN.replace('period = "month"', 'period = "month"\nranks_from = "reported"', 1) + ranks
    assert faults(estimating, team=team, plan=reported) == [("team.csv", 3, "The plan has no rank “Sun”.")]
    assert "isn't used" in texts(estimating(team, plan=PLAN + ranks))


def test_a_wrong_plan_is_refused_with_the_mistake(estimating: Estimating, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"plan\.toml"):
        estimating(plan=PLAN.replace('"levels"', '"le vels"'))
    with pytest.raises(Refusal, match=r"no\.toml"):
        headless.estimate(Asked(tmp_path / "no.toml", tmp_path / "team.csv"), NOW)


# what the period before left


def test_what_is_left_is_taken_up_by_the_next_period(estimating: Estimating, tmp_path: Path) -> None:
    small = TEAM.replace(",300", ",30").replace(",100", ",10")
    october = estimating(small, period="2026-10", plan=ONE_PERIOD)
    # 5 % of 40 and 10 % of 10: 3 is less than the 20 that are paid out; the left leg keeps 20
    assert total(october) == 300
    assert october.state.carried["balance"] == {"A": {"minor": 300}}
    path = tmp_path / "state.json"
    headless.save_state(path, october)
    november = estimating(small, state=path, plan=ONE_PERIOD)
    assert november.snapshot.period.key == "2026-11"
    # the left leg has 20 + 30 now, the right one 10 again; 3 are owed
    assert total(november) == 600
    assert november.state.carried["legs"]["A"]["left"] == 40_000
    assert "Without --state" not in texts(november)
    assert november.estimate is not None
    between = november.estimate.statement.range
    assert between is None or between.low == between.high, "what was left is known"
    assert "Without --state" in texts(october)


def test_a_state_of_another_plan_or_period_is_refused(estimating: Estimating, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    headless.save_state(path, estimating(period="2026-10"))
    with pytest.raises(Refusal, match="left by the plan two, not by three"):
        estimating(state=path, period="2026-11", plan=PLAN.replace('"two"', '"three"'))
    with pytest.raises(Refusal, match="is what 2026-10 left, but 2026-12 needs what 2026-11 left"):
        estimating(state=path, period="2026-12")
    changed = estimating(state=path, plan=PLAN.replace("percent = 10", "percent = 11", 1))
    assert "has changed since" in texts(changed)


def test_who_has_gone_since_is_counted(estimating: Estimating, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text(
        '{"plan": {"id": "two"}, "period": "2026-10", "carried": {"legs": {"Q": {"left": 5}, "A": {"left": 7}}}}'
    )
    made = estimating(state=path)
    assert "Members of “state.json” who aren't in the team any more are left out: 1." in texts(made)
    assert made.snapshot.carry["legs"] == {0: {"left": 7}}


def test_only_a_state_is_written_over(estimating: Estimating, tmp_path: Path) -> None:
    made = estimating()
    with pytest.raises(Refusal, match=r"team\.csv"):
        headless.check_state_place(tmp_path / "team.csv")
    headless.check_state_place(tmp_path / "new.json")
    headless.save_state(tmp_path / "new.json", made)
    headless.check_state_place(tmp_path / "new.json")


RANKS = """
[[ranks]]
id = "b"
name = "B"
all = [{ volume = "pv", min = 1000 }]
grace = 3
"""
BELOW = '\n[[ranks]]\nid = "a"\nname = "A"\nall = [{ volume = "pv", min = 5000 }]\n'


def test_ranks_that_a_changed_plan_numbers_otherwise_are_the_same_ranks(
    estimating: Estimating, tmp_path: Path
) -> None:
    path = tmp_path / "state.json"
    team = TEAM.replace("Anna,,0", "Anna,,1000")
    headless.save_state(path, estimating(team, period="2026-10", plan=with_ranks(RANKS)))
    assert rank(estimating(TEAM, state=path, plan=with_ranks(RANKS))) == "B"
    below = estimating(TEAM, state=path, plan=with_ranks(BELOW + RANKS))
    assert rank(below) == "B"
    gone = estimating(TEAM, state=path, plan=with_ranks(BELOW + RANKS.replace('"b"', '"c"')))
    assert rank(gone) == "None"
    assert "Ranks that were held and the plan no longer has: b. The next one below counts instead." in texts(gone)
    old = path.read_text().replace('"ranks": ["b"]', '"ranks": null')
    path.write_text(old)
    assert rank(estimating(TEAM, state=path, plan=with_ranks(RANKS))) == "B"
    unknown = estimating(TEAM, state=path, plan=with_ranks(BELOW + RANKS))
    assert rank(unknown) == "None"
    assert "which ranks were held isn't known: they count as nothing" in texts(unknown)


def with_ranks(ranks: str) -> str:
    before, components, after = PLAN.partition("[[components]]")
    return before + ranks + components + after


def rank(made: Made) -> str:
    assert made.estimate is not None
    return str(made.estimate.statement.rank.name)
