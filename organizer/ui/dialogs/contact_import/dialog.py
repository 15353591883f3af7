"""What a contact file, or pasted names, would change: to be looked at and corrected before anything is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _, format_number, ngettext
from organizer.services import contact_import
from organizer.services.contact_import import ContactLine, ContactMapping, ContactReading, Matches
from organizer.services.preview import Change
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.applying import ApplyingDialog
from organizer.ui.dialogs.contact_import.chosen import Chosen
from organizer.ui.dialogs.contact_import.columns_tab import ColumnsTab
from organizer.ui.dialogs.contact_import.pasted_row import PastedRow
from organizer.ui.dialogs.contact_import.rows_tab import RowsTab
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import PreviewTable
from organizer.ui.widgets.room import fit
from organizer.ui.widgets.waiting import waiting


class ContactImportDialog(ApplyingDialog):
    """Shows a reading and brings it in as one deed, after a backup; `applied` follows. Use `open()`."""

    def __init__(
        self,
        context: Context,
        reading: ContactReading,
        found: Matches,
        path: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`path` is the file, where it can be read again in another way; None for pasted names."""
        super().__init__(context, parent)
        self.setWindowTitle(_("Import contacts"))
        fit(self, 900, 600)
        self._path = path
        self.reading, self.found = reading, found
        self.chosen = Chosen(self)
        self.lines: list[ContactLine] = []
        self.summary = Label(size="heading", wrap=True)
        self.notes = Label(wrap=True)
        self.pasted = PastedRow(context.file.clock().date())
        self.pasted.setVisible(reading.pasted)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Import contacts"))
        self.columns = ColumnsTab(reading)
        self.new = RowsTab(_("New people"), self.chosen)
        self.changed = RowsTab(_("People with new details"), self.chosen)
        self.doubtful = RowsTab(_("People who may be known"), self.chosen, asks=True)
        self.same = RowsTab(_("People who stay as they are"), self.chosen)
        self.problems = PreviewTable(_("Rows with a problem"))
        self._arrange()
        self.columns.corrected.connect(self._read_again)
        self.chosen.changed.connect(self._show_counts)
        self.pasted.changed.connect(self._show_counts)
        self.show_reading(reading, found)
        if not reading.sure:
            self.tabs.setCurrentWidget(self.columns)
            self.columns.columns.setFocus()

    def show_reading(self, reading: ContactReading, found: Matches) -> None:
        """Show what this reading would change; what was chosen of another is forgotten."""
        self.reading, self.found = reading, found
        self.chosen.left.clear()
        self.chosen.people.clear()
        with waiting():
            preview = contact_import.preview(self.context.file, reading, None, found)
        self.lines = [line for line in preview.lines if isinstance(line, ContactLine)]
        for tab, kind in self._tabs().items():
            tab.show_lines([line for line in self.lines if line.change is kind])
        outcome = {False: _("Left out"), True: _("Taken, without this")}
        rows = [(p.row or None, outcome[p.kept], p.subject, spoken(p.message)) for p in reading.problems]
        self.problems.set_rows((_("Row"), _("Outcome"), _("Who"), _("Why")), rows)
        self.notes.setText("\n".join(spoken(note) for note in preview.notes))
        self.notes.setVisible(bool(preview.notes))
        self.columns.show_reading(reading)
        self._show_counts()
        self._show_tabs()

    def ready(self) -> bool:
        """True when something goes in."""
        return bool(self._going_in()) and (self.pasted.is_sound() or not self.reading.pasted)

    def carry_out(self) -> bool:
        """Bring it in; what went wrong stands in the window's line for answers, and the dialog goes."""
        count = len(self._going_in())
        text = ngettext("{count} contact has come in.", "{count} contacts have come in.", count)
        done = bool(self.context.deed(self._apply, text.format(count=format_number(count))))
        if not done:
            self.reject()
        return done

    def _apply(self) -> bool:
        expires = self.pasted.expires() if self.reading.pasted else None
        choices = self.chosen.choices(expires, self.pasted.source.text().strip())
        contact_import.preview(self.context.file, self.reading, choices, self.found).apply()
        return True

    def _going_in(self) -> list[ContactLine]:
        return [one for one in self.lines if one.change is not Change.SAME and one.place not in self.chosen.left]

    def _tabs(self) -> dict[RowsTab, Change]:
        return {
            self.doubtful: Change.DOUBTFUL,
            self.new: Change.NEW,
            self.changed: Change.CHANGED,
            self.same: Change.SAME,
        }

    def _show_counts(self) -> None:
        going = self._going_in()
        text = ngettext("{count} contact comes in.", "{count} contacts come in.", len(going))
        summary = text.format(count=format_number(len(going))) if going else _("Nothing new comes in.")
        self.summary.setText(f"{self.reading.file} \N{EN DASH} {summary}" if self.reading.file else summary)
        self.go.setEnabled(self.ready() and not self.tasks.active())

    def _show_tabs(self) -> None:
        counts = {kind: sum(line.change is kind for line in self.lines) for kind in self._tabs().values()}
        titles = {
            self.doubtful: _("Doubtful ({count})").format(count=format_number(counts[Change.DOUBTFUL])),
            self.new: _("New ({count})").format(count=format_number(counts[Change.NEW])),
            self.changed: _("Completed ({count})").format(count=format_number(counts[Change.CHANGED])),
            self.same: _("As before ({count})").format(count=format_number(counts[Change.SAME])),
            self.problems: _("Problems ({count})").format(count=format_number(len(self.reading.problems))),
        }
        shown = {tab: counts[kind] > 0 for tab, kind in self._tabs().items()}
        shown[self.new] = shown[self.new] or not self.lines
        for widget, title in titles.items():
            self.tabs.setTabText(self.tabs.indexOf(widget), title)
            visible = bool(self.reading.problems) if widget is self.problems else shown[widget]  # type: ignore[index]
            self.tabs.setTabVisible(self.tabs.indexOf(widget), visible)
        self.tabs.setTabVisible(self.tabs.indexOf(self.columns), self.reading.mapping is not None)

    def _read_again(self, mapping: ContactMapping | None) -> None:
        """Read the file as the columns say now; only the last of several corrections counts."""
        if self._path is None:
            return
        self.tasks.cancel()
        self.go.setEnabled(False)
        job = contact_import.read(self._path, self.context.file if mapping else None, mapping)
        self.tasks.run(job.title, job.work, self._compare, self._refuse)

    def _compare(self, reading: ContactReading) -> None:
        job = contact_import.matches(self.context.file, reading)
        self.tasks.run(
            job.title, job.work, lambda found: self.show_reading(reading, found), self._refuse, self._show_counts
        )

    def _refuse(self, refusal: Refusal) -> None:
        self.columns.refuse(spoken(refusal))
        self.go.setEnabled(False)

    def _arrange(self) -> None:
        body = QVBoxLayout(self.body)
        theme.margins(body, spacing=theme.M)
        for widget in (self.summary, self.notes, self.pasted):
            body.addWidget(widget)
        body.addWidget(self.tabs, 1)
        for tab in (self.doubtful, self.new, self.changed, self.same, self.problems, self.columns):
            self.tabs.addTab(tab, "")
        self.tabs.setTabText(self.tabs.indexOf(self.columns), _("Columns"))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        layout.addWidget(self.body, 1)
        layout.addWidget(self.working)
        layout.addWidget(self.buttons())
