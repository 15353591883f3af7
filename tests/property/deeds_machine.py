"""Random deeds through the services, undone and redone: everything must come back exactly.

The suite runs it briefly (test_undo.py), `python -m tests.endurance.undo` for as long as asked.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from organizer.domain.company import Company
from organizer.domain.contact import Contact, Labelled, Role, phone_digits, search_text, sort_key
from organizer.domain.period import Period
from organizer.domain.product import Product, Section
from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Member, TreeError, check_links
from organizer.domain.timeline import EntryKind
from organizer.exchange.everything_write import write_everything
from organizer.services import (
    backups,
    companies,
    contacts,
    earnings,
    estimates,
    files,
    follow_ups,
    imports,
    plans,
    products,
    takeout,
    team,
    team_history,
    team_times,
    timeline,
    volume_grid,
)
from organizer.services.preview import Preview
from organizer.storage import File, schema, team_past
from organizer.storage import contacts as stored_contacts
from organizer.storage import everything as stored_everything
from organizer.storage import plans as stored_plans
from organizer.storage import team as stored_team
from organizer.storage import timeline as stored_timeline
from tests.property.deeds_people import PeopleDeeds

NAMES = st.sampled_from(
    ["Anna", "Bo", "Łukasz Ünal", "Åse", "Søren <b>", "O'Neil", "Юлия", "Å\N{COMBINING ACUTE ACCENT}"]
)
PERIODS = st.sampled_from([Period.parse("2026-09"), Period.parse("2026-10")])
PLANS = st.sampled_from(["", "teaching-unilevel", "young-living-unilevel-us"])
PHONES = st.sampled_from(["", "12 34 56 78", "+45 87654321"])
NUMBERS = st.sampled_from(["", "1", "2", "3", "4", "5"])
AMOUNTS = st.none() | st.integers(0, 10**6)
DAYS = st.sampled_from([None, date(2020, 2, 29), date(2026, 11, 23)])
HABITS = ("company", "suppression salt")
"""Settings that undo leaves alone: habits of the screen, and what knows those again who said no."""

Contents = dict[str, list[tuple[object, ...]]]


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30)


def contents(file: File) -> Contents:
    """Everything that she can fill, table by table."""
    # straight from the driver: this runs after every step
    ask = file.connection.connection.dbapi_connection.execute
    tables = {table.name: ask(f"SELECT * FROM {table.name} ORDER BY id").fetchall() for table in schema.TRACKED}
    tables["setting"] = [row for row in tables["setting"] if row[1] not in HABITS]
    return tables


def team_lines(draw: Callable[[st.SearchStrategy], object]) -> list[str]:
    row = st.tuples(NAMES, st.sampled_from("123456"), st.sampled_from(["", *"1234567"]), st.integers(0, 300))
    return [f"{n},{id_},{above},{pv}" for n, id_, above, pv in draw(st.lists(row, min_size=1, max_size=6))]


class Deeds(PeopleDeeds):
    """`past` and `future` hold the contents before each deed done, and after each deed undone."""

    secret = ""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.organizer"
        self.file = self._made()
        self._settle()
        self.past: list[Contents] = []
        self.future: list[Contents] = []
        self.done: list[int] = []
        self.backups: list[backups.Backup] = []
        self.taken_out: list[tuple[Path, dict[str, int]]] = []
        self.now = contents(self.file)
        with self._deed():
            companies.set_up(self.file, "Karen Holm", "Vita", "teaching-unilevel")

    def _made(self) -> File:
        return files.create(self.path, clock)

    def _opened(self) -> File:
        return files.open_file(self.path, clock)

    def _settle(self) -> None:
        self.heard: set[str] = set()
        self.file.listeners.append(self.heard.update)
        # speed only: nothing here tests power cuts
        self.file.connection.exec_driver_sql("PRAGMA synchronous = OFF")

    def teardown(self) -> None:
        try:
            self.undo_all_and_redo_all()
        finally:
            self.file.close()
            shutil.rmtree(backups.folder(self.path), ignore_errors=True)
            self.folder.cleanup()

    @contextmanager
    def _deed(self):
        """A deed that may be refused: then nothing may have changed."""
        refused = False
        try:
            yield
        except Refusal:
            refused = True
        after = contents(self.file)
        if refused:
            assert after == self.now, "a refused deed changed something"
        self._told(after)
        if after != self.now:
            self.past.append(self.now)
            self.future.clear()
            self.now = after
            newest = files.undoable(self.file)
            assert newest is not None
            assert newest.id not in self.done
            del self.done[len(self.past) - 1 :]  # what was taken back can't be done again
            assert files.deed_name(newest) != ""
            self.done.append(newest.id)

    def _told(self, after: Contents) -> None:
        """Whoever listens heard of every table that is other than before."""
        assert {name for name in after if after[name] != self.now[name]} <= self.heard
        self.heard.clear()

    def _companies(self) -> list[Company]:
        return companies.everyone(self.file)

    def _people(self) -> list[Contact]:
        return stored_contacts.everyone(self.file)

    def _listed(self) -> list[Contact]:
        return [person for person in self._people() if person.listed]

    def _members(self) -> list[Member]:
        return [member for company in self._companies() for member in stored_team.members(self.file, company.id)]

    def _has_company(self) -> bool:
        return bool(self._companies())

    def _one(self, data: st.DataObject, choices: Sequence):
        return data.draw(st.sampled_from(choices))

    # contacts

    @rule(name=NAMES, phone=PHONES, tag=st.sampled_from(["", "vip"]))
    def add_contact(self, name: str, phone: str, tag: str) -> None:
        entry = Contact(first_name=name, phones=(Labelled(phone),), tags=(tag,), roles=frozenset({Role.CUSTOMER}))
        with self._deed():
            contacts.add(self.file, entry)

    @precondition(lambda self: self._listed())
    @rule(data=st.data(), name=NAMES, notes=st.text(max_size=20), phone=PHONES)
    def edit_contact(self, data: st.DataObject, name: str, notes: str, phone: str) -> None:
        person = self._one(data, self._listed())
        with self._deed():
            contacts.save(self.file, replace(person, last_name=name, notes=notes, phones=(Labelled(phone),)))

    @precondition(lambda self: self._listed())
    @rule(data=st.data())
    def delete_contacts(self, data: st.DataObject) -> None:
        people = [person.id for person in self._listed()]
        with self._deed():
            contacts.delete(self.file, data.draw(st.lists(st.sampled_from(people), min_size=1, unique=True)))

    @precondition(lambda self: self._people())
    @rule(data=st.data())
    def show_in_contacts(self, data: st.DataObject) -> None:
        with self._deed():
            contacts.show_in_contacts(self.file, self._one(data, self._people()).id)

    @rule(name=NAMES)
    def rename_owner(self, name: str) -> None:
        with self._deed():
            files.rename_owner(self.file, name)

    # the team

    @precondition(_has_company)
    @rule(data=st.data(), name=NAMES, number=NUMBERS, listed=st.booleans(), known=st.booleans())
    def add_member(self, data: st.DataObject, name: str, number: str, listed: bool, known: bool) -> None:
        sponsor = self._one(data, self._members())
        person = self._one(data, self._people()).id if known else 0
        member = Member(company_id=sponsor.company_id, sponsor_id=sponsor.id, number=number, person_id=person)
        with self._deed():
            team.add_member(self.file, member, Contact(first_name=name, listed=listed))

    @precondition(_has_company)
    @rule(
        data=st.data(), number=NUMBERS, rank=st.sampled_from(["", "Star"]), joined=DAYS, kind=st.sampled_from(Kind)
    )
    def edit_member(self, data: st.DataObject, number: str, rank: str, joined: date | None, kind: Kind) -> None:
        member = self._one(data, self._members())
        with self._deed():
            team.save_member(self.file, replace(member, number=number, rank=rank, joined=joined, kind=kind))

    @precondition(_has_company)
    @rule(data=st.data(), leg=st.sampled_from(["", "left", "right", "1", "3"]))
    def say_her_leg(self, data: st.DataObject, leg: str) -> None:
        with self._deed():
            team.save_member(self.file, replace(self._one(data, self._members()), leg=leg))

    @precondition(_has_company)
    @rule(data=st.data(), name=NAMES)
    def rename_member(self, data: st.DataObject, name: str) -> None:
        with self._deed():
            team.rename_member(self.file, self._one(data, self._members()), name)

    @precondition(_has_company)
    @rule(data=st.data(), placement=st.booleans(), period=PERIODS)
    def move_member(self, data: st.DataObject, placement: bool, period: Period) -> None:
        one, above = self._one(data, self._members()), self._one(data, self._members())
        with self._deed():
            team.move_member(self.file, one.id, above.id, placement, period=period)

    @precondition(_has_company)
    @rule(data=st.data(), period=PERIODS, rank=st.sampled_from(["", "Star"]))
    def tell_of_an_earlier_month(self, data: st.DataObject, period: Period, rank: str) -> None:
        one, above = self._one(data, self._members()), self._one(data, self._members())
        if one.is_self or one.company_id != above.company_id:
            return
        everybody = team_times.members_at(self.file, one.company_id, period)
        told = replace(next(m for m in everybody if m.id == one.id), sponsor_id=above.id, rank=rank)
        told_of = {m.id: m for m in everybody} | {one.id: told}
        try:
            check_links({m.id: m.sponsor_id for m in told_of.values()})
            check_links({m.id: m.placement_id or m.sponsor_id for m in told_of.values()})
        except TreeError:
            return  # the import tells of a circle and leaves it out
        with self._deed(), self.file.deed("team.import", "month.csv"):
            team_times.store(self.file, one.company_id, period, [told])

    def _people_to_note(self) -> list[int]:
        return [person.id for person in self._people()]

    @rule(
        data=st.data(),
        day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        kind=st.sampled_from(EntryKind),
        body=st.sampled_from(["", "Tea"]),
    )
    def note_a_talk(self, data: st.DataObject, day: date, kind: EntryKind, body: str) -> None:
        if people := self._people_to_note():
            with self._deed():
                timeline.add_entry(self.file, self._one(data, people), day, kind, body)

    @rule(data=st.data())
    def take_a_note_back(self, data: st.DataObject) -> None:
        if noted := stored_timeline.entries(self.file):
            with self._deed():
                timeline.remove_entry(self.file, self._one(data, noted).id)

    @rule(data=st.data(), day=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
    def finish_a_step(self, data: st.DataObject, day: date) -> None:
        if steps := stored_timeline.follow_ups(self.file):
            with self._deed():
                follow_ups.done(self.file, self._one(data, steps).id, day)

    @rule(data=st.data(), due=st.none() | st.just(date(2026, 12, 1)), body=st.sampled_from(["", "Ring"]))
    def plan_a_step(self, data: st.DataObject, due: date | None, body: str) -> None:
        if people := self._people_to_note():
            with self._deed():
                timeline.set_next_step(self.file, self._one(data, people), due, body)

    @precondition(_has_company)
    @rule(data=st.data())
    def remove_member(self, data: st.DataObject) -> None:
        with self._deed():
            team.remove_member(self.file, self._one(data, self._members()).id)

    @precondition(_has_company)
    @rule(data=st.data(), period=PERIODS, amount=AMOUNTS)
    def set_volume(self, data: st.DataObject, period: Period, amount: int | None) -> None:
        with self._deed():
            team.set_volume(self.file, self._one(data, self._members()).id, period, "pv", amount)

    @precondition(_has_company)
    @rule(data=st.data(), period=PERIODS, amounts=st.lists(AMOUNTS, max_size=3))
    def fill_the_grid(self, data: st.DataObject, period: Period, amounts: list[int | None]) -> None:
        company = self._one(data, self._companies())
        view = team.view(self.file, company.id, period)
        cells = {(self._one(data, view.team.ids), "pv"): amount for amount in amounts}
        with self._deed():
            volume_grid.write(self.file, view, cells)

    @precondition(_has_company)
    @rule(data=st.data(), period=PERIODS, amount=AMOUNTS)
    def write_own_figure(self, data: st.DataObject, period: Period, amount: int | None) -> None:
        company = self._one(data, self._companies())
        with self._deed():
            earnings.set_own_figure(self.file, company, period, "sales", amount)

    # companies and products

    @rule(
        name=st.sampled_from(["Vita", "Duft", ""]), plan=PLANS, currency=st.sampled_from(["DKK", "eur", "kroner"])
    )
    def add_company(self, name: str, plan: str, currency: str) -> None:
        if len(self._companies()) < 3:
            with self._deed():
                companies.add(self.file, name, plan, currency)

    @precondition(_has_company)
    @rule(
        data=st.data(),
        name=st.sampled_from(["Vita", "Aroma"]),
        plan=PLANS,
        currency=st.sampled_from(["DKK", "EUR"]),
    )
    def edit_company(self, data: st.DataObject, name: str, plan: str, currency: str) -> None:
        company = self._one(data, self._companies())
        with self._deed():
            companies.save(self.file, replace(company, name=name, plan_id=plan, currency=currency))

    @precondition(_has_company)
    @rule(data=st.data())
    def look_at_another_company(self, data: st.DataObject) -> None:
        # a habit, no deed: neither undo nor redo may mind it
        with self._deed():
            companies.choose(self.file, self._one(data, self._companies()).id)

    @precondition(_has_company)
    @rule(data=st.data(), number=NUMBERS, name=NAMES)
    def add_product(self, data: st.DataObject, number: str, name: str) -> None:
        company = self._one(data, self._companies())
        with self._deed():
            products.add(
                self.file, Product(0, company.id, number, name, price=100, notes={Section.SHOW: "Show it"})
            )

    def _products(self) -> list[Product]:
        return [product for company in self._companies() for product in products.everyone(self.file, company.id)]

    @precondition(lambda self: self._products())
    @rule(data=st.data(), number=NUMBERS, price=AMOUNTS, note=st.text(max_size=10))
    def edit_product(self, data: st.DataObject, number: str, price: int | None, note: str) -> None:
        product = self._one(data, self._products())
        with self._deed():
            products.save(self.file, replace(product, number=number, price=price, notes={Section.USE: note}))

    @precondition(lambda self: self._products())
    @rule(data=st.data())
    def delete_products(self, data: st.DataObject) -> None:
        company = self._one(data, self._products()).company_id
        ids = [product.id for product in products.everyone(self.file, company)]
        with self._deed():
            products.delete(self.file, company, data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)))

    # plans of her own, and estimates that are kept

    def _plans(self) -> list[str]:
        return list(stored_plans.everyone(self.file))

    @precondition(lambda self: len(self._plans()) < 3)
    @rule(copied=st.sampled_from(["teaching-unilevel", "teaching-stairstep"]))
    def copy_a_plan(self, copied: str) -> None:
        with self._deed():
            plans.save(self.file, plans.copy_of(copied, self.file))

    @precondition(lambda self: self._plans())
    @rule(data=st.data(), rate=st.integers(1, 20))
    def change_a_plan(self, data: st.DataObject, rate: int) -> None:
        text = plans.text_of(self._one(data, self._plans()), self.file)
        with self._deed():
            plans.save(self.file, re.sub(r"rates = \[\d+", f"rates = [{rate}", text, count=1))

    @precondition(lambda self: self._plans())
    @rule(data=st.data())
    def remove_a_plan(self, data: st.DataObject) -> None:
        with self._deed():
            plans.remove(self.file, self._one(data, self._plans()))

    @precondition(lambda self: self._has_company() and self._plans())
    @rule(data=st.data())
    def go_by_a_plan_of_her_own(self, data: st.DataObject) -> None:
        company = self._one(data, self._companies())
        with self._deed():
            companies.save(self.file, replace(company, plan_id=self._one(data, self._plans())))

    @precondition(_has_company)
    @rule(data=st.data(), period=PERIODS)
    def keep_an_estimate(self, data: st.DataObject, period: Period) -> None:
        company = self._one(data, self._companies())
        with self._deed():
            estimates.keep(self.file, earnings.prepare(self.file, company, period).now())

    def _kept(self) -> list[tuple[Company, str]]:
        return [
            (company, kept.period)
            for company in self._companies()
            for kept in estimates.everyone(self.file, company)
        ]

    @precondition(lambda self: self._kept())
    @rule(data=st.data())
    def forget_an_estimate(self, data: st.DataObject) -> None:
        company, period = self._one(data, self._kept())
        with self._deed():
            estimates.forget(self.file, company, Period.parse(period))

    @precondition(lambda self: self._kept())
    @rule(data=st.data())
    def open_an_estimate(self, data: st.DataObject) -> None:
        """Whatever became of the team and the plans since: it comes to what was kept."""
        company, period = self._one(data, self._kept())
        with self._deed():
            opened = estimates.open_kept(self.file, company, period).now()
        assert opened.kept is not None
        assert opened.statement.total_minor == opened.kept.total

    # files brought in

    def _source(self, name: str, lines: Sequence[str]) -> Path:
        path = Path(self.folder.name) / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def _bring_in(self, preview: Callable[[], Preview]) -> None:
        with self._deed():
            preview().apply()

    @rule(people=st.lists(st.tuples(NAMES, NAMES, PHONES), min_size=1, max_size=5))
    def import_contacts(self, people: list[tuple[str, str, str]]) -> None:
        lines = ["First Name,Last Name,Notes,Phone 1 - Value", *(f"{a},{b},From a file,{p}" for a, b, p in people)]
        path = self._source("people.csv", lines)
        self._bring_in(lambda: imports.preview_contacts(self.file, imports.read_contacts(path).now()))

    @precondition(_has_company)
    @rule(data=st.data(), rows=st.lists(st.tuples(NUMBERS, NAMES, st.integers(0, 999)), min_size=1, max_size=5))
    def import_products(self, data: st.DataObject, rows: list[tuple[str, str, int]]) -> None:
        company = self._one(data, self._companies())
        path = self._source(
            "list.csv", ["Varenr;Navn;Vejl. pris;PV", *(f"{n};{name};{p},00;{p}" for n, name, p in rows)]
        )
        self._bring_in(
            lambda: imports.preview_products(self.file, company, imports.read_products_file(path, company).now())
        )

    @precondition(_has_company)
    @rule(data=st.data(), period=PERIODS)
    def import_team(self, data: st.DataObject, period: Period) -> None:
        company = self._one(data, self._companies())
        path = self._source("team.csv", ["Name,ID,Sponsor ID,PV", *team_lines(data.draw)])
        self._bring_in(
            lambda: imports.preview_team(self.file, company, imports.read_team_file(path, company).now(), period)
        )

    # back from a backup, and everything out and in

    def _back_up(self) -> backups.Backup:
        return backups.make(self.file, backups.Reason.ASKED).now()

    @precondition(lambda self: len(self.backups) < 2 and self._listed())
    @rule()
    def back_up(self) -> None:
        with self._deed():
            self.backups.append(self._back_up())

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def bring_back_from_a_backup(self, data: st.DataObject) -> None:
        chosen = self._one(data, self.backups)
        with self._deed():
            missing = backups.missing(self.file, backups.look(chosen, self.secret).now())
            if missing:
                id_, name = self._one(data, missing)
                fetched = backups.fetch_contact(chosen, id_, self.secret).now()
                assert fetched.contact.name == name
                backups.bring_back(self.file, fetched)
        if missing:
            assert name in {row.name for row in contacts.rows(self.file)}

    @precondition(lambda self: not self.taken_out and self._members())
    @rule()
    def take_out_everything(self) -> None:
        # the tables only: PDFs and calendars are not read again
        folder = Path(self.folder.name) / "everything"
        folder.mkdir()
        everything = stored_everything.read(self.file)
        write_everything(everything, folder)
        self.taken_out.append((folder, stored_everything.counts(self.file)))

    @precondition(lambda self: self.taken_out)
    @rule()
    def take_in_everything(self) -> None:
        folder, counts = self.taken_out[0]
        found = takeout.read_taken_out(folder).now()
        with self._deed():
            takeout.take_in(self.file, found)  # refused while there is anything in the file
        while self.past:
            self.undo()
        with self._deed():
            takeout.take_in(self.file, found)
        assert stored_everything.counts(self.file) == counts
        for company, period in self._kept():
            opened = estimates.open_kept(self.file, company, period).now()
            assert opened.kept is not None
            assert opened.statement.total_minor == opened.kept.total

    # there and back

    def remembered(self) -> list[files.Deed]:
        """The deeds that the file remembers, newest first."""
        return files.deeds(self.file)

    @rule()
    def close_and_open(self) -> None:
        self.file.close()
        self.file = self._opened()
        self._settle()
        assert contents(self.file) == self.now

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        taken_back = files.undo(self.file)
        assert taken_back is not None
        assert taken_back.id == self.done[len(self.past) - 1]
        self.future.append(self.now)
        self._came_to(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        again = files.redo(self.file)
        assert again is not None
        self.past.append(self.now)
        self._came_to(self.future.pop())

    def _came_to(self, expected: Contents) -> None:
        assert contents(self.file) == expected
        self._told(expected)
        self.now = expected

    @rule()
    def undo_all_and_redo_all(self) -> None:
        """All the way back and forth again, every state on the way as it was."""
        back, estimates = len(self.past), self._estimates()
        for _step in range(back):
            self.undo()
        assert files.undo(self.file) is None
        for _step in range(back):
            self.redo()
        assert self._estimates() == estimates
        if not self.future:
            assert files.redo(self.file) is None

    def _estimates(self) -> list[object]:
        """Each company's statement, once its sums have been checked."""
        made = []
        for company in self._companies():
            if not company.plan_id:
                continue
            statement = earnings.prepare(self.file, company, Period.parse("2026-10")).now().statement
            assert statement.total_minor == sum(component.total_minor for component in statement.components)
            for component in statement.components:
                assert component.total_minor == component.rounding + sum(line.minor for line in component.lines)
            lines = [[*component.lines] for component in statement.components]
            made.append((company, statement.total_minor, statement.rank.rank, lines))
        return made

    @invariant()
    def the_file_is_whole(self) -> None:
        assert self.file.fetch("PRAGMA foreign_key_check") == []
        # every index against its table
        assert self.file.fetch("PRAGMA integrity_check") == [("ok",)]
        self.the_index_agrees()
        remembered = self.remembered()
        assert len([deed for deed in remembered if not deed.undone]) == len(self.past)
        assert len([deed for deed in remembered if deed.undone]) == len(self.future)

    @invariant()
    def the_trees_stand_and_their_sums_agree(self) -> None:
        for company in self._companies():
            for field in ("sponsor_id", "placement_id"):
                check_links(stored_team.links(self.file, company.id, field))
            assert len([m for m in stored_team.members(self.file, company.id) if m.is_self]) == 1
            view = team.view(self.file, company.id, Period.parse("2026-10"))
            for member, total in zip(view.team.ids, view.group, strict=True):
                # counted for her alone, by the database
                assert total == (next(team_history.groups(self.file, view, member, [view.period])) or 0)
            for day in team_past.known_until(self.file, company.id):
                then = team_times.members_at(self.file, company.id, Period.containing(day))
                check_links({member.id: member.sponsor_id for member in then})
                check_links({member.id: member.placement_id or member.sponsor_id for member in then})

    @invariant()
    def search_and_order_agree_with_the_people(self) -> None:
        people = {person.id: person for person in self._people()}
        derived = self.file.fetch("SELECT id, name, sort_key, search FROM person")
        assert {id_: tuple(rest) for id_, *rest in derived} == {
            id_: (person.name, *(_found_by(person) if person.listed else ("", "")))
            for id_, person in people.items()
        }
        shown = contacts.rows(self.file)
        assert [row.id for row in shown] == [
            person.id
            for person in sorted(people.values(), key=lambda person: (sort_key(person.name), person.id))
            if person.listed
        ]


def _found_by(person: Contact) -> tuple[str, str]:
    numbers = [form for entry in person.phones for form in (entry.value, phone_digits(entry.value))]
    mails = [entry.value for entry in person.emails]
    texts = (person.name, person.organization, person.city, *numbers, *mails, *person.tags)
    return sort_key(person.name), search_text(*texts)
