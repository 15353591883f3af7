"""Add a member to the team, or let one stand under another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.contact import Contact, Labelled, single_line, split_name
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.team import Kind, Member
from organizer.i18n import _, format_number, language, ngettext, parse_date
from organizer.services import contacts, team
from organizer.services.team import TeamView
from organizer.services.team_links import label
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.picker import Picker
from organizer.ui.models.team import TeamModel
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_WIDTH = 480


def member_choices(view: TeamView, names: Callable[[int], str]) -> list[tuple[int, str]]:
    """All members with a text that tells each from the others: name and number, else who she stands below."""
    labels = [label(names(i), number) for i, number in enumerate(view.team.numbers)]
    often = {text for text, count in Counter(labels).items() if count > 1}
    for position in [i for i, text in enumerate(labels) if text in often]:
        above = view.team.sponsor[position]
        if above >= 0:
            text = _("{name}, below {above}")
            labels[position] = text.format(
                name=labels[position], above=label(names(above), view.team.numbers[above])
            )
    return list(zip(view.team.ids, labels, strict=True))


class _MemberDialog(QDialog):
    """A form with an answer below it; the deed's button works once everything is right."""

    def __init__(self, title: str, deed: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.form = Form()
        self.problem = Label(tone="danger", wrap=True)
        self.problem.hide()
        self.go = button(deed, kind="primary")
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        theme.margins(self.column, theme.L, spacing=theme.M)
        for part in (self.form, self.problem, box):
            self.column.addWidget(part)

    def refuse(self, refusal: Refusal) -> None:
        """Say what stands in the way, at its field where it has one."""
        if not (isinstance(refusal, FieldRefusal) and self.form.show_refusal(refusal)):
            self.problem.setText(spoken(refusal))
            self.problem.show()
        self.grow()

    def grow(self) -> None:
        """Make room for what is said: text that wraps doesn't widen or lengthen a window by itself."""
        self.column.activate()
        self.resize(self.width(), max(self.height(), self.column.totalHeightForWidth(self.width())))


class AddMemberDialog(_MemberDialog):
    """Adds a member below `above` (a member's id); `added(id)` tells who."""

    added = Signal(int)

    def __init__(self, context: Context, model: TeamModel, above: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Add a team member"), _("&Add"), parent)
        view = model.view
        assert view is not None and context.company is not None  # noqa: S101, PT018 - the page offers it only then
        self._context, self._company = context, context.company
        self._numbers = set(view.team.numbers)
        in_team = set(view.team.person_ids)
        known = [(row.id, row.name) for row in contacts.rows(context.file) if row.id not in in_team]
        self.name = Picker(known, _("Name"), _("A new name, or someone in Contacts"))
        self.number, self.rank, self.joined, self.phone, self.email = (QLineEdit() for _i in range(5))
        self.kind = ComboBox()
        self.kind.addItem(_("Distributor"), Kind.DISTRIBUTOR.value)
        self.kind.addItem(_("Customer"), Kind.CUSTOMER.value)
        self.kind.addItem(_("Has left"), Kind.CANCELLED.value)
        self.sponsor = Picker(member_choices(view, _name(model)), _("Sponsor"), _("Search name or number"))
        self.sponsor.choose(above)
        self.listed = QCheckBox(_("&Show in Contacts too"))
        self.listed.setChecked(True)
        self._arrange(view)
        self._check()
        self.name.setFocus()

    def _arrange(self, view: TeamView) -> None:
        ranks = [rank.name.in_language(language()) for rank in view.plan.ranks] if view.plan else []
        completer = QCompleter(ranks, self.rank)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.rank.setCompleter(completer)
        self.form.add("name", _("&Name"), self.name)
        self.form.add("sponsor_id", _("S&ponsor"), self.sponsor)
        self.form.add("number", _("N&umber"), self.number, _("The company's number for her, if you have it."))
        self.form.add("kind", _("&Kind"), self.kind)
        self.form.add("rank", _("&Rank"), self.rank)
        self.form.add("joined", _("&Joined"), self.joined)
        self.form.add("phones", _("P&hone"), self.phone)
        self.form.add("emails", _("&E-mail"), self.email)
        self.form.add("listed", "", self.listed)
        for field in (self.name, self.number, self.joined, self.sponsor):
            field.textChanged.connect(self._check)
        self.name.picked.connect(self._on_person)
        self.sponsor.picked.connect(self._check)

    def _on_person(self, person_id: int) -> None:
        # a person who is in Contacts keeps what stands there
        for field in (self.phone, self.email, self.listed):
            field.setEnabled(not person_id)
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
        for field in ("number", "joined", "sponsor_id"):
            self.form.set_error(field, problems.get(field, ""))
        self.grow()

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
        member = Member(
            company_id=self._company.id,
            person_id=self.name.chosen(),
            number=self.number.text(),
            sponsor_id=self.sponsor.chosen(),
            kind=Kind(self.kind.currentData()),
            rank=self.rank.text(),
            joined=self._joined_day(),
        )
        try:
            id_ = team.add_member(self._context.file, member, person)
        except Refusal as refusal:
            self.refuse(refusal)
            return
        super().accept()
        self._context.answered.emit(_("Added {name} to your team.").format(name=text), True)
        self.added.emit(id_)


class MoveMemberDialog(_MemberDialog):
    """Lets a member (by id) stand under another, with everybody below her."""

    def __init__(self, context: Context, model: TeamModel, member_id: int, parent: QWidget | None = None) -> None:
        position = model.position_of(member_id)
        view = model.view
        assert view is not None and position >= 0  # noqa: S101, PT018 - the page offers it only for a member
        self._name, self._context, self._member_id = model.name(position), context, member_id
        super().__init__(_("Move {name}").format(name=self._name), _("&Move"), parent)
        above = view.team.sponsor[position]
        now = _("{name} stands under {above} now.").format(name=self._name, above=model.name(above))
        self.column.insertWidget(0, Label(now if above >= 0 else self._name, wrap=True))
        self.effect = Label(moves_along(model.count_below(position)), wrap=True, bold=True)
        self.column.insertWidget(1, self.effect)
        choices = [(id_, text) for id_, text in member_choices(view, _name(model)) if id_ != member_id]
        self.sponsor = Picker(choices, _("New sponsor"), _("Search name or number"))
        self.form.add("sponsor_id", _("New &sponsor"), self.sponsor)
        self.sponsor.picked.connect(self._on_picked)
        self.go.setEnabled(False)
        self.sponsor.setFocus()

    def _on_picked(self, id_: int) -> None:
        self.problem.hide()
        self.go.setEnabled(bool(id_))

    def accept(self) -> None:
        """Move; a refusal is said here, with names, and the dialog stays."""
        above = self.sponsor.chosen()
        if not above:
            return
        try:
            team.move_member(self._context.file, self._member_id, above)
        except Refusal as refusal:
            self.refuse(refusal)
            return
        answer = _("{name} now stands under {above}.").format(name=self._name, above=self.sponsor.text())
        super().accept()
        self._context.answered.emit(answer, True)


def moves_along(below: int) -> str:
    """Who moves along with a member who has `below` members under her, on all levels."""
    if not below:
        return _("Nobody stands below, so nobody else moves.")
    text = ngettext("{count} below moves along.", "{count} below move along.", below)
    return text.format(count=format_number(below))


def _name(model: TeamModel) -> Callable[[int], str]:
    return model.name
