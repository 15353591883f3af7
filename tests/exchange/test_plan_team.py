"""The tables that an estimate from files alone is made from: read whole, or told with file, row and reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.result import Refusal
from organizer.domain.team import Kind
from organizer.exchange import member_words
from organizer.exchange.plan_state import State, read_state, write_state
from organizer.exchange.plan_team import PlanTeam, Wanted, read_plan_team, read_plan_volumes

Make = Callable[..., Path]

VOLUMES = {
    "pv": Wanted(("pv", "PV", "Personal Volume"), negative=True),
    "sales": Wanted(("sales", "Own retail sales", "Eget salg til kunder"), negative=False),
}

HEAD = "id,sponsor_id,placement_id,leg,rank,joined,active,name,kind,pv,sales\n"


def faults(found: PlanTeam) -> list[tuple[int, str, str]]:
    return [(one.row, one.subject, str(one.message)) for one in found.read.faults]


def test_every_column_is_read(make: Make) -> None:
    text = HEAD + (
        "A,,,,Gold,2024-03-01,yes,Anna,,250.5,1000\n"
        "B,A,,Venstre,,01.02.2025,nej,Bo,customer,-20,\n"
        "C,A,B,R,,,,,ophørt,,0\n"
    )
    found = read_plan_team(make(text), VOLUMES)
    assert found.read.faults == []
    assert found.read.ignored == []
    assert list(found.read.ids) == ["A", "B", "C"]
    assert list(found.read.rows) == [2, 3, 4]
    assert list(found.names) == ["Anna", "Bo", ""]
    assert (list(found.sponsors), list(found.placements)) == (["", "A", "A"], ["", "", "B"])
    assert list(found.legs) == ["", "left", "right"]
    assert list(found.kinds) == [Kind.DISTRIBUTOR, Kind.CUSTOMER, Kind.CANCELLED]
    assert list(found.joined) == [date(2024, 3, 1), date(2025, 2, 1), None]
    assert list(found.active) == [True, False, None]
    assert found.read.volumes == {"pv": [250_500, -20_000, None], "sales": [1_000_000, None, 0]}


@pytest.mark.parametrize(
    "content",
    [
        "id;sponsor_id;Personal Volume\nA;;1.250,5\nB;A;20\n",
        "id\tsponsor_id\tPV\nA\t\t1250.5\nB\tA\t20\n",
        'ID,Sponsor ID,pv\nA,,"1,250.50"\nB,A,20\n',
        "\ufeffid,sponsor_id,pv\r\nA,,1250.5\r\nB,A,20\r\n",
        "id;sponsor_id;pv\nA;;1250,5\nB;A;20\n".encode("utf-16"),
    ],
)
def test_separators_marks_and_headings_of_any_kind(make: Make, content: str | bytes) -> None:
    found = read_plan_team(make(content), VOLUMES)
    assert found.read.faults == []
    assert found.read.volumes == {"pv": [1_250_500, 20_000]}


def test_each_fault_has_its_row_and_reason(make: Make) -> None:
    text = HEAD + (
        "A,,,,,,,,,12x,\n"  # no number
        "A,,,,,,,,,1,\n"  # an id twice
        ",A,,,,,,,,1,\n"  # no id
        "B,A,,up,,,,,,1,\n"  # no leg
        "C,A,,,,31.02.2025,maybe,,boss,1,-5\n"  # no date, flag, kind; sales below zero
    )
    told = faults(read_plan_team(make(text), VOLUMES))
    assert [(row, subject) for row, subject, _text in told] == [
        (2, "A"), (3, "A"), (4, ""), (5, "B"), (6, "C"), (6, "C"), (6, "C"), (6, "C"),
    ]  # fmt: skip
    assert "“12x” is not a number" in told[0][2]
    assert told[1][2] == "The id A is in row 2 already."
    assert told[2][2] == "This row has no id."
    assert told[3][2] == "leg: “up” is no leg."
    rest = " ".join(text for _row, _subject, text in told[4:])
    for part in ("“31.02.2025” is not a date", "“maybe” is neither yes nor no", "“boss” is no kind", "below zero"):
        assert part in rest


def test_a_column_that_means_nothing_is_named_and_one_told_twice_is_a_fault(make: Make) -> None:
    found = read_plan_team(make("id,sponsor_id,colour,pv,Personal Volume\nA,,red,1,2\n"), VOLUMES)
    assert found.read.ignored == ["colour"]
    assert faults(found) == [(1, "", "The column “Personal Volume” tells what another column tells.")]


def test_figures_that_can_be_read_in_two_ways_are_noted(make: Make) -> None:
    found = read_plan_team(make("id;sponsor_id;pv\nA;;1.250\n"), VOLUMES)
    assert found.read.volumes == {"pv": [1_250_000]}
    assert "can be read in two ways" in str(found.read.notes[0].message)
    assert found.read.faults == []


@pytest.mark.parametrize("content", ["", "name,pv\nA,1\n", b"%PDF-1.7"])
def test_another_file_is_refused(make: Make, content: str | bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_plan_team(make(content), VOLUMES)
    assert "file.csv" in str(refused.value)


def test_a_row_that_is_cut_off_is_a_fault(make: Make) -> None:
    told = faults(read_plan_team(make("id,sponsor_id,pv\nA,,1\nB,A"), VOLUMES))
    assert told[0][0] == 3


def test_volumes_come_several_to_an_id_with_period_and_day(make: Make) -> None:
    text = "id;period;date;pv\nA;2026-09;;100\nA;;2026-10-05;-20,25\nA;;;5\n"
    found = read_plan_volumes(make(text), VOLUMES)
    assert found.read.faults == []
    assert list(found.periods) == ["2026-09", "", ""]
    assert list(found.days) == [None, date(2026, 10, 5), None]
    assert found.read.volumes == {"pv": [100_000, -20_250, 5_000]}


def test_a_state_comes_back_as_it_was_written(tmp_path: Path) -> None:
    state = State("binary", "1a2b", "2026-10", {"team": {"Æ-1": {"left": 120_000, "right": -3}}, "ranks": {}})
    write_state(tmp_path / "s.json", state)
    assert read_state(tmp_path / "s.json") == state


@pytest.mark.parametrize(
    "content",
    [
        "nothing",
        "[]",
        '{"plan": "x", "period": "2026-10", "carried": {}}',
        '{"plan": {"id": "x"}, "period": 10, "carried": {}}',
        '{"plan": {"id": "x"}, "period": "2026-10", "carried": {"team": {"A": {"left": 1.5}}}}',
        '{"plan": {"id": "x"}, "period": "2026-10", "carried": {"team": {"A": {"left": true}}}}',
        '{"plan": {"id": "x"}, "period": "2026-10", "carried": [1]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_state_is_refused(make: Make, content: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_state(make(content, "s.json"))
    assert "s.json" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L", "left"), ("Left leg", "left"), ("venstre", "left"), ("R", "right"), ("HØJRE", "right"),
        ("H", "right"), ("1", "1"), ("Ben 3", "3"), ("007", "7"), ("L/R/L", "left"), ("TOP", ""), ("", ""),
        ("0", None), ("up", None),
    ],
)  # fmt: skip
def test_legs_in_both_languages(text: str, expected: str | None) -> None:
    assert member_words.leg(text) == expected


@given(st.text())
def test_any_text_is_a_leg_or_none(text: str) -> None:
    found = member_words.leg(text)
    assert found in (None, "", "left", "right") or found.isdigit()
    assert member_words.kind(text) in (None, *Kind)
