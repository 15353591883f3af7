"""What is still to be done with a person: done, later or no, each with one press."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from organizer.domain.consent import Topic
from organizer.domain.timeline import FollowUp
from organizer.i18n import _, format_date, format_number, ngettext
from organizer.ui import theme
from organizer.ui.widgets.buttons import ToolButton, button, icon_button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label

_FEW = 1
"""So many steps are shown until she asks for all."""


@dataclass(frozen=True)
class StepDeeds:
    """What the buttons of a step ask for."""

    done: Callable[[FollowUp], None]
    later: Callable[[FollowUp, date], None]
    no: Callable[[FollowUp, Topic | None], None]
    edit: Callable[[FollowUp], None]


class StepList(QWidget):
    """The next steps with one person, the earliest day first. `add_asked` asks for another one."""

    add_asked = Signal()

    def __init__(self, deeds: StepDeeds) -> None:
        super().__init__()
        self._deeds = deeds
        self._steps: Sequence[FollowUp] = ()
        self._today = date.min
        self._all = False
        self._rows = QVBoxLayout()
        theme.margins(self._rows, spacing=theme.S)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        column.addLayout(self._rows)

    def show_steps(self, steps: Sequence[FollowUp], today: date, same: bool) -> None:
        """Show these steps; of the `same` person all of them, if she asked for all."""
        self._all = self._all and same
        if same and (steps, today) == (self._steps, self._today):
            return
        self._steps, self._today = steps, today
        self._fill()

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _fill(self) -> None:
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        shown = self._steps if self._all else self._steps[:_FEW]
        rows = [StepRow(step, self._today, self._deeds) for step in shown]
        for row in rows:
            self._rows.addWidget(row)
        more = len(self._steps) - len(shown)
        if more and rows:
            text = ngettext("{count} more step", "{count} more steps", more).format(count=format_number(more))
            rows[0].offer(button(text, self._show_all, kind="flat"))
        self.setVisible(bool(self._steps))


class StepRow(QFrame):
    """One step: what, when, and the three answers."""

    def __init__(self, step: FollowUp, today: date, deeds: StepDeeds) -> None:
        super().__init__()
        theme.set_style(self, card=True)
        self.step, self._today, self._deeds = step, today, deeds
        name = step.body.partition("\n")[0]
        when = Label(due_words(step, today), size="small", tone="amber" if _is_late(step, today) else "muted")
        what = Label(_cut(step.body), wrap=True)
        answers = QWidget()
        flow = FlowLayout(answers)
        theme.margins(flow, spacing=theme.S)
        done = button(_("Done"), lambda: deeds.done(step), icon="circle-check")
        done.setAccessibleDescription(name)
        when.setMargin(theme.XS)
        flow.addWidget(when)
        flow.addWidget(done)
        self.later = _menu_button(_("Later"), self._later_menu, name)
        self.no = _menu_button(_("No"), self._no_menu, name)
        for made in (self.later, self.no):
            flow.addWidget(made)
        top = self._top = QHBoxLayout()
        top.addWidget(what, 1)
        change = icon_button("pencil", _("Change this step"), lambda: deeds.edit(step))
        top.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        theme.margins(column, theme.S, theme.XS, spacing=0)
        column.addLayout(top)
        column.addWidget(answers)

    def offer(self, more: QWidget) -> None:
        """Put a way to the other steps beside this one."""
        self._top.insertWidget(1, more, 0, Qt.AlignmentFlag.AlignTop)

    def _later_menu(self, menu: QMenu) -> None:
        names = {1: _("Tomorrow"), 7: _("In a week"), 14: _("In two weeks"), 30: _("In a month")}
        for days, name in names.items():
            day = self._today + timedelta(days=days)
            text = _("{when} ({day})").format(when=name, day=format_date(day))
            _add(menu, text, lambda day=day: self._deeds.later(self.step, day))  # type: ignore[misc]
        _add(menu, _("On another day…"), lambda: self._deeds.edit(self.step))

    def _no_menu(self, menu: QMenu) -> None:
        names: dict[Topic | None, str] = {
            None: _("Not this time"),
            Topic.PARTIES: _("No to parties, for good"),
            Topic.BUSINESS: _("No to the business, for good"),
            Topic.EVERYTHING: _("No to everything, for good"),
        }
        for topic, name in names.items():
            _add(menu, name, lambda topic=topic: self._deeds.no(self.step, topic))  # type: ignore[misc]


def due_words(step: FollowUp, today: date) -> str:
    """When a step is due, and calmly that its day has passed."""
    if step.due is None:
        return _("No day is set")
    if step.due == today:
        return _("Today")
    if _is_late(step, today):
        return _("Was planned for {day}").format(day=format_date(step.due))
    return _("Planned for {day}").format(day=format_date(step.due))


def _is_late(step: FollowUp, today: date) -> bool:
    return step.due is not None and step.due < today


def _cut(text: str) -> str:
    return text if len(text) <= 400 else text[:400] + " …"


def _menu_button(text: str, fill: Callable[[QMenu], None], name: str) -> QToolButton:
    made = ToolButton()
    made.setText(text)
    made.setAccessibleName(text)
    made.setAccessibleDescription(name)
    theme.set_style(made, toggle=True)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(made)
    menu.aboutToShow.connect(lambda: _refill(menu, fill))
    made.setMenu(menu)
    return made


def _refill(menu: QMenu, fill: Callable[[QMenu], None]) -> None:
    menu.clear()
    fill(menu)


def _add(menu: QMenu, text: str, do: Callable[[], None]) -> None:
    action = QAction(text, menu)
    action.triggered.connect(lambda _checked=False: do())
    menu.addAction(action)
