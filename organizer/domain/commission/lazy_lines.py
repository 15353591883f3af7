"""Lines whose figures are known as arrays, each built when it is looked at: a team may have 100,000 members."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import overload

import numpy as np

from organizer.domain.commission.arrays import Ints, roomy
from organizer.domain.commission.plan import Component
from organizer.domain.commission.settle import settle
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import ComponentResult, Line, Lines
from organizer.domain.contact import sort_key
from organizer.domain.result import Message


class LazyLines(Lines):
    """A line for each of `sources`, by `places` (the lowest first) and then by the source's name.

    `exact` over `denominator` and `minor` are the lines' amounts.
    """

    def __init__(
        self, snapshot: Snapshot, sources: Ints, places: Ints, exact: Ints, denominator: int, minor: Ints
    ) -> None:
        self._snapshot = snapshot
        self._sources = sources
        self._exact = exact
        self._denominator = denominator
        self._minor = minor
        self._by_place = np.argsort(places, kind="stable")
        self._starts = np.flatnonzero(np.diff(places[self._by_place], prepend=-1))
        self._ends = np.append(self._starts[1:], len(sources))
        self._sorted: dict[int, list[int]] = {}

    @abstractmethod
    def line(self, entry: int) -> Line:
        """The line of entry number `entry` of the arrays."""

    def amount(self, entry: int) -> Fraction:
        """An entry's exact amount, in minor units."""
        return Fraction(int(self._exact[entry]), self._denominator)

    def result(self, component: Component, notes: Sequence[Message]) -> ComponentResult:
        """The component's result."""
        exact = Fraction(int(roomy(self._exact, len(self)).sum()), self._denominator)
        paid = int(np.count_nonzero(self._exact))
        plan = self._snapshot.plan
        return settle(plan, component, self, exact, int(self._minor.sum()), paid, tuple(notes))

    def __len__(self) -> int:
        return len(self._sources)

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
        run = int(np.searchsorted(self._starts, position, side="right")) - 1
        return self.line(self._run(run)[position - int(self._starts[run])])

    def paid(self) -> Sequence[int]:
        """The places of the lines that pay, without building the others."""
        paying = self._minor != 0
        runs = np.searchsorted(self._starts, np.flatnonzero(paying[self._by_place]), side="right") - 1
        places: list[int] = []
        for run in np.unique(runs).tolist():
            start = int(self._starts[run])
            places += [start + place for place, entry in enumerate(self._run(run)) if paying[entry]]
        return places

    def _run(self, run: int) -> list[int]:
        """The entries of one place, by name."""
        if run not in self._sorted:
            names, ids = self._snapshot.team.names, self._snapshot.team.ids
            entries = self._by_place[self._starts[run] : self._ends[run]].tolist()
            members = [int(self._sources[entry]) for entry in entries]
            keyed = sorted((sort_key(names[m]), ids[m], e) for m, e in zip(members, entries, strict=True))
            self._sorted[run] = [entry for _name, _id, entry in keyed]
        return self._sorted[run]
