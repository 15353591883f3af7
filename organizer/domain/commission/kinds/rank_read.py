"""Reading a rank bonus from a plan file."""

from __future__ import annotations

from organizer.domain.commission.asked import Holds
from organizer.domain.commission.kinds.fast_start_read import read_window
from organizer.domain.commission.kinds.rank_advancement import RankBonus
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message


def read_rank_bonus(table: Table, vocabulary: Vocabulary) -> RankBonus:
    """A component of kind "rank_bonus": `amounts = { leader = 100, top = 500 }`, ranks without one left out."""
    return RankBonus(
        amounts=_amounts(table, vocabulary),
        maintain=table.count("maintain", default=1),
        instalments=table.count("instalments", default=1),
        grace=table.count("grace") if table.has("grace") else 0,
        skipped=table.flag("pay_skipped", False),
        within=read_window(table),
    )


def _amounts(table: Table, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    part = table.part("amounts")
    table.tell("amounts", Holds.SOME_RANKS, vocabulary.ranks, Holds.MONEY)
    if part is None:
        table.wrong("amounts", Message("give an amount for at least one rank."))
        return ()
    found = [
        (number, part.money(name, vocabulary)) for number, name in enumerate(vocabulary.ranks) if part.has(name)
    ]
    part.done()
    if not found:
        table.wrong("amounts", Message("give an amount for at least one rank."))
    return tuple(found)
