"""Search in the whole team by name or number: how many there are, and from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from organizer.domain.contact import fold
from organizer.i18n import _, format_number, ngettext
from organizer.ui import theme
from organizer.ui.models.team import TeamModel
from organizer.ui.widgets.buttons import icon_button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.search_field import SearchField


class TeamSearch:
    """Finds members on plain data. `places` are the hits' places from the top of the opened tree, ascending."""

    def __init__(self, model: TeamModel) -> None:
        self._model = model
        self._view: object = None
        self._folded: list[str] = []
        self._texts: list[str] | None = None
        self._place_of: dict[int, int] = {}
        self._query = ""
        self.places: list[int] = []

    def forget(self) -> None:
        """The team or its order has changed: look again for the same."""
        self._texts = None
        self.find(self._query)

    def find(self, query: str) -> int:
        """Look for members with every word of `query` in name or number; how many there are."""
        self._query = query
        words = fold(query).split()
        self.places = []
        if words:
            texts = self._prepared()
            first, others = words[0], words[1:]
            hits = [place for place, text in enumerate(texts) if first in text]
            self.places = [place for place in hits if all(word in texts[place] for word in others)]
        return len(self.places)

    def number_of(self, position: int) -> int:
        """Which of the hits the member at `position` is, from 1; 0 when she is none of them."""
        place = self._place_of.get(position, -1)
        found = bisect_left(self.places, place)
        return found + 1 if found < len(self.places) and self.places[found] == place else 0

    def next(self, position: int, forward: bool = True) -> int:
        """The position of the hit after (or before) the member at `position`, around the end; -1 for none."""
        if not self.places:
            return -1
        place = self._place_of.get(position, -1)
        found = bisect_right(self.places, place) if forward else bisect_left(self.places, place) - 1
        return self._model.order()[self.places[found % len(self.places)]]

    def _prepared(self) -> list[str]:
        if self._texts is None:
            order, view = self._model.order(), self._model.view
            if view is not self._view:
                numbers = view.team.numbers if view else ()
                self._folded = [fold(f"{self._model.name(i)}\n{number}") for i, number in enumerate(numbers)]
                self._view = view
            self._place_of = {position: place for place, position in enumerate(order)}
            self._texts = [self._folded[position] for position in order]
        return self._texts


class FindBar(QWidget):
    """The search field with "3 of 17" and the way to the next and previous; `found(position)` says where to go."""

    found = Signal(int)
    left = Signal()
    """The person wants to go on to the tree."""

    def __init__(self, model: TeamModel) -> None:
        super().__init__()
        self._model = model
        self._search = TeamSearch(model)
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
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self.step)
        self.field.down_pressed.connect(self.left)
        QShortcut(QKeySequence("F3"), self, self.step)
        QShortcut(QKeySequence("Shift+F3"), self, lambda: self.step(False))
        self._say()

    def renew(self) -> None:
        """Search again: the team, or the order it is shown in, is another."""
        if self.field.text():
            self._search.forget()
        else:
            self._search = TeamSearch(self._model)
        self._say()

    def at(self, position: int) -> None:
        """The member at `position` has been chosen: count and go on from there."""
        self._position = position
        self._say()

    def step(self, forward: bool = True) -> None:
        """Go to the next hit (or the previous one)."""
        position = self._search.next(self._position, forward)
        if position >= 0:
            self.found.emit(position)
        elif not self.field.text():
            self.field.start()

    def _on_text(self, text: str) -> None:
        self._search.find(text)
        self._say()

    def _say(self) -> None:
        hits, number = len(self._search.places), self._search.number_of(self._position)
        if not self.field.text().strip():
            text = ""
        elif number:
            text = _("{number} of {count}").format(number=format_number(number), count=format_number(hits))
        elif hits:
            text = ngettext("{count} found", "{count} found", hits).format(count=format_number(hits))
        else:
            text = _("Nobody found")
        self.count.setText(text)
        self._previous.setEnabled(hits > 0)
        self._next.setEnabled(hits > 0)
