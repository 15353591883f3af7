"""What the company knows of a member: her name, number, kind, ranks, dates and leg."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter

from organizer.domain.team import Kind
from organizer.i18n import _, format_date, language
from organizer.services import legs
from organizer.services.team import MemberDetails, TeamView
from organizer.ui import theme
from organizer.ui.pages.team.member.section import Section
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.plain_text import CommitLineEdit


class About(Section):
    """`committed(field, text)` tells of a field that was changed."""

    committed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(_("In the team"))
        self._ranks: list[str] = []
        self.form = Form()
        self.fields: dict[str, CommitLineEdit] = {}
        self._add_text("name", _("&Name"))
        self._add_text("number", _("Num&ber"))
        self.kind = ComboBox()
        for kind, name in kind_names().items():
            self.kind.addItem(name, kind.value)
        self.kind.activated.connect(lambda: self.committed.emit("kind", self.kind.currentData()))
        self.form.add("kind", _("&Kind"), self.kind)
        self._add_text("rank", _("&Rank"))
        self._add_text("highest_rank", _("Hi&ghest rank"))
        self._add_text("joined", _("&Joined"))
        self._add_text("last_order", _("&Last order"))
        self.leg = ComboBox()
        self.leg.activated.connect(lambda: self.committed.emit("leg", self.leg.currentData()))
        self._leg_name = self.form.add("leg", _("Leg"), self.leg)
        self.column.addWidget(self.form)

    def _add_text(self, name: str, label: str) -> None:
        field = CommitLineEdit(label.replace("&", ""))
        field.committed.connect(lambda text: self.committed.emit(name, text))
        self.form.add(name, label, field)
        self.fields[name] = field

    def show_member(self, found: MemberDetails, view: TeamView, position: int, same: bool) -> None:
        """Show a member as she was in the view's period. Of the `same` one, what isn't kept yet stays."""
        member = found.member
        past = view.is_past and position >= 0
        rank, kind = member.rank, member.kind
        if past:
            rank, kind = view.team.ranks[position], view.team.kinds[position]
        values = {"name": found.contact.name, "number": member.number, "rank": rank}
        values |= {"highest_rank": member.highest_rank, "joined": format_date(member.joined)}
        values |= {"last_order": format_date(member.last_order)}
        for name, text in values.items():
            if not (same and (self.form.error(name) or self.fields[name].changed())):
                self.form.set_error(name, "")
                self.fields[name].set_value(text)
        self.fields["rank"].setReadOnly(view.is_past)
        theme.set_style(self.fields["rank"])  # which looks otherwise then
        self.kind.setCurrentIndex(self.kind.findData(kind.value))
        self.kind.setEnabled(not member.is_self and not view.is_past)
        self._suggest_ranks(view)
        self._show_leg(found, view, position)

    def _show_leg(self, found: MemberDetails, view: TeamView, position: int) -> None:
        """Where she stands under the one above her, in a plan that knows legs."""
        member = found.member
        leg = member.leg
        if view.is_past and position >= 0:
            leg = view.team.legs[position] if view.team.legs else ""
        offered = legs.offered(view, leg) if member.placement_id or member.sponsor_id else []
        self.leg.clear()
        for one in ("", *offered):
            self.leg.addItem(leg_name(one), one)
        self.leg.setEnabled(not view.is_past)
        self.form.set_error("leg", "")
        self.leg.setCurrentIndex(self.leg.findData(leg))
        for part in (self.leg, self._leg_name):
            part.setVisible(bool(offered))

    def leg_again(self, leg: str) -> None:
        """Show the leg that is stored, as the chosen one couldn't be."""
        self.leg.setCurrentIndex(self.leg.findData(leg))

    def _suggest_ranks(self, view: TeamView) -> None:
        ranks = [rank.name.in_language(language()) for rank in view.plan.ranks] if view.plan else []
        if ranks != self._ranks:
            self._ranks = ranks
            for name in ("rank", "highest_rank"):
                completer = QCompleter(ranks, self.fields[name])
                completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                self.fields[name].setCompleter(completer)

    def commit(self) -> bool:
        """Tell of what is typed, and again of what couldn't be kept; False when some still can't."""
        for name, field in self.fields.items():
            field.commit(again=bool(self.form.error(name)))
        return not any(self.form.error(name) for name in self.fields)


def kind_names() -> dict[Kind, str]:
    """What each kind of member is called."""
    return {
        Kind.DISTRIBUTOR: _("Distributor"),
        Kind.CUSTOMER: _("Customer"),
        Kind.CANCELLED: _("Has left"),
    }


def leg_name(leg: str) -> str:
    """What a leg is called in a list to choose from."""
    return {"left": _("Left"), "right": _("Right"), "": _("Not known")}.get(leg, leg)
