"""A member's contact card and notes. She is one person, in Contacts and in every team."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics

from organizer.domain.contact import Contact
from organizer.i18n import _, format_number, ngettext
from organizer.ui import theme
from organizer.ui.pages.team.member.section import Section
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.plain_text import CommitLineEdit, CommitPlainText

_FEWEST, _MOST = 3, 12
"""How many lines of a note are seen at once."""


class Card(Section):
    """`committed(field, text)` tells of a detail that was changed; the two buttons are for the panel."""

    committed = Signal(str, str)
    add_asked = Signal()
    open_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Contact"))
        self.form = Form()
        self.fields: dict[str, CommitLineEdit] = {}
        names = {
            "phones": _("Phone"),
            "emails": _("E-mail"),
            "street": _("Street"),
            "postal_code": _("Postal code"),
            "city": _("Town"),
        }
        for field, name in names.items():
            line = CommitLineEdit(name)
            line.committed.connect(lambda text, which=field: self.committed.emit(which, text))
            self.form.add(field, name, line)
            self.fields[field] = line
        self._more = Label(size="small", tone="muted", wrap=True)
        self.add = button(_("Add to Contacts"), self.add_asked.emit, icon="user-plus", kind="flat")
        self.open = button(_("Open in Contacts"), self.open_asked.emit, icon="users", kind="flat")
        self.head.addWidget(self.add)
        self.head.addWidget(self.open)
        self.column.addWidget(self.form)
        self.column.addWidget(self._more)

    def show_person(self, person: Contact, same: bool) -> None:
        """Show a person's details. Of the `same` one, what isn't kept yet stays."""
        values = {
            "phones": person.phones[0].value if person.phones else "",
            "emails": person.emails[0].value if person.emails else "",
            "street": person.street,
            "postal_code": person.postal_code,
            "city": person.city,
        }
        for name, text in values.items():
            if not (same and (self.form.error(name) or self.fields[name].changed())):
                self.form.set_error(name, "")
                self.fields[name].set_value(text)
        more = max(len(person.phones) - 1, 0) + max(len(person.emails) - 1, 0)
        text = ngettext("{count} more is in Contacts.", "{count} more are in Contacts.", more)
        self._more.setText(text.format(count=format_number(more)))
        self._more.setVisible(more > 0)
        self.add.setVisible(not person.listed)
        self.open.setVisible(person.listed)

    def commit(self) -> bool:
        """Tell of what is typed, and again of what couldn't be kept; False when some still can't."""
        for name, field in self.fields.items():
            field.commit(again=bool(self.form.error(name)))
        return not any(self.form.error(name) for name in self.fields)


class Notes(Section):
    """`committed(text)` tells of a note that was changed: the same note that Contacts shows."""

    committed = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Notes"))
        self.text = CommitPlainText(_("Notes"), _("What you want to remember about her"))
        self.text.document().documentLayout().documentSizeChanged.connect(lambda size: self._fit(size.height()))
        self.text.committed.connect(self._tell)
        self._error = Label(tone="danger", wrap=True, size="small")
        self._error.hide()
        self.column.addWidget(self.text)
        self.column.addWidget(self._error)
        self._fit(0)

    def _tell(self, text: str) -> None:
        self._error.hide()
        self.committed.emit(text)

    def show_person(self, person: Contact, same: bool) -> None:
        """Show a person's notes. Of the `same` one, what isn't kept yet stays."""
        if not (same and (self.text.changed() or not self._error.isHidden())):
            self._error.hide()
            self.text.set_value(person.notes)

    def refuse(self, words: str) -> None:
        """Say why the note isn't kept; it stays to be mended."""
        self._error.setText(words)
        self._error.show()

    def commit(self) -> bool:
        """Tell of what is typed, and again of what couldn't be kept; False when it still can't."""
        if not self._error.isHidden():
            self._tell(self.text.value())
        self.text.commit()
        return self._error.isHidden()

    def _fit(self, lines: float) -> None:
        # as tall as what is written, within reason
        shown = min(max(lines, _FEWEST), _MOST)
        self.text.setFixedHeight(round(QFontMetrics(theme.font()).lineSpacing() * shown) + theme.XL)
