"""Retail: what she earns on her own sales.

Margin: sales less what the goods cost her. Percent: of one volume of hers, or of several (categories), each at its
own rate or tiers. Discount: the percentage is taken off what the goods cost her at list price, and off a base that
may be another than the price; what she sells for more or less than that is added or taken off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission import earned as settled
from organizer.domain.commission.arrays import Ints, add_at, common, divide_half_up, times
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.condition import Condition
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.kinds.reach import OWN
from organizer.domain.commission.kinds.retail_all import Paid, paid_on
from organizer.domain.commission.kinds.retail_lines import OwnLines, Share
from organizer.domain.commission.kinds.retail_new import NewRate, read_new_rate
from organizer.domain.commission.kinds.retail_rates import Defaults, read_rates
from organizer.domain.commission.plan import Component, Plan, Rules, Unit
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import per_thousandth, settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import Money, round_half_up, volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Method(StrEnum):
    """How a retail bonus is worked out."""

    MARGIN = "margin"
    PERCENT = "percent"
    DISCOUNT = "discount"


@dataclass(frozen=True, slots=True)
class Margin(Rules):
    """`sales` less `cost`, both volumes in money."""

    sales: str
    cost: str

    def volumes(self) -> frozenset[str]:
        """Sales and cost."""
        return frozenset((self.sales, self.cost))

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """One line: the margin, or what is not known."""
        if not snapshot.qualified(component)[earner]:
            return _not_hers(component, snapshot, earner, self.sales)
        line = _difference(component, snapshot, earner, self.sales, self.cost)
        return settle_lines(snapshot.plan, component, [line])

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets, at once."""
        return _at_once(snapshot, [_differences(component, snapshot, self.sales, self.cost)])

    def words(self, plan: Plan) -> list[Message]:
        """Sales less cost."""
        values: dict[str, Value] = {"sales": plan.volume(self.sales).name, "cost": plan.volume(self.cost).name}
        return [Message("{sales} less {cost} is hers.", values)]


@dataclass(frozen=True, slots=True)
class OwnSales(Rules):
    """A percentage of each of `shares`, at least what `new` promises new members.

    With a `list_price` it is a discount on it; `sales`, if asked for, is what she sold the same goods for.
    """

    shares: tuple[Share, ...]
    new: NewRate | None = None
    list_price: str = ""
    sales: str = ""

    def volumes(self) -> frozenset[str]:
        """The volumes that are paid on and those that the tiers hang on."""
        paid = {share.base.volume for share in self.shares} | {self.list_price, self.sales}
        return frozenset(paid - {""}).union(*(share.rates.volumes() for share in self.shares))

    def conditions(self) -> tuple[Condition, ...]:
        """What its alternatives ask for."""
        return tuple(condition for share in self.shares for condition in share.rates.conditions())

    def window(self) -> int:
        """As far back as the tiers or the count of a new member's orders look."""
        orders = 1 + self.new.orders if self.new else 1
        return max(orders, *(share.rates.window() for share in self.shares))

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """The lines of each share, and what she sold for more or less than the list price."""
        plan = snapshot.plan
        if not snapshot.qualified(component)[earner]:
            return _not_hers(component, snapshot, earner, self.shares[0].base.volume)
        own = OwnLines(component, snapshot, earner, self.new)
        lines = [line for share in self.shares for line in own.of(share)]
        notes = tuple(_once([note for share in self.shares for note in share.base.words(plan)]))
        if self.list_price:
            notes += self._cost(snapshot, earner, lines)
        if self.sales:
            lines.append(_difference(component, snapshot, earner, self.sales, self.list_price))
        return settle_lines(plan, component, lines, notes)

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:
        """Earlier periods, single orders or a first order that nobody knows of."""
        if not snapshot.qualified(component)[earner]:
            return None
        own = OwnLines(component, snapshot, earner, self.new)
        for share in self.shares:
            own.of(share)
        return own.doubts[0] if own.doubts else None

    def _cost(self, snapshot: Snapshot, earner: int, lines: list[Line]) -> tuple[Message, ...]:
        plan, price = snapshot.plan, snapshot.raw(self.list_price)[earner]
        if price is None:
            return ()
        discount = sum(line.minor for line in lines)
        cost = round_half_up(price * per_thousandth(plan, Fraction(1))) - discount
        values: dict[str, Value] = {
            "list": plan.volume(self.list_price).name,
            "price": volume_amount(price),
            "discount": Money(discount, plan.currency).amount,
            "cost": Money(cost, plan.currency).amount,
        }
        return (Message("{list} {price} less {discount}: the goods cost her {cost}.", values),)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets, at once."""
        lines = [line for share in self.shares for line in paid_on(share, self.new, component, snapshot)]
        if self.sales:
            lines.append(_differences(component, snapshot, self.sales, self.list_price))
        return _at_once(snapshot, lines)

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
        """How many orders new members have placed."""
        return self.new.after(component, snapshot) if self.new else {}

    def carries(self) -> bool:
        """Only a promise for a number of orders counts on."""
        return self.new is not None and bool(self.new.orders)

    def words(self, plan: Plan) -> list[Message]:
        """The rate or the tiers of each volume, and what new members are promised."""
        found: list[Message] = []
        for share in self.shares:
            of = Message("her own {volume}", {"volume": plan.volume(share.base.volume).name})
            found += share.rates.words(plan, of, share.base.volume, OWN)
            found += share.base.words(plan)
        if self.list_price:
            values: dict[str, Value] = {"list": plan.volume(self.list_price).name}
            found.append(Message("That much less than {list} is what the goods cost her.", values))
        if self.sales:
            values = {"sales": plan.volume(self.sales).name, "list": plan.volume(self.list_price).name}
            found.append(Message("{sales} above or below {list} is hers too.", values))
        return [*_once(found), *(self.new.words() if self.new else [])]


def _once(messages: list[Message]) -> list[Message]:
    """The messages without those that are there already."""
    return [message for place, message in enumerate(messages) if message not in messages[:place]]


def _differences(component: Component, snapshot: Snapshot, more: str, less: str) -> Paid:
    """What `more` is above `less` for everyone who may earn the component and of whom both are known."""
    known = [a is not None and b is not None for a, b in zip(snapshot.raw(more), snapshot.raw(less), strict=True)]
    who = np.flatnonzero(snapshot.qualified(component) & np.asarray(known, dtype=np.bool_))
    difference = snapshot.known(more)[who] - snapshot.known(less)[who]
    return who, difference, per_thousandth(snapshot.plan, Fraction(1))


def _at_once(snapshot: Snapshot, lines: list[Paid]) -> Earned:
    """Everyone's sum of her lines."""
    factors, denominator = common([factor for _who, _amounts, factor in lines])
    exact: Ints = np.zeros(len(snapshot.team), dtype=np.int64)
    minor: Ints = np.zeros(len(snapshot.team), dtype=np.int64)
    for (who, amounts, _factor), factor in zip(lines, factors, strict=True):
        paid = times(amounts, factor)
        exact, minor = add_at(exact, who, paid), add_at(minor, who, divide_half_up(paid, denominator))
    return settled.earned(snapshot.plan, exact, denominator, minor)


