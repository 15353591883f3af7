"""Who of a team is meant: by activity, rank, kind, change, words; who is new, who needs help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from organizer.domain.contact import fold
from organizer.domain.team import Kind
from organizer.domain.team_change import Difference
from organizer.services.periods import calendar_of
from organizer.services.team import TeamView, personal_volume
from organizer.storage import File, team

RECENTLY = 3
"""Periods, the shown one included, within which somebody counts as having just begun."""

_HALF = 2


class Activity(StrEnum):
    """Whether a member is active in the period, as far as is known."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Filter:
    """What is asked for; all of it must hold. Empty or None asks nothing.

    `text`: every word is part of the name or number. `new`: `began` in the period. `help`: see `needs_help`.
    """

    text: str = ""
    activity: Activity | None = None
    rank: str | None = None
    kind: Kind | None = None
    new: bool = False
    help: bool = False
    difference: Difference | None = None

    def __bool__(self) -> bool:
        return bool(self.text.strip()) or replace(self, text="") != Filter()


def ladder_of(view: TeamView) -> dict[str, int]:
    """Where each of the plan's ranks stands, by its name in either language without capitals."""
    plan = view.plan.ranks if view.plan else ()
    return {name.casefold(): at for at, rank in enumerate(plan) for name in (rank.name.da, rank.name.en)}


def ranks(view: TeamView) -> list[str]:
    """The ranks that somebody in the team has, the plan's in its order and then the others."""
    ladder = ladder_of(view)
    found = set(view.team.ranks) - {""}
    return sorted(found, key=lambda rank: (ladder.get(rank.casefold(), len(ladder)), fold(rank)))


def began(file: File, company_id: int, view: TeamView) -> list[date | None]:
    """The day that each counts as having joined, in the team's order; None where nobody knows.

    Where that day isn't known it is when she first appeared, unless that was with the very first file.
    """
    seen = team.first_known(file, company_id)
    earliest = min(seen.values(), default=None)
    known = {id_: day for id_, day in seen.items() if day != earliest}
    return [joined or known.get(id_) for id_, joined in zip(view.team.ids, view.team.joined, strict=True)]


def new_between(view: TeamView, began: Sequence[date | None], first: date, last: date) -> list[int]:
    """The places of those who `began` from one day to the other; not she herself, nor who has left."""
    kinds, me = view.team.kinds, view.team.me
    return [
        at
        for at, day in enumerate(began)
        if day and first <= day <= last and at != me and kinds[at] is not Kind.CANCELLED
    ]


def needs_help(file: File, company_id: int, view: TeamView) -> bytearray:
    """Who could do with a call, as 1 or 0 in the team's order. Distributors only, and never the user herself.

    She was active in the period before and isn't now; or she joined within the last three periods and no volume
    is known of her; or her own volume is less than half of what it was in the period before.
    """
    calendar = calendar_of(file, company_id)
    shown = calendar.containing(view.period.first)
    first, days = calendar.shifted(shown, 1 - RECENTLY).first, began(file, company_id, view)
    name = personal_volume(view.plan, view.team.volumes)
    known = team.volumes(file, view.team.ids, calendar.shifted(shown, -1).key)
    earlier: Sequence[int | None] = known.get(name) or [None] * len(view.team)
    least = view.plan.active.minimum if view.plan and view.plan.active else None
    has_figures = any(amount is not None for amount in view.personal)
    found = bytearray(len(view.team))
    for at, (now, then) in enumerate(zip(view.personal, earlier, strict=True)):
        joined = days[at]
        if now is not None and then is not None:
            found[at] = now * _HALF < then or (least is not None and now < least <= then)
        if joined and has_figures and not now and first <= joined <= view.period.last:
            found[at] = 1
    for at, kind in enumerate(view.team.kinds):
        if kind is not Kind.DISTRIBUTOR or at == view.team.me:
            found[at] = 0
    return found


class Finder:
    """Finds members of one state of a team. `names` are as they are shown; `help_` (see `needs_help`) and `began`
    are asked when they are needed.
    """

    def __init__(
        self,
        view: TeamView,
        names: Sequence[str],
        help_: Callable[[], bytearray],
        began: Callable[[], Sequence[date | None]],
    ) -> None:
        self.view = view
        self._names = names
        self._ask_help, self._ask_began = help_, began
        self._help: bytearray | None = None
        self._folded: list[str] | None = None

    def hits(self, wanted: Filter) -> list[int]:
        """The places of those who are meant, ascending; everybody where nothing is asked."""
        team = self.view.team
        found: Iterable[int] = range(len(team))
        if wanted.activity:
            told = {Activity.ACTIVE: True, Activity.INACTIVE: False, Activity.UNKNOWN: None}[wanted.activity]
            active, kinds = self.view.active, team.kinds
            # who earns nothing is neither active nor not
            found = [at for at in found if active[at] is told and kinds[at] is Kind.DISTRIBUTOR]
        if wanted.rank is not None:
            ranks = team.ranks
            found = [at for at in found if ranks[at] == wanted.rank]
        if wanted.kind:
            kinds = team.kinds
            found = [at for at in found if kinds[at] is wanted.kind]
        if wanted.new:
            period = self.view.period
            new = set(new_between(self.view, self._ask_began(), period.first, period.last))
            found = [at for at in found if at in new]
        if wanted.help:
            helped = self.helped()
            found = [at for at in found if helped[at]]
        if wanted.difference:
            meant = set(self.view.changes.places(wanted.difference) if self.view.changes else ())
            found = [at for at in found if at in meant]
        return self._with_words(found, fold(wanted.text).split())

    def _with_words(self, found: Iterable[int], words: Sequence[str]) -> list[int]:
        if words:
            texts = self._texts()
            for word in words:
                found = [at for at in found if word in texts[at]]
        return list(found)

    def helped(self) -> bytearray:
        """Who needs help, as `needs_help` has it."""
        if self._help is None:
            self._help = self._ask_help()
        return self._help

    def _texts(self) -> list[str]:
        if self._folded is None:
            pairs = zip(self._names, self.view.team.numbers, strict=True)
            self._folded = [fold(f"{name}\n{number}") for name, number in pairs]
        return self._folded


def as_mask(size: int, hits: Iterable[int]) -> bytearray:
    """The places `hits` as 1, the others of `size` as 0."""
    mask = bytearray(size)
    for at in hits:
        mask[at] = 1
    return mask


def with_those_above(parent: Sequence[int], hits: bytearray) -> bytearray:
    """The hits (1 or 0) and everybody above them as 1, the others as 0. O(members)."""
    kept = bytearray(len(parent))
    at = hits.find(1)
    while at >= 0:
        above = at
        while above >= 0 and not kept[above]:
            kept[above] = 1
            above = parent[above]
        at = hits.find(1, at + 1)
    return kept
