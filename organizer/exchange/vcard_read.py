"""Reads vCards of versions 2.1, 3.0 and 4.0, as address books really write them.

What a card says is kept: in a field where there is one, else as a line of `Contact.extra`. Left out are only
what concerns the program that wrote it (PRODID, REV, UID and the like: a UID is one address book's own, and
people are recognised by name, phone and e-mail here). Pictures that lie on the web are never fetched; their
address is kept. A card inside another one (AGENT) becomes a person of her own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from organizer.domain.contact import MAX_TEXT, single_line
from organizer.domain.picture import Picture
from organizer.domain.result import Message, Refusal, RowProblem
from organizer.exchange import vcard_values as values
from organizer.exchange.cards import Card, CardReading
from organizer.exchange.cells import shortened
from organizer.exchange.contact_mending import mended
from organizer.exchange.picture_files import fitted
from organizer.exchange.reading import IsCancelled, Progress, by_row, undisturbed, watch
from organizer.exchange.text_file import read_bytes
from organizer.exchange.vcard_heads import Head, Heads
from organizer.exchange.vcard_person import HANDLERS, PersonBuilder
from organizer.exchange.vcard_sound import is_sound
from organizer.exchange.vcard_text import MAX_CARD, RawCard, as_utf8, count, raw_cards, text_of
from organizer.i18n import N_

_MOST_TOLD = 20  # of one card
_NESTED = 3
_OLD = re.compile(r"^version[ \t]*:[ \t]*2\.1[ \t]*$", re.IGNORECASE | re.MULTILINE)
_NOBODY = N_("This card has no name, organization, e-mail or phone number, so it was left out.")
_GROUP = N_("This card is a group, not a person, so it was left out.")
_LARGE = N_("This card is larger than {limit} MB, so it was left out.")
_UNFINISHED = N_("This card has no proper beginning or end; some of it may be missing.")
_LOOSE = N_("These lines belong to no card, so they were left out: “{value}”")
_LINE = N_("A line can't be read, so it was left out: “{value}”")
_PICTURE = N_("The picture can't be read, so it was left out.")
_PICTURES = N_("There are {count} pictures; the first was kept.")
_NO_CARDS = N_("“{file}” holds no address cards (vCard).")


def read_vcards(
    path: Path, *, progress: Progress | None = None, cancelled: IsCancelled | None = None
) -> CardReading:
    """The people in `path`, in file order. `rows` and the problems' rows are the lines their cards begin on.

    Categories become tags; those that LABEL_ROLES knows also give the role, unless the program wrote the card
    and says the roles in a line of its own. Whatever can't be read is told, and everything else kept. Raises
    Refusal for a file that holds no cards at all, Cancelled when cancelled.
    """
    with undisturbed():
        data = read_bytes(path)
        if not data.strip():
            raise Refusal(Message("“{file}” is empty.", {"file": path.name}))
        text = text_of(as_utf8(data))
        if not count(text):
            raise Refusal(Message(_NO_CARDS, {"file": path.name}))
        reader = _Reader(path.name)
        expected = count(text)
        for place, raw in enumerate(raw_cards(text)):
            if place % 500 == 0:
                watch(progress, cancelled, min(1.0, place / expected))
            reader.read(raw)
        watch(progress, cancelled, 1.0)
        reader.found.sort(key=lambda entry: entry[0])
        cards = [card for _line, card in reader.found]
        rows = [line for line, _card in reader.found]
        return CardReading(cards, by_row(reader.problems), path.name, rows)


class _Reader:
    """Makes raw cards into people, and gathers what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.found: list[tuple[int, Card]] = []
        self.problems: list[RowProblem] = []
        self._source = single_line(file)[:MAX_TEXT].rstrip()
        self._heads = Heads()

    def read(self, raw: RawCard, depth: int = 0) -> None:
        """Add the card's person, or a problem that says why not."""
        text = raw.text
        if len(text) > MAX_CARD:
            limit = MAX_CARD // 1_000_000
            return self._tell(raw.line, text[:500], Message(_LARGE, {"limit": limit}), False)
        if raw.is_loose:
            return self._tell(raw.line, "", Message(_LOOSE, {"value": shortened(text)}), False)
        person = PersonBuilder()
        self._fill(person, text, raw.line, depth)
        if person.kind == "group":
            return self._tell(raw.line, person.full_name, Message(_GROUP), False)
        self._add(raw, person)
        return None

    def _fill(self, person: PersonBuilder, text: str, line_number: int, depth: int) -> None:
        person.is_old = bool("\nVERSION:2.1\n" in text or ("2.1" in text and _OLD.search(text)))
        known, read = self._heads.known, self._heads.read
        for line in _lines(text):
            written, colon, value = line.partition(":")
            head = known.get(written) if colon else None
            if head is None:
                head, value = read(line)
            if head is None:
                if len(person.problems) < _MOST_TOLD and line.strip():
                    person.problems.append(Message(_LINE, {"value": shortened(values.repaired(line[:300]))}))
            elif handler := HANDLERS.get(head.name):  # asked for here: this is done for every line of the file
                handler(person, head, value)
            elif head.name == "AGENT" and value[:11].upper() == "BEGIN:VCARD" and depth < _NESTED:
                self._read_inside(values.unescaped(value), line_number, depth)
            else:
                person.keep(head, value)

    def _read_inside(self, text: str, line_number: int, depth: int) -> None:
        """Another person's card in a value of this one, as 3.0 writes AGENT."""
        for raw in raw_cards(text):
            raw.line = line_number
            self.read(raw, depth + 1)

    def _add(self, raw: RawCard, person: PersonBuilder) -> None:
        contact = person.contact(self._source)
        sound = contact if is_sound(contact) else mended(contact, raw.line, self.problems)
        if sound is None:
            return self._tell(raw.line, "", Message(_NOBODY), False)
        told = person.problems
        if not raw.is_whole:
            told.insert(0, Message(_UNFINISHED))
        picture = _picture(person.photos, told) if person.photos else None
        for message in told[:_MOST_TOLD]:
            self._tell(raw.line, sound.name, message, True)
        self.found.append((raw.line, Card(sound, picture)))
        return None

    def _tell(self, line: int, subject: str, message: Message, kept: bool) -> None:
        self.problems.append(RowProblem(line, shortened(values.repaired(subject)), message, kept))


