"""A field that finds one person among many: typing shows who fits, by name or number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from organizer.domain.contact import fold

_SHOWN = 40


class Picker(QLineEdit):
    """`choices` are (id, text) pairs. `picked(id)` follows what is written: 0 while it is nobody."""

    picked = Signal(int)

    def __init__(self, choices: Sequence[tuple[int, str]], name: str, placeholder: str = "") -> None:
        super().__init__()
        self._choices = choices
        self._folded = [fold(text) for _id, text in choices]
        self._offered: list[int] = []
        self._chosen = 0
        self._texts = QStringListModel(self)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        completer = QCompleter(self._texts, self)
        # we have filtered already, without accents, which the completer can't
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]  # the stubs know no overloads
        if popup := completer.popup():
            popup.setAccessibleName(name)
        self.setCompleter(completer)
        self.textEdited.connect(self._on_edited)

    def chosen(self) -> int:
        """The id of who is chosen, 0 for nobody."""
        return self._chosen

    def choose(self, id_: int) -> None:
        """Choose the one with that id; nobody when there is none."""
        text = next((text for known, text in self._choices if known == id_), "")
        self.setText(text)
        self._set(id_ if text else 0)

    def offered(self, text: str) -> list[int]:
        """Places in `choices` of those with every word of `text`; those that begin with it come first."""
        query = fold(text)
        words = query.split()
        if not words:
            return []
        hits = [i for i, folded in enumerate(self._folded) if all(word in folded for word in words)]
        return sorted(hits, key=lambda i: not self._folded[i].startswith(query))[:_SHOWN]

    def _on_edited(self, text: str) -> None:
        self._offered = self.offered(text)
        self._texts.setStringList([self._choices[i][1] for i in self._offered])
        exact = [i for i in self._offered if self._folded[i] == fold(text.strip())]
        self._set(self._choices[exact[0]][0] if len(exact) == 1 else 0)

    def _on_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            self._set(self._choices[self._offered[index.row()]][0])

    def _set(self, id_: int) -> None:
        self._chosen = id_
        self.picked.emit(id_)
