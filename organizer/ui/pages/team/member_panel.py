"""One member's page, beside the team or in its place. What is written is saved at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal
from organizer.i18n import _
from organizer.services import team
from organizer.services.member_page import Place, Places
from organizer.services.team import MemberDetails, TeamView
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.models.team import TeamModel
from organizer.ui.pages.team import edits
from organizer.ui.pages.team.align import line_up
from organizer.ui.pages.team.lists.progress_card import ProgressCard
from organizer.ui.pages.team.member.about import About
from organizer.ui.pages.team.member.card import Card, Notes
from organizer.ui.pages.team.member.figures import Figures
from organizer.ui.pages.team.member.head import Head
from organizer.ui.pages.team.member.history import History
from organizer.ui.pages.team.member.legs import Legs
from organizer.ui.pages.team.member.past import PastNote
from organizer.ui.pages.team.member.person_deeds import PersonDeeds
from organizer.ui.pages.team.member.section import Section
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_WIDTH = 340
_TWO_COLUMNS = 720
"""From this width on the page has two columns."""

_PAUSE = 150
"""Milliseconds that she stays at a member before what takes longer is looked up: arrow keys run past many."""

_ALONE = frozenset({"entry", "follow_up"})
"""Tables that only this panel shows."""


class MemberPanel(QScrollArea):
    """Shows the member that `show_member` names; `chosen(id)` follows another name that is clicked in it.

    `move_asked`, `remove_asked` and `wide_asked(wide)` are for the page, which answers the last by `set_wide`.
    """

    chosen = Signal(int)
    move_asked = Signal()
    remove_asked = Signal()
    wide_asked = Signal(bool)

    def __init__(self, context: Context, model: TeamModel) -> None:
        super().__init__()
        self._context = context
        self._model = model
        self._shown: tuple[int, Period | None] = (0, None)
        self._places: Places | None = None
        self.details: MemberDetails | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.setAccessibleName(_("The chosen member"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.finish)
        self._make_parts()
        self._arrange()
        self._connect()
        context.changed.connect(self._on_changed)
        self.show_member(0)

    # what is shown

    def show_member(self, member_id: int) -> None:
        """Show a member as she is stored now, in the model's view and period; 0 shows nobody."""
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
        else:
            self._later.stop()
            self.history.clear()
            self._progress.show_member(None, 0)
        if not same:
            self.verticalScrollBar().setValue(0)

    def _show(self, found: MemberDetails, view: TeamView, same: bool) -> None:
        member, person = found.member, found.contact
        position = self._model.position_of(member.id)
        place = self._place(view, position)
        self.head.show_member(found, view, self._model, position, place)
        self.past.show_view(view)
        self.about.show_member(found, view, position, same)
        self.figures.show_member(found, view, self._model, position, place, same)
        self.legs.show_place(self._model, place)
        self.card.show_person(person, same)
        self.notes.show_person(person, same)
        self._person.show_person(person, same)
        for part in (self.next_step, self.timeline):
            part.setVisible(not member.is_self)
        line_up((self.about.form, self.figures.volumes.form, self.figures.form, self.card.form))
        self._remove.setEnabled(not member.is_self)
        if not same:
            self.history.clear()
            self._progress.show_member(None, 0)
        self._later.start()

    def _place(self, view: TeamView, position: int) -> Place | None:
        if self._places is None or self._places.view is not view:
            self._places = Places(view)
        return self._places.place(position) if position >= 0 else None

    def finish(self) -> None:
        """Look up now what takes longer: the history, and the way to the next rank."""
        self._later.stop()
        view = self._model.view
        # the file may have been closed, or its stick pulled out, meanwhile
        if self.details and view and self._context.file.is_current():
            self.history.show_member(view, self.details.member.id)
            self._progress.show_member(view, self.details.member.id)

    def _on_changed(self, touched: frozenset[str]) -> None:
        if touched <= _ALONE and self.details:
            person = self.details.contact
            self._context.deed(lambda: self._person.show_person(person, same=True))

    def _whose(self) -> Contact | None:
        return self.details.contact if self.details else None

    # how it is laid out

    def _make_parts(self) -> None:
        self._nobody = Label(_("Choose a member to see more."), tone="muted", wrap=True)
        self._body = QWidget()
        self.head, self.past = Head(), PastNote(self._context)
        self.figures, self.legs, self.history = Figures(), Legs(), History(self._context)
        self.about, self.card, self.notes = About(), Card(), Notes()
        self._person = PersonDeeds(self._context, self._whose, self.card, self.notes)
        self.next_step, self.timeline = self._person.next_step, self._person.timeline
        self._progress = ProgressCard(self._context)
        self.standing = Section(_("Where she stands"))
        self.standing.column.addWidget(self._progress)
        self._remove = button(_("Rem&ove"), self.remove_asked.emit, icon="trash-2", kind="danger")
        self.form, self.volumes = self.about.form, self.figures.volumes

    def _arrange(self) -> None:
        body = QWidget()
        outer = QVBoxLayout(body)
        theme.margins(outer, theme.M, 0, spacing=theme.S)
        outer.addWidget(self._nobody)
        outer.addWidget(self._body)
        outer.addStretch(1)
        inner = QVBoxLayout(self._body)
        theme.margins(inner, spacing=theme.M)
        inner.addWidget(self.head)
        inner.addWidget(self.past)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        inner.addLayout(self._halves)
        left = (self.figures, self.legs, self.next_step, self.timeline, self.history)
        right = (self.about, self.card, self.notes, self.standing)
        for half in (left, right):
            column = QVBoxLayout()
            theme.margins(column, spacing=theme.L)
            for part in half:
                column.addWidget(part)
            column.addStretch(1)
            self._halves.addLayout(column, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._remove)
        inner.addLayout(row)
        self.setWidget(body)

    def set_wide(self, wide: bool) -> None:
        """Say at the button whether the page stands beside the team or in its place."""
        self.head.set_wide(wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: two columns where there is room."""
        two = self.viewport().width() >= theme.scaled(_TWO_COLUMNS)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(across if two else down)
        self._halves.setSpacing(theme.XL if two else theme.L)
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the fields of one column need: there is no scroll bar at the side."""
        body = self.widget()
        one = self._halves.direction() == QBoxLayout.Direction.TopToBottom
        if event.type() == QEvent.Type.LayoutRequest and body is not None and watched is body and one:
            wide = body.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(max(theme.scaled(_WIDTH), wide))
        return super().eventFilter(watched, event)

    # deeds

    def _connect(self) -> None:
        for part in (self.head, self.legs):
            part.chosen.connect(self.chosen)
        self.head.move_asked.connect(self.move_asked)
        self.head.wide_asked.connect(self.wide_asked)
        self.about.committed.connect(self._store)
        self.figures.committed.connect(self._store_volume)

    def _store(self, name: str, text: str) -> None:
        period = self._shown[1]
        if self.details is None or period is None:
            return
        member = self.details.member
        self.form.set_error(name, "")
        try:
            done = self._context.deed(
                lambda: edits.store_field(self._context.file, member, name, text, period), _("Saved")
            )
        except FieldRefusal as refusal:
            if name == "leg":
                self.about.leg_again(member.leg)
            if not self.form.show_refusal(refusal):
                self.form.set_error(name, spoken(refusal))
            return
        if not done and name in self.about.fields:
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
        self._person.show_in_contacts()

    def commit(self) -> bool:
        """Store what is typed, and once more what couldn't be stored; False when some still can't."""
        if self.details is None:
            return True
        parts = (self.about, self.volumes, self.card, self.notes, self.next_step, self.timeline)
        kept = [part.commit() for part in parts]  # each of them, also after one that couldn't be
        return all(kept)
