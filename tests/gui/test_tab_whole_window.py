"""Tab goes round the whole window: to all that is seen and takes the keyboard, and to nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from window_support import Desk, settle

from organizer.domain.contact import Contact
from organizer.domain.team import Member
from organizer.services import companies, files, team
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.pages.team.page import TeamPage

SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
MOST = 400  # steps: each cell of the figures is one


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    desk = Desk(qtbot, tmp_path, monkeypatch)
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    file.close()
    made = desk.start()
    made.resize(1366, 768)
    return made


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> TeamPage:
    window.navigate("team")
    page = window.page()
    assert isinstance(page, TeamPage)
    assert window.context
    assert window.context.company
    assert page.model.view
    above = page.model.view.team.ids[0]
    for name in ("Anna", "Bo"):
        member = Member(company_id=window.context.company.id, number=f"N{name}", sponsor_id=above)
        team.add_member(window.context.file, member, Contact(first_name=name, last_name="Lund", listed=False))
    settle()
    page.panel.finish()
    return page


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab should come here: not what is a part of something that it comes to, such as a box's line."""
    wanted = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return wanted and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def rounds(window: MainWindow, back: bool = False) -> list[QWidget]:
    """What Tab meets until it is back where it began."""
    met: list[QWidget] = []
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)  # what a view gives the keyboard to needs no stop of Tab
    start = QApplication.focusWidget()
    assert start is not None
    assert start.isVisible()
    for _step in range(MOST):
        key, modifier = (Qt.Key.Key_Backtab, SHIFT) if back else (Qt.Key.Key_Tab, NONE)
        QTest.keyClick(window.windowHandle(), key, modifier)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.isVisible(), focused
        if focused is not (met[-1] if met else start):  # else in the next cell of a table
            met.append(focused)
            if focused is start:
                return met
    raise AssertionError(f"Tab never came back to {start}: {[str(one) for one in met[-12:]]}")


def expected(window: MainWindow) -> set[QWidget]:
    return {
        widget for widget in window.findChildren(QWidget) if takes_tab(widget) and not is_beside_pressed(widget)
    }


def is_beside_pressed(widget: QWidget) -> bool:
    """Whether another button of its group is pressed: Tab comes to that one, the arrows to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return bool(group and group.exclusive() and group.checkedButton() is not widget)


def check(window: MainWindow) -> list[QWidget]:
    met = rounds(window)
    assert set(met) >= expected(window), [str(one) for one in expected(window) - set(met)]
    assert len(met) == len(set(met))
    assert set(rounds(window, back=True)) >= expected(window)
    return met


@pytest.mark.parametrize("key", ["outline", "chart", "figures", "lists"])
def test_tab_goes_round_the_team_in_the_order_it_is_read(window: MainWindow, page: TeamPage, key: str) -> None:
    page.views.switch.choose(key)
    settle()
    page.views.focus()
    met = check(window)
    groups = [
        (window.rail, page.head, page.switches, page.views, page.panel).index(part)
        for widget in met
        if isValid(widget)  # the panel has gone on to another member, in the figures
        for part in (window.rail, page.head, page.switches, page.views, page.panel)
        if part is widget or part.isAncestorOf(widget)
    ]
    begin = groups.index(0)  # the rail
    around = groups[begin:] + groups[:begin]
    # the round began in the middle of the view
    turns = [one for place, one in enumerate(around) if place == 0 or one != around[place - 1]]
    assert turns == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("key", ["today", "contacts", "products"])
def test_tab_goes_round_the_other_pages(window: MainWindow, qtbot: QtBot, key: str) -> None:
    window.navigate(key)
    qtbot.wait(200)
    check(window)


def test_an_empty_page_gives_the_keyboard_to_what_is_seen(window: MainWindow) -> None:
    window.navigate("contacts")
    page = window.page()
    assert isinstance(page, ContactsPage)
    page.find()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.empty.isAncestorOf(focused)


def test_after_another_page_tab_still_goes_round_the_team(
    window: MainWindow, page: TeamPage, qtbot: QtBot
) -> None:
    for key in ("lists", "chart", "outline"):
        page.views.switch.choose(key)
    window.navigate("contacts")
    window.navigate("team")
    check(window)
