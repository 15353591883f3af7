"""The right side of the form: the fields of the chosen part, and below them what it means in plain words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.commission.asked import Path
from organizer.i18n import _
from organizer.services.plan_parts import Part
from organizer.services.plan_words import told
from organizer.ui import theme
from organizer.ui.dialogs.plan_form.group import Group
from organizer.ui.dialogs.plan_form.work import Work
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.tab_order import TabAnchor

_WORDS = 92


class PartPage(QWidget):
    """The fields of one part, kept as long as it asks for the same."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._shape: Any = None
        self.title = Label(size="heading")
        self.group: Group | None = None
        self._anchor = TabAnchor(self)
        self.area = _area(_("Fields of the part"))
        self.words = Label(wrap=True, selectable=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        below = _area(_("In plain words"))
        below.setWidget(self.words)
        theme.set_style(below, card=True)
        below.setMinimumHeight(theme.scaled(_WORDS))
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.S)
        column.setContentsMargins(theme.M, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.area, 4)
        column.addWidget(Label(_("In plain words"), bold=True))
        column.addWidget(below, 1)

    def show_part(self, part: Part) -> None:
        """Show a part; its fields are made anew only where it asks for something else than before."""
        shape = (part.key, part.keys, self._work.draft.shape(part.table, part.keys), frozenset(self._work.opened))
        self.title.setText(part.title)
        if shape != self._shape:
            self._rebuild(part)
            self._shape = shape
        if self.group is not None:
            self.group.show_values()
        self._say(part)

    def _rebuild(self, part: Part) -> None:
        bar, same = self.area.verticalScrollBar(), self._shape is not None and self._shape[0] == part.key
        stood = bar.value() if same else 0
        inside = QWidget()
        column = QVBoxLayout(inside)
        theme.margins(column, theme.M, theme.S, spacing=theme.S)
        self.group = Group(self._work, part.table, part.keys)
        if part.adds:
            column.addWidget(Label(hint(part.adds), tone="muted", wrap=True))
        column.addWidget(self.group)
        self.group.setVisible(bool(part.table or part.keys))
        column.addStretch(1)
        old = self.area.takeWidget()
        self.area.setWidget(inside)
        if old is not None:
            old.hide()
            old.deleteLater()
        bar.setValue(stood)
        self._anchor.lead(stops(inside))

    def _say(self, part: Part) -> None:
        plan = self._work.draft.plan()
        if plan is None:
            self.words.setText(_("Once the mistakes are put right, this tells what the part means."))
            return
        said = [one for one in told(plan) if one.key in part.sections]
        text = "\n".join("\n".join(one.sentences) for one in said)
        self.words.setText(text or _("Choose a part on the left to see what it means."))

    def show_mistakes(self) -> None:
        """Say at each field what is wrong with it."""
        if self.group is not None:
            self.group.show_mistakes()

    def go(self, path: Path) -> None:
        """Put the cursor into the field that shows what stands at `path`."""
        field = self.group.field_of(path) if self.group is not None else None
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(field)


def stops(widget: QWidget) -> list[QWidget]:
    """Where Tab stops in a widget, in the order in which its parts were put together."""
    every = [
        one for one in widget.findChildren(QWidget) if one.focusProxy() is None and one.window() is widget.window()
    ]
    return [one for one in every if one.focusPolicy() & Qt.FocusPolicy.TabFocus]


def hint(key: str) -> str:
    """What a list of parts is, above its fields."""
    return {
        "volumes": _("What is counted for each member. Add one with the button below the list."),
        "ranks": _("From the lowest to the highest. Add one with the button below the list."),
        "components": _("Worked out from the first to the last. Add one with the button below the list."),
        "caps": _("The most that is paid. Add one with the button below the list."),
        "deductions": _("What is taken off the pay. Add one with the button below the list."),
    }[key]


def _area(name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(name)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
