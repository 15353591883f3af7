"""The period a company settles by; the company's plan says which kind."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")

KINDS = ("month",)
"""The kinds of period that this version can settle by."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One calendar month. `key` ("2026-10") is how files and the command line write it."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 9998 and 1 <= self.month <= 12):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, key: str) -> Period:
        """The period written as "YYYY-MM". Raises ValueError for anything else."""
        match = _MONTH.match(key.strip())
        if not match:
            raise ValueError(f"a month is written YYYY-MM, not {key!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> Period:
        """The month that `day` falls in."""
        return cls(day.year, day.month)

    @property
    def key(self) -> str:
        """ "2026-10": sorts as time does."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def shifted(self, months: int) -> Period:
        """The month `months` later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Period(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return self.key
