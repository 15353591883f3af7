"""By what a tier is chosen: whose volume, and over which time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, ints
from organizer.domain.commission.asked import Holds
from organizer.domain.commission.condition import Scope
from organizer.domain.commission.kinds.reach import OWN, Reach, read_reach
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.period import Calendar, Period, PeriodKind
from organizer.domain.result import Message, Value, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from organizer.domain.commission.snapshot import Snapshot


class When(StrEnum):
    """Over which time: each order, the period, the calendar quarter before, the year so far, the year before."""

    ORDER = "order"
    PERIOD = "period"
    PREVIOUS_QUARTER = "previous_quarter"
    YEAR_TO_DATE = "year_to_date"
    PREVIOUS_YEAR = "previous_year"


_YEAR = {PeriodKind.WEEK: 53, PeriodKind.HALF_MONTH: 24, PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}
_QUARTER = {PeriodKind.WEEK: 14, PeriodKind.HALF_MONTH: 6, PeriodKind.MONTH: 3, PeriodKind.QUARTER: 1}
_SHORTEST_QUARTER = 90


def reach_back(when: When, calendar: Calendar) -> int:
    """How many periods it may look at, the current one included."""
    if when in (When.ORDER, When.PERIOD):
        return 1
    if when is When.PREVIOUS_QUARTER:
        return 2 * _QUARTER.get(calendar.kind, 92 // max(1, calendar.campaign_days) + 1)
    year = _YEAR.get(calendar.kind, calendar.campaigns_a_year or 366 // max(1, calendar.campaign_days) + 1)
    return year if when is When.YEAR_TO_DATE else 2 * year


def periods_back(when: When, calendar: Calendar, period: Period) -> range:
    """Which periods count, by how many periods ago each was; 0 is the current one."""
    if when is When.PERIOD:
        return range(1)
    if when is When.YEAR_TO_DATE:
        return range(len(calendar.year_to(period)))
    if when is When.PREVIOUS_YEAR:
        this_year = len(calendar.year_to(period))
        last = calendar.shifted(period, -this_year)
        return range(this_year, this_year + len(calendar.year_to(last)))
    quarter = calendar.quarter_before(period)
    if not quarter:
        return range(0)
    ago = len(calendar.between(quarter[-1], period)) - 1
    return range(ago, ago + len(quarter))


@dataclass(frozen=True, slots=True)
class Bracket:
    """The sum of `volumes` over those in `reach` and the periods of `when`; `window` of them are asked for."""

    volumes: tuple[str, ...]
    reach: Reach = OWN
    when: When = When.PERIOD
    window: int = 1

    def figure(self, snapshot: Snapshot, member: int) -> int:
        """The member's figure, as far as it is known."""
        if self.reach.scope is not Scope.OWN:
            return int(self.figures(snapshot)[member])
        rows = (row for _period, rows in self._periods(snapshot) for row in rows)
        return sum(row[member] or 0 for row in rows if row is not None)

    def figures(self, snapshot: Snapshot) -> Ints:
        """Everyone's figure, as far as it is known."""
        return snapshot.kept((self, "figures"), lambda: self._figures(snapshot))

    def _figures(self, snapshot: Snapshot) -> Ints:
        total: Ints = np.zeros(len(snapshot.team), dtype=np.int64)
        for _period, rows in self._periods(snapshot):
            for row in rows:
                if row is not None:
                    total = total + ints([amount or 0 for amount in row])
        return self.reach.sums(snapshot, total)

    def missing(self, snapshot: Snapshot, member: int) -> Sequence[Period]:
        """The periods in which something that counts for the member isn't known, the latest first."""
        found = []
        for period, rows in self._periods(snapshot):
            if self.reach.scope is not Scope.OWN:
                blank = bool(self._blank(snapshot, period, rows)[member])
            else:
                joined = snapshot.team.joined[member]
                had_joined = joined is None or joined <= period.last
                blank = had_joined and any(row is None or row[member] is None for row in rows)
            if blank:
                found.append(period)
        return found

    def incomplete(self, snapshot: Snapshot) -> Mask:
        """For whom anything is missing."""

        def make() -> Mask:
            found = np.zeros(len(snapshot.team), dtype=np.bool_)
            for period, rows in self._periods(snapshot):
                found |= self._blank(snapshot, period, rows)
            return found

        return snapshot.kept((self, "incomplete"), make)

    def _blank(self, snapshot: Snapshot, period: Period, rows: Sequence[Sequence[int | None] | None]) -> Mask:
        """For whom something isn't known in that period. Before she joined a member had no volume."""

        def make() -> Mask:
            size = len(snapshot.team)
            blank = np.zeros(size, dtype=np.bool_)
            for row in rows:
                if row is None:
                    blank[:] = True
                elif None in row:
                    blank |= np.fromiter((amount is None for amount in row), dtype=np.bool_, count=size)
            blank &= ~np.asarray(snapshot.joined > np.datetime64(period.last))
            return np.asarray(self.reach.sums(snapshot, blank.astype(np.int64)) > 0)

        return snapshot.kept((self, "blank", period), make)

    def _periods(self, snapshot: Snapshot) -> list[tuple[Period, list[Sequence[int | None] | None]]]:
        """Each period that counts with everyone's volumes in it, None for a volume that nobody knows."""
        calendar, found = snapshot.plan.calendar, []
        for back in periods_back(self.when, calendar, snapshot.period):
            given: Mapping[str, Sequence[int | None]] = {}
            if not back:
                given = snapshot.volumes
            elif back <= len(snapshot.past):
                given = snapshot.past[back - 1]
            rows = [given.get(volume) for volume in self.volumes]
            found.append((calendar.shifted(snapshot.period, -back), rows))
        return found

    def name(self, plan: Plan) -> Message:
        """What it counts, as a part of a sentence: "PV of her whole group in the quarter before"."""
        what = listed([plan.volume(volume).name for volume in self.volumes])
        if self.reach.scope is not Scope.OWN:
            what = self.reach.words(plan, what)
        values: dict[str, Value] = {"what": what}
        return {
            When.ORDER: Message("{what} in the order", values),
            When.PERIOD: what,
            When.PREVIOUS_QUARTER: Message("{what} in the calendar quarter before", values),
            When.YEAR_TO_DATE: Message("{what} this year so far", values),
            When.PREVIOUS_YEAR: Message("{what} in the year before", values),
        }[self.when]


def read_bracket(table: Table, vocabulary: Vocabulary, volume: str, *, reach: Reach, orders: bool) -> Bracket:
    """A table `tier_by`: `volumes` (else the paid one), `of` …, `when`; `orders` says if "order" may be."""
    volumes = table.strings("volumes") or (volume,)
    table.tell("volumes", Holds.VOLUMES, vocabulary.volumes)
    for name in volumes:
        if name not in vocabulary.volumes and name:
            table.wrong("volumes", Message('the plan has no volume "{name}".', {"name": name}))
    whose = read_reach(table, vocabulary) if table.has("of") else reach
    when = table.choice("when", When, default=When.PERIOD)
    if when is When.ORDER and not (orders and whose.scope is Scope.OWN):
        table.wrong("when", Message("only what is paid on her own volume can go by order."))
    calendar = vocabulary.calendar
    if when is When.PREVIOUS_QUARTER and calendar.campaign_days > _SHORTEST_QUARTER:
        table.wrong("when", Message("the campaigns are longer than a quarter."))
    table.done()
    return Bracket(tuple(dict.fromkeys(volumes)), whose, when, reach_back(when, calendar))
