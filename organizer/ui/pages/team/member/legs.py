"""A member's legs: who heads each, its volume, how many it holds and how many of them are active."""

from __future__ import annotations

from PySide6.QtCore import Signal

from organizer.i18n import _, format_number, ngettext
from organizer.services.member_page import LegFigures, Place
from organizer.ui.models.team import TeamModel
from organizer.ui.models.team_cells import UNKNOWN
from organizer.ui.pages.team.member.section import Section
from organizer.ui.pages.team.member.small_table import SmallTable
from organizer.ui.widgets.label import Label


class Legs(Section):
    """`chosen(member id)` follows a leg that is clicked."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Legs"))
        self._ids: list[int] = []
        self.table = SmallTable(_("Legs"), (_("Leg"), _("GV"), _("People"), _("Active")), (1, 2, 3))
        self._more = Label(size="small", tone="muted", wrap=True)
        self.column.addWidget(self.table)
        self.column.addWidget(self._more)
        self.table.picked.connect(lambda row: self.chosen.emit(self._ids[row]))

    def show_place(self, model: TeamModel, place: Place | None) -> None:
        """Show the legs below a member."""
        legs = place.legs if place else ()
        self._ids = [model.id_at(leg.position) for leg in legs]
        self.table.show_rows([_cells(model, leg) for leg in legs])
        more = (place.frontline if place else 0) - len(legs)
        text = ngettext("{count} smaller leg is in the outline.", "{count} smaller legs are in the outline.", more)
        self._more.setText(text.format(count=format_number(more)))
        self._more.setVisible(more > 0)
        self.setVisible(bool(legs))


def _cells(model: TeamModel, leg: LegFigures) -> tuple[str, str, str, str]:
    words = {"left": _("Left"), "right": _("Right")}
    name = model.name(leg.position)
    if leg.leg:
        name = _("{leg}: {name}").format(leg=words.get(leg.leg, leg.leg), name=name)
    active = UNKNOWN if leg.active is None else format_number(leg.active)
    return name, model.group_text(leg.position), format_number(leg.members), active
