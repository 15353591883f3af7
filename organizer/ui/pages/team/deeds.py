"""What can be done with the members of the shown team: add, move, place, remove; and the menu that offers it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from organizer.domain.team import Tree
from organizer.i18n import _, format_period
from organizer.services import periods, team
from organizer.ui.context import Context
from organizer.ui.dialogs.member import AddMemberDialog, MoveMemberDialog, confirm_move
from organizer.ui.pages.team.member_panel import MemberPanel
from organizer.ui.pages.team.outline import Outline
from organizer.ui.widgets import messages


class MemberDeeds:
    """Deeds on the member that is chosen, asked for over `page`. `choose` shows a member as chosen again."""

    def __init__(
        self,
        page: QWidget,
        context: Context,
        outline: Outline,
        panel: MemberPanel,
        chosen: Callable[[], int],
        choose: Callable[[int], None],
    ) -> None:
        self._page, self._context = page, context
        self._outline, self._model, self._panel = outline, outline.model, panel
        self._chosen, self._choose = chosen, choose

    def add(self, show: Callable[[int], None]) -> None:
        """Add a member, below the chosen one unless she says otherwise; `show` her then."""
        view = self._model.view
        if view is None:
            return
        self._panel.commit()
        above = self._chosen() or (view.team.ids[view.team.me] if view.team.me >= 0 else 0)
        dialog = AddMemberDialog(self._context, view, above, self._page)
        dialog.added.connect(lambda id_: self._show_added(id_, show))
        dialog.open()

    def _show_added(self, member_id: int, show: Callable[[int], None]) -> None:
        """Show who was added; where she joins only after the period shown, say so and offer the way there."""
        show(member_id)
        company, shown = self._context.company, self._context.period
        found = team.details(self._context.file, member_id, shown)
        joined = found.member.joined if found else None
        if company is None or found is None or joined is None or joined <= shown.last:
            return
        period = periods.calendar_of(self._context.file, company.id).containing(joined)
        name = format_period(period)
        text = _("{name} was added. She is seen from {period} on.").format(name=found.contact.name, period=name)
        self._context.answered.emit(text, True)

        def go() -> None:
            self._context.choose_period(period)
            show(member_id)

        box = messages.ask(self._page, _("Add a team member"), text, _("Go to {period}").format(period=name), go)
        messages.answer_button(box, False).setText(_("Stay here"))

    def move(self) -> None:
        """Choose a new sponsor for the chosen member."""
        member_id, view = self._chosen(), self._model.view
        if member_id and view:
            self._panel.commit()
            dialog = MoveMemberDialog(self._context, view, member_id, self._page)
            dialog.accepted.connect(lambda: self._choose(member_id))
            dialog.open()

    def move_below(self, member_id: int, above_id: int) -> None:
        """Show what it does when a member stands under another in the shown tree; she decides."""
        if view := self._model.view:
            self._confirm(member_id, above_id, view.shown)

    def place_in(self, member_id: int, above_id: int, leg: str) -> None:
        """The same for a free leg of another in the tree of placements."""
        self._confirm(member_id, above_id, Tree.PLACEMENT, leg)

    def _confirm(self, member_id: int, above_id: int, tree: Tree, leg: str | None = None) -> None:
        view = self._model.view
        if view is None:
            return
        self._panel.commit()
        if dialog := confirm_move(self._context, view, member_id, above_id, tree, self._page):
            if leg is not None:
                dialog.leg.setCurrentIndex(dialog.leg.findData(leg))
            dialog.accepted.connect(lambda: self._choose(member_id))

    def remove(self) -> None:
        """Remove the chosen member, if nobody stands below her."""
        if member_id := self._chosen():
            name = self._model.name(self._model.position_of(member_id))
            answer = _("Removed {name} from your team.").format(name=name)
            self._context.deed(lambda: team.remove_member(self._context.file, member_id), answer)

    def show_menu(self, place: QPoint, add: Callable[[], None]) -> None:
        """Offer what can be done with the chosen member at a `place` on the screen."""
        index = self._model.index_of(self._chosen())
        if not index.isValid():
            return
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("&Add member below…"), add)
        menu.addAction(_("&Move…"), self.move).setEnabled(not self._model.is_me(index))
        menu.addAction(_("&Show in Contacts"), self._panel.show_in_contacts)
        menu.addSeparator()
        menu.addAction(_("&Expand everything below"), self._outline.open_below)
        menu.addAction(_("&Close everything below"), self._outline.close_below)
        menu.addSeparator()
        menu.addAction(_("&Remove"), self.remove)
        menu.popup(place)
