"""What the team's outline says in each cell, and how its columns sort: plain data, formatted once and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from organizer.domain.contact import sort_key
from organizer.domain.money import volume_amount
from organizer.domain.team import Kind
from organizer.i18n import _, format_date, format_number, language
from organizer.services import team as teams
from organizer.services.team import TeamView

NAME, NUMBER, RANK, PERSONAL, GROUP, ACTIVE, JOINED = range(7)
"""The columns."""

UNKNOWN = "–"
"""Stands where nothing is known: a zero would be a claim."""


def shown_name(view: TeamView, position: int) -> str:
    """The name of the member at `position`; "You" for the user who has given none, her number for others."""
    name = view.team.names[position]
    if name:
        return name
    return _("You") if position == view.team.me else view.team.numbers[position] or _("No name")


def personal_title(view: TeamView) -> str:
    """What the company calls the members' own volume, such as PV."""
    volume = teams.personal_volume(view.plan, view.team.volumes)
    for known in view.plan.volumes if view.plan else ():
        if known.id == volume:
            return known.name.in_language(language())
    return volume.upper()


class Cells:
    """The cells of one TeamView; members are positions in its arrays.

    `texts[column](position)` is what is shown. Volumes and dates are formatted when first shown, and each
    different one only once.
    """

    def __init__(self, view: TeamView, children: Callable[[int], list[int]]) -> None:
        team = view.team
        self._view = view
        self._children = children
        self._volumes: dict[int | None, str] = {None: UNKNOWN}
        self._dates: dict[date | None, str] = {None: ""}
        self._known: dict[int, bool] = {}
        self._no_earner = {Kind.CUSTOMER: _("Customer"), Kind.CANCELLED: _("Has left")}
        self._yes_no = {None: UNKNOWN, True: _("Yes"), False: _("No")}
        self.titles = (
            *(_("Name"), _("Number"), _("Rank"), personal_title(view), _("Group volume")),
            *(_("Active"), _("Joined")),
        )
        self.names = list(team.names)
        for position in [place for place, name in enumerate(self.names) if not name]:
            self.names[position] = shown_name(view, position)
        if team.me >= 0 and team.names[team.me]:
            self.names[team.me] = _("{name} (you)").format(name=team.names[team.me])
        self.texts: tuple[Callable[[int], str], ...] = (
            self.names.__getitem__,
            team.numbers.__getitem__,
            self._rank,
            self._personal,
            self._group,
            self._active,
            self._joined,
        )

    def earns_nothing(self, position: int) -> bool:
        """True for customers, who buy and don't earn, and for those who have left."""
        return self._view.team.kinds[position] in self._no_earner

    def group(self, position: int) -> int | None:
        """The volume of the member and all below her in thousandths, None where none of it is known."""
        amount = self._view.group[position]
        return amount if amount or self._any_known(position) else None

    def _any_known(self, position: int) -> bool:
        # only asked where the sum is nothing: a walk that ends at the first volume that is known
        known = self._known.get(position)
        if known is None:
            waiting, known = [position], False
            for below in waiting:
                if self._view.personal[below] is not None:
                    known = True
                    break
                waiting.extend(self._children(below))
            self._known.update(dict.fromkeys([position] if known else waiting, known))
        return known

    def _rank(self, position: int) -> str:
        rank = self._view.team.ranks[position]
        word = self._no_earner.get(self._view.team.kinds[position])
        if word is None:
            return rank
        return f"{word} · {rank}" if rank else word

    def _personal(self, position: int) -> str:
        return self.volume_text(self._view.personal[position])

    def _group(self, position: int) -> str:
        return self.volume_text(self.group(position))

    def _active(self, position: int) -> str:
        return "" if self.earns_nothing(position) else self._yes_no[self._view.active[position]]

    def _joined(self, position: int) -> str:
        day = self._view.team.joined[position]
        text = self._dates.get(day)
        if text is None:
            text = self._dates[day] = format_date(day)
        return text

    def volume_text(self, thousandths: int | None) -> str:
        """A volume as it is shown."""
        text = self._volumes.get(thousandths)
        if text is None and thousandths is not None:
            text = self._volumes[thousandths] = format_number(volume_amount(thousandths))
        return text or ""

    def sort_keys(self, column: int) -> tuple[Callable[[int], Any], Callable[[int], bool] | None]:
        """How `column` sorts: the key of a member, and whether she has one (None: everyone has).

        Both take a position plus one, which is what the tree calls a member.
        """
        team, view, names = self._view.team, self._view, self.names
        if column == NUMBER:
            numbers = team.numbers
            return (lambda i: (len(numbers[i - 1]), numbers[i - 1])), lambda i: bool(numbers[i - 1])
        if column == RANK:
            ranks, ladder = team.ranks, _ladder(view)
            return (
                lambda i: (ladder.get(ranks[i - 1].casefold(), -1), sort_key(ranks[i - 1])),
                lambda i: bool(ranks[i - 1]),
            )
        if column == PERSONAL:
            return (lambda i: view.personal[i - 1] or 0), lambda i: view.personal[i - 1] is not None
        if column == GROUP:
            return (lambda i: view.group[i - 1]), lambda i: self.group(i - 1) is not None
        if column == ACTIVE:
            return (lambda i: bool(view.active[i - 1])), lambda i: bool(self._active(i - 1).strip(UNKNOWN))
        if column == JOINED:
            return (lambda i: team.joined[i - 1] or date.min), lambda i: team.joined[i - 1] is not None
        return (lambda i: sort_key(names[i - 1])), None


def _ladder(view: TeamView) -> dict[str, int]:
    """Where each of the plan's ranks stands, by its name in either language."""
    ranks = view.plan.ranks if view.plan else ()
    return {text.casefold(): place for place, rank in enumerate(ranks) for text in (rank.name.da, rank.name.en)}
