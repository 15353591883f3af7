"""Pictures of people and products. They are read one by one: lists never need them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence

from sqlalchemy import Table

from organizer.domain.picture import Picture
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import person_picture, product_picture


@as_written
def of_person(file: File, person_id: int) -> Picture | None:
    """A person's picture, None where there is none."""
    return next((picture for _owner, picture in _read(file, "person", "person_id = ?", (person_id,))), None)


@as_written
def of_people(file: File) -> Iterator[tuple[int, Picture]]:
    """Everybody's picture, by person."""
    for (id_,) in file.fetch("SELECT person_id FROM person_picture ORDER BY person_id"):
        yield from _read(file, "person", "person_id = ?", (id_,))


def owners(file: File) -> set[int]:
    """The people who have a picture."""
    return {id_ for (id_,) in file.fetch("SELECT person_id FROM person_picture")}


def set_of_person(file: File, person_id: int, picture: Picture | None) -> None:
    """Store a person's picture in place of the one there is; None takes it away."""
    if of_person(file, person_id) == picture:
        return
    file.connection.execute(person_picture.delete().where(person_picture.c.person_id == person_id))
    if picture:
        _insert(file, person_picture, person_id=person_id, media=picture.media, data=_text(picture.data))


@as_written
def of_product(file: File, product_id: int) -> list[Picture]:
    """A product's pictures, in the order they were added."""
    return [picture for _owner, picture in _read(file, "product", "product_id = ?", (product_id,))]


@as_written
def of_products(file: File) -> Iterator[tuple[int, Picture]]:
    """Every product's pictures, one by one, by product."""
    for (id_,) in file.fetch("SELECT DISTINCT product_id FROM product_picture ORDER BY product_id"):
        yield from _read(file, "product", "product_id = ?", (id_,))


def set_of_product(file: File, product_id: int, pictures: Sequence[Picture]) -> None:
    """Store a product's pictures in place of those there are."""
    if of_product(file, product_id) == list(pictures):
        return
    file.connection.execute(product_picture.delete().where(product_picture.c.product_id == product_id))
    for one in pictures:
        values = {"media": one.media, "data": _text(one.data), "caption": one.caption}
        _insert(file, product_picture, product_id=product_id, **values)


def _read(file: File, kind: str, which: str, values: tuple[int, ...]) -> list[tuple[int, Picture]]:
    caption = "caption" if kind == "product" else "''"
    query = f"SELECT {kind}_id, media, data, {caption} FROM {kind}_picture WHERE {which} ORDER BY id"
    return [(id_, Picture(media, b64decode(data), text)) for id_, media, data, text in file.fetch(query, values)]


def _insert(file: File, table: Table, **values: int | str) -> None:
    file.connection.execute(table.insert().values(**values))


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")
