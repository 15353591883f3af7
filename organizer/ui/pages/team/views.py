"""The ways to look at one team: a switch, and the view that it has chosen. All of them choose the same member."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from organizer.i18n import _
from organizer.services.team import TeamView
from organizer.ui import theme
from organizer.ui.pages.team.segments import Segments
from organizer.ui.widgets.search_field import SearchField


class View(Protocol):
    """One way to look at a team; a QWidget.

    It may have the signals `menu_asked` and `dropped`, and a SearchField `search`, too.
    """

    chosen: Signal
    """(int): she has chosen the member with that id."""

    def show_view(self, view: TeamView | None, other: bool) -> None:
        """Show this state of the team; `other`: of another company or tree, forget what was open."""

    def choose(self, member_id: int) -> bool:
        """Show this member as chosen; False where she can't be shown."""

    def focus(self) -> None:
        """Take the keyboard."""


Make = Callable[[], QWidget]

_LEAST = 240
"""The height that a view has at least, at 100 % text."""


class Views(QStackedWidget):
    """Builds each view when it is first shown, and passes on what the one that is seen tells."""

    chosen = Signal(int)
    dropped = Signal(int, int)
    menu_asked = Signal(QPoint)
    turned = Signal(str)
    """Another view is shown: its key."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self._owner = owner
        self.switch = Segments(_("How the team is shown"))
        self.switch.chosen.connect(self._turn)
        self._makes: dict[str, Make] = {}
        self._made: dict[str, QWidget] = {}
        self._view: TeamView | None = None
        self._stale: dict[str, bool] = {}
        """Of the views that haven't been shown what there is now: whether it is of another team than before."""
        self._member_id = 0

    def add(self, key: str, word: str, make: Make) -> None:
        """Offer a view, which `make` builds."""
        self._makes[key] = make
        self._stale[key] = True
        keys = QKeySequence(f"Ctrl+Shift+{len(self._makes)}")
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        QShortcut(keys, self._owner, lambda: self.switch.choose(key))
        self.switch.add(key, word, f"{word} ({native})")

    def minimumSizeHint(self) -> QSize:
        """Qt's: views are cut rather than that the window grows with lines that wrap."""
        return QSize(super().minimumSizeHint().width(), theme.scaled(_LEAST))

    def key(self) -> str:
        """Which view is chosen."""
        return self.switch.current()

    def current(self) -> QWidget:
        """The view that is chosen."""
        return self._built(self.key())

    def show_view(self, view: TeamView | None, other: bool) -> None:
        """Show another state of the team, now in the one that is seen and later in the others."""
        self._view = view
        for key in self._makes:
            self._stale[key] = other or self._stale.get(key, False)
        self._catch_up()

    def choose(self, member_id: int) -> bool:
        """Show a member as chosen; False where she can't be shown."""
        self._member_id = member_id
        with QSignalBlocker(self):
            return bool(self.current().choose(member_id))  # type: ignore[attr-defined]  # see View

    def focus(self) -> None:
        """Give the keyboard to the view that is seen."""
        self.current().focus()  # type: ignore[attr-defined]  # see View

    def start_search(self) -> None:
        """Give the keyboard to the seen view's search, if it has one."""
        search = getattr(self.current(), "search", None)
        if isinstance(search, SearchField):
            search.start()
        else:
            self.focus()

    def _turn(self, key: str) -> None:
        self._catch_up()
        self.choose(self._member_id)
        self.turned.emit(key)

    def _catch_up(self) -> None:
        key = self.key()
        shown = self._built(key)
        self.setCurrentWidget(shown)
        if key in self._stale:
            other = self._stale.pop(key)
            with QSignalBlocker(self):
                shown.show_view(self._view, other)  # type: ignore[attr-defined]  # see View

    def _built(self, key: str) -> QWidget:
        if key not in self._made:
            made = self._makes[key]()
            self._made[key] = made
            self.addWidget(made)
            made.chosen.connect(self._on_chosen)  # type: ignore[attr-defined]  # see View
            for name in ("dropped", "menu_asked"):
                if isinstance(signal := getattr(made, name, None), SignalInstance):
                    signal.connect(getattr(self, name))
        return self._made[key]

    def _on_chosen(self, member_id: int) -> None:
        self._member_id = member_id
        self.chosen.emit(member_id)
