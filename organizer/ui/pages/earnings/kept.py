"""Whether the period's estimate is kept, when and by which plan, and whether it would come to the same today."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.estimate import Kept
from organizer.i18n import _, format_date, language
from organizer.services import plans
from organizer.services.earnings import Estimate
from organizer.services.files import File
from organizer.ui import theme
from organizer.ui.models import statement_words as words
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label


class KeptLine(QWidget):
    """What is kept of the period shown, with the ways to keep it and to see what was kept."""

    keep_asked = Signal()
    list_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        self.text = Label("", tone="muted", wrap=True)
        self.keep = button("", self.keep_asked.emit, icon="save")
        self.list = button(_("Kept est&imates…"), self.list_asked.emit, kind="flat")
        row = QWidget()
        flow = FlowLayout(row)
        theme.margins(flow)
        flow.addWidget(self.keep)
        flow.addWidget(self.list)
        column.addWidget(self.text)
        column.addWidget(row)
        self.show_state(None, "", None, any_kept=False)

    def show_state(self, kept: Kept | None, plan: str, estimate: Estimate | None, *, any_kept: bool) -> None:
        """Show what is `kept` of the period, by the plan called `plan`, beside today's `estimate`."""
        self.keep.setText(_("&Keep it anew") if kept else _("&Keep this estimate"))
        self.keep.setEnabled(estimate is not None)
        self.list.setVisible(any_kept)
        self.text.setText(_words(kept, plan, estimate) if kept else _("This period's estimate isn't kept yet."))


def _words(kept: Kept, plan: str, estimate: Estimate | None) -> str:
    text = _("{total} kept on {day}, by {plan}.").format(
        day=day_of(kept), plan=plan, total=words.money(kept.currency, kept.total)
    )
    if estimate is None:
        return text
    statement = estimate.statement
    parts = [text]
    if (statement.plan_id, statement.plan_version) != (kept.plan_id, kept.plan_version):
        parts.append(_("The plan has been changed since."))
    if statement.currency != kept.currency or statement.total_minor == kept.total:
        if statement.currency == kept.currency:
            parts.append(_("Today's figures come to the same."))
        return " ".join(parts)
    more = statement.total_minor - kept.total
    told = _("Today's figures come to {amount} more.") if more > 0 else _("Today's figures come to {amount} less.")
    return " ".join((*parts, told.format(amount=words.money(kept.currency, abs(more)))))


def day_of(kept: Kept) -> str:
    """The day on which it was kept."""
    return format_date(datetime.fromisoformat(kept.made_at))


def plan_of(file: File, kept: Kept) -> str:
    """The name of the plan that it went by; a plan that isn't there any more under the name it is known by."""
    plan = plans.by_id(kept.plan_id, file)
    return plan.name.in_language(language()) if plan else kept.plan_id
