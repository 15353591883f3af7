"""Run or test the program from its source, on a machine that has Python and nothing else.

    python3 installer/from_source.py run [arguments for the program]
    python3 installer/from_source.py test [arguments for pytest]

Both install what is missing first, and change nothing when all is there. Standard library only.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - the point is to say so on an older one
    sys.exit(
        "The program needs Python 3.11 or newer; this is {}.{}.\n"
        "Install a newer one and start it with that, for example: python3.11 installer/from_source.py run".format(
            *sys.version_info
        )
    )

import environment
import libraries
from console import Stop, say, warn

ROOT = Path(__file__).resolve().parent.parent

HELP = frozenset({"-h", "--help"})

COMMANDS = HELP | {
    *("new", "import", "export", "estimate", "report", "tour", "--version"),
    *("check", "backup", "restore", "save-copy", "takeout", "passphrase", "forget-pin", "plan"),
}
"""Words that make the program work without a window."""

CHECKS = (
    ("Style", ("ruff", "check", ".")),
    ("Layout", ("ruff", "format", "--check", ".")),
    ("Types", ("mypy",)),
    ("Types", ("mypy", "installer/from_source.py")),
)
"""What `test` checks before the tests: what it is called, and the module that does it with its arguments."""


def has_display(platform: str, env: Mapping[str, str]) -> bool:
    """True where a window can be shown: always on Windows and macOS, elsewhere when a display is named."""
    return platform in ("win32", "darwin") or bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def program_arguments(given: Sequence[str], display: bool) -> list[str]:
    """The program's arguments: as given, or its tour in the terminal where no window can be shown."""
    arguments = list(given[1:] if given[:1] == ["--"] else given)
    if display or COMMANDS.intersection(arguments):
        return arguments
    return ["tour", *arguments]


def run(given: Sequence[str]) -> int:
    """Set up, start the program, and return its exit code."""
    display = has_display(sys.platform, os.environ)
    arguments = program_arguments(given, display)
    first = environment.make_ready(ROOT)
    python = environment.python_in(ROOT)
    windowless = bool(COMMANDS.intersection(arguments))
    if first or not windowless:
        libraries.provide(python, window=True, required=not windowless)
    if windowless and not COMMANDS.intersection(given):
        say("There is no screen here, so the program shows what it does in the terminal.")
    return subprocess.call([str(python), "-m", "organizer", *arguments])


def test(given: Sequence[str]) -> int:
    """Set up, run every check and test, stop at the first that fails and name it; return 0 when all is well."""
    environment.make_ready(ROOT)
    python = str(environment.python_in(ROOT))
    libraries.provide(Path(python), window=False)
    for name, command in CHECKS:
        say(f"{name}: {' '.join(command)}")
        if code := subprocess.call([python, "-m", *command], cwd=ROOT):
            warn(f"{name} failed ({' '.join(command)}). The steps after it were not run.")
            return code
    say("Tests: pytest")
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # pytest's own closing line is the last word, also when tests fail
    return subprocess.call([python, "-m", "pytest", "-n", "2", *given], cwd=ROOT, env=offscreen)


def main(arguments: Sequence[str]) -> int:
    """Carry out the command line; return its exit code (2 when asked wrongly, 3 when set-up stopped)."""
    deeds = {"run": run, "test": test}
    if not arguments or arguments[0] not in deeds:
        asked = bool(HELP.intersection(arguments[:1]))
        print((__doc__ or "").strip(), file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        return deeds[arguments[0]](arguments[1:])
    except Stop as stop:
        warn(str(stop))
        return 3
    except OSError as error:
        warn(f"Set-up stopped: {error}. Nothing of yours was changed; put it right and start again.")
        return 3
    except KeyboardInterrupt:
        warn("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
