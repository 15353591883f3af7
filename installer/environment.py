"""The folder .venv: Python's parts for this program, apart from the rest of the machine. Standard library only.

A stamp in .venv remembers what it was made from, so that the next start changes nothing and needs no network.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import libraries
from console import Stop, lines, quiet, say, shown

NEEDED_BYTES = 1_200_000_000
"""Room for the downloaded parts and what they unpack to (about 520 MB), with some to spare."""

_STAMP = "organizer-setup"
_LOCK = "requirements.lock"

_OFFLINE = (
    "name resolution", "failed to establish a new connection", "newconnectionerror", "network is unreachable",
    "getaddrinfo failed", "nodename nor servname", "connecttimeout", "read timed out", "proxyerror",
    "(from versions: none)", "connection reset",
)  # fmt: skip


def python_in(root: Path) -> Path:
    """The Python of the checkout `root`'s own .venv, whether it is there yet or not."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(root: Path, version: str) -> str:
    """What .venv must be made from: the locked parts, the project's own file, its place, Python's version.

    Raises Stop when the checkout isn't whole.
    """
    digest = hashlib.sha256()
    for path in (root / "installer" / _LOCK, root / "pyproject.toml"):
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            raise Stop(f"{path} can't be read ({error.strerror}). Fetch the program's source again.") from error
    digest.update(f"\0{root}\0{version}".encode())
    return digest.hexdigest()


def is_ready(root: Path) -> bool:
    """True when .venv was finished and is made from what lies in the checkout now. Needs no network."""
    try:
        stamp = (root / ".venv" / _STAMP).read_text(encoding="utf-8").strip()
    except OSError:
        return False
    version = _version(python_in(root))
    return bool(version) and stamp == fingerprint(root, version)


def make_ready(root: Path) -> bool:
    """Make .venv and install the locked parts; False when that was done before. Raises Stop."""
    if is_ready(root):
        return False
    _check_place(root)
    (root / ".venv" / _STAMP).unlink(missing_ok=True)
    _make(root)
    python = str(python_in(root))
    say("Installing what the program is made of. The first time this takes some minutes …")
    _pip(root, [python, "-m", "pip", "install", "--require-hashes", "-r", str(root / "installer" / _LOCK)])
    # no index: the program itself needs nothing but what has just been installed
    alone = ("--no-index", "--no-deps", "--no-build-isolation")
    _pip(root, [python, "-m", "pip", "install", *alone, "-e", str(root)])
    stamp = fingerprint(root, _version(python_in(root)))
    (root / ".venv" / _STAMP).write_text(stamp + "\n", encoding="utf-8")
    say("Installed.")
    return True


def pip_failure(output: Sequence[str]) -> str:
    """What to tell a person when pip stopped with this output."""
    text = "\n".join(output).lower()
    if "no space left" in text or "errno 28" in text:
        return "The disk is full. Make some room (about 1 GB) and start again; what was fetched so far is kept."
    if "do not match the hashes" in text:
        return (
            "A downloaded part is not the one this program was made with, so it was not installed.\n"
            "Start again; if it happens again, something between you and the source changes the files."
        )
    if "certificate verify failed" in text or "certificate_verify_failed" in text:
        return (
            "The place that the program's parts come from could not be proven genuine (its certificate).\n"
            "Look whether the computer's clock is right, or try another network; then start again."
        )
    if any(sign in text for sign in _OFFLINE):
        return (
            "The program's parts could not be fetched: there seems to be no way to the internet.\n"
            "The first start needs it; later ones don't. Connect and start again."
        )
    if "no matching distribution" in text or "requires a different python" in text:
        return (
            f"Some parts are not made for this Python ({sys.version.split()[0]}) on this machine.\n"
            "Try another one, for example Python 3.11 to 3.13."
        )
    return "Installing the program's parts failed. The last lines above say why. Nothing else was changed."


def _version(python: Path) -> str:
    if not python.exists():
        return ""
    answer = quiet([str(python), "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _check_place(root: Path) -> None:
    if not os.access(root, os.W_OK):
        raise Stop(
            f"The folder {root} can't be written to, and the program's parts are installed in it.\n"
            "Copy the source to a folder of your own and start it there."
        )
    free = shutil.disk_usage(root).free
    if free < NEEDED_BYTES and not (root / ".venv").exists():
        raise Stop(
            f"There is too little room on the disk: {free // 1_000_000} MB free in {root},\n"
            f"and about {NEEDED_BYTES // 1_000_000} MB are needed. Make some room and start again."
        )


def _has_pip(root: Path) -> bool:
    return quiet([str(python_in(root)), "-m", "pip", "--version"]).returncode == 0


def _make(root: Path) -> None:
    if _version(python_in(root)):
        if _has_pip(root):
            return
        quiet([str(python_in(root)), "-m", "ensurepip"])
        if _has_pip(root):
            return
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        # Debian keeps this part of Python in a package of its own
        libraries.install_venv_package()
    say("Making a place for the program's parts (.venv) …")
    command = [sys.executable, "-m", "venv", "--clear", str(root / ".venv")]
    answer = quiet(command)
    if answer.returncode or not _has_pip(root):
        said = (answer.stderr or answer.stdout).strip()
        raise Stop(f"Python could not make the folder .venv. This failed:\n    {shown(command)}\n{said}")


def _pip(root: Path, command: Sequence[str]) -> None:
    output: list[str] = []
    for line in lines([*command, "--disable-pip-version-check", "--progress-bar", "off"], root):
        if isinstance(line, int):
            if line:
                for last in output[-6:]:
                    say(f"    {last}")
                raise Stop(pip_failure(output))
        else:
            output.append(line)
            if line.lstrip().startswith("Downloading "):
                say(f"  {line.strip()}")
