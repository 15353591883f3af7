"""How far a plan file can be relied on, in a sentence."""

from __future__ import annotations

from organizer.domain.commission.plan import Plan
from organizer.domain.period import Period
from organizer.domain.result import Message


def trust(confidence: str, teaching: bool) -> Message:
    """How far a plan file's figures can be relied on; `confidence` is A to D, or empty for a teaching plan."""
    if teaching:
        return Message("An invented plan to learn from; no company pays by it.")
    words = {
        "A": Message("Confidence A: read in the company's own papers."),
        "B": Message("Confidence B: from software documentation."),
        "C": Message("Confidence C: from distributors' pages, not the company's own."),
        "D": Message("Confidence D: from an unofficial copy. Check it with your company."),
    }
    return words.get(confidence, Message("The plan file doesn't say where its figures come from."))


def validity(plan: Plan, period: Period) -> Message | None:
    """A word of caution where the plan's dates don't cover the whole period; None where they do."""
    if period.first < plan.valid_from:
        return Message("The plan file holds from a later day than this period; the plan may have been another.")
    if plan.valid_to and period.last > plan.valid_to:
        return Message("The plan file no longer holds for the whole of this period; the plan may be another now.")
    return None
