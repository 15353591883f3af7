"""A file of contacts of whatever kind: address cards, Google's, Outlook's in any language, or any other table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from organizer.domain.contact import single_line
from organizer.domain.result import Message, Refusal
from organizer.exchange import pasted_names
from organizer.exchange.cards import Card
from organizer.exchange.cells import shortened
from organizer.exchange.contact_guess import guessed, heading_of
from organizer.exchange.contact_headings import field_of, is_english, is_quiet
from organizer.exchange.contact_mapping import ContactMapping, ContactReading, parted
from organizer.exchange.contact_rows import PeopleOf
from organizer.exchange.date_columns import Order, date_orders
from organizer.exchange.google_contacts import LAYOUT, has_own_columns, read_google_contacts
from organizer.exchange.reading import IsCancelled, Progress, by_row, part, undisturbed, watch
from organizer.exchange.sources import Head, Source, open_source
from organizer.exchange.tables import Table, table_under, unknown_columns
from organizer.exchange.text_file import read_bytes
from organizer.exchange.vcard_read import read_vcards
from organizer.i18n import N_

Remembered = Callable[[Sequence[str]], ContactMapping | None]
"""How tables with these headings are to be read, None where nothing was said of them."""

_SAMPLES = 20
_LONG = frozenset(
    {"notes", "family", "occupation", "recreation", "message", "street", "address", "city", "tags", "extra"}
)
_LOOKED_FOR = "Name / Navn, E-mail, Phone / Telefon"
_NO_HEADING = N_("The file has no headings: what each column is was guessed from what it holds.")
_GUESSED = N_("Guessed from what they hold: {columns}.")
_NO_NAME = N_("No column was found that tells who the people are. Choose it.")
_FEW = N_("Most of its columns are not used. Is it a list of people?")
_UNUSED = N_("Not used: {columns}.")
_DAY = N_("{column}: dates such as {value} can be read in two ways; the day was taken to come first.")
_MONTH = N_("{column}: dates such as {value} can be read in two ways; the month was taken to come first.")
_WHO = frozenset({"full_name", "first_name", "last_name", "organization", "nickname"})


def read_contact_file(
    path: Path,
    mapping: ContactMapping | None = None,
    *,
    known: Remembered | None = None,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> ContactReading:
    """The people in `path`, in file order, recognised by what the file holds and not by its name.

    A `mapping` with columns says what they are; `known` is asked where none is given. Address cards need neither.
    A text without headings is read as names, one a line. Raises Refusal for a file that is none of these,
    Cancelled when cancelled.
    """
    watch(progress, cancelled, 0.0)
    if _is_cards(read_bytes(path)):
        cards = read_vcards(path, progress=progress, cancelled=cancelled)
        return ContactReading(cards.records, cards.problems, cards.file, cards.rows, cards.told)
    source = open_source(path)
    if mapping is None and _is_google(source):
        return _google(source, path, progress, cancelled)
    with undisturbed():
        if mapping is None and path.suffix.lower() == ".txt" and not _has_headings(source):
            names = pasted_names.read_pasted_names(source.text.text)
            return replace(names, file=single_line(path.name), pasted=True)
        return _table(source, mapping, known, progress, cancelled)


def _is_cards(data: bytes) -> bool:
    """True for address cards, in UTF-16 too; something may stand before the first."""
    opening = data[:4000].replace(b"\x00", b"").upper()
    return b"BEGIN:VCARD" in opening


def _is_google(source: Source) -> bool:
    return any(LAYOUT.fits(cells) and has_own_columns(cells) for head in source.heads() for cells in head.rows)


def _has_headings(source: Source) -> bool:
    rows = (row for head in source.heads() for row in head.rows)
    return any(len({field for cell in row if (field := field_of(single_line(cell)))}) > 1 for row in rows)


def _google(
    source: Source, path: Path, progress: Progress | None, cancelled: IsCancelled | None
) -> ContactReading:
    found = read_google_contacts(path, progress=progress, cancelled=cancelled)
    return ContactReading(
        list(map(Card, found.records)),
        found.problems,
        found.file,
        found.rows,
        found.told,
        sheets=list(source.sheets),
        notes=[Message(_UNUSED, {"columns": ", ".join(found.unused)})] if found.unused else [],
    )


def _table(
    source: Source,
    mapping: ContactMapping | None,
    known: Remembered | None,
    progress: Progress | None,
    cancelled: IsCancelled | None,
) -> ContactReading:
    head, index = _heading(source, mapping)
    said = known(head.rows[index]) if known and index >= 0 and not (mapping and mapping.columns) else None
    mapping = replace(said, header_row=index + 1, sheet=head.sheet) if said else mapping
    head, index = (head, index) if index >= 0 else _without_heading(head)
    table = table_under(source, head, index, {}, (), frozenset(), part(progress, 0.0, 0.3), cancelled)
    columns = table.transposed()
    by_content: list[int] = []
    asked = mapping.columns if mapping else ()
    fields = [*asked, *[""] * len(table.header)][: len(table.header)]
    if not asked:
        fields, by_content = guessed(table.header, columns)
    order, unclear = _order(table, fields, columns, mapping)
    people = PeopleOf(_drop_run_together(table, fields), fields, order)
    for place in range(len(people.table)):
        if place % 1000 == 0:
            watch(progress, cancelled, 0.3 + 0.7 * place / len(people.table))
        people.read(place)
    watch(progress, cancelled, 1.0)
    doubts = [] if asked else _doubts(table, fields, by_content, columns)
    day_first = mapping.day_first if mapping else None
    return ContactReading(
        list(map(Card, people.contacts)),
        by_row([*table.problems, *people.problems]),
        table.file,
        people.rows,
        frozenset(parted(field)[0] for field in fields if field),
        ContactMapping(table.header_row, tuple(fields), day_first, head.sheet),
        table.header,
        list(table.rows[:_SAMPLES]),
        list(source.sheets),
        bool(asked) or not (doubts or unclear),
        [*doubts, *unclear],
        _unused(table, fields, columns),
    )


def _heading(source: Source, mapping: ContactMapping | None) -> tuple[Head, int]:
    """The way to read the file and the row of its heading, as asked or as it is found. Raises Refusal."""
    heads = [
        head for head in source.heads() if not (mapping and mapping.sheet) or head.sheet in ("", mapping.sheet)
    ]
    if mapping is None or mapping.header_row is None:
        try:
            return heading_of(heads)
        except LookupError:
            raise unknown_columns(source, _LOOKED_FOR) from None
    index = mapping.header_row - 1
    fitting = [head for head in heads if max(index, 0) < len(head.rows)]
    count = len(mapping.columns)
    if not fitting:
        sentence = N_("“{file}” has nothing in row {row}. Choose the row with the headings.")
        raise Refusal(Message(sentence, {"file": source.file, "row": mapping.header_row}))
    best = max(fitting, key=lambda head: (len(head.rows[max(index, 0)]) == count, _wide(head, max(index, 0))))
    return best, index


def _wide(head: Head, index: int) -> tuple[int, int]:
    width = len(head.rows[index])
    return sum(len(row) == width > 1 for row in head.rows[index:]), width


def _without_heading(head: Head) -> tuple[Head, int]:
    """The head with a heading of empty cells, which stands nowhere in the file."""
    width = max((len(row) for row in head.rows), default=0)
    return replace(head, rows=[*head.rows, [""] * width]), -1


def _drop_run_together(table: Table, fields: Sequence[str]) -> Table:
    """Rows whose short cells run over so many lines that a quotation mark must be wrong stay as they are told."""
    short = [place for place, field in enumerate(fields) if field and parted(field)[0] not in _LONG]
    kept = [i for i, row in enumerate(table.rows) if not any(row[place].count("\n") > 20 for place in short)]
    return table.only(kept)


def _order(
    table: Table, fields: Sequence[str], columns: Sequence[Sequence[str]], mapping: ContactMapping | None
) -> tuple[Order, list[Message]]:
    """Which of day and month comes first in birthdays, and what is said where that isn't sure."""
    place = next((i for i, field in enumerate(fields) if field == "birthday"), None)
    if mapping and mapping.day_first is not None:
        return (Order.DAY_FIRST if mapping.day_first else Order.MONTH_FIRST), []
    if place is None:
        return Order.DAY_FIRST, []
    texts = [cell.strip() for cell in columns[place] if cell.strip("0-./ ")]
    (found,) = date_orders([texts], is_english(list(table.header)))
    if found.sure or not texts:
        return found.order, []
    sentence = _DAY if found.order is Order.DAY_FIRST else _MONTH
    return found.order, [Message(sentence, {"column": _title(table, place), "value": shortened(texts[0])})]


