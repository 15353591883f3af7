"""Structure bonuses: for a team of a certain shape, such as three with three each, whatever it sells above that.

Level 1 takes `width` members whom she sponsored herself, each with a minimum of a volume, and a minimum of her own
and her frontline's together. Every further level takes the one before it, and `width` who hold that level
themselves. A level is held only by who qualifies for the bonus. A returned order lowers its volume, and with it
the level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.kinds.structure_words import result, rule_words
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Counted(StrEnum):
    """Who is counted from level 2: those whom she sponsored herself, or legs that hold one anywhere."""

    PERSONALS = "personals"
    LEGS = "legs"


@dataclass(frozen=True, slots=True)
class Structure(Rules):
    """`amounts` (minor units) by level; only the highest held is paid unless `cumulative`.

    `minimum` of `volume` is asked of each of the `width`, `team_minimum` of `team_volume` (her own and her
    frontline's in `tree`) of herself; thousandths, 0 asks for nothing.
    """

    width: int
    amounts: tuple[int, ...]
    volume: str
    minimum: int
    tree: Tree
    team_volume: str = ""
    team_minimum: int = 0
    counted: Counted = Counted.PERSONALS
    customers: bool = False
    cumulative: bool = False

    @property
    def by_legs(self) -> bool:
        """True where from level 2 legs are counted."""
        return self.counted is Counted.LEGS

    def volumes(self) -> frozenset[str]:
        """What the members and the team must have."""
        return frozenset(name for name in (self.volume, self.team_volume) if name)

    def pays_for_recruiting_alone(self) -> bool:
        """True where members who buy nothing make the structure."""
        return not self.minimum and not self.team_minimum and any(self.amounts)

    def counts(self, component: Component, snapshot: Snapshot) -> Sequence[Ints]:
        """For each level how many of the `width` everyone has."""
        return snapshot.kept((component.id, "structure"), lambda: self._work_out(component, snapshot))

    def _work_out(self, component: Component, snapshot: Snapshot) -> list[Ints]:
        able = snapshot.distributors | snapshot.customers if self.customers else snapshot.distributors
        fit = able & np.asarray(snapshot.known(self.volume) >= self.minimum)
        found = [snapshot.layout(Tree.SPONSOR).child_counts(fit)]
        holds = self._own(component, snapshot) & (found[0] >= self.width)
        for _level in self.amounts[1:]:
            found.append(self._count(snapshot, holds))
            holds = holds & (found[-1] >= self.width)
        return found

    def _own(self, component: Component, snapshot: Snapshot) -> Mask:
        """Who meets what is asked of her alone."""
        return snapshot.qualified(component) & np.asarray(self.team(snapshot) >= self.team_minimum)

    def _count(self, snapshot: Snapshot, holds: Mask) -> Ints:
        if not self.by_legs:
            return snapshot.layout(Tree.SPONSOR).child_counts(holds)
        layout = snapshot.layout(self.tree)
        return layout.child_counts(layout.holds(holds))

    def team(self, snapshot: Snapshot) -> Ints:
        """Each member's own and frontline's volume."""
        if not self.team_volume:
            return np.zeros(len(snapshot.team), dtype=np.int64)
        own = snapshot.known(self.team_volume)
        return own + snapshot.layout(self.tree).child_sums(own)

    def levels(self, component: Component, snapshot: Snapshot) -> Ints:
        """The highest level that each member holds, 0 for none."""
        holds = self._own(component, snapshot)
        reached = np.zeros(len(snapshot.team), dtype=np.int64)
        for count in self.counts(component, snapshot):
            holds = holds & (count >= self.width)
            reached = reached + holds
        return reached

    def amount(self, level: int) -> int:
        """What a level pays, in minor units."""
        return sum(self.amounts[:level]) if self.cumulative else self.amounts[level - 1] if level else 0

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for each level."""
        return result(self, component, snapshot, earner)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets."""
        by_level = np.asarray([self.amount(level) for level in range(len(self.amounts) + 1)])
        minor = by_level[self.levels(component, snapshot)]
        return earned(snapshot.plan, minor, 1, minor)

    def words(self, plan: Plan) -> list[Message]:
        """The shape, the volumes, the amounts."""
        return rule_words(self, plan)


def read_structure(table: Table, vocabulary: Vocabulary) -> Structure:
    """A component of kind "structure"."""
    team = table.has("team_volume")
    return Structure(
        width=table.count("width"),
        amounts=table.moneys("amounts", vocabulary) or (0,),
        volume=table.volume("volume", vocabulary),
        minimum=table.amount("min"),
        tree=table.choice("tree", Tree),
        team_volume=table.volume("team_volume", vocabulary) if team else "",
        team_minimum=table.amount("team_min") if team else 0,
        counted=table.choice("counted", Counted, default=Counted.PERSONALS),
        customers=table.flag("customers_count", False),
        cumulative=table.flag("cumulative", False),
    )
