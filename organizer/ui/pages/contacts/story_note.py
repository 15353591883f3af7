"""One line at the top of a person's story: what just happened, kept with Enter and dated by itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.result import FieldRefusal
from organizer.domain.timeline import Entry, EntryKind
from organizer.i18n import _, format_date
from organizer.services.contact_page import dated, jotted
from organizer.ui import icons, theme
from organizer.ui.pages.contacts.story_words import kind_icon, kind_names
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.plain_text import CommitPlainText

_MOST_LINES = 8


class KindBox(ComboBox):
    """What kind of entry it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Kind of entry"))
        for kind, name in kind_names().items():
            self.addItem(icons.icon(kind_icon(kind), "muted"), name, kind.value)

    def kind(self) -> EntryKind:
        """The kind that is chosen."""
        return EntryKind(self.currentData())

    def set_kind(self, kind: EntryKind) -> None:
        """Choose a kind."""
        self.setCurrentIndex(self.findData(kind.value))


class NoteText(CommitPlainText):
    """Words of which Enter tells `entered`; with Shift it begins a new line. As tall as what is written."""

    entered = Signal()
    left = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(name, hint)
        self.document().documentLayout().documentSizeChanged.connect(lambda size: self._fit(size.height()))
        self._fit(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter keeps, Shift+Enter goes on below, Esc takes back what is typed, then leaves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and not self.changed():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self, lines: float) -> None:
        shown = min(max(lines, 1), _MOST_LINES)
        self.setFixedHeight(round(QFontMetrics(theme.font()).lineSpacing() * shown) + theme.L + 4)


class QuickNote(QWidget):
    """`noted(Entry)` asks to keep a new entry (id 0); `left` goes back to the list."""

    noted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._today = date.min
        self._person = 0
        self.kind = KindBox()
        self.text = NoteText(_("Quick note"), _("What happened? (F4)"))
        self.text.setToolTip(_("Enter keeps it, Shift+Enter goes on below. A date or “yesterday” first dates it."))
        self.text.entered.connect(self.commit)
        self.text.left.connect(self.left)
        self.text.textChanged.connect(self._say_day)
        self._said = Label(size="small", tone="muted", wrap=True)
        self._said.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        column.addLayout(row)
        column.addWidget(self._said)

    def show_person(self, person_id: int, today: date) -> None:
        """Notes are about this person now; what is typed about the same one stays."""
        self._today = today
        if person_id != self._person:
            self._person = person_id
            self.text.set_value("")
            self.kind.set_kind(EntryKind.NOTE)

    def start(self, kind: EntryKind | None = None) -> None:
        """Put the cursor here, with another kind chosen if one is named."""
        if kind:
            self.kind.set_kind(kind)
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> bool:
        """Keep what is typed; False when it can't be."""
        text, kind = self.text.value().strip(), self.kind.kind()
        if not text and kind is EntryKind.NOTE:
            return True
        try:
            # "Call" needs no words: that it was made says enough
            day, body = jotted(text, self._today) if text else (self._today, "")
            entry = Entry(0, self._person, day, kind, body)
        except FieldRefusal as refusal:
            self.refuse(spoken(refusal))
            return False
        self._said.hide()
        self.noted.emit(entry)
        return not self.text.value().strip()

    def keep(self) -> None:
        """It is kept: room for the next one."""
        self.text.set_value("")
        self.kind.set_kind(EntryKind.NOTE)
        self._said.hide()

    def refuse(self, why: str) -> None:
        """Say why it isn't kept; it stays to be mended."""
        self._say(why, "danger")

    def _say_day(self) -> None:
        """Say which day a date that was typed stands for, before it is kept."""
        self._said.hide()
        try:
            day, _rest = dated(self.text.value(), self._today)
        except FieldRefusal as refusal:
            self._say(spoken(refusal), "danger")
            return
        if day != self._today:
            self._say(_("Will be dated {day}.").format(day=format_date(day)), "muted")

    def _say(self, words: str, tone: str) -> None:
        theme.set_tone(self._said, tone)
        self._said.setText(words)
        self._said.show()
