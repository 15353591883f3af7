"""What is done with the person who holds a place: her details, notes, next step, and what is noted of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from organizer.domain.contact import Contact
from organizer.domain.result import FieldRefusal
from organizer.domain.timeline import EntryKind
from organizer.i18n import _
from organizer.services import contacts, follow_ups, timeline
from organizer.ui.context import Context
from organizer.ui.pages.team import edits
from organizer.ui.pages.team.member.card import Card, Notes
from organizer.ui.pages.team.member.follow import NextStep, Timeline
from organizer.ui.widgets.messages import spoken


def run(context: Context, do: Callable[[], object], refuse: Callable[[str], None], answer: str = "") -> None:
    """Run a deed that answers with Undo. Why something can't be kept, or couldn't just now, goes to `refuse`."""

    def done() -> bool:
        do()
        return True

    try:
        if not context.deed(done, answer or _("Saved")):
            refuse(_("Not saved. Change it again to try once more."))
    except FieldRefusal as refusal:
        refuse(spoken(refusal))


class PersonDeeds:
    """Connects the parts that are about the person; `person` says who is shown, None for nobody."""

    def __init__(self, context: Context, person: Callable[[], Contact | None], card: Card, notes: Notes) -> None:
        self._context = context
        self._person = person
        self._card, self._notes = card, notes
        self.next_step, self.timeline = NextStep(), Timeline()
        card.committed.connect(self._store_detail)
        card.add_asked.connect(self.add_to_contacts)
        card.open_asked.connect(self.show_in_contacts)
        notes.committed.connect(self._store_notes)
        self.next_step.changed.connect(self._store_step)
        self.next_step.done.connect(self._finish_step)
        self.timeline.talked.connect(lambda words: self._add_entry(EntryKind.TALK, words))
        self.timeline.noted.connect(lambda words: self._add_entry(EntryKind.NOTE, words))
        self.timeline.removed.connect(self._remove_entry)

    def show_person(self, person: Contact, same: bool) -> None:
        """Show what is to be done and what was said. Of the `same` one, what isn't kept yet stays."""
        file = self._context.file
        self.next_step.show_step(timeline.next_step(file, person.id), self._today(), same)
        self.timeline.show_entries(timeline.entries(file, person.id), same)

    def _today(self) -> date:
        return self._context.file.clock().date()

    def _store_detail(self, field: str, text: str) -> None:
        person, form = self._person(), self._card.form
        if person is None:
            return
        form.set_error(field, "")
        run(
            self._context,
            lambda: edits.store_contact(self._context.file, person.id, field, text),
            lambda why: form.set_error(field, why),
        )

    def _store_notes(self, text: str) -> None:
        if person := self._person():
            file = self._context.file
            run(self._context, lambda: edits.store_contact(file, person.id, "notes", text), self._notes.refuse)

    def _store_step(self, what: str, due: date | None) -> None:
        if person := self._person():
            file = self._context.file
            run(
                self._context,
                lambda: timeline.set_next_step(file, person.id, due, what),
                self.next_step.refuse,
            )

    def _finish_step(self) -> None:
        person = self._person()
        if person is None or not self.next_step.commit():
            return
        file = self._context.file
        if step := timeline.next_step(file, person.id):
            self._context.deed(lambda: follow_ups.done(file, step.id, self._today()), _("Done"))

    def _add_entry(self, kind: EntryKind, words: str) -> None:
        if person := self._person():
            file = self._context.file
            run(
                self._context,
                lambda: timeline.add_entry(file, person.id, self._today(), kind, words),
                lambda why: self.timeline.refuse(why, words),
                _("Noted about {name}.").format(name=person.name),
            )

    def _remove_entry(self, entry_id: int) -> None:
        file = self._context.file
        self._context.deed(lambda: timeline.remove_entry(file, entry_id), _("The entry is removed."))

    def add_to_contacts(self) -> None:
        """Put the person into Contacts too: the same one, shown in both places."""
        person = self._person()
        if person and not person.listed:
            answer = _("{name} is in Contacts too.").format(name=person.name)
            self._context.deed(lambda: contacts.show_in_contacts(self._context.file, person.id), answer)

    def show_in_contacts(self) -> None:
        """Put the person into Contacts if she isn't there, and go there."""
        if person := self._person():
            self.add_to_contacts()
            self._context.goto.emit("contacts", person.id)
