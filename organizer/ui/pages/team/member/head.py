"""Who she is at a glance: name, rank, whether she is active, the way to her, who she stands under."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.team import Kind, Tree
from organizer.i18n import _
from organizer.services.member_page import Place
from organizer.services.team import MemberDetails, TeamView
from organizer.ui import icons, theme
from organizer.ui.models.team import TeamModel
from organizer.ui.pages.team.member.link import NameLink
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label

_LAST = 3
"""So many steps of the way are named, and the top."""


class Head(QWidget):
    """`chosen(member id)` follows a name that is clicked; `moved` and `wide_asked` are for the page."""

    chosen = Signal(int)
    move_asked = Signal()
    wide_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._wide = False
        self.title = Label(size="title", wrap=True)
        self.facts = Label(wrap=True)
        self.mover = button(_("&Move…"), self.move_asked.emit)
        self.widen = icon_button("columns-2", "", lambda: self.wide_asked.emit(not self._wide))
        self._path, self._under, self._recruiter = Links(), Links(), Links()
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.widen)
        column.addLayout(top)
        column.addWidget(self.facts)
        column.addWidget(self._path)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        lines = QVBoxLayout()
        theme.margins(lines, spacing=0)
        for links in (self._path, self._under, self._recruiter):
            links.chosen.connect(self.chosen)
        lines.addWidget(self._under)
        lines.addWidget(self._recruiter)
        row.addLayout(lines, 1)
        row.addWidget(self.mover)
        column.addLayout(row)
        self.set_wide(False)

    def set_wide(self, wide: bool) -> None:
        """Say what the button does: open the page wide, or bring the team back beside it."""
        self._wide = wide
        name = _("Back to the team") if wide else _("Open wide")
        self.widen.setToolTip(name)
        self.widen.setAccessibleName(name)
        icons.show_on(self.widen, "columns-2" if wide else "move-horizontal")

    def show_member(
        self, found: MemberDetails, view: TeamView, model: TeamModel, position: int, place: Place | None
    ) -> None:
        """Show a member; without a `place` she isn't in the team of this period."""
        member = found.member
        self.title.setText(model.name(position) if position >= 0 else found.contact.name)
        self.facts.setText(facts(view, position) if place else _("She wasn't in the team in this period yet."))
        self.mover.setEnabled(not member.is_self and not view.is_past and place is not None)
        self._path.show_path(model, place.path if place and len(place.path) > 1 else ())
        under, recruiter = place.above if place else -1, -1
        if place and place.other >= 0:
            sponsor, placement = place.above, place.other
            if view.shown is Tree.PLACEMENT:
                sponsor, placement = placement, sponsor
            under, recruiter = placement, sponsor
        customer = place is not None and view.team.kinds[position] is Kind.CUSTOMER
        words = _("Customer of") if customer else _("Stands under")
        nobody = "" if member.is_self else member.above or _("Nobody that is known")
        self._under.show_one(model, words, under, nobody)
        self._recruiter.show_one(model, _("Recruited by"), recruiter, "")


def facts(view: TeamView, position: int) -> str:
    """Her rank, whether she is active and her kind, in words."""
    kind = view.team.kinds[position]
    if kind is Kind.CANCELLED:
        return _("Has left. Her place in the tree stays.")
    told = [view.team.ranks[position]]
    if kind is Kind.CUSTOMER:
        return " · ".join(filter(None, [*told, _("Customer")]))
    active = {True: _("Active"), False: _("Not active in this period"), None: ""}
    return " · ".join(filter(None, [*told, active[view.active[position]], _("Distributor")]))


class Links(QWidget):
    """Words and names on lines as long as there is room."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self)
        theme.margins(self._flow, spacing=0)

    def show_path(self, model: TeamModel, path: Sequence[int]) -> None:
        """The way from the top down, its middle left out where it is long."""
        self._clear()
        left_out = max(0, len(path) - _LAST - 1)
        for step, position in enumerate(path):
            if 1 <= step <= left_out:
                if step == 1:
                    self._add(Label("…", tone="muted"))
                continue
            self._link(model, position, " ›")
        self.setVisible(bool(path))

    def show_one(self, model: TeamModel, words: str, position: int, otherwise: str) -> None:
        """`words` and a name, or `words` and something else; nothing where there is neither."""
        self._clear()
        if position >= 0:
            self._add(Label(words, tone="muted"))
            self._link(model, position, "")
        elif otherwise:
            self._add(Label(f"{words} {otherwise}", tone="muted"))
        self.setVisible(position >= 0 or bool(otherwise))

    def _link(self, model: TeamModel, position: int, ending: str) -> None:
        link = NameLink(model.name(position), ending=ending)
        id_ = model.id_at(position)
        link.clicked.connect(lambda: self.chosen.emit(id_))
        self._add(link)

    def _add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()

    def _clear(self) -> None:
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
