"""The texts of a kept estimate under other ids: everything else stays to the letter."""

import json

import pytest

from organizer.domain import estimate_input
from organizer.domain.commission.frozen import freeze, freeze_carry, thaw
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.estimate import Kept
from organizer.domain.period import Period
from organizer.domain.team import Kind, Team
from organizer.services import plans

OCTOBER = Period.parse("2026-10")


@pytest.fixture
def kept() -> Kept:
    team = Team(
        ids=[4, 7, 9],
        numbers=["", "", ""],
        names=["A", "B", "C"],
        person_ids=[1, 5, 5],
        sponsor=[-1, 0, 1],
        placement=[-1, 0, 0],
        kinds=[Kind.DISTRIBUTOR, Kind.CANCELLED, Kind.CUSTOMER],
        ranks=["", "Star", ""],
        joined=[None, None, None],
        volumes={"pv": [100_000, None, -5]},
        me=0,
        legs=["", "left", "2"],
        active=[None, False, True],
    )
    plan = plans.by_id("teaching-unilevel")
    assert plan is not None
    carry = {"team": {0: {"left": 7}, 2: {"left": 1}}}
    snapshot = Snapshot(plan, team, OCTOBER, [{"pv": [1, 2, None]}], carry)
    carried = json.dumps(freeze_carry(carry, team.ids, plan), separators=(",", ":"))
    text = freeze(plans.text_of("teaching-unilevel"), snapshot)
    return Kept(1, 1, "2026-10", "2026-11-23 09:30:00", plan.id, "1", "DKK", 0, text, carried)


def parts(kept: Kept) -> tuple[object, object]:
    return estimate_input.loaded(kept.made_from), estimate_input.loaded(kept.carried)


def test_everyone_in_it_is_known(kept: Kept) -> None:
    assert estimate_input.ids_of(*parts(kept)) == estimate_input.Ids(frozenset({4, 7, 9}), frozenset({1, 5}))
    assert estimate_input.ids_of(None, {"team": {"-3": {}}}).members == {-3}
    assert estimate_input.ids_of(None, None) == estimate_input.Ids(frozenset(), frozenset())


def test_other_ids_and_back_give_the_same_texts(kept: Kept) -> None:
    other = estimate_input.renumbered(kept, lambda id_: id_ + 100, lambda id_: -id_)
    assert estimate_input.ids_of(*parts(other)) == estimate_input.Ids(
        frozenset({104, 107, 109}), frozenset({-1, -5})
    )
    moved = json.loads(other.carried)
    assert moved.pop("rank_ids") == ["distributor", "team-leader", "leader", "director"]
    assert moved == {"team": {"104": {"left": 7}, "109": {"left": 1}}}
    assert json.loads(other.made_from)["carry"] == moved
    assert estimate_input.renumbered(other, lambda id_: id_ - 100, lambda id_: -id_) == kept


def test_what_was_frozen_is_sound_and_thaws_the_same(kept: Kept) -> None:
    assert estimate_input.flaw(*parts(kept), "2026-10") == ""
    other = estimate_input.renumbered(kept, lambda id_: id_ + 1, lambda id_: id_)
    before, after = thaw(kept.made_from), thaw(other.made_from)
    assert (before.carry, before.past, before.team.volumes) == (after.carry, after.past, after.team.volumes)


def test_an_estimate_without_texts_stays_without() -> None:
    bare = Kept(1, 1, "2026-10", "", "", "", "DKK", 0)
    assert estimate_input.renumbered(bare, lambda id_: id_ + 1, lambda id_: id_) == bare
    assert estimate_input.flaw(None, None, "2026-10") == ""


@pytest.mark.parametrize("text", ["", "{", "1.5", "NaN", "[1e3]", "[" * 200_000, '{"a": -Infinity}', "1" * 5000])
def test_what_is_no_json_of_whole_numbers_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        estimate_input.loaded(text)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        *(("period", "2026-11"), ("ids", [4, 9, 7]), ("ids", [4, 7, True]), ("ids", [4, 7, 10**15])),
        *(("people", [1, 5]), ("people", [1, 5, "5"]), ("sponsor", [-1, 0, 3]), ("sponsor", [-2, 0, 1])),
        *(("sponsor", [2, 0, 1]), ("placement", [-1, 0]), ("placement", [-1, 2, 1]), ("kinds", ["boss"] * 3)),
        *(("kinds", [[], [], []]), ("ranks", ["", "", 7]), ("joined", [None, None, "2026-02-30"])),
        *(("legs", ["left"]), ("active", [1, 0, 1]), ("me", -1), ("me", 3), ("me", True), ("volumes", [])),
        *(("volumes", {"pv": [1, 2]}), ("volumes", {"pv": [1, 2, 2**63]}), ("past", {}), ("past", [[]])),
        *(("orders", [[0, "2026-10-01"]]), ("orders", [[3, "2026-10-01", {}]]), ("orders", [[0, "x", {}]])),
        *(("orders", [[0, "2026-10-01", {"pv": "1"}]]), ("carry", []), ("carry", {"a": {"x": {}}})),
        *(("carry", {"a": {"1": []}}), ("plan", None), ("format", "1")),
    ],
)
def test_a_part_that_is_not_as_it_was_written_is_named(kept: Kept, part: str, value: object) -> None:
    made_from, carried = parts(kept)
    assert isinstance(made_from, dict)
    assert estimate_input.flaw({**made_from, part: value}, carried, "2026-10") == part
    without = {name: value for name, value in made_from.items() if name != part}
    assert estimate_input.flaw(without, carried, "2026-10") == part


def test_texts_of_another_kind_are_named(kept: Kept) -> None:
    assert estimate_input.flaw([], None, "2026-10") == "made_from"
    for wrong in ({"team": {"4": {"left": None}}}, {"rank_ids": [1]}, {"rank_ids": {"4": {}}}):
        assert estimate_input.flaw(parts(kept)[0], wrong, "2026-10") == "carried"
