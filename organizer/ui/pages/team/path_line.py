"""The way from the top of the team down to the chosen member, on one line."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from organizer.domain import tree
from organizer.i18n import _
from organizer.ui.models.team import TeamModel
from organizer.ui.widgets.label import Label

_STEP = " › "


class PathLine(Label):
    """Cut in the middle where it is too long; the tip and a screen reader have all of it."""

    def __init__(self) -> None:
        super().__init__(size="small", tone="muted")
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_path(self, model: TeamModel, position: int) -> None:
        """Show the way to the member at `position`; -1 shows none."""
        names: list[str] = []
        if position >= 0 and model.view:
            path = [position, *tree.ancestors(model.view.team.sponsor, position)]
            names = [model.name(place) for place in reversed(path)]
        self._whole = _STEP.join(names)
        self.setToolTip(f"<span>{escape(self._whole)}</span>" if names else "")
        self.setAccessibleName(_("Path: {path}").format(path=self._whole) if names else "")
        self._cut()

    def path(self) -> str:
        """The whole path, however much of it can be seen."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width())
        # an empty line keeps its height, so that the tree doesn't jump
        self.setText(cut or " ")
