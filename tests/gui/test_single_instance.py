"""One file, one window: a second start shows the first one; what a crash left behind is recognised."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_support import Desk

from organizer.domain.contact import Contact
from organizer.services import contacts, files
from organizer.ui import single_instance
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.start.unlock import UnlockPage

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="speaks to the sockets of the other systems"),
    # what the offscreen platform says of a window that comes to the front
    pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True),
]

START = """
import sys
from pathlib import Path

from organizer import app
from organizer.ui.main_window import MainWindow
from organizer.ui.preferences import Preferences
def begun(self, _begin=MainWindow._begin):
    print("painted", "PySide6.QtNetwork" in sys.modules, flush=True)
    _begin(self)
MainWindow._begin = begun
from organizer.ui import single_instance
def follow(self, path, _follow=single_instance.Listener.follow):
    _follow(self, path)
    print("listens", flush=True)
single_instance.Listener.follow = follow
sys.exit(app.run(sys.argv[2:], Preferences(Path(sys.argv[1]))))
"""


class Start:
    """The program started once more, as a process of its own."""

    def __init__(self, desk: Desk, *arguments: object) -> None:
        command = [sys.executable, "-c", START, str(desk.folder / "organizer.ini"), *map(str, arguments)]
        self._qtbot = desk.qtbot
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        self.lines.extend(line.strip() for line in self._process.stdout)

    def wait_for(self, line: str) -> None:
        """Let the windows here live until it says this."""
        self._qtbot.waitUntil(lambda: line in self.lines, timeout=15_000)

    def ended(self) -> int:
        """Let the windows here live until it has ended; its exit code."""
        self._qtbot.waitUntil(lambda: self._process.poll() is not None, timeout=15_000)
        self._finish()
        return self._process.returncode

    def kill(self) -> None:
        """As a crash ends it."""
        self._process.send_signal(signal.SIGKILL)
        self._finish()

    def _finish(self) -> None:
        self._process.wait()
        self._reader.join()
        assert self._process.stdout
        self._process.stdout.close()


@pytest.fixture(autouse=True)
def _sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder for the sockets, with a name that is short enough for one."""
    with tempfile.TemporaryDirectory(prefix="sockets-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def path(desk: Desk) -> Path:
    """A file with one contact."""
    return make(desk.usual, "Anna")


@pytest.fixture
def started(desk: Desk) -> Iterator[Callable[..., Start]]:
    """Starts the program, and ends what still runs."""
    every: list[Start] = []

    def start(*arguments: object) -> Start:
        every.append(Start(desk, *arguments))
        return every[-1]

    yield start
    for one in every:
        if one._process.poll() is None:
            one.kill()


def make(path: Path, name: str) -> Path:
    file = files.create(path)
    contacts.add(file, Contact(first_name=name))
    file.close()
    return path


def listening(desk: Desk, window: MainWindow) -> None:
    """A second start can find this window."""
    assert window.context is not None
    address = single_instance.address(window.context.file.path)
    desk.qtbot.waitUntil(lambda: Path(address).exists())


def names(window: MainWindow) -> list[str]:
    assert window.context is not None
    return [row.name for row in contacts.rows(window.context.file)]


def say(desk: Desk, path: Path, words: bytes) -> bytes:
    """Call whoever listens for `path`, say something, and hear the answer while the window lives on."""
    heard: list[bytes] = []

    def call() -> None:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(10)
            caller.connect(single_instance.address(path))
            try:
                caller.sendall(words)
                caller.shutdown(socket.SHUT_WR)
                heard.append(caller.recv(100))
            except (ConnectionError, BrokenPipeError):  # it has heard enough
                heard.append(b"")

    thread = threading.Thread(target=call)
    thread.start()
    desk.qtbot.waitUntil(lambda: not thread.is_alive(), timeout=10_000)
    thread.join()
    return heard[0]


def test_a_second_start_shows_the_first_window_and_paints_none(
    desk: Desk, path: Path, started: Callable[..., Start]
) -> None:
    window = desk.start(path)
    listening(desk, window)
    window.showMinimized()
    second = started()  # without a file: the one that was open last
    assert second.ended() == 0
    assert second.lines == []
    assert not window.isMinimized()
    desk.qtbot.waitUntil(window.isActiveWindow)
    assert names(window) == ["Anna"]


def test_a_second_start_by_another_name_of_the_file_is_recognised(
    desk: Desk, path: Path, started: Callable[..., Start]
) -> None:
    window = desk.start(path)
    listening(desk, window)
    link = desk.folder / "link.organizer"
    link.symlink_to(path)
    second = started(os.path.relpath(link))
    assert second.ended() == 0
    assert second.lines == []


def test_a_start_with_another_file_gets_a_window_of_its_own(
    desk: Desk, path: Path, started: Callable[..., Start]
) -> None:
    listening(desk, desk.start(path))
    other = make(desk.folder / "Ærø Łódź.organizer", "Bo")
    second = started(other)
    second.wait_for("listens")
    # nobody pays for the socket before the first picture stands
    assert second.lines[0] == "painted False"
    with pytest.raises(files.Busy):
        files.open_file(other)


def test_the_name_follows_the_file_that_is_shown(desk: Desk, path: Path) -> None:
    window = desk.start(path)
    listening(desk, window)
    other = make(desk.folder / "other.organizer", "Bo")
    window.files.open(other)
    listening(desk, window)
    assert not Path(single_instance.address(path)).exists()
    with desk.qtbot.waitSignal(window.files.listener.asked):
        assert say(desk, other, single_instance.SHOW) == single_instance.SHOWN


def test_after_a_crash_the_file_opens_and_the_next_start_is_heard_again(
    desk: Desk, path: Path, started: Callable[..., Start]
) -> None:
    crashed = started(path)
    crashed.wait_for("listens")
    with pytest.raises(files.Busy):
        files.open_file(path)
    crashed.kill()
    assert Path(single_instance.address(path)).exists(), "a crash leaves its socket behind"
    assert not single_instance.show_other(path)
    window = desk.start(path)
    assert names(window) == ["Anna"]
    window.files._listen()
    assert say(desk, path, single_instance.SHOW) == single_instance.SHOWN


def test_of_two_starts_at_once_the_second_gives_way(desk: Desk, path: Path, started: Callable[..., Start]) -> None:
    first = started(path)
    first.wait_for("listens")
    # its look for the first came too early: it has painted a window, and finds the file locked
    window = desk.window()
    window.files.begin(path)
    desk.qtbot.waitUntil(lambda: not window.isVisible())
    assert window.context is None


def test_choosing_a_file_that_another_window_shows_brings_that_one_forward(
    desk: Desk, path: Path, started: Callable[..., Start]
) -> None:
    other = make(desk.folder / "other.organizer", "Bo")
    started(other).wait_for("listens")
    window = desk.start(path)
    window.files.open(other)
    assert "stands in front now" in window.answers.text()
    assert names(window) == ["Anna"]


@pytest.mark.parametrize(
    "words", [b"", b"show", b"SHOW\n", b"show\nshow\n" * 20, b"\x00" * 100_000, b"quit\n", "Ærø\n".encode()]
)
def test_junk_is_ignored(desk: Desk, path: Path, words: bytes) -> None:
    window = desk.start(path)
    listening(desk, window)
    asked: list[bool] = []
    window.files.listener.asked.connect(lambda: asked.append(True))
    assert say(desk, path, words) == b""
    assert asked == []
    assert say(desk, path, single_instance.SHOW) == single_instance.SHOWN
    assert asked == [True]


def test_only_this_user_can_reach_the_window(desk: Desk, path: Path) -> None:
    listening(desk, desk.start(path))
    found = Path(single_instance.address(path)).stat()
    assert stat.S_ISSOCK(found.st_mode)
    assert stat.S_IMODE(found.st_mode) & 0o077 == 0
    assert "Organizer" not in single_instance.address(path), "the name tells nothing of the file"


def test_closing_the_window_leaves_no_socket(desk: Desk, path: Path) -> None:
    window = desk.start(path)
    listening(desk, window)
    window.close()
    desk.qtbot.waitUntil(lambda: not Path(single_instance.address(path)).exists())


def test_something_else_in_the_sockets_place_is_nobody(path: Path) -> None:
    place = Path(single_instance.address(path))
    place.write_text("show", encoding="utf-8")
    try:
        assert not single_instance.show_other(path)
    finally:
        place.unlink()


def test_a_file_that_could_not_be_opened_keeps_its_window(
    desk: Desk, path: Path, started: Callable[..., Start]
) -> None:
    path.unlink()
    window = desk.start(path)
    assert window.start_page() is not None
    desk.qtbot.waitUntil(lambda: Path(single_instance.address(path)).exists())
    assert started("--file", path).ended() == 0


def test_a_window_that_hangs_is_not_waited_for_long(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_instance, "_PATIENCE", 50)
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(single_instance.address(path))
        deaf.listen()
        try:
            assert not single_instance.show_other(path)
        finally:
            Path(single_instance.address(path)).unlink()


def test_a_locked_window_comes_forward_and_stays_locked(desk: Desk) -> None:
    file = files.create(desk.usual, passphrase="korrekt hest batteri")
    contacts.add(file, Contact(first_name="Anna"))
    file.close()
    window = desk.start(desk.usual)
    for closed in ("not opened yet", "locked again"):
        assert window.context is None, closed
        assert isinstance(window.start_page(), UnlockPage)
        assert say(desk, desk.usual, single_instance.SHOW) == single_instance.SHOWN
        assert isinstance(window.start_page(), UnlockPage)
        window.files.show(files.open_file(desk.usual, secret="korrekt hest batteri"), trusted=True)
        assert names(window) == ["Anna"]
        window.lock.lock()


def test_without_the_library_it_works_alone(desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtNetwork", None)
    window = desk.start(path)
    window.files._listen()
    assert names(window) == ["Anna"]
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(single_instance.address(path))
        assert not single_instance.show_other(path)
