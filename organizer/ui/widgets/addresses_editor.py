"""Edits a person's further addresses in place: street, town and kind of each, and which one letters go to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from organizer.domain.contact import Address
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.plain_text import CommitLineEdit
from organizer.ui.widgets.tab_order import TabAnchor

_POSTAL_WIDTH = 84


def address_kinds() -> dict[str, str]:
    """Kinds of addresses as they are stored, and how they are shown."""
    return {"Home": _("Home"), "Work": _("Work"), "": ""}


class KindField(ComboBox):
    """What kind of address it is; other kinds may be typed."""

    committed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(_("Kind of address"))
        self.addItems(list(address_kinds().values()))
        self._line = CommitLineEdit(self.accessibleName())
        self.setLineEdit(self._line)
        self._line.setPlaceholderText(_("Kind"))
        self._line.committed.connect(lambda _text: self.committed.emit())
        self.activated.connect(lambda _place: self._line.commit())

    def kind(self) -> str:
        """The kind as it is stored."""
        shown = self._line.value().strip()
        return next((kind for kind, name in address_kinds().items() if name == shown), shown)

    def set_kind(self, kind: str) -> None:
        """Show a kind that is already kept; nobody is told."""
        name = address_kinds().get(kind, kind)
        self.setCurrentIndex(self.findText(name))
        self._line.set_value(name)

    def commit(self) -> None:
        """Tell of what is still being typed."""
        self._line.commit()


class AddressesEditor(QWidget):
    """`changed` comes when an address was finished; `first_asked(place)` when one is to come first."""

    changed = Signal()
    first_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Row] = []
        self._told: tuple[Address, ...] = ()
        self._column = QVBoxLayout(self)
        theme.margins(self._column, spacing=theme.S)
        self._order = TabAnchor(self)
        self.add = button(_("Add an address"), self._on_add, icon="plus", kind="flat")
        self._column.addWidget(self.add)
        self.setFocusProxy(self.add)

    def addresses(self) -> tuple[Address, ...]:
        """The addresses as they stand; those that say nothing are left out."""
        return tuple(one for row in self._rows if replace(one := row.address(), label="") != Address())

    def set_addresses(self, addresses: Sequence[Address]) -> None:
        """Show addresses that are already kept; nothing is told."""
        if tuple(addresses) == self.addresses() == self._told:
            return
        while self._rows:
            self._take(self._rows[-1])
        for address in addresses:
            self._append(address)
        self._told = self.addresses()

    def commit(self) -> None:
        """Tell of what is still being typed."""
        if self.addresses() != self._told:
            self._told = self.addresses()
            self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: Tab goes from address to address and then to the Add button."""
        super().showEvent(event)
        self._lead()

    def _lead(self) -> None:
        self._order.lead(stop for row in self._rows for stop in row.stops())

    def _on_add(self) -> None:
        blank = next((row for row in self._rows if row.address() == Address()), None)
        row = blank or self._append(Address())
        row.street.setFocus()

    def _append(self, address: Address) -> _Row:
        row = _Row(address)
        row.committed.connect(self.commit)
        row.removed.connect(lambda: self._on_removed(row))
        row.first.connect(lambda: self._on_first(row))
        self._column.insertWidget(len(self._rows), row)
        row.show()  # at once, so that it can take the focus
        self._rows.append(row)
        self._lead()
        return row

    def _on_first(self, row: _Row) -> None:
        self.commit()
        filled = [one for one in self._rows if replace(one.address(), label="") != Address()]
        if row in filled:
            self.first_asked.emit(filled.index(row))

    def _on_removed(self, row: _Row) -> None:
        self.add.setFocus()
        self._take(row)
        self.commit()

    def _take(self, row: _Row) -> None:
        self._rows.remove(row)
        row.blockSignals(True)
        row.hide()
        self._column.removeWidget(row)
        row.deleteLater()


class _Row(QWidget):
    """One address."""

    committed = Signal()
    removed = Signal()
    first = Signal()

    def __init__(self, address: Address) -> None:
        super().__init__()
        self.street = _line(_("Street"), address.street)
        self.postal_code = _line(_("Postal code"), address.postal_code)
        self.city = _line(_("City"), address.city)
        self.country = _line(_("Country"), address.country)
        self.kind = KindField()
        self.kind.set_kind(address.label)
        self._up = icon_button("chevron-up", _("Letters go to this address"), self.first.emit)
        self._away = icon_button("x", _("Remove this address"), self.removed.emit)
        self.postal_code.setFixedWidth(theme.scaled(_POSTAL_WIDTH))
        grid = QGridLayout(self)
        theme.margins(grid, spacing=theme.XS)
        grid.addWidget(self.street, 0, 0, 1, 2)
        grid.addWidget(self._up, 0, 2)
        grid.addWidget(self._away, 0, 3)
        grid.addWidget(self.postal_code, 1, 0)
        grid.addWidget(self.city, 1, 1, 1, 3)
        grid.addWidget(self.kind, 2, 0)
        grid.addWidget(self.country, 2, 1, 1, 3)
        self.kind.setFixedWidth(theme.scaled(_POSTAL_WIDTH))
        for line in (self.street, self.postal_code, self.city, self.country):
            line.committed.connect(lambda _text: self.committed.emit())
        self.kind.committed.connect(self.committed)

    def address(self) -> Address:
        """The address as it stands."""
        lines = (self.street, self.postal_code, self.city, self.country)
        street, postal_code, city, country = (line.value().strip() for line in lines)
        return Address(street, postal_code, city, country, self.kind.kind())

    def stops(self) -> Iterator[QWidget]:
        """Where Tab stops, as it is read."""
        yield from (self.street, self._up, self._away, self.postal_code, self.city, self.kind, self.country)


def _line(name: str, value: str) -> CommitLineEdit:
    made = CommitLineEdit(name, value)
    made.setPlaceholderText(name)
    return made
