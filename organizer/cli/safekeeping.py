"""The commands that keep her data safe: check, backups, restore, copies, everything out."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from datetime import datetime
from pathlib import Path

from organizer.cli.codes import OK, PARTLY
from organizer.cli.opening import folder_at, is_there, opened, path_of
from organizer.cli.secrets import with_secret
from organizer.domain.result import Message, Refusal
from organizer.i18n import _, format_moment, format_size, ngettext, say
from organizer.services import backups, files
from organizer.services.backups import Backup, Reason
from organizer.services.check import Finding, check_path
from organizer.services.counting import in_words
from organizer.services.files import Damaged, Key, Locked, WrongSecret

_DEEDS_SHOWN = 10


def check(options: argparse.Namespace) -> int:
    """Tell what is wrong in a file, if anything; a window may have it open."""
    path = path_of(options)
    if not is_there(path):
        raise Refusal(Message("{file} is not there. It may have been moved or renamed.", {"file": str(path)}))
    try:
        found = with_secret(options, lambda secret: check_path(path, secret))
    except (Damaged, WrongSecret):
        # it can't even be read: say why, and what there is to go back to
        _tell_way_back(path, options, to_errors=True)
        raise
    if options.json:
        print(json.dumps(_checked(path, found), ensure_ascii=False, indent=2))
        return PARTLY if found else OK
    if not found:
        print(_("All is well in {file}.").format(file=path))
        return OK
    for finding in found:
        print(say(finding.message.text, finding.message.values))
    total = ngettext(
        "{count} thing is not as it should be.", "{count} things are not as they should be.", len(found)
    )
    print(total.format(count=len(found)))
    _tell_way_back(path, options)
    return PARTLY


def _checked(path: Path, found: list[Finding]) -> dict[str, object]:
    newest = backups.newest_verified(path)
    return {
        "file": str(path),
        "ok": not found,
        "findings": [
            {"kind": finding.kind, "message": say(finding.message.text, finding.message.values)}
            for finding in found
        ],
        "newest_verified_backup": newest
        and {
            "path": str(newest.path),
            "made": newest.at.isoformat(timespec="seconds"),
            "verified": newest.verified and newest.verified.isoformat(timespec="seconds"),
        },
    }


def _tell_way_back(path: Path, options: argparse.Namespace, to_errors: bool = False) -> None:
    newest = backups.newest_verified(path)
    where = sys.stderr if to_errors else sys.stdout
    if newest is None:
        print(_("There is no verified backup of this file."), file=where)
        return
    text = _("The way back is the backup of {date}, which was verified: {file}")
    print(text.format(date=format_moment(newest.at), file=newest.path), file=where)
    which = ["--file", str(options.file)] if options.file else []
    print("  " + shlex.join(["organizer", *which, "restore", "--look", newest.path.name]), file=where)


def backup(options: argparse.Namespace) -> int:
    """Make a backup, or list those there are, or verify them anew."""
    path = path_of(options)
    if options.list:
        return _list(path)
    if options.verify:
        return _verify(path, options)
    with opened(options) as file:
        made = backups.make(file, Reason.ASKED).now()
    print(_("Backed up and verified: {file}").format(file=made.path))
    print(f"  {in_words(made.counts)}, {format_size(made.size)}")
    if made.problem:
        print(say(made.problem.text, made.problem.values), file=sys.stderr)
    return PARTLY if made.problem else OK


def _list(path: Path) -> int:
    known = backups.every(path)
    for one in known:
        told = [
            format_moment(one.at),
            format_size(one.size),
            _("verified {date}").format(date=format_moment(one.verified)) if one.verified else _("not verified"),
            backups.reason_name(one.reason),
            _("encrypted") if one.encrypted else "",
            _("in the second folder") if one.elsewhere else "",
        ]
        print(", ".join(filter(None, told)))
        print(f"  {in_words(one.counts)}" if one.counts else "  –")
        print(f"  {one.path}")
    if not known:
        print(_("There is no backup of {file} yet.").format(file=path))
    return OK


def _verify(path: Path, options: argparse.Namespace) -> int:
    known = backups.every(path)
    if not known:
        raise Refusal(Message("There is no backup of {file} yet.", {"file": str(path)}))

    def first(secret: str) -> str:
        # one question for all of them: it must fit one at least
        refused: Refusal | None = None
        for one in known:
            try:
                if one.encrypted and files.key_of(one.path, secret):
                    return secret
            except Refusal as refusal:
                refused = refused or refusal
        if refused:
            raise refused
        return secret

    try:
        secret = with_secret(options, first)
    except Refusal as refusal:
        # those that need none, or have another passphrase, are verified all the same
        print(say(refusal.message.text, refusal.message.values), file=sys.stderr)
        secret = ""
    unsound = sum(not _is_sound(one, secret) for one in known)
    return PARTLY if unsound else OK


def _is_sound(one: Backup, secret: str) -> bool:
    try:
        backups.verify(one, secret).now()
    except (Locked, WrongSecret):
        print(_("{file}: not verified, it has another passphrase").format(file=one.path))
        return False
    except Refusal as refusal:
        print(f"{one.path}: {say(refusal.message.text, refusal.message.values)}")
        return False
    print(_("{file}: verified").format(file=one.path))
    return True


def restore(options: argparse.Namespace) -> int:
    """Look into a backup, or put it in the place of the file."""
    path = path_of(options)
    chosen = _chosen(path, options.backup)
    if options.look:
        _show_inside(chosen, with_secret(options, lambda secret: backups.look(chosen, secret).now()))
        return OK
    done = with_secret(
        options, lambda secret: backups.restore(path, chosen, secret, _present_key(path, secret)).now()
    )
    print(_("{file} is as it was on {date}.").format(file=done.path, date=format_moment(chosen.at)))
    if done.aside:
        print(_("What was there is kept: {file}").format(file=done.aside))
    if done.refused:
        print(backups.refused_since(done))
    return OK


def _chosen(path: Path, wanted: str) -> Backup:
    """The backup that is meant: "newest", a backup's file name, or the path of any file that is one."""
    known = backups.every(path)
    if wanted == "newest":
        found = backups.newest_verified(path)
        if found is None:
            raise Refusal(Message("There is no verified backup of {file}.", {"file": str(path)}))
        return found
    given = Path(wanted)
    for one in known:
        if one.path.name == wanted or one.path.resolve() == given.resolve():
            return one
    if not os.path.isfile(given):  # noqa: PTH113 - says no to an impossible name, too
        raise Refusal(
            Message("There is no backup called {name}. See them with: organizer backup --list", {"name": wanted})
        )
    if is_there(path) and given.samefile(path):
        raise Refusal(Message("That is the file itself, and no backup of it. Nothing was changed."))
    about = given.stat()
    at = datetime.fromtimestamp(about.st_mtime)  # noqa: DTZ006 - local, as all times here
    encrypted = files.is_encrypted(given)
    return Backup(given, at, about.st_size, None, None, {}, 0, encrypted, elsewhere=True, made_here=False)


