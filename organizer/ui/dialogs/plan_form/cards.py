"""Parts inside a part of a plan: groups on cards, entries with a button for one more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.commission.asked import Asked, Path
from organizer.i18n import _, format_number
from organizer.ui import theme
from organizer.ui.dialogs.plan_form.fields import Field
from organizer.ui.dialogs.plan_form.work import Work
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label


class Missing(Field):
    """A table that must be there and isn't yet."""

    def __init__(self, work: Work, asked: Asked, name: str) -> None:
        super().__init__(work, asked.path, name)
        self.across(button(_("Add"), lambda: work.do(lambda: work.draft.add(asked)), icon="plus"))

    def show_value(self, value: object) -> None:
        """Nothing stands there."""


class Cards(Field):
    """Groups on cards, one below the other."""

    def __init__(
        self, work: Work, path: Path, name: str, groups: Sequence[QWidget], *, numbered: bool = False
    ) -> None:
        super().__init__(work, path, name)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.S)
        for place, group in enumerate(groups):
            card = QFrame()
            theme.set_style(card, card=True)
            inside = QVBoxLayout(card)
            theme.margins(inside, theme.M, theme.S, spacing=theme.XS)
            if numbered:
                inside.addLayout(self._head(place, len(groups)))
            inside.addWidget(group)
            column.addWidget(card)

    def _head(self, place: int, count: int) -> QHBoxLayout:
        where, number = (*self.path, place), format_number(place + 1)
        row = QHBoxLayout()
        row.addWidget(Label(number, bold=True))
        row.addStretch(1)
        names = {"name": self.name, "number": number}
        up, down, away = (
            _("Move {name}, {number} up"),
            _("Move {name}, {number} down"),
            _("Remove {name}, {number}"),
        )
        for icon, text, deed, can in (
            ("chevron-up", up, partial(self._move, where, -1), place > 0),
            ("chevron-down", down, partial(self._move, where, 1), place + 1 < count),
            ("x", away, partial(self._remove, where), True),
        ):
            made = icon_button(icon, text.format(**names), deed)
            made.setEnabled(can)
            row.addWidget(made)
        return row

    def _remove(self, where: Path) -> None:
        self.work.do(lambda: self.work.draft.remove(where))

    def _move(self, where: Path, by: int) -> None:
        self.work.do(lambda: self.work.draft.move(where, by))

    def show_value(self, value: object) -> None:
        """The groups show it."""


class Listed(Field):
    """Entries with a button for one more."""

    def __init__(self, work: Work, path: Path, name: str, entries: Field) -> None:
        super().__init__(work, path, name)
        self.entries = entries
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        column.addWidget(entries)
        self.adder = button(_("Add one"), self._add, icon="plus", kind="flat")
        self.adder.setAccessibleName(_("{name}: add one").format(name=name))
        column.addWidget(self.adder, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.adder)

    def inside(self, path: Path) -> QWidget:
        """The entry at `path`, where it is a row."""
        return self.entries.inside(path) if len(path) > len(self.path) else self

    def _add(self) -> None:
        where = self.work.do(lambda: self.work.draft.add_entry(self.path))
        if where is not None:
            self.work.went.emit(where)

    def show_value(self, value: object) -> None:
        """Show what stands there now."""
        self.entries.show_value(value)
