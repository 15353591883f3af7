"""Figures of whole processes: how soon the program stands, and what memory it takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter_ns

from tests.benchmarks import made
from tests.benchmarks.measure import Floor, Measured, Task, alternate

_SCRIPTS = Path(__file__).parent / "processes"


def first_window(task: Task) -> Measured:
    """From the start of the process until the first picture stands, the file being a small one."""
    path = made.team_file(task.folder, task.size)
    ours, bare = alternate(
        task.repeat,
        lambda: _until_told("organizer_window.py", path, task.folder / "settings.ini", "window"),
        lambda: _until_told("bare_window.py"),
    )
    return Measured(ours, [Floor("bare window with a tree view", bare, 1.5)])


def contacts_usable(task: Task) -> Measured:
    """From the start of the process until the list of contacts is painted."""
    path = made.contacts_file(task.folder, task.size)
    ours, bare = alternate(
        task.repeat,
        lambda: _until_told("organizer_window.py", path, task.folder / "settings.ini", "contacts"),
        lambda: _until_told("bare_contacts.py", path),
    )
    return Measured(ours, [Floor("bare window, sqlalchemy.orm, shown columns read", bare, 1.3)])


def memory(task: Task) -> Measured:
    """The most memory held while the program opens a file and its team page."""
    path = made.team_file(task.folder, task.size)
    ours, bare = alternate(
        task.repeat,
        lambda: _told("organizer_window.py", path, task.folder / "settings.ini", "team"),
        lambda: _told("bare_memory.py"),
    )
    return Measured(ours, [Floor("bare window with SQLAlchemy imported", bare, 2.5)], unit="B")


def _until_told(script: str, *arguments: object) -> float:
    # the clock is the machine's: both processes read the same one
    start = perf_counter_ns()
    return (_told(script, *arguments) - start) / 1e9


def _told(script: str, *arguments: object) -> int:
    command = [sys.executable, str(_SCRIPTS / script), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if ended.returncode or not ended.stdout:
        raise RuntimeError(f"{script} failed: {ended.stderr or ended.stdout}")
    return int(ended.stdout.split()[0])
