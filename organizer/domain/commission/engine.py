"""The estimate: a plan, a team and a period in, an explained statement out. Pure; knows no company."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from organizer.domain.commission import ranks, unknowns
from organizer.domain.commission.adjust import adjustments, balance_after, payout
from organizer.domain.commission.arrays import Mask
from organizer.domain.commission.condition import Tree, volumes_of, window_of
from organizer.domain.commission.explain import activity, standing
from organizer.domain.commission.plan import Plan, RoundAt, VolumeSource
from organizer.domain.commission.snapshot import Carry, Snapshot, Volumes
from organizer.domain.commission.statement import ComponentResult, Statement
from organizer.domain.money import round_half_up
from organizer.domain.period import Period
from organizer.domain.team import Team

Progress = Callable[[float], None]


def estimate(
    plan: Plan,
    team: Team,
    period: Period,
    member: int,
    progress: Progress | None = None,
    *,
    past: Sequence[Volumes] = (),
    carry: Carry | None = None,
) -> Statement:
    """What the member at index `member` would be paid for `period`, with the reasons.

    `past` holds the volumes of the periods before, the latest first, `carry` what the one before left.
    `progress` is told how far it is, 0 to 1, and may raise to stop the work.
    Raises IndexError for no such member and tree.CycleError where links run in a circle.
    """
    if not 0 <= member < len(team):
        raise IndexError(f"no member {member} in a team of {len(team)}")
    return estimate_from(Snapshot(plan, team, period, past, carry), member, progress)


def estimate_from(
    snapshot: Snapshot, member: int, progress: Progress | None = None, *, ranged: bool = True
) -> Statement:
    """The same from a snapshot, whose ranks and sums are kept for the next estimate made from it.

    Without `ranged` the low and the high figure, which take a second estimate, are left out.
    """
    plan = snapshot.plan
    tell = progress or (lambda _done: None)
    tell(0.0)
    rank = standing(snapshot, member)
    results = []
    for done, component in enumerate(plan.components, 1):
        tell(done / (len(plan.components) + 2))
        results.append(component.rules.pay(component, snapshot, member))
    components = tuple(results)
    added = adjustments(snapshot, member, components)
    rounding, total = _total(plan, components, sum(one.minor for one in added))
    team = whole_team(snapshot, member)
    doubtful = unknowns.members(snapshot, team, used_volumes(plan))
    between = None
    unsure = [found for one in plan.components if (found := one.rules.unsure(one, snapshot, member))]
    if ranged and (doubtful or unsure or any(result.unknown for result in components)):
        between = unknowns.between(snapshot, member, total, team, doubtful, components, unsure)
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
        active=bool(snapshot.active[member]),
        active_reason=activity(snapshot, member),
        rank=rank,
        components=components,
        rounding=rounding,
        total_minor=total,
        team_size=int(np.count_nonzero(team)) - 1,
        unknown=len(doubtful),
        adjustments=added,
        payout=payout(plan, total),
        range=between,
    )


def total_of(snapshot: Snapshot, member: int) -> int:
    """Only the total, in minor units."""
    plan = snapshot.plan
    components = tuple(component.rules.pay(component, snapshot, member) for component in plan.components)
    return _total(plan, components, sum(one.minor for one in adjustments(snapshot, member, components)))[1]


def _total(plan: Plan, components: Sequence[ComponentResult], adjusted: int) -> tuple[int, int]:
    """The last rounding, and the total."""
    total = sum(result.total_minor for result in components)
    rounding = 0
    if plan.round_at is RoundAt.TOTAL:
        rounding = round_half_up(sum((result.exact for result in components), Fraction())) - total
    return rounding, total + rounding + adjusted


def carried(snapshot: Snapshot, statement: Statement) -> dict[str, dict[int, dict[str, int]]]:
    """What the next period needs of this one: by component and member figures by name.

    Beside the components there are "ranks", and "balance" with what wasn't paid out to the statement's member.
    """
    kept = left_by_rules(snapshot)
    _paid_out, left = balance_after(snapshot.plan, statement.total_minor)
    if left:
        kept["balance"] = {statement.member: {"minor": left}}
    return kept


def left_by_rules(snapshot: Snapshot) -> dict[str, dict[int, dict[str, int]]]:
    """The same without the balance: what the bonuses and the ranks leave, for everybody."""
    kept: dict[str, dict[int, dict[str, int]]] = {}
    for component in snapshot.plan.components:
        after = {member: dict(names) for member, names in component.rules.after(component, snapshot).items()}
        if after or component.rules.carries():
            kept[component.id] = after
    if snapshot.plan.ranks:
        kept["ranks"] = ranks.after(snapshot)
    return kept


def whole_team(snapshot: Snapshot, member: int) -> Mask:
    """The member and everyone below her, in whichever tree."""
    team = snapshot.layout(Tree.SPONSOR).under(member)
    if snapshot.same(Tree.PLACEMENT) is Tree.SPONSOR:
        return team
    return team | snapshot.layout(Tree.PLACEMENT).under(member)


def used_volumes(plan: Plan) -> list[str]:
    """The ids of the members' volumes that any rule of the plan asks for, in the plan's order."""
    used: set[str] = set()
    for rank in plan.ranks:
        used |= volumes_of(rank.conditions)
    if plan.active is not None:
        used.add(plan.active.volume)
    for component in plan.components:
        used |= component.rules.volumes() | volumes_of(component.conditions)
    used |= {volume for cap in plan.caps for volume in (cap.of, cap.together)}
    return [v.id for v in plan.volumes if v.id in used and v.source is VolumeSource.MEMBER]


def periods_needed(plan: Plan) -> int:
    """How many periods before the one to be estimated the plan looks at."""
    windows = [window_of(rank.conditions) for rank in plan.ranks]
    windows += [window_of(component.conditions) for component in plan.components]
    windows += [component.rules.window() for component in plan.components]
    back = plan.returns.window if plan.returns else 0
    return max([*windows, plan.active.window if plan.active else 1], default=1) - 1 + back
