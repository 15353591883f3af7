"""Changing a plan of her own in a form."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import plans
from organizer.services.plan_form import Draft
from organizer.ui.context import Context
from organizer.ui.dialogs.plan_form.dialog import PlanForm
from organizer.ui.widgets import messages


def edit_plan(context: Context, plan_id: str, parent: QWidget | None = None) -> None:
    """Open the form for a plan of her own; for one that comes with the program offer to change a copy.

    `parent` is the window that it opens above; the active one if nothing is said.
    """
    above = parent or QApplication.activeWindow()
    if plans.is_own(context.file, plan_id):
        _open(context, plan_id, above, copy=False)
    elif above is not None:
        messages.ask(
            above,
            _("Change a copy"),
            _("This plan comes with the program and stays as it is. You can change a copy of it."),
            _("&Make a copy"),
            lambda: _open(context, plan_id, above, copy=True),
        )


def _open(context: Context, plan_id: str, parent: QWidget | None, *, copy: bool) -> None:
    try:
        text = plans.copy_of(plan_id, context.file) if copy else plans.text_of(plan_id, context.file)
        draft = Draft(text, new=copy)
    except Refusal as refusal:
        context.warn(refusal)
        return
    PlanForm(context, draft, parent).open()
