"""How much one sale may pay all those above the one who made it together: over 100 % is more than there is.

What hangs on legs (binary, structures), on groups as a whole (team tiers), on other bonuses or on the company's
figures is left out: it isn't paid of one sale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from organizer.domain.commission.asked import Path
from organizer.domain.commission.base import Base
from organizer.domain.commission.kinds.breakaway import BreakawayBonus, Method
from organizer.domain.commission.kinds.depth_bonus import DepthBonus
from organizer.domain.commission.kinds.fast_start import FastStart
from organizer.domain.commission.kinds.fast_start_words import Paid
from organizer.domain.commission.kinds.generation import Generation
from organizer.domain.commission.kinds.leadership import Leadership
from organizer.domain.commission.kinds.matrix import Matrix
from organizer.domain.commission.kinds.pass_up import PassUp
from organizer.domain.commission.kinds.retail import OwnSales
from organizer.domain.commission.kinds.stairstep import Stairstep
from organizer.domain.commission.kinds.unilevel import Unilevel
from organizer.domain.commission.plan import Plan, Rules, Unit
from organizer.domain.commission.settle import percent_number
from organizer.domain.result import Message, Value, listed


@dataclass(frozen=True, slots=True)
class _Share:
    """What one component may pay of a whole of `base`, to all takers of one sale together."""

    place: int
    base: Base
    rate: Fraction

    def of(self, *, new: bool) -> Fraction:
        """The same with what of the volume counts: a new member's, or another's."""
        window = self.base.new_members
        counted = Fraction(1) if window is None else window.inside if new else window.outside
        return self.rate * self.base.counted * self.base.point_value * counted


def path_doubts(plan: Plan) -> Iterator[tuple[Path, Message]]:
    """Each volume of which more than all may be paid, at the last component that is taken of it."""
    by_volume: dict[str, list[_Share]] = defaultdict(list)
    for place, component in enumerate(plan.components):
        for base, rate in _shares(component.rules):
            if base.volume and not base.earnings_of and rate:
                by_volume[base.volume].append(_Share(place, base, rate))
    for name, shares in by_volume.items():
        volume = plan.volume(name)
        # a percentage of points is one of what a point is worth: of the most that any bonus gives for it
        whole = max(share.base.point_value for share in shares) if volume.unit is Unit.POINTS else Fraction(1)
        most = max(sum(share.of(new=new) for share in shares) / whole for new in (False, True)) if whole else 0
        if most > 1:
            values: dict[str, Value] = {
                "percent": percent_number(Fraction(most)),
                "volume": volume.name,
                "bonuses": listed([plan.components[place].name for place in _places(shares)]),
            }
            text = Message(
                "one sale may pay {percent} % of its {volume} to all those above together, by {bonuses}: more "
                "than there is.",
                values,
            )
            yield ("components", shares[-1].place, "id"), text


def _places(shares: Sequence[_Share]) -> list[int]:
    return list(dict.fromkeys(share.place for share in shares))


def _shares(rules: Rules) -> Iterator[tuple[Base, Fraction]]:
    """What it is taken of, and the most that all takers along a path get of it together."""
    if isinstance(rules, Matrix):
        rules = rules.levels
    if isinstance(rules, Unilevel) and rules.level_pay.per is None:
        yield rules.base, _by_column(rules.level_pay.rows)
    elif isinstance(rules, FastStart) and rules.paid is Paid.PERCENT:
        yield rules.base, _by_column(rules.rates)
    elif isinstance(rules, Stairstep):
        yield rules.base, max(rules.rates)
    elif isinstance(rules, BreakawayBonus):
        differential = rules.method is Method.DIFFERENTIAL
        yield rules.base, max(map(max, filter(None, rules.rates))) if differential else _by_column(rules.rates)
    elif isinstance(rules, Generation):
        yield rules.base, _by_column(rules.rates) + max(rules.infinity, default=Fraction())
    elif isinstance(rules, DepthBonus | Leadership):
        yield rules.base, rules.rate
    elif isinstance(rules, PassUp):
        yield rules.base, max(rules.keeper, rules.recruiter + rules.upline)
    elif isinstance(rules, OwnSales):
        for share in rules.shares:
            yield share.base, max(choice.scale.best for choice in share.rates.choices)


def _by_column(rows: Sequence[Sequence[Fraction]]) -> Fraction:
    """Each level goes to somebody else, so the best paid rank may stand at each of them."""
    return sum((max(column) for column in zip_longest(*rows, fillvalue=Fraction())), Fraction())
