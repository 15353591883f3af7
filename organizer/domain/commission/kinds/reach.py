"""Whose volume counts as one: her own, with her frontline's, or with that of everyone below her."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.condition import Scope, Tree
from organizer.domain.commission.figures import of_leaders_below
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Reach:
    """`scope` in `tree`, without her own where not `own`.

    With `without_rank` a member below her of that rank or higher is left out; in a group, all below that one too.
    """

    scope: Scope = Scope.OWN
    tree: Tree = Tree.SPONSOR
    own: bool = True
    without_rank: int | None = None

    def sums(self, snapshot: Snapshot, values: Ints) -> Ints:
        """For each member what `values` come to over those who count."""
        if self.scope is Scope.OWN:
            return values
        layout = snapshot.layout(self.tree)
        if self.scope is Scope.FRONTLINE:
            below = layout.child_sums(np.where(self._leaders(snapshot), 0, values))
        else:
            below = layout.subtree_sums(values) - values
            if self.without_rank is not None:
                below = below - of_leaders_below(layout, values, self._leaders(snapshot))
        return below + values if self.own else below

    def _leaders(self, snapshot: Snapshot) -> Mask:
        if self.without_rank is None:
            return np.zeros(len(snapshot.team), dtype=np.bool_)
        return np.asarray(snapshot.ranks >= self.without_rank)

    def counts(self, snapshot: Snapshot, member: int, source: int) -> bool:
        """Whether the volume of `source` counts for the member."""
        if source == member:
            return self.own
        layout = snapshot.layout(self.tree)
        if self.scope is Scope.OWN or not layout.under(member)[source]:
            return False
        above = [source, *layout.ancestors(source)]
        way = above[: above.index(member)]
        if self.scope is Scope.FRONTLINE and len(way) > 1:
            return False
        return self.without_rank is None or not any(snapshot.ranks[one] >= self.without_rank for one in way)

    def words(self, plan: Plan, what: Value) -> Message:
        """What counts, as a part of a sentence: "PV of her whole group"."""
        found = {
            (Scope.OWN, True): Message("{what} of her own", {"what": what}),
            (Scope.FRONTLINE, True): Message("{what} of her own and her frontline", {"what": what}),
            (Scope.FRONTLINE, False): Message("{what} of her frontline", {"what": what}),
            (Scope.GROUP, True): Message("{what} of her whole group", {"what": what}),
            (Scope.GROUP, False): Message("{what} of everyone below her", {"what": what}),
        }[self.scope, self.own]
        if self.without_rank is None:
            return found
        rank = plan.ranks[self.without_rank].name
        if self.scope is Scope.FRONTLINE:
            return Message("{what}, without those who are {rank} or higher", {"what": found, "rank": rank})
        return Message(
            "{what}, without those who are {rank} or higher and all below them", {"what": found, "rank": rank}
        )


OWN = Reach()
"""Her own volume alone."""


def read_reach(table: Table, vocabulary: Vocabulary, *, default: Scope | None = Scope.OWN) -> Reach:
    """The keys `of`, `tree`, `without_own` and `without_rank`; without a `default` scope `of` must be there."""
    scope = table.choice("of", Scope, default=default)
    if scope is Scope.LEG:
        table.wrong("of", Message("this must be {what}.", {"what": Message("own, frontline or group")}))
        return OWN
    if scope is Scope.OWN:
        return OWN
    return Reach(
        scope,
        table.choice("tree", Tree),
        not table.flag("without_own", False),
        table.rank("without_rank", vocabulary) if table.has("without_rank") else None,
    )
