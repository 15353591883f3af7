"""One member in full, editable in place. What is written is saved at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal
from organizer.domain.team import Kind, Member
from organizer.i18n import _, format_date, format_number, format_period, language
from organizer.services import contacts, legs, team
from organizer.services.team import MemberDetails, TeamView
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.models.team import TeamModel
from organizer.ui.models.team_cells import UNKNOWN
from organizer.ui.pages.team import edits
from organizer.ui.pages.team.align import line_up
from organizer.ui.pages.team.volume_fields import VolumeFields, volume_names
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label, Line
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.plain_text import CommitLineEdit

_WIDTH = 312


class MemberPanel(QScrollArea):
    """Shows the member that `show_member` names; `move_asked` and `remove_asked` are for the page."""

    move_asked = Signal()
    remove_asked = Signal()

    def __init__(self, context: Context, model: TeamModel) -> None:
        super().__init__()
        self._context = context
        self._model = model
        self._shown: tuple[int, Period | None] = (0, None)
        self._ranks: list[str] = []
        self.details: MemberDetails | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.setAccessibleName(_("The chosen member"))
        self._nobody = Label(_("Choose a member to see more."), tone="muted", wrap=True)
        self._body = QWidget()
        body = QWidget()
        layout = QVBoxLayout(body)
        theme.margins(layout, theme.M, 0, spacing=theme.S)
        layout.addWidget(self._nobody)
        layout.addWidget(self._body)
        layout.addStretch(1)
        self._arrange()
        self.setWidget(body)
        self.show_member(0)

    # what is shown

    def show_member(self, member_id: int) -> None:
        """Show a member as she is stored now; 0 shows nobody."""
        view = self._model.view
        same = view is not None and self._shown == (member_id, view.period)
        if not same:
            # what is being typed belongs to the one shown until now
            self.commit()
        found = team.details(self._context.file, member_id, view.period) if member_id and view else None
        self._shown = (member_id, view.period if view else None)
        self.details = found
        self._nobody.setVisible(found is None)
        self._body.setVisible(found is not None)
        if found and view:
            self._show(found, view, same)
        if not same:
            self.verticalScrollBar().setValue(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the fields need: there is no scroll bar at the side."""
        body = self.widget()
        if event.type() == QEvent.Type.LayoutRequest and body is not None and watched is body:
            wide = body.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(max(theme.scaled(_WIDTH), wide))
        return super().eventFilter(watched, event)

    def _show(self, found: MemberDetails, view: TeamView, same: bool) -> None:
        member, position = found.member, self._model.position_of(found.member.id)
        self._title.setText(self._model.name(position) if position >= 0 else found.contact.name)
        values = {"name": found.contact.name, "number": member.number, "rank": member.rank}
        values |= {"highest_rank": member.highest_rank, "joined": format_date(member.joined)}
        values |= {"last_order": format_date(member.last_order)}
        for name, text in values.items():
            if not (same and (self.form.error(name) or self._fields[name].changed())):
                self.form.set_error(name, "")
                self._fields[name].set_value(text)
        self._kind.setCurrentIndex(self._kind.findData(member.kind.value))
        self._kind.setEnabled(not member.is_self)
        self._above.setText(found.sponsor_name or member.above or _("Nobody that is known"))
        self._move.setEnabled(not member.is_self)
        self._remove.setEnabled(not member.is_self)
        self._show_leg(member, view)
        self._show_period(found, view, position, same)
        self._show_contact(found)

    def _show_leg(self, member: Member, view: TeamView) -> None:
        """Where she stands under the one above her, in a plan that knows legs."""
        offered = legs.offered(view, member.leg) if member.placement_id or member.sponsor_id else []
        words = {"left": _("Left"), "right": _("Right"), "": _("Not known")}
        self._leg.clear()
        for leg in ("", *offered):
            self._leg.addItem(words.get(leg, leg), leg)
        self._leg.setCurrentIndex(self._leg.findData(member.leg))
        self.form.set_error("leg", "")
        for part in (self._leg, self._leg_name):
            part.setVisible(bool(offered))

    def _show_period(self, found: MemberDetails, view: TeamView, position: int, same: bool) -> None:
        self._period.setText(format_period(view.period))
        self._suggest_ranks(view)
        self.volumes.show_volumes(volume_names(view), found.volumes, same)
        line_up((self.form, self.volumes.form, self._figures, self._card))
        group = self._model.group_text(position)
        self._group.setText(_("Not known") if group == UNKNOWN else group)
        self._frontline.setText(format_number(found.frontline))
        active = view.active[position] if position >= 0 else None
        words = {None: _("Not known"), True: _("Yes"), False: _("No")}
        self._active.setText(words[active] if found.member.kind is Kind.DISTRIBUTOR else "–")

    def _show_contact(self, found: MemberDetails) -> None:
        person = found.contact
        self._phone.setText(", ".join(entry.value for entry in person.phones) or "–")
        self._email.setText(", ".join(entry.value for entry in person.emails) or "–")
        self._city.setText(" ".join(part for part in (person.postal_code, person.city) if part) or "–")

    def _suggest_ranks(self, view: TeamView) -> None:
        ranks = [rank.name.in_language(language()) for rank in view.plan.ranks] if view.plan else []
        if ranks != self._ranks:
            self._ranks = ranks
            for name in ("rank", "highest_rank"):
                completer = QCompleter(ranks, self._fields[name])
                completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                self._fields[name].setCompleter(completer)

    # how it is laid out

    def _arrange(self) -> None:
        layout = QVBoxLayout(self._body)
        theme.margins(layout, spacing=theme.S)
        self._title = Label(size="title", wrap=True)
        self.form = Form()
        self._fields: dict[str, CommitLineEdit] = {}
        for part in (self._title, self.form, Line()):
            layout.addWidget(part)
        self._add_fields()
        self._period = Label(size="heading")
        self.volumes = VolumeFields()
        self.volumes.committed.connect(self._store_volume)
        layout.addWidget(self._period)
        layout.addWidget(self.volumes)
        self._add_figures()
        layout.addWidget(self._figures)
        layout.addWidget(Line())
        layout.addWidget(Label(_("Contact"), size="heading"))
        self._add_card()
        layout.addWidget(self._card)
        row = QHBoxLayout()
        row.addWidget(button(_("&Show in Contacts"), self.show_in_contacts, icon="users"))
        self._remove = button(_("Rem&ove"), self.remove_asked.emit, icon="trash-2", kind="danger")
        row.addStretch(1)
        row.addWidget(self._remove)
        layout.addLayout(row)

    def _add_fields(self) -> None:
        self._add_text("name", _("&Name"))
        self._add_text("number", _("N&umber"))
        self._kind = ComboBox()
        self._kind.addItem(_("Distributor"), Kind.DISTRIBUTOR.value)
        self._kind.addItem(_("Customer"), Kind.CUSTOMER.value)
        self._kind.addItem(_("Has left"), Kind.CANCELLED.value)
        self._kind.activated.connect(lambda: self._store("kind", self._kind.currentData()))
        self.form.add("kind", _("&Kind"), self._kind)
        self._add_text("rank", _("&Rank"))
        self._add_text("highest_rank", _("Hi&ghest rank"))
        self._add_text("joined", _("&Joined"))
        self._add_text("last_order", _("&Last order"))
        self._above = Label(wrap=True, selectable=True)
        self._move = button(_("&Move…"), self.move_asked.emit)
        sponsor = QWidget()
        row = QHBoxLayout(sponsor)
        theme.margins(row, spacing=theme.S)
        row.addWidget(self._above, 1)
        row.addWidget(self._move)
        self.form.add("sponsor_id", _("Sponsor"), sponsor)
        self._leg = ComboBox()
        self._leg.activated.connect(lambda: self._store("leg", self._leg.currentData()))
        self._leg_name = self.form.add("leg", _("L&eg"), self._leg)

    def _add_text(self, name: str, label: str) -> None:
        field = CommitLineEdit(label.replace("&", ""))
        field.committed.connect(lambda text: self._store(name, text))
        self.form.add(name, label, field)
        self._fields[name] = field

    def _add_figures(self) -> None:
        self._figures = Form()
        self._group, self._active, self._frontline = (Label(selectable=True) for _i in range(3))
        for label in (self._group, self._active, self._frontline):
            label.setMargin(theme.XS)
        self._figures.add("group", _("Group volume"), self._group)
        self._figures.add("active", _("Active"), self._active)
        self._figures.add("frontline", _("Directly below"), self._frontline)

    def _add_card(self) -> None:
        self._card = Form()
        self._phone, self._email, self._city = (Label(wrap=True, selectable=True) for _i in range(3))
        for label in (self._phone, self._email, self._city):
            label.setMargin(theme.XS)
        self._card.add("phone", _("Phone"), self._phone)
        self._card.add("email", _("E-mail"), self._email)
        self._card.add("city", _("Town"), self._city)

    # deeds

    def _store(self, name: str, text: str) -> None:
        if self.details is None:
            return
        member = self.details.member
        self.form.set_error(name, "")
        try:
            done = self._context.deed(
                lambda: edits.store_field(self._context.file, member, name, text), _("Saved")
            )
        except FieldRefusal as refusal:
            if name == "leg":
                self._leg.setCurrentIndex(self._leg.findData(member.leg))
            if not self.form.show_refusal(refusal):
                self.form.set_error(name, spoken(refusal))
            return
        if not done and name in self._fields:
            self.form.set_error(name, _("Not saved. Change it again to try once more."))
            return
        self.show_member(member.id)

    def _store_volume(self, volume: str, text: str) -> None:
        period = self._shown[1]
        if self.details is None or period is None:
            return
        member = self.details.member
        self.volumes.clear_error(volume)
        try:
            done = self._context.deed(
                lambda: edits.store_volume(self._context.file, member.id, period, volume, text), _("Saved")
            )
        except FieldRefusal as refusal:
            self.volumes.show_refusal(refusal)
            return
        if not done:
            self.volumes.refuse_for_now(volume)
            return
        self.show_member(member.id)

    def show_in_contacts(self) -> None:
        """Put the member into Contacts if she isn't there, and go there."""
        if self.details is None:
            return
        person = self.details.contact
        if not person.listed:
            answer = _("{name} is in Contacts too.").format(name=person.name)
            self._context.deed(lambda: contacts.show_in_contacts(self._context.file, person.id), answer)
        self._context.goto.emit("contacts", person.id)

    def commit(self) -> bool:
        """Store what is typed, and once more what couldn't be stored; False when some still can't."""
        if self.details is None:
            return True
        for name, field in self._fields.items():
            field.commit(again=bool(self.form.error(name)))
        volumes_kept = self.volumes.commit()
        return volumes_kept and not any(self.form.error(name) for name in self._fields)
