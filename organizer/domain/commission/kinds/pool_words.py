"""The line of a pool and its rule in sentences."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.kinds.pool_shares import Shares, company_figure
from organizer.domain.commission.plan import Component, Plan
from organizer.domain.commission.settle import decimal, percent_number, settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import VOLUME_SCALE, minor_digits, round_half_up
from organizer.domain.result import Message, Value, listed

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.pool import Pool
    from organizer.domain.commission.snapshot import Snapshot


def result(rules: Pool, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
    """The earner's shares of the pool, or why she has none, or which figure is missing."""
    plan, shares, pool = snapshot.plan, rules.shares(component, snapshot), rules.pool(snapshot)
    hers = int(shares.hers[earner])
    amount, rate, unknown = Fraction(), Fraction(), None
    if not hers:
        reason = _no_share(rules, component, snapshot, earner)
    elif pool is None or shares.total is None:
        missing = rules.base.volume if pool is None else rules.total_shares
        unknown = Message(
            "{volume} isn't known for this period: it is a figure of the whole company that you type in.",
            {"volume": plan.volume(missing).name},
        )
        reason = unknown
    elif shares.total <= 0:
        reason = Message("There are no shares in this period.")
    else:
        part = Fraction(hers, shares.total)
        amount, rate = pool * part, rules.share * part
        reason = _share(rules, plan, shares, hers)
    base = company_figure(snapshot, rules.base.volume)
    line = Line(
        component.id, earner, None, 0, rules.base.volume, base, rate, amount, round_half_up(amount), reason
    )  # fmt: skip
    notes = (*rules.base.words(plan), *_notes(rules, component, snapshot, shares, pool))
    return settle_lines(plan, component, [line], notes, unknown=unknown)


def _share(rules: Pool, plan: Plan, shares: Shares, hers: int) -> Message:
    values: dict[str, Value] = {
        "hers": decimal(Fraction(round_half_up(Fraction(hers * 1000, shares.denominator * VOLUME_SCALE)), 1000)),
        "total": decimal(Fraction(shares.total or 0, shares.denominator * VOLUME_SCALE)),
        "percent": percent_number(rules.share),
        "volume": plan.volume(rules.base.volume).name,
    }
    if rules.own and not rules.places:
        values["own"] = plan.volume(rules.own).name
        return Message("{hers} of {total} {own} share in {percent} % of {volume}.", values)
    return Message("{hers} of {total} shares in {percent} % of {volume}.", values)


def _no_share(rules: Pool, component: Component, snapshot: Snapshot, earner: int) -> Message:
    plan = snapshot.plan
    if not snapshot.qualified(component)[earner]:
        return not_qualified(snapshot, component, earner)
    if rules.by_rank:
        rank = plan.rank_name(int(snapshot.ranks[earner]))
        if rank is None:
            return Message("Without a rank there is no share.")
        return Message("{rank} has no share.", {"rank": rank})
    values: dict[str, Value] = {"volume": plan.volume(rules.own).name, "places": len(rules.places)}
    has = snapshot.raw(rules.own)[earner]
    if has is None:
        return Message("{volume} isn't known for this period.", values)
    if has <= 0 or not rules.places:
        return Message("No {volume} this period.", values)
    return Message("Not among the first {places} by {volume}.", values)


def _notes(
    rules: Pool, component: Component, snapshot: Snapshot, shares: Shares, pool: Fraction | None
) -> list[Message]:
    notes = []
    if not rules.total_shares:
        notes.append(
            Message("The shares are counted among the members that are known; there may be more in the company.")
        )
    whole = int(np.sum(shares.hers.astype(object)))
    if pool is None or not whole or shares.total != whole:
        return notes
    left = pool - int(np.sum(snapshot.earned(component.id).minor.astype(object)))
    values: dict[str, Value] = {
        "amount": decimal(
            Fraction(round_half_up(abs(left) * 100), 100 * 10 ** minor_digits(snapshot.plan.currency))
        ),
        "currency": snapshot.plan.currency,
    }
    if left > 0:
        notes.append(Message("Rounding each share leaves {amount} {currency} of the pool over.", values))
    elif left < 0:
        notes.append(Message("Rounding each share pays {amount} {currency} more than the pool.", values))
    return notes


def rule_words(rules: Pool, plan: Plan) -> list[Message]:
    """The rule in plain sentences."""
    values: dict[str, Value] = {
        "percent": percent_number(rules.share),
        "volume": plan.volume(rules.base.volume).name,
    }
    found = [
        Message("{percent} % of {volume} is shared out; you type in that figure.", values),
        *_who(rules, plan),
    ]
    if rules.total_shares:
        total: dict[str, Value] = {"volume": plan.volume(rules.total_shares).name}
        found.append(Message("How many shares there are is a figure that you type in: {volume}.", total))
    else:
        found.append(Message("The shares are counted among the members that are known."))
    return [*found, *rules.base.words(plan)]


def _who(rules: Pool, plan: Plan) -> list[Message]:
    if rules.by_rank:
        return [
            Message("Shares for {rank}: {shares}.", {"rank": rank.name, "shares": shares})
            for rank, shares in zip(plan.ranks, rules.by_rank, strict=False)
            if shares
        ]
    if not rules.own:
        return [Message("Everyone who qualifies has one share.")]
    values: dict[str, Value] = {"volume": plan.volume(rules.own).name}
    if not rules.places:
        return [Message("Shares are in proportion to one's own {volume}.", values)]
    values["shares"] = listed(list(rules.places))
    first = Message("The first by their own {volume} have shares: {shares}, the highest first.", values)
    return [
        first,
        {
            "split": Message("Those with the same figure share what their places give."),
            "all": Message("Those with the same figure all get what the first of their places gives."),
            "earlier_order": Message(
                "Of those with the same figure the one whose last order came earlier comes first."
            ),
        }[rules.ties.value],
    ]
