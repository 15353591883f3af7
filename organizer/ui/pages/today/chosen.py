"""What is chosen on the page of today: who, what is to be done, the three answers, and the short story."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.result import Message
from organizer.i18n import _, format_date
from organizer.services.today import Chosen
from organizer.ui import theme
from organizer.ui.pages.today.answers import Answers
from organizer.ui.pages.today.lines import Line
from organizer.ui.pages.today.story import StoryView
from organizer.ui.pages.today.words import channel_name, purpose_name
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken


class ChosenView(QScrollArea):
    """The right side of the page. `asked(deed)` is "open", "edit", "plan", "start", "stop", "drop" or "bought"."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("The chosen one"))
        self._shown: tuple[str, int] | None = None
        self._person = 0
        self.name = Label(size="title", wrap=True, selectable=True)
        self.what = Label(size="heading", wrap=True, selectable=True)
        self.about = Label(tone="muted", wrap=True)
        self.reason = Label(tone="amber", wrap=True)
        self.answers = Answers()
        self.story = StoryView()
        self.deeds = {
            key: button(text, partial(self.asked.emit, key), icon=icon, kind="flat")
            for key, (text, icon) in _deeds().items()
        }
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        inner = QWidget()
        inner.setProperty("page", True)
        column = QVBoxLayout(inner)
        theme.margins(column, theme.L, theme.S, spacing=theme.S)
        deeds = QWidget()
        flow = FlowLayout(deeds)
        theme.margins(flow)
        for made in self.deeds.values():
            flow.addWidget(made)
        for part in (self.name, self.what, self.about, self.reason, self.answers):
            column.addWidget(part)
        column.addWidget(deeds)
        column.addWidget(self.story)
        column.addStretch(1)
        self.setWidget(inner)

    def show_chosen(self, line: Line | None, found: Chosen | None, today: date) -> None:
        """Show what the list has chosen; nothing where it has nothing."""
        self.setVisible(line is not None and found is not None)
        if line is None or found is None:
            self._shown = None
            return
        same = self._shown == line[:2]
        same_person = bool(line.person_id) and self._person == line.person_id
        self._shown, self._person = line[:2], line.person_id
        step = found.step
        self.name.setText(line.title if line.person_id else _("Your own task"))
        self.what.setText(step.body if step else line.text)
        self.about.setText(_about(found, today))
        self.about.setVisible(bool(self.about.text()))
        self._object(found.reason)
        self.answers.setVisible(step is not None)
        if step:
            self.answers.show_step(step, today)
        person = found.story is not None
        for key, made in self.deeds.items():
            made.setVisible(
                key in ("edit", "drop") if not person else key not in ("edit", "drop") or step is not None
            )
        self.deeds["stop"].setVisible(step is not None and step.run > 0)
        self.story.setVisible(person)
        if found.story:
            self.story.show_story(found.story, same_person)
        if not same:
            self.verticalScrollBar().setValue(0)

    def _object(self, reason: Message | None) -> None:
        self.reason.setText(spoken(reason) if reason else "")
        self.reason.setVisible(reason is not None)


def _deeds() -> dict[str, tuple[str, str]]:
    return {
        "open": (_("Open the contact"), "users"),
        "plan": (_("Plan something…"), "calendar-days"),
        "start": (_("Start a follow-up plan…"), "list-checks"),
        "bought": (_("Note a purchase…"), "package"),
        "edit": (_("Change…"), "pencil"),
        "drop": (_("Needn't be done"), "x"),
        "stop": (_("Stop its plan"), "circle-x"),
    }


def _about(found: Chosen, today: date) -> str:
    step = found.step
    if step is None:
        return _("A greeting is no selling: it needs no consent.")
    if step.person_id is None:
        return "" if step.due in (today, None) else _("Planned for {day}").format(day=format_date(step.due))
    parts = [channel_name(step.channel), purpose_name(step.purpose)]
    if step.due and step.due != today:
        parts.append(_("Planned for {day}").format(day=format_date(step.due)))
    if found.plan:
        parts.append(_("Plan: {name}").format(name=found.plan))
    return " · ".join(parts)
