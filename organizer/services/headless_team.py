"""A team and its volumes from the tables that `organizer estimate` reads, as the engine takes them.

What doesn't fit together is a fault with its file and row: an unknown sponsor, a circle, two in one leg.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from organizer.domain import tree
from organizer.domain.commission.plan import Plan, RanksFrom
from organizer.domain.commission.ranks import rank_words
from organizer.domain.money import volume_amount
from organizer.domain.period import Period
from organizer.domain.result import Message, RowProblem, Value
from organizer.domain.team import Order, Team
from organizer.exchange.plan_team import PlanTeam, PlanVolumes
from organizer.i18n import N_
from organizer.services.legs import leg_words

Amounts = dict[str, list[int | None]]
"""By the plan's id each member's volume in thousandths, None where it isn't known."""


@dataclass(frozen=True, slots=True)
class Links:
    """Who stands above each row's member, as places in the file; -1 at a top."""

    place: Mapping[str, int]
    sponsor: Sequence[int]
    placement: Sequence[int]
    faults: Sequence[RowProblem]


def links(plan: Plan, found: PlanTeam) -> Links:
    """The two trees, and what is wrong with them and with the ranks that they hold."""
    read = found.read
    place: dict[str, int] = {}
    for number, id_ in enumerate(read.ids):
        place.setdefault(id_, number)
    place.pop("", None)
    faults: list[RowProblem] = []

    def above(ids: Sequence[str], unknown: str) -> list[int]:
        links = [place.get(id_, -1) for id_ in ids]
        for number, (id_, link) in enumerate(zip(ids, links, strict=True)):
            if id_ and link < 0:
                faults.append(RowProblem(read.rows[number], read.ids[number], Message(unknown, {"id": id_})))
        return links

    sponsor = above(found.sponsors, N_("The sponsor {id} is not in the file."))
    own = above(found.placements, N_("{id}, whom she is placed under, is not in the file."))
    placement = [over if id_ else up for id_, over, up in zip(found.placements, own, sponsor, strict=True)]
    faults += _circles(read.ids, read.rows, sponsor, N_("The sponsors run in a circle: {path}."))
    if placement != sponsor:
        faults += _circles(read.ids, read.rows, placement, N_("The placements run in a circle: {path}."))
    faults += _doubled_legs(found, placement)
    faults += _unknown_ranks(plan, found)
    return Links(place, sponsor, placement, faults)


def _circles(ids: Sequence[str], rows: Sequence[int], parent: Sequence[int], text: str) -> Iterator[RowProblem]:
    for circle in tree.find_cycles(parent):
        first = min(circle)
        start = circle.index(first)
        way = [*circle[start:], *circle[:start], first]
        path = " → ".join(ids[member] for member in way)
        yield RowProblem(rows[first], ids[first], Message(text, {"path": path}))


def _doubled_legs(found: PlanTeam, placement: Sequence[int]) -> Iterator[RowProblem]:
    taken: dict[tuple[int, str], int] = {}
    for member, (over, leg) in enumerate(zip(placement, found.legs, strict=True)):
        if leg and over >= 0 and (first := taken.setdefault((over, leg), member)) != member:
            values: dict[str, Value] = {"above": found.read.ids[over], "other": found.read.ids[first]}
            values["leg"] = leg_words(leg)
            message = Message("{other} stands in the leg {leg} under {above} already.", values)
            yield RowProblem(found.read.rows[member], found.read.ids[member], message)


def _unknown_ranks(plan: Plan, found: PlanTeam) -> Iterator[RowProblem]:
    if plan.ranks_from is not RanksFrom.REPORTED:
        return
    known = rank_words(plan)
    for row, id_, rank in zip(found.read.rows, found.read.ids, found.ranks, strict=True):
        if rank and rank.casefold() not in known:
            yield RowProblem(row, id_, Message("The plan has no rank “{rank}”.", {"rank": rank}))


