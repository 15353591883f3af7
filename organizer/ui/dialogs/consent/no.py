"""Somebody said no, which is final; and the one way back."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from organizer.domain.consent import SaidNo, Topic
from organizer.i18n import _, format_number, ngettext
from organizer.services import consents, contacts
from organizer.ui.context import Context
from organizer.ui.dialogs.consent.base import ConsentDialog
from organizer.ui.widgets.boxes import ComboBox


class NoDialog(ConsentDialog):
    """Notes that a person said no to something, for good."""

    def __init__(self, context: Context, person_id: int, parent: QWidget | None = None) -> None:
        person = contacts.get(context.file, person_id)
        name = person.name if person else ""
        super().__init__(context, _("{name} said no").format(name=name), _("&Note the no"), parent)
        self._person, self._name = person_id, name
        self.topic, self.body = ComboBox(), QLineEdit()
        self.topic.addItem(_("Everything that is sold or offered"), Topic.EVERYTHING.value)
        self.topic.addItem(_("Parties"), Topic.PARTIES.value)
        self.topic.addItem(_("The business"), Topic.BUSINESS.value)
        hint = _("It is final: no list, plan or import brings them back. What is planned for it is closed.")
        self.form.add("topic", _("No &to"), self.topic, hint)
        self.form.add("day", _("W&hen"), self.day)
        self.form.add("body", _("In their wor&ds"), self.body, _("Can be left empty."))
        self.topic.setFocus()

    def accept(self) -> None:
        """Note it; what stands in the way is said at its field."""
        self.do(self._say)

    def _say(self) -> str:
        topic = Topic(self.topic.currentData())
        closed = consents.say_no(self._context.file, self._person, topic, self.day_of("day"), self.body.text())
        told = [_("Noted that {name} said no.").format(name=self._name)]
        if closed:
            text = ngettext("{count} planned contact is closed.", "{count} planned contacts are closed.", closed)
            told.append(text.format(count=format_number(closed)))
        return " ".join(told)


class LiftDialog(ConsentDialog):
    """Lifts a no that was noted by mistake, or whose person came back."""

    def __init__(self, context: Context, no: SaidNo, name: str, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Lift the no of {name}").format(name=name), _("&Lift the no"), parent)
        self._no = no
        self.body = QLineEdit()
        self.reason = ComboBox()
        self.reason.addItem(_("It was noted by mistake"), False)
        self.reason.addItem(_("They came back by themselves"), True)
        hint = _("Who came back is asked anew: what was agreed to before a no to everything holds no longer.")
        self.form.add("reason", _("What happ&ened"), self.reason, hint)
        self.form.add("body", _("&Why"), self.body, _("The reason is kept for good."))
        self.form.add("day", _("W&hen"), self.day)
        self.reason.setFocus()

    def accept(self) -> None:
        """Lift it; what stands in the way is said at its field."""
        self.do(self._lift)

    def _lift(self) -> str:
        came_back = bool(self.reason.currentData())
        consents.lift_no(
            self._context.file, self._no.id, self.day_of("day"), self.body.text(), came_back=came_back
        )
        return _("The no is lifted. Both stay in the history.")
