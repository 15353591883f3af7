"""Forks children that are killed, and hears what they told until then."""

from __future__ import annotations

import json
import os
import select
import signal
import traceback
from collections.abc import Callable
from typing import Any

Tell = Callable[[dict[str, Any]], None]


class FailedError(AssertionError):
    """A child broke off by itself, or what it left is not as it should be."""


def expect(holds: bool, what: str) -> None:
    """Raise FailedError, which says `what`, unless it holds."""
    if not holds:
        raise FailedError(what)


def run_child(act: Callable[[Tell], None], kill_after: float | None = None) -> tuple[list[dict[str, Any]], bool]:
    """Fork a child that does `act(tell)`; what it told, and whether it was killed.

    It is killed from here `kill_after` seconds after its first word, unless it ends before. Raises FailedError
    when it raised something.
    """
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        _be_child(act, theirs)
    os.close(theirs)
    if kill_after is not None:
        select.select([ours], [], [])
        select.select([], [], [], kill_after)
        os.kill(pid, signal.SIGKILL)
    told = [json.loads(line) for line in _everything(ours).splitlines() if line.endswith(b"}")]
    os.close(ours)
    status = os.waitpid(pid, 0)[1]
    faults = [line["fault"] for line in told if "fault" in line]
    if faults:
        raise FailedError(faults[0])
    killed = os.WIFSIGNALED(status)
    if killed and os.WTERMSIG(status) != signal.SIGKILL:
        raise FailedError(f"the child died of signal {os.WTERMSIG(status)}")
    return told, killed


def _be_child(act: Callable[[Tell], None], pipe: int) -> None:
    def tell(what: dict[str, Any]) -> None:
        # whole lines up to the pipe's size are written at once
        os.write(pipe, json.dumps(what).encode() + b"\n")

    try:
        act(tell)
    except BaseException:  # the parent is told, then this process ends
        tell({"fault": traceback.format_exc()[-3000:]})
    finally:
        os._exit(0)


def _everything(pipe: int) -> bytes:
    parts = []
    while part := os.read(pipe, 1 << 16):
        parts.append(part)
    return b"".join(parts)
