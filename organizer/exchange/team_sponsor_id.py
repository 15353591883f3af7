"""Team exports where each row names its sponsor's id, as in the Plexus genealogy report and many others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from organizer.domain.contact import MAX_TEXT
from organizer.domain.money import MAX_VOLUME
from organizer.domain.result import Message, RowProblem, Value
from organizer.domain.team import Kind
from organizer.exchange import member_words
from organizer.exchange.cells import shortened, tidy
from organizer.exchange.columns import Columns, Figures
from organizer.exchange.layout import Layout, is_total
from organizer.exchange.reading import IsCancelled, Progress, by_row, part, undisturbed, watch
from organizer.exchange.tables import Table, read_table
from organizer.exchange.team_rows import TeamReading, TeamRow
from organizer.i18n import N_

LAYOUT = Layout(
    english={
        "number": ("ID", "Member ID", "Distributor ID", "Consultant ID", "Ambassador ID", "Customer ID",
                   "Account Number", "Member Number", "ID Number"),
        "name": ("Name", "Full Name", "Member Name", "Distributor Name", "Customer Name"),
        "first_name": ("First Name", "Given Name"),
        "last_name": ("Last Name", "Family Name", "Surname"),
        "enroller_number": ("Enroller ID", "Enroller Number"),
        "enroller_name": ("Enroller Name", "Enroller"),
        "sponsor_number": ("Sponsor ID", "Sponsor Number", "Sponsor No.", "Upline ID", "Parent ID"),
        "sponsor_name": ("Sponsor Name", "Sponsor", "Upline Name"),
        "kind": ("Customer Type", "Member Type", "Account Type", "Type"),
        "status": ("Status", "Account Status", "Member Status"),
        "leg": ("Leg", "Side", "Placement Side", "Placement Leg", "Position"),
        "rank": ("Current Rank", "Rank", "Title", "Current Title"),
        "highest_rank": ("Highest Achieved Rank", "Highest Rank", "Highest Title", "Lifetime Rank"),
        "joined": ("Join Date", "Joined", "Start Date", "Enrollment Date", "Enrolment Date", "Enrolled"),
        "last_order": ("Last Order Date", "Last Order", "Last Purchase Date"),
        "phone": ("Phone", "Phone Number", "Mobile", "Telephone", "Cell Phone"),
        "email": ("Email", "E-mail Address"),
        "street": ("Address", "Street", "Street Address", "Address 1"),
        "postal_code": ("Postal Code", "Zip", "Zip Code", "Postcode"),
        "city": ("City", "Town"),
    },
    danish={
        "number": ("Medlemsnummer", "Medlemsnr.", "Forhandlernr.", "Forhandlernummer", "Konsulentnr.",
                   "Konsulentnummer", "Kundenr.", "Kundenummer", "Medlems-id", "Forhandler-id", "Nummer", "Nr."),
        "name": ("Navn", "Fulde navn", "Medlemsnavn"),
        "first_name": ("Fornavn", "Fornavne"),
        "last_name": ("Efternavn",),
        "sponsor_number": ("Sponsornummer", "Sponsornr.", "Sponsor-id", "Sponsor nr."),
        "sponsor_name": ("Sponsornavn", "Sponsors navn"),
        "kind": ("Kundetype", "Medlemstype", "Type"),
        "status": ("Status", "Medlemsstatus", "Kontostatus"),
        "leg": ("Ben", "Side", "Placering", "Position"),
        "rank": ("Rang", "Nuværende rang", "Titel", "Aktuel rang"),
        "highest_rank": ("Højeste rang", "Højeste opnåede rang", "Højeste titel"),
        "joined": ("Indmeldt", "Indmeldelsesdato", "Startdato", "Tilmeldt", "Oprettet"),
        "last_order": ("Seneste ordre", "Sidste ordre", "Seneste ordredato", "Sidste ordredato"),
        "phone": ("Telefon", "Mobil", "Tlf.", "Telefonnummer", "Mobilnummer"),
        "email": ("E-mail", "Mail", "E-mailadresse", "Mailadresse"),
        "street": ("Adresse", "Vej", "Gade"),
        "postal_code": ("Postnr.", "Postnummer"),
        "city": ("By",),
    },
    needed=(("number",), ("name", "first_name", "last_name"), ("sponsor_number", "enroller_number")),
    long_texts=frozenset({"street"}),
)  # fmt: skip
"""The headings understood. Volumes are added by the plan, which names them."""

_ROUNDED = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]+")


def read_team(
    path: Path,
    volumes: Mapping[str, Sequence[str]],
    *,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> TeamReading:
    """The members in `path`, in file order, and what could not be read.

    `volumes` gives for each of the plan's volumes the headings that may hold it: {"PV": ["PV", "Personal
    Volume"]}. A row without an id, or with one that came before, is left out; so are lines of sums, silently.
    A volume below zero, absurd or no number is not used. Decimal mark, date order and "Last, First" are
    judged by the whole column. Raises Refusal for a file that is no such table, Cancelled when cancelled.
    """
    with undisturbed():
        table = read_table(path, _with_volumes(volumes), part(progress, 0.0, 0.6), cancelled)
        return _read(table, volumes, progress, cancelled)


def _read(
    table: Table, volumes: Mapping[str, Sequence[str]], progress: Progress | None, cancelled: IsCancelled | None
) -> TeamReading:
    table, problems = _identified(table)
    columns = Columns(table, tidy(table.column("number")))
    watch(progress, cancelled, 0.7)
    names = _names(columns)
    columns.subjects = [name or number for name, number in zip(names, columns.subjects, strict=True)]
    rows = _rows(columns, names, volumes)
    problems += [*table.problems, *columns.problems, *_missing_columns(table, volumes)]
    watch(progress, cancelled, 1.0)
    told = frozenset(_told_name(name) for name in table.fields)
    if any(row.cancelled for row in rows):
        told |= {"status"}
    return TeamReading(rows, by_row(problems), table.file, table.numbers, told)


def _volume_field(name: str) -> str:
    return "volume " + name


def _told_name(field: str) -> str:
    """A field as TeamRow or the plan calls it."""
    return field.removeprefix(_volume_field("")).removeprefix("enroller_")


def _with_volumes(volumes: Mapping[str, Sequence[str]]) -> Layout:
    headings = {_volume_field(name): tuple(headings) for name, headings in volumes.items()}
    return replace(LAYOUT, english={**LAYOUT.english, **headings})


def _identified(table: Table) -> tuple[Table, list[RowProblem]]:
    """The rows with an id of their own, and a problem for each of the others that is no line of sums."""
    numbers, problems, kept = tidy(table.column("number")), [], []
    first_row: dict[str, int] = {}
    last = max((place for place, number in enumerate(numbers) if number), default=-1)
    for place, number in enumerate(numbers):
        row = table.numbers[place]
        is_new = number not in first_row and 0 < len(number) <= MAX_TEXT and not _is_rounded(number)
        if is_new and (number[0].isdigit() or not is_total([number])):
            first_row[number] = row
            kept.append(place)
        elif is_total([number] if number else table.rows[place]) or (
            place > last and not _name_cells(table, place)
        ):
            continue
        else:
            problems.append(_unidentified(row, number, _name_cells(table, place), first_row))
    return table.only(kept), problems


def _is_rounded(number: str) -> bool:
    """True for an id that a spreadsheet made into 1.00E+11: nobody can tell whose it was."""
    return "E+" in number and _ROUNDED.fullmatch(number) is not None


def _name_cells(table: Table, place: int) -> str:
    places = (table.fields.get(name) for name in ("name", "first_name", "last_name"))
    return shortened(" ".join(table.rows[place][index] for index in places if index is not None))


def _unidentified(row: int, number: str, name: str, first_row: Mapping[str, int]) -> RowProblem:
    values: dict[str, Value]
    if not number:
        return RowProblem(row, name, Message("This row has no id, so it was left out."))
    if _is_rounded(number):
        sentence = N_(
            "The id {number} was rounded by a spreadsheet, so this row was left out. Get the file again."
        )
        return RowProblem(row, name, Message(sentence, {"number": number}))
    if number in first_row:
        sentence = N_("The id {number} is in row {first} already; row {row} was left out.")
        values = {"number": shortened(number), "first": first_row[number], "row": row}
        return RowProblem(row, name, Message(sentence, values))
    return RowProblem(row, name, Message("The id in this row is too long to be right, so it was left out."))


def _missing_columns(table: Table, volumes: Mapping[str, Sequence[str]]) -> list[RowProblem]:
    problems = []
    for name in volumes:
        if _volume_field(name) not in table.fields:
            message = Message("The file has no column for {name}, so this volume is not known.", {"name": name})
            problems.append(RowProblem(table.header_row, name, message, kept=True))
    if "enroller_number" in table.fields and "sponsor_number" in table.fields:
        sentence = N_(
            "The file has both {enroller} and {sponsor}: the first was read as sponsor, the second not at all."
        )
        values = {"enroller": table.title("enroller_number"), "sponsor": table.title("sponsor_number")}
        problems.append(RowProblem(table.header_row, "", Message(sentence, values), kept=True))
    return problems


def _names(columns: Columns) -> list[str]:
    """Everyone's name; her id where the file has none, which is reported."""
    names = _first_name_first(columns.texts("name"))
    if "name" not in columns.table.fields:
        firsts, lasts = columns.texts("first_name"), columns.texts("last_name")
        names = [f"{first} {last}".strip()[:MAX_TEXT] for first, last in zip(firsts, lasts, strict=True)]
    for place, name in enumerate(names):
        if not name:
            names[place] = columns.subjects[place]
            message = Message("This row has no name; the id stands in its place.")
            problem = RowProblem(columns.table.numbers[place], names[place], message, kept=True)
            columns.problems.append(problem)
    return names


