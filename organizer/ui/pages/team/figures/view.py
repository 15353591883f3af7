"""The figures of a period in a grid: written by hand, pasted, filled down; every change can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.money import volume_amount
from organizer.domain.result import FieldRefusal
from organizer.i18n import _, format_number, format_period, ngettext
from organizer.services import volume_grid, volume_paste
from organizer.services.team import TeamView
from organizer.services.volume_grid import Amounts, Grid, Volume
from organizer.services.volume_paste import Pasted, Target
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.team.figures.model import FIRST, FiguresModel
from organizer.ui.pages.team.figures.paste_dialog import PasteDialog
from organizer.ui.pages.team.figures.table import FiguresTable
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.search_field import SearchField


class FiguresView(QWidget):
    """One way to look at a team (see ui/pages/team/views.py)."""

    chosen = Signal(int)
    menu_asked = Signal(QPoint)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._member_id = 0
        self._moving = False
        self.model = FiguresModel(self)
        self.table = FiguresTable(self.model, _("The team's figures"))
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search = SearchField(_("Search name or number"), _("Search in the team"))
        self.same = button(
            _("As in the period &before"),
            self.take_before,
            icon="copy",
            tip=_("Write last period's figures into the chosen cells"),
        )
        self.paste_button = button(_("&Paste"), self.paste, tip=_("Figures copied from a spreadsheet (Ctrl+V)"))
        hint = _("Type a figure, or paste from a spreadsheet. An empty cell means that nobody knows it.")
        self._hint = Label(hint, tone="muted", size="small", wrap=True)
        self.problem = Label(tone="danger", wrap=True)
        self.problem.hide()
        self.sums = Label(wrap=True, size="small")
        above = QHBoxLayout()
        above.setSpacing(theme.S)
        above.addWidget(self.search, 1)
        above.addWidget(self.same)
        above.addWidget(self.paste_button)
        column = QVBoxLayout(self)
        theme.margins(column)
        column.addLayout(above)
        column.addWidget(self._hint)
        column.addWidget(self.table, 1)
        column.addWidget(self.problem)
        column.addWidget(self.sums)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.down_pressed.connect(self.focus)
        self.model.typed.connect(self._write_typed)
        self.model.refused.connect(self._refuse)
        table = self.table
        table.selectionModel().currentChanged.connect(self._on_current)
        table.cleared.connect(self.clear)
        table.copied.connect(self.copy)
        table.pasted.connect(self.paste)
        table.filled_down.connect(self.fill_down)
        table.left_upwards.connect(self.search.start)
        deeds: Sequence[tuple[str, Callable[[], object], QKeySequence | None]] = (
            (_("&Copy"), self.copy, QKeySequence(QKeySequence.StandardKey.Copy)),
            (_("&Paste"), self.paste, QKeySequence(QKeySequence.StandardKey.Paste)),
            (_("Fill &down"), self.fill_down, QKeySequence("Ctrl+D")),
            (_("&As in the period before"), self.take_before, None),
            (_("C&lear: not known"), self.clear, QKeySequence("Delete")),
        )
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for word, deed, keys in deeds:
            shown = f"{word}\t{keys.toString(QKeySequence.SequenceFormat.NativeText)}" if keys else word
            action = QAction(shown, table)
            action.triggered.connect(lambda _on=False, do=deed: do())
            table.addAction(action)

    # showing

    def show_view(self, view: TeamView | None, other: bool) -> None:
        """Show this state of the team; `other`: another company's or tree's."""
        company = self._context.company
        if other:
            self.search.clear()
        made: Grid | None = None
        if view is not None and company is not None:
            made = self._context.deed(lambda: volume_grid.grid(self._context.file, company.id, view))
        titles = [self.model.headerData(at, Qt.Orientation.Horizontal) for at in range(self.model.columnCount())]
        self._moving = True
        self.model.show(made)
        if titles != [
            self.model.headerData(at, Qt.Orientation.Horizontal) for at in range(self.model.columnCount())
        ]:
            self.table.fit()
        self._moving = False
        self._show_own()
        self._select()
        self._sum()

    def choose(self, member_id: int) -> bool:
        """Go to the line of this member."""
        self._member_id = member_id
        return self._select()

    def focus(self) -> None:
        """Take the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, FIRST))

    def _select(self) -> bool:
        grid = self.model.grid
        ids = list(grid.view.team.ids) if grid else []
        place = self.model.place_of(ids.index(self._member_id)) if self._member_id in ids else -1
        if place < 0:
            return False
        at = self.table.currentIndex()
        if at.row() != place:
            self._moving = True
            index = self.model.index(place, at.column() if at.column() >= FIRST else FIRST)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
            self._moving = False
        return True

    def _show_own(self) -> None:
        """What is kept of her alone has its columns only while she stands in her own line."""
        grid, at = self.model.grid, self.table.currentIndex()
        hers = grid is not None and at.isValid() and self.model.rows[at.row()] == grid.view.team.me
        for place, volume in enumerate(grid.volumes if grid else ()):
            for column in (FIRST + 2 * place, FIRST + 2 * place + 1):
                self.table.setColumnHidden(column, volume.own_only and not hers)

    def _on_current(self, index: QModelIndex) -> None:
        self.problem.hide()
        self._show_own()
        if self._moving or not index.isValid() or self.model.grid is None:
            return
        member = self.model.grid.view.team.ids[self.model.rows[index.row()]]
        if member != self._member_id:
            self._member_id = member
            self.chosen.emit(member)

    def _on_search(self, text: str) -> None:
        self._moving = True
        self.model.search(text)
        self._moving = False
        self._select()

    def _sum(self) -> None:
        grid = self.model.grid
        self.sums.setText("\n".join(_sum_words(grid, one) for one in grid.volumes) if grid else "")

    def _refuse(self, text: str) -> None:
        self.problem.setText(_("{why} Nothing was changed.").format(why=text))
        self.problem.show()

    # deeds

    def _write_typed(self, amounts: Amounts) -> None:
        grid = self.model.grid
        if grid is None:
            return
        ((member, volume), amount) = next(iter(amounts.items()))
        name = next(one.name for one in grid.volumes if one.id == volume)
        who = grid.view.team.names[list(grid.view.team.ids).index(member)]
        shown = _("not known") if amount is None else format_number(volume_amount(amount))
        self._write(amounts, _("{name}, {volume}: {amount}").format(name=who, volume=name, amount=shown))

    def _write(self, amounts: Amounts, answer: str = "") -> None:
        """Store figures as one deed; a refusal is said below the grid."""
        grid = self.model.grid
        if grid is None or not amounts:
            return
        self.problem.hide()
        count = format_number(len(amounts))
        text = ngettext("{count} figure of {period} kept.", "{count} figures of {period} kept.", len(amounts))
        answer = answer or text.format(count=count, period=format_period(grid.view.period))
        try:
            self._context.deed(lambda: volume_grid.write(self._context.file, grid.view, amounts), answer)
        except FieldRefusal as refusal:
            self._refuse(spoken(refusal))

    def _cells(self) -> list[tuple[int, Volume]]:
        """The chosen cells that can be written in, from top to bottom."""
        found = (self.model.cell(index) for index in sorted(self.table.selectedIndexes()))
        return [cell for cell in found if cell]

    def clear(self) -> None:
        """Make the chosen figures unknown."""
        self._change([(cell, None) for cell in self._cells()])

    def _change(self, wanted: Sequence[tuple[tuple[int, Volume], int | None]]) -> None:
        grid = self.model.grid
        if grid is None:
            return
        ids = grid.view.team.ids
        self._write(
            {
                (ids[position], volume.id): amount
                for (position, volume), amount in wanted
                if self.model.figure(position, volume) != amount
            }
        )

    def fill_down(self) -> None:
        """Write each column's first chosen figure into those chosen below; a single cell takes the one above."""
        columns: dict[int, list[tuple[int, Volume]]] = {}
        for index in sorted(self.table.selectedIndexes()):
            if cell := self.model.cell(index):
                columns.setdefault(index.column(), []).append(cell)
        wanted: list[tuple[tuple[int, Volume], int | None]] = []
        for cells in columns.values():
            source = cells[0]
            if len(cells) == 1 and (row := self.model.place_of(source[0])) > 0:
                source = (self.model.rows[row - 1], source[1])
            wanted += [(cell, self.model.figure(*source)) for cell in cells]
        self._change(wanted)

    def take_before(self) -> None:
        """Write the figures of the period before into the chosen cells, where they are known."""
        grid = self.model.grid
        if grid is None:
            return
        amounts = volume_grid.as_before(grid, self._cells())
        if amounts:
            self._write(amounts)
        else:
            period = format_period(grid.previous)
            self._refuse(_("No figure is known for the chosen cells in {period}.").format(period=period))

    def copy(self) -> None:
        """Put the chosen cells on the clipboard, as a spreadsheet takes them."""
        indexes = sorted(self.table.selectedIndexes())
        if not indexes:
            return
        columns = sorted({index.column() for index in indexes})
        lines: dict[int, dict[int, str]] = {}
        for index in indexes:
            lines.setdefault(index.row(), {})[index.column()] = self.model.plain(index)
        block = [[line.get(column, "") for column in columns] for line in lines.values()]
        QGuiApplication.clipboard().setText(volume_paste.guarded_rows(block))

    def paste(self) -> None:
        """Take the clipboard's figures; where something needs a look, show first what would be set."""
        grid, cells = self.model.grid, volume_paste.rows(QGuiApplication.clipboard().text())
        if grid is None or not cells:
            self._refuse(_("There is nothing to paste."))
            return
        target = self._target()
        if len(cells) == len(cells[0]) == 1:
            cells = self._repeated(cells[0][0])
        found = volume_paste.read(grid, cells, target)
        if not found.amounts and not found.problems:
            self._refuse(_("There is nothing to paste."))
        elif found.is_plain:
            self._keep(found)
        else:
            PasteDialog(grid, cells, target, found, self._keep, self).open()

    def _repeated(self, text: str) -> list[list[str]]:
        """One figure goes into every chosen cell of the block."""
        indexes = self.table.selectedIndexes()
        rows = {index.row() for index in indexes} or {0}
        columns = {(index.column() - FIRST) // 2 for index in indexes if index.column() >= FIRST} or {0}
        width, height = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
        return [[text] * width] * height

    def _target(self) -> Target:
        indexes = self.table.selectedIndexes() or [self.model.index(0, FIRST)]
        row = min(index.row() for index in indexes)
        column = min(index.column() for index in indexes)
        return Target(self.model.rows[max(row, 0) :], max(column - FIRST, 0) // 2)

    def _keep(self, pasted: Pasted) -> None:
        self._write(dict(pasted.amounts))


def _sum_words(grid: Grid, volume: Volume) -> str:
    found = volume_grid.sums(grid, volume)
    own = _("not known") if found.own is None else format_number(volume_amount(found.own))
    if volume.own_only:
        return _("{volume}: your own {own}").format(volume=volume.name, own=own)
    team = format_number(volume_amount(found.team))
    text = _("{volume}: your own {own}, the whole team {team}").format(volume=volume.name, own=own, team=team)
    if not found.unknown:
        return text
    more = ngettext("{count} figure not known", "{count} figures not known", found.unknown)
    return f"{text} ({more.format(count=format_number(found.unknown))})"
