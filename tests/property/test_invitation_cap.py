"""The most invitations in any twelve months, against looking at every twelve months there are."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.consent import Purpose, Standing, objection

DAYS = st.lists(st.dates(date(2023, 6, 1), date(2027, 6, 1)), max_size=8)


def years_with(day: date) -> list[set[date]]:
    """Every twelve months that `day` lies in, as sets of their days."""
    ends = [day + timedelta(days=after) for after in range(367)]
    years = []
    for end in ends:
        start = date(end.year - 1, end.month, 28 if (end.month, end.day) == (2, 29) else end.day)
        days = {start + timedelta(days=number) for number in range(1, (end - start).days + 1)}
        years.append(days)
    return [days for days in years if day in days]


@settings(max_examples=60, deadline=None)
@given(DAYS, DAYS, st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(0, 5))
def test_no_twelve_months_hold_more_than_the_most(
    invited: list[date], planned: list[date], day: date, cap: int
) -> None:
    standing = Standing(invited=invited, planned=planned, cap=cap)
    most = max(sum(one in year for one in [*invited, *planned]) for year in years_with(day))
    assert standing.most_invitations_beside(day) == most
    assert (objection(standing, Purpose.INVITATION, None, day) is not None) == (most >= cap)
    assert objection(standing, Purpose.OFFER, None, day) is None
