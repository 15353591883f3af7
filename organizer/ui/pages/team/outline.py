"""The tree with what belongs to it: search, branches to open and close, and the path to the chosen member."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from organizer.i18n import _, ngettext
from organizer.services.team import TeamView
from organizer.ui import theme
from organizer.ui.models.team import TeamModel
from organizer.ui.pages.team.find import FindBar
from organizer.ui.pages.team.path_line import PathLine
from organizer.ui.pages.team.tree_view import TeamTree
from organizer.ui.widgets.buttons import button

_LEVELS = range(1, 7)
_OPEN_AT_FIRST = 2


class Outline(QWidget):
    """Shows a TeamModel, as one of the team page's views."""

    chosen = Signal(int)
    dropped = Signal(int, int)
    menu_asked = Signal(QPoint)

    def __init__(self, model: TeamModel) -> None:
        super().__init__()
        self._model = model
        self.tree = TeamTree(model)
        self.find_bar = FindBar(model)
        self.path = PathLine()
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.S)
        column.setContentsMargins(0, 0, theme.M, 0)
        row = QHBoxLayout()
        row.addWidget(self.find_bar, 1)
        branches = button(_("E&xpand"))
        branches.setMenu(self._branches_menu())
        row.addWidget(branches)
        column.addLayout(row)
        column.addWidget(self.tree, 1)
        column.addWidget(self.path)
        self.find_bar.found.connect(lambda position: self.tree.jump(model.id_at(position)))
        self.find_bar.left.connect(self.tree.setFocus)
        self.tree.chosen.connect(self.chosen)
        self.tree.dropped.connect(self.dropped)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(
            lambda place: self.menu_asked.emit(self.tree.viewport().mapToGlobal(place))
        )
        model.layoutChanged.connect(self.find_bar.renew)
        model.modelReset.connect(self.find_bar.renew)

    def show_view(self, view: TeamView | None, other: bool) -> None:
        """Show another state of the team, keeping open branches, selection and place; `other`: from the start."""
        if view is self._model.view:
            return
        # whoever is chosen then is shown once, at the end
        with QSignalBlocker(self.tree):
            titles = self._model.titles()
            if other or view is None:
                self._model.show_other(view)
                self.tree.open_levels(_OPEN_AT_FIRST)
            else:
                self._model.show(view)
            if self._model.titles() != titles:
                self.tree.size_columns()

    def choose(self, member_id: int) -> bool:
        """Choose a member, opening the branches above her; False where the team has no such member."""
        return self.tree.jump(member_id)

    def focus(self) -> None:
        """Give the tree the keyboard."""
        self.tree.setFocus()

    def at(self, position: int) -> None:
        """The member at `position` has been chosen; -1 for nobody."""
        self.path.show_path(self._model, position)
        self.find_bar.at(position)

    def _branches_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("&Expand all"), self.tree.open_all)
        menu.addAction(_("&Collapse all"), self.tree.close_all)
        menu.addSeparator()
        for level in _LEVELS:
            text = ngettext("&{level} level below the top", "&{level} levels below the top", level)
            menu.addAction(text.format(level=level), partial(self.tree.open_levels, level))
        return menu
