"""Where I stand, and who is close to a rank, new, silent or could use help: lists, and what to do from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.timeline import EntryKind
from organizer.i18n import _, format_number, ngettext
from organizer.services import team_lists, team_progress, timeline
from organizer.services.jobs import Job
from organizer.services.team import TeamView
from organizer.services.team_lists import ListRow, TeamList, Which
from organizer.services.volume_paste import guarded_rows
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.models.team_cells import personal_title
from organizer.ui.pages.list_pane import ListTable
from organizer.ui.pages.team.lists.choices import Choices
from organizer.ui.pages.team.lists.list_model import NAME, WHY, ListModel
from organizer.ui.pages.team.lists.next_step import NextStepDialog
from organizer.ui.pages.team.lists.progress_card import ProgressCard
from organizer.ui.pages.team.segments import Segments
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.search_field import SearchField

_STAND = "stand"
_WIDEST = {NAME: 200, WHY: 340}
_WIDE = 180
_CARD = 640
_OWN_TABLES = frozenset(("follow_up",))


class ListsView(QWidget):
    """One way to look at a team (see ui/pages/team/views.py). `show_in_tree(member id)` turns to the outline,
    `make_report()` offers the lists as a PDF.
    """

    chosen = Signal(int)
    menu_asked = Signal(QPoint)

    def __init__(
        self, context: Context, show_in_tree: Callable[[int], object], make_report: Callable[[], object]
    ) -> None:
        super().__init__()
        self._context = context
        self._make_report = make_report
        self._show_in_tree = show_in_tree
        self._view: TeamView | None = None
        self._member_id = 0
        self._moving = False
        self._asked: TeamView | None = None
        self.list: TeamList | None = None
        self.model = ListModel()
        self.model.setParent(self)
        self._build()
        context.changed.connect(self._on_changed)

    # layout

    def _build(self) -> None:
        self.which = Segments(_("What to look at"))
        words = {
            _STAND: _("Where I stand"), Which.CLOSE: _("Close to a rank"), Which.NEW: _("Newly joined"),
            Which.SILENT: _("Silent"), Which.HELP: _("Offer help"),
        }  # fmt: skip
        for key, word in words.items():
            self.which.add(key, word)
        self.which.chosen.connect(lambda _key: self._reload())
        self.choices = Choices()
        self.choices.changed.connect(self._reload)
        self.search = SearchField(_("Search name or number"), _("Search in this list"))
        self.search.textChanged.connect(self._on_search)
        self._meaning = Label(tone="muted", wrap=True)
        self._notes = Label(tone="amber", size="small", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._own())
        self._stack.addWidget(self._lines())
        top = QHBoxLayout()
        top.addWidget(self.which)
        top.addStretch(1)
        column = QVBoxLayout(self)
        theme.margins(column)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def _own(self) -> QWidget:
        self.card = ProgressCard(self._context)
        self.card.setMaximumWidth(theme.scaled(_CARD))
        inside = QWidget()
        row = QHBoxLayout(inside)
        theme.margins(row, theme.S)
        row.addWidget(self.card, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("Where I stand"))
        area.setWidget(inside)
        return area

    def _lines(self) -> QWidget:
        self.table = ListTable(_("The members on this list"))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.setModel(self.model)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.edit_asked.connect(self.show_in_tree)
        self.table.doubleClicked.connect(lambda _index: self.show_in_tree())
        self.table.left_upwards.connect(lambda: self.search.setFocus())
        self.search.down_pressed.connect(self._to_table)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.count = Label(size="small", tone="muted")
        whole = QWidget()
        column = QVBoxLayout(whole)
        theme.margins(column)
        above = QHBoxLayout()
        above.addWidget(self.choices)
        above.addStretch(1)
        above.addWidget(self.search, 2)
        column.addLayout(above)
        for part in (self._meaning, self._notes):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self._deeds())
        return whole

    def _deeds(self) -> QWidget:
        line = QWidget()
        row = FlowLayout(line)
        theme.margins(row)
        row.addWidget(self.count)
        deeds: Sequence[tuple[str, str, Callable[[], object]]] = (
            (_("Show in the tree"), "network", self.show_in_tree),
            (_("Talked today"), "circle-check", self.talked),
            (_("Next step…"), "pencil", self.plan_step),
            (_("Open in Contacts"), "users", self.open_contact),
            (_("Copy rows"), "copy", self.copy),
            (_("PDF…"), "file-text", self.make_report),
        )
        self.deeds = {}
        for word, icon, deed in deeds:
            self.deeds[word] = button(word, deed, icon=icon)
            row.addWidget(self.deeds[word])
            action = QAction(word, self.table)
            action.triggered.connect(lambda _on=False, do=deed: do())
            self.table.addAction(action)
            if deed == self.copy:
                action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return line

    # showing

    def show_view(self, view: TeamView | None, other: bool) -> None:
        """Show this state of the team; `other`: another company's or tree's."""
        self._view = view
        if other:
            self.search.clear()
        self._reload()

    def choose(self, member_id: int) -> bool:
        """Show this member as chosen, where she is on the list; the panel beside shows her in any case."""
        self._member_id = member_id
        self._select()
        return self._view is not None and member_id in self._view.team.ids

    def focus(self) -> None:
        """Take the keyboard."""
        if self.which.current() == _STAND:
            self.which.setFocus()
        else:
            self._to_table()

    def _on_changed(self, touched: object) -> None:
        # the page reads the team anew for all else
        if isinstance(touched, frozenset) and touched and touched <= _OWN_TABLES and self.isVisible():
            self._reload()

    def _reload(self) -> None:
        view, key = self._view, self.which.current()
        self._stack.setCurrentIndex(0 if key == _STAND else 1)
        if key == _STAND:
            me = view.team.me if view else -1
            self.card.show_member(view, view.team.ids[me] if view and me >= 0 else 0)
            return
        which = Which(key)
        self.choices.show_for(which)
        company = self._context.company
        if view is None or company is None:
            self._show(None)
        elif which is Which.CLOSE:
            self._close(view)
        else:
            self._show(self._context.deed(lambda: self._made(which, company.id, view)))

    def _made(self, which: Which, company_id: int, view: TeamView) -> TeamList:
        file = self._context.file
        if which is Which.NEW:
            return team_lists.new(file, company_id, view, self.choices.number(which))
        if which is Which.SILENT:
            return team_lists.silent(file, company_id, view, self.choices.number(which))
        return team_lists.help_(file, company_id, view)

    def _close(self, view: TeamView) -> None:
        """Who is close to a rank; the ranks of a large team are worked out in the background first."""
        if reason := team_progress.why_not(view):
            self._show(None, spoken(reason))
        elif team_progress.is_quick(view):
            self._show_close(view)
        else:
            self._show(None, _("Working out the ranks of the team…"))
            job: Job[team_progress.Ladder] | None = self._context.deed(
                lambda: team_progress.prepare(self._context.file, view)
            )
            if job and self._asked is not view:
                self._asked = view
                self._context.run(job, lambda _ladder: None, lambda: self._on_ready(view))

    def _on_ready(self, view: TeamView) -> None:
        self._asked = None
        if view is self._view and self.which.current() == Which.CLOSE and team_progress.known(view):
            self._show_close(view)

    def _show_close(self, view: TeamView) -> None:
        company = self._context.company
        if company is None:
            return
        file, percent = self._context.file, self.choices.number(Which.CLOSE)
        self._show(
            self._context.deed(
                lambda: team_lists.close(file, company.id, view, team_progress.ladder(file, view), percent)
            )
        )

    def _show(self, found: TeamList | None, instead: str = "") -> None:
        self.list = found
        self._meaning.setText(spoken(found.meaning) if found else instead)
        self._meaning.setVisible(bool(self._meaning.text()))
        self._notes.setText("\n".join(spoken(note) for note in found.notes) if found else "")
        self._notes.setVisible(bool(self._notes.text()))
        self._moving = True
        self.model.personal = personal_title(self._view) if self._view else ""
        self.model.which = found.which if found else Which.NEW
        self.model.set_rows(found.rows if found else ())
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1)
        self._fit()
        self._moving = False
        self._select()
        self._say()

    def _fit(self) -> None:
        """Columns with nothing in them are left out; the others are as wide as what they say, within reason."""
        for column in range(self.model.columnCount()):
            self.table.setColumnHidden(column, column != NAME and not self.model.says_something(column))
        self.table.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            most = theme.scaled(_WIDEST.get(column, _WIDE))
            self.table.setColumnWidth(column, min(self.table.columnWidth(column) + theme.S, most))

    def _say(self) -> None:
        shown, total = len(self.model.shown), self.model.total
        if shown == total:
            text = ngettext("{count} person", "{count} people", total).format(count=format_number(total))
        else:
            text = _("{count} of {total}").format(count=format_number(shown), total=format_number(total))
        self.count.setText(text)
        for made in self.deeds.values():
            made.setEnabled(bool(shown))

    def _on_search(self, text: str) -> None:
        self._moving = True
        self.model.search(text)
        self._moving = False
        self._select()
        self._say()

    # who is chosen

    def _select(self) -> None:
        place = self.model.place(self._member_id) if self._member_id else -1
        self._moving = True
        if place >= 0:
            index = self.model.index(place, NAME)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, flags)
            self.table.scrollTo(index)
        else:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        self._moving = False

    def _on_current(self, index: QModelIndex) -> None:
        if not self._moving and index.isValid():
            self._member_id = self.model.shown[index.row()].id
            self.chosen.emit(self._member_id)

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and self.model.shown:
            self.table.setCurrentIndex(self.model.index(0, NAME))

    def _row(self) -> ListRow | None:
        index = self.table.currentIndex()
        if not index.isValid() and self.model.shown:
            # nobody is chosen: the deed is for the first one, who is then seen to be chosen
            index = self.model.index(0, NAME)
            self.table.setCurrentIndex(index)
        return self.model.shown[index.row()] if index.isValid() else None

    # deeds

    def show_in_tree(self) -> None:
        """Show the chosen member in the outline tree."""
        if row := self._row():
            self._show_in_tree(row.id)

    def talked(self) -> None:
        """Note that they talked today."""
        if row := self._row():
            file = self._context.file
            answer = _("Noted that you talked with {name} today.").format(name=row.name)
            self._context.deed(
                lambda: timeline.add_entry(file, row.person_id, file.clock().date(), EntryKind.TALK), answer
            )

    def plan_step(self) -> None:
        """Write the next step with the chosen member."""
        row = self._row()
        if row is None:
            return
        file = self._context.file
        answer = _("The next step with {name} is kept.").format(name=row.name)
        NextStepDialog(
            row.name,
            timeline.next_step(file, row.person_id),
            lambda due, body: self._context.deed(
                lambda: timeline.set_next_step(file, row.person_id, due, body), answer
            ),
            self,
        ).open()

    def open_contact(self) -> None:
        """Show the chosen member in Contacts."""
        if row := self._row():
            self._context.goto.emit("contacts", row.person_id)

    def make_report(self) -> None:
        """Offer the PDF that has the shown list in it, looking back over as many periods."""
        company, which, view = self._context.company, self.which.current(), self._view
        if company and view and which in (Which.NEW, Which.SILENT, Which.HELP):
            # when it is asked for: pages open sooner
            from organizer.services.team_report_wish import Report
            from organizer.services.team_reports import TeamReports

            box, reports = self.choices.boxes.get(Which(which)), TeamReports(self._context.file, company)
            back = box.value() if box else 0
            self._context.deed(lambda: reports.begin_with(Report.PEOPLE, view.period, back))
        self._make_report()

    def copy(self) -> None:
        """Put the chosen lines, or all when at most one is chosen, on the clipboard for a spreadsheet."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        rows = [self.model.shown[place] for place in places] if len(places) > 1 else self.model.shown
        columns = [at for at in range(self.model.columnCount()) if not self.table.isColumnHidden(at)]
        headings = self.model.headings()
        lines = [[headings[at] for at in columns], *([self.model.cell(row, at) for at in columns] for row in rows)]
        QGuiApplication.clipboard().setText(guarded_rows(lines))
        count = len(rows)
        answer = ngettext("Copied {count} row.", "Copied {count} rows.", count).format(count=format_number(count))
        self._context.answered.emit(answer, False)
