"""Backups of her file: made by themselves or when she asks, looked into, verified, restored, thinned by rule."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from organizer.domain.consent import SaidNo
from organizer.domain.contact import Contact
from organizer.domain.result import Message, Refusal
from organizer.domain.retention import Rule
from organizer.i18n import N_, _, format_number, ngettext
from organizer.services import carried_noes, files, suppression
from organizer.services.jobs import Job, Progress
from organizer.storage import (
    Busy,
    Clock,
    Deed,
    File,
    Key,
    Secret,
    backup,
    consents,
    contacts,
    manifest,
    open_file,
    settings,
    shelf,
)
from organizer.storage.backup import Source
from organizer.storage.places import folder_of, root
from organizer.storage.replace import Restored
from organizer.storage.replace import restore as _restore
from organizer.storage.shelf import Kept

__all__ = ["Backup", "Inside", "Reason", "Restored", "Rule", "Since"]

_DAY, _HALF_HOUR = timedelta(days=1), timedelta(minutes=30)
_CUT_OFF = 3600.0


class Reason(StrEnum):
    """Why a backup was made."""

    OPENING = "opening"
    CHANGES = "changes"
    ASKED = "asked"
    IMPORT = "import"
    RESTORE = "restore"
    UPDATE = "update"
    PROTECTION = "protection"


_REASONS = {
    Reason.OPENING: N_("daily"),
    Reason.CHANGES: N_("while you worked"),
    Reason.ASKED: N_("you asked for it"),
    Reason.IMPORT: N_("before an import"),
    Reason.RESTORE: N_("before a restore"),
    Reason.UPDATE: N_("before an update of the file"),
    Reason.PROTECTION: N_("after a new passphrase"),
}


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. `verified` is when every page of it was last read and found sound; `elsewhere` means that it
    lies in the second folder; only those `made_here`, by the program, are ever deleted. `counts` by kind
    ("contacts", "members", "products", "companies", "volumes"); `size` in bytes. `problem` says of a backup just
    made why the second folder didn't get it."""

    path: Path
    at: datetime
    size: int
    reason: Reason | None
    verified: datetime | None
    counts: Mapping[str, int]
    last_deed: int
    encrypted: bool
    elsewhere: bool
    made_here: bool
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """What happened after a backup: how many deeds, and how many more (or fewer) of each kind there are now."""

    deeds: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Inside:
    """What stands in a backup: counts by kind, the last deeds, everybody in Contacts (id, name), whose it is."""

    counts: Mapping[str, int]
    deeds: Sequence[Deed]
    contacts: Sequence[tuple[int, str]]
    owner: str


def reason_name(reason: Reason | None) -> str:
    """Why a backup was made, in the user's language; empty where that isn't known."""
    return _(_REASONS[reason]) if reason else ""


def folder(path: Path) -> Path:
    """Where on this computer the backups of the file at `path` lie; it may not exist yet."""
    return folder_of(path)


def make(file: File, reason: Reason) -> Job[Backup]:
    """Make a verified backup, one in the second folder too, and delete what the rule has no place for.

    The job raises Refusal, Damaged when the file isn't sound, and Cancelled; nothing half is left then. That the
    second folder got none is its `problem`.
    """
    source, now = backup.source_of(file), file.clock()

    def work(progress: Progress) -> Backup:
        made, problem = backup.make(source, reason, now, progress.report, progress.cancelled)
        return replace(_told(made), problem=problem)

    return Job(_("Backing up"), work)


def every(path: Path) -> list[Backup]:
    """The backups of the file at `path`, newest first, from both folders. The file needn't open, or be there."""
    return [_told(one) for one in shelf.every(path)]


def newest_verified(path: Path) -> Backup | None:
    """The newest backup that can be trusted, None without one."""
    return next((one for one in every(path) if one.verified), None)


def since(file: File, chosen: Backup) -> Since | None:
    """What has happened in the open file after a backup; None for one that the file didn't grow out of."""
    return since_all(file, [chosen])[0]


def since_all(file: File, chosen: Sequence[Backup]) -> list[Since | None]:
    """The same for many backups: None for those of another way that the file took, and those not listed."""
    counts = counts_now(file)
    done = [id_ for (id_,) in file.fetch("SELECT id FROM history_deed WHERE NOT undone")]
    told: list[Since | None] = []
    for one in chosen:
        entry = _kept(one).entry
        if entry and backup.is_earlier(file, entry):
            deeds = sum(id_ > entry.last_deed for id_ in done)
            told.append(Since(deeds, backup.difference(counts, entry.counts)))
        else:
            told.append(None)
    return told


