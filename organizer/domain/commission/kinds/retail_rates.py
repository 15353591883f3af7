"""Which tiers hold for whom: the first alternative whose conditions she meets, or one rate for each rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.condition import Condition, RankCondition, needed, volumes_of
from organizer.domain.commission.conditions_read import read_conditions
from organizer.domain.commission.explain import condition_rule, requirements
from organizer.domain.commission.figures import meets
from organizer.domain.commission.kinds.reach import OWN, Reach
from organizer.domain.commission.kinds.retail_bracket import Bracket, When, read_bracket
from organizer.domain.commission.kinds.retail_tiers import Scale, Tier, TierMode, read_tiers
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.period import Period
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Choice:
    """`scale` for whom all of `requires` hold; its tier is chosen by `bracket`."""

    requires: tuple[Condition, ...]
    scale: Scale
    bracket: Bracket

    def reached(self, snapshot: Snapshot, member: int, amount: int) -> int:
        """The figure that chooses the member's tier; the highest it may be in the high estimate."""
        if self.scale.flat:
            return amount
        known = self.bracket.figure(snapshot, member)
        if snapshot.hopeful and self.bracket.missing(snapshot, member):
            return self.scale.at_most(amount, known)
        return known

    def doubt(self, snapshot: Snapshot, member: int) -> Sequence[Period]:
        """The periods whose unknown figures may hide a better tier, the latest first."""
        if self.scale.flat or self.bracket.when is When.ORDER:
            return ()
        marginal = self.scale.mode is TierMode.MARGINAL
        if not marginal and self.bracket.figure(snapshot, member) >= self.scale.tiers[-1].minimum:
            return ()
        return self.bracket.missing(snapshot, member)

    def everyones(self, snapshot: Snapshot, amounts: Ints) -> Ints:
        """The same for every member."""
        if self.scale.flat:
            return amounts
        known = self.bracket.figures(snapshot)
        if not snapshot.hopeful:
            return known
        top = np.maximum(known, self.scale.tiers[-1].minimum + np.maximum(amounts, 0))
        return np.where(self.bracket.incomplete(snapshot), top, known)


@dataclass(frozen=True, slots=True)
class Rates:
    """The alternatives, of which the first counts whose conditions she meets."""

    choices: tuple[Choice, ...]

    def chosen(self, snapshot: Snapshot, member: int) -> Choice | None:
        """The member's alternative; None where none holds for her."""
        for choice in self.choices:
            if all(snapshot.figures(one)[member] >= needed(one) for one in choice.requires):
                return choice
        return None

    def everyones(self, snapshot: Snapshot) -> Iterator[tuple[Choice, Mask]]:
        """Each alternative with those for whom it holds."""
        left = np.ones(len(snapshot.team), dtype=np.bool_)
        for choice in self.choices:
            holds = left & meets(snapshot, choice.requires, snapshot.ranks) if choice.requires else left
            left = left & ~holds
            yield choice, holds

    def conditions(self) -> tuple[Condition, ...]:
        """Everything that the alternatives ask for."""
        return tuple(condition for choice in self.choices for condition in choice.requires)

    def volumes(self) -> frozenset[str]:
        """The volumes that the alternatives and the tiers hang on."""
        tiers = {volume for choice in self.choices if not choice.scale.flat for volume in choice.bracket.volumes}
        return volumes_of(self.conditions()) | tiers

    def window(self) -> int:
        """How many periods the tiers look at."""
        return max(1, *(choice.bracket.window for choice in self.choices if not choice.scale.flat), 1)

    def none_holds(self, snapshot: Snapshot, member: int) -> Message:
        """Why the member has no rate."""
        missing = [one for one in requirements(snapshot, self.choices[-1].requires, member) if not one.met]
        return Message("No percentage of this bonus holds for her: {missing}.", {"missing": missing[0].words})

    def words(self, plan: Plan, of: Message, volume: str, reach: Reach) -> list[Message]:
        """The alternatives and their tiers; `of` is what is paid on: `volume` in `reach`."""
        found = []
        plain = Bracket((volume,), reach)
        for choice in self.choices:
            same = choice.bracket == plain
            sentences = choice.scale.words(choice.bracket.name(plan), of, same=same)
            found += [_if(plan, choice.requires, sentence) for sentence in sentences]
        return found


def _if(plan: Plan, requires: tuple[Condition, ...], sentence: Message) -> Message:
    if not requires:
        return sentence
    first, *others = (condition_rule(plan, one) for one in requires)
    for other in others:
        first = Message("{first} and {other}", {"first": first, "other": other})
    return Message("{condition}: {rule}", {"condition": first, "rule": sentence})


def read_rates(table: Table, vocabulary: Vocabulary, volume: str, defaults: Defaults) -> Rates:
    """`variants`, `percent_by_rank`, and after them `percent` or `tiers` for whoever is left."""
    own = defaults.of(table, vocabulary, volume)
    choices = []
    for part in table.parts("variants"):
        requires = read_conditions(part, "requires", vocabulary, of_bonus=True)
        if not requires:
            part.wrong("variants", Message("each of these needs conditions in requires."))
        choices.append(_choice(part, volume, own.of(part, vocabulary, volume), requires))
        part.done()
    if table.has("percent_by_rank"):
        rows = sorted(table.percent_by_rank("percent_by_rank", vocabulary).items(), reverse=True)
        plain = Bracket((volume,), defaults.reach)
        choices += [Choice((RankCondition(rank),), Scale((Tier(0, rate),)), plain) for rank, rate in rows]
    if table.has("percent") or table.has("tiers") or not choices:
        choices.append(_choice(table, volume, own, ()))
    return Rates(tuple(choices))


@dataclass(frozen=True, slots=True)
class Defaults:
    """What an inner table goes by where it doesn't say: the tiers' mode and bracket, the reach of what is paid."""

    mode: TierMode | None = None
    bracket: Bracket | None = None
    reach: Reach = OWN
    orders: bool = True

    def of(self, table: Table, vocabulary: Vocabulary, volume: str) -> Defaults:
        """What `table` itself says of them."""
        mode, bracket, part = self.mode, self.bracket, table.part("tier_by")
        if table.has("tier_mode"):
            mode = table.choice("tier_mode", TierMode)
        if part is not None:
            bracket = read_bracket(part, vocabulary, volume, reach=self.reach, orders=self.orders)
        return Defaults(mode, bracket, self.reach, self.orders)


def _choice(table: Table, volume: str, defaults: Defaults, requires: tuple[Condition, ...]) -> Choice:
    plain = Bracket((volume,), defaults.reach)
    if table.has("percent"):
        if table.has("tiers"):
            table.wrong("percent", Message("give either percent or tiers."))
            table.parts("tiers")
        return Choice(requires, Scale((Tier(0, table.percent("percent")),)), plain)
    mode = defaults.mode or table.choice("tier_mode", TierMode)
    bracket = defaults.bracket or plain
    by_itself = bracket.when in (When.ORDER, When.PERIOD, When.YEAR_TO_DATE)
    if mode is TierMode.MARGINAL and (
        bracket.volumes != (volume,) or bracket.reach != defaults.reach or not by_itself
    ):
        table.wrong("tier_by", Message("marginal tiers can only go by the very volume that is paid on."))
    return Choice(requires, read_tiers(table, mode), bracket)
