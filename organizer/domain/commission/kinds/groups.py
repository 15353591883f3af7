"""Groups that break away: a leader and all below her, down to the next leader, on their own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.base import Base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.figures import of_leaders_below
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


def tree_words(which: Tree) -> Message:
    """What a tree is called for a reader."""
    if which is Tree.SPONSOR:
        return Message("sponsor tree (who recruited)")
    return Message("placement tree (position)")


class Leaves(StrEnum):
    """What of the upline's a group leaves when it breaks away: bracket volume, the volume paid on, or both."""

    BOTH = "both"
    BRACKET = "bracket"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class Breakaway:
    """A group breaks away when its leader reaches `percent`, or rank number `rank` where that isn't None.

    Once and for all where `permanent`; else it is asked anew each period.
    """

    percent: Fraction
    rank: int | None = None
    permanent: bool = False
    leaves: Leaves = Leaves.BOTH

    @property
    def leaves_bracket(self) -> bool:
        """True where the group's volume no longer helps those above to their percentage."""
        return self.leaves is not Leaves.PAY

    @property
    def leaves_pay(self) -> bool:
        """True where those above are no longer paid on the group's volume."""
        return self.leaves is not Leaves.BRACKET

    def words(self, plan: Plan) -> list[Message]:
        """When a group breaks away, for how long, and what that means."""
        if self.rank is not None:
            rank = plan.ranks[self.rank].name
            found = [Message("A group breaks away when its leader is {rank} or higher.", {"rank": rank})]
        else:
            percent = percent_number(self.percent)
            found = [Message("A group breaks away when its leader reaches {percent} %.", {"percent": percent})]
        if self.permanent:
            found.append(Message("It never comes back."))
        else:
            found.append(Message("That is asked anew each period."))
        found.append(
            {
                Leaves.BOTH: Message(
                    "Its volume then counts neither for the percentage nor for the pay of those above."
                ),
                Leaves.BRACKET: Message("Its volume then no longer counts for the percentage of those above."),
                Leaves.PAY: Message(
                    "Those above are then no longer paid on its volume; it still counts for their percentage."
                ),
            }[self.leaves]
        )
        return found


def own_groups(layout: Layout, own: Ints, leaders: Mask) -> Ints:
    """For each member what she and those below her have, without the groups of the leaders below her."""
    return layout.subtree_sums(own) - of_leaders_below(layout, own, leaders)


def undated_below(base: Base, tree: Tree, snapshot: Snapshot, earner: int) -> Message | None:
    """Where nobody knows on which day she or somebody below her bought, and it matters; else None."""
    undated = base.undated(snapshot)
    if not undated.any() or not (undated & snapshot.layout(tree).under(earner)).any():
        return None
    return Message("from new members having bought at one time to at another, where orders carry no day")


def path_counts(layout: Layout, chosen: Mask) -> Ints:
    """For each member how many chosen ones stand from her top down to her, she included."""
    change = np.zeros(layout.size + 1, dtype=np.int64)
    change[layout.place[chosen]] += 1
    np.subtract.at(change, layout.end[chosen], 1)
    return np.asarray(np.cumsum(change)[layout.place])


def reaching(layout: Layout, own: Ints, threshold: int, may: Mask, forced: Mask) -> Mask:
    """Who of those who `may` has a group of `threshold`, where each group that does leaves those above.

    It goes from the deepest up, because whether one group breaks away decides what is left of the one above.
    The `forced` ones have broken away whatever they have.
    """
    # a group without those who left can't be larger than everything in it that isn't negative
    possible = (may & np.asarray(layout.subtree_sums(np.maximum(own, 0)) >= threshold)) | forced
    above = layout.nearest(possible)[layout.parent].tolist()
    group = layout.subtree_sums(own).tolist()
    gone = [0] * (layout.size + 1)
    broken = np.zeros(layout.size, dtype=np.bool_)
    for member in layout.order[possible[layout.order]][::-1].tolist():
        if forced[member] or group[member] - gone[member] >= threshold:
            broken[member] = True
            gone[above[member]] += group[member]
        else:
            gone[above[member]] += gone[member]
    return broken


def read_breakaway(table: Table, vocabulary: Vocabulary, percents: tuple[Fraction, ...]) -> Breakaway | None:
    """`breakaway = { percent = 21 }` or `{ rank = "gold" }`, with `permanent` and `leaves`; None where missing.

    `percents` are those that somebody can reach.
    """
    part = table.part("breakaway")
    if part is None:
        return None
    rank = part.rank("rank", vocabulary) if part.has("rank") else None
    percent = Fraction() if rank is not None else part.percent("percent")
    if rank is None and part.has("percent") and not percent:
        part.wrong("breakaway", Message("a group can't break away at 0 %."))
    if rank is None and percent > max(percents):
        part.wrong("breakaway", Message("nobody can reach this percentage."))
    breakaway = Breakaway(
        percent, rank, part.flag("permanent", False), part.choice("leaves", Leaves, default=Leaves.BOTH)
    )
    part.done()
    return breakaway
