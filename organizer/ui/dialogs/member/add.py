"""Add a member to the team: under whom, placed where, and who she is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from organizer.domain.contact import Contact, Labelled, fold, single_line, split_name
from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Member, Tree
from organizer.i18n import _, format_number, language, ngettext, parse_date
from organizer.services import contacts, team, team_moves
from organizer.services.team import TeamView
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.dialogs.member.choices import LegBox, member_choices, name_of
from organizer.ui.dialogs.picker import Picker
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.label import Label

_WIDTH = 480


class AddMemberDialog(MemberDialog):
    """Adds a member below `above` (a member's id) of the shown tree; `added(id)` tells who."""

    added = Signal(int)

    def __init__(self, context: Context, view: TeamView, above: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Add a team member"), _("&Add"), _WIDTH, parent)
        assert context.company is not None  # noqa: S101 - the view is of its team
        self._context, self._company, self._view = context, context.company, view
        self._numbers = set(view.team.numbers)
        self._in_team = _by_name(view)
        in_team = set(view.team.person_ids)
        known = [(row.id, row.name) for row in contacts.rows(context.file) if row.id not in in_team]
        self._in_contacts = [fold(name) for _id, name in known]
        self.name = Picker(known, _("Name"), _("A new name, or someone in Contacts"))
        self.told = Label(size="small", tone="muted", wrap=True)
        self.another = QCheckBox(_("An&other person with the same name"))
        self.number, self.rank, self.joined, self.phone, self.email = (QLineEdit() for _i in range(5))
        self.kind = ComboBox()
        self.kind.addItem(_("Distributor"), Kind.DISTRIBUTOR.value)
        self.kind.addItem(_("Customer"), Kind.CUSTOMER.value)
        self.kind.addItem(_("Has left"), Kind.CANCELLED.value)
        members = member_choices(view)
        self.sponsor = Picker(members, _("Sponsor"), _("Search name or number"))
        self.placed = Picker(members, _("Placed under"), _("The same as her sponsor"))
        self.leg = LegBox()
        self.listed = QCheckBox(_("&Show in Contacts too"))
        self.listed.setChecked(True)
        self._arrange()
        self._stand_under(above)
        self._check()
        self.name.setFocus()

    def _arrange(self) -> None:
        plan = self._view.plan
        completer = QCompleter(
            [rank.name.in_language(language()) for rank in plan.ranks] if plan else [], self.rank
        )
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.rank.setCompleter(completer)
        self.form.add("name", _("&Name"), self.name)
        self._namesakes = QWidget()
        below = QVBoxLayout(self._namesakes)
        theme.margins(below, theme.XS, 0, spacing=theme.XS)
        below.addWidget(self.told)
        below.addWidget(self.another)
        self.form.wide(self._namesakes)
        self.form.add("sponsor_id", _("S&ponsor"), self.sponsor)
        self.form.add("placement_id", _("P&laced under"), self.placed)
        self._leg_name = self.form.add("leg", _("Le&g"), self.leg)
        self.form.add("number", _("N&umber"), self.number, _("The company's number for her, if you have it."))
        self.form.add("kind", _("&Kind"), self.kind)
        self.form.add("rank", _("&Rank"), self.rank)
        self.form.add("joined", _("&Joined"), self.joined)
        self.form.add("phones", _("P&hone"), self.phone)
        self.form.add("emails", _("&E-mail"), self.email)
        self.form.add("listed", "", self.listed)
        for field in (self.name, self.number, self.joined, self.sponsor, self.placed):
            field.textChanged.connect(self._check)
        self.name.picked.connect(self._on_person)
        self.another.toggled.connect(lambda: self._on_person(self.name.chosen()))
        for picker in (self.sponsor, self.placed):
            picker.picked.connect(self._on_above)

    def _stand_under(self, above: int) -> None:
        """In the tree of placements `above` says where; who recruited her is more likely the user."""
        team_ = self._view.team
        if self._view.shown is Tree.PLACEMENT and team_.me >= 0 and above != team_.ids[team_.me]:
            self.sponsor.choose(team_.ids[team_.me])
            self.placed.choose(above)
        else:
            self.sponsor.choose(above)

    def _placed_under(self) -> int:
        return self.placed.chosen() or self.sponsor.chosen()

    def _on_above(self, _id: int) -> None:
        above = self._placed_under()
        legs = team_moves.legs_under(self._view, above) if above else []
        self.leg.offer(self._view, legs)
        for part in (self.leg, self._leg_name):
            part.setVisible(bool(legs))
        self._check()

    def _person(self) -> int:
        """The contact who is meant, 0 for a new person."""
        return 0 if self.another.isChecked() else self.name.chosen()

    def _on_person(self, _id: int) -> None:
        # a person who is in Contacts keeps what stands there
        for field in (self.phone, self.email, self.listed):
            field.setEnabled(not self._person())
        self.form.set_error("name", "")
        self._check()

    def problems(self) -> dict[str, str]:
        """What is not right yet, by field."""
        found = {}
        if not single_line(self.name.text()):
            found["name"] = _("Write a name.")
        if single_line(self.number.text()) in self._numbers - {""}:
            found["number"] = _("Somebody in your team has this number already.")
        if not self.sponsor.chosen():
            found["sponsor_id"] = _("Choose who she stands under: write part of a name or a number.")
        if self.placed.text().strip() and not self.placed.chosen():
            found["placement_id"] = _("Choose where she is placed, or leave this empty.")
        try:
            self._joined_day()
        except ValueError:
            found["joined"] = _("This is not a date. Write it like 15.02.2026.")
        return found

    def _joined_day(self) -> date | None:
        text = self.joined.text().strip()
        return parse_date(text) if text else None

    def _check(self, _changed: object = None) -> None:
        problems = self.problems()
        self.go.setEnabled(not problems)
        for field in ("number", "joined", "sponsor_id", "placement_id"):
            self.form.set_error(field, problems.get(field, ""))
        self._tell_namesakes()
        self.grow()

    def _tell_namesakes(self) -> None:
        """Who has the same name already: one person must not be written down twice."""
        name = fold(single_line(self.name.text()))
        words = []
        if name and name in self._in_team:
            also = ", ".join(self._in_team[name])
            words.append(_("The same name is in your team already: {names}.").format(names=also))
        same = self._in_contacts.count(name) if name else 0
        if self.name.chosen() and not self.another.isChecked():
            words.append(_("She is in Contacts: it is the same person in both places."))
        elif same:
            text = ngettext(
                "{count} person in Contacts has this name. This will be another person.",
                "{count} people in Contacts have this name. Choose one from the list, or add a new person.",
                same,
            )
            words.append(text.format(count=format_number(same)))
        self.told.setText(" ".join(words))
        self.told.setVisible(bool(words))
        self.another.setVisible(bool(self.name.chosen()))
        self._namesakes.setVisible(bool(words))
        if not self.name.chosen() and self.another.isChecked():
            self.another.setChecked(False)

    def accept(self) -> None:
        """Add the member; what can't be kept is said at its field, and the dialog stays."""
        if self.problems():
            return
        text = single_line(self.name.text())
        first, last = split_name(text)
        person = Contact(
            first_name=first,
            last_name=last,
            phones=(Labelled(self.phone.text()),),
            emails=(Labelled(self.email.text()),),
            listed=self.listed.isChecked(),
        )
        placed = self.placed.chosen()
        member = Member(
            company_id=self._company.id,
            person_id=self._person(),
            number=self.number.text(),
            sponsor_id=self.sponsor.chosen(),
            placement_id=placed if placed and placed != self.sponsor.chosen() else None,
            kind=Kind(self.kind.currentData()),
            rank=self.rank.text(),
            joined=self._joined_day(),
            leg="" if self.leg.isHidden() else self.leg.chosen(),
        )
        try:
            id_ = team.add_member(self._context.file, member, person)
        except Refusal as refusal:
            self.refuse(refusal)
            return
        super().accept()
        self._context.answered.emit(_("Added {name} to your team.").format(name=text), True)
        self.added.emit(id_)


def _by_name(view: TeamView) -> dict[str, list[str]]:
    """The members by folded name, as they are named in a sentence."""
    found: dict[str, list[str]] = {}
    for place, name in enumerate(view.team.names):
        if name:
            found.setdefault(fold(name), []).append(name_of(view, place))
    return found
