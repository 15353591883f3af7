"""The SQLite file; the only room with SQLAlchemy."""

from organizer.storage.cipher import Key, Secret
from organizer.storage.failures import Busy, Damaged, Gone, Locked, NotOurs, WrongSecret
from organizer.storage.file import SUFFIX, Clock, File
from organizer.storage.history import Deed
from organizer.storage.opening import create, open_file

__all__ = [
    "SUFFIX",
    "Busy",
    "Clock",
    "Damaged",
    "Deed",
    "File",
    "Gone",
    "Key",
    "Locked",
    "NotOurs",
    "Secret",
    "WrongSecret",
    "create",
    "open_file",
]
