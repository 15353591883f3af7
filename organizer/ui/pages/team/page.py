"""The team: the tree on the left, the chosen member on the right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.domain.team import Tree
from organizer.i18n import _, format_number, format_period, ngettext
from organizer.services import team, team_columns
from organizer.services.jobs import uncollected
from organizer.services.team_columns import Habits
from organizer.services.team_report_wish import Report
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.team_import import opening as team_files
from organizer.ui.models.team import TeamModel
from organizer.ui.pages.page import Page
from organizer.ui.pages.team import beginnings
from organizer.ui.pages.team.deeds import MemberDeeds
from organizer.ui.pages.team.figures.view import FiguresView
from organizer.ui.pages.team.head import TeamHead, TeamSwitches
from organizer.ui.pages.team.lists.view import ListsView
from organizer.ui.pages.team.member_panel import MemberPanel
from organizer.ui.pages.team.outline import Outline
from organizer.ui.pages.team.views import Views
from organizer.ui.widgets import file_dialog
from organizer.ui.widgets.tab_order import order_as_read

_LARGE = 5000
"""Members from which on the tree is painted before the panel is filled."""

_AFTER_PAINTING = 40
"""Milliseconds until then."""


class TeamPage(Page):
    """One company's team in one period. Moves, edits and imports answer with Undo beside them."""

    key = "team"
    icon = "network"
    offers = frozenset({"new", "delete", "import", "export", "report", "find"})
    tables = frozenset(
        {"company", "entry", "member", "member_past", "person", "person_phone", "person_email", "plan", "volume"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        # a team of 100,000 is read when it is first seen, not when the program starts
        self._stale = True
        self._company_id = 0
        self._chosen = 0
        self._looks = Habits()
        self.model = TeamModel(self)
        self.outline = Outline(context, self.model)
        self.tree = self.outline.tree
        self.panel = MemberPanel(context, self.model)
        self.views = Views(self)
        self.deeds = MemberDeeds(self, context, self.outline, self.panel, self.shown_item, self.choose)
        self._offer_views()
        self.head = TeamHead(context, self.title(), self.import_file, self.ask_report, self.new_item)
        self.switches = TeamSwitches(context, self.views.switch)
        self._arrange()
        self._connect()

    def title(self) -> str:
        """The page's name."""
        return _("Team")

    def _offer_views(self) -> None:
        # in the order of the switch and of Ctrl+Shift+1, 2, 3, 4; each is built when it is first shown
        self.views.add("outline", _("Outline"), lambda: self.outline)
        self.views.add("chart", _("Chart"), self._make_chart)
        self.views.add("figures", _("Figures"), lambda: FiguresView(self.context))
        self.views.add("lists", _("Lists"), lambda: ListsView(self.context, self._show_in_tree, self.make_report))

    def _show_in_tree(self, member_id: int) -> None:
        self.views.switch.choose("outline")
        self.choose(member_id)
        self.views.focus()

    def _make_chart(self) -> QWidget:
        # here: what it computes with takes long to load, and the page opens without it
        from organizer.ui.pages.team.chart.view import ChartView

        chart = ChartView(self.context)
        chart.placed.connect(self.deeds.place_in)
        return chart

    # layout

    def _arrange(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        theme.margins(column, theme.L, theme.S, spacing=theme.S)
        column.addWidget(self.head)
        column.addWidget(self.switches)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        column.addWidget(splitter, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(beginnings.no_company(self.context))
        self._stack.addWidget(content)
        outer = QVBoxLayout(self)
        theme.margins(outer, 0)
        outer.addWidget(self._stack)

    def _left(self) -> QWidget:
        self._left_stack = QStackedWidget()
        self._left_stack.addWidget(beginnings.alone(self.import_file, self.new_item))
        self._left_stack.addWidget(self.views)
        # until a team has been read, nobody may think that hers is empty
        self._left_stack.setCurrentIndex(1)
        return self._left_stack

    def _connect(self) -> None:
        self.views.chosen.connect(self._on_chosen)
        self.views.dropped.connect(self.deeds.move_below)
        self.views.menu_asked.connect(lambda place: self.deeds.show_menu(place, self.new_item))
        self.panel.move_asked.connect(self.deeds.move)
        self.panel.remove_asked.connect(self.delete_items)
        self.panel.chosen.connect(self.choose)
        self.panel.wide_asked.connect(self._open_wide)
        self.head.compare.asked.connect(self._read_again)
        self.switches.tree_asked.connect(self._show_tree)
        self.switches.panel_asked.connect(lambda: self._show_panel(self.panel.isHidden()))
        self.views.turned.connect(self._on_turned)
        self.tree.columns.changed.connect(self._remember)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's name
        """Qt's: Tab goes as the page is read, whenever its views and the panel's parts were made."""
        order_as_read(self)
        return super().focusNextPrevChild(next)

    # showing

    def refresh(self) -> None:
        """Read the team anew, keeping open branches, selection and place."""
        self._stale = False
        with uncollected():
            self._read()

    def _read(self) -> None:
        company, before = self.context.company, self.model.view
        if before and (before.period != self.context.period or not company or company.id != self._company_id):
            # what is being typed belongs to the team and period shown until now
            self.panel.commit()
        if company is None:
            self._company_id = self._chosen = 0
            self._show(None, True)
        else:
            self._stack.setCurrentIndex(1)
            other = company.id != self._company_id
            looks = team_columns.recall(self.context.file, company.id) if other else self._looks
            # what can't be read leaves all as it was
            view = self._viewed(company, looks.tree)
            self._company_id = company.id
            if other:
                self._look(looks)
            self._show(view, other)
        self._show_state()

    def _viewed(self, company: Company, shown: Tree) -> team.TeamView:
        file, period, compare = self.context.file, self.context.period, self.head.compare
        earlier = [one for one in team.periods(file, company.id) if one < period]
        chosen = compare.chosen() if compare.chosen() in earlier else None
        view = team.view(file, company.id, period, shown, chosen)
        compare.offer(earlier, chosen)
        self.outline.compared = chosen
        return view

    # how she looks at it

    def _look(self, looks: Habits) -> None:
        """Show the team the way she looked at it last."""
        self._looks = looks
        self.tree.columns.show(self._looks.columns)
        with QSignalBlocker(self.views):
            self.views.switch.choose(self._looks.view)
        self.panel.setVisible(self._looks.panel)

    def _remember(self) -> None:
        if company := self.context.company:
            columns, view = self.tree.columns.chosen(), self.views.key()
            self._looks = replace(self._looks, columns=columns, view=view, panel=not self.panel.isHidden())
            self.context.deed(lambda: team_columns.remember(self.context.file, company.id, self._looks))

    def _on_turned(self) -> None:
        self._open_wide(False)
        self._remember()
        order_as_read(self)
        self.views.focus()

    def _show_panel(self, shown: bool) -> None:
        self.panel.commit()
        self._open_wide(False)
        self.panel.setVisible(shown)
        self._remember()

    def _open_wide(self, wide: bool) -> None:
        """Let the member's page take the team's place, or stand beside it again."""
        self._left_stack.setVisible(not wide)
        self.panel.set_wide(wide)

    def _show_tree(self, shown: Tree) -> None:
        before = self._looks
        self._looks = replace(before, tree=shown)
        if self._read_again():
            self._remember()
        else:
            self._looks = before
            self.switches.show_view(self.model.view)

    def _read_again(self) -> bool:
        """False where it can't be read: that is said, and what was shown stays."""
        try:
            with uncollected():
                self._read()
        except Refusal as refusal:
            self.context.warn(refusal)
            return False
        return True

    def _show(self, view: team.TeamView | None, other: bool) -> None:
        before = self.model.view
        another = other or (before is not None and view is not None and before.shown is not view.shown)
        # the panel and the dialogs ask the model too, so the outline is kept whichever view is seen
        with QSignalBlocker(self.outline):
            self.outline.show_view(view, another)
        self.views.show_view(view, another)
        if other and view and len(view.team):
            self._chosen = view.team.ids[max(view.team.me, 0)]
        if another and self._chosen:
            self.views.choose(self._chosen)

    def _catch_up(self) -> None:
        if self._stale:
            self.refresh()

    def _show_state(self) -> None:
        size = len(self.model.view.team) if self.model.view else 0
        self._stack.setCurrentIndex(1 if self._company_id else 0)
        if size > 1 and self._left_stack.currentIndex() == 0:
            self._left_stack.setCurrentIndex(1)
            focused = QApplication.focusWidget()
            if focused and self.isAncestorOf(focused):
                # what had the keyboard is hidden now, and Qt gave it to the next
                self.views.focus()
        self._left_stack.setCurrentIndex(1 if size > 1 else 0)
        self.head.show_view(self.model.view)
        self.switches.show_view(self.model.view)
        if self.model.position_of(self._chosen) < 0:
            self._chosen = self.tree.current_id()
        if size > _LARGE:
            # what is said of one member asks for sums over all of them: the tree is painted first
            QTimer.singleShot(_AFTER_PAINTING, self, lambda: self._on_chosen(self._chosen))
        else:
            self._on_chosen(self._chosen)

    def _on_chosen(self, member_id: int) -> None:
        self._chosen = member_id
        self.panel.show_member(member_id)
        self.outline.at(self.model.position_of(member_id))

    def shown_item(self) -> int:
        """The id of the chosen member, 0 for none."""
        return self._chosen

    def choose(self, member_id: int) -> None:
        """Show a member of the shown team as chosen, in whichever view is seen."""
        if self.views.choose(member_id):
            self._on_chosen(member_id)

    def show_item(self, id_: int) -> None:
        """Choose the member with that id, in whichever company's team she is."""
        found = team.details(self.context.file, id_, self.context.period)
        if found:
            self.context.choose_company(found.member.company_id)
            self._catch_up()
            self.choose(id_)

    def find(self) -> None:  # type: ignore[override]  # Page's deed, not Qt's static
        """Go to where typing finds something, in the view that is seen."""
        self.views.start_search()

    def leave(self) -> bool:
        """Store what is typed; False when something can't be."""
        self.tree.columns.tell()
        return self.panel.commit()

    # deeds

    def new_item(self) -> None:
        """Add a member, below the chosen one unless she says otherwise."""
        self._catch_up()
        if self.model.view is None:
            self.context.goto.emit("settings", 0)
        else:
            self.deeds.add(self.show_item)

    def delete_items(self) -> None:
        """Remove the chosen member, if nobody stands below her."""
        self.deeds.remove()

    def ask_open_path(self, title: str) -> Path | None:
        """Ask for a team file; a spreadsheet will do."""
        return file_dialog.open_path(self, title, team_files.kinds())

    def import_file(self) -> None:
        """Ask for a team file, and bring it in."""
        if self.context.company is None:
            self.context.goto.emit("settings", 0)
        elif path := self.ask_open_path(_("Import the team")):
            self.bring_in(path)

    def bring_in(self, path: Path) -> None:
        """Read the team file at `path` for the company shown, then show what it would change."""
        if company := self.context.company:
            team_files.read(self.context, company, path, self, self._show_imported)

    def _show_imported(self, company: Company, period: Period) -> None:
        self.context.choose_company(company.id)
        self.context.choose_period(period)

    def export_file(self) -> None:
        """Save the team of the shown period as a table, which the import reads again."""
        from organizer.services import team_export  # when it is asked for: pages open sooner

        company = self.context.company
        if company is None:
            self.context.goto.emit("settings", 0)
            return
        self.panel.commit()
        period = self.context.period
        kinds = _("CSV files (*.csv);;Excel workbooks (*.xlsx)")
        path = self.ask_save_path(_("Export the team"), f"{_('Team')} {period.key}.csv", kinds)
        if not path:
            return
        count = self.context.deed(lambda: team_export.export_team(self.context.file, company, period, path))
        if count is not None:
            text = ngettext(
                "Saved {count} person of {period} in {file}. Names and addresses are in it.",
                "Saved {count} people of {period} in {file}. Names and addresses are in it.",
                count,
            )
            text = text.format(count=format_number(count), period=format_period(period), file=path)
            self.context.answered.emit(text, False)

    def make_report(self) -> None:
        """Ask which PDF of the team, and show it."""
        self.ask_report(None)

    def ask_report(self, report: Report | None) -> None:
        """The same with a report chosen, None for the one of the last time."""
        from organizer.ui.dialogs.team_report import TeamReportDialog  # when it is asked for: pages open sooner

        if company := self.context.company:
            self.panel.commit()
            view = self.model.view
            shown = view.shown if view else Tree.SPONSOR
            dialog = TeamReportDialog(
                self.context, company, self.report, report=report, member_id=self._chosen, shown=shown, parent=self
            )
            dialog.open()
