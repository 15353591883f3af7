"""A window test must leave nothing behind: no window on the screen, no work or thread that runs on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from organizer.ui.tasks import Tasks


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    app = request.getfixturevalue("qapp")
    before, threads = _shown(), _threads()
    used: list[Tasks] = []
    monkeypatch.setattr(Tasks, "run", _noting(Tasks.run, used))
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
    left = _shown() - before
    names = sorted(f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in left)
    for widget in left:
        widget.close()
    assert not names, f"windows left open: {names}"
    assert not [tasks for tasks in used if shiboken6.isValid(tasks) and tasks.active()], "work goes on"
    assert _threads() <= threads, "threads go on"


def _noting(run: Callable[..., Any], used: list[Tasks]) -> Callable[..., Any]:
    def noted(self: Tasks, *args: Any, **kwargs: Any) -> Any:
        used.append(self)
        return run(self, *args, **kwargs)

    return noted


def _shown() -> set[QWidget]:
    return {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}


def _threads() -> set[str]:
    # Qt's own workers show as dummies, which Python 3.11 never forgets
    return {thread.name for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}
