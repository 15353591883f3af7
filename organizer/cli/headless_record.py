"""An estimate from files as plain data: amounts, volumes and rates are text, exact.

Amounts have the currency's decimals and `exact` ones as many as they need, or are a fraction ("100/3") where no
decimals are enough; rates are percentages written the same way. Members are told by their ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from organizer import i18n
from organizer.cli.shown import words
from organizer.domain.commission.carried_ranks import rank_ids
from organizer.domain.commission.condition import Scope, Tree, VolumeCondition
from organizer.domain.commission.next_rank import Step
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import Money, minor_digits, volume_amount
from organizer.domain.result import Message
from organizer.i18n import say
from organizer.services.earnings import Estimate
from organizer.services.headless import Made

_LONGEST_PATH = 250
"""The path to someone further down is left out: in a chain all of them would fill the disk."""

Record = dict[str, Any]


def record_text(record: Mapping[str, Any]) -> Iterator[str]:
    """The record as JSON text in parts: a line for each entry, and for each entry of those."""
    separator = "{\n"
    for key, value in record.items():
        yield f"{separator}  {_json(key)}: "
        yield from _value_text(value)
        separator = ",\n"
    yield "\n}\n"


def _value_text(value: Any) -> Iterator[str]:
    if not value or not isinstance(value, dict | list):
        yield _json(value)
        return
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    entries = ((f"{_json(key)}: ", one) for key, one in value.items()) if isinstance(value, dict) else (
        ("", one) for one in value
    )  # fmt: skip
    yield opening
    for place, (key, one) in enumerate(entries):
        yield f"{',' if place else ''}\n    {key}{_json(one)}"
    yield f"\n  {closing}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def exact_text(value: Fraction) -> str:
    """The value in decimals as far as they are exact, else as a fraction: "12.345", "100/3"."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    whole = str(abs(value.numerator) * (10**places // value.denominator)).zfill(places + 1)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole[:-places]}.{whole[-places:]}" if places else f"{sign}{whole}"


def _said(message: Message | None) -> str | None:
    return None if message is None else say(message.text, message.values)


def _head(made: Made) -> Record:
    plan, team = made.snapshot.plan, made.snapshot.team
    return {
        "estimate": True,
        "plan": {
            "id": plan.id,
            "version": plan.version,
            "ranks": rank_ids(plan),
            "confidence": plan.confidence,
            "teaching": plan.teaching,
        },
        "missing": [text.in_language(i18n.language()) for text in plan.missing],
        "period": made.snapshot.period.key,
        "currency": plan.currency,
        "me": team.numbers[team.me] if team.me >= 0 else None,
    }


def _tail(made: Made, notes: Sequence[Message] = ()) -> Record:
    unknown = made.unknown
    return {
        "unknown_members": len(unknown),
        "unknown": [{"member": id_, "volumes": names} for id_, names in unknown.items()],
        "notes": [_said(note) for note in (*made.notes, *notes)],
        "carried": made.state.carried,
    }


def totals_record(made: Made) -> Record:
    """Everybody's totals, in the order of the team's file; no lines and no reasons."""
    snapshot, found = made.snapshot, made.totals
    plan, team = snapshot.plan, snapshot.team
    assert found is not None  # noqa: S101 - it is asked for only where there are totals
    amounts = {one.id: found.components[one.id].tolist() for one in plan.components}
    ids: Sequence[str | None] = [*(rank.id for rank in plan.ranks), None]
    ranks, active = snapshot.ranks.tolist(), snapshot.active.tolist()
    rounding, adjusted, total = (part.tolist() for part in (found.rounding, found.adjusted, found.total))
    texts: dict[int, str] = {}

    def amount(minor: int) -> str:
        return texts.get(minor) or texts.setdefault(minor, str(Money(minor, plan.currency).amount))

    members = [
        {
            "member": id_,
            "name": team.names[place],
            "kind": team.kinds[place].value,
            "active": active[place],
            "rank": ids[ranks[place]],
            "components": {name: amount(column[place]) for name, column in amounts.items()},
            "rounding": amount(rounding[place]),
            "adjustments": amount(adjusted[place]),
            "total": amount(total[place]),
        }
        for place, id_ in enumerate(team.numbers)
    ]
    return {**_head(made), "total": amount(sum(total)), "members": members, **_tail(made)}


