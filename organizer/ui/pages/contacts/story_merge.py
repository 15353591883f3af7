"""Ask which other card is the same person, to merge the two."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from organizer.domain.result import FieldRefusal, Message
from organizer.i18n import _
from organizer.services import relations
from organizer.ui.context import Context
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.pages.contacts.relations_add import PersonField

_WIDTH = 420


class ChooseOther(MemberDialog):
    """Goes on to both cards side by side; nothing is merged here."""

    def __init__(self, context: Context, person_id: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Merge two cards"), _("&Go on"), _WIDTH, parent)
        self._context, self._person = context, person_id
        name, hint = _("The other card"), _("Type a name")
        self.other = PersonField(lambda text: relations.find(context.file, text, person_id), name, hint)
        self.form.add("other", _("The &other card"), self.other)

    def accept(self) -> None:
        """Show both cards side by side."""
        if not self.other.chosen():
            message = Message("Choose somebody from the list that comes as you type.")
            self.refuse(FieldRefusal("other", message))
            return
        from organizer.ui.dialogs.merge import MergeDialog

        dialog = MergeDialog(self._context, self._person, self.other.chosen(), self.parentWidget())
        super().accept()
        dialog.open()
