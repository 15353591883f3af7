"""What stands in the team's place while there is no company, or nobody but herself."""

from __future__ import annotations

from collections.abc import Callable

from organizer.i18n import _
from organizer.ui.context import Context
from organizer.ui.widgets.empty_state import EmptyState


def no_company(context: Context) -> EmptyState:
    """Before there is a company to have a team in."""
    made = EmptyState(
        "network",
        _("No team yet"),
        _("Here you see your team as a tree, with each period's volumes. First add the company you sell for."),
    )
    made.add_button(_("Open Settings"), lambda: context.goto.emit("settings", 0), primary=True)
    return made


def alone(import_: Callable[[], object], add: Callable[[], object]) -> EmptyState:
    """While she is the only one: bring the team in, or add somebody."""
    made = EmptyState(
        "network",
        _("Your team starts with you"),
        _(
            "Bring your team in from the file that your company's back office gives you, or add members "
            "yourself. Then each period's volumes can be followed, and your earnings estimated."
        ),
    )
    made.add_button(_("Import a team file…"), import_, icon="file-down", primary=True)
    made.add_button(_("Add a member…"), add, icon="user-plus")
    return made
