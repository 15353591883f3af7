"""A list that opens shows all of its entries where there is room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from organizer.ui import theme
from organizer.ui.pages.settings.plan_details import PlanChooser


@pytest.fixture
def _dressed(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp)


def _box() -> QComboBox:
    box = QComboBox()
    box.addItems(["As the system", "Light", "Dark"])
    return box


@pytest.mark.usefixtures("_dressed")
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
@pytest.mark.parametrize("scale", [0.9, 1.0, 1.25, 1.75])
@pytest.mark.parametrize("make", [_box, PlanChooser])
def test_the_last_entry_is_seen_whole(
    qtbot: QtBot, qapp: QApplication, make: type[QComboBox], scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    window, box = QWidget(), make()
    column = QVBoxLayout(window)
    column.addWidget(box)
    column.addStretch()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    whole = sum(view.sizeHintForRow(row) for row in range(box.count()))
    if whole > window.screen().availableGeometry().height():
        view.scrollToBottom()  # more plans than a screen is high
    else:
        assert view.verticalScrollBar().maximum() == 0
    last = view.visualRect(box.model().index(box.count() - 1, 0))
    assert last.top() >= 0
    assert last.bottom() <= view.viewport().rect().bottom()
    box.hidePopup()
