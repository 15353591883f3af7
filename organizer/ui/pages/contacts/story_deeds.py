"""What is done in a person's story. Each is one deed that Undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from organizer.domain.consent import Topic
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.timeline import Entry, FollowUp
from organizer.i18n import _, format_date
from organizer.services import follow_ups, timeline
from organizer.services.contact_page import past_day
from organizer.ui.context import Context
from organizer.ui.pages.contacts.story_list import StoryList
from organizer.ui.pages.contacts.story_note import QuickNote
from organizer.ui.pages.contacts.story_steps import StepDeeds
from organizer.ui.widgets.messages import spoken


class StoryDeeds:
    """Serves the parts of the story; `person` says whose it is."""

    def __init__(self, context: Context, person: Callable[[], int], parent: QWidget) -> None:
        self.context = context
        self.person = person
        self._parent = parent

    def serve(self, note: QuickNote, shown: StoryList) -> None:
        """Store what is noted, changed and removed there."""
        note.noted.connect(lambda entry: self._add_entry(note, entry))
        shown.kept.connect(lambda entry: self._change_entry(shown, entry))
        shown.removed.connect(self._remove_entry)

    def of_steps(self) -> StepDeeds:
        """What the buttons of next steps do."""
        return StepDeeds(self._step_done, self._step_later, self._step_no, self._edit_step)

    def add_step(self) -> None:
        """Ask for a next step."""
        from organizer.ui.dialogs.follow_up.step import StepDialog

        StepDialog(self.context, self.person(), parent=self._parent.window()).open()

    def start_plan(self) -> None:
        """Ask for a plan to follow with this person."""
        from organizer.ui.dialogs.follow_up.start import StartPlanDialog

        StartPlanDialog(self.context, self.person(), self._parent.window()).open()

    def tell_all(self) -> None:
        """Show all that is kept about the person."""
        from organizer.ui.dialogs.erase import open_insight

        open_insight(self.context, self.person(), self._parent.window())

    def erase(self) -> None:
        """Ask to erase the person for good."""
        from organizer.ui.dialogs.erase import open_erase

        open_erase(self.context, self.person(), self._parent.window())

    def merge(self) -> None:
        """Ask for the other card of the same person."""
        from organizer.ui.pages.contacts.story_merge import ChooseOther

        ChooseOther(self.context, self.person(), self._parent.window()).open()

    def run(self, do: Callable[[], object], answer: str, refuse: Callable[[str], None] | None = None) -> bool:
        """Do and answer with Undo. Why it can't be done goes to `refuse`, else into the status line."""
        try:
            return bool(self.context.deed(lambda: (do(), True), answer))
        except FieldRefusal as refusal:
            if refuse:
                refuse(spoken(refusal))
            else:
                self.context.warn(refusal)
        return False

    def _today(self) -> date:
        return self.context.file.clock().date()

    def _add_entry(self, note: QuickNote, entry: Entry) -> None:
        file = self.context.file
        words = note.text.value()
        note.keep()  # gone from the field first: storing it shows the story anew
        day = format_date(entry.day)
        try:
            timeline.add_entry(file, entry.person_id, entry.day, entry.kind, entry.body)
        except Refusal as refusal:
            note.text.setPlainText(words)
            note.kind.set_kind(entry.kind)
            note.refuse(spoken(refusal))
            return
        self.context.deed(lambda: True, _("Noted for {day}.").format(day=day))

    def _change_entry(self, shown: StoryList, entry: Entry) -> None:
        def change() -> None:
            past_day(entry.day, self._today())
            timeline.change_entry(self.context.file, entry)

        editor = shown.editor
        if self.run(change, _("The entry is changed."), editor.refuse if editor else None):
            shown.stop_editing()
            shown.setFocus()

    def _remove_entry(self, entry_id: int) -> None:
        self.run(lambda: timeline.remove_entry(self.context.file, entry_id), _("The entry is removed."))

    def _step_done(self, step: FollowUp) -> None:
        self.run(lambda: follow_ups.done(self.context.file, step.id, self._today()), _("Done and noted."))

    def _step_later(self, step: FollowUp, day: date) -> None:
        answer = _("Put off until {day}.").format(day=format_date(day))
        self.run(lambda: follow_ups.later(self.context.file, [step.id], day), answer)

    def _step_no(self, step: FollowUp, topic: Topic | None) -> None:
        answer = _("The no is noted.") if topic else _("Not this time. Nothing more is planned of this.")
        self.run(lambda: follow_ups.no(self.context.file, step.id, self._today(), topic), answer)

    def _edit_step(self, step: FollowUp) -> None:
        from organizer.ui.dialogs.follow_up.step import StepDialog

        StepDialog(self.context, self.person(), step.id, self._parent.window()).open()
