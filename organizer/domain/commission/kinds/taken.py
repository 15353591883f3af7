"""What a percentage is taken of: a member's own volume, her frontline's or her group's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.base import Base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.plan import Plan
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Of(StrEnum):
    """Whose volume a percentage is taken of: one's own, with the frontline's, with everything below."""

    OWN = "own"
    FRONTLINE = "frontline"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Taken:
    """What percentages are taken of: `base` of one's own, frontline's or group's; `without_own` only of others."""

    base: Base
    of: Of = Of.OWN
    tree: Tree = Tree.SPONSOR
    without_own: bool = False

    def values(self, snapshot: Snapshot) -> tuple[Ints, Fraction]:
        """Each member's figure, and the minor units that one of it stands for."""
        own, unit = self.base.values(snapshot)
        if self.of is Of.OWN:
            return own, unit
        layout = snapshot.layout(self.tree)
        whole = own + layout.child_sums(own) if self.of is Of.FRONTLINE else layout.subtree_sums(own)
        return whole - own if self.without_own else whole, unit

    def shown(self, snapshot: Snapshot, member: int) -> int | None:
        """One member's volume in thousandths; None where it isn't known, or only parts of it count."""
        if self.base.new_members:
            return None
        return (
            snapshot.raw(self.base.volume)[member] if self.of is Of.OWN else int(self.values(snapshot)[0][member])
        )

    def words(self, plan: Plan) -> Message:
        """Whose volume it is."""
        values: dict[str, Value] = {"volume": plan.volume(self.base.volume).name}
        if self.of is Of.OWN:
            return Message("own {volume}", values)
        if self.of is Of.FRONTLINE:
            if self.without_own:
                return Message("the frontline's {volume}", values)
            return Message("{volume} of her own and her frontline", values)
        if self.without_own:
            return Message("the {volume} of everyone below her", values)
        return Message("{volume} in the whole group", values)
