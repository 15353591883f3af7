"""Whose groups count as groups of their own: those of a rank, or those that broke away in a stair-step bonus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Mask
from organizer.domain.commission.asked import Holds
from organizer.domain.commission.kinds.stairstep import Stairstep
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Leaders:
    """Everyone of rank number `rank` or higher; or with `of` those whose groups broke away in that component."""

    rank: int = 0
    of: str = ""

    def mask(self, snapshot: Snapshot) -> Mask:
        """Who they are."""
        if not self.of:
            return np.asarray(snapshot.ranks >= self.rank)
        component = snapshot.plan.component(self.of)
        if not isinstance(component.rules, Stairstep):  # what was read can't be anything else
            raise TypeError(f"{self.of} is no stair-step bonus")
        return component.rules.standing(component, snapshot).broken

    def words(self, plan: Plan) -> Message:
        """Who they are, in a sentence."""
        if self.of:
            name = plan.component(self.of).name
            return Message("A leader is whoever's group has broken away in {component}.", {"component": name})
        return Message("A leader is whoever is {rank} or higher.", {"rank": plan.ranks[self.rank].name})


def read_leaders(table: Table, vocabulary: Vocabulary) -> Leaders:
    """`boundary_rank`, or `boundary_of`: a stair-step bonus before this one whose groups break away."""
    if not table.has("boundary_of"):
        return Leaders(table.rank("boundary_rank", vocabulary))
    name = table.string("boundary_of")
    steps = {
        key: one for key, one in vocabulary.components.items() if isinstance(one, Stairstep) and one.breakaway
    }
    table.tell("boundary_of", Holds.BONUS, steps)
    rules = vocabulary.components.get(name)
    if not isinstance(rules, Stairstep) or rules.breakaway is None:
        table.wrong(
            "boundary_of",
            Message('no stair-step bonus with a breakaway before this one is called "{name}".', {"name": name}),
        )
    return Leaders(of=name)
