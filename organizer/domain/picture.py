"""Pictures of people and products, kept in the file."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 400_000
"""The largest picture that is kept; larger ones are scaled down first, or refused where they can't be read."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file's bytes and what they are ("image/jpeg"); `caption` says what is to be seen."""

    media: str
    data: bytes
    caption: str = ""
