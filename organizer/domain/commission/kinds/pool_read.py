"""Reading a pool from a plan file."""

from __future__ import annotations

from organizer.domain.commission.asked import Holds
from organizer.domain.commission.base import read_base
from organizer.domain.commission.kinds.pool import By, Pool
from organizer.domain.commission.kinds.pool_shares import Ties
from organizer.domain.commission.plan import VolumeSource
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message


def read_pool(table: Table, vocabulary: Vocabulary) -> Pool:
    """A component of kind "pool": `percent` of a company figure, in shares `by` rank, volume, place or equal."""
    base, by = read_base(table, vocabulary), table.choice("by", By)
    _entered(table, "volume", base.volume, vocabulary)
    if base.new_members:
        table.wrong("new_members", Message("a company's figure has no new members."))
    ranked, placed = by is By.RANK, by is By.PLACE
    total = table.volume("total_shares", vocabulary) if table.has("total_shares") else ""
    if total:
        _entered(table, "total_shares", total, vocabulary)
    return Pool(
        base=base,
        share=table.percent("percent"),
        by=by,
        by_rank=_by_rank(table, vocabulary) if ranked else (),
        own=table.volume("own", vocabulary) if by is By.VOLUME or placed else "",
        places=table.counts("places") if placed else (),
        ties=table.choice("ties", Ties) if placed else Ties.SPLIT,
        total_shares=total,
    )


def _entered(table: Table, key: str, name: str, vocabulary: Vocabulary) -> None:
    known = vocabulary.volumes.get(name)
    if known is not None and known.source is not VolumeSource.ENTERED:
        table.wrong(key, Message('a figure of the whole company needs a volume with source = "entered".'))


def _by_rank(table: Table, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Shares for each rank, nothing for those that aren't named and for no rank."""
    part = table.part("shares")
    table.tell("shares", Holds.SOME_RANKS, vocabulary.ranks, Holds.COUNT)
    if part is None:
        table.wrong("shares", Message("give the shares of at least one rank."))
        return (0,) * (len(vocabulary.ranks) + 1)
    found = [part.count(name) if part.has(name) else 0 for name in vocabulary.ranks]
    part.done()
    return (*found, 0)
