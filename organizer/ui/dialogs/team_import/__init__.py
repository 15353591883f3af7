"""A back office's team file, from the drop to the deed: how it is read, what it changes, what is wrong in it."""

from organizer.ui.dialogs.team_import.dialog import TeamImportDialog

__all__ = ["TeamImportDialog"]
