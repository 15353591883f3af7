"""`organizer passphrase` and `forget-pin`: encrypt a file, change the passphrase, take it off again; the PIN."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from organizer.cli.codes import OK, PARTLY
from organizer.cli.opening import opened, path_of
from organizer.cli.secrets import new_passphrase, with_secret
from organizer.domain.result import Message, Refusal
from organizer.i18n import _, ngettext, say
from organizer.services import backups, files
from organizer.services.backups import Reason
from organizer.services.files import Key


def passphrase(options: argparse.Namespace) -> int:
    """Set, change or remove the passphrase of a file that no window has open."""
    from organizer.services import protection

    path = path_of(options)
    known, now = _present(path, options)
    if options.deed == "set" and now:
        raise Refusal(
            Message("{file} has a passphrase already. To change it: passphrase change", {"file": str(path)})
        )
    if options.deed != "set" and not now:
        raise Refusal(Message("{file} has no passphrase. To set one: passphrase set", {"file": str(path)}))
    new = "" if options.deed == "remove" else new_passphrase(options, known)
    key = protection.change(path, now, new).now()
    words = {
        "set": _("{file} is encrypted."),
        "change": _("{file} has the new passphrase. A recovery key from before no longer opens it."),
        "remove": _("{file} is no longer encrypted."),
    }
    print(words[options.deed].format(file=path))
    if options.show_recovery_key and new:
        print(_("Recovery key: {key}").format(key=_recovery_key(path, key)))
    try:
        _back_up(path, key)
        _tell_unprotected(path, key, options.delete_plain_backups)
    except Refusal as refusal:
        # the passphrase is as she wants it: only what follows wasn't done
        print(say(refusal.message.text, refusal.message.values), file=sys.stderr)
        return PARTLY
    return OK


def forget_pin(options: argparse.Namespace) -> int:
    """Remove the PIN. Whoever can run this can read the file as well: the PIN guards the screen only."""
    from organizer.services import screen_pin

    with opened(options) as file:
        if not screen_pin.of(file):
            raise Refusal(Message("{file} has no PIN.", {"file": str(file.path)}))
        screen_pin.choose(file, "")
        print(_("The PIN is removed."))
    return OK


def _present(path: Path, options: argparse.Namespace) -> tuple[list[str], Key | None]:
    """What a thief would try first, and the present key; opening the file shows that no window has it."""
    from organizer.services import protection

    file = with_secret(options, lambda secret: files.open_file(path, secret=secret))
    try:
        return [*protection.known_words(file)], file.key
    finally:
        file.close()


def _recovery_key(path: Path, key: Key | None) -> str:
    from organizer.services import protection

    file = files.open_file(path, secret=key or "")
    try:
        return protection.recovery_key(file)
    finally:
        file.close()


def _back_up(path: Path, key: Key | None) -> None:
    """Back the file up as it is protected now."""
    file = files.open_file(path, secret=key or "")
    try:
        backups.make(file, Reason.PROTECTION).now()
    finally:
        file.close()


def _tell_unprotected(path: Path, key: Key | None, delete: bool) -> None:
    from organizer.services import protection

    if key is None:
        return
    if delete:
        count = protection.remove_unprotected(path, key)
        if count:
            text = ngettext(
                "{count} backup that wasn't encrypted is deleted.",
                "{count} backups that weren't encrypted are deleted.",
                count,
            )
            print(text.format(count=count))
    elif count := len(protection.unprotected_backups(path)):
        text = ngettext(
            "{count} earlier backup is not encrypted. To delete it: --delete-plain-backups",
            "{count} earlier backups are not encrypted. To delete them: --delete-plain-backups",
            count,
        )
        print(text.format(count=count))