def member_record(made: Made, every_line: bool) -> Record:
    """One member's statement; lines that pay nothing only where `every_line` is asked for."""
    view = made.estimate
    assert view is not None  # noqa: S101 - it is asked for only where there is one
    statement, writer = view.statement, _Writer(view)
    between = statement.range
    low, high = (between.low, between.high) if between else (statement.total_minor, statement.total_minor)
    return {
        **_head(made),
        "member": view.team.numbers[statement.member],
        "name": view.team.names[statement.member],
        "total": writer.amount(statement.total_minor),
        "low": writer.amount(low),
        "high": None if high is None else writer.amount(high),
        "assumption": _said(between.assumption) if between else None,
        "active": statement.active,
        "active_reason": _said(statement.active_reason),
        **writer.rank(),
        "components": [
            writer.component(component, paid, every_line)
            for component, paid in zip(statement.components, view.paid, strict=True)
        ],
        "adjustments": [
            {
                "id": one.id,
                "name": words(one.name),
                "amount": writer.amount(one.minor),
                "reason": _said(one.reason),
            }
            for one in statement.adjustments
        ],
        "rounding": writer.amount(statement.rounding),
        "payout": statement.payout
        and {
            "paid": writer.amount(statement.payout.paid),
            "kept": writer.amount(statement.payout.kept),
            "reason": _said(statement.payout.reason),
        },
        **_tail(made, view.notes),
    }


class _Writer:
    """One statement's parts as data."""

    def __init__(self, view: Estimate) -> None:
        self._view, self._statement = view, view.statement
        self._scale = 10 ** minor_digits(view.statement.currency)

    def amount(self, minor: int) -> str:
        return str(Money(minor, self._statement.currency).amount)

    def rank(self) -> Record:
        """What she is paid as and why, and what is missing to the next rank, the smallest part first."""
        standing, plan = self._statement.rank, self._view.plan
        following = standing.rank + 1
        return {
            "rank": plan.ranks[standing.rank].id if standing.rank >= 0 else None,
            "rank_name": words(standing.name) if standing.name else None,
            "rank_why": [_said(one) for one in (*standing.met, *([standing.why] if standing.why else []))],
            "highest_rank": words(standing.highest) if standing.highest else None,
            "next_rank": {
                "id": plan.ranks[following].id,
                "name": words(standing.next_name),
                "missing": [self._step(step) for step in self._view.steps],
            }
            if standing.next_name and following < len(plan.ranks)
            else None,
        }

    def _step(self, step: Step) -> Record:
        asked, numbers = step.requirement, self._view.team.numbers
        condition = asked.condition
        is_volume = isinstance(condition, VolumeCondition) and condition.scope is not Scope.LEG
        has, needed = (
            str(volume_amount(figure)) if is_volume else str(figure) for figure in (asked.has, asked.needed)
        )
        return {
            "what": _said(asked.words),
            "has": has,
            "needed": needed,
            "more": _said(step.more),
            "near": [
                {"member": numbers[near.member], "lacks": [_said(lack) for lack in near.lacks]}
                for near in step.near
            ],
        }

    def component(self, result: ComponentResult, paid: Sequence[int], every_line: bool) -> Record:
        """One bonus with the lines at the places `paid`, or with all of them."""
        which = self._view.plan.component(result.id).rules
        trees = [tree] if isinstance(tree := getattr(which, "tree", None), Tree) else list(Tree)
        places = range(len(result.lines)) if every_line else paid
        return {
            "id": result.id,
            "name": words(result.name),
            "kind": result.kind,
            "total": self.amount(result.total_minor),
            "exact": exact_text(result.exact / self._scale),
            "rounding": self.amount(result.rounding),
            "cut": self.amount(result.cut),
            "unknown": _said(result.unknown),
            "notes": [_said(note) for note in result.notes],
            "paying_lines": len(paid),
            "silent_lines": len(result.lines) - len(paid),
            "lines": [self._line(result.lines[place], trees) for place in places],
        }

    def _line(self, line: Line, trees: Sequence[Tree]) -> Record:
        base = line.base
        if base is not None and line.volume:
            written = str(volume_amount(base))
        else:
            written = "" if base is None else self.amount(base)
        return {
            "member": self._view.team.numbers[line.source],
            "path": self._path(line.source, trees),
            "level": line.level,
            "depth": line.depth,
            "volume": line.volume or None,
            "base": written or None,
            "rate": exact_text(line.rate * 100),
            "exact": exact_text(line.amount / self._scale),
            "amount": self.amount(line.minor),
            "reason": _said(line.reason),
        }

    def _path(self, source: int, trees: Sequence[Tree]) -> list[str] | None:
        """The ids from the earner down to the source in the bonus's tree; None where she isn't found below."""
        team, earner = self._view.team, self._statement.member
        for tree in trees:
            links = team.sponsor if tree is Tree.SPONSOR else team.placement
            way, place = [source], source
            while place != earner and place >= 0 and len(way) <= _LONGEST_PATH:
                place = links[place]
                way.append(place)
            if place == earner:
                return [team.numbers[one] for one in reversed(way)]
        return None
