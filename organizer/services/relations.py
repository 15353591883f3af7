"""How people belong together: written once, told on both cards."""

from __future__ import annotations

import re
from dataclasses import dataclass

from organizer.domain.contact import MAX_TEXT, fold, single_line, sort_key, too_long
from organizer.domain.relation import Relation, RelationKind
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.storage import File, contact_page, contacts, relations

__all__ = ["RelationKind", "Tie", "add", "find", "remove", "ties_of"]

_SHOWN = 40
_READ = 400  # so many are read to choose those from whose names begin with what is typed


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as one of the two sees it: `other_id` is the other one, called `name`.

    `forward`: this one introduced or hosted the other; else the other one did. `body` says more ("sister").
    """

    relation_id: int
    other_id: int
    name: str
    kind: RelationKind
    forward: bool
    body: str = ""


def ties_of(file: File, person_id: int) -> list[Tie]:
    """A person's relations, in the order they were written."""
    return [_tie(one, person_id, name) for one, name in relations.named(file, person_id)]


def _tie(one: Relation, person_id: int, name: str) -> Tie:
    forward = one.person_id == person_id
    return Tie(one.id, one.other_id if forward else one.person_id, name, one.kind, forward, one.body)


def add(
    file: File, person_id: int, other_id: int, kind: RelationKind, *, forward: bool = True, body: str = ""
) -> None:
    """Note that two people belong together. With `forward` the first introduced or hosted the other.

    Raises FieldRefusal ("other", "body"), or Refusal when one of them is gone.
    """
    body = single_line(body)
    if len(body) > MAX_TEXT:
        raise too_long("body", MAX_TEXT)
    if person_id == other_id:
        raise FieldRefusal("other", Message("Choose somebody else: this is the same person."))
    if any((tie.other_id, tie.kind) == (other_id, kind) for tie in ties_of(file, person_id)):
        raise FieldRefusal("other", Message("This is noted already."))
    people = contacts.get(file, [person_id, other_id])
    if len(people) < 2:
        raise Refusal(Message("This person is gone. Nothing was changed."))
    pair = (person_id, other_id) if forward else (other_id, person_id)
    with file.deed("relation.add", people[0].name):
        relations.add(file, [Relation(0, *pair, kind, body)])


def remove(file: File, relation_id: int) -> None:
    """Two people don't belong together any more; what is gone already is gone."""
    one = relations.get(file, relation_id)
    if one:
        with file.deed("relation.remove", contacts.get(file, one.person_id)[0].name):
            relations.remove(file, relation_id)


def find(file: File, text: str, leave_out: int = 0) -> list[tuple[int, str]]:
    """Who could be meant by what is typed so far: id and name with the city, those whose name begins so first."""
    words = re.findall(r"\w+", fold(text))
    if not words:
        return []
    begins = fold(single_line(text))
    hits = [hit for hit in contact_page.found(file, words, _READ) if hit[0] != leave_out]
    hits.sort(key=lambda hit: (not fold(hit[1]).startswith(begins), sort_key(hit[1]), hit[0]))
    return [(id_, f"{name}, {city}" if city else name) for id_, name, city in hits[:_SHOWN]]
