"""Which function does which command. Imported once a command is to be done: help needs none of this."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from organizer.cli import headless, main_job, passphrase, safekeeping
from organizer.cli.bringing_in import bring_in
from organizer.cli.plan import plan
from organizer.cli.taking_out import export

RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "new": main_job.new,
    "import": bring_in,
    "export": export,
    "estimate": headless.estimate,
    "report": main_job.report,
    "tour": main_job.take_tour,
    "plan": plan,
    "check": safekeeping.check,
    "backup": safekeeping.backup,
    "restore": safekeeping.restore,
    "save-copy": safekeeping.save_copy,
    "takeout": safekeeping.take_out,
    "passphrase": passphrase.passphrase,
    "forget-pin": passphrase.forget_pin,
}
"""Each takes what was read of the arguments and answers an exit code, or raises Refusal."""
