"""What every page works with: the open file, the company in view, long work, and the answer to each deed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from organizer.domain.company import Company
from organizer.domain.result import FieldRefusal, Refusal
from organizer.i18n import say
from organizer.services import companies, files
from organizer.services.files import File
from organizer.services.jobs import Job
from organizer.ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from organizer.domain.period import Period
    from organizer.ui.preferences import Preferences

T = TypeVar("T")


class Context(QObject):
    """Shared by the pages of one window. `changed` carries the names of the tables that a deed touched."""

    changed = Signal(object)
    company_changed = Signal()
    answered = Signal(str, bool)
    warned = Signal(str)
    refused = Signal(object)
    """The Refusal that `warned` tells of, for whoever knows a way on."""
    goto = Signal(str, int)
    """Asks the window to show page `str` ("contacts", "team", "products") with the thing whose id is `int`."""

    def __init__(self, file: File, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.tasks = tasks
        self.preferences: Preferences | None = None
        """What this computer remembers of the program; None where nothing is to be remembered."""
        self.company: Company | None = None
        self._period: Period | None = None
        self._gathered: set[str] | None = None
        self._load_company()
        file.listeners.append(self._on_changed)

    def release(self) -> None:
        """Stop listening to the file; the window is about to close it."""
        if self._on_changed in self.file.listeners:
            self.file.listeners.remove(self._on_changed)

    def deed(self, do: Callable[[], T], answer: str = "") -> T | None:
        """Run a deed of `services`; on success answer with Undo beside it, on a refusal warn and return None.

        A FieldRefusal goes on to the caller, who shows it at the field.
        """
        try:
            result = do()
        except FieldRefusal:
            raise
        except Refusal as refusal:
            self.warn(refusal)
            return None
        if answer:
            self.answered.emit(answer, files.undoable(self.file) is not None)
        return result

    def warn(self, refusal: Refusal) -> None:
        """Show a refusal in the status line."""
        self.warned.emit(say(refusal.message.text, refusal.message.values))
        self.refused.emit(refusal)

    def run(self, job: Job[T], done: Callable[[T], None], ended: Callable[[], None] | None = None) -> Task:
        """Run heavy work off the main thread; `done` gets its result, a refusal is shown.

        `ended` comes last, however it went. A page that is taken down is never called back.
        """
        return self.tasks.run(job.title, job.work, done, self.warn, ended)

    def choose_company(self, company_id: int) -> None:
        """Show another company's team, products and earnings from now on."""
        if self.company is None or company_id != self.company.id:
            companies.choose(self.file, company_id)
            self._load_company()
            self.company_changed.emit()

    def choose_period(self, period: Period) -> None:
        """Show another period on the pages that have one."""
        if period != self.period:
            self._period = period
            self.company_changed.emit()

    @property
    def period(self) -> Period:
        """The period in view: the one chosen, else the latest of the company in view, else this month."""
        if self._period is None:
            # asked when a page first wants it: Contacts, which a start waits for, never does
            self._period = self._latest()
        return self._period

    def _latest(self) -> Period:
        from organizer.domain.period import Period
        from organizer.services import team

        if self.company:
            return team.latest_period(self.file, self.company.id)
        return Period.containing(self.file.clock().date())

    def _load_company(self) -> None:
        before = self.company
        self.company = companies.current(self.file)
        if self.company and (before is None or before.id != self.company.id or not self._fits(before)):
            self._period = None

    def _fits(self, before: Company) -> bool:
        """Whether the period in view is still one of the company's, whose plan may be another than `before`."""
        if self._period is None or self.company is None or before.plan_id == self.company.plan_id:
            return True
        from organizer.services import periods

        return periods.calendar_of(self.file, self.company.id).has(self._period)

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Many deeds in a row: the pages hear of all of them together, when the block is left."""
        self._gathered = set()
        try:
            yield
        finally:
            touched, self._gathered = frozenset(self._gathered), None
            if touched:
                self._on_changed(touched)

    def _on_changed(self, touched: frozenset[str]) -> None:
        if self._gathered is not None:
            self._gathered |= touched
            return
        if touched & {"company", "setting"}:
            before = self.company
            self._load_company()
            if before != self.company:
                self.company_changed.emit()
        self.changed.emit(touched)
