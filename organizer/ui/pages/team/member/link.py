"""A name that leads to the member who bears it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPushButton

from organizer.ui import theme

_WIDEST = 200


class NameLink(QPushButton):
    """A flat button with a name that is no mnemonic; cut with … where it is very long."""

    def __init__(self, name: str, *, ending: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "flat")
        self.setAutoDefault(False)
        self._ending = ending
        self.say(name)

    def say(self, name: str) -> None:
        """Show another name."""
        widest = theme.scaled(_WIDEST)
        cut = QFontMetrics(theme.font()).elidedText(name, Qt.TextElideMode.ElideRight, widest)
        self.setText((cut + self._ending).replace("&", "&&"))
        self.setToolTip("" if cut == name else f"<span>{escape(name)}</span>")
        self.setAccessibleName(name)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt's: no wider than the name, as it stands among words."""
        text = self.text().replace("&&", "&")
        width = QFontMetrics(theme.font()).horizontalAdvance(text)
        return QSize(width + 2 * theme.S + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Qt's: the same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter clicks, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
