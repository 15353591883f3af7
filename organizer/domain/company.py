"""A company she sells for. One file can hold several; contacts belong to her, not to a company."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """`plan_id` names a plan file ("teaching-unilevel"), empty where none is chosen; `currency` is ISO 4217."""

    id: int
    name: str
    plan_id: str
    currency: str
