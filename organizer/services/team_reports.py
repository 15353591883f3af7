"""PDF reports of the team: what one will take, and the job that makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from organizer.domain import tree
from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.domain.team import SIDES, Tree
from organizer.i18n import _, format_number, format_period, language, ngettext, say
from organizer.reports.team_seen import Seen
from organizer.reports.team_wall_plan import Wall
from organizer.services import legs, team, team_lists
from organizer.services.jobs import Job, Progress
from organizer.services.reports import head_of
from organizer.services.team_report_wish import Figure, Report, Wish, recalled, written
from organizer.services.team_report_words import Words, wall_words
from organizer.storage import File, settings

if TYPE_CHECKING:
    from organizer.reports.base import Head
    from organizer.reports.team_people import People, Person
    from organizer.services.team import TeamView
    from organizer.services.team_lists import ListRow, TeamList

__all__ = ["TeamReports", "Words"]

_REMEMBERED = "team_report"
_MOST_LEGS = 12


class TeamReports:
    """The reports of one company's team. What was read last is kept, so that another choice is told at once."""

    def __init__(self, file: File, company: Company) -> None:
        self._file, self._company = file, company
        self._view: tuple[tuple[Period, Tree, Period | None], TeamView] | None = None
        self._wall: tuple[Wish, Wall] | None = None

    def usual(self, period: Period) -> Wish:
        """What she chose the last time, for that period and the whole team."""
        return recalled(settings.read(self._file, _REMEMBERED), Wish(period))

    def begin_with(self, report: Report, period: Period, periods: int = 0) -> None:
        """Let `usual` offer this report, and so many periods to look back (0: as before), from now on."""
        wish = replace(self.usual(period), report=report)
        self._file.remember(_REMEMBERED, written(replace(wish, periods=periods or wish.periods)))

    def view(self, wish: Wish) -> TeamView:
        """The team that a wish is about. Raises Refusal."""
        key = wish.period, wish.shown, wish.compared if wish.report is Report.WALL else None
        if self._view is None or self._view[0] != key:
            period, shown, compared = key
            self._view = key, team.view(self._file, self._company.id, period, shown, compared)
        return self._view[1]

    def words(self, wish: Wish) -> Words:
        """What the report will take, before it is made. Raises Refusal."""
        if wish.report is Report.WALL:
            return wall_words(self._planned(wish))
        if wish.report is Report.PEOPLE:
            return Words(_("On A4: who is new, who is silent, and who could be glad of a call."))
        count = len(_members(_seen(self.view(wish), wish)))
        text = ngettext("On A4, with {count} member.", "On A4, with {count} members.", count)
        return Words(text.format(count=format_number(count)))

    def _planned(self, wish: Wish) -> Wall:
        if self._wall is None or self._wall[0] != wish:
            self._wall = wish, Wall(_seen(self.view(wish), wish), wish.wall)
        return self._wall[1]

    def job(self, wish: Wish) -> Job[bytes]:
        """Makes the report, and remembers the choice. Raises Refusal where it would be too large.

        The job raises Cancelled.
        """
        words = self.words(wish)
        if not words.possible:
            raise Refusal(words.warning or Message("This report can't be made."))
        self._file.remember(_REMEMBERED, written(wish))
        # whose leg it is, is no business of the status line while guests look on
        title = _("Making {file}").format(file=self.file_name(replace(wish, member_id=0)))
        return Job(title, self._work(wish, head_of(self._file, self._company)))

    def _work(self, wish: Wish, head: Callable[[], Head]) -> Callable[[Progress], bytes]:
        if wish.report is Report.PEOPLE:
            return self._people(wish, head)
        if wish.report is Report.WALL:
            wall = self._planned(wish)

            def draw(progress: Progress) -> bytes:
                # ReportLab takes a moment to import: only when a report is made
                from organizer.reports.team_wall import wall_chart

                return wall_chart(wall, head(), progress=progress.report, cancelled=progress.cancelled)

            return draw
        seen = _seen(self.view(wish), wish)
        return _leg(seen, head) if wish.report is Report.LEG else _outline(seen, head)

    def _people(self, wish: Wish, head: Callable[[], Head]) -> Callable[[Progress], bytes]:
        view = self.view(wish)
        seen = _seen(view, wish)
        wanted = frozenset(_members(seen))
        lists = [
            (_("Welcome them"), team_lists.new(self._file, self._company.id, view, wish.periods)),
            (_("Offer help"), team_lists.help_(self._file, self._company.id, view)),
            (_("Ask how they are"), team_lists.silent(self._file, self._company.id, view, wish.periods)),
        ]

        def make(progress: Progress) -> bytes:
            from organizer.reports.team_people import new_and_silent

            made = [_people_of(heading, found, seen, wanted) for heading, found in lists]
            text, volume = seen.period_text, _volume_name(view)
            report, stop = progress.report, progress.cancelled
            return new_and_silent(made, head(), text, volume, named=seen.named, progress=report, cancelled=stop)

        return make

    def file_name(self, wish: Wish) -> str:
        """A file name to suggest; without names it holds nobody's."""
        names = {
            Report.OUTLINE: _("Team overview"),
            Report.WALL: _("Team chart"),
            Report.LEG: _("Leg report"),
            Report.PEOPLE: _("New and silent"),
        }
        seen = _seen(self.view(wish), wish)
        whose = seen.called(seen.top) if seen.top >= 0 else ""
        plain = "".join(sign if sign.isalnum() or sign in "-'" else " " for sign in whose).split()
        return " ".join([names[wish.report], *plain, wish.period.key]) + ".pdf"


