"""Contacts: everyone she knows, found at a keystroke and edited in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from organizer.domain.contact import Contact, cleaned, sort_key
from organizer.domain.result import Refusal
from organizer.i18n import _, format_date, format_number, ngettext
from organizer.services import consents, contacts
from organizer.services.contacts import ContactRow
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.models.contacts import PHONE, ContactsModel
from organizer.ui.pages.contacts.list_bar import ListBar
from organizer.ui.pages.list_page import ListPage
from organizer.ui.pages.list_pane import ListPane
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from pathlib import Path

    # the page that a start waits for: what only a deed needs is imported in the deed
    from organizer.ui.pages.contacts.form import ContactForm
    from organizer.ui.pages.contacts.story import Story

_SHARES = (0.23, 0.42, 0.35)
"""How much of the width list, card and story get."""

_WITH_PHONE = 400
"""From this width on the list shows phones."""

_STORY = frozenset(
    {
        "entry",
        "follow_up",
        "consent",
        "said_no",
        "relation",
        "person_picture",
        "product_like",
        "member",
        "member_past",
    }
)
"""The tables that only the story shows: the list need not be read anew for them."""


class ContactsPage(ListPage[ContactRow, Contact]):
    """The list of contacts, and the chosen one."""

    key = "contacts"
    icon = "users"
    offers = frozenset({"new", "delete", "import", "export", "report", "find"})
    tables = frozenset({"person", "person_phone", "person_email", "person_tag", "person_role", "person_address"})

    def __init__(self, context: Context) -> None:
        pane = ListPane(ContactsModel(), _("Contacts"), _("Search name, city, phone, tag"), _count)
        pane.set_widths(100, 130)
        self._contact_form: ContactForm | None = None
        self._story: Story | None = None
        self._story_is_old = False
        text = _("The people you sell to, meet and work with. Search finds them by name, city, phone or tag.")
        empty = EmptyState("users", _("No contacts yet"), text)
        empty.add_button(_("&Add a contact"), self.new_item, icon="user-plus", primary=True)
        empty.add_button(_("&Import contacts…"), self.import_file, icon="file-down")
        empty.add_button(_("&Paste names…"), self.paste_names, icon="copy")
        super().__init__(context, pane, self._new_form, empty)
        self.lists = ListBar(context)
        self.lists.attach(pane, self.report)
        self.add_menu(
            (_("New contact"), self.new_item),
            (_("Delete"), self.delete_items),
            (_("Merge…"), self.merge_items),
            (_("Who stands here twice?"), self.find_twins),
            (_("Paste names…"), self.paste_names),
            *self.lists.deeds(),
        )
        self._moved = False
        self._splitter.splitterMoved.connect(self._on_moved)
        for keys, do in (("F4", self._start_note), ("Ctrl+Tab", self._turn), ("Ctrl+Shift+Tab", self._turn_back)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def title(self) -> str:
        """The page's name."""
        return _("Contacts")

    def head_buttons(self) -> Sequence[QWidget]:
        """Import, PDF, New."""
        return (
            button(_("Import…"), self.import_file, icon="file-down"),
            button(_("P&DF…"), self.make_report, icon="file-text"),
            button(_("&New contact"), self.new_item, icon="user-plus", kind="primary"),
        )

    def read_rows(self) -> Sequence[ContactRow]:
        """Everyone in Contacts; the tags in use are offered in the form."""
        self._offer_tags()
        self._mark_noes()
        return contacts.rows(self.context.file)

    def update_rows(self, saved: Iterable[int]) -> None:
        """Only what was saved, put where it belongs: reading 100,000 anew would be felt at each field."""
        for id_ in saved:
            if row := contacts.row(self.context.file, id_):
                self.pane.put(row, key=lambda other: (sort_key(other.name), other.id))
        self._offer_tags()

    def read(self, id_: int) -> Contact | None:
        """A contact, None when she is gone or only stands in a team."""
        contact = contacts.get(self.context.file, id_)
        return contact if contact and contact.listed else None

    def blank(self) -> Contact:
        """Nobody yet."""
        return Contact()

    def check(self, draft: Contact) -> None:
        """Raise FieldRefusal for what can't be kept of someone who has no name yet."""
        cleaned(replace(draft, first_name="–"))

    def ready(self, draft: Contact) -> bool:
        """True when something says who it is."""
        return bool(draft.name.strip())

    def store(self, record: Contact) -> int:
        """Add or save. Raises FieldRefusal."""
        if not record.id:
            return contacts.add(self.context.file, record)
        contacts.save(self.context.file, record)
        return record.id

    def _noes(self, id_: int) -> dict[int, date]:
        """The days of a person's noes; none where they can't be read, which hinders no lock."""
        try:
            return {no.id: no.day for no in consents.standing(self.context.file, id_).noes}
        except Refusal:
            return {}

    def _store(self, key: str, after: Contact) -> None:
        """Say so where that brings back a no."""
        before = self._noes(after.id)
        super()._store(key, after)
        again = [day for no, day in self._noes(self.form.record.id).items() if no not in before]
        if again:
            self._mark_noes()
            text = _("Somebody with this phone or e-mail said no on {day}: noted again under “What may I do?”.")
            self.context.answered.emit(text.format(day=format_date(again[0])), True)

    def remove(self, ids: Sequence[int]) -> str:
        """Delete; those who stand in a team keep their place there."""
        first = self.read(ids[0])
        kept = contacts.delete(self.context.file, ids)
        gone = ngettext("{name} is deleted.", "{count} contacts are deleted.", len(ids))
        answer = gone.format(name=first.name if first else "", count=format_number(len(ids)))
        if kept:
            stays = ngettext("{count} keeps a place in the team.", "{count} keep their place in the team.", kept)
            answer += " " + stays.format(count=format_number(kept))
        return answer

    def import_file(self) -> None:
        """Ask for a contacts file, and bring it in."""
        if path := self.ask_open_path(_("Import contacts")):
            self.bring_in(path)

    def ask_open_path(self, title: str) -> Path | None:
        """Ask for a file with contacts; None when she changes her mind."""
        from organizer.ui.widgets import file_dialog

        kinds = _("Contacts (*.vcf *.vcard *.csv *.tsv *.txt *.xlsx *.xls *.ods);;All files (*)")
        return file_dialog.open_path(self, title, kinds)

    def bring_in(self, path: Path) -> None:
        """Read the contacts file at `path`, then show what it would change."""
        from organizer.ui.dialogs.contact_import import open_import

        open_import(self.context, path, self)

    def paste_names(self) -> None:
        """Ask for names, one a line, then show what they would change."""
        from organizer.ui.dialogs.contact_import import open_paste

        open_paste(self.context, self)

    def export_file(self) -> None:
        """Ask how and where contacts are to be written: all of them, or those that are shown."""
        from organizer.ui.dialogs.contact_import import open_export

        model = self.pane.model
        shown = [row.id for row in model.shown] if len(model.shown) < model.total else None
        open_export(self.context, self, shown)

    def make_report(self) -> None:
        """Show the contact list as a PDF."""
        from organizer.services import reports

        name = reports.suggested_name("contacts")
        self.report(name, _("Contacts"), lambda: reports.contact_list(self.context.file))

    @property
    def story(self) -> Story:
        """What happened with the chosen contact, beside the card. It is made together with the form."""
        self.form  # noqa: B018 - asking makes it
        assert self._story is not None  # noqa: S101 - the form has brought it
        return self._story

    def show_entry(self, entry_id: int) -> None:
        """Go to an entry in the story of the chosen contact."""
        self.story.show_entry(entry_id)

    def leave(self) -> bool:
        """Save what is typed in the card and in the story."""
        story_kept = self._story is None or self._story.commit()
        return super().leave() and story_kept

    def forget(self) -> None:
        """Show what is stored in place of what couldn't be."""
        super().forget()
        if self._story:
            self._story.forget()

    def _new_form(self) -> ContactForm:
        from organizer.ui.pages.contacts.card_deeds import CardDeeds
        from organizer.ui.pages.contacts.form import ContactForm
        from organizer.ui.pages.contacts.story import Story

        self._contact_form = ContactForm()
        self._offer_tags()
        form = self._contact_form
        story = self._story = Story(self.context)
        story.left.connect(self.pane.enter)
        self._splitter.addWidget(story)
        self._splitter.setStretchFactor(2, 1)
        self._share_out()
        form.shown.connect(lambda id_, _same: story.show_person(id_))
        story.setVisible(False)
        CardDeeds(self.context, form, self)
        return form

    def merge_items(self) -> None:
        """Lay the two selected cards side by side; where one is selected, ask for the other."""
        from organizer.ui.dialogs.merge import MergeDialog
        from organizer.ui.pages.contacts.story_merge import ChooseOther

        chosen = self.pane.selected()
        if len(chosen) == 2:
            MergeDialog(self.context, chosen[0], chosen[1], self).open()
        elif chosen:
            ChooseOther(self.context, self.pane.current(), self).open()

    def find_twins(self) -> None:
        """Look through everybody for those who stand here twice."""
        from organizer.ui.dialogs.merge import DuplicatesDialog

        DuplicatesDialog(self.context, self).open()

    def close_down(self) -> None:
        """Read nothing any more."""
        super().close_down()
        self.lists.close_down()

    def _mark_noes(self) -> None:
        from organizer.services import contact_page

        model = self.pane.model
        assert isinstance(model, ContactsModel)  # noqa: S101 - it was made so
        model.set_noes(contact_page.said_no_to_all(self.context.file))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: list, card and story share the room, until she has parted it herself."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        if not self._moved:
            room = max(self._splitter.width(), 1)
            self._splitter.setSizes([round(room * share) for share in _SHARES][: self._splitter.count()])
        self._fit_columns()

    def _on_moved(self) -> None:
        self._moved = True
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Where the list is narrow the name is worth more than the phone, which stands in the card."""
        self.pane.table.setColumnHidden(PHONE, self._splitter.sizes()[0] < theme.scaled(_WITH_PHONE))

    def _start_note(self) -> None:
        self.story.start_note()

    def _turn(self) -> None:
        self.story.turn(True)

    def _turn_back(self) -> None:
        self.story.turn(False)

    def _show_side(self) -> None:
        super()._show_side()
        if self._story:
            self._story.setVisible(bool(self._story.person) and self._side.currentWidget() is self._form)

    def _on_changed(self, touched: frozenset[str]) -> None:
        super()._on_changed(touched)
        if touched & _STORY and not touched & self.tables:
            self._story_is_old = True
            if self.isVisible():
                self._catch_up_with_story()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: catch up with what happened while another page was shown."""
        super().showEvent(event)
        if self._story_is_old:
            self._catch_up_with_story()

    def _catch_up_with_story(self) -> None:
        self._story_is_old = False
        self._mark_noes()
        if self._story:
            self._story.refresh()

    def _offer_tags(self) -> None:
        if self._contact_form:
            self._contact_form.set_known_tags(contacts.tags(self.context.file))


def _count(total: int) -> str:
    return ngettext("{count} contact", "{count} contacts", total).format(count=format_number(total))
