"""Passphrases on the command line: asked for on the terminal or read from a file, never an argument.

Arguments and the environment can be read by every program on the computer.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from organizer.domain.result import Message, Refusal
from organizer.i18n import _, say
from organizer.services.files import Locked, WrongSecret
from organizer.services.strength import CONFIRM_BELOW, strength

T = TypeVar("T")

_LONGEST = 10_000


def with_secret(options: argparse.Namespace, use: Callable[[str], T]) -> T:
    """What `use` makes with the passphrase or recovery key: the one in the file named, else "", else asked for.

    A slip at the terminal may be put right once. Raises what `use` raises.
    """
    if options.passphrase_file:
        return use(first_line(options.passphrase_file))
    try:
        return use("")
    except Locked as locked:
        if not sys.stdin.isatty():
            raise Refusal(
                Message(
                    "{reason} Give it with --passphrase-file, or start the command in a terminal.",
                    {"reason": locked.message},
                )
            ) from None
        print(say(locked.message.text, locked.message.values), file=sys.stderr)
    try:
        return use(asked(_("Passphrase or recovery key: ")))
    except WrongSecret as wrong:
        print(say(wrong.message.text, wrong.message.values), file=sys.stderr)
    return use(asked(_("Passphrase or recovery key: ")))


def new_passphrase(options: argparse.Namespace, known: Sequence[str]) -> str:
    """The new passphrase: from the file named, else asked for twice; its strength is told.

    `known` are words that a thief would try first. Raises Refusal when it is empty, or weak and not meant so.
    """
    if options.new_passphrase_file:
        passphrase = first_line(options.new_passphrase_file)
    elif sys.stdin.isatty():
        passphrase = asked(_("New passphrase: "))
        if passphrase != asked(_("The same once more: ")):
            raise Refusal(Message("The two are not the same. Nothing was changed."))
    else:
        raise Refusal(
            Message("Give the new passphrase with --new-passphrase-file, or start the command in a terminal.")
        )
    if not passphrase:
        raise Refusal(Message("No passphrase was given. Nothing was changed."))
    judged = strength(passphrase, known)
    print(say(judged.message.text, judged.message.values), file=sys.stderr)
    if judged.score < CONFIRM_BELOW and not options.weak:
        raise Refusal(Message("Nothing was changed. Choose a stronger one, or take it all the same with --weak."))
    return passphrase


def asked(prompt: str) -> str:
    """What is typed on the terminal, unseen. Raises Refusal when the terminal ends."""
    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError:
        raise Refusal(Message("No passphrase was given. Nothing was changed.")) from None


def first_line(path: Path) -> str:
    """The first line of the file at `path`, or of the standard input for "-". Raises Refusal."""
    try:
        if str(path) == "-":
            line = sys.stdin.readline(_LONGEST)
        else:
            with path.open(encoding="utf-8-sig") as source:
                line = source.readline(_LONGEST)
    except (OSError, UnicodeDecodeError):
        # never the error's own text: it could show what stands in the file
        raise Refusal(Message("No passphrase can be read from {file}.", {"file": str(path)})) from None
    return line.rstrip("\r\n")
