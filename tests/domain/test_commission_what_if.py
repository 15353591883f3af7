"""Other figures for a period that is worked out already are those of the period worked out anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from commission_support import CV, HEAD, OCTOBER, ROUNDING, make_team, table

from organizer.domain.commission.engine import estimate_from
from organizer.domain.commission.frozen import freeze, thaw
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.team import Order

OWN = {"id": "own", "name": "Own", "kind": "retail", "method": "percent", "volume": "cv", "percent": 10}
TEXT = (
    HEAD
    + CV
    + table("[[components]]", OWN)
    + table("[returns]", {"method": "original_rate", "window": 2})
    + ROUNDING
)


def test_what_came_back_is_taken_out_once_whatever_is_changed() -> None:
    # 80 of which 20 less came back of September: October sold 100, which pay 10; 2 are taken back
    back = Order(0, date(2026, 9, 5), {"cv": -20_000})
    team = replace(make_team([-1], {"cv": [80_000]}), orders=[back])
    snapshot = Snapshot(parse_plan(TEXT, "plan.toml"), team, OCTOBER, [{"cv": [50_000]}])
    assert estimate_from(snapshot, 0).total_minor == 8_00
    for other, total in ((snapshot.changed({}), 8_00), (snapshot.changed({"cv": {0: 200_000}}), 18_00)):
        assert estimate_from(other, 0).total_minor == total
        anew = Snapshot(other.plan, other.team, OCTOBER, other.past)
        assert estimate_from(anew, 0).total_minor == total
        kept = thaw(freeze(TEXT, other))
        assert estimate_from(Snapshot(kept.plan, kept.team, kept.period, kept.past), 0).total_minor == total
