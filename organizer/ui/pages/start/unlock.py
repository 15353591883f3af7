"""In place of the page: the field that opens a protected file, or lifts the curtain from a locked screen."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui import icons, theme
from organizer.ui.pin_tries import wait_text
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.secret_field import SecretField

_WIDTH = 440
_ICON = 48


class UnlockPage(QWidget):
    """Asks for the passphrase or recovery key, or with `pin` for the PIN; `given` carries what was typed.

    `file` names the file that is about to be opened, "" tells nothing. With `ways` there are other ways on.
    """

    given = Signal(str)
    open_other = Signal()
    restore = Signal()

    def __init__(self, *, pin: bool = False, file: str = "", ways: bool = True) -> None:
        super().__init__()
        self._pin = pin
        self._held_until = 0.0
        self._steady: Callable[[], float] = time.monotonic
        self.field = SecretField(_("PIN") if pin else _("Passphrase or recovery key"))
        self.field.entered.connect(self._give)
        self.first: QWidget = self.field
        self.go = button(_("&Unlock"), self._give, kind="primary")
        self.said = Label(wrap=True)
        self.said.setVisible(False)
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._arrange(file, ways)
        self._waiting = QTimer(self, interval=1000)
        self._waiting.timeout.connect(self._count_down)
        theme.events().changed.connect(self._draw)
        self._draw()

    def refuse(self, text: str) -> None:
        """Say why it didn't open; what was typed stays hidden and marked, to be typed over."""
        self.say(text, "danger")
        self.field.hide_typing()
        self.field.line.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str, tone: str = "") -> None:
        """Say something below the field."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        theme.set_tone(self.said, tone)
        self.field.line.setAccessibleDescription(text)

    def hold(self, seconds: float) -> None:
        """Take nothing for so long, and say so."""
        self._held_until = self._steady() + seconds
        self.field.clear()
        self._count_down()
        if seconds > 0:
            self._waiting.start()

    def held(self) -> bool:
        """True while nothing is taken."""
        return self._steady() < self._held_until

    def _count_down(self) -> None:
        left = math.ceil(self._held_until - self._steady())
        for part in (self.field, self.go):
            part.setEnabled(left <= 0)
        if left > 0:
            self.say(wait_text(left), "amber")
        else:
            self._waiting.stop()
            self.say("")
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if self.field.text() and not self.held():
            self.given.emit(self.field.text())

    # --- what it is made of

    def _arrange(self, file: str, ways: bool) -> None:
        column = QWidget()
        column.setMaximumWidth(theme.scaled(_WIDTH))
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inner = QVBoxLayout(column)
        theme.margins(inner, theme.L, spacing=theme.M)
        title, text = self._words(file)
        inner.addWidget(self._picture)
        for label in (Label(title, size="title", wrap=True), Label(text, tone="muted", wrap=True)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(label)
        inner.addWidget(self.field)
        inner.addWidget(self.said)
        inner.addWidget(self.go)
        if ways:
            never = _("If you never set a passphrase, the file is damaged: restore it from a backup.")
            hint = Label(never, size="small", tone="muted", wrap=True)
            hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(hint)
            inner.addLayout(self._ways())
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(column, 10)
        row.addStretch()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)

    def _words(self, file: str) -> tuple[str, str]:
        if self._pin:
            forgotten = _("Forgotten it? Close the program and run “organizer forget-pin” in a terminal.")
            return _("Locked"), _("Type your PIN to go on where you were.") + "\n" + forgotten
        title = _("{file} is protected").format(file=file) if file else _("Locked")
        return title, _("Type your passphrase. The recovery key from your printed sheet works here too.")

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        theme.margins(row, 0, theme.S)
        row.addStretch()
        row.addWidget(button(_("&Open another file…"), self.open_other.emit, icon="folder-open", kind="flat"))
        row.addWidget(button(_("&Restore from a backup…"), self.restore.emit, icon="archive-restore", kind="flat"))
        row.addStretch()
        return row

    def _draw(self) -> None:
        self._picture.setPixmap(icons.pixmap("lock", theme.scaled(_ICON), theme.accent()))
