"""A quiet bar while somebody is written: who in the file may be the same person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.contact import Contact
from organizer.i18n import _
from organizer.services import contacts, duplicates
from organizer.services.duplicates import Alike, Prepared, Sureness
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label, OneLine
from organizer.ui.widgets.messages import spoken

_WAIT = 200
"""Milliseconds without a keystroke before it looks."""

_MOST = 3
_TABLES = frozenset({"person", "person_phone", "person_email", "relation"})


class _Deed(NamedTuple):
    word: str
    said: str
    do: Callable[[int], object]


class AlikeHint(QFrame):
    """Hidden while there is nobody. Never in the way: it takes no focus by itself."""

    open_asked = Signal(int)
    """Show this person instead."""
    merge_asked = Signal(int)
    """Merge the one who is shown with this person."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme.set_style(self, card=True)
        self._context = context
        self._draft = Contact()
        self._preparing = False
        self.found: list[Alike] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.look)
        self._lines = QVBoxLayout(self)
        theme.margins(self._lines, theme.M, theme.S, spacing=theme.XS)
        context.changed.connect(self._on_changed)
        self.hide()

    def show_for(self, draft: Contact) -> None:
        """Look, once the typing rests, who may be the person written here; `id` 0 while they aren't stored."""
        same = draft.id == self._draft.id
        self._draft = draft
        if not same:
            self._show([])
        self._timer.start()

    def look(self) -> None:
        """Look at once."""
        self._timer.stop()
        file = self._context.file
        if not (self._draft.name.strip() or self._draft.phones or self._draft.emails):
            self._show([])
        elif duplicates.is_ready(file):
            found = duplicates.alike(file, self._draft)
            self._show([one for one in found if one.sure is not Sureness.PERHAPS][:_MOST])
        elif not self._preparing:
            self._preparing = True
            self._context.run(duplicates.prepare(file), self._take, self._prepared)

    def part(self, person_id: int) -> None:
        """Note that the one who is shown and this person are two."""
        context, own = self._context, self._draft.id
        context.deed(lambda: duplicates.different(context.file, own, person_id), _("Noted: these are two people."))
        self.look()

    def _on_changed(self, touched: frozenset[str]) -> None:
        if self.found and touched & _TABLES:  # they may be gone, one card, or somebody else by now
            self._timer.start()

    def _add(self, person_id: int) -> None:
        """Put somebody who only stands in a team into Contacts, and show them."""
        context = self._context
        context.deed(lambda: contacts.show_in_contacts(context.file, person_id))
        self.open_asked.emit(person_id)

    def _take(self, prepared: Prepared) -> None:
        duplicates.take(self._context.file, prepared)
        self.look()

    def _prepared(self) -> None:
        self._preparing = False

    def _show(self, found: list[Alike]) -> None:
        if found == self.found:
            return
        self.found = found
        while item := self._lines.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        if found:
            self._lines.addWidget(Label(_("Perhaps here already:"), size="small", tone="muted"))
        for one in found:
            self._lines.addWidget(self._line(one))
        self.setVisible(bool(found))

    def _line(self, one: Alike) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        theme.margins(row, spacing=theme.S)
        name = one.name or _("Without a name")
        why = " · ".join(map(spoken, one.reasons))
        row.addWidget(OneLine(f"{name}: {why}"), 1)
        if one.listed:
            deeds = [_Deed(_("Open"), _("Open {name}"), self.open_asked.emit)]
        else:
            deeds = [_Deed(_("Show in Contacts"), _("Show {name} in Contacts"), self._add)]
        if self._draft.id:
            deeds.append(_Deed(_("Merge…"), _("Merge with {name}"), self.merge_asked.emit))
            deeds.append(_Deed(_("Two people"), _("{name} is somebody else"), self.part))
        for word, said, do in deeds:
            made = button(word, partial(do, one.person_id), kind="flat")
            made.setAccessibleName(said.format(name=name))
            row.addWidget(made)
        return line
