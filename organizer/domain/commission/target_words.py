"""The lines of a target and its rule in sentences."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.condition import Tree, Who
from organizer.domain.commission.explain import activity, condition_rule, not_qualified, requirements
from organizer.domain.commission.fast_start_words import no_longer_new
from organizer.domain.commission.plan import Component, Plan
from organizer.domain.commission.settle import percent_number, settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.contact import sort_key
from organizer.domain.money import Money, round_half_up
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot
    from organizer.domain.commission.target import Target, TargetTier
    from organizer.domain.commission.target_outcome import Outcome


def result(rules: Target, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
    """What the earner gets, with a line for each tier paid and for each member who gives nothing."""
    outcome = rules.outcome(component, snapshot)
    amounts, denominator = rules.amounts(snapshot)
    lines: list[Line] = []
    for member in _asked_about(rules, snapshot, earner):
        paid = [number for number in range(len(rules.tiers)) if outcome.pays[number][member]]
        for number in paid:
            exact = Fraction(int(amounts[number][member]), denominator)
            lines.append(_line(rules, component, snapshot, earner, member, number, exact))
        if not paid:
            reason = _why_not(rules, component, snapshot, outcome, earner, member)
            lines.append(_empty(component, earner, member, reason))
    if not lines:
        lines = [_empty(component, earner, earner, _nobody(rules, component, snapshot, earner))]
    notes = rules.taken.base.words(snapshot.plan) if rules.taken else ()
    return settle_lines(snapshot.plan, component, lines, notes)


def _asked_about(rules: Target, snapshot: Snapshot, earner: int) -> list[int]:
    if rules.per is None:
        return [earner]
    customers = rules.per is Who.CUSTOMERS
    found = [
        m for m in snapshot.layout(Tree.SPONSOR).children(earner).tolist() if snapshot.customers[m] == customers
    ]
    return sorted(found, key=lambda member: (sort_key(snapshot.team.names[member]), snapshot.team.ids[member]))


def _line(
    rules: Target,
    component: Component,
    snapshot: Snapshot,
    earner: int,
    member: int,
    number: int,
    exact: Fraction,
) -> Line:
    tier, base = rules.tiers[number], None
    if tier.share and rules.taken:
        values, _unit = rules.taken.values(snapshot)
        base = int(values[member])
    return Line(
        component=component.id,
        source=member,
        level=None,
        depth=int(member != earner),
        volume=rules.taken.base.volume if rules.taken and tier.share else "",
        base=base if rules.taken and not rules.taken.base.new_members else None,
        rate=tier.share,
        amount=exact,
        minor=round_half_up(exact),
        reason=_reached(snapshot, tier, number, member),
    )


def _empty(component: Component, earner: int, member: int, reason: Message) -> Line:
    return Line(
        component.id, member, None, int(member != earner), "", None, Fraction(), Fraction(), 0, reason
    )  # fmt: skip


def _reached(snapshot: Snapshot, tier: TargetTier, number: int, member: int) -> Message:
    found = Message("Target {number} is met.", {"number": number + 1})
    for one in requirements(snapshot, tier.conditions, member):
        found = Message("{first} {second}.", {"first": found, "second": one.words})
    return found


def _why_not(
    rules: Target, component: Component, snapshot: Snapshot, outcome: Outcome, earner: int, member: int
) -> Message:
    if not outcome.receives[member]:
        return not_qualified(snapshot, component, earner)
    if not outcome.asked[member]:
        return activity(snapshot, member)
    if outcome.before[member]:
        return Message("It was paid in an earlier period, and is paid once.")
    if outcome.timing.late[member] and rules.within:
        return no_longer_new(rules.within)
    if not outcome.met[:, member].any():
        missing = [one for one in requirements(snapshot, rules.tiers[0].conditions, member) if not one.met]
        return missing[0].words
    if outcome.unclear[member]:
        return Message("It isn't known whether it was paid in an earlier period, so it isn't counted.")
    if snapshot.team.joined[member] is None:
        return Message("It isn't known when she joined.")
    return Message("Whether it was in her first days or months isn't known, so it isn't counted.")


def _nobody(rules: Target, component: Component, snapshot: Snapshot, earner: int) -> Message:
    if not snapshot.qualified(component)[earner]:
        return not_qualified(snapshot, component, earner)
    if rules.per is Who.CUSTOMERS:
        return Message("She has no customers of her own.")
    return Message("She hasn't sponsored anybody herself.")


def rule_words(rules: Target, plan: Plan) -> list[Message]:
    """The rule in plain sentences."""
    found = [_whom(rules)]
    found += [_tier(rules, plan, tier, number) for number, tier in enumerate(rules.tiers, 1)]
    if len(rules.tiers) > 1:
        found.append(
            Message("Of the targets met only the highest is paid.")
            if rules.best_only
            else Message("Every target met is paid.")
        )
    if rules.within:
        values: dict[str, Value] = {"months": rules.within.months, "days": rules.within.days}
        found.append(
            Message("Only in the first {months} calendar months, the month of joining included.", values)
            if rules.within.months
            else Message("Only in the first {days} days.", values)
        )
    if rules.once:
        found.append(Message("It is paid once for each person."))
    return found + (list(rules.taken.base.words(plan)) if rules.taken else [])


def _whom(rules: Target) -> Message:
    if rules.per is None:
        return Message("Paid for what she reaches herself.")
    return {
        Who.DISTRIBUTORS: Message("Paid for each distributor whom she sponsored herself and who meets a target."),
        Who.ACTIVE: Message("Paid for each active distributor whom she sponsored herself and who meets a target."),
        Who.CUSTOMERS: Message("Paid for each customer of her own who meets a target."),
    }[rules.per]


def _tier(rules: Target, plan: Plan, tier: TargetTier, number: int) -> Message:
    values: dict[str, Value] = {
        "number": number,
        "asked": _together(plan, tier),
        "amount": Money(tier.minor, plan.currency).amount,
        "currency": plan.currency,
        "rate": percent_number(tier.share),
    }
    if not tier.share or rules.taken is None:
        return Message("Target {number}: {amount} {currency} ({asked}).", values)
    values["volume"] = rules.taken.words(plan)
    return Message("Target {number}: {rate} % of {volume} ({asked}).", values)


def _together(plan: Plan, tier: TargetTier) -> Message:
    if not tier.conditions:
        return Message("no condition")
    first, *others = (condition_rule(plan, one) for one in tier.conditions)
    for other in others:
        first = Message("{first} and {other}", {"first": first, "other": other})
    return first
