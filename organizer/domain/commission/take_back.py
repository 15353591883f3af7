"""Taking back what a returned order of an earlier period once paid, by the plan's rule for returns.

The earlier period is worked out again from its volumes, with the tree as it is now: with the order and without it
(replaced volume), or for what each thousandth of it paid then after the caps (original rate, average rate).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.caps import left_of
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.plan import Component, ReturnMethod, Returns
from organizer.domain.commission.returned import changed
from organizer.domain.commission.statement import Adjustment
from organizer.domain.commission.whole import whole_of_one
from organizer.domain.money import round_half_up
from organizer.domain.period import Period
from organizer.domain.result import Message, Value
from organizer.domain.team import Order

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


def taken_back(snapshot: Snapshot, member: int, pay: int) -> list[Adjustment]:
    """An entry for each returned order of hers and of those below her; `pay` is the period's, in minor units."""
    rules = snapshot.plan.returns
    if rules is None or not snapshot.returned:
        return []
    found, gone = [], dict[int, list[Order]]()
    for order in _hers(snapshot, member):
        back = _ago(snapshot, order)
        minor, reason = _minor(snapshot, member, order, back, rules, gone.setdefault(back, []))
        gone[back].append(order)
        if not rules.carry_negative and pay + minor < min(pay, 0):
            minor = min(0, -pay)
            reason = Message("{reason} No more than the pay of this period is taken.", {"reason": reason})
        pay += minor
        values: dict[str, Value] = {"name": snapshot.team.names[order.member], "day": order.day}
        found.append(Adjustment("return", Message("Returned by {name}, bought {day}", values), minor, reason))
    return found


def _hers(snapshot: Snapshot, member: int) -> Sequence[Order]:
    """The returned orders of her own and of those below her, the earliest bought first."""
    under = snapshot.layout(Tree.SPONSOR).under(member) | snapshot.layout(Tree.PLACEMENT).under(member)
    orders = [order for order in snapshot.returned if under[order.member]]
    return sorted(orders, key=lambda order: (order.day, snapshot.team.ids[order.member]))


def _ago(snapshot: Snapshot, order: Order) -> int:
    """How many periods ago it was bought."""
    calendar = snapshot.plan.calendar
    return len(calendar.between(calendar.containing(order.day), snapshot.period)) - 1


def _minor(
    snapshot: Snapshot, member: int, order: Order, back: int, rules: Returns, gone: Sequence[Order]
) -> tuple[int, Message]:
    """What is taken (negative), and why; `gone` came back of the same period and is taken already."""
    bought = snapshot.plan.calendar.shifted(snapshot.period, -back)
    values: dict[str, Value] = {"period": bought.key, "window": rules.window}
    if back > rules.window:
        return 0, Message("It was bought in {period}, more than {window} periods ago: nothing is taken.", values)
    if not _known(snapshot, order, back):
        return 0, Message("Bought in {period}, whose volumes aren't known: this can't be worked out.", values)
    if rules.method is ReturnMethod.REPLACED_VOLUME:
        left = _sum_of(snapshot, member, back, gone)
        minor = _sum_of(snapshot, member, back, [*gone, order]) - left
        return minor, _as_far(snapshot, Message("{period} is worked out again without it.", values), bought)
    average = rules.method is ReturnMethod.AVERAGE_RATE
    minor = round_half_up(_at_rates(snapshot.before(back), member, order, average=average))
    if average:
        reason = Message("Taken back at the average percentage of {period}.", values)
    else:
        reason = Message("Taken back at what it paid in {period}.", values)
    return minor, _as_far(snapshot, reason, bought)


def _as_far(snapshot: Snapshot, reason: Message, bought: Period) -> Message:
    """The reason, with what of the earlier period isn't at hand when it is worked out again."""
    if not snapshot.plan.bonuses_carry:
        return reason
    values: dict[str, Value] = {"reason": reason, "period": bought.key}
    return Message(
        "{reason} What was carried into {period} from the periods before it counts as nothing here.", values
    )


def _known(snapshot: Snapshot, order: Order, back: int) -> bool:
    """Whether what she bought in that period is known, in every volume that a bonus is taken of."""
    if back > len(snapshot.past):
        return False
    volumes: Mapping[str, Sequence[int | None]] = snapshot.past[back - 1]
    used = {name for component in snapshot.plan.components for name in component.rules.volumes()}
    return all(name in volumes and volumes[name][order.member] is not None for name in used & set(order.volumes))


def _sum_of(snapshot: Snapshot, member: int, back: int, gone: Sequence[Order]) -> int:
    """Her bonuses of that period after the caps, without the orders that are gone."""
    from organizer.domain.commission.adjust import after_caps

    then = snapshot.before(back)
    if gone:
        less = changed(then.volumes, gone, 1)
        who = {order.member for order in gone}
        then = then.changed({name: {one: less[name][one] for one in who} for name in less})
    return after_caps(then, member)


def _at_rates(then: Snapshot, member: int, order: Order, *, average: bool) -> Fraction:
    total, shares = Fraction(), then.kept(("left by caps", member), lambda: _left_by_caps(then, member))
    for component in then.plan.components:
        for volume in component.rules.volumes() & set(order.volumes):
            rate = component.rules.paid_for(component, then, member, order.member, volume, average=average)
            total += rate * order.volumes[volume] * shares[component.id]
    return total


def _left_by_caps(then: Snapshot, member: int) -> dict[str, Fraction]:
    """By component which part of her bonus the plan's caps left to her."""
    results = [one.rules.pay(one, then, member) for one in then.plan.components]
    earned = whole_of_one(then.plan, results)
    left = left_of(then, member, earned)
    return {name: Fraction(left[name], amount) if amount > 0 else Fraction(1) for name, amount in earned.items()}


def paid_by_lines(
    component: Component, then: Snapshot, earner: int, source: int, volume: str, *, average: bool
) -> Fraction:
    """What each thousandth of `volume` paid her, by the lines of her bonus; see `plan.Rules.paid_for`."""
    key = (component.id, "paid for", earner, volume)
    paid = then.kept(key, lambda: _by_source(component, then, earner, volume))
    if source not in paid:
        return Fraction()
    sources = list(paid) if average else [source]
    bought = sum(then.raw(volume)[one] or 0 for one in sources)
    return sum((paid[one] for one in sources), Fraction()) / bought if bought > 0 else Fraction()


def _by_source(component: Component, then: Snapshot, earner: int, volume: str) -> dict[int, Fraction]:
    lines = component.rules.pay(component, then, earner).lines
    found: dict[int, Fraction] = {}
    for place in lines.paid():
        line = lines[place]
        if line.volume == volume:
            found[line.source] = found.get(line.source, Fraction()) + line.amount
    return found
