"""What belongs to one person given to another: the rows of a merge."""

from __future__ import annotations

from dataclasses import dataclass

from organizer.storage.file import File

_PERSON = (
    *("entry", "follow_up", "consent", "said_no", "member"),
    *("relation", "product_like"),
)
"""Tables whose `person_id` goes over; names, phones and the like are in the contact that is kept."""

_TWICE = """
DELETE FROM relation WHERE (person_id = ?1 OR other_id = ?1) AND EXISTS (
  SELECT 1 FROM relation r WHERE r.kind = relation.kind AND r.id <> relation.id
    AND (r.person_id = relation.person_id AND r.other_id = relation.other_id
      OR r.kind IN ('family', 'friend', 'different')
        AND r.person_id = relation.other_id AND r.other_id = relation.person_id)
    AND (r.body = relation.body AND r.id < relation.id OR relation.body = '' AND r.body <> ''))
"""
"""Relations that say nothing beyond another: those without a direction whichever way they were written."""

_HELD = """
SELECT (SELECT count(*) FROM entry WHERE person_id = ?1),
  (SELECT count(*) FROM follow_up WHERE person_id = ?1),
  (SELECT count(*) FROM consent WHERE person_id = ?1),
  (SELECT count(*) FROM said_no WHERE person_id = ?1),
  (SELECT count(*) FROM relation WHERE (person_id = ?1 OR other_id = ?1) AND kind <> 'different'),
  (SELECT count(*) FROM product_like WHERE person_id = ?1),
  (SELECT count(*) FROM person_picture WHERE person_id = ?1)
"""


@dataclass(frozen=True, slots=True)
class Held:
    """How much is kept of what was said and done with a person."""

    entries: int
    steps: int
    consents: int
    noes: int
    relations: int
    likes: int
    picture: int


def held(file: File, person_id: int) -> Held:
    """What `hand_over` would give to another, but for places in teams."""
    return Held(*file.fetch(_HELD, (person_id,))[0])


def words_between(file: File, one_id: int, other_id: int) -> list[str]:
    """What is written about the relations that two people have to each other."""
    query = """
        SELECT body FROM relation WHERE body <> '' AND kind <> 'different'
          AND (person_id = ?1 AND other_id = ?2 OR person_id = ?2 AND other_id = ?1) ORDER BY id
    """
    return [body for (body,) in file.fetch(query, (one_id, other_id))]


def hand_over(file: File, from_id: int, to_id: int, *, with_picture: bool = False) -> None:
    """Give all that was said, done, agreed to and refused with a person, and her places in teams, to another.

    What would then stand twice, or tie somebody to herself, goes. The picture goes over where the other has
    none, or `with_picture`, in place of the other's.
    """
    run = file.connection.exec_driver_sql
    # so that the history tells into whom, whatever else changes
    run("UPDATE person SET name = name WHERE id = ?", (to_id,))
    for table in _PERSON:
        run(f"UPDATE {table} SET person_id = ? WHERE person_id = ?", (to_id, from_id))
    run("UPDATE relation SET other_id = ? WHERE other_id = ?", (to_id, from_id))
    run("DELETE FROM relation WHERE person_id = other_id AND person_id = ?", (to_id,))
    run(_TWICE, (to_id,))
    run(
        "DELETE FROM product_like WHERE person_id = ?1 AND EXISTS (SELECT 1 FROM product_like l WHERE "
        "l.person_id = ?1 AND l.product_id = product_like.product_id AND l.id < product_like.id)",
        (to_id,),
    )
    if with_picture and held(file, from_id).picture:
        run("DELETE FROM person_picture WHERE person_id = ?", (to_id,))
    run(
        "UPDATE person_picture SET person_id = ?1 WHERE person_id = ?2 "
        "AND NOT EXISTS (SELECT 1 FROM person_picture WHERE person_id = ?1)",
        (to_id, from_id),
    )


def companies_of(file: File, person_id: int) -> dict[int, str]:
    """The companies in whose teams a person has a place, by id, with their names."""
    query = "SELECT c.id, c.name FROM company c WHERE EXISTS "
    query += "(SELECT 1 FROM member WHERE company_id = c.id AND person_id = ?) ORDER BY c.id"
    return dict(file.fetch(query, (person_id,)))
