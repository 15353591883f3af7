"""Add a member to the team, or let one stand under another with the effect shown before."""

from __future__ import annotations

from organizer.ui.dialogs.member.add import AddMemberDialog
from organizer.ui.dialogs.member.choices import member_choices
from organizer.ui.dialogs.member.move import MoveMemberDialog, confirm_move

__all__ = ["AddMemberDialog", "MoveMemberDialog", "confirm_move", "member_choices"]
