"""Two cards of one person: the list of those who may be, and both side by side until they are one."""

from organizer.ui.dialogs.merge.dialog import MergeDialog
from organizer.ui.dialogs.merge.duplicates import DuplicatesDialog

__all__ = ["DuplicatesDialog", "MergeDialog"]
