"""Edits phones or e-mails in place: a row each with value, kind and a button that takes it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QVBoxLayout, QWidget

from organizer.domain.contact import Labelled
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.plain_text import CommitLineEdit
from organizer.ui.widgets.tab_order import TabAnchor

_KIND_WIDTH = 92
_PADDING = 18
"""What a field has around its text, in pixels at the usual text size."""


class EntriesEditor(QWidget):
    """A list of values with kinds. `changed` comes when an entry was finished, not at each key.

    `name` is what one entry is called ("Phone"), `kinds` maps a kind as it is stored to how it is shown;
    other kinds may be typed and are kept as typed.
    """

    changed = Signal()

    def __init__(self, name: str, kinds: Mapping[str, str], add_text: str) -> None:
        super().__init__()
        self._name, self._kinds = name, dict(kinds)
        self._rows: list[_Row] = []
        self._told: tuple[Labelled, ...] = ()
        self._column = QVBoxLayout(self)
        theme.margins(self._column, spacing=theme.XS)
        self._order = TabAnchor(self)
        self._add = button(add_text, self._on_add, icon="plus", kind="flat")
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._add)

    def entries(self) -> tuple[Labelled, ...]:
        """The entries as they stand; empty rows are left out."""
        return tuple(entry for row in self._rows if (entry := row.entry()).value)

    def set_entries(self, entries: Sequence[Labelled]) -> None:
        """Show entries that are already kept; nothing is told. An empty row at the end stays for typing."""
        if tuple(entries) == self.entries() == self._told:
            return
        while self._rows:
            self._take(self._rows[-1])
        for entry in entries:
            self._append(entry)
        self._told = self.entries()

    def commit(self) -> None:
        """Tell of what is still being typed."""
        if self.entries() != self._told:
            self._told = self.entries()
            self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes from row to row and then to the Add button."""
        super().showEvent(event)
        self._lead()

    def _lead(self) -> None:
        self._order.lead(stop for row in self._rows for stop in (row.value, row.kind, row.remove))

    def _on_add(self) -> None:
        blank = next((row for row in self._rows if not row.entry().value), None)
        row = blank or self._append(Labelled("", next(iter(self._kinds), "")))
        row.value.setFocus(Qt.FocusReason.TabFocusReason)

    def _append(self, entry: Labelled) -> _Row:
        row = _Row(self._name, self._kinds, entry)
        row.committed.connect(self.commit)
        row.removed.connect(lambda: self._on_removed(row))
        self._column.insertWidget(len(self._rows), row)
        row.show()  # at once, so that it can take the focus
        self._rows.append(row)
        self._lead()
        self.setFocusProxy(self._rows[0].value)
        return row

    def _on_removed(self, row: _Row) -> None:
        place = self._rows.index(row)
        rest = self._rows[:place] + self._rows[place + 1 :]
        (rest[min(place, len(rest) - 1)].value if rest else self._add).setFocus()
        self._take(row)
        self.commit()

    def _take(self, row: _Row) -> None:
        self._rows.remove(row)
        self.setFocusProxy(self._rows[0].value if self._rows else self._add)
        row.blockSignals(True)
        row.hide()
        self._column.removeWidget(row)
        row.deleteLater()


class _Row(QWidget):
    """One entry."""

    committed = Signal()
    removed = Signal()

    def __init__(self, name: str, kinds: Mapping[str, str], entry: Labelled) -> None:
        super().__init__()
        self._stored = {shown: stored for stored, shown in kinds.items()}
        self.value = CommitLineEdit(name, entry.value)
        self.kind = ComboBox()
        self.kind.setEditable(True)
        self.kind.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.kind.setAccessibleName(_("Kind of {name}").format(name=name.lower()))
        self.kind.addItems(list(kinds.values()))
        self.kind.setFixedWidth(theme.scaled(_KIND_WIDTH))
        self._line = CommitLineEdit(self.kind.accessibleName())
        self.kind.setLineEdit(self._line)
        shown = kinds.get(entry.label, entry.label)
        self.kind.setCurrentIndex(self.kind.findText(shown))
        self._line.set_value(shown)
        completer = self.kind.completer()
        if isinstance(completer, QCompleter):
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.remove = icon_button("x", _("Remove {name}").format(name=name.lower()), self.removed.emit)
        self._grid = QGridLayout(self)
        theme.margins(self._grid, spacing=theme.XS)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.remove, 0, 2)
        self._below = True
        self._put_kind(False)
        self.value.committed.connect(self.committed)
        self.value.committed.connect(self._arrange)
        self._line.committed.connect(self.committed)
        self.kind.activated.connect(self._line.commit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: a long value gets the whole line."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Beside the value there is its kind; below it where the value wouldn't be seen whole."""
        needed = self.value.fontMetrics().horizontalAdvance(self.value.text()) + theme.scaled(_PADDING)
        room = self.width() - self.kind.width() - self.remove.sizeHint().width() - 2 * theme.XS
        self._put_kind(needed > room)

    def _put_kind(self, below: bool) -> None:
        if below != self._below:
            self._below = below
            self._grid.addWidget(self.value, 0, 0, 1, 2 if below else 1)
            self._grid.addWidget(self.kind, int(below), 0 if below else 1, Qt.AlignmentFlag.AlignLeft)

    def entry(self) -> Labelled:
        """The entry as it stands."""
        kind = self._line.value().strip()
        return Labelled(self.value.value().strip(), self._stored.get(kind, kind))
