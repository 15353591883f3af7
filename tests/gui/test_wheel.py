"""The mouse wheel scrolls; it never changes a setting that happens to lie under the pointer."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

import organizer.ui
from organizer.services import companies, files, screen_pin
from organizer.ui.dialogs.backup_rules import BackupRules
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.settings.page import SettingsPage
from organizer.ui.pages.settings.plan_details import PlanChooser
from organizer.ui.pages.settings.protection_card import ProtectionCard
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.choosers import PeriodChooser

Box = QComboBox | QSpinBox


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    desk = Desk(qtbot, tmp_path, monkeypatch)
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Hjem", "teaching-unilevel")
    screen_pin.choose(file, "2580")
    file.close()
    window = desk.start()
    window.navigate("settings")
    return window


def page(window: MainWindow) -> SettingsPage:
    shown = window.page()
    assert isinstance(shown, SettingsPage)
    return shown


def minutes(window: MainWindow) -> QComboBox:
    card = page(window).findChild(ProtectionCard)
    assert isinstance(card, ProtectionCard)
    return card.minutes


def plan(window: MainWindow) -> QComboBox:
    found = page(window).findChild(PlanChooser)
    assert isinstance(found, PlanChooser)
    return found


def turn(box: Box, by: int) -> None:
    """Turn the wheel over a box, the way the window system would."""
    at = QPointF(box.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    on_screen, button, phase = (
        QPointF(box.mapToGlobal(at.toPoint())),
        Qt.MouseButton.NoButton,
        Qt.ScrollPhase.NoScrollPhase,
    )
    event = QWheelEvent(at, on_screen, QPoint(), QPoint(0, by), button, none, phase, False)
    QApplication.sendEvent(box, event)


@pytest.mark.parametrize("focused", [False, True])
@pytest.mark.parametrize(
    "which",
    [plan, lambda window: page(window).language, lambda window: page(window).scheme, minutes],
    ids=["plan", "language", "colours", "minutes"],
)
def test_scrolling_the_settings_changes_none(
    window: MainWindow, which: Callable[[MainWindow], QComboBox], focused: bool
) -> None:
    box = which(window)
    if focused:
        box.setFocus(Qt.FocusReason.OtherFocusReason)
    before, settings = box.currentIndex(), files.deeds(file_of(window))
    for by in (-120, 120):
        turn(box, by)
        settle()
        assert box.currentIndex() == before
    assert files.deeds(file_of(window)) == settings
    assert box.hasFocus() == focused


def file_of(window: MainWindow) -> files.File:
    assert window.context is not None
    return window.context.file


def test_the_page_scrolls_under_a_box(qtbot: QtBot) -> None:
    area, inside, box = QScrollArea(), QWidget(), ComboBox()
    box.addItems(["one", "two"])
    layout = QVBoxLayout(inside)
    layout.addWidget(box)
    layout.addStretch()
    inside.setMinimumHeight(900)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.resize(300, 300)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    settle()
    QTest.wheelEvent(area.windowHandle(), QPointF(box.mapTo(area, box.rect().center())), QPoint(0, -120))
    settle()
    assert area.verticalScrollBar().value() > 0
    assert box.currentText() == "one"


def test_months_stay_on_every_page(window: MainWindow) -> None:
    for name in ("team", "earnings"):
        window.navigate(name)
        settle()
        chooser = window.findChild(PeriodChooser)
        assert isinstance(chooser, PeriodChooser)
        chooser._box.addItem("earlier")
        turn(chooser._box, -120)
        assert chooser._box.currentIndex() == 0


def test_the_rule_of_backups_stays(window: MainWindow, qtbot: QtBot) -> None:
    assert window.context is not None
    rules = BackupRules(window.context)
    qtbot.addWidget(rules)
    before = rules.hours.value()
    turn(rules.hours, 120)
    assert rules.hours.value() == before


def test_every_box_of_the_program_is_such_a_box() -> None:
    room = Path(organizer.ui.__file__).parent
    plain = {kind.__name__ for kind in (QComboBox, QSpinBox, QAbstractSpinBox)} | {"QDateEdit", "QDoubleSpinBox"}
    for path in room.rglob("*.py"):
        if path.name == "boxes.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = (
                [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
            )
            named = {one.id for one in called if isinstance(one, ast.Name)}
            assert not named & plain, f"{path.name}: a plain box lets the wheel change it"
