"""The lines of a bonus by level, each built when it is looked at: a team may have 100,000 members."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, overload

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.base import Base
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.plan import Component
from organizer.domain.commission.settle import percent_number, settle
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import ComponentResult, Line, Lines
from organizer.domain.commission.walk import Walk
from organizer.domain.contact import sort_key
from organizer.domain.money import volume_amount
from organizer.domain.result import Message, Value


@dataclass(frozen=True)
class Words:
    """What a kind says in its own way: a level's name, why somebody was passed by, why a level is closed to her.

    `left_out` gives the reason for a member whose volume doesn't count at all, or None; `lower` is said where her
    row and not the earner's is the lower one.
    """

    level: Callable[[int], Message]
    skipped: Message
    closed: Callable[[int], Message]
    too_deep: Callable[[], Message]
    left_out: Callable[[int], Message | None] = lambda _member: None
    lower: Callable[[], Message] = lambda: Message("The lower of the two counts.")


class _Paid(NamedTuple):
    """What one level pays the earner: from whom, exact numerators, minor units."""

    level: int
    sources: Ints
    exact: Ints
    minor: Ints


class _Entries(NamedTuple):
    """By line: whose volume, the level that is paid for it (-1: none), exact numerator, minor units."""

    sources: Ints
    level: Ints
    exact: Ints
    minor: Ints


class WalkLines(Lines):
    """A line for each member below the earner, by level and then by name; those too deep come last.

    Where more than one level of a member's volume is paid to the earner, each has a line.
    """

    def __init__(
        self, component: Component, snapshot: Snapshot, base: Base, walk: Walk, earner: int, words: Words
    ) -> None:
        self._component = component
        self._snapshot = snapshot
        self._base = base
        self._walk = walk
        self._earner = earner
        self._words = words
        self._sorted: dict[int, list[int]] = {}
        self._factors, self._denominator = walk.factors()
        self._paid = list(self._gather())

    def _gather(self) -> Iterator[_Paid]:
        """What is paid to the earner, level by level; the lines themselves are made when they are looked at."""
        walk, earner = self._walk, self._earner
        for level, paid in enumerate(walk.paid_to()):
            sources = np.flatnonzero(paid == earner)
            if len(sources):
                receivers = np.full(len(sources), earner)
                exact, minor = walk.pay(sources, receivers, level, self._factors, self._denominator)
                yield _Paid(level, sources, exact, minor)

    def settle(self, notes: tuple[Message, ...], extra: Sequence[Line] = ()) -> ComponentResult:
        """The component's result; the `extra` lines come first."""
        numerator = sum(int(paid.exact.sum()) for paid in self._paid)
        exact = Fraction(numerator, self._denominator) + sum(line.amount for line in extra)
        minor = sum(int(paid.minor.sum()) for paid in self._paid) + sum(line.minor for line in extra)
        count = sum(int(np.count_nonzero(paid.exact)) for paid in self._paid)
        count += sum(1 for line in extra if line.amount)
        lines: Lines = MoreLines(extra, self) if extra else self
        return settle(self._snapshot.plan, self._component, lines, exact, minor, count, notes)

    @cached_property
    def _entries(self) -> _Entries:
        """The lines' sources, paid levels (-1: none), exact numerators and minor units."""
        below = self._walk.layout.below(self._earner)
        place = np.full(len(self._snapshot.team), -1)
        place[below] = np.arange(len(below))
        kind = object if any(paid.exact.dtype == object for paid in self._paid) else np.int64
        level, exact = np.full(len(below), -1), np.zeros(len(below), dtype=kind)
        minor = np.zeros(len(below), dtype=kind)
        extra: list[tuple[Ints, Ints, Ints, Ints]] = []
        for paid in self._paid:
            at = place[paid.sources]
            first = level[at] < 0
            here = at[first]
            exact[here], minor[here], level[here] = paid.exact[first], paid.minor[first], paid.level
            more = np.flatnonzero(~first)
            if len(more):
                levels = np.full(len(more), paid.level)
                extra.append((paid.sources[more], levels, paid.exact[more], paid.minor[more]))
        return _Entries(
            *(np.concatenate(parts) for parts in zip((below, level, exact, minor), *extra, strict=True))
        )

    def __len__(self) -> int:
        return len(self._entries.sources)

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...

    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(index)
        level = bisect_right(self._starts, position) - 1
        return self._line(self._at_level(level)[position - self._starts[level]])

    def paid(self) -> Sequence[int]:
        """The places of the lines that pay, without building the others."""
        places: list[int] = []
        for level, start in enumerate(self._starts):
            if self._entries.minor[self._by_level[level]].any():
                entries = self._at_level(level)
                places += [start + place for place, entry in enumerate(entries) if self._entries.minor[entry]]
        return places

    @cached_property
    def _levels(self) -> Ints:
        """At which level each line's volume arrives; the paid one where it was paid."""
        arrived = self._walk.arrivals(self._earner)
        arrived = np.concatenate(
            [arrived, np.zeros(len(self._entries.sources) - len(arrived), dtype=arrived.dtype)]
        )
        return np.where(self._entries.level >= 0, self._entries.level + 1, arrived)

    @cached_property
    def _by_level(self) -> list[Ints]:
        return [np.flatnonzero(self._levels == level) for level in range(self._walk.deepest + 2)]

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(members) for members in self._by_level), initial=0))[:-1]

    def _at_level(self, level: int) -> list[int]:
        if level not in self._sorted:
            names, ids = self._snapshot.team.names, self._snapshot.team.ids
            entries = [(sort_key(names[m]), ids[m], e) for e, m in self._members(level)]
            self._sorted[level] = [entry for _name, _id, entry in sorted(entries)]
        return self._sorted[level]

    def _members(self, level: int) -> list[tuple[int, int]]:
        entries = self._by_level[level]
        return list(zip(entries.tolist(), self._entries.sources[entries].tolist(), strict=True))

    def _line(self, entry: int) -> Line:
        member, level, paid = (
            int(self._entries.sources[entry]),
            int(self._levels[entry]),
            int(self._entries.level[entry]),
        )
        walk, depth = self._walk, self._walk.layout.depth
        distance = int(depth[member] - depth[self._earner])
        return Line(
            component=self._component.id,
            source=member,
            level=level if level <= walk.deepest else None,
            depth=distance,
            volume=self._base.volume,
            base=self._shown_base(member),
            rate=self._shown_rate(member, paid),
            amount=Fraction(int(self._entries.exact[entry]), self._denominator),
            minor=int(self._entries.minor[entry]),
            reason=self._reason(entry, member, level, distance),
        )

    def _shown_rate(self, member: int, paid: int) -> Fraction:
        walk = self._walk
        if paid < 0 or walk.fixed:
            return Fraction()
        row = int(walk.rows[self._earner])
        rates = walk.rates[min(row, int(walk.rows[member])) if walk.lower_of_both else row]
        return rates[paid] if paid < len(rates) else Fraction()

    def _shown_base(self, member: int) -> int | None:
        if self._base.earnings_of:
            return int(self._walk.values[member])
        return self._snapshot.raw(self._base.volume)[member]

    def _reason(self, entry: int, member: int, level: int, distance: int) -> Message:
        words, walk = self._words, self._walk
        left_out = words.left_out(member)
        if left_out is not None:
            return left_out
        base = self._shown_base(member)
        if not base:
            return self._no_base(unknown=base is None)
        if not self._snapshot.qualified(self._component)[self._earner]:
            return not_qualified(self._snapshot, self._component, self._earner)
        if level > walk.deepest:
            return words.too_deep()
        if self._entries.level[entry] < 0:
            return words.closed(level)
        reason = self._paid_reason(member, level, distance)
        if walk.lower_of_both and walk.rows[member] < walk.rows[self._earner]:
            reason = _then(reason, words.lower())
        return self._with_new(reason, member)

    def _paid_reason(self, member: int, level: int, distance: int) -> Message:
        words, walk = self._words, self._walk
        taker = int(walk.taken_by()[level - 1][member])
        if taker != self._earner:
            name = self._snapshot.team.names[taker]
            passed = Message("Passed on by {name}, who isn't paid for it.", {"name": name})
            return _then(words.level(level), passed)
        skipped = distance - level
        if skipped <= 0:
            return words.level(level)
        return Message(
            "{level} Skipped on the way up ({why}): {skipped}.",
            {"level": words.level(level), "why": words.skipped, "skipped": skipped},
        )

    @cached_property
    def _new(self) -> Ints | None:
        return self._base.new_volume(self._snapshot) if self._base.new_members else None

    def _with_new(self, reason: Message, member: int) -> Message:
        rule = self._base.new_members
        if rule is None or rule.inside == 1 or self._new is None or not self._new[member]:
            return reason
        part: dict[str, Value] = {
            "part": volume_amount(int(self._new[member])),
            "percent": percent_number(rule.inside),
        }
        return _then(reason, Message("New member: of {part} {percent} % counts.", part))

    def _no_base(self, *, unknown: bool) -> Message:
        if self._base.earnings_of:
            return Message("Earns nothing in what this bonus is taken of.")
        volume = self._snapshot.plan.volume(self._base.volume).name
        if unknown:
            return Message("{volume} isn't known for this period.", {"volume": volume})
        return Message("No {volume} this period.", {"volume": volume})


def _then(first: Message, second: Message) -> Message:
    return Message("{first} {second}", {"first": first, "second": second})


class MoreLines(Lines):
    """A few lines of a bonus by level that go with no level, and then its others."""

    def __init__(self, first: Sequence[Line], others: Lines) -> None:
        self._first = tuple(first)
        self._others = others

    def __len__(self) -> int:
        return len(self._first) + len(self._others)

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...

    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(index)
        return self._first[position] if position < len(self._first) else self._others[position - len(self._first)]

    def paid(self) -> Sequence[int]:
        """The places of the lines that pay."""
        first = [place for place, line in enumerate(self._first) if line.minor]
        return first + [len(self._first) + place for place in self._others.paid()]
