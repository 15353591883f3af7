"""The what-if: other figures for those who are there, and the list of what is changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from organizer.domain.commission.plan import Volume, VolumeSource
from organizer.domain.money import volume_amount
from organizer.domain.result import FieldRefusal
from organizer.i18n import _, format_number, language
from organizer.services.earnings import Estimate
from organizer.services.team_links import label
from organizer.ui import theme
from organizer.ui.dialogs.picker import Picker
from organizer.ui.pages.earnings.wishes import Key, Wishes, known
from organizer.ui.pages.figures import to_thousandths
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.tab_order import TabAnchor

_SOON = 40
"""Milliseconds after the last key until the sums follow: a quick hand isn't held up by a large team."""

_LEAST_LETTERS = 8
"""So many letters of a list's lines are always seen."""

_CHOICES = (None, True, False)
"""Activity as the list offers it: as it is now, active, not active."""

_RETURNED, _ACTIVE, _WHO = "returned", "active", "who"


class WhatIf(QWidget):
    """Chooses a member and changes her figures. `changed` comes soon after each change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wishes = Wishes()
        self._now: Estimate | None = None
        self._member = -1
        self.fields: dict[str, QLineEdit] = {}
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.changed)
        column = QVBoxLayout(self)
        theme.margins(column)
        text = _(
            "Change the figures of those who are in your team, or your own, and see what they would give. "
            "Nobody is added: it is no forecast."
        )
        column.addWidget(Label(text, tone="muted", wrap=True))
        self._order = TabAnchor(self)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self._list_title = Label("", bold=True)
        column.addWidget(self._list_title)
        self._list_order = TabAnchor(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        self.picker: Picker | None = None
        self.form: Form | None = None

    def begin(self, now: Estimate) -> None:
        """Start from an estimate, with nothing changed and herself chosen."""
        self._now = now
        self.wishes.clear()
        self._build(now)
        self._choose(now.team.me)
        self._fill_list()

    def go_on(self, now: Estimate) -> bool:
        """Go on from an estimate made anew, if the changes still mean the same; False where they don't."""
        before = self._now
        if before is None or list(before.team.ids) != list(now.team.ids):
            return False
        if (before.statement.period, before.plan) != (now.statement.period, now.plan):
            return False
        self._now = now
        self._show_member(self._member)
        self._fill_list()
        return True

    def reset(self) -> None:
        """Take every change back."""
        self.wishes.clear()
        self._choose(self._member)
        self._on_change()

    def end(self) -> None:
        """Let go of the estimate."""
        self._soon.stop()
        self._now = None

    def focus(self) -> None:
        """Go to the first field."""
        if self.picker:
            self.picker.setFocus()
            self.picker.selectAll()

    # the fields

    def _build(self, now: Estimate) -> None:
        """The finder, and room for the fields of whoever is chosen."""
        _empty(self._place)
        self.picker = Picker(_choices(now), _("Whose figures"), _("Search name or number"))
        self.picker.picked.connect(self._on_picked)
        self.picker.returnPressed.connect(self._take_first)
        self.picker.editingFinished.connect(self._name_again)
        who = Form()
        who.add(_WHO, _("Wh&o"), self.picker)
        self._fields_place = QVBoxLayout()
        theme.margins(self._fields_place)
        self._place.addWidget(who)
        self._place.addLayout(self._fields_place)

    def _on_picked(self, id_: int) -> None:
        if self._now and id_:
            self._show_member(self._now.team.ids.index(id_))

    def _take_first(self) -> None:
        """Enter takes the first of those who fit what is written."""
        if self._now and self.picker and not self.picker.chosen():
            hits = self.picker.offered(self.picker.text())
            if hits:
                self._choose(hits[0])

    def _name_again(self) -> None:
        """Nobody is called what was written: the name of whose figures are shown comes back."""
        if self._now and self.picker and not self.picker.chosen():
            with QSignalBlocker(self.picker):
                self.picker.choose(self._now.team.ids[self._member])

    def _choose(self, member: int) -> None:
        if self._now and self.picker:
            with QSignalBlocker(self.picker):
                self.picker.choose(self._now.team.ids[member])
            self._show_member(member)

    def _show_member(self, member: int) -> None:
        """Show whose figures can be changed now, with the changes made so far."""
        assert self._now is not None and self.picker is not None  # noqa: S101, PT018 - it has begun
        self._member = member
        _empty(self._fields_place)
        self.form = form = Form()
        self.fields = {}
        for volume in self._now.plan.volumes:
            # what she sells herself is nobody else's figure
            if volume.source is VolumeSource.MEMBER or member == self._now.team.me:
                self._add_field(form, volume)
        self._add_activity(form)
        self._add_return(form)
        self._fields_place.addWidget(form)
        self._order.lead([self.picker, *self.fields.values(), self.active, self.of, self.returned, self.take_off])

    def _add_field(self, form: Form, volume: Volume) -> None:
        assert self._now is not None  # noqa: S101 - as above
        name = volume.name.in_language(language())
        before = known(self._now, self._member, volume.id)
        amount = self.wishes.volume(self._now, self._member, volume.id)
        field = QLineEdit("" if amount is None else format_number(volume_amount(amount)))
        field.setAccessibleName(name)
        field.setPlaceholderText(_("not known") if before is None else _as_now(before))
        field.textEdited.connect(partial(self._on_volume, volume.id))
        # a plan's names may be long: they wrap rather than push the fields out of sight
        form.add(volume.id, name.replace("&", "&&"), field).setWordWrap(True)
        self.fields[volume.id] = field

    def _add_activity(self, form: Form) -> None:
        assert self._now is not None  # noqa: S101 - as above
        self.active = _narrow(ComboBox())
        is_active = bool(self._now.snapshot.active[self._member])
        self.active.addItem(_("As now: active") if is_active else _("As now: not active"))
        self.active.addItems([_("Active"), _("Not active")])
        self.active.setCurrentIndex(_CHOICES.index(self.wishes.activity(self._member)))
        self.active.setEnabled(bool(self._now.snapshot.distributors[self._member]))
        self.active.activated.connect(self._on_active)
        form.add(_ACTIVE, _("&Active"), self.active)

    def _add_return(self, form: Form) -> None:
        """What an order that comes back takes off a volume."""
        assert self._now is not None  # noqa: S101 - as above
        self.of = _narrow(ComboBox())
        self.of.setAccessibleName(_("Which figure the returned order lowers"))
        for volume in self._now.plan.volumes:
            if volume.id in self.fields:
                self.of.addItem(volume.name.in_language(language()), volume.id)
        self.returned = QLineEdit()
        self.returned.setAccessibleName(_("Returned order"))
        self.returned.returnPressed.connect(self._on_returned)
        self.take_off = button(_("&Take off"), self._on_returned)
        cell = QWidget()
        column, row = QVBoxLayout(cell), QHBoxLayout()
        theme.margins(column, spacing=theme.XS)
        column.addWidget(self.of)
        row.addWidget(self.returned, 1)
        row.addWidget(self.take_off)
        column.addLayout(row)
        self.of.setVisible(self.of.count() > 1)
        form.add(_RETURNED, _("Ret&urned"), cell).setBuddy(self.of)

    # what is changed

    def _on_volume(self, volume: str, text: str) -> None:
        if self._now is None or self.form is None:
            return
        try:
            amount = to_thousandths(volume, text)
        except FieldRefusal as refusal:
            # a lone sign is the beginning of a figure
            told = "" if text.strip() in ("-", "\N{MINUS SIGN}") else spoken(refusal)
            self.form.set_error(volume, told)
            return
        self.form.set_error(volume, "")
        self.wishes.set_volume(self._now, self._member, volume, amount)
        self._on_change()

    def _on_active(self) -> None:
        self.wishes.set_active(self._member, _CHOICES[self.active.currentIndex()])
        self._on_change()

    def _on_returned(self) -> None:
        if self._now is None or self.form is None:
            return
        volume = str(self.of.currentData())
        try:
            amount = to_thousandths(_RETURNED, self.returned.text())
        except FieldRefusal as refusal:
            self.form.set_error(_RETURNED, spoken(refusal))
            return
        self.form.set_error(_RETURNED, "" if amount else _("Write what comes back."))
        if amount:
            before = self.wishes.volume(self._now, self._member, volume) or 0
            self.wishes.set_volume(self._now, self._member, volume, before - abs(amount))
            self.returned.clear()
            self._show_member(self._member)
            self._on_change()

    def _on_change(self) -> None:
        self._fill_list()
        self._soon.start()

    def _remove(self, key: Key) -> None:
        self.wishes.remove(key)
        self._show_member(self._member)
        self._on_change()
        self.focus()

    def _fill_list(self) -> None:
        assert self._now is not None  # noqa: S101 - it has begun
        _empty(self._list)
        keys = self.wishes.keys()
        self._list_title.setText(_("What is changed") if keys else _("Nothing is changed yet."))
        stops = []
        for key in keys:
            text = self.wishes.words(self._now, key)
            away = icon_button("x", _("Take back: {change}").format(change=text), partial(self._remove, key))
            line = QWidget()
            row = QHBoxLayout(line)
            theme.margins(row, spacing=theme.XS)
            row.addWidget(Label(text, wrap=True), 1)
            row.addWidget(away)
            self._list.addWidget(line)
            stops.append(away)
        self._list_order.lead(stops)


def _empty(layout: QLayout) -> None:
    while item := layout.takeAt(0):
        if inner := item.layout():
            _empty(inner)
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


def _narrow(box: ComboBox) -> ComboBox:
    """The box, which takes the width there is and not that of its longest line."""
    box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_LEAST_LETTERS)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


def _choices(now: Estimate) -> list[tuple[int, str]]:
    team = now.team
    return [
        (id_, label(now.name_of(place), number))
        for place, (id_, number) in enumerate(zip(team.ids, team.numbers, strict=True))
    ]


def _as_now(amount: int) -> str:
    return _("{amount} now").format(amount=format_number(volume_amount(amount)))
