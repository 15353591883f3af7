"""Several forms below each other, with their fields in one column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout

from organizer.ui.widgets.form import Form


def line_up(forms: Sequence[Form]) -> None:
    """Give the labels of all `forms` the width of the widest."""
    grids = [grid for grid in (form.layout() for form in forms) if isinstance(grid, QGridLayout)]
    widest = max((_label_width(grid) for grid in grids), default=0)
    for grid in grids:
        grid.setColumnMinimumWidth(0, widest)


def _label_width(grid: QGridLayout) -> int:
    items = [grid.itemAtPosition(row, 0) for row in range(grid.rowCount())]
    return max((item.sizeHint().width() for item in items if item), default=0)
