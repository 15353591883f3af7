"""The team as it was: what is true of a member counts from one period on, and what was true before is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.domain.team import Member, Past, Team, TreeError, check_links
from organizer.i18n import N_
from organizer.services import periods
from organizer.storage import File, contacts, team, team_past

_DAY = timedelta(days=1)

_NAMED = 6
"""How many members of a circle a message names."""


def loaded(file: File, company_id: int, period: Period) -> Team:
    """The company's team as it was at the end of `period`, with its volumes."""
    return team.team(file, company_id, period.key, period.last)


def is_past(file: File, company_id: int, period: Period) -> bool:
    """True where `period` is history: figures are kept of a later one, or something else was true at its end.

    What is told of it then is true of it alone.
    """
    later = any(one.first > period.last for one in periods.stored(file, company_id))
    return later or any(day >= period.last for day in team_past.known_until(file, company_id))


def members_at(file: File, company_id: int, period: Period) -> list[Member]:
    """Every member as she was at the end of `period`, in the order they were added; also those who came later."""
    past = {record.member_id: record for record in team_past.at(file, company_id, period.last)}
    every = team.members(file, company_id)
    return [past[one.id].laid_over(one) if one.id in past else one for one in every] if past else every


def store(file: File, company_id: int, period: Period, changed: Sequence[Member]) -> None:
    """Store changed members, within the running deed: their places, kinds and ranks from `period` on.

    What was true before is kept for the periods before. Where `period` is past they are true of it, and of those
    before that nothing is known of. The rest of a member (her number, dates) has no past. Raises Refusal when the
    tree of then gets a circle.
    """
    if not changed:
        return
    work = _Work(file, company_id, period, [one.id for one in changed])
    if is_past(file, company_id, period):
        work.update([work.rest_of(one) for one in changed])
        work.correct_then(changed)
    else:
        work.keep_until_then(changed)
        work.update(changed)


@dataclass(frozen=True)
class _State:
    """What has a past."""

    sponsor_id: int | None
    placement_id: int | None
    leg: str
    kind: str
    rank: str


def _state(of: Member | Past) -> _State:
    return _State(of.sponsor_id, of.placement_id, of.leg, of.kind, of.rank)


class _Work:
    """The members concerned, as they are now and as they were."""

    def __init__(self, file: File, company_id: int, period: Period, ids: Sequence[int]) -> None:
        self.file, self.company_id, self.period = file, company_id, period
        self.eve = period.first - _DAY
        one = team.get(file, ids[0]) if len(ids) == 1 else None
        self.now = {one.id: one} if one else {one.id: one for one in team.members(file, company_id)}
        self.past = team_past.of_members(file, ids)
        self.days = team_past.known_until(file, company_id)
        known = [one for one in periods.stored(file, company_id) if one.last < period.first]
        self.last_known = max((one.last for one in known), default=None)

    def update(self, changed: Sequence[Member]) -> None:
        """Store what is true now."""
        team.update(self.file, [one for one in changed if one != self.now[one.id]])

    def keep_until_then(self, changed: Sequence[Member]) -> None:
        """Keep what is true now as true until the period before."""
        kept, needless = [], []
        for after in changed:
            before, past = self.now[after.id], self.past.get(after.id, [])
            last = past[-1] if past else None
            if last and last.until == self.eve:
                # changed within this period once more, perhaps back again
                if _state(last) == _state(after):
                    needless.append(last)
            elif _state(before) != _state(after) and (self.last_known or self.days):
                # also of one who wasn't there yet: others may have stood below her
                kept.append(Past.of(before, self.eve))
        team_past.remove(self.file, needless)
        team_past.write(self.file, kept)

    def correct_then(self, changed: Sequence[Member]) -> None:
        """Make it true of the period, and leave what comes after and what is known of before."""
        kept: list[Past] = []
        for after in changed:
            before, past = self.now[after.id], self.past.get(after.id, [])
            then = next((one for one in past if one.until >= self.period.last), None)
            if _state(then or before) == _state(after):
                continue
            earlier = max((one.until for one in past if one.until < self.period.first), default=None)
            known = self.last_known
            if known and (earlier is None or earlier < known):
                kept.append(Past.of(then.laid_over(before) if then else before, self.eve))
            kept.append(Past.of(after, self.period.last))
        team_past.write(self.file, kept)
        self._check({one.until for one in kept} | {day for day in self.days if day <= self.period.last})

    def rest_of(self, after: Member) -> Member:
        """What has no past, as it is after; the rest as it is now."""
        return Past.of(self.now[after.id], self.eve).laid_over(after)

    def _check(self, days: Iterable[date]) -> None:
        """The team of each of these days must be a tree."""
        now = team.members(self.file, self.company_id)
        for day in sorted(days):
            past = {one.member_id: one for one in team_past.at(self.file, self.company_id, day)}
            then = [past[one.id].laid_over(one) if one.id in past else one for one in now]
            try:
                check_links({one.id: one.sponsor_id for one in then})
                check_links({one.id: one.placement_id or one.sponsor_id for one in then})
            except TreeError as error:
                raise Refusal(self._circle(error.members, {one.id: one for one in now}, day)) from error

    def _circle(self, members: Sequence[int], now: Mapping[int, Member], day: date) -> Message:
        people = (contacts.get(self.file, now[id_].person_id)[0].name or now[id_].number for id_ in members)
        names = list(islice(people, _NAMED))
        path = " → ".join([*names, "…" if len(members) > _NAMED else names[0]])
        text = N_("With this, the team would run in a circle until {day}: {path}. Nothing was changed.")
        return Message(text, {"day": day, "path": path})
