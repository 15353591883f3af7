"""The lines of a binary bonus: each leg's account, and what the two pay, in words that can be checked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.condition import Tree
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.kinds.binary_legs import Leg
from organizer.domain.commission.kinds.binary_outcome import Left, Outcome, leaves
from organizer.domain.commission.kinds.binary_payout import Cycles, FirstPair, Steps
from organizer.domain.commission.kinds.binary_rate import money_words
from organizer.domain.commission.kinds.binary_terms import AfterCap, Method
from organizer.domain.commission.plan import Component
from organizer.domain.commission.settle import settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import volume_amount
from organizer.domain.result import Message, Value
from organizer.domain.team import SIDES

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.binary import Binary
    from organizer.domain.commission.snapshot import Snapshot


def statement(
    rules: Binary, component: Component, snapshot: Snapshot, earner: int, outcome: Outcome
) -> ComponentResult:
    """The result of one member; `outcome` is hers alone."""
    left = leaves(rules, snapshot, outcome, np.asarray([earner]))
    sides = (
        (0, "left", outcome.legs.left, left.taken.left, left.left),
        (1, "right", outcome.legs.right, left.taken.right, left.right),
    )
    lines = []
    for _place, side, leg, taken, rest in sides:
        head = _head(snapshot, earner, side)
        figures = _Account(leg, int(taken[0]), int(rest[0]))
        reason = figures.words(side, alone=head == earner and not _heads(snapshot, earner, side))
        lines.append(_line(component, rules, head, int(head != earner), figures.total, Fraction(), reason))
    lines.append(_payout_line(rules, component, snapshot, earner, outcome, left))
    cap = int(outcome.caps[0]) if outcome.caps is not None else None
    return settle_lines(snapshot.plan, component, lines, _notes(rules, component, snapshot, earner), cap=cap)


def _line(
    component: Component, rules: Binary, source: int, depth: int, base: int, amount: Fraction, reason: Message,
    *, rate: Fraction = Fraction(), minor: int = 0,
) -> Line:  # fmt: skip
    return Line(component.id, source, None, depth, rules.legs.volume, base, rate, amount, minor, reason)


def _heads(snapshot: Snapshot, earner: int, side: str) -> list[int]:
    below = snapshot.layout(Tree.PLACEMENT).children(earner)
    return [int(member) for member in below if snapshot.sides[member] == side]


def _head(snapshot: Snapshot, earner: int, side: str) -> int:
    """Who stands at the top of the leg; the earner herself where that isn't exactly one."""
    heads = _heads(snapshot, earner, side)
    return heads[0] if len(heads) == 1 else earner


class _Account:
    """One leg's figures in thousandths: what came in and what became of it."""

    def __init__(self, leg: Leg, taken: int, rest: int) -> None:
        self.new, self.carried, self.own = int(leg.new[0]), int(leg.carried[0]), int(leg.own[0])
        self.total = self.new + self.carried + self.own
        self.taken, self.rest = taken, rest
        self.lost = self.total - taken - rest

    def words(self, side: str, *, alone: bool) -> Message:
        name = Message("Left leg") if side == "left" else Message("Right leg")
        if alone:
            said = Message("{leg}: nobody stands there, {new} new.", {"leg": name, "new": volume_amount(self.new)})
        else:
            said = Message("{leg}: {new} new.", {"leg": name, "new": volume_amount(self.new)})
        for figure, clause in (
            (self.carried, Message("Carried in: {amount}.", {"amount": volume_amount(self.carried)})),
            (self.own, Message("From her own volume: {amount}.", {"amount": volume_amount(self.own)})),
            (self.taken, Message("Taken for the payout: {amount}.", {"amount": volume_amount(self.taken)})),
            (self.lost, Message("Lost: {amount}.", {"amount": volume_amount(self.lost)})),
            (self.rest, Message("Carried on: {amount}.", {"amount": volume_amount(self.rest)})),
        ):
            if figure:
                said = _joined(said, clause)
        return said


def _joined(first: Message, second: Message) -> Message:
    return Message("{first} {second}", {"first": first, "second": second})


def _payout_line(
    rules: Binary, component: Component, snapshot: Snapshot, earner: int, outcome: Outcome, left: Left
) -> Line:
    exact, row = Fraction(int(outcome.exact[0]), int(outcome.over[0])), int(outcome.rows[0])
    percent = rules.method in (Method.PERCENT_WEAKER, Method.RATIO)
    rate = rules.rate.figures[row] if percent and exact else Fraction()
    if not outcome.eligible[0]:
        qualified = bool(snapshot.qualified(component)[earner])
        said = rules.rate.none(snapshot, earner) if qualified else not_qualified(snapshot, component, earner)
    elif not outcome.full.count[0]:
        said = _nothing(rules, outcome)
    else:
        said = _sum(rules, snapshot, outcome)
        for clause in (rules.rate.source(snapshot, earner, row), *_limits(rules, snapshot, outcome)):
            said = _joined(said, clause) if clause is not None else said
    said = _joined(said, _carried_on(left))
    base, minor = int(outcome.held.weaker[0]), int(outcome.minor[0])
    return _line(component, rules, earner, 0, base, exact, said, rate=rate, minor=minor)


def _carried_on(left: Left) -> Message:
    if not left.left[0] and not left.right[0]:
        return Message("Nothing is carried on.")
    values: dict[str, Value] = {
        "left": volume_amount(int(left.left[0])),
        "right": volume_amount(int(left.right[0])),
    }
    return Message("Carried on: left {left}, right {right}.", values)


