"""Noting what somebody agreed to, took back, said no to, or came back from."""

from organizer.ui.dialogs.consent.give import GiveDialog
from organizer.ui.dialogs.consent.no import LiftDialog, NoDialog
from organizer.ui.dialogs.consent.withdraw import WithdrawDialog

__all__ = ["GiveDialog", "LiftDialog", "NoDialog", "WithdrawDialog"]
