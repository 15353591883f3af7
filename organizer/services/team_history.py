"""A member's own and group volume and her ranks over the last periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from organizer.domain import tree
from organizer.domain.period import Calendar, Period
from organizer.domain.team import Member, Past, Tree
from organizer.services import team as teams
from organizer.services.periods import calendar_of
from organizer.services.team import TeamView
from organizer.storage import File, team, team_past, team_sums

_PERIODS = 13
"""So many are shown: a year, and the one a year ago to compare with."""


@dataclass(frozen=True)
class Point:
    """One period: her own volume in thousandths (None: not known) and her rank then ("": none is known)."""

    period: Period
    own: int | None
    rank: str


def history(file: File, view: TeamView, member_id: int) -> list[Point]:
    """The member's last 13 periods up to the latest with figures, the oldest first; the view's is among them."""
    member = team.get(file, member_id)
    if member is None:
        return []
    name = teams.personal_volume(view.plan, view.team.volumes)
    volumes = team.volumes_by_period(file, member_id)
    past = team_past.of_members(file, [member_id]).get(member_id, [])
    known_since = min((day for day in (member.since, member.joined) if day), default=None)
    return [
        Point(
            period,
            volumes.get(period.key, {}).get(name),
            _rank(past, period, member.rank) if known_since is None or known_since <= period.last else "",
        )
        for period in _periods(calendar_of(file, member.company_id), view.period, _last(file, view, member_id))
    ]


def _last(file: File, view: TeamView, member_id: int) -> Period:
    member = team.get(file, member_id)
    latest = teams.latest_period(file, member.company_id) if member else view.period
    return max(view.period, latest)


def _periods(calendar: Calendar, shown: Period, last: Period) -> Sequence[Period]:
    if not calendar.has(shown):
        shown = calendar.containing(shown.last)  # of a plan that the company had before
    if not calendar.has(last):
        last = calendar.containing(last.last)
    every = [*calendar.previous(last, _PERIODS - 1), last]
    return every if shown in every else [*calendar.previous(shown, _PERIODS - 1), shown]


def _rank(past: Sequence[Past], period: Period, now: str) -> str:
    return next((one.rank for one in past if one.until >= period.last), now)


def groups(file: File, view: TeamView, member_id: int, periods: Sequence[Period]) -> Iterator[int | None]:
    """Her group volume in each of `periods` (thousandths, None where none is known), by who stood below her then.

    One period at each step, so that a large team never keeps the screen waiting.
    """
    member = team.get(file, member_id)
    if member is None:
        return
    name = teams.personal_volume(view.plan, view.team.volumes)
    stands = _Stands(file, member, view.shown)
    for period in periods:
        ids = stands.below(team_past.at(file, member.company_id, period.last))
        yield team_sums.total(file, ids, period.key, name)


class _Stands:
    """Who stands below one member, now or as told of another time; worked out anew only where it differs."""

    def __init__(self, file: File, member: Member, shown: Tree) -> None:
        self._field = "sponsor_id" if shown is Tree.SPONSOR else "placement_id"
        self._links = team.links(file, member.company_id, self._field)
        self._ids = list(self._links)
        self._member = member.id
        self._moved: dict[int, int | None] | None = None
        self._below: Sequence[int] = ()

    def below(self, past: Sequence[Past]) -> Sequence[int]:
        """The ids of the member and all below her, where the others stood as `past` says."""
        told = team.laid_over({}, past, self._field)
        moved = {id_: above for id_, above in told.items() if self._links.get(id_) != above}
        if moved != self._moved:
            self._moved = moved
            index = {id_: place for place, id_ in enumerate(self._ids)}
            above = [moved.get(id_, up) for id_, up in self._links.items()]
            parent = tree.without_circles([index.get(id_ or 0, -1) for id_ in above])
            places = tree.members_below(parent, tree.top_down(parent), index[self._member])
            self._below = [self._ids[place] for place in (index[self._member], *places)]
        return self._below
