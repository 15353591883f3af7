"""Reads back what `everything_write` wrote. Nothing is mended: what is broken or doesn't agree is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from organizer.domain.contact import Address, Contact
from organizer.domain.estimate import Kept
from organizer.domain.everything import SETTINGS, Everything, Text, faults
from organizer.domain.money import volume_amount
from organizer.domain.product import Product, cleaned_product
from organizer.domain.result import FieldRefusal, Message, Refusal, RowProblem, Value
from organizer.domain.team import Member
from organizer.exchange import everything_pictures
from organizer.exchange import everything_rows as rows
from organizer.exchange import everything_tables as t
from organizer.exchange.cells import shortened
from organizer.exchange.everything_rows import Row, cell
from organizer.exchange.everything_texts import Known, TextReader
from organizer.exchange.everything_ties import TIES
from organizer.exchange.everything_write import estimate_sum, price_sum
from organizer.exchange.reading import IsCancelled, Progress, watch
from organizer.exchange.strict_table import StrictTable, Unfit, id_cell, number_cell
from organizer.i18n import N_

R = TypeVar("R")
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong in one of the folder's files; row 0 means the whole file."""

    file: str
    problem: RowProblem


@dataclass(frozen=True)
class Found:
    """What a folder holds. With any of `problems` it can't be brought in.

    `changed` names the files that are no longer as they were taken out.
    """

    folder: str
    everything: Everything
    problems: Sequence[FileProblem] = field(default=())
    changed: Sequence[str] = field(default=())


def read_everything(
    folder: Path, name: str, *, progress: Progress | None = None, cancelled: IsCancelled | None = None
) -> Found:
    """What stands in `folder`, which is called `name` to the user.

    Raises Refusal when it is no folder that everything was taken out to or comes from a newer version,
    Cancelled when cancelled.
    """
    if not (folder / t.CONTENTS).is_file():
        text = N_("“{folder}” is not a folder with everything: {file} is not in it.")
        raise Refusal(Message(text, {"folder": name, "file": t.CONTENTS}))
    return _Reader(folder, name, progress, cancelled).read()


