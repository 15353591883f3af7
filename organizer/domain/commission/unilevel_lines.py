"""The lines of a unilevel bonus, each built when it is looked at: a team may have 100,000 members."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import overload

from organizer.domain.commission.explain import activity
from organizer.domain.commission.plan import Tree
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import Line
from organizer.domain.contact import sort_key
from organizer.domain.money import round_half_up
from organizer.domain.result import Message


@dataclass(frozen=True, eq=False)
class UnilevelLines(Sequence[Line]):
    """A line for each member in `below`, by level and then by name; those too deep come last.

    `levels[i]` is the level at which `below[i]` arrives, `deepest` + 1 where it is too deep; `rates` are those
    of the levels which the earner is paid for; `value` is minor units for a thousandth of the volume.
    """

    component: str
    snapshot: Snapshot
    tree: Tree
    volume: str
    customer_volume: bool
    earner: int
    below: Sequence[int]
    levels: Sequence[int]
    deepest: int
    rates: Sequence[Fraction]
    value: Fraction
    skipped_reason: Message
    _sorted: dict[int, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.below)

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
        return self._line(self._at_level(level)[position - self._starts[level]], level)

    @cached_property
    def _by_level(self) -> list[list[int]]:
        levels: list[list[int]] = [[] for _ in range(self.deepest + 2)]
        for member, level in zip(self.below, self.levels, strict=True):
            levels[level].append(member)
        return levels

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(members) for members in self._by_level), initial=0))[:-1]

    def _at_level(self, level: int) -> list[int]:
        if level not in self._sorted:
            names, ids = self.snapshot.team.names, self.snapshot.team.ids
            self._sorted[level] = sorted(self._by_level[level], key=lambda m: (sort_key(names[m]), ids[m]))
        return self._sorted[level]

    @cached_property
    def _depths(self) -> dict[int, int]:
        parent = self.snapshot.parent(self.tree)
        depths = {self.earner: 0}
        for member in self.below:
            depths[member] = depths[parent[member]] + 1
        return depths

    def _line(self, member: int, level: int) -> Line:
        base = self.snapshot.raw(self.volume)[member]
        counts = self.customer_volume or self.snapshot.distributors[member]
        rate = self.rates[level - 1] if counts and level <= len(self.rates) else Fraction()
        amount = (base or 0) * self.value * rate
        return Line(
            component=self.component,
            source=member,
            level=level if level <= self.deepest else None,
            depth=self._depths[member],
            volume=self.volume,
            base=base,
            rate=rate,
            amount=amount,
            minor=round_half_up(amount),
            reason=self._reason(member, level, base, counts=counts),
        )

    def _reason(self, member: int, level: int, base: int | None, *, counts: bool) -> Message:
        volume = self.snapshot.plan.volume(self.volume).name
        if not counts:
            return Message("A customer's volume doesn't count in this bonus.")
        if base is None:
            return Message("{volume} isn't known for this month.", {"volume": volume})
        if not base:
            return Message("No {volume} this month.", {"volume": volume})
        if not self.snapshot.active[self.earner]:
            return activity(self.snapshot, self.earner)
        if level > self.deepest:
            return Message("Deeper than the {levels} levels that this bonus pays.", {"levels": self.deepest})
        if level > len(self.rates):
            return self._closed(level)
        skipped = self._depths[member] - level
        if not skipped:
            return Message("Level {level}.", {"level": level})
        return Message(
            "Level {level}. Skipped on the way up ({why}): {skipped}.",
            {"level": level, "why": self.skipped_reason, "skipped": skipped},
        )

    def _closed(self, level: int) -> Message:
        rank = self.snapshot.plan.rank_name(self.snapshot.ranks[self.earner])
        if rank is None:
            return Message("Without a rank this bonus pays nothing; this is level {level}.", {"level": level})
        return Message(
            "The rank {rank} pays {levels} levels; this is level {level}.",
            {"rank": rank, "levels": len(self.rates), "level": level},
        )
