"""Figures as they are typed on the pages."""

from __future__ import annotations

from decimal import Decimal

from organizer.domain.money import to_volume
from organizer.domain.result import FieldRefusal, Message
from organizer.i18n import parse_number

_EXAMPLE = Decimal("1234.5")


def to_thousandths(field: str, text: str) -> int | None:
    """The volume typed, None for nothing. Raises FieldRefusal for `field` for anything else."""
    if not text.strip():
        return None
    try:
        return to_volume(parse_number(text))
    except ValueError:
        message = Message(
            "{text} is not a figure. Write it like {example}.", {"text": text.strip(), "example": _EXAMPLE}
        )
        raise FieldRefusal(field, message) from None
