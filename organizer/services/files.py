"""Open, make and close the file; its owner; undo and redo; what each deed is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from platformdirs import user_documents_path

from organizer.domain.contact import MAX_TEXT, Contact, single_line, split_name
from organizer.i18n import N_, _
from organizer.services.jobs import Job, Progress
from organizer.storage import (
    SUFFIX,
    Busy,
    Clock,
    Damaged,
    Deed,
    File,
    Gone,
    Key,
    Locked,
    NotOurs,
    Secret,
    WrongSecret,
    contacts,
    history,
    settings,
    team,
)
from organizer.storage import create as _create
from organizer.storage import open_file as _open

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
    "default_path",
    "open_file",
]

DEEDS = {
    "setup": N_("Set up {subject}"),
    "owner.edit": N_("Change your name"),
    "sample.load": N_("Load the sample data"),
    "contact.add": N_("Add contact {subject}"),
    "contact.edit": N_("Edit contact {subject}"),
    "contact.delete": N_("Delete contact {subject}"),
    "contact.delete.many": N_("Delete {subject} contacts"),
    "contact.merge": N_("Merge {subject}"),
    "contact.different": N_("Note that {subject} stands here once"),
    "contact.bring_back": N_("Bring back {subject} from a backup"),
    "contact.keep": N_("Keep {subject} for a year"),
    "contact.keep.many": N_("Keep {subject} contacts for a year"),
    "contact.import": N_("Import contacts from {subject}"),
    "company.add": N_("Add company {subject}"),
    "company.edit": N_("Edit company {subject}"),
    "member.add": N_("Add team member {subject}"),
    "member.edit": N_("Edit team member {subject}"),
    "member.move": N_("Move team member {subject}"),
    "member.remove": N_("Remove team member {subject}"),
    "member.volume": N_("Change the volume of {subject}"),
    "member.volumes": N_("Change figures of {subject}"),
    "entry.talk": N_("Note a talk with {subject}"),
    "entry.note": N_("Note something about {subject}"),
    "entry.call": N_("Note a call with {subject}"),
    "entry.message": N_("Note a message to {subject}"),
    "entry.email": N_("Note an e-mail to {subject}"),
    "entry.letter": N_("Note a letter to {subject}"),
    "entry.invitation": N_("Note an invitation to {subject}"),
    "entry.edit": N_("Change what was noted about {subject}"),
    "entry.remove": N_("Remove a note about {subject}"),
    "relation.add": N_("Note who {subject} belongs with"),
    "relation.remove": N_("Remove a relation of {subject}"),
    "picture.set": N_("Change the picture of {subject}"),
    "picture.remove": N_("Remove the picture of {subject}"),
    "step.set": N_("Change the next step with {subject}"),
    "step.done": N_("Finish the next step with {subject}"),
    "step.add": N_("Plan something with {subject}"),
    "step.later": N_("Put off what is planned with {subject}"),
    "step.later.many": N_("Plan {subject} things again"),
    "step.no": N_("Note a no from {subject}"),
    "step.drop": N_("Drop what was planned with {subject}"),
    "step.drop.many": N_("Drop {subject} planned things"),
    "task.add": N_("Add the task {subject}"),
    "task.edit": N_("Change the task {subject}"),
    "task.done": N_("Finish the task {subject}"),
    "purchase.note": N_("Note a purchase by {subject}"),
    "follow_up_plan.start": N_("Start a follow-up plan with {subject}"),
    "follow_up_plan.stop": N_("Stop a follow-up plan with {subject}"),
    "follow_up_plan.keep": N_("Keep the follow-up plan {subject}"),
    "follow_up_plan.remove": N_("Remove the follow-up plan {subject}"),
    "consent.give": N_("Note a consent of {subject}"),
    "consent.withdraw": N_("Withdraw a consent of {subject}"),
    "no.say": N_("Note that {subject} said no"),
    "no.carry": N_("Note again what was refused since the backup"),
    "no.lift": N_("Lift a no of {subject}"),
    "team.import": N_("Import the team from {subject}"),
    "product.picture.add": N_("Add a picture of {subject}"),
    "product.picture.caption": N_("Say what a picture of {subject} shows"),
    "product.picture.move": N_("Move a picture of {subject}"),
    "product.picture.remove": N_("Remove a picture of {subject}"),
    "product.tie": N_("Note what goes well with {subject}"),
    "product.untie": N_("Note what no longer goes with {subject}"),
    "product.like": N_("Note who likes {subject}"),
    "product.unlike": N_("Note who no longer likes {subject}"),
    "product.add": N_("Add product {subject}"),
    "product.edit": N_("Edit product {subject}"),
    "product.delete": N_("Delete product {subject}"),
    "product.delete.many": N_("Delete {subject} products"),
    "product.import": N_("Import products from {subject}"),
    "everything.import": N_("Bring everything in from {subject}"),
    "earnings.figure": N_("Change your own figures for {subject}"),
    "estimate.keep": N_("Keep the estimate of {subject}"),
    "estimate.forget": N_("Forget the kept estimate of {subject}"),
    "list.save": N_("Save the list {subject}"),
    "list.rename": N_("Rename the list {subject}"),
    "list.remove": N_("Remove the list {subject}"),
    "plan.add": N_("Add the plan {subject}"),
    "plan.change": N_("Change the plan {subject}"),
    "plan.remove": N_("Remove the plan {subject}"),
}
"""Every kind of deed with its name; a newer version may know more."""

_UNKNOWN = N_("Change {subject}")


def default_path() -> Path:
    """Where the file lies unless she says otherwise: in her documents, where she can see and copy it."""
    return user_documents_path() / f"Organizer{SUFFIX}"


def create(path: Path, clock: Clock = datetime.now, passphrase: str = "") -> File:
    """Make a new, empty file and open it, encrypted where a passphrase is given. Makes its folder.

    Raises Refusal when it exists or can't be written.
    """
    return _create(path, clock, passphrase)


def open_file(path: Path, clock: Clock = datetime.now, secret: Secret = "") -> File:
    """Open an existing file; `secret` is the passphrase or recovery key of an encrypted one.

    Traces of those who were erased that couldn't be removed then are removed now.
    Raises Locked without a secret, WrongSecret, Damaged, NotOurs, Busy or another Refusal; the file is left as
    it was.
    """
    file = _open(path, clock, secret)
    if settings.read(file, settings.UNTIDY):
        from organizer.storage import erasing

        erasing.tidy(file)
    return file


def is_there(path: Path) -> bool:
    """True when a file lies at `path`, or a new one that a crash kept from its place: opening puts it there."""
    from organizer.storage.beside import is_there as found

    return found(path)


def identity(file: File) -> str:
    """What tells a file from any other for good, whatever it is called and whoever it belongs to."""
    return settings.read(file, "file_id")


def is_encrypted(path: Path) -> bool:
    """True when the closed file at `path` is encrypted, as its first bytes tell; False when it is missing."""
    from organizer.storage.cipher import looks_encrypted

    try:
        return looks_encrypted(path)
    except OSError:
        return False


def key_of(path: Path, secret: Secret) -> Key | None:
    """The key that `secret` gives to the closed file at `path`, None for a plain file.

    Raises Locked, WrongSecret, Damaged, NotOurs, or Refusal when it can't be read.
    """
    from organizer.storage.failures import told
    from organizer.storage.opening import key_of as find

    with told(path):
        return find(path, secret)


def save_copy(file: File, target: Path) -> Job[Path]:
    """A verified copy of the open file at `target`, encrypted as the file is, with an identity of its own.

    An older file there is replaced once the copy is whole. The job raises Refusal, with nothing changed, and
    Cancelled. A file that no longer lies at its path is copied from what is still open.
    """
    from organizer.storage import copy

    target = copy.checked(file, target)
    if file.is_overwritten():
        file.must_be_current()
    if not file.is_current():
        # a connection of its own would read whatever lies at the path now
        copy.save_what_is_open(file, target)
        return Job(_("Saving a copy"), lambda _progress: target)
    path, key = file.path, file.key

    def work(progress: Progress) -> Path:
        return copy.save(path, key, target, progress.report, progress.cancelled)

    return Job(_("Saving a copy"), work)


def rotten(file: File) -> Job[bool]:
    """True when the bytes of the file just opened are not as the program left them, though nothing wrote to it.

    Automatic backups wait then (`File.rotted`), so that they don't take the place of good ones.
    """
    known, left = file.rotted, file.bytes_as_left
    return Job(_("Checking the file"), lambda _progress: known or left() is False)


def conflict_copies(path: Path) -> list[Path]:
    """The files beside the one at `path` that a synced folder made when two computers changed it, newest first."""
    from organizer.storage.beside import conflicts

    return conflicts(path)


def deed_name(deed: Deed) -> str:
    """The deed as menus and the history show it: "Add contact Anna"."""
    return _(DEEDS.get(deed.kind, _UNKNOWN)).format(subject=deed.subject).strip()


def undo(file: File) -> Deed | None:
    """Take the last deed back; which it was, or None when there is none."""
    return file.undo()


def redo(file: File) -> Deed | None:
    """Do the last undone deed again; which it was, or None."""
    return file.redo()


def undoable(file: File) -> Deed | None:
    """The deed that undo would take back."""
    return history.undoable(file.connection)


def redoable(file: File) -> Deed | None:
    """The deed that redo would do again."""
    return history.redoable(file.connection)


def deeds(file: File) -> list[Deed]:
    """All deeds that are remembered, newest first, those taken back included."""
    return history.deeds(file.connection)


def owner(file: File) -> Contact:
    """The distributor whose file this is; a Contact without a name where she hasn't given one."""
    id_ = settings.read(file, "owner")
    found = contacts.get(file, int(id_)) if id_ else []
    return found[0] if found else Contact(listed=False)


def owner_id(file: File) -> int:
    """The owner's person, made (nameless) within the running deed when there is none yet."""
    id_ = settings.read(file, "owner")
    if not id_:
        id_ = str(contacts.insert(file, [Contact(listed=False)])[0])
        settings.write(file, "owner", id_)
    return int(id_)


def rename_owner(file: File, name: str) -> None:
    """Write the distributor's own name, as it stands on reports."""
    name = single_line(name)[:MAX_TEXT]
    first, last = split_name(name)
    with file.deed("owner.edit", name):
        person = contacts.get(file, owner_id(file))[0]
        contacts.update(file, replace(person, first_name=first, middle_name="", last_name=last))


def member_of_owner(file: File, company_id: int) -> int | None:
    """The id of her own place in the company's team."""
    own = settings.read(file, "owner")
    places = team.of_person(file, int(own)) if own else []
    return next((member.id for member in places if member.company_id == company_id and member.is_self), None)
