"""Today: the page that a day begins with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from organizer.domain.consent import Topic
from organizer.domain.result import FieldRefusal
from organizer.domain.timeline import EntryKind
from organizer.i18n import _, format_date, format_number, ngettext
from organizer.services import follow_ups, today
from organizer.services.today import Today
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.page import Page
from organizer.ui.pages.today.chosen import ChosenView
from organizer.ui.pages.today.due_list import DueList
from organizer.ui.pages.today.lines import Line, lines_of
from organizer.ui.pages.today.unneeded_line import UnneededLine
from organizer.ui.pages.today.words import day_name, weekday
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

if TYPE_CHECKING:
    from organizer.ui.window_files import WindowFiles

_LIST_WIDTH = 560


class Shell(Protocol):
    """What the page asks of the window around it."""

    files: WindowFiles

    def navigate(self, key: str) -> bool:
        """Show another page; False where it can't be read."""

    def perform(self, deed: str) -> None:
        """Let the page that is shown do one of its deeds."""


class TodayPage(Page):
    """What is due on the left, the chosen one with three answers on the right."""

    key = "today"
    icon = "sun"
    offers = frozenset({"new", "delete"})
    tables = frozenset({"follow_up", "entry", "person", "person_phone", "person_email", "consent", "said_no"})

    def __init__(self, context: Context, shell: Shell) -> None:
        super().__init__(context)
        self._shell = shell
        self.list = DueList()
        self.chosen = ChosenView()
        self.chosen.setMinimumWidth(theme.scaled(_LIST_WIDTH // 2))
        self.answers = self.chosen.answers
        self.date, self.week, self.calm = Label(size="title"), Label(tone="muted", wrap=True), Label(wrap=True)
        self.keys = Label(size="small", tone="muted", wrap=True)
        self.again = button(_("&Plan these again…"), self.plan_again, icon="calendar-clock")
        self.unneeded = UnneededLine(context)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_content())
        self._connect()
        self._stale = True  # read when first shown
        self._given: list[int] = []
        """What was answered, the newest last."""

    def _connect(self) -> None:
        self.list.chosen.connect(self._show_chosen)
        self.list.answered.connect(self._begin)
        self.list.opened.connect(self.open_contact)
        self.answers.done.connect(self._done)
        self.answers.later.connect(self._later)
        self.answers.other_day.connect(self._other_day)
        self.answers.no.connect(self._no)
        self.answers.left.connect(self._to_list)
        self.chosen.story.noted.connect(self._note)
        deeds: dict[str, Callable[[], object]] = {
            "open": self.open_contact,
            "plan": self._plan,
            "start": self._start,
            "edit": self._edit,
            "bought": self._bought,
            "drop": self.delete_items,
            "stop": self._stop,
        }
        self.chosen.asked.connect(lambda which: deeds[which]())
        note = QShortcut(QKeySequence(Qt.Key.Key_F4), self)
        note.activated.connect(self._to_note)

    def _make_empty(self) -> QWidget:
        text = _(
            "Every morning this page says whom to talk to, what was said last and what was promised. It fills "
            "with what you plan for the people you know. Add somebody first, bring your contacts in, or look "
            "around with sample data."
        )
        self.empty = EmptyState("sun", _("Your day begins here"), text)
        word = _("&Add a contact")
        self._first = self.empty.add_button(word, self._add_contact, icon="user-plus", primary=True)
        self.empty.add_button(_("&Import contacts…"), self._import, icon="file-down")
        self.empty.add_button(_("&Look at sample data"), lambda: self._shell.files.sample(), icon="sparkles")
        return self.empty

    def _make_content(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        theme.margins(layout, theme.L, theme.M, spacing=theme.M)
        head = QHBoxLayout()
        head.addWidget(self.date)
        head.addStretch(1)
        head.addWidget(self.again)
        head.addWidget(button(_("Follow-&up plans…"), self._plans, icon="list-checks"))
        head.addWidget(button(_("New tas&k"), self.new_item, icon="plus", kind="primary"))
        layout.addLayout(head)
        left = QWidget()
        column = QVBoxLayout(left)
        theme.margins(column, spacing=theme.S)
        column.addWidget(self.calm)
        column.addWidget(self.list, 1)
        column.addWidget(self.keys)
        column.addWidget(self.week)
        column.addWidget(self.unneeded)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.chosen)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.scaled(_LIST_WIDTH), theme.scaled(_LIST_WIDTH)])
        layout.addWidget(splitter, 1)
        return content

    # --- what is shown

    def title(self) -> str:
        """The page's name."""
        return _("Today")

    def refresh(self) -> None:
        """Read the day anew."""
        found = today.look(self.context.file)
        self._stale = False
        self._stack.setCurrentIndex(0 if found.is_new else 1)
        self.date.setText(f"{weekday(found.day).capitalize()} {format_date(found.day)}")
        self.week.setText(_conversations(found))
        self.week.setVisible(any(found.conversations))
        self.again.setVisible(bool(found.before))
        self.calm.setText(_calm(found))
        self.calm.setVisible(bool(self.calm.text()))
        self.list.show_lines(lines_of(found))
        if self._given and self.list.choose("due", self._given[-1]):
            self._given.pop()  # undo has brought it back
        self.unneeded.look()

    def close_down(self) -> None:
        """Read nothing any more."""
        self.unneeded.close_down()

    def first_focus(self) -> QWidget:
        """The list; in an empty file the first deed."""
        return self._first if self._stack.currentIndex() == 0 else self.list

    def show_item(self, id_: int) -> None:
        """Choose what is due, by its id."""
        if self._stale:
            self.refresh()
        self.list.choose("due", id_)

    def shown_item(self) -> int:
        """The id of what is chosen, 0 for a birthday and for nothing."""
        line = self.list.current()
        return line.id if line and line.kind == "due" else 0

    def _day(self) -> date:
        return self.context.file.clock().date()

    def _show_chosen(self, line: Line | None) -> None:
        found = None
        if line and line.kind != "head":
            step = line.id if line.kind == "due" else 0
            found = today.chosen(self.context.file, step, line.person_id)
        self.chosen.show_chosen(line, found, self._day())
        self.keys.setText(_keys(line))

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_note(self) -> None:
        if self.answers.said.isVisible():
            # what is written now belongs to what is being answered
            self.answers.said.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.chosen.story.isVisible():
            self.chosen.ensureWidgetVisible(self.chosen.story.note)
            self.chosen.story.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- answers

    def _begin(self, which: str) -> None:
        if self.shown_item():
            self.answers.begin(which)
        elif which == "done":
            self._to_note()

    def _answer(self, do: Callable[[int], object], answer: str) -> None:
        """Give the chosen one's answer, then go on with the list."""
        id_ = self.shown_item()
        if not id_:
            return

        def deed() -> bool:
            do(id_)
            return True

        try:
            if self.context.deed(deed, answer):
                self._given.append(id_)
                self.answers.close_strips()
                self._to_list()
        except FieldRefusal as refusal:
            self.context.warned.emit(spoken(refusal))

    def _done(self, words: str, kind: EntryKind | None) -> None:
        file, day = self.context.file, self._day()
        self._answer(
            lambda id_: follow_ups.done(file, id_, day, words, kind), _("Done: {what}").format(what=self._title())
        )

    def _later(self, day: date) -> None:
        answer = _("Put off until {day}.").format(day=day_name(day, self._day()))
        self._answer(lambda id_: follow_ups.later(self.context.file, [id_], day), answer)

    def _no(self, topic: Topic | None, words: str) -> None:
        file, day = self.context.file, self._day()
        answer = _("{name} said no: this is closed.") if topic is None else _("{name} said no, and that holds.")
        answer = answer.format(name=self._title())
        self._answer(lambda id_: follow_ups.no(file, id_, day, topic, words), answer)

    def _title(self) -> str:
        """Whom or what the chosen line is about."""
        line = self.list.current()
        return line.title if line else ""

    def delete_items(self) -> None:
        """What is chosen needn't be done."""
        file, day = self.context.file, self._day()
        self._answer(lambda id_: follow_ups.drop(file, [id_], day), _("It is off your list."))

    def _stop(self) -> None:
        from organizer.services import follow_up_plans

        file, day = self.context.file, self._day()
        run = follow_ups.get(file, self.shown_item()).run if self.shown_item() else 0
        self._answer(lambda _id: follow_up_plans.stop(file, run, day), _("The plan is stopped."))

    def _note(self, words: str, talked: bool) -> None:
        line = self.list.current()
        if line is None or not line.person_id:
            return
        story, answer = self.chosen.story, _("Noted about {name}.").format(name=line.title)
        note = partial(today.note, self.context.file, line.person_id, words, talked)
        try:
            if self.context.deed(note, answer) is not None:
                story.note.set_value("")
                self._to_list()
        except FieldRefusal as refusal:
            story.refuse(spoken(refusal))

    # --- deeds

    def open_contact(self) -> None:
        """Show the chosen person in Contacts; a task of her own is changed."""
        line = self.list.current()
        if line and line.person_id:
            self.context.goto.emit("contacts", line.person_id)
        elif line:
            self._edit()

    def new_item(self) -> None:
        """A task of her own."""
        self._step_dialog(None)

    def plan_again(self) -> None:
        """Spread what is left from before over the coming days, once she agrees."""
        from organizer.ui.dialogs.follow_up import PlanAgainDialog

        self._open(PlanAgainDialog(self.context, self.window()))

    def _person(self) -> int | None:
        line = self.list.current()
        return line.person_id or None if line else None

    def _plan(self) -> None:
        self._step_dialog(self._person())

    def _edit(self) -> None:
        self._step_dialog(self._person(), self.shown_item())

    def _step_dialog(self, person_id: int | None, step_id: int = 0) -> None:
        from organizer.ui.dialogs.follow_up import StepDialog

        self._open(StepDialog(self.context, person_id, step_id, self.window()))

    def _bought(self) -> None:
        from organizer.ui.dialogs.follow_up import PurchaseDialog

        if person := self._person():
            self._open(PurchaseDialog(self.context, person, self.window()))

    def _start(self) -> None:
        from organizer.ui.dialogs.follow_up import StartPlanDialog

        if person := self._person():
            self._open(StartPlanDialog(self.context, person, self.window()))

    def _other_day(self) -> None:
        from organizer.ui.dialogs.follow_up import DayDialog

        dialog = DayDialog(self._day(), self.window())
        dialog.chosen.connect(self._later)
        self._open(dialog)

    def _plans(self) -> None:
        from organizer.ui.dialogs.follow_up import PlansDialog

        self._open(PlansDialog(self.context, self.window()))

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _result: self._to_list())
        dialog.open()

    def _add_contact(self) -> None:
        self._in_contacts("new")

    def _import(self) -> None:
        self._in_contacts("import")

    def _in_contacts(self, deed: str) -> None:
        if self._shell.navigate("contacts"):
            self._shell.perform(deed)


def _conversations(found: Today) -> str:
    this, *before = found.conversations
    text = ngettext(
        "{count} conversation noted this week.", "{count} conversations noted this week.", this
    ).format(count=format_number(this))
    weeks = ", ".join(format_number(count) for count in before)
    return text + " " + _("The three weeks before: {counts}.").format(counts=weeks)


def _calm(found: Today) -> str:
    """What is said where nothing is due today."""
    if found.promises or found.people or found.tasks:
        return ""
    if found.next_day is None:
        return _("Nothing is planned for today, nor for the days to come.")
    day, count = found.next_day
    text = ngettext(
        "Nothing more for today. Next comes {count} thing, {day}.",
        "Nothing more for today. Next come {count} things, {day}.",
        count,
    )
    return text.format(count=format_number(count), day=day_name(day, found.day))


def _keys(line: Line | None) -> str:
    """What the keys do with the chosen line."""
    if line is None:
        return ""
    if line.kind == "birthday":
        return _("Enter opens the contact, F4 writes a note.")
    if not line.person_id:
        return _("D done, L later; Enter changes it.")
    return _("D done, L later, N no; Enter opens the contact, F4 writes a note.")