class Bought:
    """The rows of volumes added up by period and member.

    `faults` are rows that belong to nobody or to no period of the plan's calendar.
    """

    def __init__(self, plan: Plan, found: PlanVolumes, place: Mapping[str, int]) -> None:
        self.faults: list[RowProblem] = []
        self.file = found.read.file
        self._found, self._plan, self._size = found, plan, len(place)
        self._periods: dict[str, Period | None] = {}
        self._rows: dict[Period, list[tuple[int, int]]] = defaultdict(list)
        """By period the rows and their members; those without a period are at None."""
        self._undated: list[tuple[int, int]] = []
        for row, id_ in enumerate(found.read.ids):
            member = place.get(id_, -1)
            if member < 0:
                if id_:
                    self._fault(row, Message("{id} is not in the team's file.", {"id": id_}))
            elif found.periods[row]:
                if period := self._period(row, found.periods[row]):
                    self._rows[period].append((row, member))
            elif (day := found.days[row]) is not None:
                self._rows[plan.calendar.containing(day)].append((row, member))
            else:
                self._undated.append((row, member))

    def _period(self, row: int, key: str) -> Period | None:
        if key not in self._periods:
            try:
                self._periods[key] = self._plan.calendar.parse(key)
            except ValueError:
                self._periods[key] = None
        if self._periods[key] is None:
            values: dict[str, Value] = {"form": self._plan.calendar.key_form, "period": key}
            self._fault(row, Message("A period of this plan is written like {form}, not {period}.", values))
        return self._periods[key]

    def _fault(self, row: int, message: Message) -> None:
        read = self._found.read
        self.faults.append(RowProblem(read.rows[row], read.ids[row], message))

    def latest(self) -> Period | None:
        """The latest period that a row tells."""
        return max(self._rows, default=None)

    def after(self, period: Period) -> int:
        """How many rows belong to later periods."""
        return sum(len(rows) for other, rows in self._rows.items() if other > period)

    def volumes(self, period: Period, *, undated: bool = False) -> Amounts:
        """The period's volumes; with `undated` those rows too that tell neither period nor day."""
        sums: Amounts = {}
        rows = [*self._rows.get(period, ()), *(self._undated if undated else ())]
        for name, column in self._found.read.volumes.items():
            figures: list[int | None] = [None] * self._size
            for row, member in rows:
                if (amount := column[row]) is not None:
                    figures[member] = (figures[member] or 0) + amount
            if rows:
                sums[name] = figures
        return sums

    def orders(self, period: Period) -> list[Order]:
        """The period's rows that tell a day."""
        found = []
        for row, member in self._rows.get(period, ()):
            day = self._found.days[row]
            if day is not None:
                columns = self._found.read.volumes.items()
                volumes = {name: amount for name, column in columns if (amount := column[row]) is not None}
                found.append(Order(member, day, volumes))
        return found

    def together(self, own: Mapping[str, Sequence[int | None]], period: Period) -> Amounts:
        """The team file's volumes and the period's rows. Where both tell one they must agree."""
        together: Amounts = {name: list(column) for name, column in own.items()}
        for name, column in self.volumes(period, undated=True).items():
            known = together.setdefault(name, [None] * self._size)
            for member, amount in enumerate(column):
                if amount is None:
                    continue
                if known[member] not in (None, amount):
                    self._disagree(period, member, name, amount, known[member] or 0)
                known[member] = amount
        return together

    def _disagree(self, period: Period, member: int, volume: str, rows: int, told: int) -> None:
        last = [row for row, one in [*self._rows.get(period, ()), *self._undated] if one == member][-1]
        values: dict[str, Value] = {
            "volume": self._plan.volume(volume).name,
            "sum": volume_amount(rows),
            "told": volume_amount(told),
        }
        text = N_("{volume}: her rows of the period come to {sum}, but the team's file says {told}.")
        self._fault(last, Message(text, values))


def team_of(found: PlanTeam, trees: Links, volumes: Amounts, orders: Sequence[Order], me: int) -> Team:
    """The team as the engine takes it; who has no name is called by her id."""
    size = len(found.read.ids)
    return Team(
        ids=range(1, size + 1),
        numbers=found.read.ids,
        names=[name or id_ for name, id_ in zip(found.names, found.read.ids, strict=True)],
        person_ids=range(1, size + 1),
        sponsor=trees.sponsor,
        placement=trees.placement,
        kinds=found.kinds,
        ranks=found.ranks,
        joined=found.joined,
        volumes=volumes,
        me=me,
        legs=found.legs if any(found.legs) else (),
        active=found.active if any(told is not None for told in found.active) else (),
        orders=orders,
    )
