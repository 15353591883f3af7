"""All that a file holds, as plain records: what is taken out, and what can be brought in again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from organizer.domain.company import Company
from organizer.domain.consent import Consent, SaidNo, Topic
from organizer.domain.contact import Contact
from organizer.domain.estimate import Kept
from organizer.domain.picture import Picture
from organizer.domain.product import Product
from organizer.domain.relation import Relation
from organizer.domain.result import Message
from organizer.domain.team import Member, Past, TreeError, check_links
from organizer.domain.timeline import Entry, FileLayout, FollowUp


class Volume(NamedTuple):
    """One member's volume called `name` ("pv") in a period ("2026-10"), in thousandths."""

    member_id: int
    period: str
    name: str
    amount: int


SETTINGS = ("invitations a year", "months to keep", "suppression salt")
"""The settings that belong to the data and go along; the others are of a screen, a file or a computer."""


class Pictured(NamedTuple):
    """A picture of a person or of a product: the other id is 0."""

    person_id: int
    product_id: int
    picture: Picture


class Like(NamedTuple):
    """A person likes a product."""

    product_id: int
    person_id: int


class Link(NamedTuple):
    """Two products go together."""

    product_id: int
    other_id: int


class Suppressed(NamedTuple):
    """Somebody who said no and is in the file no more, known by a digest."""

    digest: str
    topic: Topic
    day: date


class Text(NamedTuple):
    """A text under a name: a saved list's filter, a follow-up plan, a setting."""

    name: str
    text: str


@dataclass(frozen=True)
class Everything:
    """Ids are those of the file it comes from. `owner` is the distributor's own person, 0 where there is none.

    `plans` are those of her own making: each one's text by its id. `past` is what was true of members before,
    `entries` and `steps` are what was said and done with people and is to be done. `estimates` are whole, and may
    be unpacked only when they are asked for: that raises what storage raises. `lists` are saved filters and
    `follow_up_plans` her own, as texts; `settings` those that belong to the data, not to a screen.
    """

    companies: Sequence[Company] = ()
    people: Sequence[Contact] = ()
    members: Sequence[Member] = ()
    volumes: Sequence[Volume] = ()
    products: Sequence[Product] = ()
    owner: int = 0
    plans: Mapping[str, str] = field(default_factory=dict)
    estimates: Sequence[Kept] = ()
    past: Sequence[Past] = ()
    entries: Sequence[Entry] = ()
    steps: Sequence[FollowUp] = ()
    layouts: Sequence[FileLayout] = ()
    relations: Sequence[Relation] = ()
    consents: Sequence[Consent] = ()
    noes: Sequence[SaidNo] = ()
    suppressed: Sequence[Suppressed] = ()
    lists: Sequence[Text] = ()
    follow_up_plans: Sequence[Text] = ()
    links: Sequence[Link] = ()
    likes: Sequence[Like] = ()
    pictures: Sequence[Pictured] = ()
    settings: Sequence[Text] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each kind; "contacts" are the people in Contacts."""
        return {
            "contacts": sum(person.listed for person in self.people),
            "people": len(self.people),
            "companies": len(self.companies),
            "members": len(self.members),
            "volumes": len(self.volumes),
            "products": len(self.products),
            "notes": sum(len(product.notes) for product in self.products),
            "entries": len(self.entries),
            "steps": len(self.steps),
            "relations": len(self.relations),
            "consents": len(self.consents),
            "noes": len(self.noes),
            "lists": len(self.lists),
            "follow_up_plans": len(self.follow_up_plans),
            "pictures": len(self.pictures),
            "plans": len(self.plans),
            "estimates": len(self.estimates),
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """What can't be: `field` of Everything, the place in it, what it is about, and why."""

    field: str
    place: int
    subject: str
    message: Message


def faults(everything: Everything) -> list[Fault]:
    """Doubles, links to what isn't there, and circles. Each record is taken to be sound in itself."""
    return [*_doubles(everything), *_loose_ends(everything), *_circles(everything)]


