"""The headless commands, for people who script and for machines without a screen.

Exit codes: 0 done and all well, 1 done but something was left out or found wrong, 2 wrong usage, 3 refused
(nothing changed; why is on stderr).
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from organizer import i18n
from organizer.cli import argparse_words
from organizer.cli.codes import OK, PARTLY, REFUSED, USAGE
from organizer.cli.parser import make_parser
from organizer.domain.result import Refusal
from organizer.i18n import say

__all__ = ["OK", "PARTLY", "REFUSED", "USAGE", "main"]


def main(argv: Sequence[str]) -> int:
    """Run one command; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # a name that the terminal can't write must not stop an import
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    i18n.set_language(_language(argv))
    argparse_words.speak()
    options = make_parser().parse_args(argv)
    try:
        # half a second of imports, and none of it needed for the help
        from organizer.cli.commands import RUN

        code = RUN[options.command](options)
        sys.stdout.flush()
    except Refusal as refusal:
        print(f"organizer: {say(refusal.message.text, refusal.message.values)}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # the reader of our output has gone, as in `organizer … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130
    return code


def _language(argv: Sequence[str]) -> str:
    # the help texts need it before the arguments are read
    for place, argument in enumerate(argv):
        if argument == "--lang" and place + 1 < len(argv):
            return argv[place + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return i18n.system_language()
