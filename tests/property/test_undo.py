"""Random deeds through the services, undone and redone: the tables must come back exactly."""

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.period import Period
from organizer.domain.product import Product, Section
from organizer.domain.result import Refusal
from organizer.domain.team import Member
from organizer.services import companies, contacts, files, products, team
from organizer.storage import File, create, schema
from organizer.storage import contacts as stored_contacts
from organizer.storage import team as stored_team

NAMES = st.sampled_from(["Anna", "Bo", "Łukasz", "Åse", "Søren <b>", "O'Neil", "Юлия"])
PERIODS = st.sampled_from([Period(2026, 9), Period(2026, 10)])


def contents(file: File) -> dict[str, list[tuple[object, ...]]]:
    """Everything that she can fill, table by table."""
    return {
        table.name: [
            tuple(row) for row in file.connection.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY id")
        ]
        for table in schema.TRACKED
    }


class Deeds(RuleBasedStateMachine):
    """`past` and `future` hold the contents before each deed done, and after each deed undone."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.file = create(Path(self.folder.name) / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
        # speed only: nothing here tests power cuts
        self.file.connection.exec_driver_sql("PRAGMA synchronous = OFF")
        self.company = companies.add(self.file, "Vita")
        self.past: list[dict[str, list[tuple[object, ...]]]] = []
        self.future: list[dict[str, list[tuple[object, ...]]]] = []
        self.now = contents(self.file)

    def teardown(self) -> None:
        self.file.close()
        self.folder.cleanup()

    def _did(self) -> None:
        after = contents(self.file)
        if after != self.now:
            self.past.append(self.now)
            self.future.clear()
            self.now = after

    def _people(self) -> list[Contact]:
        return stored_contacts.everyone(self.file)

    def _members(self) -> list[Member]:
        return stored_team.members(self.file, self.company)

    @rule(name=NAMES, phone=st.sampled_from(["", "12 34 56 78", "+45 87654321"]), tag=st.sampled_from(["", "vip"]))
    def add_contact(self, name: str, phone: str, tag: str) -> None:
        entry = Contact(first_name=name, phones=(Labelled(phone),), tags=(tag,), roles=frozenset({Role.CUSTOMER}))
        contacts.add(self.file, entry)
        self._did()

    @rule(data=st.data(), name=NAMES, notes=st.text(max_size=20))
    def edit_contact(self, data: st.DataObject, name: str, notes: str) -> None:
        people = [person for person in self._people() if person.listed]
        if people:
            person = data.draw(st.sampled_from(people))
            contacts.save(self.file, replace(person, last_name=name, notes=notes, phones=(Labelled("11"),)))
            self._did()

    @rule(data=st.data())
    def delete_contacts(self, data: st.DataObject) -> None:
        people = [person.id for person in self._people() if person.listed]
        if people:
            contacts.delete(self.file, data.draw(st.lists(st.sampled_from(people), min_size=1, unique=True)))
            self._did()

    @rule(data=st.data(), name=NAMES, listed=st.booleans())
    def add_member(self, data: st.DataObject, name: str, listed: bool) -> None:
        sponsor = data.draw(st.sampled_from(self._members()))
        member = Member(company_id=self.company, sponsor_id=sponsor.id)
        team.add_member(self.file, member, Contact(first_name=name, listed=listed))
        self._did()

    @rule(data=st.data(), placement=st.booleans())
    def move_member(self, data: st.DataObject, placement: bool) -> None:
        members = self._members()
        one, above = data.draw(st.sampled_from(members)), data.draw(st.sampled_from(members))
        try:
            team.move_member(self.file, one.id, above.id, placement)
        except Refusal:
            assert contents(self.file) == self.now
        self._did()

    @rule(data=st.data())
    def remove_member(self, data: st.DataObject) -> None:
        try:
            team.remove_member(self.file, data.draw(st.sampled_from(self._members())).id)
        except Refusal:
            assert contents(self.file) == self.now
        self._did()

    @rule(data=st.data(), period=PERIODS, amount=st.none() | st.integers(0, 10**6))
    def set_volume(self, data: st.DataObject, period: Period, amount: int | None) -> None:
        member = data.draw(st.sampled_from(self._members()))
        team.set_volume(self.file, member.id, period, "pv", amount)
        self._did()

    @rule(number=st.integers(1, 5), name=NAMES)
    def add_product(self, number: int, name: str) -> None:
        product = Product(0, self.company, str(number), name, price=100, notes={Section.SHOW: "Show it"})
        try:
            products.add(self.file, product)
        except Refusal:
            assert contents(self.file) == self.now
        self._did()

    @rule(data=st.data())
    def delete_product(self, data: st.DataObject) -> None:
        known = products.everyone(self.file, self.company)
        if known:
            products.delete(self.file, self.company, [data.draw(st.sampled_from(known)).id])
            self._did()

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert files.undo(self.file) is not None
        self.future.append(self.now)
        self.now = self.past.pop()
        assert contents(self.file) == self.now

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert files.redo(self.file) is not None
        self.past.append(self.now)
        self.now = self.future.pop()
        assert contents(self.file) == self.now

    @rule()
    def undo_all_and_redo_all(self) -> None:
        for _deed in self.past:
            files.undo(self.file)
        assert contents(self.file) == (self.past[0] if self.past else self.now)
        for _deed in self.past:
            files.redo(self.file)
        assert contents(self.file) == self.now

    @invariant()
    def the_file_is_whole(self) -> None:
        assert self.file.connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        links = stored_team.links(self.file, self.company)
        assert all(above is None or above in links for above in links.values())
        assert len([above for above in links.values() if above is None]) == 1


Deeds.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestDeeds = Deeds.TestCase
