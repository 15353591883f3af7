"""Conditions of a rank or a bonus: each as a sentence that opens into its fields."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from organizer.domain.commission import labels
from organizer.domain.commission.asked import Asked, Path
from organizer.i18n import _
from organizer.services.plan_parts import new_condition, sentence
from organizer.ui import theme
from organizer.ui.dialogs.plan_form.fields import Field
from organizer.ui.dialogs.plan_form.work import Work
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken


class ConditionsField(Field):
    """All of these must hold. `group` makes the fields of the condition at a path."""

    def __init__(self, work: Work, asked: Asked, name: str, group: Callable[[Path], QWidget]) -> None:
        super().__init__(work, asked.path, name)
        self._column = QVBoxLayout(self)
        theme.margins(self._column, spacing=theme.XS)
        self.said: list[Label] = []
        self.openers: list[QWidget] = []
        count = len(asked.value) if isinstance(asked.value, list) else 0
        for place in range(count):
            self._entry((*asked.path, place), group)
        if not count:
            self._column.addWidget(Label(_("Nothing is asked for."), tone="muted"))
        self.adder = button(_("Add a condition…"), icon="plus", kind="flat")
        menu = QMenu(self.adder)
        of_bonus = asked.path[0] != "ranks"
        for key in labels.CONDITIONS:
            if key != "rank" or of_bonus:
                menu.addAction(spoken(labels.condition_kind(key))).triggered.connect(partial(self._add, key))
        self.adder.setMenu(menu)
        self._column.addWidget(self.adder, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.adder)

    def _entry(self, path: Path, group: Callable[[Path], QWidget]) -> None:
        opened = path in self.work.opened
        card = QFrame()
        theme.set_style(card, card=True)
        inside = QVBoxLayout(card)
        theme.margins(inside, theme.M, theme.XS, spacing=theme.XS)
        said = Label(wrap=True)
        text = _("Close {name}") if opened else _("Change {name}")
        opener = icon_button("chevron-up" if opened else "chevron-down", "", lambda: self._toggle(path))
        remover = icon_button("x", "", lambda: self._remove(path))
        row = QHBoxLayout()
        theme.margins(row, spacing=theme.S)
        row.addWidget(said, 1)
        row.addWidget(opener)
        row.addWidget(remover)
        inside.addLayout(row)
        if opened:
            inside.addWidget(group(path))
        self._column.addWidget(card)
        self.said.append(said)
        self.openers.append(opener)
        self._name(path, said, opener, text, remover)

    def _name(self, path: Path, said: Label, opener: QWidget, text: str, remover: QWidget) -> None:
        words = sentence(self.work.draft, path)
        said.setText(words)
        for widget, called in ((opener, text), (remover, _("Remove {name}"))):
            widget.setAccessibleName(called.format(name=words))
            widget.setToolTip(called.format(name=words).replace("<", "&lt;"))

    def show_value(self, value: Any) -> None:
        """Say each condition as it is now."""
        for place, said in enumerate(self.said):
            said.setText(sentence(self.work.draft, (*self.path, place)))

    def _toggle(self, path: Path) -> None:
        self.work.opened.symmetric_difference_update({path})
        self.work.changed.emit()
        if path in self.work.opened:
            self.work.went.emit(path)

    def _add(self, key: str) -> None:
        entry = new_condition(self.work.draft, key)
        where = self.work.do(lambda: self.work.draft.add_entry(self.path, entry))
        if where is not None:
            self.work.opened.add(where)
            self.work.changed.emit()
            self.work.went.emit(where)

    def _remove(self, path: Path) -> None:
        below = {one for one in self.work.opened if one[: len(self.path)] == self.path}
        self.work.opened -= below  # those after it have another place now
        self.work.do(lambda: self.work.draft.remove(path))
