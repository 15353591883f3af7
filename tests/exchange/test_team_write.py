"""A team written and read again is the same team."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer import i18n
from organizer.domain.contact import single_line
from organizer.domain.team import Kind
from organizer.exchange.team_file import read_team
from organizer.exchange.team_rows import TeamRow
from organizer.exchange.team_write import write_team

VOLUMES = {"pv": ("PV",), "cv": ("CV",)}
TEXTS = st.one_of(
    st.sampled_from(["", "=1+1", "'=x", "-", "+45 12 34", "@a", "Æ Ø", '"', ";", "1.234", "2026-01-02", "TRUE"]),
    st.text(max_size=8).map(single_line),
).map(lambda text: text.replace(",", "").replace("\ufffd", "").strip())  # the sign of a lost letter is told
NAMES = TEXTS.map(lambda text: "Bo " + text).map(single_line)
AMOUNTS = st.integers(0, 2_000_000_000)
DAYS = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2099, 1, 1)))


@st.composite
def teams(draw: st.DrawFn) -> list[TeamRow]:
    size = draw(st.integers(1, 6))
    numbers = [f"0{1000 + place}" for place in range(size)]
    names = [draw(NAMES) for _ in range(size)]
    rows = []
    for place in range(size):
        above = draw(st.integers(0, place - 1)) if place else None
        under = draw(st.integers(0, place - 1)) if place else None
        rows.append(
            TeamRow(
                place + 2, numbers[place], names[place],
                "" if above is None else numbers[above], "" if above is None else names[above],
                draw(st.sampled_from([Kind.DISTRIBUTOR, Kind.CUSTOMER])), draw(TEXTS), draw(TEXTS), draw(DAYS),
                draw(DAYS), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS),
                draw(st.dictionaries(st.sampled_from(["pv", "cv"]), AMOUNTS)),
                draw(st.sampled_from(["", "left", "right", "3"])), draw(st.booleans()),
                "" if under is None else numbers[under], "" if under is None else names[under],
            )
        )  # fmt: skip
    return rows


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("language", ["en", "da"])
@given(rows=teams(), placements=st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_team_written_is_read_as_the_same(suffix, language, rows, placements, tmp_path_factory):
    path = Path(tmp_path_factory.getbasetemp()) / f"team_{language}{suffix}"
    before = i18n.language()
    i18n.set_language(language)
    try:
        write_team(rows, path, {"pv": "PV", "cv": "CV"}, placements=placements)
    finally:
        i18n.set_language(before)
    reading = read_team(path, VOLUMES)
    if not placements:
        rows = [replace(row, placement_number="", placement_name="") for row in rows]
    assert reading.problems == []
    assert reading.records == rows
    assert reading.sure


def test_the_csv_is_what_danish_excel_opens(tmp_path):
    path = tmp_path / "team.csv"
    write_team([TeamRow(2, "7", "=Bo", volumes={"pv": 1_234_500})], path, {"pv": "PV"}, placements=False)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b";'=Bo;" in data
    assert data.endswith(b";1234,5\r\n")
