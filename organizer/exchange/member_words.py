"""What files call a member's leg, kind and activity, in English and Danish."""

from __future__ import annotations

import re

from organizer.domain.contact import fold
from organizer.domain.team import Kind

_SIDES = {
    "l": "left", "left": "left", "v": "left", "venstre": "left",
    "r": "right", "right": "right", "h": "right", "højre": "right", "hoejre": "right",
}  # fmt: skip
_SIDES = {fold(word): side for word, side in _SIDES.items()}
_TOPS = frozenset({"", "top", "-", "–"})
_NUMBER = re.compile(r"0*([1-9][0-9]?)", re.ASCII)

CANCELLED_WORDS = frozenset(
    map(
        fold,
        ("cancelled", "canceled", "terminated", "resigned", "closed", "ophørt", "opsagt", "udmeldt",
         "lukket", "afmeldt"),
    )
)  # fmt: skip
"""A type or status with one of these words: she has left."""

CUSTOMER_WORDS = frozenset(
    {"retail", "vip", "preferred", "customer", "customers", "client", "kunde", "kunder", "detailkunde",
     "privatkunde", "fordelskunde", "guest"}
)  # fmt: skip
"""A type with one of these words is a customer, unless one of DISTRIBUTOR_WORDS stands beside it."""

DISTRIBUTOR_WORDS = frozenset(
    {"distributor", "ambassador", "consultant", "associate", "representative", "forhandler", "konsulent",
     "distributør", "ambassadør"}
)  # fmt: skip

_FLAGS = {
    "yes": True, "y": True, "true": True, "1": True, "x": True, "active": True,
    "ja": True, "j": True, "sand": True, "aktiv": True,
    "no": False, "n": False, "false": False, "0": False, "inactive": False,
    "nej": False, "falsk": False, "inaktiv": False, "ikke aktiv": False, "not active": False,
}  # fmt: skip


def leg(text: str) -> str | None:
    """Where a member stands under the one above her: "left", "right", or 1 to 99; "" where none is said.

    Of a whole way down ("L/R/L") the last step counts. None for what is no leg.

    >>> leg("Venstre"), leg("L/R"), leg("Leg 2"), leg("TOP")
    ('left', 'right', '2', '')
    """
    word = fold(re.split(r"[/\\>]", text)[-1]).strip()
    word = word.removeprefix("leg ").removeprefix("ben ").removesuffix(" leg").removesuffix(" ben").strip()
    if word in _TOPS:
        return ""
    number = _NUMBER.fullmatch(word)
    return number[1] if number else _SIDES.get(word)


def kind(text: str) -> Kind | None:
    """The kind that a type or status says; None where no word of it is known."""
    words = set("".join(char if char.isalnum() else " " for char in fold(text)).split())
    if words & CANCELLED_WORDS:
        return Kind.CANCELLED
    if words & DISTRIBUTOR_WORDS:
        return Kind.DISTRIBUTOR
    return Kind.CUSTOMER if words & CUSTOMER_WORDS else None


def flag(text: str) -> bool | None:
    """Yes or no; None for what is neither."""
    return _FLAGS.get(fold(text).strip())
