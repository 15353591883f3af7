"""The list of all keys: the team's are among them, in the help too, and no row is cut."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QMenuBar

from organizer.resource_files import resource
from organizer.ui.dialogs.shortcuts import ShortcutsDialog

KEYS = (
    *("Ctrl+Shift+1", "Ctrl+Shift+2", "Ctrl+Shift+3", "Ctrl+Shift+4"),
    *("Ctrl+T", "F3, Shift+F3", "F7", "Ctrl+D"),
)


def test_the_teams_keys_are_listed_and_no_row_is_cut(qtbot: Any) -> None:
    bar = QMenuBar()
    dialog = ShortcutsDialog(bar)
    qtbot.addWidget(bar)
    qtbot.addWidget(dialog)
    model, metrics = dialog.table.model(), dialog.table.fontMetrics()
    shown = [[str(model.index(row, column).data()) for column in range(2)] for row in range(model.rowCount())]
    assert {*KEYS, "Alt+Left, Alt+Right"} <= {keys for _deed, keys in shown}
    for column in range(2):
        widest = max(metrics.horizontalAdvance(row[column]) for row in shown)
        assert dialog.table.columnWidth(column) > widest


@pytest.mark.parametrize("spoken", ["en", "da"])
def test_the_help_names_the_teams_keys(spoken: str) -> None:
    written = resource("help", spoken, "keys.md").read_text(encoding="utf-8")
    assert [keys for keys in KEYS if f"| {keys} |" not in written] == []
