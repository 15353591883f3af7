"""A form of labelled fields, each with room for its own error below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from organizer.domain.result import FieldRefusal
from organizer.i18n import say
from organizer.ui import theme
from organizer.ui.widgets.label import Label


class Form(QWidget):
    """Labels on the left, fields on the right. Fields are known by the names they have in the record."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: dict[str, QWidget] = {}
        self._errors: dict[str, Label] = {}
        self._hints: dict[str, str] = {}
        self._grid = QGridLayout(self)
        theme.margins(self._grid, spacing=theme.S)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setColumnStretch(1, 1)

    def add(self, field: str, label: str, widget: QWidget, hint: str = "") -> QLabel:
        """Add a field. `label` may hold a mnemonic (&Name); `hint` stands small below the field."""
        name = Label(label, tone="muted")
        name.setBuddy(widget)
        name.setMargin(theme.XS)
        if not widget.accessibleName():
            widget.setAccessibleName(label.replace("&", ""))
        below = Label(hint, size="small", tone="muted", wrap=True)
        cell = QVBoxLayout()
        theme.margins(cell, spacing=theme.XS // 2)
        cell.addWidget(widget)
        cell.addWidget(below)
        row = self._grid.rowCount()
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(cell, row, 1)
        below.setVisible(bool(hint))  # only now: shown without a parent it would be a window
        self._fields[field], self._errors[field], self._hints[field] = widget, below, hint
        return name

    def section(self, text: str) -> QLabel:
        """A heading across the form."""
        heading = Label(text, size="heading")
        heading.setContentsMargins(theme.XS, theme.M, 0, 0)
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
        return heading

    def wide(self, widget: QWidget) -> None:
        """Something across both columns."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def field(self, field: str) -> QWidget:
        """The widget of a field; raises KeyError for an unknown name."""
        return self._fields[field]

    def error(self, field: str) -> str:
        """The error shown at a field, "" when there is none."""
        shown = self._errors[field]
        return shown.text() if shown.property("tone") == "danger" else ""

    def set_hint(self, field: str, hint: str) -> None:
        """Say something else, or with "" nothing, where a field's hint stands; an error there stays."""
        self._hints[field] = hint
        if not self.error(field):
            self._errors[field].setText(hint)
            self._errors[field].setVisible(bool(hint))

    def set_error(self, field: str, text: str) -> None:
        """Say below a field what is wrong with it; "" brings its hint back."""
        below, widget = self._errors[field], self._fields[field]
        below.setText(text or self._hints[field])
        below.setVisible(bool(below.text()))
        theme.set_tone(below, "danger" if text else "muted")
        widget.setAccessibleDescription(text)
        theme.set_style(widget, wrong=bool(text))

    def clear_errors(self) -> None:
        """Take all errors away."""
        for field in self._fields:
            if self.error(field):
                self.set_error(field, "")

    def show_refusal(self, refusal: FieldRefusal) -> bool:
        """Show a refusal at its field and go there. False when the form has no such field."""
        if refusal.field not in self._fields:
            return False
        self.set_error(refusal.field, say(refusal.message.text, refusal.message.values))
        self._fields[refusal.field].setFocus(Qt.FocusReason.OtherFocusReason)
        return True
