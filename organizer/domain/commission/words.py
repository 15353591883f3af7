"""A whole plan in plain words, written from its data: what a reader of the plan is told, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from organizer.domain.commission.ending_words import ending_words
from organizer.domain.commission.explain import condition_rule
from organizer.domain.commission.plan import (
    Component,
    Plan,
    Rank,
    RanksFrom,
    RoundAt,
    Text,
    Unit,
    Volume,
    VolumeSource,
)
from organizer.domain.commission.trust import trust
from organizer.domain.money import volume_amount
from organizer.domain.period import PeriodKind
from organizer.domain.result import Message, Value, listed

Words = Message | Text | str
"""A sentence: one of ours, one from the plan file in both languages, or a name as it is."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its sentences. `key` is the same in every plan: "about", "rank leader", "bonus team"."""

    key: str
    title: Words
    sentences: tuple[Words, ...]


def sections(plan: Plan) -> tuple[Section, ...]:
    """The plan, from what it is to what the file leaves out."""
    found = [
        Section("about", Message("What this plan is"), tuple(_about(plan))),
        Section("volumes", Message("What is counted"), tuple(_volume(volume) for volume in plan.volumes)),
        Section("time", Message("When it is settled"), tuple(_time(plan))),
        Section("active", Message("Being active"), tuple(_active(plan))),
    ]
    if plan.ranks:
        found.append(Section("ranks", Message("Ranks"), tuple(_ranks(plan))))
        found += [Section(f"rank {rank.id}", rank.name, tuple(_rank(plan, rank))) for rank in plan.ranks]
    found += [
        Section(f"bonus {component.id}", component.name, tuple(_bonus(plan, component)))
        for component in plan.components
    ]
    found.append(Section("end", Message("Up to the amount that is paid"), tuple(_end(plan))))
    if plan.missing:
        found.append(Section("missing", Message("Not certain, or not included"), plan.missing))
    return tuple(found)


def _about(plan: Plan) -> list[Words]:
    values: dict[str, Value] = {"company": plan.company, "region": plan.region, "currency": plan.currency}
    about: list[Words] = []
    if plan.company:
        about.append(Message("{company}, {region}. It pays in {currency}.", values))
    else:
        about.append(Message("{region}. It pays in {currency}.", values))
    dates: dict[str, Value] = {"since": plan.valid_from}
    if plan.valid_to:
        dates["until"] = plan.valid_to
        about.append(Message("Valid from {since} to {until}.", dates))
    else:
        about.append(Message("Valid from {since}.", dates))
    about.append(trust(plan.confidence, plan.teaching))
    for source in plan.sources:
        told: dict[str, Value] = {"title": source.title, "grade": source.grade, "url": source.url}
        about.append(Message("Source ({grade}): {title}, {url}", told))
    return about


def _volume(volume: Volume) -> Message:
    values: dict[str, Value] = {"volume": volume.name}
    entered = volume.source is VolumeSource.ENTERED
    if volume.unit is Unit.MONEY:
        if entered:
            return Message("{volume}: an amount of money that you type in yourself.", values)
        return Message("{volume}: an amount of money for each member and period.", values)
    if entered:
        return Message("{volume}: a number of points that you type in yourself.", values)
    return Message("{volume}: points for each member and period.", values)


_PERIODS: Mapping[PeriodKind, Message] = {
    PeriodKind.WEEK: Message("Each week is settled by itself."),
    PeriodKind.HALF_MONTH: Message("Each half of a month is settled by itself."),
    PeriodKind.MONTH: Message("Each month is settled by itself."),
    PeriodKind.CAMPAIGN: Message("Each campaign is settled by itself."),
    PeriodKind.QUARTER: Message("Each quarter of a year is settled by itself."),
}

_WEEKDAYS = (
    Message("Monday"),
    Message("Tuesday"),
    Message("Wednesday"),
    Message("Thursday"),
    Message("Friday"),
    Message("Saturday"),
    Message("Sunday"),
)


def _time(plan: Plan) -> list[Words]:
    calendar = plan.calendar
    told: list[Words] = [_PERIODS[calendar.kind]]
    if calendar.kind is PeriodKind.WEEK:
        told.append(Message("A week begins on {day}.", {"day": _WEEKDAYS[calendar.week_starts]}))
    if calendar.kind is PeriodKind.CAMPAIGN:
        told.append(Message("A campaign lasts {days} days.", {"days": calendar.campaign_days}))
    if calendar.cutoff != time():
        told.append(Message("Its last day is over at {time}.", {"time": calendar.cutoff.strftime("%H:%M")}))
    if calendar.timezone:
        told.append(Message("The clock is that of {zone}.", {"zone": calendar.timezone}))
    return told


