"""How hits are told: a title, a line below it, and where in them stands what was looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from organizer.domain.contact import Contact, single_line
from organizer.domain.finding import Span, Wanted
from organizer.domain.product import Section
from organizer.domain.timeline import EntryKind
from organizer.i18n import _, format_date
from organizer.services.search_hits import Hit, Kind
from organizer.storage import File, companies, searching
from organizer.storage import contacts as stored
from organizer.storage.searching import Item, Note, Place

_BETWEEN = " \N{MIDDLE DOT} "
_BEFORE, _SHOWN, _WINDOW = 30, 160, 600
"""Of a long note: characters before the first hit, characters in all, and how many are looked at."""

_Part = tuple[str, tuple[Span, ...]]


def contacts(file: File, asked: Wanted, ids: Sequence[int]) -> list[Hit]:
    """People in Contacts, in the order of their ids."""
    people = [person for person in stored.get(file, ids) if person.listed]
    noes = searching.who_said_no(file, ids)
    return [
        Hit(
            *(Kind.CONTACT, person.id, "contacts", person.id, person.name, asked.spans(person.name)),
            *_joined(_told(asked, person)),
            person.id,
            person.id in noes,
        )
        for person in people
    ]


def _told(asked: Wanted, person: Contact) -> Iterable[_Part]:
    """Where she lives, and what else finds her; her first number where nothing else is told."""
    where = (person.organization, person.city)
    yield from ((text, asked.spans(text)) for text in where if text)
    found = []
    for phone in person.phones:
        found.append((phone.value, asked.number_span(phone.value) or asked.spans(phone.value)))
    mails = (mail.value for mail in person.emails)
    found += [(text, asked.spans(text)) for text in (person.nickname, *mails, *person.tags)]
    told = [part for part in found if part[1]]
    first = [(person.phones[0].value, ())] if person.phones else [(mail.value, ()) for mail in person.emails[:1]]
    yield from told or first


def members(file: File, asked: Wanted, places: Sequence[Place]) -> list[Hit]:
    """Team members: number, rank, and the company where there are several."""
    noes = searching.who_said_no(file, [place.person_id for place in places])
    several = _several(file)
    return [
        Hit(
            *(Kind.MEMBER, place.id, "team", place.id, place.name, asked.spans(place.name)),
            *_joined(_marked(asked, (place.number,)), ((place.rank, ()), (several and place.company, ()))),
            place.person_id,
            place.person_id in noes,
        )
        for place in places
    ]


def products(file: File, asked: Wanted, items: Sequence[Item]) -> list[Hit]:
    """Products: number, category, and the company where there are several."""
    several = _several(file)
    return [
        Hit(
            *(Kind.PRODUCT, item.id, "products", item.id, item.name, asked.spans(item.name)),
            *_joined(_marked(asked, (item.number, item.category)), ((several and item.company, ()),)),
        )
        for item in items
    ]


def _several(file: File) -> str:
    return "several" if len(companies.everyone(file)) > 1 else ""


def notes(file: File, asked: Wanted, found: Sequence[tuple[Kind, Note]]) -> list[Hit]:
    """Notes, each under the one it is about."""
    of_people = [note for kind, note in found if kind is not Kind.PRODUCT_NOTE and note.owner_id]
    noes = searching.who_said_no(file, [note.owner_id for note in of_people])
    elsewhere = [note.owner_id for note in of_people if not note.listed]
    places = {place.person_id: place.id for place in searching.places_of(file, elsewhere)}
    hits = []
    for kind, note in found:
        page, target = _where(kind, note, places)
        person = note.owner_id if kind is not Kind.PRODUCT_NOTE else 0
        label = (f"{_label(kind, note)}: ", ())
        told = _joined((label,), (_excerpt(asked, note.body),), between="")
        owner = note.owner or _("Your own task")
        hits.append(Hit(kind, note.id, page, target, owner, (), *told, person, person in noes))
    return hits


def _where(kind: Kind, note: Note, places: dict[int, int]) -> tuple[str, int]:
    if kind is Kind.PRODUCT_NOTE:
        return "products", note.owner_id
    if not note.owner_id:
        return "today", note.id
    return ("contacts", note.owner_id) if note.listed else ("team", places.get(note.owner_id, 0))


def _label(kind: Kind, note: Note) -> str:
    if kind is Kind.ABOUT:
        return _("Noted")
    if kind is Kind.PRODUCT_NOTE:
        return _sections()[Section(note.kind)]
    if kind is Kind.ENTRY:
        what = _kinds()[EntryKind(note.kind)]
    else:
        what = _("Was to be done") if note.kind else _("Next step")
    return f"{what}, {format_date(note.day)}" if note.day else what


def _kinds() -> dict[EntryKind, str]:
    return {
        EntryKind.TALK: _("Talk"),
        EntryKind.CALL: _("Call"),
        EntryKind.MESSAGE: _("Message"),
        EntryKind.EMAIL: _("E-mail"),
        EntryKind.LETTER: _("Letter"),
        EntryKind.INVITATION: _("Invitation"),
        EntryKind.NOTE: _("Note"),
    }


def _sections() -> dict[Section, str]:
    return {
        Section.GENERAL: _("About it"),
        Section.SHOW: _("What to show"),
        Section.USE: _("How to use it"),
        Section.ANSWERS: _("Answers to questions"),
        Section.CAUTIONS: _("Cautions"),
        Section.SUSTAINABILITY: _("Sustainability"),
    }


def _excerpt(asked: Wanted, body: str) -> _Part:
    """What stands around the first hit, on one line."""
    around = max(0, asked.first_in(body) - _WINDOW // 2)
    text = single_line(body[around : around + _WINDOW])
    spans = asked.spans(text)
    if around and spans and spans[0][0] == 0:  # half a word that begins by chance
        spans = spans[1:]
    start = max(0, spans[0][0] - _BEFORE) if spans else 0
    start = text.rfind(" ", 0, start + 1) + 1
    end = start + _SHOWN
    before = "…" if start or around else ""
    after = "…" if end < len(text) or around + _WINDOW < len(body) else ""
    moved = len(before) - start
    shown = tuple((first + moved, last + moved) for first, last in spans if last <= end)
    return f"{before}{text[start:end]}{after}", shown


def _marked(asked: Wanted, texts: Iterable[str]) -> list[_Part]:
    return [(text, asked.spans(text)) for text in texts]


def _joined(*lists: Iterable[_Part], between: str = _BETWEEN) -> _Part:
    """Texts in one, what is marked in them still marked; empty ones and doubles left out."""
    line, spans = "", list[Span]()
    for text, marked in dict.fromkeys(part for parts in lists for part in parts):
        if text:
            line += between if line else ""
            spans += [(len(line) + first, len(line) + last) for first, last in marked]
            line += text
    return line, tuple(spans)
