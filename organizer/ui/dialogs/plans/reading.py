"""One plan to read: what it is and how far it can be trusted, then all of it in words, with find and jump."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from organizer.domain.commission.trust import trust
from organizer.i18n import _, format_number
from organizer.services import plan_words
from organizer.services.plan_words import Told
from organizer.ui import theme
from organizer.ui.dialogs.plans.plan_list import Entry
from organizer.ui.dialogs.plans.words_view import WordsView
from organizer.ui.pages.settings.plan_details import dated
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import icon_button
from organizer.ui.widgets.label import Badge, Label
from organizer.ui.widgets.messages import spoken

_FIND_WIDTH = 190


class Reading(QWidget):
    """The right side of the plans."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label(size="title", wrap=True, selectable=True)
        self.badge = Badge("")
        self.about = Label(tone="muted", wrap=True, selectable=True)
        self.trust = Label(wrap=True)
        self.words = WordsView()
        self.jump = ComboBox()
        self.jump.setAccessibleName(_("Go to a section"))
        self.jump.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.jump.setMinimumContentsLength(18)
        self.jump.activated.connect(self._jump)
        self.seeker = _FindField()
        self.count = Label(tone="muted", size="small")
        self._lay_out()
        self.seeker.textChanged.connect(self.words.seek)
        self.seeker.stepped.connect(self.words.seek_next)
        self.words.found.connect(self._say_found)
        QShortcut(QKeySequence("F3"), self, self.words.seek_next)
        QShortcut(QKeySequence("Shift+F3"), self, lambda: self.words.seek_next(-1))
        QShortcut(QKeySequence("Ctrl+Shift+F"), self, self.seeker.start)

    def show_entry(self, entry: Entry, text: str, used: tuple[str, ...], today: date) -> None:
        """Tell of a plan; `text` is what it was read from, `used` names the companies that go by it."""
        self.title.setText(entry.name)
        self.badge.setText(entry.badge)
        plan = entry.plan
        self.about.setText(" \N{MIDDLE DOT} ".join(filter(None, (entry.about, *_used(used)))))
        self.trust.setVisible(plan is not None)
        careful = plan is None or plan.teaching or plan.confidence > "B"
        theme.set_tone(self.badge, "amber" if careful else "accent")
        if plan is None:
            boxes = [Told("mistakes", _("Why it can't be read"), tuple(map(spoken, entry.mistakes)))]
            self.words.show_words(boxes, (), ())
        else:
            self.about.setText(" \N{MIDDLE DOT} ".join((dated(plan), *_used(used))))
            self.trust.setText(spoken(trust(plan.confidence, plan.teaching)))
            theme.set_tone(self.trust, "amber" if careful else "")
            told = plan_words.told(plan)
            doubts = plan_words.check(text, entry.name, today).doubts
            boxes = [section for section in told if section.key == "missing"]
            if doubts:
                boxes.append(Told("doubts", _("Worth a second look"), tuple(map(spoken, doubts))))
            rest = [section for section in told if section.key != "missing"]
            self.words.show_words(boxes, rest, [source.url for source in plan.sources])
        self._fill_jump()
        if self.seeker.text():
            self.words.seek(self.seeker.text())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        tools = QHBoxLayout()
        tools.setSpacing(theme.XS)
        tools.addWidget(self.jump)
        tools.addStretch()
        tools.addWidget(self.count)
        tools.addWidget(self.seeker)
        tools.addWidget(icon_button("chevron-up", _("Earlier place (Shift+F3)"), lambda: self.words.seek_next(-1)))
        tools.addWidget(icon_button("chevron-down", _("Next place (F3)"), self.words.seek_next))
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.trust)
        column.addSpacing(theme.XS)
        column.addLayout(tools)
        column.addWidget(self.words, 1)

    def _fill_jump(self) -> None:
        with QSignalBlocker(self.jump):
            self.jump.clear()
            self.jump.addItem(_("Go to a section"))
            self.jump.addItems(self.words.headings())

    def _jump(self, place: int) -> None:
        if place > 0:
            self.words.go_to(place - 1)
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            self.jump.setCurrentIndex(0)

    def _say_found(self, number: int, count: int) -> None:
        if not self.seeker.text():
            self.count.setText("")
        elif not count:
            self.count.setText(_("Not found"))
        else:
            text = _("{number} of {count}")
            self.count.setText(text.format(number=format_number(number), count=format_number(count)))


class _FindField(QLineEdit):
    """Finds in the text: typing finds at once, Enter goes on, Shift+Enter back, Esc empties."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Find in the plan"))
        self.setAccessibleName(_("Find in the plan"))
        self.setToolTip("Ctrl+Shift+F")
        self.setClearButtonEnabled(True)
        self.setFixedWidth(theme.scaled(_FIND_WIDTH))

    def start(self) -> None:
        """Take the focus with everything selected, ready for another word."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter must not press the dialog's button, nor Esc close it while there is a word."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _used(companies: tuple[str, ...]) -> list[str]:
    return [_("used by {company}").format(company=", ".join(companies))] if companies else []
