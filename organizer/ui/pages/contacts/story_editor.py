"""An entry of the story edited where it stands."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.result import FieldRefusal, Message
from organizer.domain.timeline import Entry
from organizer.i18n import _, format_date, parse_date
from organizer.ui import theme
from organizer.ui.pages.contacts.story_note import KindBox, NoteText
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.plain_text import CommitLineEdit

_DAY_WIDTH = 110


class EntryEditor(QFrame):
    """`kept(Entry)` asks to store the entry as it stands here, `cancelled` to leave it as it was."""

    kept = Signal(object)
    cancelled = Signal()

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        theme.set_style(self, card=True)
        self._entry = entry
        self.kind = KindBox()
        self.kind.set_kind(entry.kind)
        self.day = CommitLineEdit(_("Date"), format_date(entry.day))
        self.day.setFixedWidth(theme.scaled(_DAY_WIDTH))
        self.text = NoteText(_("Words"), "")
        self.text.set_value(entry.body)
        self.text.entered.connect(self.keep)
        self.text.left.connect(self.cancelled)
        self._error = Label(tone="danger", size="small", wrap=True)
        self._error.hide()
        self._build()
        for part in (self.kind, self.day):
            part.installEventFilter(self)

    def keep(self) -> None:
        """Ask to store it; a date that is none is told here."""
        try:
            day = parse_date(self.day.value())
        except ValueError:
            message = Message("{text} is not a date. Write it like 15.02.2026.", {"text": self.day.value()})
            self.refuse(spoken(FieldRefusal("day", message)))
            return
        self.kept.emit(replace(self._entry, day=day, kind=self.kind.kind(), body=self.text.value()))

    def refuse(self, why: str) -> None:
        """Say why it can't be kept so."""
        self._error.setText(why)
        self._error.show()
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: Enter in the small fields keeps too, Esc leaves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.cancelled.emit()
                return True
        return False

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.kind)
        row.addWidget(self.day)
        row.addStretch(1)
        deeds = QHBoxLayout()
        deeds.setSpacing(theme.S)
        deeds.addWidget(button(_("Keep"), self.keep, kind="primary"))
        deeds.addWidget(button(_("Cancel"), self.cancelled.emit, kind="flat"))
        deeds.addStretch(1)
        column = QVBoxLayout(self)
        theme.margins(column, theme.S, spacing=theme.XS)
        column.addLayout(row)
        column.addWidget(self.text)
        column.addWidget(self._error)
        column.addLayout(deeds)

    def entry_id(self) -> int:
        """Which entry it is."""
        return self._entry.id
