"""The status line: the answer to the last deed with Undo beside it, and long work with its bar and Cancel."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from organizer.i18n import _, format_percent
from organizer.ui import icons, theme
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label, OneLine

_BAR_WIDTH = 180
_STEPS = 1000


class AnswerBar(QWidget):
    """Says how a deed went, quietly; a warning stays until the next deed."""

    undo_asked = Signal()

    def __init__(self, tasks: Tasks | None = None) -> None:
        super().__init__()
        self._tone = ""
        self._picture = QLabel()
        self._text = OneLine()
        self._undo = button(_("Undo"), self.undo_asked.emit, icon="undo-2", kind="flat")
        self._work = _WorkBar(tasks)
        row = QHBoxLayout(self)
        theme.margins(row, theme.M, theme.XS)
        row.addWidget(self._picture)
        row.addWidget(self._text)
        row.addWidget(self._undo)
        row.addStretch()
        row.addWidget(self._work)
        # room for the buttons from the start, so that the page above never jumps
        self.setMinimumHeight(self._undo.sizeHint().height() + 2 * theme.XS)
        theme.events().changed.connect(self._draw)
        self.clear()
        if tasks:
            # a method is let go with its widget; a lambda would answer when this line is long gone
            tasks.began.connect(self._on_began)
            tasks.refused.connect(self.warn)
            tasks.cancelled.connect(self._on_cancelled)

    def answer(self, text: str, can_undo: bool = False) -> None:
        """Say that a deed is done; with `can_undo` the Undo button stands beside it."""
        self._show(text, "", "circle-check", can_undo)

    def warn(self, text: str) -> None:
        """Say what did not work, what was kept, and what to do."""
        self._show(text, "danger", "triangle-alert", False)

    def clear(self) -> None:
        """Say nothing."""
        self._show("", "", "", False)

    def text(self) -> str:
        """What is said now."""
        return self._said

    def _on_began(self, _title: str) -> None:
        self.clear()

    def _on_cancelled(self, title: str) -> None:
        self.answer(_("{title}: cancelled, nothing was changed.").format(title=title))

    def _show(self, text: str, tone: str, icon: str, can_undo: bool) -> None:
        self._said, self._icon, self._tone = text, icon, tone
        self._text.say(text)
        self._undo.setVisible(can_undo)
        theme.set_tone(self._text, tone)
        self._draw()
        if text and self.isVisible():  # behind the curtain of a locked screen nothing is read aloud
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _draw(self) -> None:
        self._picture.setVisible(bool(self._icon))
        if self._icon:
            colour = theme.danger() if self._tone == "danger" else theme.accent()
            self._picture.setPixmap(icons.pixmap(self._icon, theme.scaled(theme.ICON_SMALL), colour))


class _WorkBar(QWidget):
    """What runs, how far it is, and Cancel; there only while something runs."""

    def __init__(self, tasks: Tasks | None) -> None:
        super().__init__()
        self._title = Label(tone="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.scaled(_BAR_WIDTH))
        self._far = Label(tone="muted")
        self._far.setMinimumWidth(theme.scaled(36))
        self._far.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._cancel = button(_("Cancel"), icon="x", kind="flat")
        row = QHBoxLayout(self)
        theme.margins(row)
        for part in (self._title, self._bar, self._far, self._cancel):
            row.addWidget(part)
        self.hide()
        if tasks:
            tasks.began.connect(self._begin)
            tasks.progressed.connect(self._on_progress)
            tasks.ended.connect(self.hide)
            self._cancel.clicked.connect(tasks.cancel)

    def _begin(self, title: str) -> None:
        self._title.setText(title)
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, 0)
        self._far.setText("")
        self.show()

    def _on_progress(self, _title: str, fraction: float) -> None:
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(fraction * _STEPS))
        self._far.setText(format_percent(Decimal(round(fraction * 100)) / 100, 0))
