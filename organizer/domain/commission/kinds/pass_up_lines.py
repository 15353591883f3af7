"""The lines of a pass-up bonus: her recruits, and those who were passed up to her."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, divide_half_up, times
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.lazy_lines import LazyLines
from organizer.domain.commission.plan import Component
from organizer.domain.commission.statement import Line
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.pass_up import PassUp
    from organizer.domain.commission.snapshot import Snapshot


class Role(IntEnum):
    """What somebody is paid for: a recruit of her own, one whom she passed up, one who was passed up to her."""

    KEEPER = 0
    RECRUITER = 1
    UPLINE = 2


@dataclass(frozen=True, eq=False)
class Share:
    """`rate` of what each member buys: `whose` it is, and who it goes `to`; nobody is one past the last member."""

    role: Role
    rate: Fraction
    whose: Ints
    to: Ints


class PassUpLines(LazyLines):
    """A line for each share that is hers or comes to her: of her recruits, then of those passed up to her."""

    def __init__(self, rules: PassUp, component: Component, snapshot: Snapshot, earner: int) -> None:
        self._rules, self._component, self._earner = rules, component, earner
        self._standing = rules.standing(component, snapshot)
        self._shares = rules.shares(component, snapshot)
        values, unit = rules.values(snapshot)
        found = [np.flatnonzero((share.whose == earner) | (share.to == earner)) for share in self._shares]
        self._of = np.repeat(np.arange(len(found)), [len(part) for part in found])
        sources = np.concatenate(found)
        self._hers = np.concatenate(
            [share.to[part] == earner for share, part in zip(self._shares, found, strict=True)]
        )
        rates = [unit * share.rate for share in self._shares]
        denominator = int(np.lcm.reduce([rate.denominator for rate in rates]))
        exact = np.concatenate(
            [times(values[part], int(rate * denominator)) for rate, part in zip(rates, found, strict=True)]
        )
        exact = np.where(self._hers, exact, 0)
        super().__init__(snapshot, sources, self._of, exact, denominator, divide_half_up(exact, denominator))

    def line(self, entry: int) -> Line:
        """The line of one share."""
        source, depth = int(self._sources[entry]), self._standing.layout.depth
        share = self._shares[int(self._of[entry])]
        return Line(
            component=self._component.id,
            source=source,
            level=None,
            depth=int(depth[source] - depth[self._earner]),
            volume=self._rules.base.volume,
            base=self._snapshot.raw(self._rules.base.volume)[source],
            rate=share.rate if self._hers[entry] else Fraction(),
            amount=self.amount(entry),
            minor=int(self._minor[entry]),
            reason=self._reason(source, share, hers=bool(self._hers[entry])),
        )

    def _reason(self, source: int, share: Share, *, hers: bool) -> Message:
        snapshot, volume = self._snapshot, self._rules.base.volume
        if snapshot.customers[source] and not self._rules.customer_volume:
            return Message("A customer's volume doesn't count in this bonus.")
        base, name = snapshot.raw(volume)[source], snapshot.plan.volume(volume).name
        if base is None:
            return Message("{volume} isn't known for this period.", {"volume": name})
        if not base:
            return Message("No {volume} this period.", {"volume": name})
        if not hers:
            return not_qualified(snapshot, self._component, self._earner)
        reason = self._role_words(source, share.role)
        whose = int(share.whose[source])
        if whose == self._earner:
            return reason
        values: dict[str, Value] = {"reason": reason, "name": snapshot.team.names[whose]}
        return Message("{reason} Passed on by {name}, who isn't paid for it.", values)

    def _role_words(self, source: int, role: Role) -> Message:
        values: dict[str, Value] = {"count": self._rules.count}
        if role is Role.UPLINE:
            recruiter = int(self._standing.recruiter[source])
            return Message("Passed up by {name}.", {"name": self._snapshot.team.names[recruiter]})
        if role is Role.RECRUITER:
            return Message("Among the first {count}, so it is passed up.", values)
        if self._standing.alone[source]:
            return Message("Among the first {count}, but nobody is above.", values)
        return Message("Not among the first {count}.", values)
