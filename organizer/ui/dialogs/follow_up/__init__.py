"""Plan one thing, start a follow-up plan, plan again what was left, and her own follow-up plans."""

from __future__ import annotations

from organizer.ui.dialogs.follow_up.again import PlanAgainDialog
from organizer.ui.dialogs.follow_up.day import DayDialog
from organizer.ui.dialogs.follow_up.plans import PlansDialog
from organizer.ui.dialogs.follow_up.purchase import PurchaseDialog
from organizer.ui.dialogs.follow_up.start import StartPlanDialog
from organizer.ui.dialogs.follow_up.step import StepDialog

__all__ = ["DayDialog", "PlanAgainDialog", "PlansDialog", "PurchaseDialog", "StartPlanDialog", "StepDialog"]
