"""Choosing a compensation plan, and what its file says of itself: date, trust, and what is missing."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from organizer.domain.commission.plan import Plan
from organizer.domain.commission.trust import trust
from organizer.i18n import _, format_date, language
from organizer.services import plans
from organizer.services.files import File
from organizer.ui import theme
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken


class PlanChooser(ComboBox):
    """The plans that come with the program, her own ones where a file is given, and none."""

    plan_changed = Signal(str)

    def __init__(self, plan_id: str = "", file: File | None = None) -> None:
        super().__init__()
        self._file = file
        self.setAccessibleName(_("Compensation plan"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)
        self.refresh(plan_id)
        self.currentIndexChanged.connect(lambda _place: self.plan_changed.emit(self.plan_id()))

    def plan_id(self) -> str:
        """The chosen plan, "" for none."""
        return str(self.currentData())

    def refresh(self, plan_id: str) -> None:
        """Read anew which plans there are, and show `plan_id` as chosen; nothing is told."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem(_("None yet"), "")
            for plan in plans.available(self._file):
                self.addItem(plan_name(plan), plan.id)
            self.choose(plan_id)

    def choose(self, plan_id: str) -> None:
        """Show `plan_id` as chosen; one that this version doesn't have stays in the list under its id."""
        if self.findData(plan_id) < 0:
            self.addItem(plan_id, plan_id)
        self.setCurrentIndex(self.findData(plan_id))


class PlanDetails(QWidget):
    """What a plan's file says of itself, in words. `brief` leaves the gaps to the settings page."""

    def __init__(self, plan_id: str = "", file: File | None = None, *, brief: bool = False) -> None:
        """`file` is hers, in which her own plans lie."""
        super().__init__()
        self._file = file
        self._brief = brief
        self._trust = Label(size="small", wrap=True)
        self._facts = Label(size="small", tone="muted", wrap=True, selectable=not brief)
        layout = QVBoxLayout(self)
        theme.margins(layout, spacing=theme.XS)
        layout.addWidget(self._trust)
        layout.addWidget(self._facts)
        self.show_plan(plan_id)

    def show_plan(self, plan_id: str) -> None:
        """Tell of another plan."""
        plan = _readable(plan_id, self._file)
        self._trust.setVisible(plan is not None)
        if plan:
            self._trust.setText(spoken(trust(plan.confidence, plan.teaching)))
            theme.set_tone(self._trust, "amber" if plan.teaching or plan.confidence > "B" else "muted")
        self._facts.setText("\n".join(self._lines(plan, plan_id)))
        self._facts.setAccessibleName(self._facts.text())

    def _lines(self, plan: Plan | None, plan_id: str) -> list[str]:
        if plan:
            return [dated(plan)] if self._brief else facts(plan)
        if plan_id:
            return [_("This version doesn't have the plan {plan}.").format(plan=plan_id)]
        return [_("Without a plan there is no estimate. You can choose one at any time in Settings.")]


def _readable(plan_id: str, file: File | None) -> Plan | None:
    return next((plan for plan in plans.available(file) if plan.id == plan_id), None)


def plan_name(plan: Plan) -> str:
    """A plan's name as lists show it."""
    return plan.name.in_language(language())


def dated(plan: Plan) -> str:
    """Where and from when a plan holds, and what it pays in."""
    since, until = format_date(plan.valid_from), format_date(plan.valid_to)
    dates = _("from {since} to {until}") if plan.valid_to else _("from {since}")
    parts = [plan.region.in_language(language()), dates.format(since=since, until=until), plan.currency]
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def facts(plan: Plan) -> list[str]:
    """Region and dates, and what is missing, a line each; the sources stand where the plan is read."""
    gaps = [f"\N{BULLET} {missing.in_language(language())}" for missing in plan.missing]
    if plan.teaching or not gaps:  # what there is to say of a teaching plan stands above already
        return [dated(plan)]
    return [dated(plan), _("Not certain, or not included:"), *gaps]
