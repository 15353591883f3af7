"""Ranks that nobody can reach, bonuses that nobody can earn, and ranks that change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from organizer.domain.commission.asked import Asked, Holds, Path, Problems
from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    HeldCondition,
    LegsCondition,
    PersonalsCondition,
    RankCondition,
    Scope,
    Side,
    Tree,
    VolumeCondition,
)
from organizer.domain.commission.kinds.binary import Binary
from organizer.domain.commission.kinds.matrix import Matrix
from organizer.domain.commission.plan import Plan, RanksFrom, VolumeSource
from organizer.domain.result import Message, Value

_Doubt = tuple[Path, Message]


def rank_doubts(plan: Plan, outline: Problems) -> Iterator[_Doubt]:
    """Everything odd about the plan's ranks and what its bonuses require."""
    known = _Known(plan, frozenset(), _width(plan))
    if (
        plan.ranks_from is RanksFrom.REPORTED
    ):  # then ranks come from the company's file, whatever is asked for here
        known = _Known(plan, frozenset(range(len(plan.ranks))), known.width)
    else:
        known = known.closed()
        yield from _unreachable(plan, known)
    yield from _unearnable(plan, outline, known)
    yield from _without_effect(plan, outline)


@dataclass(frozen=True, slots=True)
class _Known:
    """The `reachable` ranks so far, and how many legs a place in the placement tree has (None: any number)."""

    plan: Plan
    reachable: frozenset[int]
    width: int | None

    def closed(self) -> _Known:
        """The same with every rank that can be reached by way of those."""
        found = frozenset(
            number for number, rank in enumerate(self.plan.ranks) if not any(map(self.why_not, rank.conditions))
        )
        return self if found == self.reachable else _Known(self.plan, found, self.width).closed()

    def why_not(self, condition: Condition) -> Message | None:
        """Why nobody can ever meet the condition; None where somebody can."""
        if isinstance(condition, AnyOf):
            reasons = [self._none_of(parts) for parts in condition.alternatives]
            return reasons[0] if all(reasons) else None
        if isinstance(condition, LegsCondition):
            return self._rank(condition.rank) or self._legs(condition.tree, condition.count)
        if isinstance(condition, HeldCondition | RankCondition):
            return self._rank(condition.rank)
        if isinstance(condition, VolumeCondition):
            return self._volume(condition)
        if isinstance(condition, PersonalsCondition) and condition.side is not Side.ANY and self.width is None:
            return Message("it asks for a left or right leg, and no bonus has two legs.")
        return None

    def _none_of(self, parts: tuple[Condition, ...]) -> Message | None:
        return next(filter(None, map(self.why_not, parts)), None)

    def _rank(self, rank: int) -> Message | None:
        if any(reached >= rank for reached in self.reachable):
            return None
        return Message("it asks for {rank}, which nobody can reach.", {"rank": self.plan.ranks[rank].name})

    def _legs(self, tree: Tree, count: int) -> Message | None:
        if tree is Tree.SPONSOR or self.width is None or count <= self.width:
            return None
        values: dict[str, Value] = {"count": count, "width": self.width}
        return Message("it asks for {count} legs, where a place has only {width}.", values)

    def _volume(self, condition: VolumeCondition) -> Message | None:
        if condition.scope is Scope.LEG:
            return self._entered(condition) or self._legs(condition.tree, condition.legs)
        return self._entered(condition) if condition.scope is Scope.FRONTLINE else None

    def _entered(self, condition: VolumeCondition) -> Message | None:
        volume = self.plan.volume(condition.volume)
        if volume.source is VolumeSource.MEMBER or not condition.minimum:
            return None
        return Message("it asks others for {volume}, which only you type in.", {"volume": volume.name})


def _width(plan: Plan) -> int | None:
    """How many legs a position has at most, where a bonus builds the placement tree."""
    widths = [component.rules.width for component in plan.components if isinstance(component.rules, Matrix)]
    if any(isinstance(component.rules, Binary) for component in plan.components):
        widths.append(2)
    return min(widths, default=None)


