"""What was found as lines of a list: a heading for each group, its hits, and the way to more of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from organizer.i18n import _
from organizer.services.search_hits import Group, Hit, Hits

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_TEXTS = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))


@dataclass(frozen=True)
class Heading:
    """The name of a group above its hits."""

    group: Group


@dataclass(frozen=True)
class More:
    """There are more of this group."""

    group: Group


Line = Heading | Hit | More


def group_name(group: Group) -> str:
    """The group's name in the language spoken now."""
    names = {
        Group.CONTACTS: _("Contacts"),
        Group.TEAM: _("Team"),
        Group.PRODUCTS: _("Products"),
        Group.NOTES: _("Notes"),
    }
    return names[group]


def text_of(line: Line) -> str:
    """What the line says in one text, as a screen reader speaks it."""
    if isinstance(line, Heading):
        return group_name(line.group)
    if isinstance(line, More):
        return more_text(line.group)
    return ", ".join(part for part in (line.title, line.said_no and _("said no"), line.detail) if part)


def more_text(group: Group) -> str:
    """The line that leads to more of a group."""
    texts = {
        Group.CONTACTS: _("More contacts…"),
        Group.TEAM: _("More of the team…"),
        Group.PRODUCTS: _("More products…"),
        Group.NOTES: _("More notes…"),
    }
    return texts[group]


class LinesModel(QAbstractListModel):
    """The lines of one search. Headings can't be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, hits: Hits | None, only: Group | None = None) -> None:
        """Show what was found; of `only` there is no way to more, as this is more already."""
        self.beginResetModel()
        self.lines = []
        for group, found in hits.groups.items() if hits else ():
            self.lines += [Heading(group), *found]
            if hits and group in hits.more and only is None:
                self.lines.append(More(group))
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line at a row, None where there is none."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def next(self, row: int, steps: int) -> int:
        """The row so many lines that can be chosen further down (or up); as far as it goes. -1 for none."""
        rows = [at for at, line in enumerate(self.lines) if not isinstance(line, Heading)]
        if not rows:
            return -1
        place = rows.index(row) if row in rows else -1
        return rows[min(max(place + steps, 0), len(rows) - 1)]

    def row_of(self, kind: str, id_: int) -> int:
        """The row of a hit, -1 when it isn't among them."""
        for row, line in enumerate(self.lines):
            if isinstance(line, Hit) and (line.kind, line.id) == (kind, id_):
                return row
        return -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = _TEXTS[0]) -> str | None:
        """Qt's: the line's words, for whoever can't see it."""
        return text_of(self.lines[index.row()]) if index.isValid() and role in _TEXTS else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's: headings can't be chosen."""
        line = self.line(index.row())
        if line is None or isinstance(line, Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
