"""A row of fields that goes on below where there is no room."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QSizePolicy, QWidget

from organizer.ui import theme
from organizer.ui.widgets.flow_layout import FlowLayout


class FlowRow(QWidget):
    """Its least height is one line: what it would take if all stood below each other keeps no window large."""

    def __init__(self, spacing: int, widgets: Iterable[QWidget] = ()) -> None:
        super().__init__()
        self.flow = FlowLayout(self)
        theme.margins(self.flow, spacing=spacing)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.flow.addWidget(widget)
