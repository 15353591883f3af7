"""The way from the top of the team down to the chosen member, as buttons: a click goes there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from organizer.domain import tree
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.models.team import TeamModel
from organizer.ui.widgets.buttons import ToolButton
from organizer.ui.widgets.label import Label

_STEP = " › "
_LONGEST = 160
"""Pixels that a name takes at most, at 100 % text."""


class PathLine(QWidget):
    """`asked(position)`: go to that member. Where there is no room, a menu takes the middle of the path."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._positions: list[int] = []
        self._above = ""
        self._row = QHBoxLayout(self)
        theme.margins(self._row, spacing=0)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit()

    def show_path(self, model: TeamModel, position: int, above: str = "") -> None:
        """Show the way to the member at `position`, -1 shows none; `above`: who stands above its top."""
        self._positions = []
        if position >= 0 and model.view:
            self._positions = [position, *tree.ancestors(model.view.parent, position)][::-1]
        self._names = [model.name(place) for place in self._positions]
        self._above = above if self._positions else ""
        whole = self.path()
        self.setAccessibleName(_("Path: {path}").format(path=whole) if whole else "")
        self._fit()

    def path(self) -> str:
        """The whole path, however much of it can be seen."""
        return _STEP.join([self._above, *self._names] if self._above else self._names)

    def sizeHint(self) -> QSize:
        """As high as a button, so that the tree doesn't jump."""
        return QSize(0, self.fontMetrics().height() + 2 * theme.S)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: take as many steps as there is room for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            if widget := item.widget() if item else None:
                widget.hide()
                widget.deleteLater()
        for place, part in enumerate(self._parts()):
            for widget in (Label(_STEP.strip(), tone="muted"), part) if place else (part,):
                self._row.insertWidget(self._row.count() - 1, widget)
                widget.show()

    def _parts(self) -> list[QWidget]:
        parts: list[QWidget] = []
        if self._above:
            known = Label(self._cut(self._above), tone="muted")
            known.setToolTip(f"<p>{escape(_('{name} stands above your team').format(name=self._above))}</p>")
            known.setMargin(theme.XS)
            parts.append(known)
        shown = self._shown()
        for before, place in zip([-1, *shown], shown, strict=False):
            if place > before + 1:
                parts.append(self._middle(range(before + 1, place)))
            parts.append(self._button(place))
        return parts

    def _shown(self) -> list[int]:
        """The steps there is room for: the last, the first, then from the last upwards."""
        step = self.fontMetrics().horizontalAdvance(_STEP) + theme.M
        widths = [self.fontMetrics().horizontalAdvance(self._cut(name)) + step for name in self._names]
        room = self.width() - 2 * step
        if self._above:
            room -= self.fontMetrics().horizontalAdvance(self._cut(self._above)) + step
        last = len(widths) - 1
        shown = set[int]()
        for place in dict.fromkeys((last, 0, *range(last - 1, 0, -1)) if widths else ()):
            room -= widths[place]
            if room < 0 and shown:
                break
            shown.add(place)
        return sorted(shown)

    def _cut(self, name: str) -> str:
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, theme.scaled(_LONGEST))

    def _button(self, place: int) -> ToolButton:
        made = _step(self._cut(self._names[place]), self._names[place])
        made.clicked.connect(partial(self.asked.emit, self._positions[place]))
        return made

    def _middle(self, places: Sequence[int]) -> ToolButton:
        made = _step("…", _("The steps between"))
        theme.set_style(made, step=True)
        menu = QMenu(made)
        for place in places:
            text = self._names[place].replace("&", "&&")
            menu.addAction(text, partial(self.asked.emit, self._positions[place]))
        made.setMenu(menu)
        made.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        return made


def _step(text: str, whole: str) -> ToolButton:
    made = ToolButton()
    made.setText(text.replace("&", "&&"))
    made.setAccessibleName(whole)
    made.setToolTip(f"<p>{escape(whole)}</p>" if whole != text else "")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
