"""The rule of a target in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organizer.domain.commission.condition import Who
from organizer.domain.commission.explain import condition_rule
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.settle import percent_number
from organizer.domain.money import Money
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.target import Target, TargetTier


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
            Message("Only in so many calendar months, that of joining included: {months}.", values)
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
