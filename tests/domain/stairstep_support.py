"""Plans with ranks that a volume of its own gives, for the tests of stair-step and generation bonuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from commission_support import CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table

from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.team import Team

RANKS = ("bronze", "silver", "gold")


def ranks() -> str:
    """Bronze, silver and gold, held by who has 1, 2 or 3 of the volume "held"."""
    held = '[[volumes]]\nid = "held"\nname = "Held"\nunit = "points"\ncolumns = []\n'
    return held + "".join(
        table(
            "[[ranks]]", {"id": rank, "name": rank.title(), "all": [{"volume": "held", "min": number}]}
        )
        for number, rank in enumerate(RANKS, 1)
    )  # fmt: skip


def plan_of(*components: Mapping[str, Any], active: str = "", at: str = "line") -> Plan:
    """A plan with those components; what they don't say is in the sponsor tree, on CV."""
    usual = {"tree": "sponsor", "volume": "cv"}
    parts = [
        table("[[components]]", {"id": entry["kind"], "name": entry["kind"].title()} | usual | dict(entry))
        for entry in components
    ]
    return parse_plan(
        HEAD + PV + CV + ranks() + active + "".join(parts) + ROUNDING.replace('"line"', f'"{at}"'), "plan.toml"
    )


def mistakes(*components: Mapping[str, Any]) -> list[str]:
    """What is wrong with such a plan."""
    try:
        plan_of(*components)
    except PlanError as error:
        return [str(problem) for problem in error.problems]
    return []


def team_of(
    sponsor: Sequence[int],
    *,
    pv: Iterable[float | None] = (),
    cv: Iterable[float | None] = (),
    held: Iterable[int] = (),
    customers: Iterable[int] = (),
) -> Team:
    """A team with whole volumes; what isn't given is nothing."""
    size = len(sponsor)

    def thousandths(figures: Iterable[float | None]) -> list[int | None]:
        given = [figure if figure is None else _thousandths(figure) for figure in figures]
        return given + [0] * (size - len(given))

    volumes = {"pv": thousandths(pv), "cv": thousandths(cv), "held": thousandths(held)}
    return make_team(sponsor, volumes, customers=customers)


def _thousandths(figure: float) -> int:
    return figure * 1000 if isinstance(figure, int) else int(Decimal(str(figure)) * 1000)


def snapshot_of(plan: Plan, team: Team, carry: Any = None) -> Snapshot:
    return Snapshot(plan, team, OCTOBER, carry=carry)


def result_of(snapshot: Snapshot, member: int, name: str = "") -> ComponentResult:
    """The member's result in a component (the last one), which must be hers in what everyone earns."""
    component = snapshot.plan.component(name) if name else snapshot.plan.components[-1]
    result = component.rules.pay(component, snapshot, member)
    earned = snapshot.earned(component.id)
    assert result.total_minor == earned.minor[member]
    assert sum(line.minor for line in result.lines) + result.rounding + result.cut == result.total_minor
    return result


def paid(snapshot: Snapshot, name: str = "") -> list[int]:
    """What everyone earns in a component, in minor units, asked in both ways."""
    return [result_of(snapshot, member, name).total_minor for member in range(len(snapshot.team))]


def reasons(snapshot: Snapshot, member: int, name: str = "") -> list[str]:
    return [str(line.reason) for line in result_of(snapshot, member, name).lines]


def sentences(plan: Plan) -> list[str]:
    return [str(sentence) for sentence in plan.components[-1].rules.words(plan)]