class _Reader:
    """Reads one folder; `rows` keeps which row of its file each record came from."""

    def __init__(self, folder: Path, name: str, progress: Progress | None, cancelled: IsCancelled | None) -> None:
        self.folder, self.name = folder, name
        self.problems: list[FileProblem] = []
        self._progress, self._cancelled = progress, cancelled
        self._tables: dict[str, StrictTable] = {}
        self._rows: dict[str, list[int]] = {}

    def read(self) -> Found:
        contents = StrictTable(self.folder / t.CONTENTS, t.CONTENTS_HEADINGS)
        listed = {row["File"]: (number, row) for number, row in contents}
        self._add(contents)
        owner, form, settings = self._settings()
        sums = {name: row["SHA-256"] for name, (_at, row) in listed.items()} if form > 1 else {}
        texts = TextReader(self.folder, sums, self._tell)
        companies = self._each(t.COMPANIES, t.COMPANIES_HEADINGS, rows.company)
        people = self._each(t.PEOPLE, t.PEOPLE_HEADINGS, rows.person)
        members = self._each(t.MEMBERS, t.MEMBERS_HEADINGS, rows.member)
        past = self._each(t.PAST, t.PAST_HEADINGS, rows.past) if form > 2 else []
        volumes = self._each(t.VOLUMES, t.VOLUMES_HEADINGS, rows.volume)
        currencies = {company.id: company.currency for company in companies}
        products = self._each(t.PRODUCTS, t.PRODUCTS_HEADINGS, lambda row: rows.product(row, currencies))
        products = self._with_notes(products)
        plans = texts.plans() if form > 1 else {}
        estimates = self._estimates(texts, people, members) if form > 1 else []
        everything = Everything(
            *(companies, people, members, volumes, products, owner, plans, estimates, past), settings=settings
        )
        if form > 2:
            everything = replace(
                everything,
                entries=self._each(t.ENTRIES, t.ENTRIES_HEADINGS, rows.entry),
                steps=self._each(t.STEPS, t.STEPS_HEADINGS, rows.follow_up),
                layouts=self._each(t.LAYOUTS, t.LAYOUTS_HEADINGS, rows.file_layout),
            )
        if form > 3:
            everything = self._with_what_came_in_form_4(everything)
        if not contents.problems:
            self._compare(listed, everything)
        if not self.problems:  # else a row that could not be read would be missed by all that name it
            self._cross_check(everything)
        checksums = {name: table.checksum for name, table in self._tables.items()} | texts.checksums
        changed = [
            name
            for name, (_at, row) in listed.items()
            if name in checksums and row["SHA-256"].casefold() != checksums[name]
        ]
        watch(self._progress, self._cancelled, 1.0)
        return Found(self.name, everything, self.problems, changed)

    def _add(self, table: StrictTable) -> None:
        self.problems += [FileProblem(table.file, problem) for problem in table.problems]

    def _open(self, name: str, headings: Sequence[str]) -> StrictTable:
        watch(self._progress, self._cancelled, len(self._tables) / (len(t.TABLES) + 1))
        steps = re.compile("|".join(t.STEPS_MORE))
        optional = {t.PEOPLE: t.NUMBERED, t.MEMBERS: re.compile(f"{t.LEG}|{t.SINCE}"), t.STEPS: steps}
        self._tables[name] = StrictTable(self.folder / name, headings, optional.get(name))
        self._rows[name] = []
        return self._tables[name]

    def _each(self, name: str, headings: Sequence[str], make: Callable[[Row], R]) -> list[R]:
        """A record of each row that is sound."""
        table = self._open(name, headings)
        records: list[R] = []
        for number, row in table:
            if number % _AT_ONCE == 0:
                watch(self._progress, self._cancelled, len(self._tables) / (len(t.TABLES) + 1))
            try:
                records.append(make(row))
            except (Unfit, FieldRefusal) as error:
                table.tell(number, _subject(row) or row[headings[0]], error.message)
            else:
                self._rows[name].append(number)
        self._add(table)
        return records

    def _estimates(self, texts: TextReader, people: Sequence[Contact], members: Sequence[Member]) -> list[Kept]:
        kept = self._each(t.ESTIMATES, t.ESTIMATES_HEADINGS, rows.kept_estimate)
        # a row that could not be read would be missed by every estimate
        known = None if self.problems else Known(people, members)
        whole = []
        for estimate in kept:
            watch(self._progress, self._cancelled, len(self._tables) / (len(t.TABLES) + 1))
            whole.append(texts.estimate(estimate, known))
        return whole

    def _settings(self) -> tuple[int, int, list[Text]]:
        """The owner's id, 0 for none, the folder's form, the newest where it doesn't say, and other settings."""
        pairs = dict(self._each(t.SETTINGS, t.SETTINGS_HEADINGS, lambda row: (row["Setting"], row["Value"])))
        if not pairs:
            return 0, t.FORMAT, []
        form = pairs.get("format", "")
        if form.isascii() and form.isdigit() and int(form[:9]) > t.FORMAT:
            text = N_("“{folder}” was made by a newer version of Organizer. Install that version to bring it in.")
            raise Refusal(Message(text, {"folder": self.name}))
        known = form in map(str, range(1, t.FORMAT + 1))
        if not known:
            message = Message("“{value}” is no form that a folder can have.", {"value": shortened(form)})
            self._tell(t.SETTINGS, 0, "format", message)
        more = {name: value for name, value in pairs.items() if name not in ("format", "owner")}
        for name in more.keys() - set(SETTINGS):
            self._tell(t.SETTINGS, 0, name, Message("There is no such setting."))
        owner = 0
        try:
            owner = id_cell(pairs["owner"]) if pairs.get("owner") else 0
        except Unfit as error:
            self._tell(t.SETTINGS, 0, "owner", error.message)
        settings = [Text(name, value) for name, value in more.items() if name in SETTINGS]
        return owner, int(form) if known else t.FORMAT, settings

    def _with_what_came_in_form_4(self, everything: Everything) -> Everything:
        more: dict[int, tuple[Address, ...]] = {}
        known = {person.id for person in everything.people}

        def enter(row: Row) -> None:
            id_, address = rows.address(row)
            if id_ not in known:
                raise Unfit(Message("There is no contact with the id {id}.", {"id": str(id_)}))
            more[id_] = (*more.get(id_, ()), address)

        self._each(t.ADDRESSES, t.ADDRESSES_HEADINGS, enter)
        tied: dict[str, Any] = {tie.field: self._each(tie.file, tie.headings, tie.read) for tie in TIES}
        pictures = self._each(
            t.PICTURES, everything_pictures.HEADINGS, lambda row: everything_pictures.read(self.folder, row)
        )
        return replace(
            everything,
            people=[replace(p, more_addresses=more.get(p.id, ())) for p in everything.people],
            pictures=pictures,
            **tied,
        )

    def _tell(self, file: str, row: int, subject: str, message: Message) -> None:
        self.problems.append(FileProblem(file, RowProblem(row, shortened(subject), message)))

    def _with_notes(self, products: Sequence[Product]) -> list[Product]:
        by_id = {product.id: product for product in products}

        def enter(row: Row) -> None:
            id_ = cell(row, "Product id", id_cell)
            if id_ not in by_id:
                raise Unfit(Message("There is no product with the id {id}.", {"id": str(id_)}))
            section = cell(row, "Section", rows.section)
            if section in by_id[id_].notes:
                raise Unfit(Message("This note is there more than once."))
            # her own line ends may differ after another program saved the file
            noted = {**by_id[id_].notes, section: row["Note"].replace("\r\n", "\n")}
            by_id[id_] = cleaned_product(replace(by_id[id_], notes=noted))

        self._each(t.NOTES, t.NOTES_HEADINGS, enter)
        return [by_id[product.id] for product in products]

    def _compare(self, listed: Mapping[str, tuple[int, Row]], everything: Everything) -> None:
        """Counts and sums must be those in the list of contents: a table cut off between two rows shows here."""
        sums = {
            t.VOLUMES: volume_amount(sum(v.amount for v in everything.volumes)),
            t.PRODUCTS: price_sum(everything),
            t.ESTIMATES: estimate_sum(everything),
        }
        for name, table in self._tables.items():
            if table.problems:
                continue
            if name not in listed:
                self._tell(t.CONTENTS, 0, name, Message("The line about {file} is missing.", {"file": name}))
                continue
            number, row = listed[name]
            try:
                expected: dict[str, Value] = {
                    "expected": int(cell(row, "Rows", number_cell)),
                    "found": table.count,
                }
                if expected["expected"] != table.count:
                    text = N_("There are {found} rows where {expected} were taken out.")
                    self._tell(name, 0, "", Message(text, expected))
                elif name in sums and (wanted := cell(row, "Sum", number_cell)) != sums[name]:
                    text = N_("The figures add up to {found} where {expected} were taken out.")
                    self._tell(name, 0, "", Message(text, {"found": sums[name], "expected": wanted}))
            except Unfit as error:
                self._tell(t.CONTENTS, number, name, error.message)

    def _cross_check(self, everything: Everything) -> None:
        files = {
            "companies": t.COMPANIES,
            "people": t.PEOPLE,
            "members": t.MEMBERS,
            "past": t.PAST,
            "entries": t.ENTRIES,
            "steps": t.STEPS,
            "layouts": t.LAYOUTS,
            "volumes": t.VOLUMES,
            "products": t.PRODUCTS,
            "estimates": t.ESTIMATES,
            "pictures": t.PICTURES,
            **{tie.field: tie.file for tie in TIES},
        }
        for fault in faults(everything):
            name = files.get(fault.field, t.SETTINGS)
            row = self._rows[name][fault.place] if fault.field in files else 0
            self._tell(name, row, fault.subject, fault.message)


def _subject(row: Row) -> str:
    """Who or what a row is about, where it says so."""
    return next(
        (row[name] for name in ("Name", "(Name)", "(Product)", "First name", "Period") if row.get(name)), ""
    )
