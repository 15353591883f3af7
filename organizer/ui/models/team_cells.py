"""What the team's outline says in each cell, and how its columns sort: plain data, formatted once and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from organizer.domain import tree
from organizer.domain.contact import sort_key
from organizer.domain.money import volume_amount
from organizer.domain.team import Kind
from organizer.i18n import _, format_date, format_number, language
from organizer.services import team as teams
from organizer.services.team import TeamView
from organizer.services.team_columns import COST_A_READ, Column, Facts
from organizer.services.team_filter import ladder_of

COLUMNS = tuple(Column)
"""The columns in the order of the numbers below."""

NAME, NUMBER, RANK, PERSONAL, GROUP, ACTIVE, JOINED, FRONTLINE, BELOW, LEVEL = range(10)
KIND, LEG, HIGHEST_RANK, LAST_ORDER, PHONE, EMAIL, CONTACT, PERSONAL_CHANGE, GROUP_CHANGE = range(10, len(COLUMNS))

NUMERIC = frozenset((PERSONAL, GROUP, FRONTLINE, BELOW, LEVEL, CONTACT, PERSONAL_CHANGE, GROUP_CHANGE))
"""The columns of figures, which stand to the right."""

MAY_BE_UNKNOWN = frozenset((PERSONAL, GROUP, ACTIVE, CONTACT, PERSONAL_CHANGE, GROUP_CHANGE))

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


def titles(view: TeamView) -> tuple[str, ...]:
    """The columns' titles, which follow the company's plan."""
    personal = personal_title(view)
    return (
        *(_("Name"), _("Number"), _("Rank"), personal, _("Group volume"), _("Active"), _("Joined")),
        *(_("Directly below"), _("Below in all"), _("Level"), _("Kind"), _("Leg"), _("Highest rank")),
        *(_("Last order"), _("Phone"), _("E-mail"), _("Days since contact")),
        *(_("{volume} ±").format(volume=personal), _("Group ±")),
    )


class Cells:
    """The cells of one TeamView; members are positions in its arrays.

    `texts[column](position)` is what is shown, `values[column](position)` what is sorted by, None where it isn't
    known. Volumes and dates are formatted when first shown, and each different one only once.
    """

    def __init__(self, view: TeamView, facts: Facts | None = None) -> None:
        team = view.team
        self._view = view
        self._facts: dict[Column, Mapping[int, Any]] = dict(facts or {})
        self._volumes: dict[int | None, str] = {None: UNKNOWN}
        self._changes: dict[int | None, str] = {None: UNKNOWN}
        self._dates: dict[date | None, str] = {None: ""}
        self._no_earner = {Kind.CUSTOMER: _("Customer"), Kind.CANCELLED: _("Has left")}
        self._yes_no = {None: UNKNOWN, True: _("Yes"), False: _("No")}
        self._legs = {"left": _("Left"), "right": _("Right")}
        self.titles = titles(view)
        self.names = list(team.names)
        for position in [place for place, name in enumerate(self.names) if not name]:
            self.names[position] = shown_name(view, position)
        if team.me >= 0 and team.names[team.me]:
            self.names[team.me] = _("{name} (you)").format(name=team.names[team.me])
        self.texts = self._all_texts()

    def add(self, facts: Facts) -> None:
        """Take what was read for more columns."""
        self._facts.update(facts)

    def has(self, column: Column) -> bool:
        """Whether what the column needs has been read, if it needs anything."""
        return column not in COST_A_READ or column in self._facts

    def earns_nothing(self, position: int) -> bool:
        """True for customers, who buy and don't earn, and for those who have left."""
        return self._view.team.kinds[position] in self._no_earner

    def group(self, position: int) -> int | None:
        """The volume of the member and all below her in thousandths, None where none of it is known."""
        amount = self._view.group[position]
        return amount if amount or self._known_below[position] else None

    def volume_text(self, thousandths: int | None) -> str:
        """A volume as it is shown."""
        text = self._volumes.get(thousandths)
        if text is None and thousandths is not None:
            text = self._volumes[thousandths] = format_number(volume_amount(thousandths))
        return text or ""

    # what is worked out for the whole team, once it is shown

    @cached_property
    def _known_below(self) -> bytearray:
        """Whether a volume is known of somebody in her group, herself included."""
        parent, found = self._view.parent, bytearray(len(self.names))
        for member, amount in enumerate(self._view.personal):
            while amount is not None and member >= 0 and not found[member]:
                found[member] = 1
                member = parent[member]
        return found

    @cached_property
    def _order(self) -> Sequence[int]:
        return tree.parents_first(self._view.parent)

    @cached_property
    def _frontline(self) -> Sequence[int]:
        found = [0] * (len(self.names) + 1)  # the last place is where -1, nobody above, counts
        for above in self._view.parent:
            found[above] += 1
        return found

    @cached_property
    def _below(self) -> Sequence[int]:
        return tree.subtree_sums(self._view.parent, self._order, [1] * len(self.names))

    @cached_property
    def _levels(self) -> Sequence[int]:
        return tree.depths(self._view.parent, self._order)

    # what is shown

    def _all_texts(self) -> tuple[Callable[[int], str], ...]:
        numbers = self._view.team.numbers
        own, group = self._change_text(PERSONAL_CHANGE), self._change_text(GROUP_CHANGE)
        return (
            *(self.names.__getitem__, numbers.__getitem__, self._rank, self._personal, self._group, self._active),
            *(self._joined, lambda i: self._count(self._frontline[i]), lambda i: self._count(self._below[i] - 1)),
            *(lambda i: self._count(self._levels[i]), self._kind, self._leg, self._fact_text(Column.HIGHEST_RANK)),
            *(self._last_order, self._fact_text(Column.PHONE), self._fact_text(Column.EMAIL), self._contact),
            *(own, group),
        )

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
        return self._date(self._view.team.joined[position])

    def _last_order(self, position: int) -> str:
        return self._date(self._fact(Column.LAST_ORDER, position))

    def _kind(self, position: int) -> str:
        return self._no_earner.get(self._view.team.kinds[position]) or _("Distributor")

    def _leg(self, position: int) -> str:
        leg = self._view.team.legs[position] if self._view.team.legs else ""
        return self._legs.get(leg, leg)

    def _contact(self, position: int) -> str:
        days = self._fact(Column.CONTACT, position)
        return UNKNOWN if days is None else self._count(days)

    def _count(self, number: int) -> str:
        return format_number(number)

    def _date(self, day: date | None) -> str:
        text = self._dates.get(day)
        if text is None:
            text = self._dates[day] = format_date(day)
        return text

    def _fact(self, column: Column, position: int) -> Any:
        of_person = column in (Column.PHONE, Column.EMAIL, Column.CONTACT)
        ids = self._view.team.person_ids if of_person else self._view.team.ids
        return self._facts.get(column, {}).get(ids[position])

    def _fact_text(self, column: Column) -> Callable[[int], str]:
        return lambda position: self._fact(column, position) or ""

    def _change_text(self, column: int) -> Callable[[int], str]:
        def text(position: int) -> str:
            change = self._change(column, position)
            shown = self._changes.get(change)
            if shown is None and change is not None:
                sign = "+" if change > 0 else ""
                shown = self._changes[change] = sign + format_number(volume_amount(change))
            return shown or ""

        return text

    def _change(self, column: int, position: int) -> int | None:
        changes = self._view.changes
        if changes is None:
            return None
        return (changes.personal if column == PERSONAL_CHANGE else changes.group)[position]

    # what is sorted by

    def value(self, column: int) -> Callable[[int], Any]:
        """How `column` sorts: what a member (her position) goes by, None where it isn't known."""
        team, view, names = self._view.team, self._view, self.names
        ladder = ladder_of(view)
        found: dict[int, Callable[[int], Any]] = {
            NAME: lambda i: sort_key(names[i]),
            NUMBER: lambda i: (len(number), number) if (number := team.numbers[i]) else None,
            RANK: lambda i: _rank_value(ladder, team.ranks[i]),
            PERSONAL: lambda i: view.personal[i],
            GROUP: self.group,
            ACTIVE: lambda i: None if self.earns_nothing(i) else view.active[i],
            JOINED: lambda i: team.joined[i],
            FRONTLINE: lambda i: self._frontline[i],
            BELOW: lambda i: self._below[i],
            LEVEL: lambda i: self._levels[i],
            HIGHEST_RANK: lambda i: _rank_value(ladder, self._fact(Column.HIGHEST_RANK, i) or ""),
            LAST_ORDER: lambda i: self._fact(Column.LAST_ORDER, i),
            CONTACT: lambda i: self._fact(Column.CONTACT, i),
            PERSONAL_CHANGE: lambda i: self._change(PERSONAL_CHANGE, i),
            GROUP_CHANGE: lambda i: self._change(GROUP_CHANGE, i),
        }
        texts = self.texts[column]
        return found.get(column) or (lambda i: sort_key(text) if (text := texts(i)) else None)


def _rank_value(ladder: Mapping[str, int], rank: str) -> tuple[int, str] | None:
    return (ladder.get(rank.casefold(), -1), sort_key(rank)) if rank else None
