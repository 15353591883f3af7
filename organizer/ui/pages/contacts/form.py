"""One contact, edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from organizer.domain.contact import Contact, Role, with_addresses
from organizer.i18n import _, format_birthday, format_date
from organizer.ui import theme
from organizer.ui.pages.contacts.form_extra import ExtraList
from organizer.ui.pages.contacts.picture import PictureBox
from organizer.ui.pages.record_form import RecordForm
from organizer.ui.pages.team.edits import to_date
from organizer.ui.widgets.addresses_editor import AddressesEditor, KindField
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.entries_editor import EntriesEditor
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.tags_editor import TagsEditor

_WHO = ("first_name", "middle_name", "last_name", "organization")


class ContactForm(RecordForm[Contact]):
    """Who it is and how to reach her on the left; where, what and which tags on the right; notes below."""

    shown = Signal(int, bool)
    """A contact is shown: the id, 0 for somebody who isn't stored yet; whether it is the same one as before."""
    named_anew = Signal(object)
    """Name, phone or e-mail are being typed: the Contact as it would be."""

    def __init__(self) -> None:
        super().__init__(Contact(), _("The chosen contact"), (3, 2))
        self._folded_for = 0
        self.picture = PictureBox()
        self._head()
        self.hint.setText(_("Kept as soon as there is a name, an organization, a phone or an e-mail."))
        self._line(self.left, "first_name", _("F&irst name"))
        self._line(self.left, "middle_name", _("&Middle name"))
        self._line(self.left, "last_name", _("&Last name"))
        self._more_names()
        self._line(self.left, "organization", _("&Organization"))
        phones = {"Mobile": _("Mobile"), "Home": _("Home"), "Work": _("Work")}
        emails = {"Home": _("Home"), "Work": _("Work")}
        self._entries("phones", _("&Phone"), EntriesEditor(_("Phone"), phones, _("Add a phone")))
        self._entries("emails", _("E-m&ail"), EntriesEditor(_("E-mail"), emails, _("Add an e-mail")))
        self._line(self.right, "street", _("&Street"))
        self._line(self.right, "postal_code", _("Postal &code"))
        self._line(self.right, "city", _("Cit&y"))
        self._line(self.right, "country", _("Co&untry"))
        self._addresses()
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
        self._form_notes()
        self._extra()
        self._source = Label(tone="muted", wrap=True, selectable=True)
        self.below.add("source", _("Source"), self._source)
        self._expires()
        self._watch_names()

    def named(self, record: Contact) -> str:
        """The contact's name as it is shown everywhere."""
        return record.name or _("New contact")

    def show_record(self, record: Contact, *, same: bool = False) -> None:
        """Show a contact, and where she came from."""
        before = self.record.id
        super().show_record(record, same=same)
        self._fold(record)
        written = _("Written in here by you")
        source = _("From {source}").format(source=record.source) if record.source else written
        added = _("Added {day}").format(day=format_date(record.added)) if record.added else ""
        self._source.setText("\n".join(filter(None, (source, added))))
        self._source.setAccessibleName(self._source.text())
        self.shown.emit(record.id, same or record.id == before != 0)

    def set_known_tags(self, tags: Sequence[str]) -> None:
        """The tags to offer while typing."""
        self._tags_editor.set_known(tags)

    def put_above(self, widget: QWidget) -> None:
        """Show something above the card."""
        self._column.insertWidget(0, widget)

    def _head(self) -> None:
        """The picture beside the name."""
        content = self.widget()
        layout = content.layout() if content else None
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - the base class has made it so
        self._column = layout
        head = QHBoxLayout()
        head.setSpacing(theme.M)
        layout.removeWidget(self.heading)
        head.addWidget(self.picture)
        head.addWidget(self.heading, 1)
        layout.insertLayout(0, head)

    def _watch_names(self) -> None:
        """Tell what is typed of who it is, before it is kept."""
        for key in _WHO:
            self.field(key).textEdited.connect(lambda _text: self._tell_names())
        for key in ("phones", "emails"):
            self.field(key).changed.connect(self._tell_names)

    def _tell_names(self) -> None:
        typed = {key: self.field(key).value().strip() for key in _WHO}
        entries = {key: self.field(key).entries() for key in ("phones", "emails")}
        self.named_anew.emit(replace(self.record, **typed, **entries))

    def _more_names(self) -> None:
        """Title, suffix and nickname stay out of the way until they are used."""
        self._names_button = button(_("More names"), self._unfold_names, icon="plus", kind="flat")
        self.left.wide(self._names_button)
        self._name_parts: list[QWidget] = []
        for key, label in (("prefix", _("Title")), ("suffix", _("After the name")), ("nickname", _("Nickname"))):
            self._name_parts.append(self._line(self.left, key, label))
            self._name_parts.append(self.field(key))

    def _unfold_names(self) -> None:
        self._show_names(True)
        self.field("prefix").setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_names(self, shown: bool) -> None:
        for part in self._name_parts:
            part.setVisible(shown)
        self._names_button.setVisible(not shown)

    def _fold(self, record: Contact) -> None:
        """Show what is used; of the same contact what was unfolded by hand stays."""
        used = bool(record.prefix or record.suffix or record.nickname)
        if used or record.id != self._folded_for or not record.id:
            self._show_names(used)
        self._folded_for = record.id
        for part, shown in (
            *((part, bool(record.more_addresses or record.address_label)) for part in self._kind_parts),
            *((part, bool(record.extra)) for part in self._extra_parts),
            (self._keep, record.expires is not None),
        ):
            part.setVisible(shown)

    def _addresses(self) -> None:
        """The kind of the first address, and the others."""
        kind = KindField()
        name = self.add(
            self.right,
            "address_label",
            _("Kind"),
            kind,
            lambda contact: kind.set_kind(contact.address_label),
            lambda contact: replace(contact, address_label=kind.kind()),
        )
        kind.committed.connect(lambda: self.tell("address_label"))
        self._kind_parts: tuple[QWidget, ...] = (name, kind)
        editor = AddressesEditor()
        self.add(
            self.right,
            "more_addresses",
            _("More addresses"),
            editor,
            lambda contact: editor.set_addresses(contact.more_addresses),
            lambda contact: replace(contact, more_addresses=editor.addresses()),
        )
        editor.changed.connect(lambda: self.tell("more_addresses"))
        editor.first_asked.connect(self._letters_go_to)

    def _letters_go_to(self, place: int) -> None:
        """Put one of the further addresses first."""
        all_ = list(self.record.addresses)
        place += len(all_) - len(self.record.more_addresses)
        if place < len(all_):
            first = all_.pop(place)
            self.committed.emit("more_addresses", with_addresses(self.record, [first, *all_]))

    def _form_notes(self) -> None:
        """The notes under the field's four headings, and what doesn't belong there."""
        self.below.section(_("What matters to them"))
        hint = _(
            "Nothing about health or skin, please: the law protects it specially (GDPR, article 9), "
            "and a sale is no reason to keep it."
        )
        self.below.wide(Label(hint, size="small", tone="muted", wrap=True))
        names = {
            "family": _("Family"),
            "occupation": _("Work life"),
            "recreation": _("Free time"),
            "message": _("What to tell"),
        }
        for key, label in names.items():
            self.add_notes(self.below, key, label, *_access(key))

    def _extra(self) -> None:
        """What the address book told besides."""
        extra = ExtraList()
        name = self.add(
            self.below,
            "extra",
            _("Also told"),
            extra,
            lambda contact: extra.set_lines(contact.extra),
            lambda contact: replace(contact, extra=extra.lines()),
        )
        extra.changed.connect(lambda: self.tell("extra"))
        self._extra_parts: tuple[QWidget, ...] = (name, extra)

    def _expires(self) -> None:
        """Until when a light record is kept."""
        self.add_text(
            self.below,
            "expires",
            _("Keep until"),
            lambda contact: format_date(contact.expires),
            lambda contact, text: replace(contact, expires=to_date("expires", text)),
        )
        self.field("expires").setPlaceholderText(_("For good"))
        self._keep = button(_("Keep for good"), self._keep_for_good, kind="flat")
        self.below.wide(self._keep)

    def _keep_for_good(self) -> None:
        self.committed.emit("expires", replace(self.record, expires=None))

    def _line(self, form: Form, key: str, label: str) -> QLabel:
        return self.add_text(form, key, label, *_access(key))

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


def _access(key: str) -> tuple[Callable[[Contact], str], Callable[[Contact, str], Contact]]:
    """How a text of a contact is read and put."""

    def read(contact: Contact) -> str:
        return str(getattr(contact, key))

    def put(contact: Contact, text: str) -> Contact:
        return replace(contact, **{key: text})  # type: ignore[arg-type]

    return read, put


def _birthday(contact: Contact, text: str) -> str:
    # what is shown may be shorter than what is stored: unchanged text means an unchanged day
    return contact.birthday if text.strip() == format_birthday(contact.birthday) else text
