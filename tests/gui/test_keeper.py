"""The keeper: backups by themselves, quietly, in the background, and never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_support import Desk

from organizer.domain.contact import Contact
from organizer.services import backups, contacts, files
from organizer.services.backups import Reason
from organizer.services.files import File
from organizer.services.jobs import Progress
from organizer.ui import window_backups
from organizer.ui.context import Context
from organizer.ui.tasks import Tasks
from organizer.ui.window_backups import Keeper


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 7, 12)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path, clock: Clock) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", clock)
    contacts.add(opened, Contact(first_name="Anna"))
    yield opened
    opened.close()


@pytest.fixture
def context(file: File, qtbot: QtBot) -> Iterator[Context]:
    tasks = Tasks()
    made = Context(file, tasks)
    yield made
    made.release()
    tasks.shutdown()


@pytest.fixture
def keeper(context: Context) -> Iterator[Keeper]:
    made = Keeper(context)
    yield made
    made.stop()


def reasons(file: File) -> list[Reason | None]:
    return [one.reason for one in backups.every(file.path)]


def test_it_looks_by_itself_a_little_after_the_file_is_shown(
    context: Context, file: File, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_backups, "FIRST", 1)
    keeper = Keeper(context)
    assert not keeper.active(), "the page comes first"
    with qtbot.waitSignal(keeper.made):
        pass
    assert reasons(file) == [Reason.OPENING]
    assert backups.every(file.path)[0].verified
    keeper.stop()


def test_a_backup_comes_when_it_is_due_and_only_then(
    keeper: Keeper, file: File, clock: Clock, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(keeper.made):
        keeper.look()
    contacts.add(file, Contact(first_name="Bo"))
    clock.later(minutes=20)
    keeper.look()
    assert not keeper.active(), "half an hour hasn't passed"
    clock.later(minutes=10)
    with qtbot.waitSignal(keeper.made):
        keeper.look()
    assert reasons(file) == [Reason.CHANGES, Reason.OPENING]
    clock.later(hours=2)
    keeper.look()
    assert not keeper.active(), "nothing was changed"
    clock.later(hours=22)
    with qtbot.waitSignal(keeper.made):
        keeper.look()
    assert reasons(file)[0] is Reason.OPENING


def test_it_is_quiet_when_all_is_well(keeper: Keeper, context: Context, qtbot: QtBot) -> None:
    heard: list[object] = []
    context.tasks.began.connect(heard.append)
    context.answered.connect(heard.append)
    context.warned.connect(heard.append)
    keeper.troubled.connect(heard.append)
    with qtbot.waitSignal(keeper.made):
        keeper.look()
    assert heard == []


def test_it_gives_way_to_what_she_asked_for(keeper: Keeper, context: Context, file: File, qtbot: QtBot) -> None:
    with qtbot.waitSignal(context.tasks.ended):
        context.tasks.run("hers", lambda _progress: None, lambda _nothing: None)
        keeper.look()
        assert not keeper.active()
    with qtbot.waitSignal(keeper.made):
        keeper.look()


def test_a_failure_is_told_once_for_each_cause(keeper: Keeper, file: File, clock: Clock, qtbot: QtBot) -> None:
    told: list[str] = []
    keeper.troubled.connect(told.append)
    folder = backups.folder(file.path)
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way", encoding="utf-8")
    for _time in range(2):
        keeper.look()
        qtbot.waitUntil(lambda: not keeper.active())
        assert keeper.problem == told[0]
    assert len(told) == 1
    folder.unlink()
    with qtbot.waitSignal(keeper.made):
        keeper.look()
    assert keeper.problem == ""


def test_a_second_folder_that_is_away_is_told_and_the_backup_is_made(
    keeper: Keeper, file: File, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.set_second_folder(file, stick)
    stick.rmdir()
    with qtbot.waitSignal(keeper.troubled) as told, qtbot.waitSignal(keeper.made):
        keeper.look()
    assert str(stick) in told.args[0]
    assert reasons(file) == [Reason.OPENING]
    stick.mkdir()
    clock.later(hours=25)
    with qtbot.waitSignal(keeper.made):
        keeper.look()
    assert keeper.problem == ""
    assert sorted(one.elsewhere for one in backups.every(file.path)) == [False, False, True]


def test_stopping_leaves_nothing_half_made(
    keeper: Keeper, file: File, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = backups.make

    def slow(of: File, reason: Reason) -> backups.Job[backups.Backup]:
        job = make(of, reason)

        def work(progress: Progress) -> backups.Backup:
            while not progress.cancelled():
                pass
            return job.work(progress)

        return backups.Job(job.title, work)

    monkeypatch.setattr(backups, "make", slow)
    keeper.look()
    assert keeper.active()
    keeper.stop()
    assert not keeper.active()
    assert backups.every(file.path) == []
    folder = backups.folder(file.path)
    assert not folder.exists() or not list(folder.glob("*.part*"))


def test_she_goes_on_working_meanwhile(keeper: Keeper, file: File, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keeper.made):
        keeper.look()
        for name in ("Bo", "Carl", "Dorthe"):
            contacts.add(file, Contact(first_name=name))
    assert len(contacts.rows(file)) == 4


def test_the_window_keeps_one_for_its_file_and_stops_it_at_close(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(qtbot, tmp_path, monkeypatch)
    files.create(desk.usual).close()
    window = desk.start()
    first = window.keeper
    assert first is not None
    other = tmp_path / "other.organizer"
    files.create(other).close()
    window.files.open(other)
    assert window.keeper is not None
    assert window.keeper is not first
    with qtbot.waitSignal(window.keeper.made):
        window.keeper.look()
    assert len(backups.every(other)) == 1
    window.close()
    assert window.keeper is None
