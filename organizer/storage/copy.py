"""A copy of the open file somewhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from organizer.domain.result import Message, Refusal
from organizer.i18n import N_
from organizer.storage import seal
from organizer.storage.beside import journal_of, part_of, remove_part
from organizer.storage.cipher import Key
from organizer.storage.connect import connect
from organizer.storage.failures import told
from organizer.storage.file import SUFFIX, File
from organizer.storage.opening import locked
from organizer.storage.pages import IsCancelled, Report, copy_pages, make_private, sync_file, verify
from organizer.whole_file import sync_folder


def checked(file: File, target: Path) -> Path:
    """`target` as the place of a copy. Raises Refusal for the open file itself and for a name of another kind."""
    with told(target):
        target = target.resolve()
    if target == file.path or target.suffix != SUFFIX:
        text = N_("Choose another place: a copy needs a name of its own that ends in {suffix}.")
        raise Refusal(Message(text, {"suffix": SUFFIX}))
    return target


def save(path: Path, key: Key | None, target: Path, report: Report, cancelled: IsCancelled) -> Path:
    """Copy the file at `path`, open or not, to `target`. Raises Refusal, Damaged, and Cancelled."""
    with _place(target) as part:
        copy_pages(path, key, part, report, cancelled)
        _finish(part, key, target)
    return target


def save_what_is_open(file: File, target: Path) -> None:
    """Copy what the open connection sees, though another file may lie at its path. Raises Refusal."""
    with _place(target) as part, told(target):
        make_private(part)
        file.connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
        sync_file(part)
        _finish(part, file.key, target)


@contextmanager
def _place(target: Path) -> Iterator[Path]:
    """Where the copy is written before it is whole; nobody else has its place, and nothing is left behind."""
    with told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    lock = locked(target)
    try:
        yield part_of(target)
    finally:
        remove_part(target)
        lock.release()


def _finish(part: Path, key: Key | None, target: Path) -> None:
    verify(part, key)
    with told(target):
        connection = connect(part, key)
        try:
            # the copy goes its own way from here: its backups are not those of the file
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE history_recording SET active = 0")
            connection.execute("UPDATE setting SET value = ? WHERE key = 'file_id'", (token_hex(8),))
            connection.execute("UPDATE history_recording SET active = 1")
            connection.execute("COMMIT")
        finally:
            connection.close()
        # an older file's unfinished write would be undone in the new one
        journal_of(target).unlink(missing_ok=True)
        part.replace(target)
        sync_folder(target.parent)
    seal.forget(target)