def _doubles(everything: Everything) -> Iterator[Fault]:
    ids: tuple[tuple[str, Sequence[Company | Contact | Member | Product]], ...] = (
        ("companies", everything.companies),
        ("people", everything.people),
        ("members", everything.members),
        ("products", everything.products),
    )
    for kind, records in ids:
        for place in _repeated(record.id for record in records):
            id_ = records[place].id
            yield Fault(kind, place, str(id_), Message("The id {id} is there more than once.", {"id": str(id_)}))
    members, products, volumes = everything.members, everything.products, everything.volumes
    taken = Message("This number is there more than once in the same company.")
    for place in _repeated((m.company_id, m.number) if m.number else None for m in members):
        yield Fault("members", place, members[place].number, taken)
    for place in _repeated((p.company_id, p.number) for p in products):
        yield Fault("products", place, products[place].number, taken)
    for place in _repeated(m.company_id if m.is_self else None for m in members):
        message = Message("Only one member of a company can be you.")
        yield Fault("members", place, members[place].number, message)
    for place in _repeated((kept.company_id, kept.period) for kept in everything.estimates):
        message = Message("There is more than one estimate of this company and period.")
        yield Fault("estimates", place, everything.estimates[place].period, message)
    for place in _repeated((one.member_id, one.until) for one in everything.past):
        message = Message("This member's past is there more than once for the same day.")
        yield Fault("past", place, str(everything.past[place].member_id), message)
    for place in _repeated((one.company_id, one.headings) for one in everything.layouts):
        message = Message("How to read files with these headings is there more than once for the same company.")
        yield Fault("layouts", place, "", message)
    same = Message("This is there more than once.")
    once: tuple[tuple[str, Sequence[Suppressed | Text]], ...] = (
        *(("suppressed", everything.suppressed), ("lists", everything.lists)),
        *(("follow_up_plans", everything.follow_up_plans), ("settings", everything.settings)),
    )
    for kind, named in once:
        for place in _repeated(one[0] for one in named):
            yield Fault(kind, place, named[place][0], same)
    for place in _repeated(one.person_id or None for one in everything.pictures):
        yield Fault("pictures", place, str(everything.pictures[place].person_id), same)
    for kind, pairs in (("links", everything.links), ("likes", everything.likes)):
        for place in _repeated(pairs):
            yield Fault(kind, place, str(pairs[place][0]), same)
    for place in _repeated(volume[:3] for volume in volumes):
        message = Message("This volume is there more than once for the same member and period.")
        yield Fault("volumes", place, f"{volumes[place].name} {volumes[place].period}", message)


def _repeated(keys: Iterable[Hashable]) -> Iterator[int]:
    """The places of keys that were there before; None is no key."""
    seen: set[Hashable] = set()
    for place, key in enumerate(keys):
        if key in seen:
            yield place
        elif key is not None:
            seen.add(key)


def _loose_ends(everything: Everything) -> Iterator[Fault]:
    companies = {company.id for company in everything.companies}
    people = {person.id for person in everything.people}
    team = {member.id: member.company_id for member in everything.members}
    for place, member in enumerate(everything.members):
        if member.company_id not in companies:
            yield Fault("members", place, member.number, _no("company", member.company_id))
        if member.person_id not in people:
            yield Fault("members", place, member.number, _no("contact", member.person_id))
        for kind, above in (("sponsor", member.sponsor_id), ("placement", member.placement_id)):
            if above is not None and team.get(above) != member.company_id:
                yield Fault("members", place, member.number, _no(kind, above))
    for place, product in enumerate(everything.products):
        if product.company_id not in companies:
            yield Fault("products", place, product.name, _no("company", product.company_id))
    for place, volume in enumerate(everything.volumes):
        if volume.member_id not in team:
            yield Fault("volumes", place, f"{volume.name} {volume.period}", _no("member", volume.member_id))
    for place, past in enumerate(everything.past):
        if past.member_id not in team:
            yield Fault("past", place, past.until.isoformat(), _no("member", past.member_id))
        for kind, above in (("sponsor", past.sponsor_id), ("placement", past.placement_id)):
            if above is not None and team.get(above) != team.get(past.member_id):
                yield Fault("past", place, past.until.isoformat(), _no(kind, above))
    noted: tuple[tuple[str, Sequence[Entry | FollowUp]], ...] = (
        ("entries", everything.entries),
        ("steps", everything.steps),
    )
    for field_, records in noted:
        for place, one in enumerate(records):
            if one.person_id is not None and one.person_id not in people:
                yield Fault(field_, place, one.body[:60], _no("contact", one.person_id))
    yield from _loose_ties(everything, people)
    for place, layout in enumerate(everything.layouts):
        if layout.company_id not in companies:
            yield Fault("layouts", place, "", _no("company", layout.company_id))
    for place, kept in enumerate(everything.estimates):
        if kept.company_id not in companies:
            yield Fault("estimates", place, kept.period, _no("company", kept.company_id))
    if everything.owner and everything.owner not in people:
        yield Fault("owner", 0, "", _no("contact", everything.owner))