def _present_key(path: Path, secret: str) -> Key | None:
    """The key of the file that is there; None when it is plain, gone, or opens with another secret."""
    try:
        return files.key_of(path, secret) if is_there(path) else None
    except Refusal:
        return None


def _show_inside(chosen: Backup, inside: backups.Inside) -> None:
    print(_("The backup of {date}: {file}").format(date=format_moment(chosen.at), file=chosen.path))
    if inside.owner:
        print("  " + _("The file of {name}").format(name=inside.owner))
    print(f"  {in_words(inside.counts)}")
    if inside.deeds:
        print("  " + _("The last that was done:"))
    for deed in inside.deeds[:_DEEDS_SHOWN]:
        print(f"    {format_moment(datetime.fromisoformat(deed.at))}  {files.deed_name(deed)}")
    print(_("Nothing was changed."))


def save_copy(options: argparse.Namespace) -> int:
    """Save a verified copy of the file under another name."""
    if is_there(options.target) and not options.replace:
        raise Refusal(
            Message(
                "{file} is there already. Nothing was changed. To replace it: --replace",
                {"file": str(options.target)},
            )
        )
    with opened(options) as file:
        made = files.save_copy(file, options.target).now()
    print(_("Saved and verified: {file}").format(file=made))
    return OK


def _made(path: Path) -> Path:
    """The folder at `path`, made where there is nothing yet. Raises Refusal."""
    if not is_there(path):
        try:
            path.mkdir(parents=True)
        except OSError as error:
            raise Refusal(
                Message(
                    "{folder} can't be made: {reason}. Nothing was changed.",
                    {"folder": str(path), "reason": error.strerror or str(error)},
                )
            ) from None
    return folder_at(path)


def take_out(options: argparse.Namespace) -> int:
    """Write everything into a new folder that needs no program to be read."""
    from organizer.services import takeout

    with opened(options) as file:
        folder = _made(options.folder)
        made = takeout.take_out(file, folder).now()
        encrypted = file.encrypted
    print(_("Everything lies in {folder}").format(folder=made.folder))
    print(f"  {in_words(made.counts)}")
    if encrypted:
        print(_("It is not encrypted: keep it where nobody else gets at it, or delete it after use."))
    return OK
