"""What a person agreed to and said no to, and what that allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.consent import Channel, Consent, SaidNo, Standing
from organizer.i18n import _
from organizer.services import consents, contacts
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.consent import GiveDialog, LiftDialog, NoDialog, WithdrawDialog, words
from organizer.ui.pages.contacts import consent_words
from organizer.ui.pages.team.member.section import Section
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label

_TABLES = frozenset({"consent", "said_no", "entry", "person"})


class ConsentPanel(QScrollArea):
    """Shows one person; every deed here is stored at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.person = 0
        self.give = button(_("Agreed…"), self._give, icon="plus")
        self.say_no = button(_("Said no…"), self._say_no, icon="ban")
        self.tell = button(_("What is kept about them…"), self._tell, icon="file-text")
        self.erase = button(_("Erase for good…"), self._erase, icon="trash-2", kind="danger")
        self._channels, self._noes, self._ledger = (QVBoxLayout() for _i in range(3))
        self._why_not = Label(size="small", tone="muted", wrap=True, selectable=True)
        self._invited = Label(tone="muted", wrap=True)
        self._nothing = Label(_("Nothing is noted yet."), tone="muted", wrap=True)
        self._sections: list[Section] = []
        self._build()
        self.setFocusProxy(self.give)
        context.changed.connect(self._on_changed)

    def show_person(self, person_id: int) -> None:
        """Show a person; 0 for nobody."""
        self.person = person_id
        self.refresh()

    def refresh(self) -> None:
        """Read what is shown anew."""
        found = contacts.get(self._context.file, self.person) if self.person else None
        self.setEnabled(found is not None)
        standing = consents.standing(self._context.file, self.person) if found else Standing()
        day = self._context.file.clock().date()
        self._name = found.name if found else ""
        _fill(self._channels, (self._channel(standing, channel, day) for channel in Channel))
        _fill(self._noes, map(self._no, reversed(standing.noes)))
        _fill(self._ledger, map(self._line, reversed(standing.consents)))
        why_not = consent_words.why_not(standing, day)
        self._why_not.setText(why_not)
        self._why_not.setVisible(bool(why_not))
        self._invited.setText(consent_words.invitations(standing, day))
        self._nothing.setVisible(not standing.consents)
        self._sections[1].setVisible(bool(standing.noes))

    def _on_changed(self, touched: frozenset[str]) -> None:
        if self.person and touched & _TABLES:
            self.refresh()

    # --- what it is made of

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setProperty("page", True)
        column = QVBoxLayout(content)
        theme.margins(column, 0, theme.XS, spacing=theme.M)
        parts = (
            (_("What may I do?"), (self._answers(), self._channels, self._why_not, self._invited)),
            (_("Said no"), (self._noes,)),
            (_("What was agreed"), (self._nothing, self._ledger)),
        )
        for number, (title, inside) in enumerate(parts):
            section = Section(title, line=number > 0)
            for part in inside:
                if isinstance(part, QVBoxLayout):
                    theme.margins(part, spacing=theme.S)
                    section.column.addLayout(part)
                else:
                    section.column.addWidget(part)
            column.addWidget(section)
            self._sections.append(section)
        section = Section(_("Their data"))
        deeds = QWidget()
        flow = FlowLayout(deeds)
        flow.addWidget(self.tell)
        flow.addWidget(self.erase)
        section.column.addWidget(deeds)
        column.addWidget(section)
        column.addStretch(1)
        self.setWidget(content)

    def _answers(self) -> QWidget:
        """A yes and a no are as near as each other."""
        answers = QWidget()
        flow = FlowLayout(answers)
        theme.margins(flow, spacing=theme.S)
        flow.addWidget(self.give)
        flow.addWidget(self.say_no)
        return answers

    def _channel(self, standing: Standing, channel: Channel, day: date) -> QWidget:
        title = words.channel_title(channel)
        head = f"{title} · {consent_words.state(standing, channel, day)}"
        holding = standing.consent_to(channel, day)
        if holding:
            deed = button(_("Withdraw…"), lambda: self._withdraw(holding), kind="flat")
            deed.setAccessibleName(_("Withdraw: {channel}").format(channel=title))
        else:
            deed = button(_("Agreed…"), lambda: self._give(channel), kind="flat")
            deed.setAccessibleName(_("Agreed: {channel}").format(channel=title))
        return _row(head, consent_words.may(standing, channel, day), deed)

    def _no(self, no: SaidNo) -> QWidget:
        deed = None
        if no.lifted is None:
            deed = button(_("Lift…"), lambda: self._lift(no), kind="flat")
            deed.setAccessibleName(_("Lift: {what}").format(what=consent_words.no_head(no)))
        return _row(consent_words.no_head(no), consent_words.no_body(no), deed)

    def _line(self, one: Consent) -> QWidget:
        head = consent_words.line_head(one, words.channel_title(one.channel))
        return _row(head, consent_words.line_body(one), None)

    # --- deeds

    def _give(self, channel: Channel | None = None) -> None:
        if self.person:
            GiveDialog(self._context, self.person, [channel] if channel else [], self).open()

    def _withdraw(self, one: Consent) -> None:
        WithdrawDialog(self._context, one, self._name, self).open()

    def _say_no(self) -> None:
        if self.person:
            NoDialog(self._context, self.person, self).open()

    def _lift(self, no: SaidNo) -> None:
        LiftDialog(self._context, no, self._name, self).open()

    def _tell(self) -> None:
        from organizer.ui.dialogs.erase import open_insight

        if self.person:
            open_insight(self._context, self.person, self)

    def _erase(self) -> None:
        from organizer.ui.dialogs.erase import open_erase

        if self.person:
            open_erase(self._context, self.person, self)


def _row(head: str, body: str, deed: QWidget | None) -> QWidget:
    row = QWidget()
    across = QHBoxLayout(row)
    theme.margins(across, spacing=theme.S)
    told = QVBoxLayout()
    theme.margins(told, spacing=theme.XS)
    told.addWidget(Label(head, wrap=True, selectable=True))
    if body:
        told.addWidget(Label(body, size="small", tone="muted", wrap=True, selectable=True))
    across.addLayout(told, 1)
    if deed:
        across.addWidget(deed, 0, Qt.AlignmentFlag.AlignTop)
    return row


def _fill(layout: QVBoxLayout, rows: Iterable[QWidget]) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
    for row in rows:
        layout.addWidget(row)
