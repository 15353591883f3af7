"""The figure of the estimate: ranks, dynamic compression and seven levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from organizer.domain import tree
from organizer.domain.commission.engine import estimate, estimate_from
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.team import Kind, Team
from organizer.services import plans
from tests.benchmarks import made, with_networkx
from tests.benchmarks.measure import FRAME, Floor, Measured, Task, alternate, seconds

PLAN = """
format = 1
id = "seven-levels"
name = "Seven levels"
region = "Invented"
currency = "DKK"
period = "month"
valid_from = 2026-01-01
teaching = true

[[volumes]]
id = "pv"
name = "PV"
unit = "points"
columns = ["PV"]

[[volumes]]
id = "cv"
name = "CV"
unit = "money"
columns = ["CV"]

[active]
volume = "pv"
min = 100

[[ranks]]
id = "distributor"
name = "Distributor"
all = []

[[ranks]]
id = "bronze"
name = "Bronze"
all = [{ volume = "pv", min = 100 }, { active_personals = 2 }]

[[ranks]]
id = "silver"
name = "Silver"
all = [{ volume = "pv", min = 100 }, { volume = "pv", of = "group", tree = "sponsor", min = 1000 }]

[[ranks]]
id = "gold"
name = "Gold"
all = [
  { volume = "pv", min = 100 },
  { volume = "pv", of = "group", tree = "sponsor", min = 4000 },
  { legs = 2, rank = "silver", tree = "sponsor" },
]

[[ranks]]
id = "diamond"
name = "Diamond"
all = [
  { volume = "pv", min = 200 },
  { volume = "pv", of = "group", tree = "sponsor", min = 20000 },
  { volume = "pv", of = "leg", tree = "sponsor", min = 3000, legs = 3 },
  { legs = 3, rank = "gold", tree = "sponsor" },
]

[[components]]
id = "team"
name = "Team bonus"
kind = "unilevel"
tree = "sponsor"
volume = "cv"
rates = [8, 6, 5, 4, 3, 2, 1]
depth = { distributor = 1, bronze = 3, silver = 4, gold = 5, diamond = 7 }
compression = "dynamic"

[rounding]
at = "line"
mode = "half_up"
"""


def whole_team(task: Task) -> Measured:
    """The month's estimate for the one at the top, from the loaded team to the explained statement."""
    plan, team = parse_plan(PLAN, "seven-levels.toml"), _team(task.size)
    order = tree.top_down(team.sponsor)
    amounts = [amount or 0 for amount in team.volumes["cv"]]
    ours, floor = alternate(
        task.repeat,
        lambda: seconds(lambda: estimate(plan, team, made.OCTOBER, 0)),
        lambda: seconds(lambda: _subtree_sums(team.sponsor, order, amounts)),
    )
    return Measured(ours, [Floor("one pass of subtree sums over the same arrays", floor, 8)])


def shipped(task: Task, plan_id: str) -> Measured:
    """The estimate of the one at the top by a plan that comes with the program, every volume of it given."""
    plan = plans.by_id(plan_id)
    if plan is None:
        raise KeyError(plan_id)
    team = _team(task.size)
    points = [amount or 0 for amount in team.volumes["pv"]]
    volumes = {volume.id: points for volume in plan.volumes}
    # everybody joined after her sponsor, over two years
    days = [date(2024, 11, 1) + timedelta(days=member * 730 // task.size) for member in range(task.size)]
    two_legs = "binary" in {component.kind for component in plan.components}
    links = _two_legs(task.size) if two_legs else team.sponsor
    team = replace(team, volumes=volumes, joined=days, placement=links)
    order = tree.top_down(team.sponsor)
    period = plan.calendar.containing(date(2026, 10, 15))
    ours, floor = alternate(
        task.repeat,
        lambda: seconds(lambda: estimate(plan, team, period, 0)),
        lambda: seconds(lambda: _subtree_sums(team.sponsor, order, points)),
    )
    return Measured(ours, [Floor("one pass of subtree sums over the same arrays", floor, 8)])


def _two_legs(size: int) -> list[int]:
    return [-1, *((member - 1) // 2 for member in range(1, size))]


def what_if(task: Task) -> Measured:
    """The same estimate once more after one member's volume has changed, all else kept."""
    plan, team = parse_plan(PLAN, "seven-levels.toml"), _team(task.size)
    snapshot, random = Snapshot(plan, team, made.OCTOBER), Random(7)
    estimate_from(snapshot, 0)

    def change() -> None:
        other = snapshot.changed({"pv": {random.randrange(task.size): random.choice((0, 60_000, 250_000))}})
        estimate_from(other, 0, ranged=False)

    samples = [seconds(change) for _time in range(task.repeat)]
    return Measured(samples, [Floor("one frame", [FRAME] * len(samples), 1)])


def against_networkx(task: Task) -> Measured:
    """The estimate beside the same one written straightforwardly with a graph library."""
    plan, team = parse_plan(PLAN, "seven-levels.toml"), _team(task.size)
    graph = with_networkx.graph_of(team)
    theirs = with_networkx.estimate(graph, 0)
    if theirs != estimate(plan, team, made.OCTOBER, 0).total_minor:
        raise AssertionError("the two estimates differ")
    ours, floor = alternate(
        task.repeat,
        lambda: seconds(lambda: estimate(plan, team, made.OCTOBER, 0)),
        lambda: seconds(lambda: with_networkx.estimate(graph, 0)),
    )
    return Measured(ours, [Floor("the same with networkx, straightforwardly", floor, 0.1)])


def _subtree_sums(parent: Sequence[int], order: Sequence[int], values: Sequence[int]) -> list[int]:
    # the benchmark's own, so that the floor stays where it is when the program's becomes quicker or slower
    sums = list(values)
    for member in reversed(order):
        above = parent[member]
        if above >= 0:
            sums[above] += sums[member]
    return sums


def _team(size: int) -> Team:
    random, sponsor = Random(3), made.sponsors(size)
    points = [400_000] + [random.choice((0, 0, 60_000, 100_000, 150_000, 400_000)) for _other in range(1, size)]
    return Team(
        ids=range(1, size + 1),
        numbers=[str(100_200 + member) for member in range(size)],
        names=[f"Member {member}" for member in range(size)],
        person_ids=range(1, size + 1),
        sponsor=sponsor,
        placement=sponsor,
        kinds=[Kind.CUSTOMER if member and random.random() < 0.3 else Kind.DISTRIBUTOR for member in range(size)],
        ranks=[""] * size,
        joined=[None] * size,
        volumes={"pv": points, "cv": [amount * 5 for amount in points]},
        me=0,
    )
