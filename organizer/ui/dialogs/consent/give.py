"""What somebody agreed to: on which channels, when, how, and in which words."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from organizer.domain.consent import Basis, Channel
from organizer.i18n import _
from organizer.services import consents, contacts, files
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.consent import words
from organizer.ui.dialogs.consent.base import ConsentDialog
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.label import Label

_LINES = 110


class GiveDialog(ConsentDialog):
    """Notes consents of a person; `chosen` are the channels that are ticked at first."""

    def __init__(
        self, context: Context, person_id: int, chosen: Collection[Channel] = (), parent: QWidget | None = None
    ) -> None:
        person = contacts.get(context.file, person_id)
        name = person.name if person else ""
        super().__init__(context, _("What {name} agreed to").format(name=name), _("&Note it"), parent)
        self._person, self._name = person_id, name
        self._owner = files.owner(context.file).name
        self.channels = {channel: QCheckBox(words.channel_title(channel)) for channel in Channel}
        self.law = Label(_why(Basis.CONSENT), size="small", tone="muted", wrap=True)
        self.basis, self.how, self.wording = ComboBox(), ComboBox(), QPlainTextEdit()
        self._build(chosen)
        self._offered = ""
        self._offer()
        self._connect()
        next(iter(self.channels.values())).setFocus()

    def _build(self, chosen: Collection[Channel]) -> None:
        ticks = QWidget()
        column = QVBoxLayout(ticks)
        theme.margins(column, spacing=theme.XS)
        for channel, box in self.channels.items():
            box.setChecked(channel in chosen)
            column.addWidget(box)
        ticks.setFocusProxy(next(iter(self.channels.values())))
        self.basis.addItem(_("They agreed"), Basis.CONSENT.value)
        self.basis.addItem(_("They bought something and gave the address then"), Basis.CUSTOMER.value)
        self.how.addItems(list(words.ways()))
        self.how.setEditable(True)
        self.wording.setTabChangesFocus(True)
        self.wording.setFixedHeight(theme.scaled(_LINES))
        self.form.add("channels", _("May be reached by"), ticks)
        self.form.add("basis", _("&Why"), self.basis)
        self.form.wide(self.law)
        self.form.add("given", _("W&hen"), self.day)
        self.form.add("how", _("H&ow"), self.how)
        hint = _("Write the words that were really used. They are kept as they are, to be shown if somebody asks.")
        self.form.add("wording", _("In these wor&ds"), self.wording, hint)

    def _connect(self) -> None:
        for box in self.channels.values():
            box.toggled.connect(self._offer)
        self.basis.activated.connect(self._on_basis)

    def _on_basis(self) -> None:
        self.law.setText(_why(self._basis()))
        self._offer()
        self.grow()

    def _basis(self) -> Basis:
        return Basis(self.basis.currentData())

    def _chosen(self) -> list[Channel]:
        return [channel for channel, box in self.channels.items() if box.isChecked()]

    def _offer(self) -> None:
        """Offer a wording for what is chosen; what she wrote herself stays."""
        if self.wording.toPlainText() == self._offered:
            self._offered = words.wording(self._owner, self._chosen(), self._basis())
            self.wording.setPlainText(self._offered)

    def accept(self) -> None:
        """Note it; what stands in the way is said at its field."""
        self.do(self._give)

    def _give(self) -> str:
        consents.give(
            self._context.file,
            self._person,
            self._chosen(),
            self.day_of("given"),
            self.how.currentText(),
            self.wording.toPlainText(),
            self._basis(),
        )
        return _("Noted what {name} agreed to.").format(name=self._name)


def _why(basis: Basis) -> str:
    if basis is Basis.CONSENT:
        return _(
            "Asked for when you met, or written by themselves. Even a message that asks for it is advertising."
        )
    return _(
        "The law lets you write to a customer about goods like those bought, by e-mail, SMS and chat, if they "
        "could say no then and can each time (markedsføringsloven § 10 (2)). Not call, not invite to the business."
    )
