"""Whatever is done, undone and done again: the search finds just what reading everything through would find."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from organizer.domain.company import Company
from organizer.domain.contact import Contact, Labelled
from organizer.domain.finding import wanted
from organizer.domain.product import Product, Section
from organizer.domain.timeline import Entry, EntryKind, FollowUp
from organizer.services import companies, contacts, files, products, search
from organizer.services.search import Group, Kind
from organizer.storage import File, timeline
from organizer.storage import contacts as stored
from organizer.storage.search import INDEXES

WORDS = (
    "Åse",
    "Aase",
    "Ase",
    "Ærø",
    "Äro",
    "Ørn",
    "Örn",
    "Orn",
    "Łuc",
    "luc",
    "Işık",
    "Ελένη",
    "straße",
    "kaffe",
    "😀",
)
QUERIES = (
    "å",
    "aa",
    "as",
    "ase",
    "ær",
    "ø",
    "or",
    "ørn",
    "luc",
    "isik",
    "ελε",
    "stras",
    "kaf",
    "kaffe a",
    "12",
    "345",
)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
numbers = st.sampled_from(("12 34 56 78", "+45 33 45 67 00", "+46 70 123 45"))
people = st.builds(
    Contact,
    first_name=texts,
    city=texts,
    notes=st.one_of(st.just(""), texts),
    family=st.one_of(st.just(""), texts),
    phones=st.lists(numbers.map(Labelled), max_size=2).map(tuple),
)
DAY = date(2026, 11, 3)


class Deeds(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "a.organizer"
        self.file: File = files.create(path, lambda: datetime(2026, 11, 23, 9, 30))
        companies.set_up(self.file, "Ida Vig", "Vita", "teaching-unilevel")
        self.company: Company = companies.everyone(self.file)[0]

    def teardown(self) -> None:
        self.file.close()
        self.folder.cleanup()

    def _everyone(self) -> list[Contact]:
        return contacts.everyone(self.file)

    @rule(person=people)
    def add(self, person: Contact) -> None:
        contacts.add(self.file, person)

    @rule(many=st.lists(people, max_size=4))
    def bring_in(self, many: list[Contact]) -> None:
        with self.file.deed("contact.import"):
            stored.insert(self.file, many)

    @precondition(lambda self: self._everyone())
    @rule(person=people, data=st.data())
    def change(self, person: Contact, data: st.DataObject) -> None:
        contacts.save(self.file, replace(person, id=data.draw(st.sampled_from(self._everyone())).id))

    @precondition(lambda self: self._everyone())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        contacts.delete(self.file, [data.draw(st.sampled_from(self._everyone())).id])

    @precondition(lambda self: self._everyone())
    @rule(body=texts, data=st.data())
    def write(self, body: str, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(self._everyone())).id
        with self.file.deed("entry.add"):
            timeline.add_entries(self.file, [Entry(0, person, DAY, EntryKind.NOTE, body)])
            timeline.add_follow_ups(self.file, [FollowUp(0, None, DAY, body)])

    @rule(name=texts, note=texts)
    def stock(self, name: str, note: str) -> None:
        if not companies.everyone(self.file):
            return  # undone
        number = str(len(products.everyone(self.file, self.company.id)) + 1000)
        product = Product(company_id=self.company.id, number=number, name=name, notes={Section.SHOW: note})
        if number not in {one.number for one in products.everyone(self.file, self.company.id)}:
            products.add(self.file, product)

    @rule()
    def undo(self) -> None:
        if (deed := files.undoable(self.file)) and deed.kind != "company.set_up":
            files.undo(self.file)

    @rule()
    def redo(self) -> None:
        files.redo(self.file)

    @invariant()
    def finds_what_is_there(self) -> None:
        if not hasattr(self, "file") or not companies.everyone(self.file):
            return
        for index in INDEXES:
            # the argument 1: against what stands in the tables
            self.file.connection.exec_driver_sql(
                f"INSERT INTO {index.name}({index.name}, rank) VALUES ('integrity-check', 1)"
            )
        for text in QUERIES:
            found = search.find(self.file, text, 1000, thorough=True)
            assert {
                kind: {hit.id for hits in found.groups.values() for hit in hits if hit.kind is kind}
                for kind in Kind
            } == self._there(text), text
            assert not found.more
            assert not found.cut - {Group.NOTES}

    def _there(self, text: str) -> dict[Kind, set[int]]:
        asked, everyone = wanted(text), self._everyone()
        sold = products.everyone(self.file, self.company.id)
        bare = {
            one.id: "".join(filter(str.isdigit, " ".join(f"{p.value} " for p in one.phones))) for one in everyone
        }
        fetch = self.file.fetch
        return {
            Kind.CONTACT: {
                one.id
                for one in everyone
                if asked.fits(f"{one.name} {one.city} {stored.derived(one)[2]}")
                or (asked.digits and any(asked.number_span(phone.value) for phone in one.phones) and bare[one.id])
            },
            Kind.MEMBER: set(),
            Kind.PRODUCT: {one.id for one in sold if asked.fits(f"{one.name} {one.number}")},
            Kind.ABOUT: {one.id for one in everyone if asked.fits(f"{one.notes}\n{one.family}")},
            Kind.ENTRY: {one.id for one in timeline.entries(self.file) if asked.fits(one.body)},
            Kind.STEP: {one.id for one in timeline.follow_ups(self.file) if asked.fits(one.body)},
            Kind.PRODUCT_NOTE: {
                id_ for id_, body in fetch("SELECT id, body FROM product_note") if asked.fits(body)
            },
        }


TestDeeds = Deeds.TestCase
TestDeeds.settings = settings(
    max_examples=6,
    stateful_step_count=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
