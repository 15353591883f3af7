"""The lines of what she earns on her own sales: one for each volume, tier and, where it matters, order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.base import Base
from organizer.domain.commission.kinds.retail_bracket import When
from organizer.domain.commission.kinds.retail_new import NewRate, Standing
from organizer.domain.commission.kinds.retail_rates import Choice, Rates
from organizer.domain.commission.kinds.retail_tiers import Tier, TierMode
from organizer.domain.commission.plan import Component
from organizer.domain.commission.settle import percent_number
from organizer.domain.commission.statement import Line
from organizer.domain.money import round_half_up, volume_amount
from organizer.domain.period import Period
from organizer.domain.result import Message, Value, listed
from organizer.domain.team import Order

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Share:
    """What is paid on one volume of hers."""

    base: Base
    rates: Rates


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a volume that its tiers are looked up for at once: an order, or all of it."""

    amount: int
    reached: int
    promised: bool
    order: Order | None = None


class OwnLines:
    """The lines of one member for one share; `doubts` are what isn't known about them."""

    def __init__(self, component: Component, snapshot: Snapshot, earner: int, new: NewRate | None) -> None:
        self._component = component
        self._snapshot = snapshot
        self._earner = earner
        self._new = new
        self.doubts: list[Message] = []

    def of(self, share: Share) -> list[Line]:
        """The lines of that share, at least one."""
        volume = share.base.volume
        name = self._snapshot.plan.volume(volume).name
        amount = self._snapshot.raw(volume)[self._earner]
        if amount is None:
            return [self.zero(volume, None, Message("{volume} isn't known for this period.", {"volume": name}))]
        orders = [o for o in self._snapshot.orders_of.get(self._earner, ()) if o.volumes.get(volume)]
        if not amount and not orders:
            return [self.zero(volume, 0, Message("No {volume} this period.", {"volume": name}))]
        choice = share.rates.chosen(self._snapshot, self._earner)
        if choice is None:
            return [self.zero(volume, amount, share.rates.none_holds(self._snapshot, self._earner))]
        lines = [
            line for piece in self._pieces(choice, volume, amount) for line in self._paid(share, choice, piece)
        ]
        by_order = choice.bracket.when is When.ORDER and not choice.scale.flat
        if by_order:
            lines += self._loose(share, choice, amount - sum(order.volumes[volume] for order in orders))
        return lines or [self.zero(volume, amount, Message("No {volume} this period.", {"volume": name}))]

    def zero(self, volume: str, base: int | None, reason: Message) -> Line:
        """A line that pays nothing, with its reason."""
        return self._line(volume, base, Fraction(), Fraction(), reason)

    def _line(self, volume: str, base: int | None, rate: Fraction, amount: Fraction, reason: Message) -> Line:
        minor = round_half_up(amount)
        return Line(self._component.id, self._earner, None, 0, volume, base, rate, amount, minor, reason)

    def _pieces(self, choice: Choice, volume: str, amount: int) -> Iterator[_Piece]:
        """The volume as a whole, or order by order where the rate hangs on the order."""
        snapshot, earner, new = self._snapshot, self._earner, self._new
        by_order = choice.bracket.when is When.ORDER and not choice.scale.flat
        standing = new.standing(snapshot, self._component, earner) if new else Standing.OVER
        reached = 0 if by_order else choice.reached(snapshot, earner, amount)
        if not by_order and (missing := choice.doubt(snapshot, earner)):
            self._doubt_tier(choice, missing)
        if not by_order and standing is not Standing.BY_ORDER:
            yield _Piece(amount, reached, standing is Standing.WHOLE)
            return
        promised = self._promises(standing)
        running, left = reached - amount, amount
        for order, promise in zip(snapshot.orders_of.get(earner, ()), promised, strict=True):
            part = order.volumes.get(volume, 0)
            running, left = running + part, left - part
            figure = running if choice.scale.mode is TierMode.MARGINAL else reached
            if by_order:
                figure = sum(order.volumes.get(name, 0) for name in choice.bracket.volumes)
            if part:
                yield _Piece(part, figure, promise, order)
        if left and not by_order:
            yield _Piece(left, reached, self._loose_promise(left))

    def _promises(self, standing: Standing) -> list[bool]:
        """For each known order whether new members' rate is promised for it."""
        orders = self._snapshot.orders_of.get(self._earner, ())
        if self._new is None or standing is not Standing.BY_ORDER:
            return [standing is Standing.WHOLE] * len(orders)
        if self._new.orders and self._new.orders_before(self._snapshot, self._component, self._earner) is None:
            self.doubts.append(Message("it isn't known how many orders she placed before"))
        return self._new.promised(self._snapshot, self._component, self._earner)

    def _loose_promise(self, left: int) -> bool:
        """Whether volume of no known order counts as a new member's: only in the high estimate."""
        if left > 0:
            self.doubts.append(Message("not every order is known by itself"))
        return self._snapshot.hopeful and left > 0

    def _doubt_tier(self, choice: Choice, missing: Sequence[Period]) -> None:
        values: dict[str, Value] = {
            "what": choice.bracket.name(self._snapshot.plan),
            "periods": listed([period.key for period in missing]),
        }
        self.doubts.append(Message("{what}: nothing is known of {periods}", values))

    def _loose(self, share: Share, choice: Choice, left: int) -> list[Line]:
        """What belongs to no order that is known: the tier can't be told."""
        if not left:
            return []
        self.doubts.append(Message("not every order is known by itself"))
        volume = share.base.volume
        best = choice.scale.best
        if left > 0 and self._new and self._new.standing(self._snapshot, self._component, self._earner) is not (
            Standing.OVER
        ):  # fmt: skip
            best = max(best, self._new.rate)
        rate = best if (left > 0) is self._snapshot.hopeful else Fraction()
        values: dict[str, Value] = {
            "part": volume_amount(left),
            "volume": self._snapshot.plan.volume(volume).name,
            "rate": percent_number(rate),
        }
        reason = Message(
            "{part} {volume} belong to no order that is known by itself, so no tier is counted.", values
        )
        if rate:
            reason = Message(
                "{part} {volume} belong to no order that is known by itself: {rate} % at most.", values
            )
        unit = share.base.minor_per_thousandth(self._snapshot.plan)
        return [self._line(volume, left, rate, left * unit * rate, reason)]

    def _paid(self, share: Share, choice: Choice, piece: _Piece) -> Iterator[Line]:
        volume, plan = share.base.volume, self._snapshot.plan
        unit = share.base.minor_per_thousandth(plan)
        promised = self._new.rate if self._new and piece.promised and piece.amount > 0 else Fraction()
        below, parts = piece.amount, list(choice.scale.parts(piece.amount, piece.reached))
        for tier, part in parts:
            below -= part
            rate = max(tier.rate, promised) if part > 0 else tier.rate
            reason = self._reason(choice, piece, tier if rate == tier.rate else None, part, rate, volume)
            yield self._line(volume, part, rate, part * unit * rate, reason)
        if below and promised:
            reason = self._reason(choice, piece, None, below, promised, volume)
            yield self._line(volume, below, promised, below * unit * promised, reason)
        elif not parts:
            yield self.zero(volume, below, self._too_little(choice, piece, volume))

    def _too_little(self, choice: Choice, piece: _Piece, volume: str) -> Message:
        values: dict[str, Value] = {
            "volume": choice.bracket.name(self._snapshot.plan),
            "has": volume_amount(piece.reached),
            "minimum": volume_amount(choice.scale.tiers[0].minimum),
        }
        if choice.bracket.volumes == (volume,) and choice.bracket.when is When.PERIOD:
            return self._dated(piece, Message("{has} {volume}: nothing is paid below {minimum}.", values))
        return self._dated(piece, Message("{volume}: {has}; nothing is paid below {minimum}.", values))

    def _reason(
        self, choice: Choice, piece: _Piece, tier: Tier | None, part: int, rate: Fraction, volume: str
    ) -> Message:
        values: dict[str, Value] = {
            "volume": self._snapshot.plan.volume(volume).name,
            "part": volume_amount(part),
            "rate": percent_number(rate),
            "minimum": volume_amount(tier.minimum if tier else 0),
            "by": choice.bracket.name(self._snapshot.plan),
            "reached": volume_amount(piece.reached),
        }
        if tier is None:
            found = Message("{part} {volume} at {rate} %, which new members are promised.", values)
        elif choice.scale.flat:
            found = Message("{part} {volume} at {rate} %.", values)
        elif choice.bracket.volumes == (volume,) and choice.bracket.when is When.PERIOD and part == piece.reached:
            found = Message("{part} {volume} at {rate} %, the tier from {minimum}.", values)
        else:
            found = Message("{part} {volume} at {rate} %, the tier from {minimum} ({by}: {reached}).", values)
        return self._dated(piece, found)

    def _dated(self, piece: _Piece, reason: Message) -> Message:
        if piece.order is None:
            return reason
        return Message("Order of {day}: {reason}", {"day": piece.order.day, "reason": reason})
