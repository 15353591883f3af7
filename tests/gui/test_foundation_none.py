"""Qt's binding must not lose references to None: PySide6 6.12.0 does on Python 3.11, and the program aborts."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 4000


def test_calls_that_return_none_keep_its_references(qtbot: QtBot) -> None:
    label, thing = QLabel(), QObject()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _call in range(CALLS):
        label.setToolTip("")
        thing.setObjectName("")
        thing.parent()
    # other objects come and go; losing one a call would show as thousands
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
