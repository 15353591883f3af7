"""One thing to do: with a person, or a task of her own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from organizer.domain.consent import Channel, Purpose
from organizer.domain.result import FieldRefusal, Message, Refusal, Value
from organizer.domain.timeline import FollowUp
from organizer.i18n import _
from organizer.services import contacts, follow_ups
from organizer.ui.context import Context
from organizer.ui.dialogs.follow_up.day import DayField
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.pages.today.words import channel_name, purpose_name
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.messages import spoken

_WIDTH = 500


class StepDialog(MemberDialog):
    """Plans something with `person_id` (None: a task of her own), or changes the step `step_id`."""

    def __init__(
        self, context: Context, person_id: int | None, step_id: int = 0, parent: QWidget | None = None
    ) -> None:
        self._context = context
        today = context.file.clock().date()
        self._step = follow_ups.get(context.file, step_id) if step_id else FollowUp(0, person_id, today, "")
        super().__init__(self._title(), _("&Change") if step_id else _("&Plan it"), _WIDTH, parent)
        self.what = QLineEdit(self._step.body)
        self.day = DayField(today, _("When"), may_lack=True)
        self.day.set_day(self._step.due)
        self.channel, self.purpose = ComboBox(), ComboBox()
        self.form.add("body", _("&What"), self.what)
        self.form.add("due", _("Whe&n"), self.day)
        if person_id is not None:
            self._offer()
        self.what.setFocus()

    def _title(self) -> str:
        if self._step.person_id is None:
            return _("Change the task") if self._step.id else _("New task")
        person = contacts.get(self._context.file, self._step.person_id)
        return _("Plan something with {name}").format(name=person.name if person else "")

    def _offer(self) -> None:
        self.channel.addItem(channel_name(None), "")
        for channel in Channel:
            self.channel.addItem(channel_name(channel), channel.value)
        order = (Purpose.OTHER, Purpose.PROMISE, Purpose.SERVICE, Purpose.OFFER, Purpose.INVITATION)
        for purpose in (*order, Purpose.BUSINESS):
            self.purpose.addItem(purpose_name(purpose), purpose.value)
        self.channel.setCurrentIndex(self.channel.findData(self._step.channel or ""))
        self.purpose.setCurrentIndex(self.purpose.findData(self._step.purpose.value))
        self.form.add("purpose", _("What it is &for"), self.purpose)
        self.form.add("channel", _("&How"), self.channel)
        for box in (self.channel, self.purpose):
            box.activated.connect(lambda _place: self._check())
        self.day.changed.connect(self._check)
        self._check()

    def _wanted(self) -> FollowUp:
        told = self.channel.currentData()
        return replace(
            self._step,
            body=self.what.text(),
            due=self.day.day(),
            channel=Channel(told) if told else None,
            purpose=Purpose(self.purpose.currentData() or ""),
        )

    def _check(self) -> None:
        """Say at the field what isn't allowed, before she asks for it."""
        self.form.clear_errors()
        try:
            self._object(self._wanted())
        except FieldRefusal as refusal:
            if refusal.field == "channel":
                self.form.set_error("channel", spoken(refusal))
        self.grow()

    def _object(self, step: FollowUp) -> None:
        """Raise FieldRefusal where the step is selling that may not be planned: why, and how it may be instead."""
        reason = follow_ups.objection(self._context.file, step)
        if reason is None:
            return
        ways = [
            channel_name(channel)
            for channel in (*Channel, None)
            if follow_ups.objection(self._context.file, replace(step, channel=channel)) is None
        ]
        if ways:
            values: dict[str, Value] = {"reason": reason, "ways": ", ".join(ways)}
            raise FieldRefusal("channel", Message("{reason} Allowed: {ways}.", values))
        raise FieldRefusal("channel", reason)

    def accept(self) -> None:
        """Plan or change it; what stands in the way is said at its field."""
        self.form.clear_errors()
        context = self._context

        def deed() -> bool:
            step = self._wanted()
            self._object(step)
            (follow_ups.change if step.id else follow_ups.add)(context.file, step)
            return True

        try:
            stored = context.deed(deed, _("Saved") if self._step.id else _("It is planned."))
        except Refusal as refusal:
            self.refuse(refusal)
            return
        if stored:
            super().accept()