def _difference(component: Component, snapshot: Snapshot, earner: int, more: str, less: str) -> Line:
    plan = snapshot.plan
    first, second = snapshot.raw(more)[earner], snapshot.raw(less)[earner]
    for volume, known in ((more, first), (less, second)):
        if known is None:
            reason = Message("{volume} isn't known for this period.", {"volume": plan.volume(volume).name})
            return _line(component, earner, volume, None, Fraction(), reason)
    base = (first or 0) - (second or 0)
    reason = Message(
        "{sales_name} {sales} less {cost_name} {cost}.",
        {
            "sales_name": plan.volume(more).name,
            "sales": volume_amount(first or 0),
            "cost_name": plan.volume(less).name,
            "cost": volume_amount(second or 0),
        },
    )
    return _line(component, earner, more, base, base * per_thousandth(plan, Fraction(1)), reason)


def _line(
    component: Component, earner: int, volume: str, base: int | None, amount: Fraction, reason: Message
) -> Line:
    rate = Fraction(1) if amount else Fraction()
    return Line(component.id, earner, None, 0, volume, base, rate, amount, round_half_up(amount), reason)


def _not_hers(component: Component, snapshot: Snapshot, earner: int, volume: str) -> ComponentResult:
    base, reason = snapshot.raw(volume)[earner], not_qualified(snapshot, component, earner)
    return settle_lines(snapshot.plan, component, [_line(component, earner, volume, base, Fraction(), reason)])


def read_retail(table: Table, vocabulary: Vocabulary) -> Margin | OwnSales:
    """A component of kind "retail"."""
    method = table.choice("method", Method)
    if method is Method.MARGIN:
        return Margin(_money(table, "sales", vocabulary), _money(table, "cost", vocabulary))
    shares = _shares(table, vocabulary)
    new = read_new_rate(table, tuple(share.base.volume for share in shares))
    if method is Method.PERCENT:
        return OwnSales(shares, new)
    price = _money(table, "list_price", vocabulary)
    return OwnSales(shares, new, price, _money(table, "sales", vocabulary) if table.has("sales") else "")


def _shares(table: Table, vocabulary: Vocabulary) -> tuple[Share, ...]:
    """The one volume, or `categories` with a volume each; what they don't say themselves holds for all of them."""
    if not table.has("categories"):
        base = _base(table, vocabulary)
        return (Share(base, read_rates(table, vocabulary, base.volume, Defaults())),)
    found: list[Share] = []
    parts = table.parts("categories")
    if not parts:
        table.wrong("categories", Message("this list is empty."))
        return (Share(Base("", Fraction(1), Fraction(1)), read_rates(table, vocabulary, "", Defaults())),)
    shared = Defaults().of(table, vocabulary, "")
    for part in parts:
        base = _base(part, vocabulary)
        if any(base.volume == share.base.volume for share in found):
            part.wrong("categories", Message('"{name}" is there more than once.', {"name": base.volume}))
        found.append(Share(base, read_rates(part, vocabulary, base.volume, shared)))
        part.done()
    return tuple(found)


def _base(table: Table, vocabulary: Vocabulary) -> Base:
    if table.has("new_members"):
        table.wrong("new_members", Message("for her own sales this is called new_member_rate."))
    return read_base(table, vocabulary)


def _money(table: Table, key: str, vocabulary: Vocabulary) -> str:
    volume = table.volume(key, vocabulary)
    known = vocabulary.volumes.get(volume)
    if known is not None and known.unit is not Unit.MONEY:
        table.wrong(key, Message("a margin needs volumes in money."))
    return volume
