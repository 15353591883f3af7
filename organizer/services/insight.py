"""Everything that is kept about one person, for that person to read (GDPR art. 15) and to take along (art. 20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from organizer.domain.money import volume_amount
from organizer.domain.result import Message, Refusal
from organizer.i18n import _, format_date, format_number
from organizer.services import files, follow_up_plans
from organizer.services.insight_words import KINDS, OWNERS, SILENT, WORDS
from organizer.services.jobs import Job, Progress
from organizer.storage import File, contacts, insight, pictures

Fields = list[tuple[str, str]]
"""What a row tells: label and value, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing that is kept: what it is, why, and each of them."""

    table: str
    title: str
    why: str
    rows: Sequence[Fields]


@dataclass(frozen=True, slots=True)
class Insight:
    """All of it, in the language spoken. `held` is the same as it is stored, by table, for a machine.

    `deeds` are what the history remembers of the person, `mentions` counts the notes about others with
    the name in them, `picture` the person's own picture.
    """

    person_id: int
    name: str
    made: date
    parts: Sequence[Part]
    deeds: Sequence[str]
    mentions: int
    picture: bytes | None
    held: Mapping[str, Sequence[Mapping[str, Any]]]


def gather(file: File, person_id: int) -> Insight:
    """Everything about a person. Reads all notes for the name. Raises Refusal when the person is gone."""
    found = contacts.get(file, person_id)
    if not found:
        raise Refusal(Message("This person is gone. Nothing was changed."))
    held = insight.held(file, person_id)
    called = insight.looked_for(file, [person_id])
    picture = pictures.of_person(file, person_id)
    telling = _Telling(file)
    return Insight(
        person_id,
        found[0].name,
        file.clock().date(),
        [telling.part(table, held[table]) for table in KINDS if held.get(table)],
        [_deed(*deed, found[0].name) for deed in insight.deeds_about(file, person_id)],
        len(insight.mentions(file, person_id, called)),
        picture.data if picture else None,
        held,
    )


def _deed(at: str, kind: str, subject: str, name: str) -> str:
    # a deed with one person's record may be called after another, who is nobody's business
    told = subject if kind.endswith((".import", ".many")) or kind.startswith(_OF_THINGS) else name
    text = _(files.DEEDS[kind]).format(subject=told) if kind in files.DEEDS else kind
    return f"{format_date(datetime.fromisoformat(at).date())}: {text}"


_OF_THINGS = ("product.", "company.", "estimate.")
"""Deeds that are called after something else than a person."""


class _Telling:
    """Turns stored rows into words."""

    def __init__(self, file: File) -> None:
        self._file = file

    def part(self, table: str, rows: Sequence[Mapping[str, Any]]) -> Part:
        """One table's rows in words."""
        kind = KINDS[table]
        return Part(table, _(kind.title), _(kind.why), [self._fields(table, row) for row in rows])

    def _fields(self, table: str, row: Mapping[str, Any]) -> Fields:
        labels = KINDS[table].columns
        told = ((_(label), self._value(table, column, row[column])) for column, label in labels.items())
        return [(label, value) for label, value in told if value]

    def _value(self, table: str, column: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if column.endswith("_id"):
            return insight.name_of(self._file, _what(column), value)
        if column == "plan":
            return follow_up_plans.name_of(self._file, value) or value
        if column == "amount":
            return format_number(volume_amount(value))
        words = WORDS.get(column, {}) if column != "value" or table == "person_role" else {}
        if value in words:
            return _(words[value])
        return _day(str(value)) if column in _DAYS else str(value)


def _what(column: str) -> str:
    """What kind of row a column that ends in "_id" names."""
    return "member" if column in ("sponsor_id", "placement_id") else column.removesuffix("_id")


_DAYS = frozenset(
    {
        *(
            "added",
            "expires",
            "given",
            "withdrawn",
            "day",
            "lifted",
            "due",
            "done",
            "joined",
            "last_order",
            "since",
        ),
        *("until", "birthday"),
    }
)


def _day(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:  # a birthday without its year
        return text


def report(file: File, told: Insight) -> Job[bytes]:
    """A PDF for the person to read. The job raises Cancelled."""
    from organizer.services.reports import head_of

    head = head_of(file, None)

    def work(progress: Progress) -> bytes:
        from organizer.reports.insight import About, Kept, insight_sheet

        kept = [Kept(part.title, part.why, part.rows) for part in told.parts]
        about = About(told.name, kept, told.deeds, told.mentions, told.picture)
        return insight_sheet(about, head(), progress.report, progress.cancelled)

    return Job(_("What is kept about {name}").format(name=told.name), work)


def save_data(file: File, told: Insight, out: Path) -> Path:
    """Write the machine-readable file (JSON) at `out`. Raises Refusal, with what was there as it was."""
    from organizer.exchange.person_json import write_person

    if out.suffix.lower() != ".json" or out.resolve() == file.path:
        values = {"file": out.name}
        raise Refusal(Message("{file} is not a name for such a file. Choose one that ends in .json.", values))
    held = {
        table: [
            {name: value for name, value in row.items() if name not in SILENT and (name not in OWNERS)}
            | _others(file, table, row, told.person_id)
            for row in rows
        ]
        for table, rows in told.held.items()
    }
    picture = pictures.of_person(file, told.person_id)
    write_person(out, told.name, told.made, held, picture, told.mentions)
    return out


def _others(file: File, table: str, row: Mapping[str, Any], person_id: int) -> dict[str, str]:
    """Names in the place of the numbers of others' rows, which say nothing outside this file."""
    told = {}
    for column, value in row.items():
        if column.endswith("_id") and column != "member_id" and value is not None:
            told[column] = insight.name_of(file, _what(column), value)
    if table != "relation" and row.get("person_id") == person_id:
        told.pop("person_id", None)
    return told
