"""One contact, edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from organizer.domain.contact import Contact, Role
from organizer.i18n import _, format_birthday
from organizer.ui import theme
from organizer.ui.pages.record_form import RecordForm
from organizer.ui.widgets.entries_editor import EntriesEditor
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.tags_editor import TagsEditor


class ContactForm(RecordForm[Contact]):
    """Who it is and how to reach her on the left; where, what and which tags on the right; notes below."""

    shown = Signal(int)
    """Another contact is shown, or the same one anew: the id, 0 for somebody who isn't stored yet."""

    def __init__(self) -> None:
        super().__init__(Contact(), _("The chosen contact"), (3, 2))
        self.hint.setText(_("Kept as soon as there is a name, an organization, a phone or an e-mail."))
        self._line(self.left, "first_name", _("F&irst name"))
        self._line(self.left, "middle_name", _("&Middle name"))
        self._line(self.left, "last_name", _("&Last name"))
        self._line(self.left, "organization", _("&Organization"))
        phones = {"Mobile": _("Mobile"), "Home": _("Home"), "Work": _("Work")}
        emails = {"Home": _("Home"), "Work": _("Work")}
        self._entries("phones", _("&Phone"), EntriesEditor(_("Phone"), phones, _("Add a phone")))
        self._entries("emails", _("E-m&ail"), EntriesEditor(_("E-mail"), emails, _("Add an e-mail")))
        self._line(self.right, "street", _("&Street"))
        self._line(self.right, "postal_code", _("Postal &code"))
        self._line(self.right, "city", _("Cit&y"))
        self._line(self.right, "country", _("Co&untry"))
        self.add_text(
            self.right,
            "birthday",
            _("&Birthday"),
            lambda contact: format_birthday(contact.birthday),
            lambda contact, text: replace(contact, birthday=_birthday(contact, text)),
        )
        self._roles()
        self._tags()
        self.add_notes(
            self.below,
            "notes",
            _("No&tes"),
            lambda contact: contact.notes,
            lambda contact, text: replace(contact, notes=text),
        )
        self._source = Label(tone="muted", wrap=True, selectable=True)
        self.below.add("source", _("Source"), self._source)

    def named(self, record: Contact) -> str:
        """The contact's name as it is shown everywhere."""
        return record.name or _("New contact")

    def show_record(self, record: Contact, *, same: bool = False) -> None:
        """Show a contact, and where she came from."""
        super().show_record(record, same=same)
        written = _("Written in here by you")
        self._source.setText(_("From {source}").format(source=record.source) if record.source else written)
        self._source.setAccessibleName(self._source.text())
        self.shown.emit(record.id)

    def set_known_tags(self, tags: Sequence[str]) -> None:
        """The tags to offer while typing."""
        self._tags_editor.set_known(tags)

    def _line(self, form: Form, key: str, label: str) -> None:
        def read(contact: Contact) -> str:
            return str(getattr(contact, key))

        def put(contact: Contact, text: str) -> Contact:
            return replace(contact, **{key: text})  # type: ignore[arg-type]

        self.add_text(form, key, label, read, put)

    def _entries(self, key: str, label: str, editor: EntriesEditor) -> None:
        def put(contact: Contact) -> Contact:
            return replace(contact, **{key: editor.entries()})  # type: ignore[arg-type]

        self.add(self.left, key, label, editor, lambda contact: editor.set_entries(getattr(contact, key)), put)
        editor.changed.connect(lambda: self.tell(key))

    def _roles(self) -> None:
        roles = RoleBoxes()
        self.add(
            self.right,
            "roles",
            _("&Roles"),
            roles,
            lambda contact: roles.set_roles(contact.roles),
            lambda contact: replace(contact, roles=roles.roles()),
        )
        roles.changed.connect(lambda: self.tell("roles"))

    def _tags(self) -> None:
        editor = self._tags_editor = TagsEditor(_("Tags"))
        self.add(
            self.right,
            "tags",
            _("Ta&gs"),
            editor,
            lambda contact: editor.set_tags(contact.tags),
            lambda contact: replace(contact, tags=editor.tags()),
        )
        editor.changed.connect(lambda: self.tell("tags"))


class RoleBoxes(QWidget):
    """What a person is to the distributor: any of four."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        names = {
            Role.PROSPECT: _("Prospect"),
            Role.CUSTOMER: _("Customer"),
            Role.HOST: _("Host"),
            Role.DISTRIBUTOR: _("Distributor"),
        }
        flow = FlowLayout(self)
        theme.margins(flow, 0, theme.XS, spacing=theme.M)
        self.boxes = {role: QCheckBox(name) for role, name in names.items()}
        for box in self.boxes.values():
            flow.addWidget(box)
            box.clicked.connect(lambda: self.changed.emit())
        self.setFocusProxy(self.boxes[Role.PROSPECT])

    def roles(self) -> frozenset[Role]:
        """The roles that are ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def set_roles(self, roles: frozenset[Role]) -> None:
        """Tick these; nobody is told."""
        for role, box in self.boxes.items():
            box.setChecked(role in roles)


def _birthday(contact: Contact, text: str) -> str:
    # what is shown may be shorter than what is stored: unchanged text means an unchanged day
    return contact.birthday if text.strip() == format_birthday(contact.birthday) else text