def _lines(text: str) -> Iterator[str]:
    """The lines of a card, unfolded."""
    if "=\n" in text:  # it may be a soft line break, after which nothing is a fold
        return _mended_lines(text.split("\n"))
    if "\n " in text or "\n\t" in text:
        text = text.replace("\n ", "").replace("\n\t", "")
    lines = text.split("\n")
    return _mended_lines(lines) if [line for line in lines if ":" not in line and line] else iter(lines)


def _mended_lines(lines: list[str]) -> Iterator[str]:
    """Lines that go on without the space that says so: quoted-printable, base64, and notes in several lines."""
    pending: list[str] = []
    kind = ""
    for line in lines:
        is_more = kind == "Q" and pending[-1].endswith("=")
        if is_more:
            pending[-1] = pending[-1][:-1]
        elif line[:1] in (" ", "\t") and pending:
            line, is_more = line[1:], True
        elif ":" not in line and kind:
            line = line.strip() if kind == "B" else f"\\n{line}" if line.strip() else ""
            is_more = True
        if is_more:
            pending.append(line)
            continue
        if pending:
            yield "".join(pending)
        pending = [line]
        kind = _kind(line)
    yield "".join(pending)


def _kind(line: str) -> str:
    """How a line may go on: "Q" quoted-printable, "B" base64, "T" a text that people write, or not at all."""
    start = line[:200].upper().partition(":")[0]
    if "QUOTED-PRINTABLE" in start:
        return "Q"
    if "BASE64" in start or "ENCODING=B" in start:
        return "B"
    return "T" if start.partition(";")[0].rpartition(".")[2] == "NOTE" else ""


def _picture(photos: list[tuple[Head, str]], told: list[Message]) -> Picture | None:
    """The first picture that can be kept; what is wrong with them goes to `told`."""
    if len(photos) > 1:
        told.append(Message(_PICTURES, {"count": len(photos)}))
    for head, value in photos:
        media, data = values.data_uri(value) or (_media(head), values.base64_bytes(values.decoded(head, value)))
        if not data:
            told.append(Message(_PICTURE))
            continue
        try:
            return fitted(data, media if media.startswith("image/") else "")
        except Refusal as refusal:
            told.append(refusal.message)
    return None


def _media(head: Head) -> str:
    told = next((one for one in head.types if one != "pref"), "").lower().removeprefix("image/")
    known = {"jpg": "jpeg", "pjpeg": "jpeg"}.get(told, told)
    return f"image/{known}" if known.isalnum() else ""