def _loose_ties(everything: Everything, people: set[int]) -> Iterator[Fault]:
    """Relations, consents, noes, likes, links and pictures of whom or what isn't there."""
    products = {product.id for product in everything.products}
    ties: tuple[tuple[str, Iterable[tuple[set[int], str, tuple[int, ...]]]], ...] = (
        ("relations", ((people, "contact", (one.person_id, one.other_id)) for one in everything.relations)),
        ("consents", ((people, "contact", (one.person_id,)) for one in everything.consents)),
        ("noes", ((people, "contact", (one.person_id,)) for one in everything.noes)),
        ("likes", ((people, "contact", (one.person_id,)) for one in everything.likes)),
        ("likes", ((products, "product", (one.product_id,)) for one in everything.likes)),
        ("links", ((products, "product", tuple(one)) for one in everything.links)),
        ("pictures", ((people | {0}, "contact", (one.person_id,)) for one in everything.pictures)),
        ("pictures", ((products | {0}, "product", (one.product_id,)) for one in everything.pictures)),
    )
    for field_, each in ties:
        for place, (there, kind, ids) in enumerate(each):
            for id_ in ids:
                if id_ not in there:
                    yield Fault(field_, place, str(id_), _no(kind, id_))


def _no(kind: str, id_: int) -> Message:
    sentences = {
        "company": Message("There is no company with the id {id}.", {"id": str(id_)}),
        "contact": Message("There is no contact with the id {id}.", {"id": str(id_)}),
        "sponsor": Message("The company's team has no sponsor with the id {id}.", {"id": str(id_)}),
        "placement": Message(
            "The company's team has no member with the id {id} to stand under.", {"id": str(id_)}
        ),
        "product": Message("There is no product with the id {id}.", {"id": str(id_)}),
        "member": Message("There is no team member with the id {id}.", {"id": str(id_)}),
    }
    return sentences[kind]


def _circles(everything: Everything) -> Iterator[Fault]:
    sponsor = Message("The sponsors run in a circle: {path}.")
    placement = Message("The placements run in a circle: {path}.")
    yield from _circle(everything, sponsor, lambda member: member.sponsor_id)
    yield from _circle(everything, placement, lambda member: member.placement_id or member.sponsor_id)


def _circle(everything: Everything, message: Message, above: Callable[[Member], int | None]) -> Iterator[Fault]:
    places = {member.id: place for place, member in enumerate(everything.members)}
    links = {member.id: above(member) for member in everything.members}
    try:
        # links that lead nowhere were told of already
        check_links({id_: up if up in places else None for id_, up in links.items()})
    except TreeError as error:
        names: Mapping[int, str] = {person.id: person.name for person in everything.people}
        path = [names.get(everything.members[places[id_]].person_id) or str(id_) for id_ in error.members]
        # a long circle is shown by its beginning
        shown = [*path[:8], *(["…"] if len(path) > 8 else []), path[0]]
        yield Fault(
            "members", places[error.members[0]], path[0], Message(message.text, {"path": " → ".join(shown)})
        )