def _active(plan: Plan) -> list[Words]:
    rule = plan.active
    if rule is None:
        return [Message("The plan asks for nothing: every distributor counts as active.")]
    values: dict[str, Value] = {
        "minimum": volume_amount(rule.minimum),
        "volume": plan.volume(rule.volume).name,
        "periods": rule.window,
    }
    if rule.window > 1 and rule.in_one:
        return [
            Message(
                "Whoever has at least {minimum} {volume} of her own in a single one of {periods} periods "
                "counts as active.",
                values,
            )
        ]
    if rule.window > 1:
        return [
            Message(
                "Whoever has at least {minimum} {volume} of her own in {periods} periods together counts as "
                "active.",
                values,
            )
        ]
    return [Message("Whoever has at least {minimum} {volume} of her own in the period counts as active.", values)]


def _ranks(plan: Plan) -> list[Words]:
    names = listed([rank.name for rank in plan.ranks])
    told: list[Words] = [
        Message("From the lowest to the highest: {ranks}.", {"ranks": names}),
        Message("Each period counts by itself: a member has the highest rank whose conditions she meets."),
    ]
    if plan.ranks_from is RanksFrom.REPORTED:
        told.append(Message("Where the company's file gives a rank, that one holds."))
    return told


def _rank(plan: Plan, rank: Rank) -> list[Words]:
    told: list[Words] = [condition_rule(plan, condition) for condition in rank.conditions]
    if not told:
        told = [Message("Every distributor has it.")]
    if rank.grace:
        values: dict[str, Value] = {"periods": rank.grace}
        told.append(Message("It is kept for {periods} more periods after it was last reached.", values))
    return told


_KINDS: Mapping[str, Message] = {
    "retail": Message("Pay for what she sells herself."),
    "team_tier": Message("A percentage of what her team buys or sells, the higher the more it is."),
    "unilevel": Message("A percentage of what those below her buy or sell, level by level."),
    "matrix": Message("Level pay in a tree where each position has only so many places under it."),
    "binary": Message("Pay from two legs: what the weaker one brings counts."),
    "stairstep": Message("A percentage that rises with the group; for those below she gets the difference."),
    "breakaway": Message("A percentage of groups that have grown as high as hers and left it."),
    "leadership": Message("A percentage of groups that reached the top; a smallest amount is always passed up."),
    "depth": Message("A percentage of what lies deeper, under leaders of leaders."),
    "generation": Message("A percentage by generation: from one leader down to the next one counts as one."),
    "matching": Message("A percentage of what those she sponsored earn themselves."),
    "fast_start": Message("Pay for new members, for a limited time."),
    "pass_up": Message("The sales of her first recruits go to the one above her; later ones are hers."),
    "target": Message("An amount for reaching a target."),
    "rank_bonus": Message("An amount for reaching a rank."),
    "structure": Message("An amount for a team that is built in a certain shape."),
    "pool": Message("A share of an amount that the company sets aside for everyone who qualifies."),
}
"""What each kind of bonus is, for somebody who has never heard of it."""


def _bonus(plan: Plan, component: Component) -> list[Words]:
    told: list[Words] = []
    if component.kind in _KINDS:
        told.append(_KINDS[component.kind])
    told += component.rules.words(plan)
    if component.requires:
        for condition in component.requires:
            rule = condition_rule(plan, condition)
            told.append(Message("Only where this holds: {condition}.", {"condition": rule}))
    if component.active_only and plan.active is not None:
        told.append(Message("Only for those who are active."))
    return told


def _end(plan: Plan) -> list[Words]:
    told: list[Words] = list(ending_words(plan))
    told.append(_ROUNDING[plan.round_at])
    return told


_ROUNDING: Mapping[RoundAt, Message] = {
    RoundAt.LINE: Message("Each line is rounded to the smallest coin, a half going up."),
    RoundAt.COMPONENT: Message("Each bonus is rounded to the smallest coin as a whole, a half going up."),
    RoundAt.TOTAL: Message("Only the total is rounded to the smallest coin, a half going up."),
}
