"""How people belong together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RelationKind(StrEnum):
    """What one person is to another; INTRODUCED and HOST have a direction."""

    INTRODUCED = "introduced"
    HOST = "host"
    FAMILY = "family"
    FRIEND = "friend"
    DIFFERENT = "different"
    """These are two people, though they look like one: not asked again, and no relation to show."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`person_id` introduced, hosted, is family or a friend of `other_id`; `body` says more ("sister")."""

    id: int
    person_id: int
    other_id: int
    kind: RelationKind
    body: str = ""
