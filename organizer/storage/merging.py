"""What belongs to one person given to another: the rows of a merge."""

from __future__ import annotations

from organizer.storage.file import File

_PERSON = (
    *("entry", "follow_up", "consent", "said_no", "member"),
    *("relation", "product_like"),
)
"""Tables whose `person_id` goes over; names, phones and the like are in the contact that is kept."""


def hand_over(file: File, from_id: int, to_id: int) -> None:
    """Give all that was said, done, agreed to and refused with a person, and her places in teams, to another.

    What would then stand twice, or tie somebody to herself, goes.
    """
    run = file.connection.exec_driver_sql
    for table in _PERSON:
        run(f"UPDATE {table} SET person_id = ? WHERE person_id = ?", (to_id, from_id))
    run("UPDATE relation SET other_id = ? WHERE other_id = ?", (to_id, from_id))
    run("DELETE FROM relation WHERE person_id = other_id")
    run(
        "DELETE FROM relation WHERE (person_id = ?1 OR other_id = ?1) AND EXISTS (SELECT 1 FROM relation r WHERE "
        "r.person_id = relation.person_id AND r.other_id = relation.other_id AND r.kind = relation.kind "
        "AND r.id < relation.id)",
        (to_id,),
    )
    run(
        "DELETE FROM product_like WHERE person_id = ?1 AND EXISTS (SELECT 1 FROM product_like l WHERE "
        "l.person_id = ?1 AND l.product_id = product_like.product_id AND l.id < product_like.id)",
        (to_id,),
    )
    run(
        "UPDATE person_picture SET person_id = ?1 WHERE person_id = ?2 "
        "AND NOT EXISTS (SELECT 1 FROM person_picture WHERE person_id = ?1)",
        (to_id, from_id),
    )


def companies_of(file: File, person_id: int) -> set[int]:
    """The companies in whose teams a person has a place."""
    return {id_ for (id_,) in file.fetch("SELECT company_id FROM member WHERE person_id = ?", (person_id,))}
