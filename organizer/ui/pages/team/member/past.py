"""Says that an earlier period is shown as it was, and leads to the latest one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from organizer.i18n import _, format_period
from organizer.services import team
from organizer.services.team import TeamView
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label


class PastNote(QFrame):
    """There only while the shown period is one that places or ranks have changed since."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setProperty("card", True)
        self._words = Label(wrap=True)
        self.latest = button("", self._to_latest, kind="flat")
        column = QVBoxLayout(self)
        theme.margins(column, theme.M, theme.S, spacing=theme.XS)
        column.addWidget(self._words)
        column.addWidget(self.latest, 0, Qt.AlignmentFlag.AlignLeft)

    def show_view(self, view: TeamView) -> None:
        """Say it of this view, or nothing."""
        self.setVisible(view.is_past)
        company = self._context.company
        if not view.is_past or company is None:
            return
        self._words.setText(
            _(
                "{period} is shown as it was. Later figures or changes are known, so places, kinds and ranks "
                "can't be changed here; volumes can."
            ).format(period=format_period(view.period))
        )
        latest = team.latest_period(self._context.file, company.id)
        self.latest.setText(_("Go to {period}").format(period=format_period(latest)))

    def _to_latest(self) -> None:
        if company := self._context.company:
            self._context.choose_period(team.latest_period(self._context.file, company.id))
