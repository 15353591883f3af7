"""A small team on a real file, and its page as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.team import Kind, Member
from organizer.services import companies, files, team
from organizer.ui.context import Context
from organizer.ui.pages.team.page import TeamPage
from organizer.ui.tasks import Tasks

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")
TODAY = date(2026, 10, 20)


@contextmanager
def opened(tmp_path: Path) -> Iterator[Context]:
    """A new file with Karen and her company."""
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 10, 20, 9))
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    made = Context(file, Tasks())
    yield made
    made.tasks.shutdown()
    made.release()
    file.close()


def small_team(context: Context) -> dict[str, int]:
    """Karen has Anna and Bo below her, Anna has Carl and the customer Eva, Carl has Dorte."""
    company = context.company
    assert company
    found = {"Karen": team.view(context.file, company.id, OCTOBER).team.ids[0]}
    for name, above in (("Anna", "Karen"), ("Bo", "Karen"), ("Carl", "Anna"), ("Dorte", "Carl"), ("Eva", "Anna")):
        kind = Kind.CUSTOMER if name == "Eva" else Kind.DISTRIBUTOR
        member = Member(company_id=company.id, number=f"N{name}", sponsor_id=found[above], kind=kind)
        person = Contact(first_name=name, last_name="Lund", listed=False)
        found[name] = team.add_member(context.file, member, person)
    team.set_volume(context.file, found["Anna"], OCTOBER, "pv", 100_000)
    team.set_volume(context.file, found["Carl"], OCTOBER, "pv", 50_500)
    team.set_volume(context.file, found["Anna"], SEPTEMBER, "pv", 7_000)
    return found


def shown_page(qtbot: Any, context: Context) -> TeamPage:
    """The team page, seen."""
    made = TeamPage(context)
    qtbot.addWidget(made)
    made.resize(1266, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def typed(qtbot: Any, field: Any, text: str) -> None:
    """Write a text into a field, and Enter."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text) if text else qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
