"""What the fields of a form work on: the draft, and who must hear when it has become another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from organizer.domain.commission.asked import Path
from organizer.domain.result import Refusal
from organizer.services.plan_form import Draft
from organizer.ui.widgets.messages import spoken

T = TypeVar("T")


class Work(QObject):
    """A draft with what is only on the screen: typed text that is no value yet, and conditions that are open."""

    changed = Signal()
    """The draft is another now."""
    unread = Signal()
    """Something was typed that is no value, or was put right."""
    refused = Signal(str)
    """Why a change could not be made; nothing was changed."""
    went = Signal(object)
    """A part was added or moved: its path."""

    def __init__(self, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.typed: dict[Path, str] = {}
        self.opened: set[Path] = set()

    def do(self, deed: Callable[[], T]) -> T | None:
        """Make a change and tell of it; None where it is refused, which is told too."""
        try:
            done = deed()
        except Refusal as refusal:
            self.refused.emit(spoken(refusal))
            return None
        self.changed.emit()
        return done

    def wrong(self, path: Path, why: str) -> None:
        """Note that what is typed at `path` is no value; "" when it is one again."""
        if why:
            self.typed[path] = why
        elif path not in self.typed:
            return
        else:
            del self.typed[path]
        self.unread.emit()
