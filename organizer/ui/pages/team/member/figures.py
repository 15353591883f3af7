"""A member's figures of the period: her volumes to write, her group's, and who stands below her."""

from __future__ import annotations

from PySide6.QtCore import Signal

from organizer.domain.team import Kind
from organizer.i18n import _, format_number, format_period
from organizer.services.member_page import Place
from organizer.services.team import MemberDetails, TeamView
from organizer.ui import theme
from organizer.ui.models.team import TeamModel
from organizer.ui.models.team_cells import UNKNOWN
from organizer.ui.pages.team.member.section import Section
from organizer.ui.pages.team.volume_fields import VolumeFields, volume_names
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label


class Figures(Section):
    """`committed(volume, text)` tells of a volume that was typed."""

    committed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("")
        self.volumes = VolumeFields()
        self.volumes.committed.connect(self.committed)
        self.form = Form()
        self.group, self.active, self.below, self.active_below, self.frontline = (
            Label(selectable=True) for _i in range(5)
        )
        named = {
            _("Group volume"): self.group,
            _("Active"): self.active,
            _("Below, all levels"): self.below,
            _("Active below"): self.active_below,
            _("Directly below"): self.frontline,
        }
        for name, label in named.items():
            label.setMargin(theme.XS)
            self.form.add(name, name, label)
        self.column.addWidget(self.volumes)
        self.column.addWidget(self.form)

    def show_member(
        self,
        found: MemberDetails,
        view: TeamView,
        model: TeamModel,
        position: int,
        place: Place | None,
        same: bool,
    ) -> None:
        """Show a member's figures. Of the `same` member and period, what isn't kept yet stays."""
        self.title.setText(format_period(view.period))
        self.volumes.show_volumes(volume_names(view), found.volumes, same)
        group = model.group_text(position) if position >= 0 else UNKNOWN
        _say(self.group, _("Not known") if group == UNKNOWN else group)
        active = view.active[position] if position >= 0 else None
        words = {None: _("Not known"), True: _("Yes"), False: _("No")}
        kind = view.team.kinds[position] if position >= 0 else found.member.kind
        if kind is Kind.DISTRIBUTOR and view.plan is None:
            _say(self.active, _("Not known: choose a plan in Settings"))
        else:
            _say(self.active, words[active] if kind is Kind.DISTRIBUTOR else UNKNOWN)
        _say(self.below, format_number(place.below) if place else UNKNOWN)
        told = place.active_below if place else None
        _say(self.active_below, _("Not known") if told is None else format_number(told))
        _say(self.frontline, format_number(place.frontline) if place else UNKNOWN)


def _say(label: Label, text: str) -> None:
    label.setText(text)
    label.setAccessibleName(text)