def counts_now(file: File) -> dict[str, int]:
    """How many of each kind the open file holds."""
    return {kind: int(file.fetch(query)[0][0]) for kind, query in backup.COUNTED.items()}


def due(file: File) -> Reason | None:
    """Which backup is due now: a daily one, one after half an hour with changes, or none."""
    now = file.clock()
    here = [one.entry for one in shelf.every(file.path) if one.entry and not one.elsewhere]
    # those from the future say nothing: the clock was set back
    newest = max(
        (entry for entry in here if entry.verified and entry.time <= now),
        key=lambda entry: entry.time,
        default=None,
    )
    if newest is None or now - newest.time >= _DAY:
        return Reason.OPENING
    changed = backup.last_change(file) != newest.last_change
    return Reason.CHANGES if changed and now - newest.time >= _HALF_HOUR else None


def verify(chosen: Backup, secret: Secret = "", clock: Clock = datetime.now) -> Job[Backup]:
    """Verify a backup anew. The job raises Damaged (it no longer counts as verified then), Locked, WrongSecret."""

    def work(_progress: Progress) -> Backup:
        key = files.key_of(chosen.path, secret)
        return _told(shelf.check_again(_kept(chosen), key, clock()))

    return Job(_("Verifying the backup"), work)


def look(chosen: Backup, secret: Secret = "") -> Job[Inside]:
    """Look into a backup. The job raises Locked or WrongSecret for an encrypted one, Damaged, or Refusal."""

    def work(_progress: Progress) -> Inside:
        with _opened(chosen, secret) as copy:
            everyone = [(row.id, row.name) for row in contacts.rows(copy)]
            return Inside(counts_now(copy), files.deeds(copy), everyone, files.owner(copy).name)

    return Job(_("Looking into the backup"), work)


def missing(file: File, inside: Inside) -> list[tuple[int, str]]:
    """Who is in the backup's contacts and not in the file's."""
    present = {row.id for row in contacts.rows(file)}
    return [(id_, name) for id_, name in inside.contacts if id_ not in present]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A contact as a backup knows her, and the noes of hers that stand there."""

    contact: Contact
    noes: tuple[SaidNo, ...] = ()


def fetch_contact(chosen: Backup, person_id: int, secret: Secret = "") -> Job[Fetched]:
    """One contact as the backup knows her.

    The job raises Refusal when she isn't in it, Locked, WrongSecret, Damaged.
    """

    def work(_progress: Progress) -> Fetched:
        with _opened(chosen, secret) as copy:
            found = contacts.get(copy, [person_id])
            if not found:
                raise Refusal(Message("This contact isn't in the backup."))
            standing = (no for no in consents.noes(copy, person_id) if no.lifted is None)
            return Fetched(found[0], tuple(standing))

    return Job(_("Looking into the backup"), work)


def bring_back(file: File, fetched: Fetched) -> int:
    """Add a contact from a backup again, as one deed; her id.

    Who still holds a place in a team becomes a contact again. A no that was said stays one.
    """
    contact = replace(fetched.contact, listed=True)
    with file.deed("contact.bring_back", contact.name):
        there = contacts.get(file, [contact.id])
        if not there:
            contacts.insert_again(file, contact)
        elif there[0].name == contact.name:
            contacts.update(file, contact)
        else:
            # her number went to somebody else meanwhile
            contact = replace(contact, id=contacts.insert(file, [contact])[0])
        known = {no.topic for no in consents.noes(file, contact.id)}
        consents.add_noes(
            file, [replace(no, person_id=contact.id) for no in fetched.noes if no.topic not in known]
        )
        suppression.note_again(file, [(contact.id, contact)])
        return contact.id


def restore(
    path: Path, chosen: Backup, secret: Secret = "", now: Key | None = None, clock: Clock = datetime.now
) -> Job[Restored]:
    """Put a backup in the place of the file at `path`, which no window may have open; what was there is kept.

    What people refused since the backup is noted again in the restored file. `secret` opens the backup, `now` is
    the key of the file that is there. The job raises Refusal and Cancelled with everything as it was.
    """
    present, at = _present(path, now), clock()

    def work(progress: Progress) -> Restored:
        carried = carried_noes.known_at(present.path, present.key, clock) if present else None
        restored = _restore(path, _kept(chosen), secret, present, at, progress.cancelled)
        if carried:
            # one that doesn't open is told when it is opened to be worked with
            with suppress(Refusal), closing(open_file(restored.path, clock, secret)) as file:
                return replace(restored, refused=carried_noes.carry(file, carried))
        return restored

    return Job(_("Restoring the backup"), work)


def _present(path: Path, key: Key | None) -> Source | None:
    """How to back up the closed file at `path` once more; None where it can't be opened so."""
    known = manifest.read(folder_of(path))
    if not path.exists() or (files.is_encrypted(path) and key is None):
        return None
    second = Path(known.second) if known.second else None
    # her rule stands in the file, which isn't open: nothing is deleted by another
    return Source(path.resolve(), key, known.file, second, None)


