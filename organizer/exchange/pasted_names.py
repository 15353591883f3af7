"""Names as they are written down at a party or copied from a message, one a line."""

from __future__ import annotations

import re

from organizer.domain.contact import Contact, Labelled, clean_text, single_line, split_name
from organizer.domain.result import Message, RowProblem
from organizer.exchange.cards import Card
from organizer.exchange.cells import shortened
from organizer.exchange.contact_mapping import ContactReading
from organizer.exchange.contact_mending import mended
from organizer.i18n import N_

_MAIL = re.compile(r"<?\s*(?:mailto:)?([^\s@<>,;:()]+@[^\s@<>,;()]+\.[^\s@<>,;().]+)\s*>?")
_PHONE = re.compile(
    r"(?<![\w+])(?:tlf\.?|tel\.?|mobil|phone|mob\.?)?:?\s*(\+?\(?\d[\d ().\u00a0/-]{4,22}\d)(?!\w)", re.IGNORECASE
)
_BULLET = re.compile(r"^(?:[-–—*•·▪◦‣☐☑✓✔>]+|\(?\d{1,3}[.):]|\[[ xX]?\])\s*")
_BETWEEN = re.compile(r"[;\t,|]| [-–—] ")
_NOBODY = N_("This line names nobody, so it was left out.")
_MOST = 20_000


def read_pasted_names(text: str) -> ContactReading:
    """The people in `text`, one a line: a name, with phone and e-mail in any order and parted by , ; or a tab.

    Bullets and numbers before a name are dropped, empty lines passed over; a line that names nobody is reported.
    What stands behind the name and is neither phone nor e-mail is kept as a note. Rows count lines from 1.
    """
    records, rows = list[Card](), list[int]()
    problems: list[RowProblem] = []
    for number, line in enumerate(clean_text(text).split("\n")[:_MOST], 1):
        if not line.strip():
            continue
        person = mended(_person(line), number, problems)
        if person and any(char.isalnum() for char in person.name):
            records.append(Card(person))
            rows.append(number)
        else:
            problems.append(RowProblem(number, shortened(line), Message(_NOBODY)))
    told = frozenset({"full_name", "phone", "email"})
    return ContactReading(records, problems, "", rows, told, pasted=True)


def _person(line: str) -> Contact:
    line = line.replace("\u00a0", " ").strip()
    while (bare := _BULLET.sub("", line, count=1)) != line:
        line = bare
    mails = tuple(Labelled(match) for match in _MAIL.findall(line))
    line = _MAIL.sub(" , ", line)
    phones = tuple(Labelled(_number(match)) for match in _PHONE.findall(line) if _is_phone(match))
    line = _PHONE.sub(lambda match: " , " if _is_phone(match[1]) else match[0], line)
    name, *more = [part for one in _BETWEEN.split(line) if (part := single_line(one).strip("\"'“”<>():"))] or [""]
    first, last = split_name(name)
    return Contact(first_name=first, last_name=last, phones=phones, emails=mails, notes=", ".join(more))


def _number(match: str) -> str:
    """The number; of a pair of brackets around the whole of it the pattern takes the first along."""
    number = single_line(match)
    return number if ")" in number else number.lstrip("(")


def _is_phone(text: str) -> bool:
    return 6 <= sum(map(str.isdigit, text)) <= 15
