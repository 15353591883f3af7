"""The lines of a rank bonus and its rule in sentences."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.kinds.fast_start_words import no_longer_new
from organizer.domain.commission.kinds.rank_steps import State, Step
from organizer.domain.commission.plan import Component, Plan
from organizer.domain.commission.settle import settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import Money
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.rank_advancement import RankBonus
    from organizer.domain.commission.snapshot import Snapshot


def result(rules: RankBonus, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
    """What the earner gets, rank by rank."""
    lines, found = [], rules.steps(component, snapshot)
    for step in found:
        minor = int(step.minor[earner])
        reason = _reason(rules, component, snapshot, step, earner)
        lines.append(
            Line(component.id, earner, None, 0, "", None, Fraction(), Fraction(minor), minor, reason)
        )  # fmt: skip
    unclear = any(step.state[earner] == State.UNCLEAR or step.unsure[earner] for step in found)
    notes = (Message("Without the periods before, a rank bonus may have been paid already."),) if unclear else ()
    return settle_lines(snapshot.plan, component, lines, notes)


def _reason(rules: RankBonus, component: Component, snapshot: Snapshot, step: Step, earner: int) -> Message:
    name = snapshot.plan.ranks[step.rank].name
    values: dict[str, Value] = {
        "rank": name,
        "run": int(step.run[earner]),
        "paid": int(step.paid[earner]),
        "missed": int(step.missed[earner]),
        "maintain": rules.maintain,
        "instalments": rules.instalments,
        "grace": rules.grace,
    }
    state = State(int(step.state[earner]))
    qualified = bool(snapshot.qualified(component)[earner])
    if not qualified and state in (State.NOT_HELD, State.MISSED):
        why = not_qualified(snapshot, component, earner)
        return Message("{rank}: {why}", {"rank": name, "why": why})
    if state is State.PAID and rules.instalments > 1:
        return Message("{rank}: instalment {paid} of {instalments}.", values)
    if state is State.LATE and rules.within:
        return Message("{rank}: {why}", {"rank": name, "why": no_longer_new(rules.within)})
    if state is State.UNDATED and snapshot.team.joined[earner] is None:
        return Message("{rank}: {why}", {"rank": name, "why": Message("It isn't known when she joined.")})
    return {
        State.NOT_HELD: Message("{rank}: not reached this period.", values),
        State.PAID: Message("{rank}: reached for the first time.", values)
        if rules.maintain == 1
        else Message("{rank}: held for {maintain} periods in a row.", values),
        State.BEFORE: Message("{rank}: done with in an earlier period; it is paid once.", values),
        State.UNCLEAR: Message(
            "{rank}: it isn't known whether it was reached before, so it isn't counted.", values
        ),
        State.LATE: Message("{rank}: reached too late.", values),
        State.UNDATED: Message(
            "{rank}: whether it was reached within her first days or months isn't known, so it isn't counted.",
            values,
        ),
        State.SKIPPED: Message("{rank}: passed by on the way to a higher rank, which pays nothing.", values),
        State.HOLDING: Message("{rank}: held for {run} periods in a row, needs {maintain}.", values),
        State.MISSED: Message(
            "{rank}: not held this period. Periods missed so far: {missed}; more than {grace} end it.", values
        ),
        State.LAPSED: Message(
            "{rank}: the periods in which it wasn't held are more than {grace}; the rest lapses.", values
        ),
    }[state]


def rule_words(rules: RankBonus, plan: Plan) -> list[Message]:
    """The rule in plain sentences."""
    found = [
        Message(
            "{rank}: {amount} {currency}, once in a lifetime.",
            {
                "rank": plan.ranks[rank].name,
                "amount": Money(minor, plan.currency).amount,
                "currency": plan.currency,
            },
        )
        for rank, minor in rules.amounts
        if rank < len(plan.ranks)
    ]
    values: dict[str, Value] = {
        "maintain": rules.maintain,
        "instalments": rules.instalments,
        "grace": rules.grace,
        "days": rules.within.days if rules.within else 0,
        "months": rules.within.months if rules.within else 0,
    }
    if rules.maintain > 1:
        found.append(Message("The rank must be held for {maintain} periods in a row first.", values))
    if rules.instalments > 1:
        found.append(
            Message(
                "It is paid in {instalments} instalments, one for each period in which the rank is held.", values
            )
        )
        found.append(Message("The rest lapses when the periods without the rank are more than {grace}.", values))
    if rules.within and rules.within.months:
        found.append(
            Message(
                "Only in so many calendar months, that of joining included: {months}.",
                values,
            )
        )
    elif rules.within:
        found.append(Message("Only in the first {days} days.", values))
    found.append(
        Message("Ranks passed by on the way to a higher one are paid too.")
        if rules.skipped
        else Message("Ranks passed by on the way to a higher one aren't paid.")
    )
    return found
