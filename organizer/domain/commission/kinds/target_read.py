"""Reading a target from a plan file."""

from __future__ import annotations

from organizer.domain.commission.asked import Holds
from organizer.domain.commission.base import read_base
from organizer.domain.commission.condition import Tree, Who
from organizer.domain.commission.conditions_read import read_conditions
from organizer.domain.commission.kinds.fast_start_read import read_window
from organizer.domain.commission.kinds.taken import Of, Taken
from organizer.domain.commission.kinds.target import Pays, Target, TargetTier
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message

_PER = {"personals": Who.DISTRIBUTORS, "active_personals": Who.ACTIVE, "customers": Who.CUSTOMERS}


def read_target(table: Table, vocabulary: Vocabulary) -> Target:
    """A component of kind "target": `tiers = [{ all = [conditions], amount = 20 }]`, or `percent` of `volume`."""
    tiers = _tiers(table, vocabulary)
    per = None
    if table.has("per"):
        word = table.string("per")
        table.tell("per", Holds.CHOICE, _PER)
        per = _PER.get(word)
        if per is None:
            what = Message("one of {words}", {"words": ", ".join(_PER)})
            table.wrong("per", Message('"{value}" isn\'t {what}.', {"value": word, "what": what}))
    return Target(
        tiers=tiers,
        pays=table.choice("pays", Pays, default=Pays.BEST),
        taken=_taken(table, vocabulary) if any(tier.share for tier in tiers) else None,
        per=per,
        once=table.flag("once", False),
        within=read_window(table),
    )


def _tiers(table: Table, vocabulary: Vocabulary) -> tuple[TargetTier, ...]:
    tiers = []
    for part in table.parts("tiers"):
        conditions = read_conditions(part, "all", vocabulary, of_bonus=True)
        if part.has("percent"):
            tiers.append(TargetTier(conditions, 0, part.percent("percent")))
        else:
            tiers.append(TargetTier(conditions, part.money("amount", vocabulary)))
        part.done()
    if not tiers:
        table.wrong("tiers", Message("give at least one tier."))
        return (TargetTier(()),)
    return tuple(tiers)


def _taken(table: Table, vocabulary: Vocabulary) -> Taken:
    base, of = read_base(table, vocabulary), table.choice("of", Of, default=Of.OWN)
    if of is Of.OWN:
        return Taken(base)
    return Taken(base, of, table.choice("tree", Tree), table.flag("without_own", False))
