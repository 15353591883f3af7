"""The lines of a leadership bonus: what each leg passes up to the earner, and what of it goes to the guarantee."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.plan import Component
from organizer.domain.commission.settle import settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.contact import sort_key
from organizer.domain.money import Money, round_half_up, volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.leadership import Leadership, Passed
    from organizer.domain.commission.snapshot import Snapshot


def leadership_result(rules: Leadership, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
    """The component's result for the earner."""
    passed = rules.passed(component, snapshot)
    plan, keeps = snapshot.plan, bool(passed.keeps[earner])
    legs = [leg for leg in passed.layout.children(earner).tolist() if passed.up[leg] or _leads(passed, leg)]
    team = snapshot.team
    legs.sort(key=lambda leg: (sort_key(team.names[leg]), team.ids[leg]))
    refusal = None if keeps else _refusal(rules, component, snapshot, earner, passed)
    lines = [_leg(component, snapshot, passed, leg, refusal) for leg in legs]
    cut = Fraction(int(passed.cut[earner]), passed.denominator)
    if keeps and cut:
        lines.insert(0, _guarantee(component, snapshot, passed, earner, cut))
    if not lines:
        lines = [_line(component, earner, 0, None, Fraction(), refusal or Message("No leg holds a leader."))]
    notes = [*rules.base.words(plan)]
    if keeps:
        values: dict[str, Value] = {
            "own": _money(snapshot, passed, int(passed.own[earner])),
            "up": _money(snapshot, passed, int(passed.up[earner])),
            "currency": plan.currency,
        }
        notes.append(
            Message(
                "Her personal group generates {own} {currency}; {up} {currency} are passed up to the one above.",
                values,
            )
        )
    return settle_lines(plan, component, lines, tuple(notes))


def _leads(passed: Passed, leg: int) -> bool:
    """True where the leg passes up something of a leader's, even if that is nothing."""
    return bool(passed.into[leg]) or bool(passed.legs[leg])


def _leg(component: Component, snapshot: Snapshot, passed: Passed, leg: int, refusal: Message | None) -> Line:
    up = Fraction(int(passed.up[leg]), passed.denominator)
    values: dict[str, Value] = {
        "amount": _money(snapshot, passed, int(passed.up[leg])),
        "currency": snapshot.plan.currency,
    }
    if refusal is None:
        return _line(component, leg, 1, round_half_up(up), up, Message("Passed up by this leg.", values))
    return _line(component, leg, 1, round_half_up(up), Fraction(), refusal)


def _guarantee(component: Component, snapshot: Snapshot, passed: Passed, earner: int, cut: Fraction) -> Line:
    values: dict[str, Value] = {
        "own": _money(snapshot, passed, int(passed.own[earner])),
        "guarantee": _money(snapshot, passed, passed.guarantee),
        "currency": snapshot.plan.currency,
    }
    reason = Message(
        "Her own personal group generates {own} {currency}; what is missing to the {guarantee} {currency} "
        "guaranteed to the one above comes from her legs.",
        values,
    )
    return _line(component, earner, 0, None, -cut, reason)


def _refusal(rules: Leadership, component: Component, snapshot: Snapshot, earner: int, passed: Passed) -> Message:
    if not snapshot.qualified(component)[earner]:
        return not_qualified(snapshot, component, earner)
    if not passed.legs[earner]:
        return Message("No leg holds a leader.")
    return Message(
        "Everything is passed up: with so few legs that hold a leader ({legs}) the personal group needs "
        "{partial} {volume}, and has {has}.",
        {
            "legs": int(passed.legs[earner]),
            "partial": volume_amount(rules.partial),
            "volume": snapshot.plan.volume(rules.qualifying).name,
            "has": volume_amount(int(passed.personal[earner])),
        },
    )


def _line(
    component: Component, source: int, depth: int, base: int | None, amount: Fraction, reason: Message
) -> Line:
    return Line(
        component.id, source, None, depth, "", base, Fraction(), amount, round_half_up(amount), reason
    )  # fmt: skip


def _money(snapshot: Snapshot, passed: Passed, scaled: int) -> Value:
    return Money(round_half_up(Fraction(scaled, passed.denominator)), snapshot.plan.currency).amount
