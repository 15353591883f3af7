"""What a search everywhere finds, as plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from organizer.domain.finding import Span, Wanted


class Group(StrEnum):
    """Under which heading a hit stands, in the order they are shown."""

    CONTACTS = "contacts"
    TEAM = "team"
    PRODUCTS = "products"
    NOTES = "notes"


class Kind(StrEnum):
    """What a hit is."""

    CONTACT = "contact"
    MEMBER = "member"
    PRODUCT = "product"
    ABOUT = "about"
    ENTRY = "entry"
    STEP = "step"
    PRODUCT_NOTE = "product_note"


@dataclass(frozen=True)
class Hit:
    """Something found: page `page` shows it as the thing with the id `target`; `id` is its own.

    `title` and `detail` are plain text, with what was looked for at the places `title_spans` and `detail_spans`.
    """

    kind: Kind
    id: int
    page: str
    target: int
    title: str
    title_spans: tuple[Span, ...] = ()
    detail: str = ""
    detail_spans: tuple[Span, ...] = ()
    person_id: int = 0
    said_no: bool = False


@dataclass(frozen=True)
class Hits:
    """What was found, by group. `more` are the groups that have others than those told.

    `cut` are the groups that weren't looked through to the end, though they are not full. `near`: one letter of a
    word may be another in what was found.
    """

    wanted: Wanted
    groups: dict[Group, list[Hit]] = field(default_factory=dict)
    more: frozenset[Group] = frozenset()
    cut: frozenset[Group] = frozenset()
    near: bool = False

    @property
    def count(self) -> int:
        """How many hits are told, of all groups."""
        return sum(map(len, self.groups.values()))
