"""The chosen person's short story: how to reach them, what was said, what comes next, what they agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.i18n import _, format_date
from organizer.services.today import Story
from organizer.ui import theme
from organizer.ui.pages.today.words import channel_name, day_name, kind_name, one_line
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label, Line
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.plain_text import CommitLineEdit

_LONGEST = 300  # characters of an entry; the contact page has the whole of it


class StoryView(QWidget):
    """`noted(words, talked)` asks to note something of today."""

    noted = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        theme.margins(self._column, spacing=theme.S)
        self.reach, self.said, self.next, self.agreed = (_Lines(title) for title in ("", *_titles()))
        self.note = CommitLineEdit(_("A few words about today"))
        self.note.setPlaceholderText(_("A few words about today (F4)"))
        self.error = Label(tone="danger", wrap=True, size="small")
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.note, 1)
        row.addWidget(button(_("Add note"), lambda: self._tell(False)))
        row.addWidget(button(_("Talked today"), lambda: self._tell(True), kind="flat"))
        self.note.returnPressed.connect(lambda: self._tell(False))
        self._column.addWidget(self.reach)
        self._column.addLayout(row)
        self._column.addWidget(self.error)
        for part in (self.said, self.next, self.agreed):
            self._column.addWidget(part)

    def show_story(self, story: Story, same: bool) -> None:
        """Show a person's story. Of the `same` person, what is typed stays."""
        if not same:
            self.note.set_value("")
            self.error.hide()
        phones = [(entry.value, entry.label) for entry in story.person.phones]
        mails = [(entry.value, entry.label) for entry in story.person.emails]
        self.reach.show_lines([_labelled(*one) for one in phones], "title")
        self.reach.add_lines([_labelled(*one) for one in mails])
        self.said.show_lines([_entry(one.day, kind_name(one.kind), one.body) for one in story.entries])
        if not story.entries:
            self.said.show_lines([_("Nothing noted yet")])
        steps = [
            f"{day_name(step.due, story.day) if step.due else _('Without a day')}: {one_line(step.body)}"
            for step in story.steps
        ]
        self.next.show_lines(steps)
        self.next.setVisible(bool(steps))
        self.agreed.show_lines(self._agreements(story))

    def _agreements(self, story: Story) -> Sequence[str]:
        lines = [spoken(no) for no in story.noes]
        if story.channels:
            names = ", ".join(channel_name(channel) for channel in story.channels)
            lines.append(_("May be told of offers by: {channels}").format(channels=names))
        elif not story.is_final:
            lines.append(_("No consent to offers by e-mail, SMS, chat, phone or post."))
        return lines

    def _tell(self, talked: bool) -> None:
        self.error.hide()
        self.noted.emit(self.note.text(), talked)

    def refuse(self, words: str) -> None:
        """Say why the note isn't kept; it stays to be mended."""
        self.error.setText(words)
        self.error.show()


class _Lines(QWidget):
    """A heading and a few lines of plain text."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        theme.margins(self._column, spacing=theme.XS)
        self._head = 0
        if title:
            self._column.addWidget(Line())
            self._column.addWidget(Label(title, size="heading"))
            self._head = 2

    def show_lines(self, lines: Sequence[str], size: str = "body") -> None:
        """Show other lines."""
        while self._column.count() > self._head:
            item = self._column.takeAt(self._head)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        self.add_lines(lines, size)

    def add_lines(self, lines: Sequence[str], size: str = "body") -> None:
        """Show more lines below."""
        for text in lines:
            self._column.addWidget(Label(text, size=size, wrap=True, selectable=True))


def _titles() -> tuple[str, str, str]:
    return _("What was said"), _("What comes next"), _("What was agreed to")


def _labelled(value: str, label: str) -> str:
    names = {"Mobile": _("Mobile"), "Home": _("Home"), "Work": _("Work")}
    return f"{value}  ({names.get(label, label)})" if label else value


def _entry(day: date, kind: str, body: str) -> str:
    when = format_date(day)
    said = one_line(body)
    if len(said) > _LONGEST:
        said = said[:_LONGEST].rstrip() + "…"
    return f"{when} · {kind}: {said}" if said else f"{when} · {kind}"
