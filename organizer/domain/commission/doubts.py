"""What is allowed in a plan file but odd: most likely a slip, or something that its reader should know.

Each doubt is located as a mistake is. The law's words stand where a plan pays for recruiting without a sale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from organizer.domain.commission.asked import Asked, Holds, Path, Problems
from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    PersonalsCondition,
    Scope,
    VolumeCondition,
    Who,
    volumes_of,
)
from organizer.domain.commission.path_doubts import path_doubts
from organizer.domain.commission.plan import Plan, VolumeSource
from organizer.domain.commission.rank_doubts import rank_doubts
from organizer.domain.money import volume_amount
from organizer.domain.result import Message, Value

_WHOLE = 100
"""Per cent."""

PYRAMID = Message(
    "it pays for bringing somebody in, without anybody buying or selling anything. That is a mark of a pyramid "
    "scheme: Directive 2005/29/EC, Annex I no. 14, bans a scheme “where a consumer gives consideration for the "
    "opportunity to receive compensation that is derived primarily from the introduction of other consumers into "
    "the scheme rather than from the sale or consumption of products”; in Denmark pyramid games are banned by "
    "section 24 of the Gambling Act (spilleloven)."
)
"""The law's own words: Directive 2005/29/EC, Annex I no. 14; spilleloven § 24."""


def doubts(plan: Plan, outline: Problems, today: date | None = None) -> tuple[Message, ...]:
    """Everything odd about a plan that parses, in the file's order; `outline` is `parse.outline` of the same text.

    With `today` also that it no longer holds.
    """
    found = [
        *_dates(plan, today),
        *_sources(plan),
        *_unused(plan),
        *_ranks(plan),
        *rank_doubts(plan, outline),
        *_figures(outline),
        *path_doubts(plan),
        *_bonuses(plan),
        *_languages(outline),
    ]
    return tuple(_placed(outline, place, reason) for place, reason in found)


_Doubt = tuple[Path, Message]


def _placed(outline: Problems, path: Path, reason: Message) -> Message:
    parts = {"ranks": Message("rank"), "components": Message("component"), "volumes": Message("volume")}
    values: dict[str, Value] = {"file": outline.file, "key": str(path[-1])}
    place = Message('{file}, key "{key}"', values)
    if len(path) > 1 and path[0] in parts:
        name = outline.asked.get((path[0], path[1], "id"))
        values |= {"part": parts[str(path[0])], "name": str(name.value) if name else str(path[1])}
        key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        place = Message('{file}, {part} "{name}", key "{key}"', {**values, "key": key})
    return Message("{place}: {reason}", {"place": place, "reason": reason})


def _dates(plan: Plan, today: date | None) -> Iterator[_Doubt]:
    if today is not None and plan.valid_to is not None and plan.valid_to < today:
        yield ("valid_to",), Message("the plan no longer holds.")


def _sources(plan: Plan) -> Iterator[_Doubt]:
    worst = max((source.grade for source in plan.sources), default="")
    if plan.confidence and plan.confidence < worst:
        values: dict[str, Value] = {"confidence": plan.confidence, "grade": worst}
        yield (
            ("confidence",),
            Message(
                "it says {confidence}, though a source is only graded {grade}. Say the worst one used.",
                values,
            ),
        )


def _unused(plan: Plan) -> Iterator[_Doubt]:
    used: set[str] = {plan.active.volume} if plan.active else set()
    for rank in plan.ranks:
        used |= volumes_of(rank.conditions)
    for component in plan.components:
        used |= component.rules.volumes() | volumes_of(component.conditions)
    used |= {name for cap in plan.caps for name in (cap.of, cap.together)}
    for place, volume in enumerate(plan.volumes):
        if volume.id not in used:
            yield ("volumes", place, "id"), Message("no rule uses this volume.")
        if volume.source is VolumeSource.MEMBER and not volume.columns:
            yield (
                ("volumes", place, "columns"),
                Message("without a column's heading it can't be brought in from a file."),
            )


def _ranks(plan: Plan) -> Iterator[_Doubt]:
    for number, rank in enumerate(plan.ranks):
        if not rank.conditions and number:
            yield (
                ("ranks", number, "all"),
                Message("it asks for nothing, so nobody ever has one of the ranks below it."),
            )
        for place, condition in enumerate(rank.conditions):
            path: Path = ("ranks", number, "all", place)
            yield from ((path, reason) for reason in _contradictions(condition))
        if number and _easier(plan, number):
            values: dict[str, Value] = {"lower": plan.ranks[number - 1].name}
            yield (
                ("ranks", number, "all"),
                Message("whoever reaches {lower} reaches this one too: the lower one is never held.", values),
            )


