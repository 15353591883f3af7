"""A box for names that are longer than it: they end with …, and stand whole in its list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter

from organizer.ui import theme
from organizer.ui.widgets.boxes import ComboBox


class LongBox(ComboBox):
    """No wider than it must be; `letters` is how many it has room for at least."""

    def __init__(self, name: str, letters: int = 8) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Qt's: wide enough for every name."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme.XL)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's, with … where a name is cut."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        mode = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(self.currentText(), mode, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
