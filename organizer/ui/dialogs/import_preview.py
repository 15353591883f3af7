"""What an import would change, shown before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from PySide6.QtWidgets import QCheckBox, QTabWidget, QVBoxLayout, QWidget

from organizer.domain.company import Company
from organizer.domain.result import Message
from organizer.i18n import _, format_number, ngettext
from organizer.services import companies
from organizer.services.preview import Change, Line, Preview
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.applying import ApplyingDialog
from organizer.ui.widgets.label import Label, as_title
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import PreviewTable

Cell = str | int | None


class ImportPreview(ApplyingDialog):
    """Shows `preview` and carries it out as one deed when she says so, after a backup; `applied` follows.

    Use `open()`.
    """

    def __init__(
        self,
        context: Context,
        preview: Preview,
        title: str,
        parent: QWidget | None = None,
        company: Company | None = None,
    ) -> None:
        """With a `company` its name stands in the title where she has several."""
        super().__init__(context, parent)
        self.preview = preview
        several = company and len(companies.everyone(context.file)) > 1
        self.setWindowTitle(as_title(f"{title} \N{EN DASH} {company.name}") if company and several else title)
        self.resize(880, 560)
        self._build(title)
        self._show()

    def ready(self) -> bool:
        """True when the file says something new."""
        return self.preview.changes_anything

    def carry_out(self) -> bool:
        """Import; what went wrong stands in the window's line for answers, and the dialog goes."""
        count = sum(1 for line in self.preview.lines if changes(line))
        text = ngettext("Imported {count} row from {file}.", "Imported {count} rows from {file}.", count)
        answer = text.format(count=format_number(count), file=self.preview.file)
        done = bool(self.context.deed(self._apply, answer))
        if not done:
            self.reject()
        return done

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
        layout.addWidget(self.working)
        layout.addWidget(self.buttons())

    def _body(self) -> QWidget:
        layout = QVBoxLayout(self.body)
        theme.margins(layout, spacing=theme.M)
        for widget in (self.summary, self.counts, self.notes):
            layout.addWidget(widget)
        layout.addWidget(self.tabs, 1)
        return self.body

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


class _Rows(Sequence[tuple[Cell, ...]]):
    """Lines as cells, worded only when looked at: a team's file may have a hundred thousand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._words = {
            Change.NEW: _("New"),
            Change.DOUBTFUL: _("New, if nobody you know"),
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
    missing, doubtful = counts[Change.MISSING], counts[Change.DOUBTFUL]
    texts = [
        (counts[Change.NEW], ngettext("{count} new", "{count} new", counts[Change.NEW])),
        (doubtful, ngettext("{count} doubtful", "{count} doubtful", doubtful)),
        (counts[Change.CHANGED], ngettext("{count} changed", "{count} changed", counts[Change.CHANGED])),
        (counts[Change.MOVED], ngettext("{count} moved", "{count} moved", counts[Change.MOVED])),
        (counts[Change.SAME], ngettext("{count} as before", "{count} as before", counts[Change.SAME])),
        (missing, ngettext("{count} not in the file, stays", "{count} not in the file, stay", missing)),
        (left_out, ngettext("{count} row left out", "{count} rows left out", left_out)),
    ]
    return [text.format(count=format_number(count)) for count, text in texts if count]


def _sentence(details: Sequence[Message]) -> str:
    return "; ".join(spoken(detail) for detail in details)
