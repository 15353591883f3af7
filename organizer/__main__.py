"""`python -m organizer`: without a command the window opens, with one the work is done in the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from organizer import no_dump

_WITH_VALUE = ("--file", "--lang")


def main() -> int:
    """Start the program; the exit code."""
    no_dump.forbid()
    arguments = sys.argv[1:]
    if wants_window(arguments):
        if not has_display(sys.platform, os.environ):
            return _say_no_display()
        from organizer.app import run

        return run(arguments)
    from organizer.cli import main as without_window

    return without_window(arguments)


def wants_window(arguments: Sequence[str]) -> bool:
    """True when `arguments` name no command: none at all, or only what the window takes (a file, a language)."""
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument in _WITH_VALUE and waiting:
            waiting.pop(0)
        elif not (argument.startswith(tuple(f"{name}=" for name in _WITH_VALUE)) or _is_file(argument)):
            return False
    return True


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """False where a window can't be shown: Qt would end the program with a core dump instead of a word."""
    if not platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _say_no_display() -> int:
    from organizer import i18n
    from organizer.i18n import _

    i18n.set_language(i18n.system_language())
    print(_("There is no screen here to show the window on. For the commands: organizer --help"), file=sys.stderr)
    return 3


def _is_file(argument: str) -> bool:
    # what a file manager passes along when a file is double-clicked; no command looks like a path
    if argument.startswith("-"):
        return False
    return argument.casefold().endswith(".organizer") or any(mark in argument for mark in (os.sep, "/"))


if __name__ == "__main__":
    sys.exit(main())
