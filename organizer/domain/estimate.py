"""An estimate that was kept, so that an old period looks as it did and the next one knows what it left."""

from __future__ import annotations

from dataclasses import dataclass

RANK_IDS = "rank_ids"
"""Beside what a period left: the ids of the ranks that its numbers stand for, the lowest first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was estimated for one period, when, by which plan, and what it came to (`total` in minor units).

    `made_from` is everything it was made from and `carried` what the next period needs of it, both as JSON; a
    list of kept estimates leaves them empty. `made_at` is local time (ISO).
    """

    id: int
    company_id: int
    period: str
    made_at: str
    plan_id: str
    plan_version: str
    currency: str
    total: int
    made_from: str = ""
    carried: str = ""
