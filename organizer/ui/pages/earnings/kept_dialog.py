"""The estimates that were kept: open one as it was, or forget it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.company import Company
from organizer.domain.estimate import Kept
from organizer.domain.period import Period
from organizer.i18n import _, format_period
from organizer.services import estimates, periods
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.models.statement_words import money
from organizer.ui.pages.earnings.kept import day_of, plan_of
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.preview_table import PreviewTable

_TOTAL = 3


class KeptDialog(QDialog):
    """The company's kept estimates, the newest period first. `open_asked(period)` names the one to be shown."""

    open_asked = Signal(object)

    def __init__(self, context: Context, company: Company, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._company = context, company
        self._kept: list[Kept] = []
        self.setWindowTitle(_("Kept estimates"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.scaled(680), theme.scaled(420))
        self.table = PreviewTable(_("Kept estimates, the newest period first"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.doubleClicked.connect(self.go)
        self.show_it = button(_("&Open"), self.go, kind="primary")
        self.forget = button(_("&Forget"), self._forget, icon="trash-2")
        self._arrange()
        context.changed.connect(self._on_changed)
        self._fill()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        text = _(
            "Each is worked out again from what it was made from, so it looks as it did. Forgetting can be undone."
        )
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.M)
        column.addWidget(Label(text, tone="muted", wrap=True))
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.show_it)
        row.addWidget(self.forget)
        row.addStretch(1)
        row.addWidget(button(_("&Close"), self.reject))
        column.addLayout(row)

    def chosen(self) -> Kept | None:
        """The one that the buttons are about."""
        row = self.table.currentIndex().row()
        return self._kept[row] if 0 <= row < len(self._kept) else None

    def period(self, kept: Kept) -> Period:
        """Which period it is of."""
        return periods.calendar_of(self._context.file, self._company.id).recalled(kept.period)

    def go(self) -> None:
        """Show the chosen one on the page."""
        if kept := self.chosen():
            period = self.period(kept)
            self.accept()
            self.open_asked.emit(period)

    def _forget(self) -> None:
        if kept := self.chosen():
            period = self.period(kept)
            answer = _("Forgot the kept estimate of {period}.").format(period=format_period(period))
            self._context.deed(lambda: estimates.forget(self._context.file, self._company, period), answer)

    def _on_changed(self, touched: frozenset[str]) -> None:
        if touched & {"estimate", "plan"}:
            self._fill()

    def _fill(self) -> None:
        row = max(0, self.table.currentIndex().row())
        self._kept = estimates.everyone(self._context.file, self._company)
        headers = (_("Period"), _("Kept on"), _("Plan"), _("Total"))
        cells = [
            (
                format_period(self.period(kept)),
                day_of(kept),
                plan_of(self._context.file, kept),
                money(kept.currency, kept.total),
            )
            for kept in self._kept
        ]
        self.table.set_rows(headers, cells, wide=2, figures=(_TOTAL,))
        if self._kept:
            self.table.selectRow(min(row, len(self._kept) - 1))
        for way in (self.show_it, self.forget):
            way.setEnabled(bool(self._kept))
