"""The sentences of a fast start bonus: its rule, and the reasons that only it has."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from organizer.domain.commission.base import NewMembers
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.settle import percent_number
from organizer.domain.commission.walk import Unearned
from organizer.domain.money import Money, minor_digits, volume_amount
from organizer.domain.result import Message, Value, listed

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.fast_start import FastStart


class Paid(StrEnum):
    """What is paid for: a percentage of a volume, each whole item of one, or each new distributor."""

    PERCENT = "percent"
    ITEMS = "items"
    RECRUITS = "recruits"


def rule_words(rules: FastStart, plan: Plan) -> list[Message]:
    """The rule in plain sentences."""
    found = [Message("Levels are counted in the {tree}.", {"tree": Message("sponsor tree (who recruited)")})]
    found += _percents(rules, plan) if rules.paid is Paid.PERCENT else [_fixed(rules, plan)]
    if rules.base.new_members:
        found.append(_window(rules.base.new_members))
    if rules.first_order_only:
        found.append(Message("Only a newcomer's very first order counts."))
    found += [*_minimum(rules, plan), *_caps(rules, plan), unearned_words(rules.unearned)]
    if not rules.customer_volume:
        found.append(Message("What customers buy doesn't count."))
    if rules.paid is Paid.PERCENT:
        found += replace(rules.base, new_members=None).words(plan)
    return found


def _percents(rules: FastStart, plan: Plan) -> list[Message]:
    rows = [
        listed([Message("{rate} %", {"rate": percent_number(rate)}) for rate in row]) if row else None
        for row in rules.rates
    ]
    if len(set(rules.rates)) == 1 and rows[-1]:
        return [Message("Everyone: {rates} by level, the nearest first.", {"rates": rows[-1]})]
    return [
        Message("{rank}: {rates} by level, the nearest first.", {"rank": rank.name, "rates": row})
        if row
        else Message("{rank}: nothing.", {"rank": rank.name})
        for rank, row in zip(plan.ranks, rows, strict=False)
    ]


def _fixed(rules: FastStart, plan: Plan) -> Message:
    values: dict[str, Value] = {
        "amounts": listed([_amount(int(rate), plan.currency) for rate in rules.rates[-1]]),
        "currency": plan.currency,
    }
    if rules.paid is Paid.RECRUITS:
        return Message(
            "{amounts} {currency} by level, the nearest first, for each new distributor in the period of joining.",
            values,
        )
    values["volume"] = plan.volume(rules.base.volume).name
    return Message("{amounts} {currency} by level, the nearest first, for each whole 1 of {volume}.", values)


def _window(new: NewMembers) -> Message:
    if new.months:
        return Message(
            "Only so many of a newcomer's calendar months count, that of joining included: {months}.",
            {"months": new.months},
        )
    return Message("Only a newcomer's first {days} days count.", {"days": new.days})


def _minimum(rules: FastStart, plan: Plan) -> list[Message]:
    if not rules.minimum:
        return []
    values: dict[str, Value] = {
        "volume": plan.volume(rules.base.volume).name,
        "minimum": volume_amount(rules.minimum),
    }
    return [Message("The newcomer must have at least {minimum} {volume} in that period.", values)]


def _caps(rules: FastStart, plan: Plan) -> list[Message]:
    if not rules.recruit_caps:
        return []
    amounts = listed([_amount(cap, plan.currency) for cap in rules.recruit_caps])
    values: dict[str, Value] = {"amounts": amounts, "currency": plan.currency}
    return [Message("For one newcomer at most {amounts} {currency} a period, by level.", values)]


def unearned_words(unearned: Unearned) -> Message:
    """What becomes of a level's pay when who takes the level isn't qualified for it."""
    return {
        Unearned.BREAKAGE: Message("What somebody takes but isn't entitled to stays with the company."),
        Unearned.ROLL_UP: Message("What somebody takes but isn't entitled to goes to the next one up who is."),
        Unearned.PASS_UP: Message(
            "What somebody takes but isn't entitled to goes to the one right above if she is."
        ),
    }[unearned]


def _amount(minor: int, currency: str) -> Value:
    """An amount without superfluous zeros."""
    amount = Money(minor, currency).amount
    return amount if minor % 10 ** minor_digits(currency) else amount.to_integral_value()


def closed(rules: FastStart, plan: Plan, rank: int, level: int) -> Message:
    """Why a level isn't paid to a qualified earner of that rank."""
    name, levels = plan.rank_name(rank), len(rules.rates[rank])
    if name is None:
        return Message("Without a rank this bonus pays nothing; this is level {level}.", {"level": level})
    if level <= levels:
        return Message("This volume passes by ({why}).", {"why": Message("customers")})
    return Message(
        "The rank {rank} pays {levels} levels; this is level {level}.",
        {"rank": name, "levels": levels, "level": level},
    )


def no_longer_new(new: NewMembers) -> Message:
    """Why a volume doesn't count: it comes too late."""
    if new.months:
        return Message("Her time as a newcomer is over (calendar months: {months}).", {"months": new.months})
    return Message("Her time as a newcomer is over (days: {days}).", {"days": new.days})


def undated(first_order_only: bool) -> Message:
    """Why a volume isn't counted though it may count."""
    if first_order_only:
        return Message("It isn't known whether this is her first order in time, so it isn't counted.")
    return Message("Her first days end within the period and the orders have no date, so they aren't counted.")


def unsure_words() -> Message:
    """What the high figure of a range assumes."""
    return Message("from no order without a date to all of them being in time for the bonus on newcomers")
