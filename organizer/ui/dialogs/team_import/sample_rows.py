"""The first rows of a team file as the program reads them, for her to see whether that is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from organizer.domain.commission.plan import Plan
from organizer.domain.money import volume_amount
from organizer.domain.result import Message
from organizer.domain.team import Kind
from organizer.i18n import _, format_date, format_number
from organizer.services.imports import TeamReading, TeamRow
from organizer.services.legs import leg_words
from organizer.services.team_links import label
from organizer.ui.dialogs.team_import import words
from organizer.ui.widgets.messages import spoken

_SHOWN = 20
_Column = tuple[str, Callable[[TeamRow], str]]


def as_read(reading: TeamReading, plan: Plan | None) -> tuple[Sequence[str], list[tuple[str, ...]], list[int]]:
    """Headings, rows, and the places of the columns of figures.

    A column that says nothing in any of the rows is left out, but for number, name and whom she stands under.
    """
    rows = reading.records[:_SHOWN]
    names = {row.number: row.name for row in reading.records}
    told = [one for one in _told(names) if any(map(one[1], rows))]
    volumes = _volumes(rows, plan)
    columns = [*_always(names), *told, *volumes]
    figures = list(range(len(columns) - len(volumes), len(columns)))
    cells = [tuple(cell(row) for _name, cell in columns) for row in rows]
    return [name for name, _cell in columns], cells, figures


def _always(names: Mapping[str, str]) -> list[_Column]:
    return [
        (_("Number"), lambda row: row.number),
        (_("Name"), lambda row: row.name),
        (_("Sponsor"), lambda row: _who(names, row.sponsor_name, row.sponsor_number)),
    ]


def _told(names: Mapping[str, str]) -> list[_Column]:
    return [
        (_("Placed under"), lambda row: _who(names, row.placement_name, row.placement_number)),
        (_("Leg"), lambda row: _leg(row.leg)),
        (_("Kind"), _kind),
        (_("Rank"), lambda row: row.rank),
        (_("Highest rank"), lambda row: row.highest_rank),
        (_("Joined"), lambda row: format_date(row.joined)),
        (_("Last order"), lambda row: format_date(row.last_order)),
        (_("Phone"), lambda row: row.phone),
        (_("E-mail"), lambda row: row.email),
        (_("City"), lambda row: row.city),
    ]


def _volumes(rows: Sequence[TeamRow], plan: Plan | None) -> list[_Column]:
    now = sorted({name for row in rows for name in row.volumes})
    before = sorted({(back, name) for row in rows for back, told in row.earlier.items() for name in told})
    columns: list[_Column] = [
        (words.field(f"volume {name}", plan), lambda row, name=name: _figure(row.volumes.get(name)))  # type: ignore[misc]
        for name in now
    ]
    for back, name in before:
        columns.append(
            (
                words.field(f"volume {name} -{back}", plan),
                lambda row, back=back, name=name: _figure(row.earlier.get(back, {}).get(name)),  # type: ignore[misc]
            )
        )
    return columns


def _who(names: Mapping[str, str], name: str, number: str) -> str:
    return label(name or names.get(number, ""), number)


def _figure(amount: int | None) -> str:
    return "" if amount is None else format_number(volume_amount(amount))


def _leg(leg: str) -> str:
    return spoken(Message("{leg}", {"leg": leg_words(leg)})) if leg else ""


def _kind(row: TeamRow) -> str:
    if row.cancelled:
        return _("Has left")
    return _("Customer") if row.kind is Kind.CUSTOMER else _("Distributor")
