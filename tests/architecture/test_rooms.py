"""The rooms of the house, as import-linter's contracts in pyproject.toml hold them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_contracts_are_kept() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_nothing_else_lies_at_the_top() -> None:
    names = {path.name for path in ROOT.iterdir()}
    if shutil.which("git") and (ROOT / ".git").exists():
        tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
        names = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    allowed = {"pyproject.toml", "README.md", "organizer", "resources", "tests", "installer", "LICENSE"}
    assert {name for name in names if not name.startswith(".")} <= allowed


def test_the_program_never_reaches_for_the_network() -> None:
    # urllib.parse only takes texts apart; a local socket never leaves the computer: one window asks another of
    # the same user to come forward
    network = re.compile(
        r"^\s*(?:import|from)\s+(?:(?:urllib(?!\.parse)|http|socket|ssl|ftplib|smtplib|requests)\b"
        r"|PySide6\.QtNetwork\b(?! import QLocal(?:Server|Socket)(?:, QLocal(?:Server|Socket))*$))"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "organizer").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if network.match(line)
    ]
    assert found == []


def test_the_lock_file_holds_no_address() -> None:
    assert "://" not in (ROOT / "installer" / "requirements.lock").read_text(encoding="utf-8")
