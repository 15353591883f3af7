"""The list of plans: her own first, then by company and date, each with where and when it holds and its grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from organizer.domain.commission.plan import Plan
from organizer.domain.contact import fold
from organizer.domain.result import Message
from organizer.i18n import _, shown
from organizer.ui import theme
from organizer.ui.pages.settings.plan_details import dated, plan_name

_ID = Qt.ItemDataRole.UserRole
_ENTRY = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A plan in the list: `plan` is None for one of hers that can't be read, and `mistakes` say why."""

    id: str
    plan: Plan | None
    own: bool
    mistakes: tuple[Message, ...] = ()

    @property
    def name(self) -> str:
        """What it is called."""
        return shown(plan_name(self.plan)) if self.plan else self.id

    @property
    def about(self) -> str:
        """Where and when it holds."""
        return shown(dated(self.plan)) if self.plan else _("can't be read by this version")

    @property
    def badge(self) -> str:
        """The grade of its figures; a word for a teaching plan."""
        if self.plan is None:
            return "!"
        return _("invented") if self.plan.teaching else self.plan.confidence

    @property
    def group(self) -> str:
        """The heading under which it stands."""
        if self.own:
            return _("Your own")
        if self.plan is None or self.plan.teaching:
            return _("To learn from")
        return shown(self.plan.company)

    def holds(self, words: Iterable[str]) -> bool:
        """True where it has every one of the folded words somewhere."""
        company = self.plan.company if self.plan else ""
        grade = self.plan.confidence if self.plan else ""
        text = fold(" ".join((self.name, self.about, company, self.group, self.badge, grade, self.id)))
        return all(word in text for word in words)


def entries(
    own: Iterable[Plan], unreadable: Mapping[str, tuple[Message, ...]], others: Iterable[Plan]
) -> list[Entry]:
    """Everything that there is, in the order of the list."""
    mine = [Entry(plan.id, plan, own=True) for plan in own]
    broken = [Entry(key, None, own=True, mistakes=mistakes) for key, mistakes in unreadable.items()]
    return [*mine, *broken, *(Entry(plan.id, plan, own=False) for plan in others)]


class PlanList(QListWidget):
    """Headings and plans. `chosen` tells when another is chosen, `read_asked` that she wants to go to its text."""

    chosen = Signal()
    delete_asked = Signal()
    read_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Compensation plans"))
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit())

    def show_entries(self, shown_: Iterable[Entry], keep: str) -> None:
        """Show these; the plan called `keep` stays chosen, or the first one is."""
        self.blockSignals(True)
        self.clear()
        for group, members in groupby(shown_, key=lambda entry: entry.group):
            self._add_heading(group)
            for entry in members:
                self._add(entry)
        self.blockSignals(False)
        if not self.choose(keep):
            self.choose(next(self._ids(), ""))
        if self.currentItem() is None:
            self.chosen.emit()

    def entry(self) -> Entry | None:
        """The chosen one."""
        item = self.currentItem()
        found = item.data(_ENTRY) if item else None
        return found if isinstance(found, Entry) else None

    def choose(self, plan_id: str) -> bool:
        """Choose the plan called `plan_id`; False where it isn't shown."""
        for row in range(self.count()):
            if plan_id and self.item(row).data(_ID) == plan_id:
                if row == self.currentRow():
                    self.chosen.emit()
                self.setCurrentRow(row)
                # the heading above the first of a group is worth seeing too
                self.scrollToItem(self.item(max(0, row - 1)))
                self.scrollToItem(self.item(row))
                return True
        return False

    def _ids(self) -> Iterator[str]:
        for row in range(self.count()):
            if plan_id := self.item(row).data(_ID):
                yield str(plan_id)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setData(_ID, "")
        self.addItem(item)

    def _add(self, entry: Entry) -> None:
        item = QListWidgetItem(entry.name)
        item.setData(_ID, entry.id)
        item.setData(_ENTRY, entry)
        spoken = ", ".join((entry.name, entry.about, _said_badge(entry)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(f"{entry.name}\n{entry.about}")
        self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Delete removes, Enter goes on to the words and never to a button."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.read_asked.emit()
        else:
            super().keyPressEvent(event)


def _said_badge(entry: Entry) -> str:
    if entry.plan and not entry.plan.teaching:
        return _("confidence {grade}").format(grade=entry.badge)
    return entry.badge


class _Painter(QStyledItemDelegate):
    """Two lines and a badge; a heading is one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        small = QFontMetrics(theme.font("small")).height()
        if not isinstance(index.data(_ENTRY), Entry):
            return QSize(0, small + theme.L)
        return QSize(0, QFontMetrics(theme.font()).height() + small + theme.M)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(_ENTRY)
        if not isinstance(entry, Entry):
            room = option.rect.adjusted(theme.S, 0, -theme.S, -theme.XS)
            _write(painter, room, theme.font("small", bold=True), str(index.data()), muted=True, low=True)
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selection())
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.accent())
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.raised())
        inner = option.rect.adjusted(theme.M, theme.XS, -theme.S, -theme.XS)
        badge = _draw_badge(painter, inner, entry)
        first = QFontMetrics(theme.font()).height()
        name = QRect(inner.topLeft(), QSize(inner.width(), first))
        about = QRect(
            inner.topLeft() + QPoint(0, first + 2),
            QSize(inner.width() - badge - theme.S, inner.height() - first - 2),
        )
        _write(painter, name, theme.font(), entry.name)
        _write(painter, about, theme.font("small"), entry.about, muted=True)
        painter.restore()


def _draw_badge(painter: QPainter, room: QRect, entry: Entry) -> int:
    """The grade in a frame at the lower right; its width."""
    face = theme.font("small", bold=True)
    metrics = QFontMetrics(face)
    width, height = metrics.horizontalAdvance(entry.badge) + 2 * theme.XS + 4, metrics.height()
    box = QRect(room.right() - width, room.bottom() - height + 1, width, height)
    careful = entry.plan is None or entry.plan.teaching or entry.plan.confidence > "B"
    painter.setPen(theme.amber() if careful else theme.accent())
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(face)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, entry.badge)
    return width


def _write(
    painter: QPainter, room: QRect, face: QFont, text: str, *, muted: bool = False, low: bool = False
) -> None:
    painter.save()
    painter.setFont(face)
    painter.setPen(theme.muted() if muted else theme.text())
    side = Qt.AlignmentFlag.AlignBottom if low else Qt.AlignmentFlag.AlignVCenter
    cut = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | side, cut)
    painter.restore()
