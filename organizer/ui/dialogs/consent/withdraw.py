"""A consent is taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from organizer.domain.consent import Consent
from organizer.i18n import _, format_number, ngettext
from organizer.services import consents
from organizer.ui.context import Context
from organizer.ui.dialogs.consent import words
from organizer.ui.dialogs.consent.base import ConsentDialog
from organizer.ui.widgets.boxes import ComboBox


class WithdrawDialog(ConsentDialog):
    """Notes that a consent was withdrawn. It stays in the ledger, with the day."""

    def __init__(self, context: Context, consent: Consent, name: str, parent: QWidget | None = None) -> None:
        title = _("{name} takes back: {channel}")
        title = title.format(name=name, channel=words.channel_title(consent.channel))
        super().__init__(context, title, _("&Withdraw it"), parent)
        self._consent = consent
        self.how = ComboBox()
        self.how.addItems(list(words.ways()))
        self.how.setEditable(True)
        self.form.add("day", _("W&hen"), self.day)
        hint = _("What you planned to sell that way is dropped. The consent stays in the history.")
        self.form.add("how", _("H&ow"), self.how, hint)
        self.day.setFocus()

    def accept(self) -> None:
        """Note it; what stands in the way is said at its field."""
        self.do(self._withdraw)

    def _withdraw(self) -> str:
        file = self._context.file
        ended = consents.withdraw(file, self._consent.id, self.day_of("day"), self.how.currentText())
        return " ".join(filter(None, (_("The consent is withdrawn."), dropped(ended))))


def dropped(count: int) -> str:
    """How many plans went with it; nothing where none did."""
    if not count:
        return ""
    text = ngettext("{count} planned contact is dropped.", "{count} planned contacts are dropped.", count)
    return text.format(count=format_number(count))