def _outline(seen: Seen, head: Callable[[], Head]) -> Callable[[Progress], bytes]:
    def make(progress: Progress) -> bytes:
        from organizer.reports.team import team_overview
        from organizer.reports.team_seen import leg_of

        leg = leg_of(seen)
        return team_overview(
            leg.team,
            leg.figures,
            head(),
            leg.period_text,
            parent=leg.parent,
            active=leg.active,
            progress=progress.report,
            cancelled=progress.cancelled,
        )

    return make


def _leg(seen: Seen, head: Callable[[], Head]) -> Callable[[Progress], bytes]:
    def make(progress: Progress) -> bytes:
        from organizer.reports.team_leg import leg_report

        return leg_report(seen, head(), progress=progress.report, cancelled=progress.cancelled)

    return make


def _people_of(heading: str, found: TeamList, seen: Seen, wanted: frozenset[int]) -> People:
    from organizer.reports.team_people import People

    people = [_person(row, seen) for row in found.rows if row.position in wanted]
    notes = [say(note.text, note.values) for note in found.notes]
    return People(heading, say(found.meaning.text, found.meaning.values), people, notes)


def _person(row: ListRow, seen: Seen) -> Person:
    from organizer.reports.team_people import Person

    above = seen.parent[row.position]
    beside = [_("Below {name}").format(name=seen.called(above))] if above >= 0 else []
    beside += [seen.rank(row.position)] if seen.rank(row.position) else []
    beside += [say(one.text, one.values) for one in row.why]
    if row.step and seen.named:
        beside.append(row.step.body)  # her own words, in which anybody may be named
    return Person(
        called=seen.called(row.position),
        phone=row.phone if seen.named else "",
        joined=row.joined,
        last_order=row.last_order,
        last_talk=row.last_talk,
        personal=row.personal,
        group=row.group,
        beside=" · ".join(beside),
    )


def _seen(view: TeamView, wish: Wish) -> Seen:
    found = view.team
    top = (
        next((place for place, id_ in enumerate(found.ids) if id_ == wish.member_id), -1) if wish.member_id else -1
    )
    figures: list[tuple[str, Sequence[int | None]]] = []
    if wish.figure is not Figure.NONE:
        figures.append((_volume_name(view), view.personal))
    if wish.figure is Figure.BOTH:
        figures.append((_("Group"), _known_groups(view)))
    return Seen(
        team=found,
        period_text=format_period(view.period),
        figures=figures,
        active=view.active if view.plan and view.plan.active else None,
        shown=view.shown,
        top=top,
        naming=wish.naming,
        width=_legs_each(view),
        changes=view.changes,
    )


def _known_groups(view: TeamView) -> Sequence[int | None]:
    """Each group's volume, None where nothing is known of anybody in it."""
    known = [int(amount is not None) for amount in view.personal]
    counts = tree.subtree_sums(view.parent, tree.top_down(view.parent), known)
    return [amount if count else None for amount, count in zip(view.group, counts, strict=True)]


def _volume_name(view: TeamView) -> str:
    if view.plan and view.plan.active:
        return view.plan.volume(view.plan.active.volume).name.in_language(language())
    return _("PV")


def _legs_each(view: TeamView) -> int:
    """How many legs each has in the shown tree, 0 where it has no such places."""
    if view.shown is not Tree.PLACEMENT or not any(view.team.legs):
        return 0
    offered = set(legs.offered(view)) or set(view.team.legs)
    if offered & {"left", "right"}:
        return 2
    return min(max((int(leg) for leg in offered if leg.isdecimal() and leg not in SIDES), default=2), _MOST_LEGS)


def _members(seen: Seen) -> Sequence[int]:
    """Those in the leg, or everybody."""
    if seen.top < 0:
        return range(len(seen.team))
    return [seen.top, *tree.members_below(seen.parent, tree.top_down(seen.parent), seen.top)]
