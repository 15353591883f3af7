"""What goes with what, and who likes it."""

from __future__ import annotations

from collections.abc import Iterable

from organizer.storage.file import File
from organizer.storage.schema import product_like, product_link


def linked(file: File, product_id: int) -> list[int]:
    """The products that go with this one, whichever of the two said so, in the order they were tied."""
    query = (
        "SELECT iif(product_id = ?1, other_id, product_id) FROM product_link "
        "WHERE product_id = ?1 OR other_id = ?1 ORDER BY id"
    )
    return [id_ for (id_,) in file.fetch(query, (product_id,))]


def links(file: File) -> list[tuple[int, int]]:
    """All pairs of products that go together."""
    return [(one, other) for one, other in file.fetch("SELECT product_id, other_id FROM product_link ORDER BY id")]


def tie(file: File, pairs: Iterable[tuple[int, int]]) -> None:
    """Note that products go together, pair by pair; what is noted already stays as it is."""
    known = {frozenset(pair) for pair in links(file)}
    for one, other in pairs:
        if one != other and frozenset((one, other)) not in known:
            file.connection.execute(product_link.insert().values(product_id=one, other_id=other))


def untie(file: File, one: int, other: int) -> None:
    """Two products don't go together any more."""
    file.connection.exec_driver_sql(
        "DELETE FROM product_link WHERE product_id = ? AND other_id = ?", [(one, other), (other, one)]
    )


def likes(file: File) -> list[tuple[int, int]]:
    """Who likes what: product and person, in the order it was noted."""
    return [
        (one, other) for one, other in file.fetch("SELECT product_id, person_id FROM product_like ORDER BY id")
    ]


def likers(file: File, product_id: int) -> list[int]:
    """The people who like a product."""
    query = "SELECT person_id FROM product_like WHERE product_id = ? ORDER BY id"
    return [id_ for (id_,) in file.fetch(query, (product_id,))]


def liked(file: File, person_id: int) -> list[int]:
    """The products that a person likes."""
    query = "SELECT product_id FROM product_like WHERE person_id = ? ORDER BY id"
    return [id_ for (id_,) in file.fetch(query, (person_id,))]


def like(file: File, pairs: Iterable[tuple[int, int]]) -> None:
    """Note that people like products (product, person); what is noted already stays as it is."""
    known = set(likes(file))
    for product_id, person_id in pairs:
        if (product_id, person_id) not in known:
            file.connection.execute(product_like.insert().values(product_id=product_id, person_id=person_id))


def unlike(file: File, product_id: int, person_id: int) -> None:
    """A person likes a product no more."""
    values = (product_id, person_id)
    file.connection.exec_driver_sql("DELETE FROM product_like WHERE product_id = ? AND person_id = ?", values)
