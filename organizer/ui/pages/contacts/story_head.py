"""Who is looked at, when they last talked, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from organizer.i18n import _, format_date
from organizer.services.contact_page import PersonPage
from organizer.ui import icons, theme
from organizer.ui.pages.contacts.story_words import facts, no_words, talked
from organizer.ui.widgets.buttons import ToolButton, button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label, OneLine


class StoryHead(QWidget):
    """The buttons ask; the page knows the deeds. `more` is for whoever lays out the column."""

    note_asked = Signal()
    talk_asked = Signal()
    plan_asked = Signal()
    step_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = OneLine(size="heading")
        self.facts = Label(wrap=True, tone="muted")
        self.talked = Label(wrap=True)
        self.noes = Label(wrap=True, tone="amber", bold=True)
        self.note = button(_("Note"), self.note_asked.emit, icon="pencil", tip=_("Write what happened (F4)"))
        self.talk = button(_("We talked"), self.talk_asked.emit, icon="messages-square")
        self.step = button(_("Next step…"), self.step_asked.emit, icon="plus")
        self.plan = button(_("Plan…"), self.plan_asked.emit, icon="calendar")
        self.more = ToolButton()
        self.more.setText(_("More"))
        self.more.setAccessibleName(_("More"))
        theme.set_style(self.more, toggle=True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        for label in (self.name, self.facts, self.talked, self.noes):
            column.addWidget(label)
        deeds = QWidget()
        flow = FlowLayout(deeds)
        theme.margins(flow, spacing=theme.S)
        for made in (self.note, self.talk, self.step, self.plan):
            flow.addWidget(made)
        column.addWidget(deeds)

    def show_page(self, page: PersonPage, today: date) -> None:
        """Tell of this person."""
        self.name.say(page.contact.name)
        told = facts(page, today)
        self.facts.setText(told)
        self.facts.setVisible(bool(told))
        self.talked.setText(talked(page, today))
        noes = [f"{no_words(no)} ({format_date(no.day)})" for no in page.noes if no.lifted is None]
        self.noes.setText("\n".join(noes))
        self.noes.setVisible(bool(noes))

    def add_more(self, deeds: Mapping[tuple[str, str], Callable[[], object]]) -> None:
        """Offer rarer deeds under "More": by picture and text."""
        menu = self.more.menu()
        for (picture, text), do in deeds.items():
            action = QAction(text, menu)
            icons.show_on(action, picture)
            action.triggered.connect(lambda _checked=False, run=do: run())
            menu.addAction(action)