def refused_since(restored: Restored) -> str:
    """That what people refused after the backup was made is noted in it now, in the language spoken."""
    text = ngettext(
        "What {count} person refused or withdrew since then is noted again.",
        "What {count} people refused or withdrew since then is noted again.",
        restored.refused,
    )
    return text.format(count=format_number(restored.refused))


def remove(chosen: Backup) -> None:
    """Delete a backup that the program made. Raises Refusal for any other."""
    shelf.remove(_kept(chosen))


def rule(file: File) -> Rule:
    """How many hours, days, weeks and months keep a backup."""
    return backup.rule_of(file)


def set_rule(file: File, rule: Rule) -> None:
    """Keep backups by another rule from the next backup on."""
    file.remember(backup.RULE_KEY, f"{rule.hours} {rule.days} {rule.weeks} {rule.months}")


def second_folder(file: File) -> Path | None:
    """The other folder that backups go to; it may not be there now."""
    text = settings.read(file, backup.SECOND_KEY)
    return Path(text) if text else None


def set_second_folder(file: File, folder: Path | None) -> None:
    """Send backups to a second folder too, or no longer (None). Raises Refusal when it can't be written to."""
    if folder is not None:
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError:
            raise Refusal(
                Message("{folder} can't be written to. Choose another folder.", {"folder": str(folder)})
            ) from None
    file.remember(backup.SECOND_KEY, str(folder.resolve()) if folder else "")
    # the list beside the backups tells of it too, for the day when the file can't be opened; a backup that is
    # under way writes it anew itself
    own = folder_of(file.path)
    if own.is_dir():
        with suppress(Busy), manifest.busy(own, wait=0):
            manifest.write(own, replace(manifest.read(own), second=settings.read(file, backup.SECOND_KEY)))


@contextmanager
def _opened(chosen: Backup, secret: Secret) -> Iterator[File]:
    """A copy of a backup, brought up to date, to read in; an encrypted one stays encrypted. Gone afterwards."""
    if chosen.encrypted:
        files.key_of(chosen.path, secret)
    shelf.must_be_as_made(_kept(chosen))
    parent = root() / "looks"
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(parent)
    with tempfile.TemporaryDirectory(prefix="look-", dir=parent, ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / f"copy{files.SUFFIX}"
        shutil.copyfile(chosen.path, copy)
        file = open_file(copy, datetime.now, secret, is_copy=True)
        try:
            yield file
        finally:
            file.close()


def _sweep(parent: Path) -> None:
    """Remove the copies of looks that were cut off: those of a plain file can be read by anybody."""
    with suppress(OSError):
        for left in parent.iterdir():
            # a younger one may be under way in another window
            if time.time() - left.stat().st_mtime > _CUT_OFF:
                shutil.rmtree(left, ignore_errors=True)


def _kept(chosen: Backup) -> Kept:
    listed = {entry.name: entry for entry in manifest.read(chosen.path.parent).entries}
    return Kept(chosen.path, listed.get(chosen.path.name), chosen.elsewhere)


def _told(one: Kept) -> Backup:
    entry = one.entry
    if entry is None:
        try:
            size = one.path.stat().st_size
        except OSError:
            size = 0
        encrypted = files.is_encrypted(one.path)
        return Backup(one.path, one.time, size, None, None, {}, 0, encrypted, one.elsewhere, made_here=False)
    reason = Reason(entry.reason) if entry.reason in set(Reason) else None
    verified = datetime.fromisoformat(entry.verified) if entry.verified else None
    return Backup(
        one.path,
        entry.time,
        entry.size,
        reason,
        verified,
        entry.counts,
        entry.last_deed,
        entry.encrypted,
        one.elsewhere,
        made_here=True,
    )
