"""Reading a component of kind "binary" from a plan file."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

from organizer.domain.commission.asked import Holds
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.kinds.binary import Binary
from organizer.domain.commission.kinds.binary_legs import LegRules
from organizer.domain.commission.kinds.binary_payout import Cycles, FirstPair, Matched, Payout, Steps
from organizer.domain.commission.kinds.binary_rate import Rate, must_rise, read_rate
from organizer.domain.commission.kinds.binary_terms import After, AfterCap, Ending, Ineligible, Limits, Method
from organizer.domain.commission.plan import VolumeSource
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message

_WHOLE = Fraction(1)
_MAXIMUM = {Method.PAIRS: "max_pairs", Method.FIRST_PAIR: "max_pairs", Method.CYCLE: "max_cycles"}
_OWN = ("none", "weaker_leg", "above")


def read_binary(table: Table, vocabulary: Vocabulary) -> Binary:
    """A component of kind "binary"."""
    method = table.choice("method", Method)
    base = _base(table, vocabulary, method)
    payout, rate = _payout(table, vocabulary, method)
    after = table.choice("after", After)
    limits = _limits(table, vocabulary, method, after)
    # companies differ too much in this for any answer to be taken for granted
    usual = Ineligible.FLUSH if after is After.FLUSH else None
    ineligible = table.choice("ineligible", Ineligible, default=usual)
    most = table.amount("carry_cap") if table.has("carry_cap") else None
    legs = _legs(table, vocabulary, base.volume)
    return Binary(base, method, legs, payout, rate, limits, Ending(after, ineligible, most))


def _base(table: Table, vocabulary: Vocabulary, method: Method) -> Base:
    if method not in (Method.PERCENT_WEAKER, Method.RATIO):
        return Base(table.volume("volume", vocabulary), _WHOLE, _WHOLE)
    base = read_base(table, vocabulary)
    if base.new_members is not None:
        table.wrong("new_members", Message("a binary bonus counts the volume of new members as everybody's."))
    return base


def _payout(table: Table, vocabulary: Vocabulary, method: Method) -> tuple[Payout, Rate]:
    flat = Rate((_WHOLE,), shares=False)
    if method in (Method.PERCENT_WEAKER, Method.RATIO):
        return Matched(method is Method.RATIO), read_rate(table, vocabulary, amounts=False)
    if method in (Method.SCHEDULE, Method.LADDER):
        return _steps(table, vocabulary, ladder=method is Method.LADDER), flat
    if method is Method.FIRST_PAIR:
        first, amount = table.money("first_amount", vocabulary), table.money("amount", vocabulary)
        return FirstPair(_unit(table, "unit"), first, amount), flat
    if method is Method.PAIRS:
        unit = _unit(table, "unit")
        return Cycles(unit, unit), read_rate(table, vocabulary, amounts=True)
    small, large = _unit(table, "small"), _unit(table, "large")
    if large < small:
        table.wrong("large", Message("this can't be less than small."))
        large = small
    return Cycles(small, large), read_rate(table, vocabulary, amounts=True)


def _unit(table: Table, key: str) -> int:
    unit = table.amount(key)
    if not unit and table.has(key):
        table.wrong(key, Message("this must be more than 0."))
    return unit or 1


def _steps(table: Table, vocabulary: Vocabulary, *, ladder: bool) -> Steps:
    volumes, amounts = [], []
    for part in table.parts("steps"):
        volumes.append(_unit(part, "each_leg"))
        amounts.append(part.money("amount", vocabulary))
        part.done()
    if not volumes:
        table.wrong("steps", Message("this list is empty."))
        return Steps((1,), (0,))
    if ladder:
        volumes, amounts = list(accumulate(volumes)), list(accumulate(amounts))
    else:
        must_rise(table, "steps", volumes)
        if amounts != sorted(amounts):
            table.wrong("steps", Message("a higher step can't pay less than a lower one."))
    return Steps(tuple(volumes), tuple(amounts))


def _limits(table: Table, vocabulary: Vocabulary, method: Method, after: After) -> Limits:
    key = _MAXIMUM.get(method)
    count = table.count(key) if key is not None and table.has(key) else None
    caps: tuple[int, ...] = ()
    if table.has("cap_by_rank"):
        rows = table.money_by_rank("cap_by_rank", vocabulary)
        caps = (*(rows.get(rank, 0) for rank in range(len(vocabulary.ranks))), 0)
    elif table.has("cap"):
        caps = (table.money("cap", vocabulary),) * (len(vocabulary.ranks) + 1)
    if count is None and not caps:
        return Limits()
    usual = AfterCap.USE if after is After.FLUSH else None
    return Limits(count, caps, table.choice("after_cap", AfterCap, default=usual))


def _legs(table: Table, vocabulary: Vocabulary, volume: str) -> LegRules:
    own = table.string("own_volume", required=False) or "none"
    table.tell("own_volume", Holds.CHOICE, _OWN)
    if own not in _OWN:
        what = Message("one of {words}", {"words": ", ".join(_OWN)})
        table.wrong("own_volume", Message('"{value}" isn\'t {what}.', {"value": own, "what": what}))
    counted, above = volume, None
    if own in ("weaker_leg", "above"):
        counted = table.volume("own_volume_of", vocabulary) if table.has("own_volume_of") else volume
        above = table.amount("own_volume_above") if own == "above" else 0
    levels = table.count("levels") if table.has("levels") else None
    left, right = (_typed(table, vocabulary, key) for key in ("carry_left", "carry_right"))
    return LegRules(volume, levels, counted, above, left, right)


def _typed(table: Table, vocabulary: Vocabulary, key: str) -> str:
    if not table.has(key):
        return ""
    name = table.volume(key, vocabulary)
    known = vocabulary.volumes.get(name)
    if known is not None and known.source is not VolumeSource.ENTERED:
        table.wrong(key, Message('this must be a volume that she types in (source = "entered").'))
    return name
