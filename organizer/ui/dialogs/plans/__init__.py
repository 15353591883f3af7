"""The compensation plans: read in plain words, chosen, copied, compared, brought in and saved."""

from organizer.ui.dialogs.plans.dialog import PlansDialog, show_plan

__all__ = ["PlansDialog", "show_plan"]