def _doubts(
    table: Table, fields: Sequence[str], by_content: Sequence[int], columns: Sequence[Sequence[str]]
) -> list[Message]:
    doubts = [Message(_NO_HEADING)] if table.header_row == 0 else []
    if by_content and table.header_row:
        doubts.append(Message(_GUESSED, {"columns": ", ".join(_title(table, place) for place in by_content)}))
    if _WHO.isdisjoint(parted(field)[0] for field in fields if field):
        doubts.append(Message(_NO_NAME))
    elif len(_left_unused(table, fields, columns)) > sum(map(bool, fields)):
        doubts.append(Message(_FEW))
    return doubts


def _unused(table: Table, fields: Sequence[str], columns: Sequence[Sequence[str]]) -> list[Message]:
    """What is said of the columns that hold something and are not read."""
    told = [_title(table, place) for place in _left_unused(table, fields, columns)]
    return [Message(_UNUSED, {"columns": ", ".join(told)})] if told else []


def _left_unused(table: Table, fields: Sequence[str], columns: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold something and are not read; what Outlook says of everybody isn't worth a word."""
    places = [place for place, field in enumerate(fields) if not field and not is_quiet(table.header[place])]
    return [place for place in places if any(cell.strip("0-./ ") for cell in columns[place])]


def _title(table: Table, place: int) -> str:
    return shortened(table.header[place], 30) or str(place + 1)
