"""Who a new one in a team file is, in a few words: under whom, her rank, her own volume."""

from __future__ import annotations

from collections.abc import Iterator

from organizer.domain.money import volume_amount
from organizer.i18n import _, format_number
from organizer.services.imports import TeamRow
from organizer.services.team_links import label
from organizer.ui.dialogs.team_import import words
from organizer.ui.dialogs.team_import.session import Session


def described(session: Session, number: str) -> str:
    """The new one with that number: "under Oskar Mortensen · Gold · 410 PV", as far as the file tells it.

    The volume is the first of the plan's that her row has. It is worded from her row alone.
    """
    row = session.row(number)
    return " · ".join(_parts(session, row)) if row else ""


def _parts(session: Session, row: TeamRow) -> Iterator[str]:
    if above := _above(session, row):
        yield _("under {name}").format(name=above)
    if row.rank:
        yield row.rank
    plan = session.plan
    order = [one.id for one in plan.volumes] if plan else []
    for id_ in (*order, *row.volumes):
        if id_ in row.volumes:
            amount = format_number(volume_amount(row.volumes[id_]))
            yield f"{amount} {words.volume(id_, plan)}"
            return


def _above(session: Session, row: TeamRow) -> str:
    """Who recruited her, as the file says it or as it was mended; else whom she is placed under."""
    number = session.above(row)
    other = session.row(number)
    if other:
        return other.name or number
    told = row.sponsor_name if number == row.sponsor_number else row.placement_name
    return label(told, number) if told or not number else session.named(number)
