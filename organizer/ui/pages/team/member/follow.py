"""What to do next with a member, and what was said and noted until now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.result import FieldRefusal
from organizer.domain.timeline import Entry, EntryKind, FollowUp
from organizer.i18n import _, format_date, format_number, ngettext
from organizer.ui import theme
from organizer.ui.pages.team.edits import to_date
from organizer.ui.pages.team.member.section import Section
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.plain_text import CommitLineEdit

_FEW = 5
"""So many entries are shown at first."""

_SOON = (0, 1, 7)
"""Days from today that are offered by name."""

_OTHER_DAY, _NO_DAY = "day", "none"


class NextStep(Section):
    """`changed(what, due or None)` tells of a step that was written or changed; `done` that it is done."""

    changed = Signal(str, object)
    done = Signal()

    def __init__(self) -> None:
        super().__init__(_("Next step"))
        self._today = date.min
        self._step: FollowUp | None = None
        self.what = CommitLineEdit(_("Next step"))
        self.what.setPlaceholderText(_("For example: ask how things are"))
        self.when = ComboBox()
        self.when.setAccessibleName(_("When"))
        self.day = CommitLineEdit(_("Date"))
        self.day.setPlaceholderText(_("15.02.2026"))
        self.finish = button(_("Done"), self.done.emit, icon="circle-check")
        self.clear = button(_("Clear"), self._on_clear, kind="flat")
        self._error = Label(tone="danger", wrap=True, size="small")
        self._error.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.when, 1)
        row.addWidget(self.day, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.finish)
        buttons.addWidget(self.clear)
        buttons.addStretch(1)
        self.column.addWidget(self.what)
        self.column.addLayout(row)
        self.column.addWidget(self._error)
        self.column.addLayout(buttons)
        self.what.committed.connect(lambda _text: self._tell())
        self.day.committed.connect(lambda _text: self._tell())
        self.when.activated.connect(self._on_when)

    def show_step(self, step: FollowUp | None, today: date, same: bool) -> None:
        """Show a member's next step, or room for one. Of the `same` member, what isn't kept yet stays."""
        unkept = not self._error.isHidden() or self.what.changed() or self.day.changed()
        if same and unkept and step == self._step and today == self._today:
            return
        self._step, self._today = step, today
        self._error.hide()
        self._offer_days()
        self.what.set_value(step.body if step else "")
        # no day until she chooses one
        due = step.due if step else None
        named = [today + timedelta(days=days) for days in _SOON]
        place = named.index(due) if due in named else self.when.findData(_OTHER_DAY if due else _NO_DAY)
        self.when.setCurrentIndex(place)
        self.day.set_value(format_date(due) if due and due not in named else "")
        self.day.setVisible(self.when.currentData() == _OTHER_DAY)
        for part in (self.finish, self.clear):
            part.setVisible(step is not None)

    def _offer_days(self) -> None:
        self.when.clear()
        names = (_("Today"), _("Tomorrow"), _("In a week"))
        for name, days in zip(names, _SOON, strict=True):
            self.when.addItem(name, self._today + timedelta(days=days))
        self.when.addItem(_("On a date…"), _OTHER_DAY)
        self.when.addItem(_("No day"), _NO_DAY)

    def _on_when(self) -> None:
        other = self.when.currentData() == _OTHER_DAY
        self.day.setVisible(other)
        if other and not self.day.text():
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._step or self.what.text().strip():
            self._tell()

    def _on_clear(self) -> None:
        self.what.set_value("")
        self.changed.emit("", None)

    def _tell(self) -> None:
        what = self.what.text().strip()
        if not what and self._step is None:
            return
        self._error.hide()
        try:
            due = self._due()
        except FieldRefusal as refusal:
            self.refuse(spoken(refusal))
            return
        self.changed.emit(what, due)

    def _due(self) -> date | None:
        chosen = self.when.currentData()
        if chosen == _OTHER_DAY:
            return to_date("due", self.day.text())
        return None if chosen == _NO_DAY else chosen

    def refuse(self, words: str) -> None:
        """Say why it isn't kept; what is written stays to be mended."""
        self._error.setText(words)
        self._error.show()

    def commit(self) -> bool:
        """Tell of what is typed, and again of what couldn't be kept; False when it still can't."""
        again = not self._error.isHidden()
        self.what.commit()
        self.day.commit()
        if again and not self._error.isHidden():
            self._tell()
        return self._error.isHidden()