def _first_name_first(names: list[str]) -> list[str]:
    """ "Hansen, Anna" as "Anna Hansen", where every name in the column is written so."""
    if not all(name.count(",") == 1 and all(map(str.strip, name.split(","))) for name in names if name):
        return names
    return [" ".join(map(str.strip, reversed(name.split(",")))) for name in names]


def _rows(columns: Columns, names: list[str], volumes: Mapping[str, Sequence[str]]) -> list[TeamRow]:
    table, text = columns.table, columns.texts
    sponsor = "enroller" if "enroller_number" in table.fields else "sponsor"
    dates = columns.dates(("joined", "last_order"), english=not LAYOUT.is_danish(table.header))
    return list(
        map(
            TeamRow, table.numbers, text("number"), names, text(f"{sponsor}_number"),
            _first_name_first(text(f"{sponsor}_name")), _kinds(text("kind")), text("rank"), text("highest_rank"),
            dates["joined"], dates["last_order"], text("phone"), text("email"), text("street"),
            text("postal_code"), text("city"), _volumes(columns, volumes), _legs(columns),
            _cancelled(text("kind"), text("status")),
        )
    )  # fmt: skip


def _kinds(types: list[str]) -> list[Kind]:
    known = {text: _kind(text) for text in set(types)}
    return [known[text] for text in types]


