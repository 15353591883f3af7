"""The tab of changes: groups with counts, a search, and every row to take or leave."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from organizer.i18n import _, format_number
from organizer.services.preview import Change
from organizer.ui import theme
from organizer.ui.dialogs.team_import import words
from organizer.ui.dialogs.team_import.changes_model import ChangesModel
from organizer.ui.dialogs.team_import.changes_table import ChangesTable
from organizer.ui.dialogs.team_import.flow_row import FlowRow
from organizer.ui.dialogs.team_import.session import TAKEN, Session
from organizer.ui.widgets.buttons import ToolButton, button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.search_field import SearchField

_ORDER = (*TAKEN, Change.MISSING, Change.SAME)
_ALL = len(_ORDER)


class ChangesTab(QWidget):
    """`changed` follows whenever something is taken or left out."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.model = ChangesModel(session, self)
        self.table = ChangesTable(self.model)
        self.search = SearchField(_("Search name or number"), _("Search in the changes"))
        self.said = Label(tone="muted", wrap=True)
        self.nothing = Label(wrap=True)
        self.groups: dict[int, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._arrange()
        self.search.textChanged.connect(self._on_search)
        self.search.down_pressed.connect(self._to_table)
        self.model.taken.connect(self._on_taken)
        self._group.idClicked.connect(self._on_group)
        self.renew(session)

    def renew(self, session: Session) -> None:
        """The preview is another: show it; what was filtered for stays while there is any."""
        self.model.renew(session)
        counts = self.model.counts()
        for place, kind in enumerate(_ORDER):
            self.groups[place].setText(words.group(kind, counts[kind]))
            self.groups[place].setVisible(counts[kind] > 0)
        everything = _("All changes {count}").format(count=format_number(len(session.changing)))
        self.groups[_ALL].setText(everything)
        if self.groups[self._group.checkedId()].isHidden():
            self.groups[_ALL].setChecked(True)
        self._on_group(self._group.checkedId())
        self.said.setText(_("Space takes a row or leaves it out, Ctrl+A selects all that are shown."))

    def _arrange(self) -> None:
        row = FlowRow(theme.XS)
        for place in (_ALL, *range(len(_ORDER))):
            made = ToolButton()
            made.setCheckable(True)
            made.setChecked(place == _ALL)
            self.groups[place] = made
            self._group.addButton(made, place)
            row.flow.addWidget(made)
        self.leave = button(_("&Leave out"), lambda: self._set(False))
        self.take = button(_("&Take"), lambda: self._set(True))
        self.leave.setAutoDefault(False)
        self.take.setAutoDefault(False)
        across = QHBoxLayout()
        across.setSpacing(theme.S)
        across.addWidget(self.search, 1)
        across.addWidget(self.leave)
        across.addWidget(self.take)
        column = QVBoxLayout(self)
        theme.margins(column, 0, theme.S, spacing=theme.S)
        column.addWidget(row)
        column.addLayout(across)
        for widget in (self.nothing, self.table, self.said):
            column.addWidget(widget, int(widget is self.table))
        self.table.selectionModel().selectionChanged.connect(self._on_selected)

    def _on_group(self, place: int) -> None:
        self.model.filter(None if place == _ALL else _ORDER[place])
        self._shown()

    def _on_search(self, text: str) -> None:
        self.model.search(text)
        self._shown()

    def _shown(self) -> None:
        self.table.fit()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._on_selected()
        empty = not self.model.rowCount()
        self.nothing.setVisible(empty)
        searched = self.search.text().strip()
        self.nothing.setText(_("Nobody found") if searched else _("Nothing here changes your team."))

    def _set(self, taken: bool) -> None:
        self.model.set_taken(self.table.selected_rows(), taken)

    def _on_taken(self, text: str) -> None:
        self.said.setText(text)
        self._on_selected()
        self.changed.emit()

    def _on_selected(self) -> None:
        rows = self.table.selected_rows()
        self.leave.setEnabled(any(self.model.is_taken(row) for row in rows))
        self.take.setEnabled(any(self.model.can_be_taken(row) and not self.model.is_taken(row) for row in rows))

    def _to_table(self) -> None:
        self.table.setFocus()
