"""Estimates that are kept: an old period looks as it did, and the next one knows what it left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from organizer.domain.company import Company
from organizer.domain.estimate import Kept
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal, Value, listed
from organizer.i18n import N_, _, format_date, format_period
from organizer.services import plans
from organizer.services.jobs import Job, Progress
from organizer.storage import File, team
from organizer.storage import estimates as stored

if TYPE_CHECKING:
    from organizer.domain.commission.carried_ranks import Moved
    from organizer.domain.commission.plan import Plan
    from organizer.domain.commission.snapshot import Carry
    from organizer.services.earnings import Estimate


def keep(file: File, estimate: Estimate) -> Kept:
    """Keep an estimate, in place of what was kept for its period before: one deed."""
    from organizer.domain.commission.engine import carried
    from organizer.domain.commission.frozen import freeze, freeze_carry

    statement, snapshot = estimate.statement, estimate.snapshot
    left = freeze_carry(carried(snapshot, statement), snapshot.team.ids, snapshot.plan)
    kept = Kept(
        id=0,
        company_id=estimate.company.id,
        period=statement.period.key,
        made_at=file.clock().isoformat(sep=" ", timespec="seconds"),
        plan_id=statement.plan_id,
        plan_version=statement.plan_version,
        currency=statement.currency,
        total=statement.total_minor,
        made_from=freeze(plans.text_of(statement.plan_id, file), snapshot),
        carried=json.dumps(left, separators=(",", ":")),
    )
    with file.deed("estimate.keep", format_period(statement.period)):
        stored.write(file, kept)
    return kept


def everyone(file: File, company: Company) -> list[Kept]:
    """What was kept for the company, the newest period first."""
    return stored.everyone(file, company.id)


def forget(file: File, company: Company, period: Period) -> None:
    """Forget what was kept for a period: one deed."""
    with file.deed("estimate.forget", format_period(period)):
        stored.delete(file, company.id, period.key)


def open_kept(file: File, company: Company, period_key: str) -> Job[Estimate]:
    """Work out a kept estimate again from what it was made from, with today's names.

    Raises Refusal where nothing was kept for the period, or it can't be read.
    """
    kept = stored.of_period(file, company.id, period_key)
    if kept is None:
        raise Refusal(Message(N_("No estimate was kept for {period}."), {"period": period_key}))
    present = team.team(file, company.id, period_key)
    names = dict(zip(present.ids, zip(present.names, present.numbers, strict=True), strict=True))

    def work(progress: Progress) -> Estimate:
        from organizer.domain.commission.frozen import thaw
        from organizer.services.earnings import job_of

        try:
            frozen = thaw(kept.made_from)
        except (ValueError, KeyError, TypeError, Refusal) as error:
            text = N_("The estimate that was kept for {period} can't be read by this version of the program.")
            raise Refusal(Message(text, {"period": period_key})) from error
        known = [names.get(id_, ("", "")) for id_ in frozen.team.ids]
        members = replace(frozen.team, names=[name for name, _n in known], numbers=[n for _name, n in known])
        job = job_of(company, frozen.plan, members, frozen.period, frozen.past, frozen.carry)
        estimate = job.work(progress)
        if estimate.statement.total_minor != kept.total:
            text = N_("This version of the program works the same figures out to another sum than was kept.")
            estimate = replace(estimate, carry_note=Message(text))
        made = replace(estimate, kept=replace(kept, made_from="", carried=""))
        _ = made.steps  # worked out here, not while the page is drawn
        return made

    return Job(_("Opening the estimate of {period}").format(period=period_key), work)


def carried_into(
    file: File, company: Company, plan: Plan, period: Period, ids: Sequence[int]
) -> tuple[Carry, Message | None]:
    """What the period before left, from its kept estimate; with a word on where it comes from, if it matters."""
    from organizer.domain.commission.carried_ranks import moved
    from organizer.domain.commission.frozen import thaw_carry, thaw_ranks

    before = plan.calendar.shifted(period, -1)
    kept = stored.of_period(file, company.id, before.key)
    if kept is None:
        if not plan.carries:
            return _reported(file, plan, ids), None
        text = N_("No estimate of {period} was kept: what it left (legs, ranks held) counts as nothing.")
        return _reported(file, plan, ids), Message(text, {"period": format_period(before)})
    if kept.plan_id != plan.id:
        text = N_("The estimate of {period} was kept by another plan: what it left doesn't count here.")
        return _reported(file, plan, ids), Message(text, {"period": format_period(before)})
    data = json.loads(kept.carried or "{}")
    found = moved(thaw_carry(data, ids), thaw_ranks(data), plan, same_plan=kept.plan_version == plan.version)
    # a bonus that isn't in it left nothing, which is something else than nobody knowing what it left
    nothing: Carry = {one.id: {} for one in plan.components if found.known or not one.rules.carries_ranks()}
    carry = {**nothing, **found.carry}
    if not found.known:
        carry = {**carry, **_reported(file, plan, ids)}
    if not any(carry.values()) and found.known:
        return carry, None
    text = N_("What {period} left is taken from the estimate that was kept on {day}.")
    note = Message(
        text, {"period": format_period(before), "day": format_date(datetime.fromisoformat(kept.made_at))}
    )
    why = rank_note(found)
    return carry, Message("{first} {second}", {"first": note, "second": why}) if why else note


def rank_note(found: Moved) -> Message | None:
    """What of the ranks that a period left can't be used, as the plan has been changed since."""
    if not found.known:
        text = N_("The plan has been changed since, and which ranks were held isn't known: they count as nothing.")
        return Message(text)
    if found.gone:
        names: list[Value] = list(found.gone)
        text = N_("Ranks that were held and the plan no longer has: {ranks}. The next one below counts instead.")
        return Message(text, {"ranks": listed(names)})
    return None


def _reported(file: File, plan: Plan, ids: Sequence[int]) -> Carry:
    """The highest ranks that the company's file tells of: all that is known of the time before."""
    from organizer.domain.commission.ranks import rank_words

    numbers = rank_words(plan)
    told = team.highest_ranks(file)
    highest = {
        place: {"highest": numbers[told[id_].strip().casefold()]}
        for place, id_ in enumerate(ids)
        if told.get(id_, "").strip().casefold() in numbers
    }
    return {"ranks": highest} if highest else {}