class Timeline(Section):
    """`talked(words)` and `noted(words)` ask for an entry of today; `removed(id)` asks to take one away."""

    talked = Signal(str)
    noted = Signal(str)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("How are things?"))
        self._entries: Sequence[Entry] = ()
        self._all = False
        self.last = Label(wrap=True, tone="muted")
        self.words = CommitLineEdit(_("A few words about today"))
        self.words.setPlaceholderText(_("A few words about today"))
        self.talk = button(_("Talked today"), lambda: self._tell(self.talked.emit), icon="circle-check")
        self.note = button(_("Add note"), self._note, kind="flat")
        self._error = Label(tone="danger", wrap=True, size="small")
        self._error.hide()
        self._rows = QVBoxLayout()
        theme.margins(self._rows, spacing=0)
        self.older = button("", self._show_older, kind="flat")
        buttons = QHBoxLayout()
        buttons.addWidget(self.talk)
        buttons.addWidget(self.note)
        buttons.addStretch(1)
        for part in (self.last, self.words):
            self.column.addWidget(part)
        self.column.addWidget(self._error)
        self.column.addLayout(buttons)
        self.column.addLayout(self._rows)
        self.column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.returnPressed.connect(self._note)

    def show_entries(self, entries: Sequence[Entry], same: bool) -> None:
        """Show what was said and noted, the newest first."""
        if not same:
            self._all = False
            self.words.set_value("")
            self._error.hide()
        talks = [entry.day for entry in entries if entry.kind is EntryKind.TALK]
        day = format_date(max(talks)) if talks else ""
        self.last.setText(
            _("You last talked on {day}.").format(day=day) if day else _("No talk is noted here yet.")
        )
        if not same or entries != self._entries:
            self._entries = entries
            self._fill()

    def _fill(self) -> None:
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        shown = self._entries if self._all else self._entries[:_FEW]
        for entry in shown:
            self._rows.addWidget(_EntryRow(entry, self.removed.emit))
        more = len(self._entries) - len(shown)
        self.older.setText(ngettext("{count} older", "{count} older", more).format(count=format_number(more)))
        self.older.setVisible(more > 0)

    def _show_older(self) -> None:
        self._all = True
        self._fill()

    def _note(self) -> None:
        if self.words.text().strip():
            self._tell(self.noted.emit)

    def _tell(self, ask: Callable[[str], None]) -> None:
        self._error.hide()
        words = self.words.text().strip()
        # gone from the field first: storing them may show another member, who asks for what is still typed
        self.words.set_value("")
        ask(words)

    def refuse(self, why: str, words: str) -> None:
        """Say why the words aren't kept; they stay to be mended."""
        self.words.setText(words)
        self._error.setText(why)
        self._error.show()

    def commit(self) -> bool:
        """Words that nobody pressed a button for are a note; False when they can't be kept."""
        self._note()
        return self._error.isHidden()


class _EntryRow(QWidget):
    """One entry and the button that takes it away."""

    def __init__(self, entry: Entry, removed: Callable[[int], None]) -> None:
        super().__init__()
        kinds = {EntryKind.TALK: _("Talked"), EntryKind.NOTE: _("Note")}
        head = Label(f"{format_date(entry.day)} · {kinds[entry.kind]}", size="small", tone="muted")
        body = Label(entry.body, wrap=True, selectable=True)
        body.setVisible(bool(entry.body))
        away = icon_button("x", _("Remove this entry"), lambda: removed(entry.id))
        row = QHBoxLayout(self)
        theme.margins(row, spacing=theme.XS)
        words = QVBoxLayout()
        theme.margins(words, 0, theme.XS, spacing=0)
        words.addWidget(head)
        words.addWidget(body)
        row.addLayout(words, 1)
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
