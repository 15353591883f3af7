"""What the two commands say, and how they start other programs. Standard library only."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path


class Stop(Exception):  # noqa: N818 - not an error in the program: the machine lacks something
    """Set-up can't go on. The text says what happened and what to do."""


def say(text: str) -> None:
    """Show a line at once, also where the output goes to a file."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Show a line that matters, after everything said so far."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)


def shown(command: Sequence[str]) -> str:
    """The command as a person would type it."""
    return shlex.join(command)


def quiet(command: Sequence[str], env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command without showing anything; a program that isn't there counts as failed (127)."""
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace", env=env, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(list(command), 127, "", str(error))


def lines(command: Sequence[str], cwd: Path) -> Iterator[str | int]:
    """Run a command in `cwd`; yield each line it writes as it comes, and at last its exit code."""
    with subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield line.rstrip()
    yield process.returncode
