"""The import of a team file: what it changes, what is wrong in it, how it is read. Nothing is done at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from organizer.domain.commission.plan import Plan
from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.i18n import _, format_number, ngettext
from organizer.services import companies, file_layouts, files, imports, periods, plans
from organizer.services.imports import TeamMapping, TeamReading
from organizer.services.preview import Mend, TeamProblem
from organizer.services.team_preview import IS_THAT_YOU, NOBODY_KNOWN
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.applying import ApplyingDialog
from organizer.ui.dialogs.team_import import words
from organizer.ui.dialogs.team_import.changes_tab import ChangesTab
from organizer.ui.dialogs.team_import.head import Head
from organizer.ui.dialogs.team_import.mapping_tab import MappingTab
from organizer.ui.dialogs.team_import.problems_tab import ProblemsTab
from organizer.ui.dialogs.team_import.session import Session
from organizer.ui.tasks import Task
from organizer.ui.widgets.label import Label, OneLine, as_title
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.waiting import waiting

_WIDE, _HIGH, _HIGHEST = 1040, 660, 700  # a small screen has 768, and a task bar


class TeamImportDialog(ApplyingDialog):
    """The preview of the team file at `path`, first read as `reading` for `company`. Use `open()`."""

    def __init__(
        self, context: Context, company: Company, path: Path, reading: TeamReading, parent: QWidget | None = None
    ) -> None:
        """Raises Refusal when the file can't be compared with the team."""
        super().__init__(context, parent)
        self.path = path
        self.session = self._begun(company, reading, not reading.sure)
        self._reading: Task | None = None
        self._seen = reading.sure
        self._build()
        self._show_session()
        self.tabs.setCurrentWidget(self.changes if reading.sure else self.mapping)
        (self.changes.table if reading.sure else self.mapping.shape).setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> Period:
        """The period that the file's figures are for."""
        return self.session.period

    # the deed

    def ready(self) -> bool:
        """True when something is taken, and she is known."""
        return self.session.count() > 0 and not self._stopped()

    def accept(self) -> None:
        """Import; but what the program isn't sure of she sees first."""
        if not self._seen:
            self.tabs.setCurrentWidget(self.changes)
            self.changes.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._reading is None and self.ready():
            super().accept()

    def carry_out(self) -> bool:
        """Import what is taken as one deed; a refusal is said here, and all she chose stays."""
        count = self.session.count()
        try:
            self.session.ready().apply()
        except Refusal as refusal:
            self._stop(spoken(refusal))
            return False
        text = ngettext("Imported {count} change from {file}.", "Imported {count} changes from {file}.", count)
        answer = text.format(count=format_number(count), file=self.session.reading.file)
        self.context.answered.emit(answer, files.undoable(self.context.file) is not None)
        return True

    # what is shown

    def _begun(
        self, company: Company, reading: TeamReading, confirmed: bool, before: Session | None = None
    ) -> Session:
        file = self.context.file
        with waiting():
            if before and before.company.id == company.id:
                session = Session(file, company, reading, before.period)
                session.keep(before)
            else:
                period = imports.period_guess(file, company, reading) or periods.present(file, company.id)
                session = Session(file, company, reading, period)
        session.confirmed = confirmed
        return session

    def _build(self) -> None:
        self.resize(theme.scaled(_WIDE), min(theme.scaled(_HIGH), _HIGHEST))
        self.summary = OneLine(size="heading")
        self.head = Head(self.context.file, self.session)
        self.doubt = Label(tone="amber", wrap=True)
        self.notes = Label(wrap=True)
        self.problem = Label(tone="danger", wrap=True)
        self.problem.hide()
        self.changes = ChangesTab(self.session)
        self.problems = ProblemsTab(self.session)
        self.mapping = MappingTab(self.session.reading, self._plan())
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Import the team"))
        self.tabs.addTab(self.changes, "")
        self.tabs.addTab(self.problems, "")
        self.tabs.addTab(self.mapping, _("How the file is read"))
        column = QVBoxLayout(self.body)
        theme.margins(column, spacing=theme.S)
        for widget in (self.summary, self.doubt, self.head, self.notes, self.problem, self.tabs):
            column.addWidget(widget, int(widget is self.tabs))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.S)
        layout.addWidget(self.body, 1)
        layout.addWidget(self.working)
        layout.addWidget(self.buttons())
        self._connect()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.changes.changed.connect(self._say)
        self.problems.mended.connect(self._mend)
        self.problems.reset.connect(self._reset)
        self.mapping.corrected.connect(self._correct)
        self.mapping.reset_asked.connect(lambda: self._read_again(self.session.company, None, afresh=True))
        self.head.company_chosen.connect(self._on_company)
        self.head.period_chosen.connect(self._on_period)
        self.head.me_chosen.connect(self._on_me)
        self.tasks.cancelled.connect(self._on_cancelled)

    def _show_session(self) -> None:
        """Another file, or another company."""
        several = len(companies.everyone(self.context.file)) > 1
        title = _("Import the team")
        company = self.session.company
        self.setWindowTitle(as_title(f"{title} \N{EN DASH} {company.name}") if several else title)
        self.mapping.show_reading(self.session.reading, self._plan())
        self.mapping.say(self._of_the_columns())
        self._show_preview()

    def _of_the_columns(self) -> str:
        reading, company = self.session.reading, self.session.company
        if self.session.confirmed:
            text = _("Once you import, {company}'s files with these headings are always read like this.")
            return text.format(company=company.name)
        if file_layouts.remembered(self.context.file, company.id, reading.headings):
            return _("Read as you chose it for the last file with these headings.")
        return _("Correct what is wrong: choose what a column is. It is remembered for this company's files.")

    def _show_preview(self) -> None:
        session = self.session
        guess = session.preview.period_guess
        self.head.show_session(session, guess is not None and guess == session.period)
        notes = session.preview.notes
        self.doubt.setText("\n".join(spoken(note) for note in notes if note.text == NOBODY_KNOWN))
        plain = (note for note in notes if note.text not in (NOBODY_KNOWN, IS_THAT_YOU))
        self.notes.setText("\n".join(map(spoken, plain)))
        self._make_room()
        self.problem.hide()
        self.changes.renew(session)
        self.problems.renew(session)
        found = self.problems.count()
        self.tabs.setTabText(0, _("Changes ({count})").format(count=format_number(len(session.changing))))
        self.tabs.setTabText(1, _("Problems ({count})").format(count=format_number(found)))
        self.tabs.setTabVisible(1, found > 0)
        self._say()

    def _say(self) -> None:
        """What the button would do."""
        session, count = self.session, self.session.count()
        what = words.changes(len(session.changing)) if session.changing else _("Nothing new in this file.")
        self.summary.say(f"{session.reading.file} \N{EN DASH} {what}")
        go = _("&Import {changes}").format(changes=words.changes(count)) if count else _("&Import")
        self.go.setText(go if self._seen else _("&Look at the changes"))
        can_go = self.ready() if self._seen else bool(session.reading.records) and not self._stopped()
        self.go.setEnabled(self._reading is None and can_go)

    def _on_tab(self, _place: int) -> None:
        self._seen = self._seen or self.tabs.currentWidget() is self.changes
        self._say()
        self._make_room()

    def _make_room(self) -> None:
        """What is said of period and herself gives way to the columns, which need the height of a small screen."""
        there = self.tabs.currentWidget() is not self.mapping
        self.head.says.setVisible(there)
        for label in (self.doubt, self.head.asks, self.notes):
            label.setVisible(there and bool(label.text()))

    # what she says

    def _on_period(self) -> None:
        before, self.session.period = self.session.period, self.head.chosen()
        self._again(lambda: setattr(self.session, "period", before))

    def _on_me(self, number: str) -> None:
        if not number:
            self._stop(_("Choose who you are: write part of your name or your number."))
            return
        before, self.session.me = self.session.me, number
        self._again(lambda: setattr(self.session, "me", before))

    def _again(self, back: Callable[[], None]) -> None:
        try:
            with waiting():
                self.session.compare()
        except Refusal as refusal:
            back()
            self._stop(spoken(refusal))
        else:
            self._show_preview()

    def _mend(self, problem: TeamProblem, value: str | int) -> None:
        self._mended(lambda: self.session.mend(problem, value))

    def _reset(self, key: tuple[Mend, str]) -> None:
        self._mended(lambda: self.session.reset(key))

    def _mended(self, do: Callable[[], None]) -> None:
        try:
            with waiting():
                do()
        except Refusal as refusal:
            self._stop(spoken(refusal))
        else:
            self._show_preview()
            self.problems.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stopped(self) -> bool:
        return not (self.problem.isHidden() and self.mapping.problem.isHidden())

    def _stop(self, why: str) -> None:
        self.problem.setText(why)
        self.problem.show()
        self.go.setEnabled(False)

    # reading it another way

    def _plan(self) -> Plan | None:
        return plans.by_id(self.session.company.plan_id, self.context.file)

    def _on_company(self, company_id: int) -> None:
        company = next(one for one in companies.everyone(self.context.file) if one.id == company_id)
        self._read_again(company, None)

    def _correct(self, mapping: TeamMapping) -> None:
        self._read_again(self.session.company, mapping)

    def _read_again(self, company: Company, mapping: TeamMapping | None, afresh: bool = False) -> None:
        confirmed = afresh or mapping is not None  # what she has chosen herself is remembered
        if self._reading:
            self._reading.drop()
        job = imports.read_team_file(self.path, company, self.context.file, mapping, afresh=afresh, by_hand=True)
        self.working.show()
        self._reading = self.tasks.run(
            job.title, job.work, lambda reading: self._on_read(company, reading, confirmed), self._on_refused
        )
        self._say()

    def _on_read(self, company: Company, reading: TeamReading, confirmed: bool) -> None:
        self._reading = None
        self.working.hide()
        try:
            self.session = self._begun(company, reading, confirmed or not reading.sure, self.session)
        except Refusal as refusal:
            self._on_refused(refusal)
        else:
            self._show_session()

    def _on_refused(self, refusal: Refusal) -> None:
        self._reading = None
        self.working.hide()
        self.mapping.refuse(spoken(refusal))
        self._say()

    def _on_cancelled(self, _title: str) -> None:
        if self._reading:
            self._reading = None
            self._show_session()
