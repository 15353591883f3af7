"""A file read for one company is that company's, whatever she looks at by the time it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from organizer.domain.period import Period
from organizer.services import companies, files, products, team
from organizer.services.files import File
from organizer.ui.context import Context
from organizer.ui.dialogs.import_preview import ImportPreview
from organizer.ui.dialogs.team_import import TeamImportDialog
from organizer.ui.pages.products.page import ProductsPage
from organizer.ui.pages.team.page import TeamPage
from organizer.ui.tasks import Tasks

DATA = Path(__file__).parent.parent / "data"
MARCH = Period.parse("2026-03")


@pytest.fixture
def context(tmp_path: Path, qtbot: QtBot) -> Iterator[Context]:
    """Two companies; the first one is in view."""
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 12))
    companies.set_up(file, "Karen Holm", "Hjem", "teaching-unilevel")
    companies.add(file, "Duft", "teaching-unilevel")
    made = Context(file, Tasks())
    made.choose_company(company(file, "Hjem"))
    yield made
    made.release()
    made.tasks.shutdown()
    file.close()


def company(file: File, name: str) -> int:
    return next(one.id for one in companies.everyone(file) if one.name == name)


def sizes(file: File) -> dict[str, int]:
    return {one.name: len(team.view(file, one.id, MARCH).team) for one in companies.everyone(file)}


def test_a_team_file_goes_to_the_company_it_was_read_for(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = TeamPage(context)
    qtbot.addWidget(page)
    page.show()
    monkeypatch.setattr(page, "ask_open_path", lambda _title: DATA / "team_sponsor_id.csv")
    page.import_file()
    context.choose_company(company(context.file, "Duft"))
    qtbot.waitUntil(lambda: page.findChild(TeamImportDialog) is not None)
    preview = page.findChild(TeamImportDialog)
    assert preview is not None
    assert "Hjem" in preview.windowTitle()
    with qtbot.waitSignal(preview.applied):
        preview.accept()
    assert sizes(context.file)["Duft"] == 1
    assert sizes(context.file)["Hjem"] > 200
    assert context.company
    assert context.company.name == "Hjem"
    assert context.period == MARCH


def test_a_product_file_goes_to_the_company_it_was_read_for(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ProductsPage(context)
    qtbot.addWidget(page)
    page.show()
    monkeypatch.setattr(page, "ask_open_path", lambda _title: DATA / "products.csv")
    page.import_file()
    context.choose_company(company(context.file, "Duft"))
    qtbot.waitUntil(lambda: page.findChild(ImportPreview) is not None)
    preview = page.findChild(ImportPreview)
    assert preview is not None
    assert "Hjem" in preview.windowTitle()
    with qtbot.waitSignal(preview.applied):
        preview.accept()
    assert products.everyone(context.file, company(context.file, "Duft")) == []
    assert products.everyone(context.file, company(context.file, "Hjem"))
    assert context.company
    assert context.company.name == "Hjem"
