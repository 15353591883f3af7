"""Let a member, and all below her, stand under another: what that does is shown before it is done."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from organizer.domain.result import Message, Refusal
from organizer.domain.team import Member, Tree
from organizer.i18n import _, format_period
from organizer.services import team, team_moves
from organizer.services.team import TeamView
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.dialogs.member.choices import LegBox, member_choices, name_of
from organizer.ui.dialogs.member.effect import EffectCard
from organizer.ui.dialogs.picker import Picker
from organizer.ui.models.team_cells import shown_name
from organizer.ui.widgets.label import Label

_WIDTH = 560


def confirm_move(
    context: Context, view: TeamView, member_id: int, above_id: int, tree: Tree, parent: QWidget | None
) -> MoveMemberDialog | None:
    """Show what it does when a member stands under another in `tree`, and let her do it or not.

    The open dialog, whose `accepted` tells that she was moved; None where it can't be, which the status line says.
    """
    place = list(view.team.ids).index(member_id) if member_id in view.team.ids else -1
    if place < 0 or place == view.team.me or above_id not in view.team.ids:
        context.warn(Refusal(Message("She can't be moved there.")))
        return None
    dialog = MoveMemberDialog(context, view, member_id, parent, tree=tree)
    dialog.sponsor.choose(above_id)
    dialog.open()
    return dialog


class MoveMemberDialog(MemberDialog):
    """Lets a member (by id) stand under another, with everybody below her, in one of the trees."""

    def __init__(
        self,
        context: Context,
        view: TeamView,
        member_id: int,
        parent: QWidget | None = None,
        *,
        tree: Tree | None = None,
    ) -> None:
        position = list(view.team.ids).index(member_id)
        self._name = shown_name(view, position)
        super().__init__(_("Move {name}").format(name=self._name), _("&Move"), _WIDTH, parent)
        found = team.details(context.file, member_id, view.period)
        self._context, self._view, self._place = context, view, position
        self._member = found.member if found else Member(id=member_id)
        choices = [(id_, text) for id_, text in member_choices(view) if id_ != member_id]
        self.sponsor = Picker(choices, _("New place under"), _("Search name or number"))
        self.trees = {
            Tree.SPONSOR: QRadioButton(_("Spon&sor tree: who recruited her")),
            Tree.PLACEMENT: QRadioButton(_("&Placement tree: where she is placed")),
        }
        self.leg = LegBox()
        self.effect = EffectCard()
        self._arrange()
        self.trees[tree or view.shown].setChecked(True)
        self._show_now()
        self.sponsor.setFocus()

    def _arrange(self) -> None:
        which = QWidget()
        column = QVBoxLayout(which)
        theme.margins(column, spacing=0)
        group = QButtonGroup(self)
        for box in self.trees.values():
            group.addButton(box)
            column.addWidget(box)
            box.toggled.connect(self._on_tree)
        self.form.add("tree", _("Tree"), which)
        self.form.add("now", _("Stands under"), self._now_label())
        self.form.add("sponsor_id", _("&New place under"), self.sponsor)
        self._leg_name = self.form.add("leg", _("L&eg"), self.leg)
        self.column.insertWidget(1, self.effect)
        self.sponsor.picked.connect(self._on_picked)
        self.leg.activated.connect(lambda: self.form.set_error("leg", ""))
        self.effect.hide()
        self._show_legs()
        self.go.setEnabled(False)
        if self._view.is_past:
            self.sponsor.setEnabled(False)
            text = Message(
                "{period} is shown as it was, and places can't be changed there. Go to the latest period first.",
                {"period": format_period(self._view.period)},
            )
            self.refuse(Refusal(text))

    def _now_label(self) -> QWidget:

        self.now = Label(wrap=True)
        self.now.setMargin(theme.XS)
        return self.now

    def moved_in(self) -> Tree:
        """The tree that she is moved in."""
        return Tree.PLACEMENT if self.trees[Tree.PLACEMENT].isChecked() else Tree.SPONSOR

    def _on_tree(self, chosen: bool) -> None:
        if chosen:
            self._show_now()
            self._on_picked(self.sponsor.chosen())

    def _show_now(self) -> None:
        links = self._view.team.sponsor if self.moved_in() is Tree.SPONSOR else self._view.team.placement
        above = links[self._place]
        self.now.setText(name_of(self._view, above) if above >= 0 else _("Nobody that is known"))

    def _on_picked(self, id_: int) -> None:
        self.problem.hide()
        self.form.set_error("leg", "")
        self.effect.hide()
        self.go.setEnabled(False)
        self._show_legs()
        if not id_ or self._view.is_past:
            return
        try:
            found = team_moves.effect(self._view, self._member, id_, self.moved_in())
        except Refusal as refusal:
            self.refuse(refusal)
            return
        self.effect.show_effect(self._view, found)
        self.effect.show()
        self.go.setEnabled(not found.moves_nothing or not self.leg.isHidden())
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.effect.said()))
        self.grow()

    def _show_legs(self) -> None:
        """Which leg of the new upline: asked where her placement changes, in a plan with legs."""
        above = self.sponsor.chosen()
        placed = self.moved_in() is Tree.PLACEMENT or self._member.placement_id is None
        legs = team_moves.legs_under(self._view, above, self._member.id) if above and placed else []
        self.leg.offer(self._view, legs)
        for part in (self.leg, self._leg_name):
            part.setVisible(bool(legs))

    def accept(self) -> None:
        """Move; a refusal is said here, with names, and the dialog stays."""
        above = self.sponsor.chosen()
        if not above or not self.go.isEnabled():
            return
        leg = "" if self.leg.isHidden() else self.leg.chosen()
        try:
            team_moves.move(self._context.file, self._view, self._member.id, above, self.moved_in(), leg)
        except Refusal as refusal:
            self.refuse(refusal)
            return
        answer = _("{name} now stands under {above}.").format(name=self._name, above=self.sponsor.text())
        super().accept()
        self._context.answered.emit(answer, True)
