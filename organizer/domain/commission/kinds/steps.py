"""Which percentage each member has in a stair-step bonus: by a volume's brackets, or by rank."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number
from organizer.domain.money import volume_amount
from organizer.domain.result import Message, Value


class BracketOf(StrEnum):
    """Whose volume finds the bracket: the whole group's, or only her own."""

    GROUP = "group"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Brackets:
    """`percents[i]` from `starts[i]` (thousandths of `volume`, included) up to the next start; nothing below.

    The volume is that of `window` periods, this one and those right before it.
    """

    volume: str
    of: BracketOf
    window: int
    starts: tuple[int, ...]
    percents: tuple[Fraction, ...]

    def steps(self, volumes: Ints, rates: tuple[Fraction, ...]) -> Ints:
        """For each volume the place of its percentage in `rates`."""
        places = np.asarray([0, *(rates.index(percent) for percent in self.percents)])
        return places[np.searchsorted(self.starts, volumes, side="right")]

    def start_of(self, percent: Fraction) -> int:
        """Where at least that percentage begins."""
        return next(start for start, own in zip(self.starts, self.percents, strict=True) if own >= percent)

    def words(self, plan: Plan) -> list[Message]:
        """What the volume is, and each bracket."""
        values: dict[str, Value] = {"volume": plan.volume(self.volume).name, "periods": self.window}
        if self.of is BracketOf.OWN:
            what = Message("own {volume}", values)
        else:
            what = Message("{volume} in the group", values)
        if self.window > 1:
            what = Message("{what}, in {periods} periods", {"what": what, "periods": self.window})
        return [
            Message(
                "From {start} {what}: {percent} %.",
                {"start": volume_amount(start), "what": what, "percent": percent_number(percent)},
            )
            for start, percent in zip(self.starts, self.percents, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class RankPercents:
    """`percents[rank]`; the last one, for no rank, is 0."""

    percents: tuple[Fraction, ...]

    def steps(self, ranks: Ints, rates: tuple[Fraction, ...]) -> Ints:
        """For each rank number the place of its percentage in `rates`."""
        return np.asarray([rates.index(percent) for percent in self.percents])[ranks]

    def words(self, plan: Plan) -> list[Message]:
        """Each rank's percentage."""
        return [
            Message("{rank}: {percent} %.", {"rank": rank.name, "percent": percent_number(percent)})
            for rank, percent in zip(plan.ranks, self.percents, strict=False)
        ]


def distinct(percents: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """The percentages there are, the lowest first, with 0 as the first."""
    return tuple(sorted({Fraction(), *percents}))


def read_steps(table: Table, vocabulary: Vocabulary) -> Brackets | RankPercents:
    """`brackets` with `bracket_volume`, `bracket_of`, `bracket_periods`; or `percent_by_rank`."""
    if table.has("percent_by_rank"):
        return read_rank_percents(table, vocabulary)
    starts, percents = [], []
    for part in table.parts("brackets"):
        starts.append(part.amount("from"))
        percents.append(part.percent("percent"))
        part.done()
    if not starts:
        table.wrong("brackets", Message("give percent_by_rank, or at least one bracket."))
    for lower, higher in pairwise(starts):
        if higher <= lower:
            values: dict[str, Value] = {"lower": volume_amount(lower), "higher": volume_amount(higher)}
            table.wrong("brackets", Message("the brackets must rise: {higher} comes after {lower}.", values))
    if any(higher < lower for lower, higher in pairwise(percents)):
        table.wrong("brackets", Message("a higher bracket can't have a lower percentage."))
    return Brackets(
        table.volume("bracket_volume", vocabulary),
        table.choice("bracket_of", BracketOf, default=BracketOf.GROUP),
        table.count("bracket_periods", default=1),
        tuple(starts) or (0,),
        tuple(percents) or (Fraction(),),
    )


def read_rank_percents(table: Table, vocabulary: Vocabulary) -> RankPercents:
    """`percent_by_rank`: one percentage for every rank."""
    percents = table.percent_by_rank("percent_by_rank", vocabulary)
    if not vocabulary.ranks:
        table.wrong("percent_by_rank", Message("the plan has no ranks."))
    return RankPercents((*(percents.get(rank, Fraction()) for rank in range(len(vocabulary.ranks))), Fraction()))
