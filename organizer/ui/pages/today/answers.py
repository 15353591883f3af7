"""The three big answers: done, later, no. Each asks for no more than it needs, below the buttons."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.consent import Purpose, Topic
from organizer.domain.timeline import EntryKind, FollowUp
from organizer.i18n import _
from organizer.services import follow_ups
from organizer.ui import theme
from organizer.ui.pages.today.due_list import answer_words
from organizer.ui.pages.today.words import day_name, kind_name
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label

_ICONS = {"done": "circle-check", "later": "clock", "no": "circle-x"}
_HIGH = 44


class Answers(QWidget):
    """Answers for one step: `done(words, kind)`, `later(day)`, `other_day()`, `no(topic or None, words)`.

    `left` tells that she went back without an answer.
    """

    done = Signal(str, object)
    later = Signal(object)
    other_day = Signal()
    no = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._today = date.min
        self._step: FollowUp | None = None
        self.buttons = {key: self._big(key, word) for key, word in answer_words().items()}
        self.menu = QMenu(self)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for one in self.buttons.values():
            row.addWidget(one, 1)
        self.said, self.refusing = SaidStrip(), NoStrip()
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.S)
        column.addLayout(row)
        for strip in (self.said, self.refusing):
            strip.hide()
            strip.left.connect(self.close_strips)
            strip.left.connect(self.left)
            column.addWidget(strip)
        self.said.told.connect(self.done)
        self.refusing.told.connect(self.no)

    def _big(self, key: str, word: str) -> QPushButton:
        kind = "primary" if key == "done" else "default"
        made = button(word, partial(self.begin, key), icon=_ICONS[key], kind=kind)
        made.setMinimumHeight(theme.scaled(_HIGH))
        made.setIconSize(QSize(theme.scaled(theme.ICON_LARGE), theme.scaled(theme.ICON_LARGE)))
        return made

    def show_step(self, step: FollowUp, today: date) -> None:
        """Answer for another step."""
        if self._step is None or step.id != self._step.id:
            self.close_strips()
        self._step, self._today = step, today
        self.buttons["no"].setVisible(step.person_id is not None)

    def begin(self, which: str) -> None:
        """Give an answer: one for a task of her own is given at once, others ask what belongs to them."""
        step = self._step
        if step is None or (which == "no" and step.person_id is None):
            return
        self.close_strips()
        if which == "later":
            self._offer_days()
        elif which == "no":
            self.refusing.open(step)
        elif step.person_id is None:
            self.done.emit("", None)
        else:
            self.said.open(step)

    def close_strips(self) -> None:
        """Ask nothing."""
        self.said.hide()
        self.refusing.hide()

    def asking(self) -> bool:
        """True while an answer is half given."""
        return self.said.isVisible() or self.refusing.isVisible()

    def _offer_days(self) -> None:
        self.menu.clear()
        for text, days in ((_("&Tomorrow"), 1), (_("In t&hree days"), 3), (_("In a &week"), 7)):
            day = self._today + timedelta(days=days)
            shown = text if days == 1 else f"{text} ({day_name(day, self._today)})"
            self.menu.addAction(shown).triggered.connect(partial(self._put_off, day))
        self.menu.addAction(_("&Another day…")).triggered.connect(lambda: self.other_day.emit())
        place = self.buttons["later"]
        self.menu.popup(place.mapToGlobal(QPoint(0, place.height())))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _put_off(self, day: date) -> None:
        self.later.emit(day)


class _Strip(QWidget):
    """A few fields below the buttons: Enter gives the answer, Esc goes back."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = QLineEdit()
        self.column = QVBoxLayout(self)
        theme.margins(self.column, spacing=theme.S)
        for keys, do in (
            (Qt.Key.Key_Return, self.tell),
            (Qt.Key.Key_Enter, self.tell),
            (Qt.Key.Key_Escape, self.left),
        ):
            short = QShortcut(QKeySequence(keys), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(do)

    def tell(self) -> None:
        """Give the answer."""
        raise NotImplementedError

    def _foot(self, text: str) -> QPushButton:
        self.go = button(text, self.tell, kind="primary")
        row = QHBoxLayout()
        row.addWidget(self.go)
        row.addWidget(button(_("Back"), self.left.emit, kind="flat"))
        row.addStretch(1)
        self.column.addLayout(row)
        return self.go


class SaidStrip(_Strip):
    """What was said, in a line that needn't be written, and what kind of contact it was."""

    told = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.words.setPlaceholderText(_("What was said, if you like"))
        self.words.setAccessibleName(_("What was said, if you like"))
        self.kind = ComboBox()
        self.kind.setAccessibleName(_("What it was"))
        for kind in EntryKind:
            self.kind.addItem(kind_name(kind), kind.value)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.words, 1)
        row.addWidget(self.kind)
        self.column.addLayout(row)
        self._foot(_("Note it as done"))

    def open(self, step: FollowUp) -> None:
        """Ask about this step."""
        self.words.clear()
        kind = EntryKind.INVITATION if step.purpose is Purpose.INVITATION else follow_ups.usual_kind(step)
        self.kind.setCurrentIndex(self.kind.findData(kind.value))
        self.kind.setEnabled(step.purpose is not Purpose.INVITATION)
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self) -> None:
        """It is done."""
        self.told.emit(self.words.text(), EntryKind(self.kind.currentData()))


class NoStrip(_Strip):
    """What the no was said to, and the words, if they are worth keeping."""

    told = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.topics: dict[Topic | None, QRadioButton] = {}
        group = QButtonGroup(self)
        texts: dict[Topic | None, str] = {
            None: _("Not this time"),
            Topic.PARTIES: _("No to parties"),
            Topic.BUSINESS: _("No to the business"),
            Topic.EVERYTHING: _("No to everything, for good"),
        }
        for topic, text in texts.items():
            choice = self.topics[topic] = QRadioButton(text)
            choice.toggled.connect(self._explain)
            group.addButton(choice)
            self.column.addWidget(choice)
        self._means = Label(size="small", tone="muted", wrap=True)
        self.words.setPlaceholderText(_("In their words, if you like"))
        self.words.setAccessibleName(_("In their words, if you like"))
        self.column.addWidget(self._means)
        self.column.addWidget(self.words)
        self._foot(_("Note the no"))

    def open(self, step: FollowUp) -> None:
        """Ask about this step."""
        self.words.clear()
        self.topics[None].setChecked(True)
        self._explain()
        self.show()
        self.topics[None].setFocus(Qt.FocusReason.OtherFocusReason)

    def topic(self) -> Topic | None:
        """What the no was said to, None for not this time."""
        return next((topic for topic, choice in self.topics.items() if choice.isChecked()), None)

    def tell(self) -> None:
        """It is a no."""
        self.told.emit(self.topic(), self.words.text())

    def _explain(self) -> None:
        texts = {
            None: _("This is closed, and so is the rest of its plan. You may ask another time."),
            Topic.PARTIES: _("No more invitations are planned. This is kept, and holds."),
            Topic.BUSINESS: _("The business isn't brought up any more. This is kept, and holds."),
            Topic.EVERYTHING: _(
                "Nothing is sold or offered here any more. Orders and promises are still seen to."
            ),
        }
        self._means.setText(texts[self.topic()])
