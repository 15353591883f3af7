"""Lists of the team to act on: who is close to a rank, who is new, who is silent, who could use help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from organizer.domain import tree
from organizer.domain.contact import fold, sort_key
from organizer.domain.period import Period
from organizer.domain.result import Message
from organizer.domain.team import Kind
from organizer.domain.timeline import FollowUp
from organizer.i18n import format_period, language
from organizer.services import team as teams
from organizer.services import timeline
from organizer.services.periods import calendar_of, stored
from organizer.storage import File, team

if TYPE_CHECKING:
    from organizer.services.team import TeamView
    from organizer.services.team_progress import Ladder

_SKIPPED = 12
"""So many periods without figures are passed over in search of those with some."""


class Which(StrEnum):
    """The lists there are."""

    CLOSE = "close"
    NEW = "new"
    SILENT = "silent"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One member on a list. `id` is hers, `position` her index in the view's team.

    `above` names who she stands under in the shown tree. `personal` and `group` are thousandths, None where not
    known. `why` says what brought her onto the list, `search` is the folded text that a search looks in.
    """

    id: int
    person_id: int
    position: int
    name: str
    number: str
    above: str
    rank: str
    kind: Kind
    joined: date | None
    last_order: date | None
    personal: int | None
    group: int | None
    phone: str
    email: str
    last_talk: date | None
    step: FollowUp | None
    why: Sequence[Message]
    search: str


@dataclass(frozen=True)
class TeamList:
    """One list. `meaning` says who is on it, `notes` who might be but can't be judged, and why."""

    which: Which
    period: Period
    rows: Sequence[ListRow]
    meaning: Message
    notes: Sequence[Message] = ()


class _Rows:
    """Makes rows of positions, with what the file knows of those people."""

    def __init__(self, file: File, company_id: int, view: TeamView) -> None:
        self._view = view
        self._orders = team.last_orders(file, company_id)
        self._phones = team.phones(file, company_id)
        self._emails = team.emails(file, company_id)
        self._talks = timeline.last_talks(file, company_id)
        self._steps = timeline.next_steps(file, company_id)
        known = [int(amount is not None) for amount in view.personal]
        self._known = tree.subtree_sums(view.parent, tree.parents_first(view.parent), known)

    def of(self, positions: Sequence[int], why: Callable[[int], Sequence[Message]] | None = None) -> list[ListRow]:
        """The rows, in the order of `positions`."""
        return [self._row(position, why(position) if why else ()) for position in positions]

    def _row(self, position: int, why: Sequence[Message]) -> ListRow:
        team, view = self._view.team, self._view
        id_, person = team.ids[position], team.person_ids[position]
        name, number, over = team.names[position], team.numbers[position], view.parent[position]
        return ListRow(
            id=id_,
            person_id=person,
            position=position,
            name=name or number,
            number=number,
            above=(team.names[over] or team.numbers[over]) if over >= 0 else "",
            rank=team.ranks[position],
            kind=team.kinds[position],
            joined=team.joined[position],
            last_order=self._orders.get(id_),
            personal=view.personal[position],
            group=view.group[position] if self._known[position] else None,
            phone=self._phones.get(person, ""),
            email=self._emails.get(person, ""),
            last_talk=self._talks.get(person),
            step=self._steps.get(person),
            why=why,
            search=fold(f"{name}\n{number}"),
        )


def close(file: File, company_id: int, view: TeamView, ladder: Ladder, percent: int) -> TeamList:
    """Who has at least `percent` of each thing that her next rank asks for; who lacks least comes first."""
    found = ladder.closeness
    near = [int(one) for one in (found.least >= percent).nonzero()[0] if one != view.team.me]
    near.sort(key=lambda one: (-int(found.least[one]), int(found.missing[one]), sort_key(view.team.names[one])))
    unsure = int((found.doubtful & (found.least < percent)).sum())
    meaning = Message(
        "Who has at least {percent} percent of every single thing that her next rank asks for, by the figures of "
        "{period}. It is an estimate, and no reason to press anybody.",
        {"percent": percent, "period": format_period(view.period)},
    )
    note = Message(
        "{count} more may be close: some of the figures that count for them aren't known.", {"count": unsure}
    )
    rows = _Rows(file, company_id, view).of(near, lambda one: _to_next(ladder, one))
    return TeamList(Which.CLOSE, view.period, rows, meaning, [note] if unsure else [])


def _to_next(ladder: Ladder, position: int) -> Sequence[Message]:
    rank = ladder.next_rank(position)
    lacks = ladder.lacks(position)
    return [Message("To {rank}", {"rank": rank}), *lacks] if rank else lacks


def new(file: File, company_id: int, view: TeamView, periods: int) -> TeamList:
    """Who joined in the last `periods` periods, the shown one included; the newest first.

    Where the day isn't known it counts when she first appeared, unless that was with the very first file.
    """
    from organizer.services.team_filter import began, new_between

    first = calendar_of(file, company_id).shifted(view.period, 1 - periods).first
    days = began(file, company_id, view)
    came = {one: day for one in new_between(view, days, first, view.period.last) if (day := days[one])}
    able = (one for one, kind in enumerate(view.team.kinds) if kind is not Kind.CANCELLED and one != view.team.me)
    unknown = sum(days[one] is None for one in able)
    newest = sorted(came, key=lambda one: (-came[one].toordinal(), sort_key(view.team.names[one])))
    meaning = Message(
        "Who joined in {periods}. Where that day isn't known, it counts when she first appeared in your figures.",
        {"periods": _span(file, company_id, view.period, periods)},
    )
    note = Message("For {count} in the team nobody knows when they joined.", {"count": unknown})
    rows = _Rows(file, company_id, view).of(newest)
    return TeamList(Which.NEW, view.period, rows, meaning, [note] if unknown else [])


