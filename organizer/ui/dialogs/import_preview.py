"""What an import would change, shown before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.domain.team import Kind
from organizer.i18n import _, format_number, format_period, ngettext
from organizer.services import companies, files, imports, periods, team
from organizer.services.imports import Reading, TeamRow
from organizer.services.preview import Change, Line, Preview
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs import backup_first
from organizer.ui.dialogs.who_am_i import WhoAmI
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.answer_bar import AnswerBar
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label, as_title
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import PreviewTable
from organizer.ui.widgets.waiting import waiting

__all__ = ["ImportPreview", "TeamImportPreview"]

Cell = str | int | None


class ImportPreview(QDialog):
    """Shows `preview` and carries it out as one deed when she says so, after a backup; `applied` follows.

    Use `open()`.
    """

    applied = Signal()

    def __init__(
        self,
        context: Context,
        preview: Preview,
        title: str,
        parent: QWidget | None = None,
        company: Company | None = None,
    ) -> None:
        """With a `company` its name stands in the title where she has several."""
        super().__init__(parent)
        self.context = context
        self.preview = preview
        self.tasks = Tasks(self)
        several = company and len(companies.everyone(context.file)) > 1
        self.setWindowTitle(as_title(f"{title} \N{EN DASH} {company.name}") if company and several else title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(880, 560)
        self._build(title)
        self._show()

    def set_preview(self, preview: Preview) -> None:
        """Show another outcome of the same file."""
        self.preview = preview
        self._show()

    def accept(self) -> None:
        """Make a backup, then import: nothing was changed before this."""
        if self.tasks.active():
            return
        if backup_first.make(self, self.context.file, self.tasks, self._import, self._let_go):
            self.go.setEnabled(False)
            self.body.setEnabled(False)
            self.working.show()

    def done(self, result: int) -> None:
        """Qt's: a backup that is under way stops with the dialog."""
        self.tasks.shutdown()
        super().done(result)

    def _let_go(self) -> None:
        self.body.setEnabled(True)
        self.go.setEnabled(self.preview.changes_anything)

    def _import(self) -> None:
        count = sum(1 for line in self.preview.lines if changes(line))
        text = ngettext("Imported {count} row from {file}.", "Imported {count} rows from {file}.", count)
        with waiting():
            done = self.context.deed(self._apply, text.format(count=format_number(count), file=self.preview.file))
        if done:
            super().accept()
            self.applied.emit()
        else:
            self.reject()  # what went wrong stands in the window's line for answers

    def _apply(self) -> bool:
        self.preview.apply()
        return True

    def _build(self, title: str) -> None:
        self.summary = Label(size="heading", wrap=True)
        self.counts = Label(tone="muted", wrap=True)
        self.notes = Label(wrap=True)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(title)
        self.changes = PreviewTable(_("What will change"))
        self.problems = PreviewTable(_("Rows with a problem"))
        self.same = QCheckBox(_("&Show what stays the same too"))
        self.same.toggled.connect(self._show_lines)
        changes = QWidget()
        inner = QVBoxLayout(changes)
        theme.margins(inner, theme.S, spacing=theme.S)
        inner.addWidget(self.changes)
        inner.addWidget(self.same)
        problems = QWidget()
        inner = QVBoxLayout(problems)
        theme.margins(inner, theme.S)
        inner.addWidget(self.problems)
        self.tabs.addTab(changes, "")
        self.tabs.addTab(problems, "")
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        layout.addWidget(self._body(), 1)
        self.working = AnswerBar(self.tasks)
        self.working.hide()
        layout.addWidget(self.working)
        layout.addWidget(self._buttons())

    def _body(self) -> QWidget:
        self.body = QWidget()
        layout = QVBoxLayout(self.body)
        theme.margins(layout, spacing=theme.M)
        self.options = QVBoxLayout()
        self.options.setSpacing(theme.S)
        for widget in (self.summary, self.counts, self.notes):
            layout.addWidget(widget)
        layout.addLayout(self.options)
        layout.addWidget(self.tabs, 1)
        return self.body

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = button(_("&Import"), kind="primary")
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _show(self) -> None:
        preview = self.preview
        anything = preview.changes_anything
        self.go.setEnabled(anything)
        summary = _("This will change:") if anything else _("Nothing new in this file.")
        self.summary.setText(f"{preview.file} \N{EN DASH} {summary}")
        self.counts.setText(" \N{MIDDLE DOT} ".join(in_words(preview)))
        self.counts.setVisible(bool(preview.lines))
        self.notes.setText("\n".join(spoken(note) for note in preview.notes))
        self.notes.setVisible(bool(preview.notes))
        self._show_lines()
        self._show_problems()

    def _show_lines(self) -> None:
        lines = self.preview.lines
        self.same.setVisible(any(line.change is Change.SAME for line in lines))
        if not self.same.isChecked():
            lines = [line for line in lines if line.change is not Change.SAME]
        self.changes.set_rows((_("Row"), _("What"), _("Who or what"), _("Details")), _Rows(lines))
        self.tabs.setTabText(0, _("Changes ({count})").format(count=format_number(len(lines))))

    def _show_problems(self) -> None:
        found = self.preview.problems
        outcome = {False: _("Left out"), True: _("Taken, without this")}
        rows = [(p.row or None, outcome[p.kept], p.subject, spoken(p.message)) for p in found]
        self.problems.set_rows((_("Row"), _("Outcome"), _("Who or what"), _("Why")), rows)
        self.tabs.setTabText(1, _("Problems ({count})").format(count=format_number(len(found))))
        self.tabs.setTabVisible(1, bool(found))
        if found and not self.preview.changes_anything:
            self.tabs.setCurrentIndex(1)


