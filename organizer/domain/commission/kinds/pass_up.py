"""Pass-up: what the first ones she recruited buy goes to the one above her, what the others buy is hers.

The first `count` recruits of everybody are passed up, in order of joining, ties by id. On what a recruit who was
passed up buys the recruiter gets one percentage and the one above her another; on what the others buy the
recruiter gets a third one. Customers count as recruits unless the plan says that what they buy doesn't count. Each
bonus of this kind counts for itself, so a plan with several packages has one for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, add_at, common, divide_half_up, times
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.kinds.pass_up_lines import PassUpLines, Role, Share
from organizer.domain.commission.kinds.pass_up_standing import (
    Counted,
    GoesTo,
    NobodyAbove,
    Standing,
    stand,
    state_after,
)
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class PassUp(Rules):
    """The rates `keeper`, `recruiter` and `upline` of `base`, and who counts among the first `count`.

    With `roll_up` what somebody isn't qualified for goes to the nearest one above who is.
    """

    base: Base
    count: int
    keeper: Fraction
    recruiter: Fraction
    upline: Fraction
    counted: Counted
    goes_to: GoesTo
    nobody_above: NobodyAbove
    roll_up: bool
    customer_volume: bool

    def volumes(self) -> frozenset[str]:
        """The one volume it is taken of."""
        return self.base.volumes()

    def carries(self) -> bool:
        """True where it must be known who bought in earlier periods."""
        return self.counted is Counted.BUYERS

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
        """Who has been counted by now, as passed up or not."""
        if not self.carries():
            return {}
        return state_after(component, snapshot, self.standing(component, snapshot))

    def standing(self, component: Component, snapshot: Snapshot) -> Standing:
        """Who is whose recruit, and who is passed up."""
        return snapshot.kept((component.id, "standing"), lambda: stand(self, component, snapshot))

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:
        """Where nobody knows on which day a recruit bought."""
        undated = self.base.undated(snapshot)
        shares = self.shares(component, snapshot)
        if not undated.any() or not any((share.to[undated] == earner).any() for share in shares):
            return None
        return Message("from new members having bought at one time to at another, where orders carry no day")

    def values(self, snapshot: Snapshot) -> tuple[Ints, Fraction]:
        """Each member's figure that counts, and the minor units that one of it stands for."""
        values, unit = self.base.values(snapshot)
        return (values if self.customer_volume else np.where(snapshot.customers, 0, values)), unit

    def shares(self, component: Component, snapshot: Snapshot) -> list[Share]:
        """The three shares of what everybody buys, and who gets them."""
        return snapshot.kept((component.id, "shares"), lambda: self._shares(component, snapshot))

    def _shares(self, component: Component, snapshot: Snapshot) -> list[Share]:
        standing, qualified = self.standing(component, snapshot), snapshot.qualified(component)
        layout = standing.layout
        paid = (
            layout.nearest(qualified) if self.roll_up else np.where(qualified, np.arange(layout.size), layout.size)
        )
        paid = np.append(paid[: layout.size], layout.size)
        up, recruiter = standing.passed, standing.recruiter
        asked = {
            Role.KEEPER: (self.keeper, np.where(up, layout.size, recruiter)),
            Role.RECRUITER: (self.recruiter, np.where(up, recruiter, layout.size)),
            Role.UPLINE: (self.upline, np.where(up, standing.upline, layout.size)),
        }
        return [Share(role, rate, whose, paid[whose]) for role, (rate, whose) in asked.items()]

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for each recruit of hers, and for each who was passed up to her."""
        return PassUpLines(self, component, snapshot, earner).result(component, self.base.words(snapshot.plan))

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets."""
        values, unit = self.values(snapshot)
        shares = self.shares(component, snapshot)
        factors, denominator = common([unit * share.rate for share in shares])
        size = len(snapshot.team)
        exact, minor = np.zeros(size + 1, dtype=np.int64), np.zeros(size + 1, dtype=np.int64)
        for share, factor in zip(shares, factors, strict=True):
            amounts = times(values, factor)
            exact = add_at(exact, share.to, amounts)
            minor = add_at(minor, share.to, divide_half_up(amounts, denominator))
        return earned(snapshot.plan, exact[:-1], denominator, minor[:-1])

    def words(self, plan: Plan) -> list[Message]:
        """Who is passed up, who gets what of it."""
        values: dict[str, Value] = {
            "count": self.count,
            "keeper": percent_number(self.keeper),
            "recruiter": percent_number(self.recruiter),
            "upline": percent_number(self.upline),
        }
        found = [
            Message(
                "What her first {count} recruits buy is passed up: she gets {recruiter} % of it, and the one "
                "above her {upline} %.",
                values,
            ),
            Message("Of what her other recruits buy she gets {keeper} %.", values),
            self.counted.words(),
            self.goes_to.words(),
            self.nobody_above.words(),
        ]
        if self.roll_up:
            found.append(Message("What somebody isn't qualified for goes to the next one up who is."))
        if not self.customer_volume:
            found.append(Message("What customers buy doesn't count."))
        return [*found, *self.base.words(plan)]


def read_pass_up(table: Table, vocabulary: Vocabulary) -> PassUp:
    """A component of kind "pass_up"."""
    return PassUp(
        base=read_base(table, vocabulary),
        count=table.count("pass_ups"),
        keeper=table.percent("keeper_percent"),
        recruiter=table.percent("recruiter_percent"),
        upline=table.percent("upline_percent"),
        counted=table.choice("counted", Counted, default=Counted.BUYERS),
        goes_to=table.choice("goes_to", GoesTo, default=GoesTo.SPONSOR),
        nobody_above=table.choice("nobody_above", NobodyAbove, default=NobodyAbove.COMPANY),
        roll_up=table.flag("roll_up", False),
        customer_volume=table.flag("customer_volume", True),
    )
