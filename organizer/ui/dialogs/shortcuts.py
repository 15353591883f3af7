"""The keys of the whole program, read off its menus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMenu, QMenuBar, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.dialogs.history import close_button
from organizer.ui.widgets.preview_table import PreviewTable

_ROOM = 72
"""What margins and a scroll bar take beside the table's columns."""


class ShortcutsDialog(QDialog):
    """Every deed of the menu with its keys, and what the keyboard does besides."""

    def __init__(self, bar: QMenuBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = PreviewTable(_("Keyboard shortcuts"))
        self.table.set_rows((_("Deed"), _("Keys")), [*_of_menus(bar), *_besides()])
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        # neither is cut: what doesn't fit is scrolled to
        self.table.resizeColumnsToContents()
        room = sum(header.sectionSize(column) for column in range(2))
        self.resize(max(620, room + theme.scaled(_ROOM)), 560)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        layout.addWidget(self.table, 1)
        layout.addWidget(close_button(self))


def _of_menus(bar: QMenuBar) -> Iterator[tuple[str, str]]:
    for menu in bar.findChildren(QMenu):
        for action in menu.actions():
            text, _tab, written = action.text().partition("\t")
            keys = written or ", ".join(_native(keys) for keys in action.shortcuts())
            if keys:
                yield _bare(text, action), keys


def _bare(text: str, action: QAction) -> str:
    # undo and redo name the last deed; here only their own word counts
    words = {"undo": _("Undo"), "redo": _("Redo")}
    return words.get(action.objectName(), text.replace("&&", "\0").replace("&", "").replace("\0", "&"))


def _besides() -> list[tuple[str, str]]:
    return [
        (_("From the search to the list"), _("Down")),
        (_("Edit what is chosen"), "F2, Enter"),
        (_("Empty the search, or take back what is being typed"), "Esc"),
        (_("Earlier or later period"), _("Alt+Left, Alt+Right")),
        (_("The next field, the one before"), "Tab, Shift+Tab"),
        *_of_team(),
        *_of_chart(),
    ]


def _of_team() -> list[tuple[str, str]]:
    keys = (f"Ctrl+Shift+{place}" for place in range(1, 5))
    views = (_("Outline"), _("Chart"), _("Figures"), _("Lists"))
    return [
        *((_("Team: {view}").format(view=view), _native_all(key)) for view, key in zip(views, keys, strict=True)),
        (_("Team: the other tree"), _native_all("Ctrl+T")),
        (_("Team: the next one found, the one before"), _native_all("F3", "Shift+F3")),
        (_("Team: hide or show the chosen member"), _native_all("F7")),
        (_("Team: fill down in the figures"), _native_all("Ctrl+D")),
    ]


def _of_chart() -> list[tuple[str, str]]:
    return [
        (_("Chart: zoom in, zoom out"), _native_all("Ctrl++", "Ctrl+-")),
        (_("Chart: show the whole team"), _native_all("Ctrl+0")),
        (_("Chart: from card to card"), _("Arrow keys")),
        (_("Chart: to the top, to the last"), _("Home, End")),
        (_("Chart: move what is seen"), _("Ctrl+arrow keys, Page Up, Page Down")),
        (_("Chart: collapse or expand a leg"), _("Enter, + and -")),
        (_("Chart: expand all below"), "*"),
        (_("Chart: copy as a picture"), _native_all("Ctrl+C")),
    ]


def _native_all(*keys: str) -> str:
    return ", ".join(_native(QKeySequence(one)) for one in keys)


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
