"""Stair-step: each has a percentage, and is paid hers less the highest one that somebody below already has.

Her percentage comes from a volume's brackets (each from its threshold up to the next) or from her rank, and holds
for all of the volume. A group that breaks away leaves those above. With `roll_up` who isn't qualified has no
percentage at all, so that her share goes to the next one above; with `breakage` it stays with the company.
Customers and those who have left never have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.kinds.differential import Differential, Downline
from organizer.domain.commission.kinds.groups import (
    Breakaway,
    own_groups,
    reaching,
    read_breakaway,
    tree_words,
    undated_below,
)
from organizer.domain.commission.kinds.steps import BracketOf, Brackets, RankPercents, distinct, read_steps
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Unqualified(StrEnum):
    """Where the share of one who isn't qualified goes: to the next one above, or it stays with the company."""

    ROLL_UP = "roll_up"
    BREAKAGE = "breakage"


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """By member: the volume that finds her bracket (None by rank), the place of her percentage, who broke away."""

    volumes: Ints | None
    steps: Ints
    broken: Mask


@dataclass(frozen=True, slots=True)
class Stairstep(Rules):
    """`ladder` gives each member's percentage, `base` what it is taken of."""

    tree: Tree
    base: Base
    ladder: Brackets | RankPercents
    breakaway: Breakaway | None = None
    personal: bool = True
    downline: Downline = Downline.ALL
    customer_volume: bool = True
    unqualified: Unqualified = Unqualified.BREAKAGE

    @property
    def rates(self) -> tuple[Fraction, ...]:
        """The percentages there are, from 0 up."""
        return distinct(self.ladder.percents)

    def volumes(self) -> frozenset[str]:
        """What it is taken of, and what finds the bracket."""
        bracket = (self.ladder.volume,) if isinstance(self.ladder, Brackets) else ()
        return self.base.volumes() | frozenset(bracket)

    def window(self) -> int:
        """As many periods as a bracket looks at."""
        return self.ladder.window if isinstance(self.ladder, Brackets) else 1

    def looks_back(self) -> Mapping[str, int]:
        """The bracket's volume."""
        return {self.ladder.volume: self.ladder.window} if isinstance(self.ladder, Brackets) else {}

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for the earner and everyone below her."""
        from organizer.domain.commission.kinds.stairstep_lines import StairstepLines

        return StairstepLines(self, component, snapshot, earner).settle()

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:  # noqa: ARG002
        """Where nobody knows on which day somebody bought."""
        return undated_below(self.base, self.tree, snapshot, earner)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets, slice by slice."""
        return self.differential(component, snapshot).earned(snapshot.plan)

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
        """Whose group has broken away for good."""
        if not self.carries():
            return {}
        before = {member for member, kept in snapshot.carry.get(component.id, {}).items() if kept.get("broken")}
        now = np.flatnonzero(self.standing(component, snapshot).broken).tolist()
        return {member: {"broken": 1} for member in sorted(before.union(now))}

    def carries(self) -> bool:
        """True where a group breaks away for good."""
        return self.breakaway is not None and self.breakaway.permanent

    def standing(self, component: Component, snapshot: Snapshot) -> Standing:
        """Everyone's bracket volume, percentage and whether her group has broken away."""
        return snapshot.kept((component.id, "standing"), lambda: self._standing(component, snapshot))

    def differential(self, component: Component, snapshot: Snapshot) -> Differential:
        """What each member's volume pays to whom."""
        return snapshot.kept((component.id, "differential"), lambda: self._differential(component, snapshot))

    def _standing(self, component: Component, snapshot: Snapshot) -> Standing:
        qualified = snapshot.qualified(component)
        may = qualified if self.unqualified is Unqualified.ROLL_UP else snapshot.distributors
        forced = self._forced(component, snapshot)
        layout, ladder = snapshot.layout(self.tree), self.ladder
        if isinstance(ladder, RankPercents):
            steps = np.where(may, ladder.steps(snapshot.ranks, self.rates), 0)
            return Standing(None, steps, self._broken(snapshot, steps, may) | forced)
        own = snapshot.windowed(ladder.volume, ladder.window)
        if ladder.of is BracketOf.OWN:
            volumes, broken = own, None
        else:
            broken = self._leaving(snapshot, layout, own, may, forced)
            volumes = layout.subtree_sums(own) if broken is None else own_groups(layout, own, broken)
        steps = np.where(may, ladder.steps(volumes, self.rates), 0)
        if broken is None:
            broken = self._broken(snapshot, steps, may) | forced
        return Standing(volumes, steps, broken)

    def _forced(self, component: Component, snapshot: Snapshot) -> Mask:
        forced = np.zeros(len(snapshot.team), dtype=np.bool_)
        if self.carries():
            for member, kept in snapshot.carry.get(component.id, {}).items():
                forced[member] = bool(kept.get("broken"))
        return forced & snapshot.distributors

    def _leaving(self, snapshot: Snapshot, layout: Layout, own: Ints, may: Mask, forced: Mask) -> Mask | None:
        """Whose group leaves the bracket volume of those above; None where none ever does."""
        rule, ladder = self.breakaway, self.ladder
        if rule is None or not rule.leaves_bracket or isinstance(ladder, RankPercents):
            return None
        if rule.rank is not None:
            return forced | may & np.asarray(snapshot.ranks >= rule.rank)
        return reaching(layout, own, ladder.start_of(rule.percent), may, forced)

    def _broken(self, snapshot: Snapshot, steps: Ints, may: Mask) -> Mask:
        rule = self.breakaway
        if rule is None:
            return np.zeros(len(steps), dtype=np.bool_)
        if rule.rank is not None:
            return may & np.asarray(snapshot.ranks >= rule.rank)
        enough: Mask = np.asarray([rate >= rule.percent for rate in self.rates])[steps]
        return may & enough

    def _differential(self, component: Component, snapshot: Snapshot) -> Differential:
        layout, standing = snapshot.layout(self.tree), self.standing(component, snapshot)
        values, unit = self.base.values(snapshot)
        if not self.customer_volume:
            values = np.where(snapshot.customers, 0, values)
        ends = np.full(layout.size, layout.size)
        if self.breakaway is not None and self.breakaway.leaves_pay:
            ends = layout.nearest(standing.broken)[:-1]
        return Differential(
            layout=layout,
            values=values,
            unit=unit,
            rates=self.rates,
            steps=standing.steps,
            paid=snapshot.qualified(component),
            ends=ends,
            personal=self.personal,
            downline=self.downline,
        )

    def words(self, plan: Plan) -> list[Message]:
        """The percentages, what is paid, what breaks away, and what becomes of an unqualified one's share."""
        found = [*self.ladder.words(plan), *self._paid_words(plan)]
        found.append(Message("Groups are those of the {tree}.", {"tree": tree_words(self.tree)}))
        if self.breakaway is not None:
            found += self.breakaway.words(plan)
        if self.unqualified is Unqualified.ROLL_UP:
            found.append(Message("The share of one who isn't qualified goes to the next one above who is."))
        else:
            found.append(Message("The share of one who isn't qualified stays with the company."))
        if not self.customer_volume:
            found.append(Message("What customers buy doesn't count."))
        return [*found, *self.base.words(plan)]

    def _paid_words(self, plan: Plan) -> list[Message]:
        volume = plan.volume(self.base.volume).name
        found = []
        if self.personal:
            found.append(Message("Her own {volume} is paid at her percentage.", {"volume": volume}))
        else:
            found.append(Message("Her own {volume} isn't paid here.", {"volume": volume}))
        found += {
            Downline.ALL: [
                Message(
                    "On {volume} below her she is paid her percentage less the highest that somebody below has "
                    "already.",
                    {"volume": volume},
                )
            ],
            Downline.DIRECT: [
                Message(
                    "On {volume} below her she is paid her percentage where nobody below has one of it.",
                    {"volume": volume},
                )
            ],
            Downline.INDIRECT: [
                Message(
                    "On {volume} below her she is paid her percentage less the highest that somebody below has "
                    "already, and nothing where nobody has one.",
                    {"volume": volume},
                )
            ],
            Downline.NONE: [],
        }[self.downline]
        return found


def read_stairstep(table: Table, vocabulary: Vocabulary) -> Stairstep:
    """A component of kind "stairstep"."""
    base, ladder = read_base(table, vocabulary), read_steps(table, vocabulary)
    personal = table.flag("personal", True)
    downline = table.choice("downline", Downline, default=Downline.ALL)
    if not personal and downline is Downline.NONE:
        table.wrong("downline", Message("with neither her own volume nor that below her this bonus pays nothing."))
    return Stairstep(
        tree=table.choice("tree", Tree),
        base=base,
        ladder=ladder,
        breakaway=read_breakaway(table, vocabulary, ladder.percents),
        personal=personal,
        downline=downline,
        customer_volume=table.flag("customer_volume", True),
        unqualified=table.choice("unqualified", Unqualified, default=Unqualified.BREAKAGE),
    )
