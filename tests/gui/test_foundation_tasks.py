"""Long work runs beside the screen, and its answer always comes home on the main thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.domain.result import Cancelled, Message, Refusal
from organizer.ui.tasks import Progress, Tasks

FULL = Refusal(Message("The disk is full: {count} files were kept.", {"count": 3}))
LIMIT = 20


class Gate:
    """Holds work until the test lets it go on, and lets it go on by itself at the end."""

    def __init__(self) -> None:
        self.started, self.open = threading.Event(), threading.Event()

    def hold(self) -> None:
        self.started.set()
        assert self.open.wait(LIMIT), "the test never opened the gate"


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open.set()


@pytest.fixture
def tasks(qapp: QApplication, gate: Gate) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    gate.open.set()
    tasks.shutdown()


def finish(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.active(), timeout=LIMIT * 1000)


def test_work_runs_off_the_main_thread_and_is_delivered_on_it(qtbot: QtBot, tasks: Tasks) -> None:
    main, seen = QThread.currentThread(), {}

    def work(_progress: Progress) -> int:
        seen["work"] = QThread.currentThread()
        return 42

    def done(result: int) -> None:
        seen["done"], seen["result"] = QThread.currentThread(), result

    tasks.run("Count", work, done)
    assert tasks.active()
    finish(qtbot, tasks)
    assert seen["work"] is not main
    assert seen["done"] is main
    assert seen["result"] == 42


def test_progress_is_told_in_order_with_its_title_and_in_few_steps(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[tuple[str, float]] = []
    began: list[str] = []
    tasks.progressed.connect(lambda title, fraction: told.append((title, fraction)))
    tasks.began.connect(began.append)

    def work(progress: Progress) -> None:
        for step in range(100_000):
            progress.report(step / 99_999)
        progress.report(7.0)
        progress.report(-3.0)

    tasks.run("Read contacts", work, lambda _nothing: None)
    finish(qtbot, tasks)
    assert began == ["Read contacts"]
    assert {title for title, _fraction in told} == {"Read contacts"}
    fractions = [fraction for _title, fraction in told]
    assert fractions[:-1] == sorted(fractions[:-1])
    assert fractions[-2:] == [1.0, 0.0]
    assert len(fractions) < 250


def test_the_window_stays_alive_while_work_runs(qtbot: QtBot, tasks: Tasks, gate: Gate) -> None:
    ticks: list[int] = []
    tasks.run("Wait", lambda _progress: gate.hold(), lambda _nothing: None)
    for tick in range(5):
        QTest.qWait(1)
        ticks.append(tick)
    assert tasks.active()
    assert len(ticks) == 5


def test_a_refusal_goes_to_who_asked(qtbot: QtBot, tasks: Tasks) -> None:
    refusals: list[Refusal] = []
    shown: list[str] = []
    tasks.refused.connect(shown.append)
    tasks.run("Save", _raising(FULL), _never, refusals.append)
    finish(qtbot, tasks)
    assert refusals == [FULL]
    assert shown == []


def test_a_refusal_that_nobody_takes_is_said_in_words(qtbot: QtBot, tasks: Tasks) -> None:
    shown: list[str] = []
    tasks.refused.connect(shown.append)
    tasks.run("Save", _raising(FULL), _never)
    finish(qtbot, tasks)
    assert shown == ["The disk is full: 3 files were kept."]


def test_a_bug_reaches_the_hook_on_the_main_thread_and_work_goes_on(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[tuple[type[BaseException], QThread]] = []
    monkeypatch.setattr(
        sys, "excepthook", lambda kind, _error, _trace: caught.append((kind, QThread.currentThread()))
    )
    done: list[int] = []
    order: list[str] = []
    tasks.run("Break", _raising(ZeroDivisionError()), _never, _never, lambda: order.append("ended"))
    tasks.run("Count", lambda _progress: 1, done.append)
    finish(qtbot, tasks)
    assert caught == [(ZeroDivisionError, QThread.currentThread())]
    assert order == ["ended"]
    assert done == [1]


def test_cancelled_work_ends_quietly(qtbot: QtBot, tasks: Tasks, gate: Gate) -> None:
    order: list[str] = []
    tasks.cancelled.connect(lambda title: order.append(f"cancelled {title}"))

    def work(progress: Progress) -> None:
        gate.hold()
        progress.check()

    tasks.run("Import", work, _never, _never, lambda: order.append("ended"))
    assert gate.started.wait(LIMIT)
    tasks.cancel()
    gate.open.set()
    finish(qtbot, tasks)
    assert order == ["cancelled Import", "ended"]


def test_work_that_waits_can_be_cancelled_before_it_starts(qtbot: QtBot, tasks: Tasks, gate: Gate) -> None:
    ran: list[str] = []
    tasks.run("First", lambda _progress: gate.hold(), lambda _nothing: ran.append("first"))
    second = tasks.run("Second", lambda _progress: ran.append("work of second"), _never)
    second.cancel()
    gate.open.set()
    finish(qtbot, tasks)
    assert ran == ["first"]


def test_work_is_done_one_at_a_time_in_the_order_asked_for(qtbot: QtBot, tasks: Tasks) -> None:
    running, most, order = [0], [0], []

    def work(number: int) -> Callable[[Progress], int]:
        def run(_progress: Progress) -> int:
            running[0] += 1
            most[0] = max(most[0], running[0])
            running[0] -= 1
            return number

        return run

    for number in range(20):
        tasks.run(str(number), work(number), order.append)
    finish(qtbot, tasks)
    assert order == list(range(20))
    assert most == [1]


def test_work_that_asks_for_more_work_gets_it(qtbot: QtBot, tasks: Tasks) -> None:
    order: list[str] = []
    tasks.run(
        "Read",
        lambda _progress: "read",
        lambda result: (order.append(result), tasks.run("Apply", lambda _progress: "apply", order.append))[0],
    )
    finish(qtbot, tasks)
    assert order == ["read", "apply"]


def test_an_error_in_the_answer_does_not_stop_what_follows(qtbot: QtBot, tasks: Tasks) -> None:
    order: list[object] = []

    def stumble(_result: object) -> None:
        raise KeyError("a bug on the screen")

    with qtbot.captureExceptions() as caught:
        tasks.run("One", lambda _progress: 1, stumble, ended=lambda: order.append("ended"))
        tasks.run("Two", lambda _progress: 2, order.append)
        finish(qtbot, tasks)
    assert [kind for kind, _error, _trace in caught] == [KeyError]
    assert order == ["ended", 2]


def test_shutting_down_stops_waits_and_calls_nobody_back(qtbot: QtBot, tasks: Tasks, gate: Gate) -> None:
    ended = threading.Event()

    def work(progress: Progress) -> None:
        gate.started.set()
        while not progress.cancelled():
            gate.open.wait(0.001)
        ended.set()

    tasks.run("Long", work, _never, _never, _never)
    tasks.run("Never", _never, _never)
    assert gate.started.wait(LIMIT)
    tasks.shutdown()
    assert ended.is_set()
    assert not tasks.active()
    QTest.qWait(5)


def test_check_raises_only_when_cancelled() -> None:
    progress = Progress(lambda _fraction: None)
    progress.check()
    assert not progress.cancelled()
    progress.stop()
    with pytest.raises(Cancelled):
        progress.check()


def _never(*_args: Any) -> None:
    raise AssertionError("this must not be called")


def _raising(error: Exception) -> Callable[[Progress], None]:
    def work(_progress: Progress) -> None:
        raise error

    return work


def test_nothing_starts_after_the_end(qtbot: QtBot, tasks: Tasks) -> None:
    tasks.shutdown()
    tasks.shutdown()
    tasks.run("Late", _never, _never)
    assert not tasks.active()
    QTest.qWait(5)