def _kind(text: str) -> Kind:
    found = member_words.kind(text)
    return Kind.CUSTOMER if found is Kind.CUSTOMER else Kind.DISTRIBUTOR


def _cancelled(*columns: list[str]) -> list[bool]:
    """Who has left, as her type or her status says."""
    gone = {text for column in columns for text in set(column) if member_words.kind(text) is Kind.CANCELLED}
    return [not gone.isdisjoint(texts) for texts in zip(*columns, strict=True)]


def _legs(columns: Columns) -> list[str]:
    """Everyone's leg. A column with something else in it is about something else (a title, a place in a list)."""
    texts = columns.texts("leg")
    known = {text: member_words.leg(text) for text in sorted(set(texts))}
    wrong = next((text for text, leg in known.items() if leg is None), None)
    if wrong is None:
        return [known[text] or "" for text in texts]
    table = columns.table
    message = Message(
        "{column}: “{value}” is no leg, so this column was not used.",
        {"column": table.title("leg"), "value": shortened(wrong)},
    )
    columns.problems.append(RowProblem(table.header_row, "", message, kept=True))
    return [""] * len(texts)


def _volumes(columns: Columns, volumes: Mapping[str, Sequence[str]]) -> list[dict[str, int]]:
    found = columns.figures({_volume_field(name): Figures(3, MAX_VOLUME) for name in volumes})
    named = [(name, found[_volume_field(name)]) for name in volumes if _volume_field(name) in found]
    return [
        {name: value for name, column in named if (value := column[place]) is not None}
        for place in range(len(columns.table))
    ]
