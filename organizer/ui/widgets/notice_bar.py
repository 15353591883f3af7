"""A notice across the top of the window that stays until it is settled: what happened, and every way on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QPushButton, QToolBar, QVBoxLayout, QWidget

from organizer.ui import icons, theme
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label

Way = tuple[str, Callable[[], object]]
"""A way on: its word, and what it does."""


class NoticeBar(QToolBar):
    """Lies between the menu and the pages of `window`, so that it outlasts whatever is shown below."""

    def __init__(self, window: QMainWindow, name: str) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self._panel = QFrame()
        theme.set_style(self._panel, notice=True)
        self._picture = QLabel()
        self._text = Label(wrap=True)
        self._said = ""
        self._covered = False
        self._row = QWidget()
        self._buttons = FlowLayout(self._row)
        theme.margins(self._buttons)
        self._arrange()
        self.addWidget(self._panel)
        theme.events().changed.connect(self._draw)
        self._draw()
        self.hide()
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self)

    def say(self, text: str, ways: Sequence[Way]) -> None:
        """Show `text` with a button for each of `ways`. The first is the best one."""
        self._said = text
        self._text.setText(text)
        for old in self.ways():
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        for place, (word, do) in enumerate(ways):
            self._buttons.addWidget(button(word, do, kind="default" if place else "primary"))
        self._show()
        if not self._covered:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def clear_text(self) -> None:
        """It is settled: say nothing."""
        self._said = ""
        self._text.setText("")
        self._show()

    def cover(self, covered: bool) -> None:
        """Hide while the window is locked: a file's name is hers too."""
        self._covered = covered
        self._show()

    def text(self) -> str:
        """What is said now, "" for nothing; also while it is covered."""
        return self._said

    def ways(self) -> list[QPushButton]:
        """The buttons that are offered now."""
        shown = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        return [found for item in shown if item and isinstance(found := item.widget(), QPushButton)]

    def _show(self) -> None:
        self.setVisible(bool(self._said) and not self._covered)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A tool bar knows no text that wraps: it is told its height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self._panel.layout()
        if layout:
            self._panel.setFixedWidth(self.width())
            self._panel.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def _arrange(self) -> None:
        column = QVBoxLayout()
        theme.margins(column)
        column.addWidget(self._text)
        column.addWidget(self._row)
        row = QHBoxLayout(self._panel)
        theme.margins(row, theme.L, theme.S, spacing=theme.M)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def _draw(self) -> None:
        self._picture.setPixmap(icons.pixmap("triangle-alert", theme.scaled(theme.ICON_LARGE), theme.amber()))
