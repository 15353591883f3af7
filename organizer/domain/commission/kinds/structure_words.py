"""The lines of a structure bonus and its rule in sentences."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.plan import Component, Plan
from organizer.domain.commission.settle import settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import Money, volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.structure import Structure
    from organizer.domain.commission.snapshot import Snapshot


def result(rules: Structure, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
    """What the earner gets, level by level."""
    held = int(rules.levels(component, snapshot)[earner])
    lines = []
    for level in range(1, len(rules.amounts) + 1):
        pays = level <= held if rules.cumulative else level == held
        minor = rules.amounts[level - 1] if pays else 0
        reason = _reason(rules, component, snapshot, earner, level, held)
        lines.append(
            Line(component.id, earner, level, 0, "", None, Fraction(), Fraction(minor), minor, reason)
        )  # fmt: skip
    return settle_lines(snapshot.plan, component, lines)


def _reason(
    rules: Structure, component: Component, snapshot: Snapshot, earner: int, level: int, held: int
) -> Message:
    values: dict[str, Value] = {"level": level, "held": held, "before": level - 1}
    if level <= held:
        if rules.cumulative or level == held:
            return Message("Structure level {level} is held.", values)
        return Message("Structure level {held} is paid instead.", values)
    if not snapshot.qualified(component)[earner]:
        return not_qualified(snapshot, component, earner)
    if level > held + 1:
        return Message("Structure level {level} needs level {before} first.", values)
    return _missing(rules, component, snapshot, earner, level)


def _missing(rules: Structure, component: Component, snapshot: Snapshot, earner: int, level: int) -> Message:
    has = int(rules.counts(component, snapshot)[level - 1][earner])
    what = _first_asked(rules, snapshot.plan) if level == 1 else _further_asked(rules, level)
    if has < rules.width:
        return Message("{what}: {has}, needs {needed}", {"what": what, "has": has, "needed": rules.width})
    team = int(rules.team(snapshot)[earner])
    values: dict[str, Value] = {
        "what": Message(
            "{volume} of her own and her frontline", {"volume": snapshot.plan.volume(rules.team_volume).name}
        ),
        "has": volume_amount(team),
        "needed": volume_amount(rules.team_minimum),
    }
    return Message("{what}: {has}, needs {needed}", values)


def _first_asked(rules: Structure, plan: Plan) -> Message:
    values: dict[str, Value] = {
        "minimum": volume_amount(rules.minimum),
        "volume": plan.volume(rules.volume).name,
        "what": Message("Distributors and customers sponsored personally")
        if rules.customers
        else Message("Distributors sponsored personally"),
    }
    return Message("{what} with at least {minimum} {volume}", values)


def _further_asked(rules: Structure, level: int) -> Message:
    values: dict[str, Value] = {"level": level - 1}
    if rules.by_legs:
        return Message("Legs with a holder of structure level {level}", values)
    return Message("Sponsored personally who hold structure level {level}", values)


def rule_words(rules: Structure, plan: Plan) -> list[Message]:
    """The rule in plain sentences."""
    values: dict[str, Value] = {"width": rules.width, "what": _first_asked(rules, plan)}
    found = [Message("Structure level 1 takes: {what}: at least {width}.", values)]
    if rules.team_volume:
        team: dict[str, Value] = {
            "volume": plan.volume(rules.team_volume).name,
            "minimum": volume_amount(rules.team_minimum),
        }
        found.append(Message("It also takes at least {minimum} {volume} of her own and her frontline.", team))
    for level in range(2, len(rules.amounts) + 1):
        further: dict[str, Value] = {"level": level, "width": rules.width, "what": _further_asked(rules, level)}
        found.append(
            Message("Structure level {level} takes the one before it and: {what}: at least {width}.", further)
        )
    for level, minor in enumerate(rules.amounts, 1):
        amount: dict[str, Value] = {
            "level": level,
            "amount": Money(minor, plan.currency).amount,
            "currency": plan.currency,
        }
        found.append(Message("Structure level {level} pays {amount} {currency}.", amount))
    if len(rules.amounts) > 1:
        found.append(
            Message("All levels held are paid together.")
            if rules.cumulative
            else Message("Only the highest level held is paid.")
        )
    return found
