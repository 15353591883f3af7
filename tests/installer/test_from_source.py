import ast
import re
import subprocess
import sys
from pathlib import Path

import from_source
import pytest
from console import Stop

INSTALLER = Path(from_source.__file__).parent


@pytest.mark.parametrize(
    ("platform", "env", "display"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_where_a_window_can_be_shown(platform: str, env: dict[str, str], display: bool) -> None:
    assert from_source.has_display(platform, env) is display


@pytest.mark.parametrize(
    ("given", "display", "arguments"),
    [
        ([], True, []),
        ([], False, ["tour"]),
        (["--out", "x"], False, ["tour", "--out", "x"]),
        (["--", "estimate", "--json"], False, ["estimate", "--json"]),
        (["--file", "a.db", "estimate"], False, ["--file", "a.db", "estimate"]),
        (["--version"], False, ["--version"]),
        (["--file", "a.db"], True, ["--file", "a.db"]),
    ],
)
def test_what_the_program_is_started_with(given: list[str], display: bool, arguments: list[str]) -> None:
    assert from_source.program_arguments(given, display) == arguments


class Steps:
    """Records what `test` starts; the step whose name is in `fails` fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fails: str = "") -> None:
        self.started: list[list[str]] = []
        self.env: dict[str, str] = {}
        self.fails = fails
        monkeypatch.setattr(from_source.environment, "make_ready", lambda root: False)
        monkeypatch.setattr(from_source.libraries, "provide", lambda python, window: None)
        monkeypatch.setattr(from_source.subprocess, "call", self.call)

    def call(self, command: list[str], cwd: Path, env: dict[str, str] | None = None) -> int:
        self.started.append(command[2:])
        self.env = env or {}
        return 4 if self.fails and self.fails in command else 0


def test_the_checks_run_in_order_and_the_tests_last_and_offscreen(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Steps(monkeypatch)
    assert from_source.main(["test", "-k", "money"]) == 0
    assert [step[0] for step in steps.started] == ["ruff", "ruff", "mypy", "mypy", "pytest"]
    assert steps.started[-1] == ["pytest", "-n", "2", "-k", "money"]
    assert steps.env["QT_QPA_PLATFORM"] == "offscreen"


def test_a_failing_check_is_named_and_ends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = Steps(monkeypatch, fails="mypy")
    assert from_source.main(["test"]) == 4
    assert [step[0] for step in steps.started] == ["ruff", "ruff", "mypy"]
    assert "Types failed (mypy)" in capsys.readouterr().err


def test_failing_tests_fail_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    Steps(monkeypatch, fails="pytest")
    assert from_source.main(["test"]) == 4


def test_what_stops_the_set_up_is_said_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(root: Path) -> bool:
        raise Stop("There is too little room.")

    monkeypatch.setattr(from_source.environment, "make_ready", stop)
    assert from_source.main(["run"]) == 3
    assert capsys.readouterr().err == "There is too little room.\n"


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["walk"], 2), (["--help"], 0)])
def test_asked_wrongly_it_says_how(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert from_source.main(arguments) == code
    assert "installer/from_source.py run" in "".join(capsys.readouterr())


def test_an_older_python_is_told_so() -> None:
    code = (
        "import collections, runpy, sys\n"
        "sys.version_info = collections.namedtuple('V', 'major minor micro')(3, 9, 2)\n"
        f"runpy.run_path({str(INSTALLER / 'from_source.py')!r}, run_name='__main__')"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "needs Python 3.11 or newer; this is 3.9" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_older_python_can_read_the_file_that_tells_it() -> None:
    ast.parse((INSTALLER / "from_source.py").read_text("utf-8"), feature_version=(3, 8))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def test_set_up_needs_only_the_standard_library() -> None:
    waiting, seen = ["from_source"], set()
    while waiting:
        seen.add(module := waiting.pop())
        foreign = imported(INSTALLER / f"{module}.py") - sys.stdlib_module_names
        assert all((INSTALLER / f"{name}.py").exists() for name in foreign), (module, foreign)
        waiting += foreign - seen
    assert seen == {"from_source", "environment", "libraries", "console"}


def test_no_address_of_an_index_is_written_down() -> None:
    for path in [*INSTALLER.iterdir(), INSTALLER.parent / "pyproject.toml"]:
        if path.is_file():
            assert not re.search(r"https?://|--index-url|--find-links", path.read_text("utf-8")), path.name


def test_every_command_of_the_program_is_known_to_work_without_a_window() -> None:
    from organizer.cli.commands import RUN

    assert set(RUN) == from_source.COMMANDS - from_source.HELP - {"--version"}
