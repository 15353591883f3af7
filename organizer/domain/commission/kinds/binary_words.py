"""The rules of a binary bonus in plain sentences, every figure from the plan."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from organizer.domain.commission.kinds.binary_payout import Cycles, FirstPair, Steps
from organizer.domain.commission.kinds.binary_rate import money_words
from organizer.domain.commission.kinds.binary_terms import After, AfterCap, Ineligible, Method
from organizer.domain.commission.plan import Plan
from organizer.domain.money import volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.binary import Binary


def words(rules: Binary, plan: Plan) -> list[Message]:
    """Which volume counts, what it pays, the limits, what is left for the next period."""
    return [*_legs(rules, plan), *_payout(rules, plan), *_limits(rules, plan), *_ending(rules, plan)]


def _legs(rules: Binary, plan: Plan) -> list[Message]:
    legs = rules.legs
    values: dict[str, Value] = {"volume": plan.volume(legs.volume).name}
    found = [Message("Everyone has two legs in the placement tree (position), a left and a right one.")]
    if legs.levels is None:
        found.append(Message("All {volume} below her counts in its leg, however deep.", values))
    else:
        values["levels"] = legs.levels
        found.append(Message("{volume} counts in its leg down to {levels} levels below her.", values))
    if legs.own_above is not None:
        values = {"volume": plan.volume(legs.own).name, "above": volume_amount(legs.own_above)}
        text = Message("All her own {volume} goes to her weaker leg, the left one if they are alike.", values)
        if legs.own_above:
            text = Message(
                "What she has of her own {volume} above {above} goes to her weaker leg, the left one if they are "
                "alike.",
                values,
            )
        found.append(text)
    else:
        found.append(Message("Her own volume counts for those above her, not in her own legs."))
    return found


def _payout(rules: Binary, plan: Plan) -> list[Message]:
    payout = rules.payout
    if isinstance(payout, Steps):
        return _steps(rules, payout, plan)
    if isinstance(payout, FirstPair):
        values: dict[str, Value] = {
            "large": volume_amount(2 * payout.unit),
            "small": volume_amount(payout.unit),
            "first": money_words(plan, Fraction(payout.first)),
            "amount": money_words(plan, Fraction(payout.amount)),
        }
        return [
            Message(
                "Her first pair takes {large} from the larger leg and {small} from the other: {first}.", values
            ),
            Message("Each pair after that takes {small} from both legs: {amount}.", values),
        ]
    return [
        _basis(rules),
        *rules.rate.words(plan),
        *(() if isinstance(payout, Cycles) else rules.base.words(plan)),
    ]


def _basis(rules: Binary) -> Message:
    payout = rules.payout
    if isinstance(payout, Cycles):
        values: dict[str, Value] = {"large": volume_amount(payout.large), "small": volume_amount(payout.small)}
        if rules.method is Method.PAIRS:
            return Message("She is paid for each pair: {small} in the one leg and {small} in the other.", values)
        return Message(
            "She is paid for each cycle: {large} from the leg that is larger at that moment (the left one if they "
            "are alike) and {small} from the other.",
            values,
        )
    if rules.method is Method.RATIO:
        return Message(
            "She is paid a percentage of the weaker leg, times weaker / stronger (half as large pays half)."
        )
    return Message("She is paid a percentage of the weaker leg.")


def _steps(rules: Binary, payout: Steps, plan: Plan) -> list[Message]:
    ladder = rules.method is Method.LADDER
    found = [
        Message(
            "The steps are taken one after the other, from the first one each period, as far as both legs last."
        )
        if ladder
        else Message("The highest step that both legs reach is paid, once a period, and taken from both.")
    ]
    volumes, amounts = payout.volumes, payout.amounts
    if ladder:  # each step by itself, as the plan file gives it
        volumes = (volumes[0], *(higher - lower for lower, higher in pairwise(volumes)))
        amounts = (amounts[0], *(higher - lower for lower, higher in pairwise(amounts)))
    for number, (volume, amount) in enumerate(zip(volumes, amounts, strict=True), 1):
        values: dict[str, Value] = {
            "number": number,
            "volume": volume_amount(volume),
            "amount": money_words(plan, Fraction(amount)),
        }
        found.append(Message("Step {number}: {volume} in each leg, {amount}.", values))
    return found


def _limits(rules: Binary, plan: Plan) -> list[Message]:
    limits, found = rules.limits, []
    if limits.count is not None:
        most: dict[str, Value] = {"most": limits.count}
        if rules.method is Method.CYCLE:
            found.append(Message("At most {most} cycles are paid a period.", most))
        else:
            found.append(Message("At most {most} pairs are paid a period.", most))
    amounts = [money_words(plan, Fraction(minor)) for minor in limits.minor]
    if len(set(limits.minor)) == 1:
        found.append(Message("At most {cap} are paid a period.", {"cap": amounts[0]}))
    else:
        found += [
            Message("{rank}: at most {cap} a period.", {"rank": rank.name, "cap": cap})
            for rank, cap in zip(plan.ranks, amounts, strict=False)
        ]
    if found and rules.ending.after is not After.FLUSH:
        found.append(
            {
                AfterCap.USE: Message("Volume above that counts as paid."),
                AfterCap.KEEP: Message("Volume above that stays in the legs."),
                AfterCap.FLUSH: Message("Whoever reaches that loses all volume that is left in both legs."),
            }[limits.then]
        )
    return found


def _ending(rules: Binary, plan: Plan) -> list[Message]:
    ending = rules.ending
    found = [
        {
            After.CARRY: Message("What wasn't paid for stays in both legs for the next period."),
            After.FLUSH: Message("Both legs begin anew at nothing each period."),
            After.NET_OFF: Message(
                "After a payout, what is left in the smaller leg is lost, and as much of the other one."
            ),
        }[ending.after],
        {
            Ineligible.KEEP: Message("Whoever may not be paid keeps both legs."),
            Ineligible.FLUSH: Message("Whoever may not be paid loses both legs."),
            Ineligible.NET_OFF: Message(
                "Whoever may not be paid loses the weaker leg, and as much of the stronger one."
            ),
        }[ending.ineligible],
    ]
    if ending.after is After.FLUSH and ending.ineligible is Ineligible.FLUSH:
        del found[1]
    if ending.most is not None:
        values: dict[str, Value] = {
            "most": volume_amount(ending.most),
            "volume": plan.volume(rules.legs.volume).name,
        }
        found.append(Message("At most {most} {volume} of each leg are carried on.", values))
    return found
