"""Pictures of products: put in from a file or the clipboard, named, put in order, taken out. Each is one deed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from organizer.domain.contact import MAX_TEXT, single_line, too_long
from organizer.domain.picture import Picture
from organizer.domain.result import Message, Refusal
from organizer.storage import File, pictures, products

MOST = 12
"""How many pictures a product may have."""


def of_product(file: File, product_id: int) -> list[Picture]:
    """A product's pictures in their order."""
    return pictures.of_product(file, product_id)


def add(file: File, product_id: int, paths: Sequence[Path]) -> int:
    """Put in the pictures that lie at `paths`, as one deed; how many.

    They are kept scaled down, and only what is to be seen of them: not where and when they were taken. Raises
    Refusal for what is no picture, for too many, and where the product is gone; then none is put in.
    """
    from organizer.exchange.picture_files import from_file

    return _put_in(file, product_id, [from_file(path) for path in paths])


def add_bytes(file: File, product_id: int, data: bytes) -> int:
    """Put in a picture from the clipboard, as `add` does."""
    from organizer.exchange.picture_files import fitted

    return _put_in(file, product_id, [fitted(data, "image/png")])


def _put_in(file: File, product_id: int, new: Sequence[Picture]) -> int:
    name = _name(file, product_id)
    known = pictures.of_product(file, product_id)
    fresh = [picture for picture in new if all(picture.data != one.data for one in known)]
    if len(known) + len(fresh) > MOST:
        raise Refusal(Message("A product can have {limit} pictures at most. None was put in.", {"limit": MOST}))
    with file.deed("product.picture.add", name):
        pictures.set_of_product(file, product_id, [*known, *fresh])
    return len(fresh)


def caption(file: File, product_id: int, place: int, text: str) -> None:
    """Say what the picture at `place` (from 0) shows. Raises FieldRefusal ("caption"), or Refusal."""
    text = single_line(text)
    if len(text) > MAX_TEXT:
        raise too_long("caption", MAX_TEXT)
    known = _known(file, product_id, place)
    with file.deed("product.picture.caption", _name(file, product_id)):
        known[place] = replace(known[place], caption=text)
        pictures.set_of_product(file, product_id, known)


def move(file: File, product_id: int, place: int, by: int) -> int:
    """Move the picture at `place` by so many places; where it is then. Raises Refusal when it is gone."""
    known = _known(file, product_id, place)
    there = min(max(place + by, 0), len(known) - 1)
    with file.deed("product.picture.move", _name(file, product_id)):
        known.insert(there, known.pop(place))
        pictures.set_of_product(file, product_id, known)
    return there


def remove(file: File, product_id: int, place: int) -> None:
    """Take the picture at `place` out. Raises Refusal when it is gone."""
    known = _known(file, product_id, place)
    with file.deed("product.picture.remove", _name(file, product_id)):
        pictures.set_of_product(file, product_id, [*known[:place], *known[place + 1 :]])


def _known(file: File, product_id: int, place: int) -> list[Picture]:
    known = pictures.of_product(file, product_id)
    if not 0 <= place < len(known):
        raise Refusal(Message("This picture is gone. Nothing was changed."))
    return known


def _name(file: File, product_id: int) -> str:
    name = products.name_of(file, product_id)
    if name is None:
        raise Refusal(Message("This product is gone. Nothing was changed."))
    return name
