"""What a paste would set, and what it can't use, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.money import volume_amount
from organizer.i18n import _, format_number, ngettext
from organizer.services import volume_paste
from organizer.services.volume_grid import Grid
from organizer.services.volume_paste import Match, Pasted, Target
from organizer.ui import theme
from organizer.ui.models.team_cells import UNKNOWN, shown_name
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import PreviewTable

_WIDTH, _HEIGHT = 680, 480

_NAMED = 12
"""So many rows that are in doubt are named."""


class PasteDialog(QDialog):
    """Shows what `cells` would set from `target` on, `pasted` at first; `keep(pasted)` stores it if she agrees."""

    def __init__(
        self,
        grid: Grid,
        cells: Sequence[Sequence[str]],
        target: Target,
        pasted: Pasted,
        keep: Callable[[Pasted], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._grid, self._cells, self._target, self._keep = grid, cells, target, keep
        self.pasted = pasted
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Paste figures"))
        self.resize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT))
        self._build()
        self._show()

    def _build(self) -> None:
        self.by = ComboBox()
        self.by.setAccessibleName(_("How rows find their members"))
        self.by.addItem(_("By number or name in each row"), Match.WHO)
        self.by.addItem(_("From the chosen cell on"), Match.PLACE)
        self.by.setCurrentIndex(self.by.findData(self.pasted.by))
        self.mark = ComboBox()
        self.mark.setAccessibleName(_("Decimal mark"))
        self.mark.addItem(_("Decimal comma: 1.234,5"), ",")
        self.mark.addItem(_("Decimal point: 1,234.5"), ".")
        self.mark.setCurrentIndex(self.mark.findData(self.pasted.mark))
        self.by.activated.connect(lambda _at: self._again(keep_mark=False))
        self.mark.activated.connect(lambda _at: self._again(keep_mark=True))
        self._summary = Label(wrap=True, bold=True)
        self._unsure = Label(tone="amber", wrap=True)
        self.set_table = PreviewTable(_("Figures that will be set"))
        self._left_title = Label(_("Can't be used"), bold=True)
        self.left_table = PreviewTable(_("What can't be used"))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        self.go = button(_("&Set these figures"), kind="primary")
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.by)
        row.addWidget(self.mark)
        row.addStretch(1)
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.S)
        column.addLayout(row)
        for part in (self._unsure, self._summary, self.set_table, self._left_title, self.left_table, box):
            column.addWidget(part)
        column.setStretchFactor(self.set_table, 3)
        column.setStretchFactor(self.left_table, 2)

    def _again(self, *, keep_mark: bool) -> None:
        mark = self.mark.currentData() if keep_mark else ""
        self.pasted = volume_paste.read(self._grid, self._cells, self._target, self.by.currentData(), mark)
        self.mark.setCurrentIndex(self.mark.findData(self.pasted.mark))
        self._show()

    def _show(self) -> None:
        found, count = self.pasted, len(self.pasted.amounts)
        text = ngettext("{count} figure will be set", "{count} figures will be set", count)
        text = text.format(count=format_number(count))
        same = count - found.changed
        if same:
            more = ngettext("{count} of them is so already", "{count} of them are so already", same)
            text = f"{text}; {more.format(count=format_number(same))}"
        self._summary.setText(f"{text}.")
        self._unsure.setText(_unsure_words(found.unsure))
        self._unsure.setVisible(not found.sure)
        names = {volume.id: volume.name for volume in self._grid.volumes}
        view = self._grid.view
        place = {id_: position for position, id_ in enumerate(view.team.ids)}
        rows = [
            (shown_name(view, place[member]), names[volume], self._now(place[member], volume), _shown(amount))
            for (member, volume), amount in found.amounts.items()
        ]
        headings = (_("Name"), _("Volume"), _("Now"), _("Becomes"))
        self.set_table.set_rows(headings, rows, wide=0, figures=(2, 3))
        lines = [(str(one.row), one.subject, spoken(one.message)) for one in found.problems]
        self.left_table.set_rows((_("Row"), _("About"), _("Why")), lines, wide=2)
        self._left_title.setVisible(bool(lines))
        self.left_table.setVisible(bool(lines))
        self.go.setEnabled(bool(found.changed))

    def _now(self, position: int, volume: str) -> str:
        return _shown(self._grid.now[volume][position])

    def accept(self) -> None:
        """Qt's: store what was understood."""
        if self.pasted.changed:
            self._keep(self.pasted)
            super().accept()


def _unsure_words(rows: Sequence[int]) -> str:
    text = _("These figures can be read in two ways. Look whether they are right.")
    if not rows:
        return text
    told = ", ".join([*map(format_number, rows[:_NAMED]), *["…"] * (len(rows) > _NAMED)])
    where = ngettext("It is about row {rows}.", "It is about rows {rows}.", len(rows)).format(rows=told)
    return f"{text} {where}"


def _shown(amount: int | None) -> str:
    return UNKNOWN if amount is None else format_number(volume_amount(amount))