def _nothing(rules: Binary, outcome: Outcome) -> Message:
    """Why the legs of somebody who may be paid pay nothing."""
    values: dict[str, Value] = {
        "left": volume_amount(int(outcome.held.left[0])),
        "right": volume_amount(int(outcome.held.right[0])),
    }
    if outcome.held.left[0] <= 0 or outcome.held.right[0] <= 0:
        return Message("A leg is empty, so nothing is paid: left {left}, right {right}.", values)
    payout = rules.payout
    if isinstance(payout, Steps):
        values["step"] = volume_amount(payout.volumes[0])
        return Message("The first step needs {step} in each leg: left {left}, right {right}.", values)
    if isinstance(payout, FirstPair) and not outcome.held.before[0]:
        values |= {"large": volume_amount(2 * payout.unit), "small": volume_amount(payout.unit)}
        return Message(
            "The first pair needs {large} in one leg and {small} in the other: left {left}, right {right}.", values
        )
    large, small = (payout.large, payout.small) if isinstance(payout, Cycles) else (0, 0)
    if large != small:
        values |= {"large": volume_amount(large), "small": volume_amount(small)}
        return Message(
            "A cycle needs {large} in one leg and {small} in the other: left {left}, right {right}.", values
        )
    values["unit"] = volume_amount(payout.unit if isinstance(payout, FirstPair) else small)
    return Message("A pair needs {unit} in each leg: left {left}, right {right}.", values)


def _sum(rules: Binary, snapshot: Snapshot, outcome: Outcome) -> Message:
    plan, payout, count = snapshot.plan, rules.payout, int(outcome.count[0])
    figure = rules.rate.in_words(plan, rules.rate.figures[int(outcome.rows[0])])
    values: dict[str, Value] = {
        "weaker": volume_amount(int(outcome.held.weaker[0])),
        "stronger": volume_amount(int(outcome.held.stronger[0])),
        "rate": figure,
        "count": count,
    }
    if rules.method is Method.RATIO:
        return Message("{rate} of the weaker leg {weaker}, times {weaker} / {stronger}.", values)
    if isinstance(payout, Steps):
        values |= {
            "step": volume_amount(payout.volumes[count - 1]),
            "amount": money_words(plan, Fraction(payout.amounts[count - 1])),
        }
        if rules.method is Method.LADDER:
            return Message(
                "Steps filled: {count}. Together they take {step} of each leg and pay {amount}.", values
            )
        return Message("The highest step that both legs reach: {step}, which pays {amount}.", values)
    if isinstance(payout, FirstPair):
        return _first_pair(payout, snapshot, outcome)
    if isinstance(payout, Cycles):
        values |= {"large": volume_amount(payout.large), "small": volume_amount(payout.small)}
        if rules.method is Method.PAIRS:
            return Message("Pairs of {small} in each leg: {count}, at {rate} each.", values)
        return Message("Cycles of {large} and {small}: {count}, at {rate} each.", values)
    return Message("{rate} of the weaker leg, which holds {weaker}.", values)


def _first_pair(payout: FirstPair, snapshot: Snapshot, outcome: Outcome) -> Message:
    begins = not outcome.held.before[0]
    first, each = (money_words(snapshot.plan, Fraction(minor)) for minor in (payout.first, payout.amount))
    values: dict[str, Value] = {"first": first, "amount": each, "count": int(outcome.count[0]) - begins}
    if begins:
        return Message("The first pair: {first}. Pairs after it: {count}, at {amount} each.", values)
    return Message("Pairs: {count}, at {amount} each.", values)


def _limits(rules: Binary, snapshot: Snapshot, outcome: Outcome) -> Sequence[Message]:
    """What a maximum or a cap took, and what became of that volume."""
    found = []
    if outcome.full.count[0] > outcome.count[0]:
        values: dict[str, Value] = {"most": int(outcome.count[0]), "full": int(outcome.full.count[0])}
        found.append(Message("At most {most} are paid a period; the legs would be enough for {full}.", values))
    if outcome.minor[0] > outcome.paid[0]:
        cap = money_words(snapshot.plan, Fraction(int(outcome.paid[0])))
        found.append(Message("At most {cap} are paid a period.", {"cap": cap}))
    if found:
        found.append(
            {
                AfterCap.USE: Message("The volume above that counts as paid."),
                AfterCap.KEEP: Message("The volume above that stays in the legs."),
                AfterCap.FLUSH: Message("The volume above that is lost, and all that is left in both legs."),
            }[rules.limits.then]
        )
    return found


def _notes(rules: Binary, component: Component, snapshot: Snapshot, earner: int) -> tuple[Message, ...]:
    notes = list(rules.base.words(snapshot.plan)) if rules.method in (Method.PERCENT_WEAKER, Method.RATIO) else []
    below, legs = snapshot.layout(Tree.PLACEMENT).children(earner).tolist(), snapshot.team.legs
    if any(not legs or legs[member] not in SIDES for member in below if snapshot.sides[member]):
        notes.append(Message("The file doesn't say who is left and who is right: the free sides go by order."))
    beside = sum(1 for member in below if not snapshot.sides[member])
    if beside:
        notes.append(
            Message("Members below her who stand in neither leg, and don't count: {count}.", {"count": beside})
        )
    unknown = rules.legs.unknown(component.id, snapshot, np.asarray([earner]))
    if rules.carries_volume() and (unknown[0][0] or unknown[1][0]):
        notes.append(Message("What was carried in from the period before isn't known; it counts as nothing."))
    if isinstance(rules.payout, FirstPair) and component.id not in snapshot.carry:
        notes.append(Message("It isn't known whether her first pair was paid before; it counts as still to come."))
    return tuple(notes)
