"""Pictures as the image files that they are, and the table that says whose each one is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from organizer.domain.everything import Pictured
from organizer.domain.picture import MAX_BYTES, Picture
from organizer.domain.result import Message
from organizer.exchange import everything_tables as t
from organizer.exchange.everything_rows import Row, cell, line_cell, optional
from organizer.exchange.strict_table import Unfit, id_cell
from organizer.exchange.strict_table import text_cell as text

HEADINGS = ("Contact id", "Product id", "Kind", "Caption", "File", "SHA-256")

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}
_NAME = re.compile(r"pictures/[a-z0-9-]{1,60}\.[a-z0-9]{1,8}", re.ASCII)


def files(pictures: Sequence[Pictured]) -> Iterator[tuple[str, Pictured]]:
    """Each picture's file, with its folder."""
    for number, one in enumerate(pictures, 1):
        owner = f"contact-{one.person_id}" if one.person_id else f"product-{one.product_id}"
        yield f"{t.PICTURES_FOLDER}/{owner}-{number}{_ENDINGS.get(one.picture.media, '.bin')}", one


def row(name: str, one: Pictured) -> tuple[str, ...]:
    """A picture's row in the table."""
    picture = one.picture
    return (
        *(str(one.person_id or ""), str(one.product_id or ""), text(picture.media), text(picture.caption)),
        *(name, sha256(picture.data).hexdigest()),
    )


def read(folder: Path, row: Row) -> Pictured:
    """The picture that a row tells of, with its file's bytes. Raises Unfit."""
    person, product = optional(row, "Contact id", id_cell) or 0, optional(row, "Product id", id_cell) or 0
    if bool(person) == bool(product):
        raise Unfit(Message("A picture is of one contact or of one product."))
    # the name comes from a file that may be anybody's: it must not lead anywhere else
    if not _NAME.fullmatch(row["File"]):
        raise Unfit(Message("“{value}” is no picture's file.", {"value": row["File"][:60]}))
    data = _bytes(folder / row["File"])
    if sha256(data).hexdigest() != row["SHA-256"].casefold():
        raise Unfit(Message("The picture in {file} is not as it was taken out.", {"file": row["File"]}))
    caption = cell(row, "Caption", line_cell)
    return Pictured(person, product, Picture(cell(row, "Kind", line_cell), data, caption))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unfit(Message("This file is too large to be read."))
        return path.read_bytes()
    except FileNotFoundError:
        raise Unfit(Message("This file is missing.")) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unfit(Message("This file can't be read: {reason}.", {"reason": reason})) from None
