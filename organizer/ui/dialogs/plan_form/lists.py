"""Fields for several values: a row for each level, a line for each rank, texts one below the other."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.commission.asked import Asked, Holds, Path
from organizer.i18n import _, format_number
from organizer.services.plan_parts import names
from organizer.ui import theme
from organizer.ui.dialogs.plan_form import shown
from organizer.ui.dialogs.plan_form.fields import Field, LineField, TextField
from organizer.ui.dialogs.plan_form.work import Work
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label

_LEVELS = (Holds.PERCENTS, Holds.MONEYS, Holds.COUNTS)
_NEW: dict[Holds, Any] = {Holds.STRING: "", Holds.TEXT: "…"}


class ListField(Field):
    """Values one below the other, numbered where they are levels; each can go, and one more can come."""

    def __init__(self, work: Work, asked: Asked, name: str) -> None:
        super().__init__(work, asked.path, name)
        self._holds = shown.ONE_OF[asked.holds]
        self._values: list[Any] = list(asked.value) if isinstance(asked.value, list) else []
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        self.entries: list[Field] = []
        self.removers: list[QWidget] = []
        for place in range(len(self._values)):
            column.addLayout(self._row(place, numbered=asked.holds in _LEVELS))
        self.adder = button(_("Add one"), self._add, icon="plus", kind="flat")
        self.adder.setAccessibleName(_("{name}: add one").format(name=name))
        column.addWidget(self.adder, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.entries[0] if self.entries else self.adder)

    def _row(self, place: int, *, numbered: bool) -> QHBoxLayout:
        name = _("{name}, {number}").format(name=self.name, number=format_number(place + 1))
        entry = _one(self.work, (*self.path, place), name, self._holds)
        remover = icon_button("x", _("Remove {name}").format(name=name), lambda: self._remove(place))
        row = QHBoxLayout()
        theme.margins(row, spacing=theme.S)
        if numbered:
            number = Label(format_number(place + 1), tone="muted")
            number.setFixedWidth(theme.scaled(theme.XL))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(number)
        row.addWidget(entry, 0 if self._holds in shown.NUMBERS else 1)
        row.addWidget(remover)
        if self._holds in shown.NUMBERS:
            row.addStretch(1)
        self.entries.append(entry)
        self.removers.append(remover)
        return row

    def show_value(self, value: Any) -> None:
        """Show what stands there now."""
        for entry, one in zip(self.entries, value if isinstance(value, list) else [], strict=False):
            entry.show_value(one)

    def inside(self, path: Path) -> QWidget:
        """The entry at `path`."""
        place = path[len(self.path)] if len(path) > len(self.path) else 0
        return self.entries[place] if isinstance(place, int) and place < len(self.entries) else self

    def _add(self) -> None:
        new = self._values[-1] if self._values and self._holds in shown.NUMBERS else _NEW.get(self._holds, 5)
        place = len(self._values)
        self.put([*self._values, deepcopy(new)])
        self.work.went.emit((*self.path, place))

    def _remove(self, place: int) -> None:
        for path in [path for path in self.work.typed if path[: len(self.path)] == self.path]:
            self.work.wrong(path, "")
        self.put([one for number, one in enumerate(self._values) if number != place])


def _one(work: Work, path: Path, name: str, holds: Holds) -> Field:
    return TextField(work, path, name) if holds is Holds.TEXT else LineField(work, path, name, holds)


class RanksField(Field):
    """A value for each rank, or for some: one that is left empty has none."""

    def __init__(self, work: Work, asked: Asked, name: str) -> None:
        super().__init__(work, asked.path, name)
        grid = QGridLayout(self)
        theme.margins(grid, spacing=theme.XS)
        grid.setHorizontalSpacing(theme.M)
        grid.setColumnStretch(2, 1)
        each = asked.each or Holds.NUMBER
        known = names(work.draft, Holds.RANK)
        value = asked.value if isinstance(asked.value, dict) else {}
        self.entries: dict[str, LineField] = {}
        for rank in [*asked.options, *(one for one in value if one not in asked.options)]:
            called = known.get(rank) or _("{name} (not in the plan)").format(name=rank)
            entry = LineField(work, (*asked.path, rank), f"{name}, {called}", each, required=False)
            grid.addWidget(Label(called, tone="muted"), len(self.entries), 0)
            grid.addWidget(entry, len(self.entries), 1)
            self.entries[rank] = entry
        if each in shown.ONE_OF:
            note = Label(_("Level by level, with ; between them: 7; 6; 5"), size="small", tone="muted", wrap=True)
            grid.addWidget(note, grid.rowCount(), 0, 1, 3)
        if self.entries:
            self.setFocusProxy(next(iter(self.entries.values())))
        else:
            grid.addWidget(Label(_("The plan has no ranks yet."), tone="muted"), 0, 0)

    def show_value(self, value: Any) -> None:
        """Show what stands there now."""
        for rank, entry in self.entries.items():
            entry.show_value(value.get(rank) if isinstance(value, dict) else None)


class TierRows(Field):
    """Entries that are a few figures each, such as tiers: one row for each, under a head."""

    def __init__(
        self, work: Work, path: Path, name: str, heads: list[str], make: Callable[[Path], list[Field]]
    ) -> None:
        """`make` gives the fields of the entry at a path, in the order of `heads`."""
        super().__init__(work, path, name)
        self._make = make
        self._grid = QGridLayout(self)
        theme.margins(self._grid, spacing=theme.XS)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setColumnStretch(len(heads) + 1, 1)
        for column, head in enumerate(heads):
            self._grid.addWidget(Label(head, size="small", tone="muted"), 0, column)
        self.rows: list[list[Field]] = []

    def add_row(self, place: int) -> None:
        """Show the entry number `place`."""
        where = (*self.path, place)
        fields = self._make(where)
        for column, field in enumerate(fields):
            self._grid.addWidget(field, place + 1, column)
        text = _("Remove {name}, {number}").format(name=self.name, number=format_number(place + 1))
        remover = icon_button("x", text, lambda: self.work.do(lambda: self.work.draft.remove(where)))
        self._grid.addWidget(remover, place + 1, len(fields))
        self.rows.append(fields)

    def inside(self, path: Path) -> QWidget:
        """The first figure of the entry at `path`."""
        place = path[len(self.path)] if len(path) > len(self.path) else 0
        return self.rows[place][0] if isinstance(place, int) and place < len(self.rows) else self

    def show_value(self, value: Any) -> None:
        """Show what stands there now."""
        for fields, entry in zip(self.rows, value if isinstance(value, list) else [], strict=False):
            for field in fields:
                field.show_value(entry.get(field.path[-1]) if isinstance(entry, dict) else None)
