"""Search in the whole team by name or number: how many there are, and from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.ui import theme
from organizer.ui.models.team import TeamModel
from organizer.ui.widgets.buttons import icon_button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.search_field import SearchField


class Hits:
    """Those who were found, in the order of the opened tree."""

    def __init__(self, model: TeamModel) -> None:
        self._model = model
        self._found: set[int] = set()
        self._places: list[int] | None = None
        self._place_of: dict[int, int] = {}

    def take(self, found: Iterable[int]) -> None:
        """These members (their positions) were found."""
        self._found = set(found)
        self._places = None

    def forget_order(self) -> None:
        """The tree shows another order, or others."""
        self._places = None

    def __len__(self) -> int:
        return len(self._found)

    def number_of(self, position: int) -> int:
        """Which of the hits the member at `position` is, from 1; 0 when she is none of them."""
        if position not in self._found:
            return 0
        places = self._in_order()
        return bisect_left(places, self._place_of[position]) + 1

    def next(self, position: int, forward: bool = True) -> int:
        """The position of the hit after (or before) the member at `position`, around the end; -1 for none."""
        places = self._in_order()
        if not places:
            return -1
        place = self._place_of.get(position, -1)
        found = bisect_right(places, place) if forward else bisect_left(places, place) - 1
        return self._model.order()[places[found % len(places)]]

    def _in_order(self) -> list[int]:
        if self._places is None:
            order = self._model.order()
            self._place_of = {position: place for place, position in enumerate(order)}
            self._places = sorted(self._place_of[position] for position in self._found)
        return self._places


class FindBar(QWidget):
    """The search field with "3 of 17" and the way to the next and previous; `found(position)` says where to go."""

    found = Signal(int)
    left = Signal()
    """The person wants to go on to the tree."""

    def __init__(self, model: TeamModel) -> None:
        super().__init__()
        self.hits = Hits(model)
        self._asked = False
        self._position = -1
        self.field = SearchField(_("Search name or number"), _("Search in the team"))
        self.count = Label(tone="muted")
        self._previous = icon_button("chevron-up", _("Previous hit (Shift+F3)"), lambda: self.step(False))
        self._next = icon_button("chevron-down", _("Next hit (F3)"), self.step)
        layout = QHBoxLayout(self)
        theme.margins(layout, spacing=theme.XS)
        for widget in (self.field, self.count, self._previous, self._next):
            layout.addWidget(widget)
        layout.setStretch(0, 1)
        self.field.returnPressed.connect(self.step)
        self.field.down_pressed.connect(self.left)
        QShortcut(QKeySequence("F3"), self, self.step)
        QShortcut(QKeySequence("Shift+F3"), self, lambda: self.step(False))
        self._say()

    def take(self, found: Iterable[int] | None) -> None:
        """These were found (positions); None: nothing is asked for."""
        self._asked = found is not None
        self.hits.take(found or ())
        self._say()

    def renew(self) -> None:
        """The tree is shown in another order."""
        self.hits.forget_order()
        self._say()

    def at(self, position: int) -> None:
        """The member at `position` has been chosen: count and go on from there."""
        self._position = position
        self._say()

    def step(self, forward: bool = True) -> None:
        """Go to the next hit (or the previous one)."""
        position = self.hits.next(self._position, forward)
        if position >= 0:
            self.found.emit(position)
        elif not self._asked:
            self.field.start()

    def _say(self) -> None:
        hits, number = len(self.hits), self.hits.number_of(self._position)
        if not self._asked:
            text = ""
        elif not (number or self.field.text().strip()):
            text = ""  # the filters say how many
        elif number:
            text = _("{number} of {count}").format(number=format_number(number), count=format_number(hits))
        elif hits:
            text = ngettext("{count} found", "{count} found", hits).format(count=format_number(hits))
        else:
            text = _("Nobody found")
        self.count.setText(text)
        self._previous.setEnabled(hits > 0)
        self._next.setEnabled(hits > 0)
