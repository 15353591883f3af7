"""Both cards side by side until they are one: what is kept is chosen, and what comes of it is seen before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import duplicates, merging
from organizer.services.merging import MergeProposal
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.merge import words
from organizer.ui.dialogs.merge.choices import DifferenceRows, UnitedLists
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.room import fit

_WIDTH, _HEIGHT = 860, 620


class Card(QFrame):
    """One of the two cards in a few lines, and the choice to keep it."""

    def __init__(self, contact: Contact, word: str) -> None:
        super().__init__()
        theme.set_style(self, card=True)
        self.keep = QRadioButton(word)
        self.keep.setAccessibleName(_("Keep the card of {name}").format(name=words.title(contact)))
        column = QVBoxLayout(self)
        theme.margins(column, theme.M, spacing=theme.XS)
        column.addWidget(Label(words.title(contact), size="heading", wrap=True))
        for line in words.summary(contact):
            column.addWidget(Label(line, wrap=True, tone="muted"))
        column.addStretch()
        column.addWidget(self.keep)


class MergeDialog(QDialog):
    """Lets two people (by id) become one. `accepted` tells that it was done; nothing is merged before.

    The first one's card is kept unless she chooses the other's.
    """

    def __init__(self, context: Context, keep_id: int, other_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Merge two cards"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit(self, _WIDTH, _HEIGHT)
        self._context, self._ids = context, (keep_id, other_id)
        self.plan: MergeProposal | None = None
        self.rows, self.lists = DifferenceRows(), UnitedLists()
        self.problem = Label(tone="danger", wrap=True)
        self.go = button(_("&Merge"), self.accept, icon="users", kind="primary")
        self.two = button(_("They are &two people"), self.part)
        self._build()
        self._propose()
        self.rows.changed.connect(self._preview)
        self.lists.changed.connect(self._preview)
        if self.cards:
            self.cards[0].keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> Contact:
        """The card that comes of what is chosen."""
        assert self.plan is not None  # noqa: S101 - nothing can be chosen without one
        both = merging.merged(self.plan.keep, self.plan.other, self.rows.sides())
        return merging.without(both, self.lists.left_out())

    def kept_left(self) -> bool:
        """Whether the left card is the one that is kept."""
        return not self.cards or self.cards[0].keep.isChecked()

    def accept(self) -> None:
        """Merge; a refusal is said here, and the dialog stays."""
        if self.plan is None or self.plan.obstacle:
            return
        plan, card, theirs = self.plan, self.chosen(), self.picture.isChecked()
        try:
            merging.merge(self._context.file, plan.keep.id, plan.other.id, card, other_picture=theirs)
        except Refusal as refusal:
            self._refuse(spoken(refusal))
            return
        super().accept()
        self._context.answered.emit(_("{name} is one card now.").format(name=words.title(card)), True)

    def part(self) -> None:
        """Note that these are two people, who are not asked about again."""
        try:
            duplicates.different(self._context.file, *self._ids)
        except Refusal as refusal:
            self._refuse(spoken(refusal))
            return
        self.reject()
        self._context.answered.emit(_("Noted: these are two people."), True)

    def _build(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        theme.margins(self._column, theme.L, spacing=theme.M)
        text = _("Choose what is kept. Nothing is lost but what you leave out, and undo brings both cards back.")
        self._column.addWidget(Label(text, tone="muted", wrap=True))
        self.cards: list[Card] = []
        self._side_by_side = QHBoxLayout()
        self._side_by_side.setSpacing(theme.M)
        self._column.addLayout(self._side_by_side)
        self.differ = self._part(_("Where they differ"), self.rows)
        self.picture = QCheckBox(_("Use the &picture of the card that goes"))
        self._column.addWidget(self.picture)
        self.unite = self._part(_("From both: untick what is to be left out"), self.lists)
        self.along = Label(wrap=True)
        self._along = self._part(_("What goes along"), self.along)
        self.outcome = Label(wrap=True)
        self._part(_("The one card then"), self.outcome)
        self._column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        theme.margins(layout, spacing=0)
        layout.addWidget(area, 1)
        layout.addLayout(self._foot())

    def _part(self, heading: str, widget: QWidget) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        theme.margins(column, spacing=theme.S)
        column.addWidget(Label(heading, size="heading"))
        column.addWidget(widget)
        self._column.addWidget(part)
        return part

    def _foot(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.two)
        row.addStretch()
        row.addWidget(button(_("Cancel"), self.reject))
        row.addWidget(self.go)
        foot = QVBoxLayout()
        theme.margins(foot, theme.L, theme.M, spacing=theme.S)
        foot.addWidget(self.problem)
        foot.addLayout(row)
        self.problem.hide()
        return foot

    def _propose(self) -> None:
        """Ask what merging would do, and show it; the choices are as proposed."""
        keep, other = self._ids if self.kept_left() else self._ids[::-1]
        try:
            self.plan = plan = merging.proposal(self._context.file, keep, other)
        except Refusal as refusal:
            self.plan = None
            self._refuse(spoken(refusal))
            self.two.setEnabled(False)
            return
        if not self.cards:
            self._show_cards(plan.keep, plan.other)
        self.rows.show_differences(plan.differences, kept_left=self.kept_left())
        self.differ.setVisible(bool(plan.differences))
        self.lists.show_lists(plan.result)
        self.unite.setVisible(bool(self.lists.boxes))
        self.picture.setVisible(bool(plan.moving.picture and plan.keeping.picture))
        self.picture.setChecked(False)
        told = words.going_along(plan)
        self._along.setVisible(bool(told))
        self.along.setText(told)
        self._preview()

    def _show_cards(self, left: Contact, right: Contact) -> None:
        group = QButtonGroup(self)
        for contact, word in ((left, _("&Keep this card")), (right, _("Keep this &one"))):
            card = Card(contact, word)
            group.addButton(card.keep)
            self._side_by_side.addWidget(card, 1)
            self.cards.append(card)
        self.cards[0].keep.setChecked(True)
        group.buttonToggled.connect(lambda _button, on: self._propose() if on else None)

    def _preview(self) -> None:
        assert self.plan is not None  # noqa: S101 - nothing can be chosen without one
        self.problem.hide()
        self.go.setEnabled(True)
        if self.plan.obstacle:
            self._refuse(spoken(self.plan.obstacle))
        card = self.chosen()
        notes = [f"{words.field_name(field)}: {text}" for field in merging.NOTES if (text := getattr(card, field))]
        self.outcome.setText("\n".join([words.title(card), *words.summary(card), *notes]))

    def _refuse(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        self.go.setEnabled(False)