def _unreachable(plan: Plan, known: _Known) -> Iterator[_Doubt]:
    for number, rank in enumerate(plan.ranks):
        for place, condition in enumerate(rank.conditions):
            why = known.why_not(condition)
            if why is not None:
                if _asks_for_itself(condition, number):
                    why = Message("it asks for this rank or a higher one: nobody can be the first to reach it.")
                yield ("ranks", number, "all", place), Message("nobody can reach it: {why}", {"why": why})


def _asks_for_itself(condition: Condition, number: int) -> bool:
    return isinstance(condition, LegsCondition | HeldCondition) and condition.rank >= number


_PAY = (Holds.PERCENT, Holds.PERCENTS, Holds.MONEY, Holds.MONEYS)
_LIMITS = ("base_percent", "breakaway", "cap", "cap_by_rank", "new_members", "recruit_caps")
"""Keys whose figure 0 doesn't mean that nothing is paid."""


def _unearnable(plan: Plan, outline: Problems, known: _Known) -> Iterator[_Doubt]:
    for number, component in enumerate(plan.components):
        for place, condition in enumerate(component.requires):
            why = known.why_not(condition)
            if why is not None:
                text = Message("nobody can earn this bonus: {why}", {"why": why})
                yield ("components", number, "requires", place), text
        asked = [one for path, one in outline.asked.items() if path[:2] == ("components", number)]
        yield from _unpaid(plan, asked, known)


def _unpaid(plan: Plan, asked: list[Asked], known: _Known) -> Iterator[_Doubt]:
    pays = [one for one in asked if (one.each or one.holds) in _PAY and one.path[2] not in _LIMITS]
    figures = [figure for one in pays for figure in _figures(one.value)]
    if figures and not any(figures):
        yield pays[-1].path, Message("every rate is 0: nobody is paid anything.")
    for one in asked:
        if one.holds is not Holds.BY_RANK or not isinstance(one.value, Mapping) or one.path[2] in _LIMITS:
            continue
        if one.each is Holds.COUNT and one.value and not any(_figures(one.value)):
            yield one.path, Message("no rank opens a level: nobody is paid anything.")
        paid = {number for number, rank in enumerate(plan.ranks) if any(_figures(one.value.get(rank.id)))}
        if paid and not paid & known.reachable:
            yield one.path, Message("it is paid only to ranks that nobody can reach.")


def _figures(value: object) -> Iterator[object]:
    """The figures in a value, however they are put together."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _figures(part)
    elif isinstance(value, list):
        for part in value:
            yield from _figures(part)
    elif value is not None:
        yield value


def _without_effect(plan: Plan, outline: Problems) -> Iterator[_Doubt]:
    """Ranks for which no condition asks, and by which no bonus pays otherwise than by the rank below."""
    named: set[object] = set()
    for path, asked in outline.asked.items():
        if path[0] != "ranks" and asked.holds is not Holds.BY_RANK:
            named.update(path[1:])
        if asked.holds is Holds.RANK:
            named.add(asked.value)
        elif asked.holds is Holds.BY_RANK and isinstance(asked.value, Mapping):
            named |= _steps(plan, asked.value)
    for number, rank in enumerate(plan.ranks):
        # everyone's rank is where the others begin
        if rank.id not in named and (rank.conditions or number):
            text = Message(
                "no other rank of this plan asks for it, and every bonus pays it as the rank below: reaching it "
                "changes nothing here."
            )
            yield ("ranks", number, "id"), text


def _steps(plan: Plan, by_rank: Mapping[str, object]) -> set[object]:
    """The ranks that a table gives something else than the rank below."""
    found: set[object] = set()
    below: object = None
    for rank in plan.ranks:
        value = by_rank.get(rank.id, below)
        if value != below:
            found.add(rank.id)
        below = value
    return found
