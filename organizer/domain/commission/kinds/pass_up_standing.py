"""Who is whose recruit, who of them is passed up, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.kinds.matrix_placement import order_of_joining
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Component
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.pass_up import PassUp
    from organizer.domain.commission.snapshot import Snapshot

_PASSED, _OWN = 1, 2


class Counted(StrEnum):
    """Among whom the first ones are counted.

    RECRUITS: everyone she recruited. BUYERS: those of them who have bought some of the volume, now or in an
    earlier period; who was counted once stays counted.
    """

    RECRUITS = "recruits"
    BUYERS = "buyers"

    def words(self) -> Message:
        """The rule in a sentence."""
        if self is Counted.RECRUITS:
            return Message("The first ones are counted in order of joining, whether or not they buy.")
        return Message("The first ones are counted in order of joining among those who have bought.")


class GoesTo(StrEnum):
    """Who gets what is passed up: the recruiter's sponsor, or the nearest above who has passed up all of hers."""

    SPONSOR = "sponsor"
    NEXT_KEEPER = "next_keeper"

    def words(self) -> Message:
        """The rule in a sentence."""
        if self is GoesTo.SPONSOR:
            return Message("What is passed up goes to her own sponsor.")
        return Message("What is passed up goes to the nearest one above who has passed up all of hers.")


class NobodyAbove(StrEnum):
    """Who gets it where nobody is above: the company, or the recruiter, who then keeps it."""

    COMPANY = "company"
    RECRUITER = "recruiter"

    def words(self) -> Message:
        """The rule in a sentence."""
        if self is NobodyAbove.COMPANY:
            return Message("Where nobody is above her, that share stays with the company.")
        return Message("Where nobody is above her, she is paid for them as for the others.")


@dataclass(frozen=True, eq=False)
class Standing:
    """By member: her `recruiter`, whether she is `passed` up, and to whom (`upline`); nobody is `layout.size`.

    `counted` says how she is counted from now on: 1 passed up, 2 the recruiter's own, 0 not yet. `alone` are those
    who would be passed up if anybody were above.
    """

    layout: Layout
    recruiter: Ints
    passed: Mask
    upline: Ints
    counted: Ints
    alone: Mask


def stand(rules: PassUp, component: Component, snapshot: Snapshot) -> Standing:
    """The standing of everyone."""
    layout = snapshot.layout(Tree.SPONSOR)
    recruiter = layout.nearest(~snapshot.customers)[layout.parent][:-1]
    recruits = recruiter < layout.size
    if not rules.customer_volume:
        recruits &= ~snapshot.customers
    counted = _counted(rules, component, snapshot, recruiter, recruits)
    taken = np.bincount(recruiter[counted == _PASSED], minlength=layout.size + 1)
    done = np.append(taken[:-1] >= rules.count, False)
    # what nobody counts goes the way that the next purchase would go
    first = recruits & ((counted == _PASSED) | ((counted == 0) & ~done[recruiter]))
    above = np.append(recruiter, layout.size)
    if rules.goes_to is GoesTo.NEXT_KEEPER:
        above = layout.nearest(done[:-1] & ~snapshot.customers)[layout.parent]
    upline = above[recruiter]
    alone = first & (upline == layout.size)
    passed = first & ~alone if rules.nobody_above is NobodyAbove.RECRUITER else first
    return Standing(layout, recruiter, passed, upline, counted, alone)


def _counted(rules: PassUp, component: Component, snapshot: Snapshot, recruiter: Ints, recruits: Mask) -> Ints:
    """How each recruit is counted: those counted before as they were, the others in order of joining."""
    counted = np.zeros(len(recruiter), dtype=np.int64)
    chosen = recruits
    if rules.counted is Counted.BUYERS:
        for member, kept in snapshot.carry.get(component.id, {}).items():
            counted[member] = kept.get("counted", 0)
        chosen = recruits & (counted == 0) & (snapshot.known(rules.base.volume) > 0)
    taken = np.bincount(recruiter[counted == _PASSED], minlength=len(recruiter) + 1)
    order = np.empty(len(recruiter), dtype=np.int64)
    order[order_of_joining(snapshot)] = np.arange(len(recruiter))
    candidates = np.flatnonzero(chosen)
    candidates = candidates[np.lexsort((order[candidates], recruiter[candidates]))]
    whose = recruiter[candidates]
    place = np.arange(len(candidates)) - np.searchsorted(whose, whose)
    counted[candidates] = np.where(place + taken[whose] < rules.count, _PASSED, _OWN)
    return counted


def state_after(component: Component, snapshot: Snapshot, standing: Standing) -> Mapping[int, Mapping[str, int]]:
    """What is kept for the next period: how everyone who has been counted is counted."""
    kept = {member: dict(names) for member, names in snapshot.carry.get(component.id, {}).items()}
    for member in np.flatnonzero(standing.counted).tolist():
        kept[member] = {"counted": int(standing.counted[member])}
    return kept
