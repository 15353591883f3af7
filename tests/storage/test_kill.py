"""A short run of what `python -m tests.endurance.kill` does at length."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked here")


def run(*arguments: str) -> None:
    # a process of its own: one that has drawn windows or runs threads can't be forked
    command = [sys.executable, "-m", "tests.endurance.kill", *arguments]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "all held" in answer.stdout


@pytest.mark.parametrize("kind", [(), ("--encrypted",)], ids=["plain", "encrypted"])
def test_every_deed_told_as_saved_is_there_after_a_kill_and_none_half(kind: tuple[str, ...]) -> None:
    run("--times", "12", "--seed", "7", *kind)


def test_every_deed_told_as_saved_is_there_after_a_power_cut_and_none_half() -> None:
    run("--times", "12", "--seed", "7", "--power")


@pytest.mark.parametrize("what", ["backup", "thinning", "restore", "migration", "encryption"])
def test_a_kill_in_the_midst_of_long_work_leaves_the_old_or_the_new_whole(what: str) -> None:
    run("--times", "3", "--seed", "7", "--what", what)
