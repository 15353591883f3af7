"""The story itself: the quick note, what is to be done, and all that happened, to be narrowed and searched."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.contact_page import FIRST, PersonPage, Show
from organizer.ui import theme
from organizer.ui.pages.contacts.story_deeds import StoryDeeds
from organizer.ui.pages.contacts.story_list import StoryList
from organizer.ui.pages.contacts.story_note import QuickNote
from organizer.ui.pages.contacts.story_steps import StepList
from organizer.ui.pages.contacts.story_words import show_names
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.plain_text import CommitLineEdit

_SETTLE = 150
"""Milliseconds after the last key until the search is made: it may have 10,000 lines to read."""

_FEW = 6
"""With fewer lines than this there is nothing to narrow."""


class StoryView(QWidget):
    """`asked_anew` asks to read the story again, as `show`, `words` and `limit` say now."""

    asked_anew = Signal()

    def __init__(self, deeds: StoryDeeds) -> None:
        super().__init__()
        self.limit = FIRST
        self.words = ""
        self.note = QuickNote()
        self.steps = StepList(deeds.of_steps())
        self.list = StoryList()
        self.which = ComboBox()
        self.which.setAccessibleName(_("What of the story is shown"))
        for show, name in show_names().items():
            self.which.addItem(name, show.value)
        self.search = CommitLineEdit(_("Search the story"))
        self.search.setPlaceholderText(_("Search the story"))
        self.search.setClearButtonEnabled(True)
        self.older = button(_("Show older"), self._show_older, kind="flat")
        self._filters = QWidget()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        text = _("Write what you talk about as it happens. One line is enough, and the day comes by itself.")
        self.empty = EmptyState("pencil", _("Nothing is noted yet"), text)
        self.empty.add_button(_("Write the first note"), self.note.start, icon="pencil")
        self.nothing = EmptyState("search", _("Nothing found"), _("Nothing in the story fits what you asked for."))
        self.nothing.add_button(_("Show everything"), self._show_all)
        self._lines = QStackedLayout()
        self._build()
        self.setFocusProxy(self.list)
        self.which.activated.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._settle.start())
        self._settle.timeout.connect(self._ask)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.left.connect(self.note.start)
        deeds.serve(self.note, self.list)

    @property
    def show_only(self) -> Show:
        """What of the story is shown."""
        return Show(self.which.currentData())

    def start_anew(self) -> None:
        """Another person: everything, the newest."""
        self._settle.stop()
        self.limit, self.words = FIRST, ""
        self.which.setCurrentIndex(0)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def show_page(self, page: PersonPage, today: date, same: bool) -> None:
        """Show a person's story and steps."""
        self.note.show_person(page.contact.id, today)
        self.steps.show_steps(page.steps, today, same)
        self.list.show_lines(page.lines, same)
        self.older.setVisible(page.more)
        narrowed = bool(self.words) or self.show_only is not Show.ALL
        self._filters.setVisible(narrowed or len(page.lines) >= _FEW)
        nobody = self.nothing if narrowed else self.empty
        self._lines.setCurrentWidget(self.list if page.lines else nobody)

    def show_entry(self, entry_id: int) -> None:
        """Go to an entry, however old it is and whatever was searched for."""
        self._show_all()
        while not self.list.go_to(entry_id) and not self.older.isHidden():
            self._show_older()

    def _show_older(self) -> None:
        self.limit *= 3
        self.asked_anew.emit()

    def _show_all(self) -> None:
        self.start_anew()
        self.asked_anew.emit()

    def _ask(self) -> None:
        self.words, self.limit = self.search.text().strip(), FIRST
        self.asked_anew.emit()

    def _build(self) -> None:
        row = QHBoxLayout(self._filters)
        theme.margins(row, spacing=theme.S)
        row.addWidget(self.which)
        row.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.S)
        column.addWidget(self.note)
        column.addWidget(self.steps)
        column.addWidget(self._filters)
        column.addLayout(self._lines, 1)  # first: what is put into a stack that stands nowhere is a window
        for part in (self.list, self.empty, self.nothing):
            self._lines.addWidget(part)
        column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
