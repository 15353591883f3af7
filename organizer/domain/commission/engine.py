"""The estimate: a plan, a team and a period in, an explained statement out. Pure; knows no company."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from organizer.domain.commission.explain import activity, standing
from organizer.domain.commission.plan import (
    Plan,
    RoundAt,
    Tree,
    VolumeCondition,
    VolumeSource,
)
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import Statement
from organizer.domain.money import round_half_up
from organizer.domain.period import Period
from organizer.domain.team import Team

Progress = Callable[[float], None]


def estimate(plan: Plan, team: Team, period: Period, member: int, progress: Progress | None = None) -> Statement:
    """What the member at index `member` would be paid for `period`, with the reasons.

    `progress` is told how far it is, 0 to 1, and may raise to stop the work.
    Raises IndexError for no such member and tree.CycleError where links run in a circle.
    """
    if not 0 <= member < len(team):
        raise IndexError(f"no member {member} in a team of {len(team)}")
    return estimate_from(Snapshot(plan, team, period), member, progress)


def estimate_from(snapshot: Snapshot, member: int, progress: Progress | None = None) -> Statement:
    """The same from a snapshot, whose ranks and sums are kept for the next estimate made from it."""
    plan = snapshot.plan
    tell = progress or (lambda _done: None)
    tell(0.0)
    team = _whole_team(snapshot, member)
    rank = standing(snapshot, member)
    results = []
    for done, component in enumerate(plan.components, 1):
        tell(done / (len(plan.components) + 1))
        results.append(component.rules.pay(component, snapshot, member))
    components = tuple(results)
    total = sum(result.total_minor for result in components)
    rounding = 0
    if plan.round_at is RoundAt.TOTAL:
        rounding = round_half_up(sum((result.exact for result in components), Fraction())) - total
    tell(1.0)
    return Statement(
        plan_id=plan.id,
        plan_name=plan.name,
        plan_version=plan.version,
        confidence=plan.confidence,
        teaching=plan.teaching,
        sources=plan.sources,
        missing=plan.missing,
        period=snapshot.period,
        currency=plan.currency,
        member=member,
        active=snapshot.active[member],
        active_reason=activity(snapshot, member),
        rank=rank,
        components=components,
        rounding=rounding,
        total_minor=total + rounding,
        team_size=len(team) - 1,
        unknown=_count_unknown(snapshot, team),
    )


def _whole_team(snapshot: Snapshot, member: int) -> Sequence[int]:
    """The member and everyone below her, in whichever tree."""
    team = [member, *snapshot.below(Tree.SPONSOR, member)]
    if snapshot.same(Tree.PLACEMENT) is Tree.SPONSOR:
        return team
    return list({*team, *snapshot.below(Tree.PLACEMENT, member)})


def _count_unknown(snapshot: Snapshot, team: Sequence[int]) -> int:
    unknown: set[int] = set()
    for volume in used_volumes(snapshot.plan):
        figures = snapshot.raw(volume)
        if None in figures:
            unknown.update(member for member in team if figures[member] is None)
    return len(unknown)


def used_volumes(plan: Plan) -> list[str]:
    """The ids of the members' volumes that any rule of the plan asks for, in the plan's order."""
    used = {condition.volume for rank in plan.ranks for condition in rank.conditions
            if isinstance(condition, VolumeCondition)}  # fmt: skip
    if plan.active is not None:
        used.add(plan.active.volume)
    for component in plan.components:
        used |= component.rules.volumes()
    return [v.id for v in plan.volumes if v.id in used and v.source is VolumeSource.MEMBER]
