"""The column beside a contact's card: what happened, what is to be done, who belongs with whom."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.timeline import EntryKind
from organizer.i18n import _
from organizer.services import contact_page
from organizer.services.contact_page import PersonPage
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.contacts.consent_panel import ConsentPanel
from organizer.ui.pages.contacts.relations import RelationsView
from organizer.ui.pages.contacts.story_deeds import StoryDeeds
from organizer.ui.pages.contacts.story_head import StoryHead
from organizer.ui.pages.contacts.story_view import StoryView
from organizer.ui.pages.team.segments import Segments

_LEAST = 280, 400


class Story(QWidget):
    """Shows one person; every deed here is stored at once. `left` goes back to the list."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.person = 0
        self.page: PersonPage | None = None
        self.deeds = StoryDeeds(context, lambda: self.person, self)
        self.head = StoryHead()
        self.segments = Segments(_("What is shown of the person"))
        self.view = StoryView(self.deeds)
        self.relations = RelationsView(context, self.deeds)
        self._stack = QStackedWidget()
        self._shown: dict[str, QWidget] = {}
        self.add_segment("story", _("Story"), self.view)
        self.add_segment("relations", _("Relations"), self.relations)
        self.consents = ConsentPanel(context)
        self.add_segment("consents", _("Consents"), self.consents)
        self._build()
        self._connect()

    def add_segment(self, key: str, word: str, widget: QWidget) -> None:
        """Offer one more side of the person under `word`."""
        self.segments.add(key, word)
        widget.setAccessibleName(word)
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to what is in it
        self._shown[key] = widget
        self._stack.addWidget(widget)

    def show_person(self, person_id: int) -> None:
        """Show a person; 0 for somebody who isn't stored yet. What is typed about another one is kept first."""
        if person_id != self.person and self.person:
            self.view.note.commit()
        same = person_id == self.person
        self.person = person_id
        self._load(same)

    def refresh(self) -> None:
        """Read what is shown anew."""
        self._load(True)

    def start_note(self, kind: EntryKind | None = None) -> None:
        """Put the cursor into the quick note."""
        if self.person:
            self.segments.choose("story")
            self.view.note.start(kind)

    def show_entry(self, entry_id: int) -> None:
        """Go to an entry of the person who is shown."""
        self.segments.choose("story")
        self.view.show_entry(entry_id)

    def commit(self) -> bool:
        """Keep the note that is typed; False when it can't be."""
        return not self.person or self.view.note.commit()

    def forget(self) -> None:
        """Let go of what is typed here and couldn't be kept."""
        self.view.note.keep()

    def turn(self, forward: bool) -> None:
        """Go to the next side of the person, or the one before."""
        keys = list(self._shown)
        at = keys.index(self.segments.current())
        self.segments.choose(keys[(at + (1 if forward else -1)) % len(keys)])
        self._shown[self.segments.current()].setFocus(Qt.FocusReason.TabFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Qt's: as much as is needed in a small window; the story itself scrolls."""
        return QSize(theme.scaled(_LEAST[0]), theme.scaled(_LEAST[1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _load(self, same: bool) -> None:
        file = self._context.file
        view = self.view
        if not same:
            view.start_anew()
        self.page = (
            contact_page.load(file, self.person, view.show_only, view.words, view.limit) if self.person else None
        )
        self.setVisible(self.page is not None)
        if self.page is None:
            return
        today = file.clock().date()
        self.head.show_page(self.page, today)
        view.show_page(self.page, today, same)
        self.relations.show_page(self.page, same)
        self._show_consents()

    def _show_consents(self) -> None:
        """Read the ledger only where it is looked at."""
        shown = self.segments.current() == "consents"
        if self.consents.person != (self.person if shown else 0):
            self.consents.show_person(self.person if shown else 0)

    def _turn_to(self, key: str) -> None:
        self._show_consents()
        self._stack.setCurrentWidget(self._shown[key])

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self.head.more)
        column = QVBoxLayout(self)
        theme.margins(column, theme.M, 0, spacing=theme.S)
        column.addWidget(self.head)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.segments.chosen.connect(self._turn_to)
        self.head.add_more(
            {
                ("file-text", _("What is kept about them…")): self.deeds.tell_all,
                ("users", _("Merge with another card…")): self.deeds.merge,
                ("trash-2", _("Erase for good…")): self.deeds.erase,
            }
        )
        self.head.note_asked.connect(lambda: self.start_note(EntryKind.NOTE))
        self.head.talk_asked.connect(lambda: self.start_note(EntryKind.TALK))
        self.head.step_asked.connect(self.deeds.add_step)
        self.head.plan_asked.connect(self.deeds.start_plan)
        self.view.asked_anew.connect(self.refresh)
        self.view.note.left.connect(self.left)
