"""The passphrase that encrypts the file, and its recovery key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from organizer.domain import recovery
from organizer.domain.result import Message, Refusal
from organizer.i18n import _
from organizer.services import backups, files
from organizer.services.backups import Backup
from organizer.services.jobs import Job, Progress
from organizer.services.strength import Strength, strength
from organizer.storage import File, Key, cipher
from organizer.storage.replace import change_key

__all__ = ["Strength", "change", "fits", "recovery_key", "strength", "unprotected_backups"]


def fits(file: File, secret: str) -> bool:
    """True when `secret` is the passphrase or the recovery key of the open, encrypted file."""
    return file.key is not None and file.key.fits(cipher.key_with(file.key.salt, secret))


def change(path: Path, now: Key | None, passphrase: str) -> Job[Key | None]:
    """Encrypt the file at `path` with `passphrase`, or remove the passphrase (""); no window may have it open.

    `now` is its present key. The job answers the new key, and raises Refusal, Damaged or Cancelled with the file
    as it was. Backups keep the passphrase that they were made with.
    """

    def work(progress: Progress) -> Key | None:
        return change_key(path, now, passphrase, progress.report, progress.cancelled)

    return Job(_("Changing the passphrase"), work)


def recovery_key(file: File) -> str:
    """The key that opens the file and its present backups without the passphrase; empty for a plain file."""
    return recovery.written(file.key.secret) if file.key else ""


def unprotected_backups(path: Path) -> list[Backup]:
    """The backups of the file at `path` that the program made and that aren't encrypted."""
    return [one for one in backups.every(path) if one.made_here and not one.encrypted]


def remove_unprotected(path: Path, key: Key) -> int:
    """Delete the backups that aren't encrypted, once one that `key` opens is verified; how many.

    Raises Refusal when there is none, or one can't be deleted.
    """
    if not any(one.verified and _opens(one, key) for one in backups.every(path) if one.encrypted):
        raise Refusal(Message("No encrypted backup is verified yet, so none was deleted."))
    chosen = unprotected_backups(path)
    for one in chosen:
        backups.remove(one)
    return len(chosen)


def _opens(one: Backup, key: Key) -> bool:
    try:
        return files.key_of(one.path, key) is not None
    except Refusal:
        return False


def known_words(file: File) -> Sequence[str]:
    """Words that a thief would try first: her name, her companies, the file's name."""
    from organizer.services import companies

    owner = files.owner(file)
    return [*owner.name.split(), file.path.stem, *(company.name for company in companies.everyone(file))]
