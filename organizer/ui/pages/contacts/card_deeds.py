"""What is done around a card: its picture, and the hint that somebody may stand here already."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from organizer.domain.contact import Contact
from organizer.i18n import _
from organizer.services import pictures
from organizer.ui.context import Context
from organizer.ui.pages.contacts.alike_hint import AlikeHint
from organizer.ui.pages.contacts.form import ContactForm
from organizer.ui.pages.page import Page


class CardDeeds(QObject):
    """Serves the form of `page`."""

    def __init__(self, context: Context, form: ContactForm, page: Page) -> None:
        super().__init__(form)
        self._context, self._form, self._page = context, form, page
        self.hint = AlikeHint(context)
        form.put_above(self.hint)
        form.shown.connect(self._on_shown)
        form.named_anew.connect(self.hint.show_for)
        form.picture.chosen.connect(self._put_picture)
        form.picture.removed.connect(lambda: self._put_picture(None))
        self.hint.open_asked.connect(page.show_item)
        self.hint.merge_asked.connect(self._merge)
        context.changed.connect(self._on_changed)

    def _on_shown(self, person_id: int, same: bool) -> None:
        if not same:
            self.hint.show_for(Contact(id=person_id))  # nobody is looked for until something is typed
            self._show_picture()

    def _on_changed(self, touched: frozenset[str]) -> None:
        if "person_picture" in touched:
            self._show_picture()

    def _show_picture(self) -> None:
        id_ = self._form.record.id
        self._form.picture.setVisible(id_ != 0)
        self._form.picture.show_picture(pictures.of_person(self._context.file, id_) if id_ else None)

    def _put_picture(self, path: Path | None) -> None:
        file, person = self._context.file, self._form.record
        answer = _("The picture is kept.") if path else _("The picture is removed.")
        self._context.deed(lambda: pictures.set_of_person(file, person.id, path), answer)

    def _merge(self, other_id: int) -> None:
        from organizer.ui.dialogs.merge import MergeDialog

        MergeDialog(self._context, self._form.record.id, other_id, self._page).open()
