"""Reading what comes after the bonuses from a plan file: caps, returns, deductions, the smallest payout."""

from __future__ import annotations

from fractions import Fraction

from organizer.domain.commission.asked import Holds
from organizer.domain.commission.plan import (
    Cap,
    CapMode,
    CapPer,
    Deduction,
    ReturnMethod,
    Returns,
    Text,
    Unit,
    VolumeSource,
)
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message


def read_cap(table: Table, cap_id: str, vocabulary: Vocabulary) -> Cap:
    """One of `[[caps]]`; `vocabulary.components` are all bonuses of the plan."""
    name, components = table.text("name"), _components(table, vocabulary)
    per = table.choice("per", CapPer, default=CapPer.MEMBER)
    mode = table.choice("mode", CapMode, default=CapMode.PRO_RATA)
    if table.has("amount") == table.has("percent"):
        table.wrong("amount", Message("give either amount or percent."))
    together = _together(table, vocabulary, mode) if table.has("together") else ""
    if table.has("amount"):
        minor = table.money("amount", vocabulary)
        cap = Cap(cap_id, name, components, per, mode, minor, together=together)
    else:
        cap = _share_of(table, cap_id, name, components, per, mode, together, vocabulary)
    table.done()
    return cap


def _share_of(
    table: Table,
    cap_id: str,
    name: Text,
    components: tuple[str, ...],
    per: CapPer,
    mode: CapMode,
    together: str,
    vocabulary: Vocabulary,
) -> Cap:
    share, of = table.percent("percent"), table.volume("of", vocabulary)
    known, value = vocabulary.volumes.get(of), Fraction(1)
    if known is not None and known.unit is Unit.POINTS:
        value = Fraction(table.number("point_value") or 1)
    return Cap(cap_id, name, components, per, mode, None, share, of, value, together)


def _components(table: Table, vocabulary: Vocabulary) -> tuple[str, ...]:
    names = table.strings("components")
    table.tell("components", Holds.BONUSES, vocabulary.components)
    if not names:
        table.wrong("components", Message("this list is empty."))
    for name in dict.fromkeys(names):
        if name not in vocabulary.components:
            table.wrong("components", Message('no bonus is called "{name}".', {"name": name}))
        if names.count(name) > 1:
            table.wrong("components", Message('"{name}" is there more than once.', {"name": name}))
    return tuple(dict.fromkeys(name for name in names if name in vocabulary.components))


def _together(table: Table, vocabulary: Vocabulary, mode: CapMode) -> str:
    volume = table.volume("together", vocabulary)
    known = vocabulary.volumes.get(volume)
    if known is not None and (known.unit is not Unit.MONEY or known.source is not VolumeSource.ENTERED):
        table.wrong("together", Message("this must be a volume in money that is entered by hand."))
    if mode is CapMode.LAST_FIRST:
        table.wrong("together", Message("this needs the mode pro_rata."))
    return volume


def read_deduction(table: Table, deduction_id: str, vocabulary: Vocabulary) -> Deduction:
    """One of `[[deductions]]`."""
    name = table.text("name")
    if table.has("amount") == table.has("percent"):
        table.wrong("amount", Message("give either amount or percent."))
    share = table.percent("percent") if table.has("percent") else Fraction()
    minor = table.money("amount", vocabulary) if table.has("amount") else 0
    table.done()
    return Deduction(deduction_id, name, share, minor)


def read_payout(table: Table | None, vocabulary: Vocabulary) -> tuple[int, bool]:
    """`[payout]`: the smallest amount paid out, in minor units, and whether a negative total is carried."""
    if table is None:
        return 0, True
    minimum = table.money("min", vocabulary, default=0)
    carried = table.flag("carry_negative", True)
    table.done()
    return minimum, carried


def read_returns(table: Table | None) -> Returns | None:
    """`[returns]`: how what is returned in a later period is taken back; None where the table is missing."""
    if table is None:
        return None
    rules = Returns(
        table.choice("method", ReturnMethod), table.count("window"), table.flag("carry_negative", True)
    )
    table.done()
    return rules
