"""Labels in the theme's type and colours. Text is never markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from organizer.ui import theme


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