def silent(file: File, company_id: int, view: TeamView, periods: int) -> TeamList:
    """Distributors of whom it is known that they had no volume above 0 in any of the last `periods` periods.

    Periods without any figures are passed over and named; a figure that isn't known is not silence.
    """
    name = teams.personal_volume(view.plan, view.team.volumes)
    told, blank = _with_figures(file, company_id, view, name, periods)
    meaning = Message(
        "Distributors without any {volume} in {periods}. Whose figures aren't known doesn't count as silent.",
        {"volume": _called(view, name), "periods": _named(period for period, _figures in told)},
    )
    notes = [Message("No figures are known for {periods}.", {"periods": _named(blank)})] if blank else []
    if len(told) < periods:
        meaning = Message(
            "Figures are known for {known} of the {count} periods asked for, so nobody can be called silent.",
            {"known": len(told), "count": periods},
        )
        return TeamList(Which.SILENT, view.period, (), meaning, notes)
    rows_of = list(zip(*(figures for _period, figures in told), strict=True))
    able = [
        position
        for position, kind in enumerate(view.team.kinds)
        if kind is Kind.DISTRIBUTOR and position != view.team.me
    ]
    quiet = [one for one in able if all(figure is not None and figure <= 0 for figure in rows_of[one])]
    unsure = sum(
        None in rows_of[one] and all(figure is None or figure <= 0 for figure in rows_of[one]) for one in able
    )
    if unsure:
        notes.append(Message("Of {count} more some figures aren't known, so they aren't here.", {"count": unsure}))
    rows = _Rows(file, company_id, view).of(sorted(quiet, key=lambda one: sort_key(view.team.names[one])))
    return TeamList(Which.SILENT, view.period, rows, meaning, notes)


def help_(file: File, company_id: int, view: TeamView) -> TeamList:
    """Who could do with a call, as `team_filter.needs_help` has it."""
    from organizer.services.team_filter import RECENTLY, needs_help

    helped = needs_help(file, company_id, view)
    found = sorted(
        (position for position, one in enumerate(helped) if one),
        key=lambda position: sort_key(view.team.names[position]),
    )
    meaning = Message(
        "Who could be glad of a call: active in the period before and not now, less than half of her volume then, "
        "or joined within {count} periods and no volume yet. Nothing is wrong with any of them.",
        {"count": RECENTLY},
    )
    rows = _Rows(file, company_id, view).of(found, _why_help(file, company_id, view))
    return TeamList(Which.HELP, view.period, rows, meaning)


def _why_help(file: File, company_id: int, view: TeamView) -> Callable[[int], Sequence[Message]]:
    """Says which of the reasons of `team_filter.needs_help` holds for somebody whom it names."""
    calendar = calendar_of(file, company_id)
    before = calendar.shifted(calendar.containing(view.period.first), -1)
    name = teams.personal_volume(view.plan, view.team.volumes)
    earlier = team.volumes(file, view.team.ids, before.key).get(name) or [None] * len(view.team)
    least = view.plan.active.minimum if view.plan and view.plan.active else None

    def why(position: int) -> Sequence[Message]:
        now, then = view.personal[position], earlier[position]
        if now is not None and then is not None and least is not None and now < least <= then:
            return [Message("Active in {period}, not now", {"period": format_period(before)})]
        if now is not None and then is not None and now * 2 < then:
            return [Message("Less than half of her volume in {period}", {"period": format_period(before)})]
        return [Message("New, no volume yet")]

    return why


def _with_figures(
    file: File, company_id: int, view: TeamView, name: str, periods: int
) -> tuple[list[tuple[Period, Sequence[int | None]]], list[Period]]:
    """The last periods of which somebody's figure is known, with the figures, and those between that have none."""
    calendar, at = calendar_of(file, company_id), view.period
    known: list[tuple[Period, Sequence[int | None]]] = []
    blank: list[Period] = []
    keys = {period.key: period.first for period in stored(file, company_id)}
    earliest = min(keys.values(), default=at.first)
    while len(known) < periods and len(blank) <= _SKIPPED and at.first >= earliest:
        figures = team.volumes(file, view.team.ids, at.key).get(name) if at.key in keys else None
        if figures and any(figure is not None for figure in figures):
            known.append((at, figures))
        else:
            blank.append(at)
        at = calendar.shifted(at, -1)
    return known[::-1], blank[::-1]


def _named(periods: Iterable[Period]) -> str:
    return ", ".join(format_period(period) for period in periods)


def _span(file: File, company_id: int, last: Period, periods: int) -> str:
    calendar = calendar_of(file, company_id)
    return _named(calendar.shifted(last, -back) for back in range(periods - 1, -1, -1))


def _called(view: TeamView, name: str) -> str:
    volumes = view.plan.volumes if view.plan else ()
    return next((one.name.in_language(language()) for one in volumes if one.id == name), name.upper())
