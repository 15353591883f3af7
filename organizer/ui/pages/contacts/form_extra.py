"""What an address book told of a person besides, in words, each line with a button that takes it away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.widgets.buttons import icon_button
from organizer.ui.widgets.label import Label

_LINE = re.compile(r'(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<told>(?:;(?:[^":]|"[^"]*")*)?):(?P<value>.*)', re.DOTALL)
_LABEL = re.compile(r';(?:X-ABLABEL|TYPE)="([^"]*)"')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOST = 300


class ExtraList(QWidget):
    """`changed` tells that a line was taken away."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._column = QVBoxLayout(self)
        theme.margins(self._column, spacing=theme.XS)

    def lines(self) -> tuple[str, ...]:
        """The lines that are left."""
        return tuple(self._lines)

    def set_lines(self, lines: Sequence[str]) -> None:
        """Show these lines; nobody is told."""
        if list(lines) == self._lines and self._column.count() == len(lines):
            return
        self._lines = list(lines)
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._column.addWidget(self._row(line))

    def _row(self, line: str) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        theme.margins(across, spacing=theme.S)
        told = readable(line)
        across.addWidget(Label(told, wrap=True, selectable=True), 1)
        away = icon_button("x", _("Remove {name}").format(name=told), lambda: self._remove(line))
        away.setToolTip(_("Remove this"))
        across.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _remove(self, line: str) -> None:
        self._lines.remove(line)
        self.changed.emit()


def readable(line: str) -> str:
    """A line of a vCard for reading: "URL:https://example.com" is "Website: https://example.com"."""
    match = _LINE.fullmatch(line)
    if not match:
        return line[:_MOST]
    names = {
        "URL": _("Website"),
        "TITLE": _("Job title"),
        "ROLE": _("Role at work"),
        "IMPP": _("Chat"),
        "ANNIVERSARY": _("Anniversary"),
        "RELATED": _("Related to"),
        "GEO": _("Place on the map"),
        "TZ": _("Time zone"),
        "LANG": _("Language"),
        "GENDER": _("Gender"),
    }
    name = match["name"].upper()
    shown = names.get(name) or name.removeprefix("X-").removeprefix("AB").replace("-", " ").capitalize()
    if label := _LABEL.search(match["told"]):
        # what she or her address book called it; of a kind of its own that says it all
        shown = f"{names[name]} ({label[1]})" if name in names else label[1]
    value = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], match["value"])
    value = ", ".join(part for part in (part.strip() for part in value.split(";")) if part)
    return f"{shown}: {value}"[:_MOST]
