"""The list of today: a name, what is to be done, what was said last, and the number to dial."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from organizer.i18n import _
from organizer.ui import icons, theme
from organizer.ui.pages.today.lines import Line

_Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class _Lines(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return line.spoken if role in words else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled
        if self.lines[index.row()].kind == "head":
            return Qt.ItemFlag.NoItemFlags
        return shown | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    """Draws plain text: a name is never markup."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line: Line = index.data(_LINE)
        high = QFontMetrics(theme.font()).lineSpacing()
        if line.kind == "head":
            return QSize(0, QFontMetrics(theme.font("heading")).lineSpacing() + theme.L)
        rows = 1 + bool(line.text) + bool(line.below)
        return QSize(0, rows * high + theme.M)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Line = index.data(_LINE)
        box = option.rect.adjusted(theme.M, 0, -theme.M, 0)
        painter.save()
        if line.kind == "head":
            painter.setFont(theme.font("heading", bold=True))
            painter.setPen(theme.muted())
            painter.drawText(box.adjusted(0, theme.S, 0, 0), _MIDDLE, line.title)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen:
                painter.fillRect(option.rect, theme.selection())
            self._line(painter, box, line)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(theme.accent())
                painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _line(self, painter: QPainter, box: QRect, line: Line) -> None:
        size = theme.scaled(theme.ICON_LARGE)
        icons.icon(line.icon).paint(painter, QRect(box.left(), box.center().y() - size // 2, size, size))
        box = box.adjusted(size + theme.M, theme.S - 2, 0, 2 - theme.S)
        if line.phone:
            painter.setFont(theme.font("title" if line.is_call else "body"))
            painter.setPen(theme.text())
            painter.drawText(box, _MIDDLE | Qt.AlignmentFlag.AlignRight, line.phone)
            box = box.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(line.phone) - theme.M, 0)
        rows = [(line.title, True, theme.text()), (line.text, False, theme.text())]
        rows.append((line.below, False, theme.muted()))
        shown = [row for row in rows if row[0]]
        high = box.height() // len(shown)
        for place, (text, bold, colour) in enumerate(shown):
            painter.setFont(theme.font(bold=bold and bool(line.person_id)))
            painter.setPen(colour)
            room = QRect(box.left(), box.top() + place * high, box.width(), high)
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _MIDDLE, cut)


class DueList(QListView):
    """`chosen(line or None)` follows the selection; `answered("done" | "later" | "no")` a key; `opened` Enter."""

    chosen = Signal(object)
    answered = Signal(str)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines = _Lines()
        self._lines.setParent(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(_("What there is to do today"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setForegroundRole(QPalette.ColorRole.Text)
        self.selectionModel().currentChanged.connect(lambda _new, _old: self.chosen.emit(self.current()))
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        theme.events().changed.connect(self.scheduleDelayedItemsLayout)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; what was chosen stays chosen, else what stands in its place."""
        before, row = self.current(), self.currentIndex().row()
        self._lines.show(lines)
        same = [place for place, line in enumerate(lines) if before and line[:2] == before[:2]]
        self._go_to(same[0] if same else self._near(max(row, 0)))
        self.chosen.emit(self.current())

    def _near(self, row: int) -> int:
        """The first line that can be chosen at `row` or after it, else the last one."""
        can = [place for place, line in enumerate(self._lines.lines) if line.kind != "head"]
        return next((place for place in can if place >= row), can[-1] if can else -1)

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(self._lines.index(row))

    def current(self) -> Line | None:
        """The chosen line, None for none."""
        index = self.currentIndex()
        return self._lines.lines[index.row()] if index.isValid() else None

    def lines(self) -> Sequence[Line]:
        """All that is shown."""
        return self._lines.lines

    def choose(self, kind: str, id_: int) -> bool:
        """Choose a line; False where there is none."""
        rows = [place for place, line in enumerate(self._lines.lines) if (line.kind, line.id) == (kind, id_)]
        self._go_to(rows[0] if rows else -1)
        return bool(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter answers; Enter opens."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        answer = answer_keys().get(event.text().casefold()) if plain else None
        if answer and self.current():
            self.answered.emit(answer)
        elif event.key() == Qt.Key.Key_Home and plain:
            self._go_to(self._near(0))  # the very first line is a heading
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def answer_words() -> dict[str, str]:
    """The three answers, with their mnemonics."""
    return {"done": _("&Done"), "later": _("&Later…"), "no": _("&No")}


def answer_keys() -> dict[str, str]:
    """The letter that gives each answer: D, L and N, and those underlined in the language spoken."""
    letters = {"d": "done", "l": "later", "n": "no"}
    return letters | {word[word.index("&") + 1].casefold(): key for key, word in answer_words().items()}
