"""Long work off the main thread: one at a time, with progress and cancel, and its answer back on the screen."""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from organizer.domain.result import Cancelled, Refusal
from organizer.i18n import say

T = TypeVar("T")

_STEPS = 200  # finer progress can't be seen on a bar and would only keep the screen busy


class Progress:
    """What work tells while it runs, and asks: was it cancelled? Fits `services.jobs.Progress`."""

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._step = -1

    def report(self, fraction: float) -> None:
        """How far the work is, from 0 to 1."""
        step = int(min(max(fraction, 0.0), 1.0) * _STEPS)
        if step != self._step:
            self._step = step
            self._tell(step / _STEPS)

    def cancelled(self) -> bool:
        """True when the user wants it to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise Cancelled when the user wants it to stop."""
        if self.cancelled():
            raise Cancelled

    def stop(self) -> None:
        """Ask the work to stop as soon as it looks."""
        self._stop.set()


class Task:
    """One piece of work that waits, runs or has ended."""

    def __init__(self, title: str, work: Callable[[Any], Any], tell: Callable[[Task, float], None]) -> None:
        self.title = title
        self.progress = Progress(lambda fraction: tell(self, fraction))
        self.work = work
        self.done: Callable[[Any], None] | None = None
        self.failed: Callable[[Refusal], None] | None = None
        self.ended: Callable[[], None] | None = None
        self.dropped = False

    def cancel(self) -> None:
        """Stop it as soon as it looks; it ends quietly, and nothing was changed."""
        self.progress.stop()

    def drop(self) -> None:
        """Stop it, and call nobody back: whoever asked for it doesn't wait for it any more."""
        self.dropped = True
        self.cancel()


class Tasks(QObject):
    """The long work of one window, in the order asked for. Work gets plain data only: no database, no widget."""

    began = Signal(str)
    """Title of the work that starts now."""
    progressed = Signal(str, float)
    """Title, and how far from 0 to 1."""
    ended = Signal()
    """The work is over, however it went; more may follow."""
    refused = Signal(str)
    """A refusal that nobody else took, in the user's language."""
    cancelled = Signal(str)
    """Title of the work that the user stopped."""

    _told = Signal(object, float)
    _came = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._waiting: deque[Task] = deque()
        self._running: Task | None = None
        self._over = False
        # queued: the worker emits, the main thread hears
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Refusal], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Task:
        """Run `work` off the main thread, then one of these on the main thread:

        `done` with its result; `failed` with its Refusal (without it, `refused` tells); nothing but the signal
        `cancelled` when the user stopped it; a bug goes to sys.excepthook. `ended` always comes last.
        """
        task = Task(title, work, self._told.emit)
        task.done, task.failed, task.ended = done, failed, ended
        self._waiting.append(task)
        self._next()
        return task

    def active(self) -> bool:
        """True while work runs or waits."""
        return not self._over and (self._running is not None or bool(self._waiting))

    def cancel(self) -> None:
        """Stop the work that runs now."""
        if self._running:
            self._running.cancel()

    def shutdown(self) -> bool:
        """Stop everything and wait until the worker is idle; nothing is started or called back any more.

        True when somebody was still waiting for some of it.
        """
        under_way = [*self._waiting, *([self._running] if self._running else [])]
        self._over = True
        self._waiting.clear()
        self.cancel()
        self._pool.waitForDone()
        self._running = None
        return any(not task.dropped for task in under_way)

    def _next(self) -> None:
        if self._running is None and self._waiting and not self._over:
            task = self._running = self._waiting.popleft()
            self.began.emit(task.title)
            self._pool.start(lambda: self._work(task))

    def _work(self, task: Task) -> None:
        """On the worker thread: everything that happens here is told to the main thread."""
        try:
            task.progress.check()
            result = task.work(task.progress)
        except BaseException as error:
            self._came.emit(task, None, error)
        else:
            self._came.emit(task, result, None)

    def _on_told(self, task: Task, fraction: float) -> None:
        if task is self._running and not self._over:
            self.progressed.emit(task.title, fraction)

    def _on_came(self, task: Task, result: Any, error: BaseException | None) -> None:
        if self._over:
            return
        self._running = None
        self.ended.emit()
        if task.dropped and (error is None or isinstance(error, Cancelled | Refusal)):
            self._next()
            return
        try:
            self._deliver(task, result, error)
        finally:
            if task.ended:
                task.ended()
            self._next()

    def _deliver(self, task: Task, result: Any, error: BaseException | None) -> None:
        match error:
            case Cancelled():
                self.cancelled.emit(task.title)
            case Refusal():
                if task.failed:
                    task.failed(error)
                else:
                    self.refused.emit(say(error.message.text, error.message.values))
            case None:
                if task.done:
                    task.done(result)
            case _:
                sys.excepthook(type(error), error, error.__traceback__)
