"""The SQLite file; the only room with SQLAlchemy."""

from organizer.storage.failures import Busy, NotOurs
from organizer.storage.file import SUFFIX, Clock, File, create, open_file
from organizer.storage.history import Deed

__all__ = ["SUFFIX", "Busy", "Clock", "Deed", "File", "NotOurs", "create", "open_file"]
