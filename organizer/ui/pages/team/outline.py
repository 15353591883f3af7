"""The tree with what belongs to it: path, search, filters, columns, and branches to open and close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.period import Period
from organizer.i18n import _, ngettext
from organizer.services import team, team_columns, team_filter
from organizer.services.team import TeamView
from organizer.services.team_columns import COST_A_READ, Facts
from organizer.services.team_filter import Filter, Finder
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.models.team import TeamModel
from organizer.ui.pages.team.filter_bar import FilterBar
from organizer.ui.pages.team.find import FindBar
from organizer.ui.pages.team.legend import Legend
from organizer.ui.pages.team.path_line import PathLine
from organizer.ui.pages.team.tree_view import TeamTree
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.empty_state import EmptyState

_LEVELS = range(1, 7)
_OPEN_AT_FIRST = 2
_MANY = 5000
"""Members from which on a filter waits until she has typed; and rows that are opened to show what was found."""

_PAUSE = 120
"""Milliseconds that it waits."""


class Outline(QWidget):
    """Shows a TeamModel, as one of the team page's views. `compared` is the period it is compared with."""

    chosen = Signal(int)
    dropped = Signal(int, int)
    menu_asked = Signal(QPoint)

    def __init__(self, context: Context, model: TeamModel) -> None:
        super().__init__()
        self._context = context
        self.model = model
        self.compared: Period | None = None
        self._finder: Finder | None = None
        self._opened: list[int] | None = None
        self._chosen_id = 0
        self._above: tuple[object, int, str] = (None, 0, "")
        self._asked = Filter()
        self.tree = TeamTree(model)
        self.find_bar = FindBar(model)
        self.search = self.find_bar.field
        self.filters = FilterBar()
        self.legend = Legend()
        self.path = PathLine()
        self._wait = QTimer(self, singleShot=True, interval=_PAUSE)
        self._wait.timeout.connect(self._filter)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        column.setContentsMargins(0, 0, theme.M, 0)
        row = QHBoxLayout()
        row.addWidget(self.find_bar, 1)
        branches = button(_("E&xpand"))
        branches.setMenu(self._branches_menu())
        columns = button(_("Col&umns"), icon="columns-2")
        columns.setMenu(self.tree.columns.menu)
        row.addWidget(columns)
        row.addWidget(branches)
        self._nobody = EmptyState(
            "search",
            _("Nobody found"),
            _("Nobody in the team is all that you ask for. Ask for less, or clear it."),
        )
        self._nobody.add_button(_("Show everybody again"), self.filters.clear, primary=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._nobody)
        column.addLayout(row)
        for part in (self.filters, self.legend, self.path):
            column.addWidget(part)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.tree.chosen.connect(self.chosen)
        self.tree.dropped.connect(self.dropped)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(
            lambda place: self.menu_asked.emit(self.tree.viewport().mapToGlobal(place))
        )
        self.tree.columns.wanted.connect(self._read_more)
        self.find_bar.found.connect(lambda position: self.tree.jump(self.model.id_at(position)))
        self.find_bar.left.connect(self.tree.setFocus)
        self.find_bar.field.textChanged.connect(self._on_text)
        self.path.asked.connect(lambda position: self.tree.jump(self.model.id_at(position)))
        self.filters.changed.connect(self._filter)
        self.filters.cleared.connect(self._on_cleared)
        self.legend.picked.connect(self.filters.ask_difference)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.filters.clear)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)
        self.model.layoutChanged.connect(self.find_bar.renew)

    def _branches_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("&Expand all"), self.tree.open_all)
        menu.addAction(_("&Collapse all"), self.tree.close_all)
        menu.addSeparator()
        for level in _LEVELS:
            text = ngettext("&{level} level below the top", "&{level} levels below the top", level)
            menu.addAction(text.format(level=level), partial(self.tree.open_levels, level))
        menu.addSeparator()
        menu.addAction(_("Everything &below the chosen one"), self.open_below)
        menu.addAction(_("C&lose everything below the chosen one"), self.close_below)
        return menu

    def open_below(self) -> None:
        """Open everything below the chosen member."""
        if self.tree.currentIndex().isValid():
            self.tree.open_below(self.tree.currentIndex())

    def close_below(self) -> None:
        """Close everything below the chosen member."""
        if self.tree.currentIndex().isValid():
            self.tree.close_below(self.tree.currentIndex())

    # as a view of the page

    def show_view(self, view: TeamView | None, other: bool) -> None:
        """Show another state of the team, keeping open branches, selection and place; `other`: from the start."""
        before = self.model.view
        if view is before:
            return
        # whoever is chosen then is shown once, at the end
        with QSignalBlocker(self.tree):
            if view is None or before is None or (other and list(view.team.ids) != list(before.team.ids)):
                self._forget_filter()
            self._finder = None
            self.filters.offer_ranks(view)
            changes = view.changes if view else None
            if changes is None:
                self.filters.reset_difference()
            self.legend.show_changes(changes, self.compared)
            self._show(view, other)

    def _show(self, view: TeamView | None, other: bool) -> None:
        titles, compared = self.model.titles(), self.tree.columns.seen()
        found, mask = self._found(view)
        if other or view is None:
            self._opened = None
            self.model.show_other(view, self._facts(), mask)
            self._open_found() if found is not None else self.tree.open_levels(_OPEN_AT_FIRST)
        else:
            self.model.show(view, self._facts(), mask)
        self._tell(found)
        if self.model.titles() != titles or self.tree.columns.seen() != compared:
            self.tree.columns.renew()

    def choose(self, member_id: int) -> bool:
        """Choose a member, opening the branches above her; of a filter that hides her nothing stays."""
        if self.model.is_narrowed() and not self.model.index_of(member_id).isValid():
            if self.model.position_of(member_id) < 0:
                return False
            self.filters.clear()
        return self.tree.jump(member_id)

    def focus(self) -> None:
        """Give the tree the keyboard."""
        self.tree.setFocus()

    def at(self, position: int) -> None:
        """The member at `position` has been chosen; -1 for nobody."""
        self._chosen_id = self.model.id_at(position) if position >= 0 else 0
        self.path.show_path(self.model, position, self._who_is_above(position))
        self.find_bar.at(position)

    def _who_is_above(self, position: int) -> str:
        view = self.model.view
        if view is None or position < 0:
            return ""
        while view.parent[position] >= 0:
            position = view.parent[position]
        if self._above[:2] != (view, position):
            found = team.details(self._context.file, view.team.ids[position], view.period)
            self._above = (view, position, found.member.above if found else "")
        return self._above[2]

    # what is read for columns

    def _facts(self) -> Facts:
        return self._read(self.tree.columns.seen() & COST_A_READ)

    def _read(self, columns: set[team_columns.Column]) -> Facts:
        company = self._context.company
        if company is None or not columns:
            return {}
        return self._context.deed(lambda: team_columns.facts(self._context.file, company.id, columns)) or {}

    def _read_more(self) -> None:
        missing = {column for column in self.tree.columns.seen() if not self.model.has(column)}
        if missing:
            self.model.add(self._read(missing))

    # search and filters

    def _on_text(self) -> None:
        size = len(self.model.view.team) if self.model.view else 0
        if size > _MANY:
            self._wait.start()
        else:
            self._filter()

    def _on_cleared(self) -> None:
        self.legend.choose(None)
        with QSignalBlocker(self.find_bar.field):
            self.find_bar.field.clear()
        self._filter()

    def _forget_filter(self) -> None:
        self.filters.reset()
        self.legend.choose(None)
        with QSignalBlocker(self.find_bar.field):
            self.find_bar.field.clear()
        self._asked = Filter()

    def _found(self, view: TeamView | None) -> tuple[list[int] | None, bytearray | None]:
        """Who is asked for, None while everybody is; and the same as 1 or 0."""
        self._asked = self.filters.wanted(self.find_bar.field.text())
        if view is None or not self._asked:
            return None, None
        if self._finder is None:
            self._finder = Finder(view, view.team.names, partial(self._helped, view), partial(self._began, view))
        found = self._finder.hits(self._asked)
        return found, team_filter.as_mask(len(view.team), found)

    def _helped(self, view: TeamView) -> bytearray:
        file, company = self._context.file, self._context.company
        found = None
        if company:
            found = self._context.deed(lambda: team_filter.needs_help(file, company.id, view))
        return found or bytearray(len(view.team))

    def _began(self, view: TeamView) -> Sequence[date | None]:
        file, company = self._context.file, self._context.company
        found = None
        if company:
            found = self._context.deed(lambda: team_filter.began(file, company.id, view))
        return found or view.team.joined

    def _filter(self) -> None:
        """Show those who are asked for now."""
        self._wait.stop()
        view = self.model.view
        if view is None:
            return
        chosen = self._chosen_id  # also when what was asked for before hid her
        found, mask = self._found(view)
        only = not self.filters.whole.isChecked()
        with QSignalBlocker(self.tree):
            if mask is not None and only and self._opened is None:
                self._opened = self.tree.opened()
            was = self.model.is_narrowed()
            self.model.narrow(mask, only)
            if self.model.is_narrowed():
                self._open_found()
            elif was:
                self.tree.reopen(self._opened or [])
            if not self.model.is_narrowed():
                self._opened = None
            if (was or self.model.is_narrowed()) and chosen:
                self.tree.jump(chosen)
        self._tell(found)

    def _open_found(self) -> None:
        if self.model.row_count() <= _MANY:
            self.tree.open_all()
        else:
            self.tree.open_levels(_OPEN_AT_FIRST)

    def _tell(self, found: list[int] | None) -> None:
        view = self.model.view
        size = len(view.team) if view else 0
        self.find_bar.take(found)
        self.filters.say(None if found is None else len(found), size)
        self._escape.setEnabled(found is not None)
        self._stack.setCurrentIndex(1 if found == [] and self.model.is_narrowed() else 0)