class TeamImportPreview(ImportPreview):
    """The preview of a file of `company`'s team, with what it doesn't say: which period, which row is she."""

    def __init__(
        self, context: Context, company: Company, reading: Reading[TeamRow], parent: QWidget | None = None
    ) -> None:
        self.reading = reading
        self.company = company
        present = periods.present(context.file, company.id)
        preview = imports.preview_team(context.file, self.company, reading, present)
        super().__init__(context, preview, _("Import the team"), parent, company)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.periods = periods.offered(context.file, company.id)
        self.period = self._chooser(present)
        form.addRow(_("Figures are &for:"), self.period)
        self.own = self._who()
        if self.own:
            form.addRow(_("I &am:"), self.own)
        self.options.addLayout(form)
        hint = _("The file doesn't say which period its volumes belong to. They are kept as those of this one.")
        self.options.addWidget(Label(hint, tone="muted", wrap=True))
        self.problem = Label(tone="danger", wrap=True)
        self.problem.hide()
        self.options.addWidget(self.problem)

    def chosen(self) -> Period:
        """The period that the file's figures are for."""
        return self.periods[self.period.currentIndex()]

    def _chooser(self, present: Period) -> QComboBox:
        chooser = ComboBox()
        chooser.setAccessibleName(_("The period that the file's figures are for"))
        for period in self.periods:
            chooser.addItem(format_period(period), period.key)
        chooser.setCurrentIndex(chooser.findData(present.key))
        chooser.currentIndexChanged.connect(self._again)
        return chooser

    def _who(self) -> WhoAmI | None:
        """The question who she is, as long as the file could take another for her."""
        if self._own_number_known():
            return None
        sellers = {row.number: row.name for row in self.reading.records if row.kind is Kind.DISTRIBUTOR}
        people = dict(self.preview.tops) | sellers
        if len(people) < 2:
            return None
        chooser = WhoAmI(list(people.items()), self.preview.me)
        chooser.chosen.connect(self._again)
        return chooser

    def _own_number_known(self) -> bool:
        file = self.context.file
        own = files.member_of_owner(file, self.company.id)
        details = team.details(file, own, self.context.period) if own is not None else None
        return bool(details and details.member.number)

    def _again(self) -> None:
        period = self.chosen()
        me = self.own.number() if self.own else ""
        self.problem.hide()
        if self.own and not me:
            self._stop(_("Choose who you are: write part of your name or your number."))
            return
        try:
            with waiting():
                self.set_preview(imports.preview_team(self.context.file, self.company, self.reading, period, me))
        except Refusal as refusal:
            self._stop(spoken(refusal))

    def _stop(self, why: str) -> None:
        self.go.setEnabled(False)
        self.problem.setText(why)
        self.problem.show()


class _Rows(Sequence[tuple[Cell, ...]]):
    """Lines as cells, worded only when looked at: a team's file may have a hundred thousand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._words = {
            Change.NEW: _("New"),
            Change.CHANGED: _("Changed"),
            Change.MOVED: _("Moved"),
            Change.SAME: _("As before"),
            Change.MISSING: _("Not in the file, stays"),
        }

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Cell, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Cell, ...] | Sequence[tuple[Cell, ...]]:
        if isinstance(index, slice):
            return _Rows(self._lines[index])
        line = self._lines[index]
        return line.row or None, self._words[line.change], line.subject, _sentence(line.details)


def changes(line: Line) -> bool:
    """True where a line is more than a remark."""
    return line.change not in (Change.SAME, Change.MISSING)


def in_words(preview: Preview) -> list[str]:
    """How many lines there are of each kind, and how many rows stay out: "12 new", "3 changed"."""
    counts = preview.counts
    left_out = sum(1 for problem in preview.problems if not problem.kept)
    missing = counts[Change.MISSING]
    texts = [
        (counts[Change.NEW], ngettext("{count} new", "{count} new", counts[Change.NEW])),
        (counts[Change.CHANGED], ngettext("{count} changed", "{count} changed", counts[Change.CHANGED])),
        (counts[Change.MOVED], ngettext("{count} moved", "{count} moved", counts[Change.MOVED])),
        (counts[Change.SAME], ngettext("{count} as before", "{count} as before", counts[Change.SAME])),
        (missing, ngettext("{count} not in the file, stays", "{count} not in the file, stay", missing)),
        (left_out, ngettext("{count} row left out", "{count} rows left out", left_out)),
    ]
    return [text.format(count=format_number(count)) for count, text in texts if count]


def _sentence(details: Sequence[Message]) -> str:
    return "; ".join(spoken(detail) for detail in details)
