"""Contacts in and out: a file or pasted names, what they would change, and files for other programs."""

from organizer.ui.dialogs.contact_import.export import open_export
from organizer.ui.dialogs.contact_import.opening import open_import, open_imports
from organizer.ui.dialogs.contact_import.paste import open_paste

__all__ = ["open_export", "open_import", "open_imports", "open_paste"]
