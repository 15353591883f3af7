"""The team: members of a company's tree, with their volumes by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from organizer.domain import tree


class Kind(StrEnum):
    """A member earns; a customer hangs under the distributor who serves her and earns nothing.

    A cancelled member has left: her place stays in the tree, is never active and earns nothing.
    """

    DISTRIBUTOR = "distributor"
    CUSTOMER = "customer"
    CANCELLED = "cancelled"


class Tree(StrEnum):
    """Which links a team is looked at by: who recruited whom, or who stands under whom."""

    SPONSOR = "sponsor"
    PLACEMENT = "placement"


SIDES: Mapping[str, str] = {"left": "left", "right": "right", "1": "left", "2": "right"}
"""The side that a leg is in a binary tree; some files number them."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order of the member at index `member` on `day`: its volumes by name, in thousandths."""

    member: int
    day: date
    volumes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Member:
    """One place in one company's tree, held by a person (`person_id`, see Contact).

    `number` is the company's id of her, empty where not known. `sponsor_id` is the member who recruited her
    (None at the top), `placement_id` who she stands under (None: the sponsor). `rank` is what the company
    reports, as text. `above` says who stands above a top, as far as a file told. `is_self`: the user.
    `leg` is where she stands under the one above her in a binary or matrix tree: "left", "right" or a number
    from 1; empty where it isn't known. `since` is the first day of the first period that she is known in.
    """

    id: int = 0
    company_id: int = 0
    person_id: int = 0
    number: str = ""
    sponsor_id: int | None = None
    placement_id: int | None = None
    kind: Kind = Kind.DISTRIBUTOR
    rank: str = ""
    highest_rank: str = ""
    joined: date | None = None
    last_order: date | None = None
    above: str = ""
    is_self: bool = False
    leg: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What was true of a member up to and including the day `until`: her place, her kind and her rank."""

    member_id: int
    until: date
    sponsor_id: int | None
    placement_id: int | None
    leg: str
    kind: Kind
    rank: str

    @classmethod
    def of(cls, member: Member, until: date) -> Past:
        """What is true of `member` now, as true until that day."""
        place = member.sponsor_id, member.placement_id, member.leg
        return cls(member.id, until, *place, member.kind, member.rank)

    def laid_over(self, member: Member) -> Member:
        """The member as she was then."""
        place = {"sponsor_id": self.sponsor_id, "placement_id": self.placement_id, "leg": self.leg}
        return replace(member, **place, kind=self.kind, rank=self.rank)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Team:
    """A whole tree with one period's volumes, as parallel arrays in one order.

    `ids[i]` is a Member's id (they ascend), `names[i]` its person's name; `sponsor[i]` and `placement[i]` are
    indices into the same arrays, -1 at a top; `volumes[name][i]` is in thousandths, None where nothing is known.
    `me` is the index of the user's own member, -1 where she has none. `legs[i]` is where she stands under the
    one above her in the placement tree: "left" or "right", or a number from 1, empty where it isn't known.
    `active[i]` is what the company's file says, None where it says nothing. `orders` are single orders of the
    period as far as they are known; their volumes are in `volumes` too.
    """

    ids: Sequence[int]
    numbers: Sequence[str]
    names: Sequence[str]
    person_ids: Sequence[int]
    sponsor: Sequence[int]
    placement: Sequence[int]
    kinds: Sequence[Kind]
    ranks: Sequence[str]
    joined: Sequence[date | None]
    volumes: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    me: int = -1
    legs: Sequence[str] = ()
    active: Sequence[bool | None] = ()
    orders: Sequence[Order] = ()

    def __len__(self) -> int:
        return len(self.ids)


class TreeError(ValueError):
    """A tree would be broken. `code` is "cycle" or "orphan"; `members` are the ids concerned, in link order."""

    def __init__(self, code: str, members: Sequence[int]) -> None:
        super().__init__(f"{code}: {list(members)}")
        self.code = code
        self.members = tuple(members)


def check_links(links: Mapping[int, int | None]) -> None:
    """Raise TreeError unless every link leads to a member in `links` and none runs in a circle.

    `links` maps a member's id to the id above it (None at a top).
    """
    index = {member: position for position, member in enumerate(links)}
    orphans = [member for member, above in links.items() if above is not None and above not in index]
    if orphans:
        raise TreeError("orphan", orphans)
    circle = tree.find_cycle([-1 if above is None else index[above] for above in links.values()])
    if circle:
        ids = list(links)
        raise TreeError("cycle", [ids[position] for position in circle])