def _contradictions(condition: Condition) -> Iterator[Message]:
    if isinstance(condition, AnyOf):
        for parts in condition.alternatives:
            for part in parts:
                yield from _contradictions(part)
    if isinstance(condition, VolumeCondition) and condition.scope is Scope.GROUP and condition.leg_cap == 0:
        yield Message("with nothing counted of each leg only her own volume counts.")


def _easier(plan: Plan, number: int) -> bool:
    """True where every condition of the rank is met by whoever meets those of the rank below."""
    lower = plan.ranks[number - 1].conditions
    own = plan.ranks[number].conditions
    return bool(own) and all(any(_covers(below, one) for below in lower) for one in own)


def _covers(stronger: Condition, weaker: Condition) -> bool:
    """True where whoever meets `stronger` surely meets `weaker`."""
    if stronger == weaker:
        return True
    if isinstance(stronger, VolumeCondition) and isinstance(weaker, VolumeCondition):
        same = (stronger.volume, stronger.scope, stronger.tree, stronger.window, stronger.leg_cap) == (
            weaker.volume, weaker.scope, weaker.tree, weaker.window, weaker.leg_cap
        )  # fmt: skip
        same &= (stronger.without_rank, stronger.in_one) == (weaker.without_rank, weaker.in_one)
        return same and stronger.minimum >= weaker.minimum and stronger.legs >= weaker.legs
    if isinstance(stronger, PersonalsCondition) and isinstance(weaker, PersonalsCondition):
        same = (stronger.volume, stronger.side) == (weaker.volume, weaker.side)
        counts = stronger.who is weaker.who or (stronger.who is Who.ACTIVE and weaker.who is Who.DISTRIBUTORS)
        return same and counts and stronger.count >= weaker.count and stronger.minimum >= weaker.minimum
    return False


def _figures(outline: Problems) -> Iterator[_Doubt]:
    for path, asked in outline.asked.items():
        if path[0] == "components" or path[0] in ("caps", "deductions"):
            yield from ((path, reason) for reason in _rates(asked))
    for path, asked in outline.asked.items():
        if asked.holds is Holds.TABLES and isinstance(asked.value, list) and asked.value:
            yield from ((path, reason) for reason in _tiers(str(path[-1]), asked.value))


def _rates(asked: Asked) -> Iterator[Message]:
    holds = asked.each or asked.holds
    values = list(asked.value.values()) if isinstance(asked.value, Mapping) else [asked.value]
    for value in values:
        rates = value if isinstance(value, list) else [value]
        numbers = [rate for rate in rates if _is_number(rate)]
        if holds in (Holds.PERCENT, Holds.PERCENTS) and any(rate > _WHOLE for rate in numbers):
            yield Message("a rate over 100 % pays more than there is.")
        elif holds is Holds.PERCENTS and sum(numbers) > _WHOLE:
            yield Message("the levels together pay over 100 %: more than there is.")


def _tiers(key: str, tables: list[Any]) -> Iterator[Message]:
    rows = [table for table in tables if isinstance(table, dict) and _is_number(table.get("from"))]
    if len(rows) != len(tables):
        return
    if rows[0]["from"] > 0 and key == "tiers":  # a stair-step's brackets begin where they begin
        start: Value = volume_amount(int(Decimal(rows[0]["from"]) * 1000))
        yield Message("the first tier begins at {start}: below that nothing is paid.", {"start": start})
    rates = [row["percent"] for row in rows if _is_number(row.get("percent"))]
    if len(rates) == len(rows) and any(higher < lower for lower, higher in pairwise(rates)):
        yield Message("a higher tier pays a lower rate than the one before it.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _bonuses(plan: Plan) -> Iterator[_Doubt]:
    for place, component in enumerate(plan.components):
        if component.rules.pays_for_recruiting_alone():
            yield ("components", place, "kind"), PYRAMID


def _languages(outline: Problems) -> Iterator[_Doubt]:
    for path, asked in outline.asked.items():
        if asked.holds is Holds.TEXT and isinstance(asked.value, dict) and len(asked.value) == 1:
            (language,) = asked.value
            other = {"en": Message("Danish"), "da": Message("English")}.get(language)
            if other is not None:
                yield path, Message("the {language} text is missing; the other one is shown.", {"language": other})
