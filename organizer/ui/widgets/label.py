"""Labels in the theme's type and colours. Text is never markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from organizer.ui import theme

_LEAST = 120


def as_title(text: str) -> str:
    """The text as a window's title: Qt would read "[*]" in a name as its mark for unsaved changes."""
    return text.replace("[*]", "[*][*]")


class Label(QLabel):
    """A text in one of theme.SIZES and a tone ("", "muted", "accent", "danger", "amber")."""

    def __init__(
        self,
        text: str = "",
        *,
        size: str = "body",
        tone: str = "",
        wrap: bool = False,
        bold: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        self.setProperty("type", size)  # "size" is a property of every widget already
        self.setProperty("tone", tone)
        self.setProperty("strong", bold)
        if selectable:
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
            self.setAccessibleName(text)


class OneLine(Label):
    """A text on one line that is cut with … where there is no room; the whole of it is in the tool tip."""

    def __init__(self, text: str = "", *, size: str = "body", tone: str = "") -> None:
        super().__init__(size=size, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._cut()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(self.sizeHint().width(), theme.scaled(_LEAST)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip("" if shown == self._whole else f"<p>{escape(self._whole)}</p>")


class Badge(Label):
    """A small mark beside a figure or name, such as Estimate."""

    def __init__(self, text: str, tone: str = "amber") -> None:
        super().__init__(text, size="small", tone=tone)
        self.setProperty("badge", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Line(QFrame):
    """A hairline across, to part one group from the next."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)
        theme.set_style(self, hairline=True)
