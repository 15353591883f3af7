"""The parts of a plan on the left of the form, with how many mistakes each has, and what can be done with one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.commission.asked import Asked, Holds, Path
from organizer.domain.commission.kinds.registry import KINDS
from organizer.domain.commission.labels import word
from organizer.i18n import _, format_number, shown
from organizer.services.plan_parts import Part, part_of, parts
from organizer.ui import theme
from organizer.ui.dialogs.plan_form.work import Work
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.messages import spoken

_PART = Qt.ItemDataRole.UserRole


class PartsTree(QWidget):
    """Choose a part; add, move and remove volumes, ranks, bonuses, caps and deductions."""

    chosen = Signal(object)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.parts: tuple[Part, ...] = ()
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("Parts of the plan"))
        self.tree.setUniformRowHeights(True)
        self.tree.currentItemChanged.connect(self._on_current)
        self.adder = button(_("Add…"), icon="plus")
        self.adder.setMenu(self._menu())
        self.up = icon_button("chevron-up", _("Move up"), lambda: self._move(-1))
        self.down = icon_button("chevron-down", _("Move down"), lambda: self._move(1))
        self.remover = icon_button("trash-2", _("Remove"), self._remove)
        row = QHBoxLayout()
        theme.margins(row, spacing=theme.XS)
        row.addWidget(self.adder)
        row.addStretch(1)
        for one in (self.up, self.down, self.remover):
            row.addWidget(one)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.S)
        column.addWidget(self.tree, 1)
        column.addLayout(row)

    def _menu(self) -> QMenu:
        menu = QMenu(self.adder)
        menu.addAction(_("Volume")).triggered.connect(partial(self._add, "volumes", _("New volume"), ""))
        menu.addAction(_("Rank")).triggered.connect(partial(self._add, "ranks", _("New rank"), ""))
        bonuses = menu.addMenu(_("Bonus"))
        asked = Asked(("components", 0, "kind"), Holds.CHOICE, None, True, tuple(KINDS))
        for kind in KINDS:
            name = spoken(word(asked, kind))
            bonuses.addAction(name).triggered.connect(partial(self._add, "components", name, kind))
        menu.addAction(_("Cap")).triggered.connect(partial(self._add, "caps", _("New cap"), ""))
        menu.addAction(_("Deduction")).triggered.connect(partial(self._add, "deductions", _("New deduction"), ""))
        return menu

    def current(self) -> Part:
        """The part that is chosen, the first one if none is."""
        item = self.tree.currentItem()
        part = item.data(0, _PART) if item else self.parts[0]
        assert isinstance(part, Part)  # noqa: S101 - every item has one
        return part

    def show_parts(self, choose: Path | None = None) -> None:
        """Show the parts as they are now, and stay at the chosen one; or go where `choose` is shown."""
        before = self.current().key if self.parts else ""
        self.parts = parts(self._work.draft)
        wanted = part_of(self.parts, choose).key if choose is not None else before
        self.tree.blockSignals(True)
        self.tree.clear()
        for part in self.parts:
            self.tree.addTopLevelItem(self._item(part, wanted))
        self.tree.expandAll()
        chosen = self._find(wanted) or self._items()[0]
        self.tree.setCurrentItem(chosen)
        self.tree.blockSignals(False)
        self._enable()

    def _item(self, part: Part, wanted: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        item.setData(0, _PART, part)
        self._title(item)
        for child in part.children:
            item.addChild(self._item(child, wanted))
        return item

    def _title(self, item: QTreeWidgetItem) -> None:
        part = item.data(0, _PART)
        count = self.mistakes(part)
        title = shown(part.title)
        item.setText(0, _("{part} ({count})").format(part=title, count=format_number(count)) if count else title)
        item.setData(0, Qt.ItemDataRole.ForegroundRole, theme.danger() if count else None)
        told = _("{part}, mistakes: {count}").format(part=title, count=format_number(count)) if count else title
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)

    def mistakes(self, part: Part) -> int:
        """How many mistakes the part has, those below it not counted."""
        paths = [*self._work.draft.problems.paths, *self._work.typed]
        return sum(part_of(self.parts, path).key == part.key for path in paths)

    def count(self) -> None:
        """Say anew how many mistakes each part has."""
        for item in self._items():
            self._title(item)

    def _items(self) -> list[QTreeWidgetItem]:
        return list(_below(self.tree.invisibleRootItem()))

    def _find(self, key: str) -> QTreeWidgetItem | None:
        return next((item for item in self._items() if item.data(0, _PART).key == key), None)

    def go(self, key: str) -> None:
        """Choose the part with that key."""
        item = self._find(key)
        if item is not None:
            self.tree.setCurrentItem(item)

    def _on_current(self) -> None:
        self._enable()
        self.chosen.emit(self.current())

    def _enable(self) -> None:
        table = self.current().table
        place, count = (int(table[1]), len(self._work.draft.data[str(table[0])])) if table else (0, 0)
        self.up.setEnabled(bool(table) and place > 0)
        self.down.setEnabled(bool(table) and place + 1 < count)
        self.remover.setEnabled(bool(table))

    def _add(self, key: str, name: str, kind: str) -> None:
        where = self._work.do(lambda: self._work.draft.add_named(key, name, kind))
        if where is not None:
            self._work.went.emit((*where, "name"))

    def _move(self, by: int) -> None:
        table = self.current().table
        where = self._work.do(lambda: self._work.draft.move(table, by))
        if where is not None:
            self._work.went.emit(where)

    def _remove(self) -> None:
        table = self.current().table
        self._work.typed.clear()
        self._work.do(lambda: self._work.draft.remove(table))


def _below(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    for row in range(item.childCount()):
        child = item.child(row)
        if child is not None:
            yield child
            yield from _below(child)
