"""The box above the list of contacts that names which list is shown: hers first, then those that come with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker

from organizer.domain.contact_filter import Filter
from organizer.i18n import _
from organizer.services.contact_lists import SavedList
from organizer.ui.pages.contacts.list_chooser import LongBox

_UNSAVED = -1


class ListChoice(LongBox):
    """Everybody, her lists, the shipped ones; and the filter put together now, where it is none of them."""

    def __init__(self) -> None:
        super().__init__(_("List"))
        self._lists: Sequence[SavedList] = ()

    def offer(self, lists: Sequence[SavedList]) -> None:
        """Offer these lists; `show_as` then says what is shown."""
        self._lists = lists
        with QSignalBlocker(self):
            self.clear()
            self.addItem(_("Everybody"), None)
            for place, one in enumerate(lists):
                if one.shipped and not lists[place - 1].shipped:
                    self.insertSeparator(self.count())
                self.addItem(one.name, place)

    def mine(self, name: str) -> SavedList | None:
        """Her own list of this name."""
        return next((one for one in self._lists if not one.shipped and one.name == name), None)

    def at(self, index: int) -> SavedList | None:
        """The list in a row; None for everybody, and for what isn't saved."""
        place = self.itemData(index)
        return self._lists[place] if place is not None and place != _UNSAVED else None

    def is_everybody(self, index: int) -> bool:
        """Whether the row stands for everybody."""
        return self.itemData(index) is None

    def show_as(self, shown: Filter, name: str) -> None:
        """Name what is shown; `name` is her list that it is, or was before she changed it."""
        unsaved = self.findData(_UNSAVED)
        place = next((place for place, one in enumerate(self._lists) if _is(one, shown, name)), None)
        if shown.conditions and place is None:
            if unsaved < 0:
                self.insertItem(1, _("Not saved yet"), _UNSAVED)
            self.setCurrentIndex(1)
            return
        self.setCurrentIndex(self.findData(place) if shown.conditions else 0)
        if unsaved >= 0:
            self.removeItem(unsaved)


def _is(one: SavedList, shown: Filter, name: str) -> bool:
    return one.filter == shown and (not name or (not one.shipped and one.name == name))
