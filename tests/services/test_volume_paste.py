"""Figures pasted from a spreadsheet: by place or by whom they are about, in either language's form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.company import Company
from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal
from organizer.domain.team import Member
from organizer.i18n import set_language
from organizer.services import files, team, volume_grid, volume_paste
from organizer.services.volume_grid import Grid
from organizer.services.volume_paste import Match, Target
from organizer.storage import File

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")


@pytest.fixture
def grid(file: File, company: Company) -> Grid:
    """Karen with Anna (101), Bo (102) and two called Dorte, one of whom has a number, under her."""
    me = files.member_of_owner(file, company.id)
    for number, name in (("101", "Anna Holm"), ("102", "Bo Ny"), ("103", "Dorte Lund"), ("", "Dorte Lund")):
        first, last = name.split()
        team.add_member(
            file,
            Member(company_id=company.id, number=number, sponsor_id=me),
            Contact(first_name=first, last_name=last, listed=False),
        )
    return made(file, company)


def made(file: File, company: Company) -> Grid:
    return volume_grid.grid(file, company.id, team.view(file, company.id, OCTOBER))


def pasted(grid: Grid, text: str, row: int = 0, volume: int = 0, **chosen: object) -> volume_paste.Pasted:
    target = Target([*grid.order][row:], volume)
    return volume_paste.read(grid, volume_paste.rows(text), target, **chosen)  # type: ignore[arg-type]


def told(grid: Grid, found: volume_paste.Pasted) -> dict[tuple[str, str], int]:
    names = dict(zip(grid.view.team.ids, grid.view.team.names, strict=True))
    return {(names[member], volume): amount for (member, volume), amount in found.amounts.items()}


def test_a_block_goes_from_the_chosen_cell_on(grid: Grid) -> None:
    found = pasted(grid, "100\t80\n1.250,5\t\n", row=1)
    assert found.is_plain
    assert told(grid, found) == {
        ("Anna Holm", "pv"): 100_000, ("Anna Holm", "cv"): 80_000, ("Bo Ny", "pv"): 1_250_500,
    }  # fmt: skip
    assert found.changed == 3


def test_what_is_no_figure_or_lies_beyond_is_named_and_the_rest_is_kept(grid: Grid) -> None:
    found = pasted(grid, "100\nmany\n-5\n1e9999\n7\n8\n", row=1, by=Match.PLACE)
    assert told(grid, found) == {("Anna Holm", "pv"): 100_000}
    assert [(one.row, str(one.message)) for one in found.problems] == [
        (2, "Bo Ny, PV: “many” is not a number. It was not used."),
        (3, "Dorte Lund, PV: -5 is below zero. It was not used."),
        (4, "Dorte Lund, PV: “1e9999” is not a number. It was not used."),
        (5, "This lies beyond the last row or column of the grid."),
        (6, "This lies beyond the last row or column of the grid."),
    ]


def test_the_form_of_figures_is_judged_over_the_whole_block(grid: Grid) -> None:
    danish, english = pasted(grid, "1.234\n2,50"), pasted(grid, "1,234\n2.50")
    assert list(danish.amounts.values()) == list(english.amounts.values()) == [1_234_000, 2_500]
    assert danish.sure
    unsure = pasted(grid, "1.234")
    assert not unsure.sure
    assert not pasted(grid, "1.234\nplenty").sure
    assert list(unsure.amounts.values()) == [1_234]
    assert list(pasted(grid, "1.234", mark=",").amounts.values()) == [1_234_000]
    set_language("da")
    assert list(pasted(grid, "1.234").amounts.values()) == [1_234_000]


def test_rows_with_number_or_name_find_their_members(grid: Grid) -> None:
    found = pasted(grid, "Nr.\tNavn\tCV\tPV\n102\tBo Ny\t8\t9\n\tANNA HOLM\t1\t2\n", volume=1)
    assert found.by is Match.WHO
    assert told(grid, found) == {
        ("Bo Ny", "cv"): 8_000, ("Bo Ny", "pv"): 9_000, ("Anna Holm", "cv"): 1_000, ("Anna Holm", "pv"): 2_000,
    }  # fmt: skip
    assert not found.problems


def test_who_cant_be_told_is_listed_and_nobody_is_guessed(grid: Grid) -> None:
    found = pasted(grid, "Dorte Lund\t5\nKirsten\t6\nAnna Holm\t7\nAnna Holm\t8\n103\t9\nBo Ny\t1\t2\t3\t4\n")
    assert told(grid, found) == {
        ("Anna Holm", "pv"): 7_000, ("Dorte Lund", "pv"): 9_000, ("Bo Ny", "pv"): 1_000, ("Bo Ny", "cv"): 2_000,
    }  # fmt: skip
    assert [(one.row, one.subject, str(one.message)) for one in found.problems][:3] == [
        (1, "Dorte Lund", "2 people have this name. Add the number."),
        (2, "Kirsten", "Nobody in the team has this number or name."),
        (4, "Anna Holm", "Row 3 is about her already."),
    ]


def test_numbers_that_are_figures_can_be_taken_either_way(grid: Grid) -> None:
    assert told(grid, pasted(grid, "101\t102")) == {("Anna Holm", "pv"): 102_000}
    assert len(pasted(grid, "101\t102", by=Match.PLACE).amounts) == 2
    assert pasted(grid, "101\n102").by is Match.PLACE


def test_blank_cells_and_dashes_leave_what_is_there(grid: Grid) -> None:
    assert pasted(grid, "–\n\n-\n").amounts == {}


def test_a_volume_of_her_own_is_not_written_for_others(file: File, company: Company, grid: Grid) -> None:
    own = next((at for at, volume in enumerate(grid.volumes) if volume.own_only), None)
    assert own is not None
    found = pasted(grid, "5\n6", row=0, volume=own)
    assert len(found.amounts) == 1
    assert len(found.problems) == 1


def test_what_is_written_together_is_one_deed_that_undo_takes_back(
    file: File, company: Company, grid: Grid
) -> None:
    found = pasted(grid, "1\t2\n3\t4\n5\t6\n")
    assert volume_grid.write(file, grid.view, found.amounts) == 6
    after = made(file, company)
    assert [after.now["pv"][one] for one in after.order[:3]] == [1_000, 3_000, 5_000]
    assert pasted(after, "1\t2\n3\t4\n5\t7\n").changed == 1
    assert volume_grid.sums(after, after.volumes[0]) == volume_grid.Sums(1_000, 9_000, 2)
    files.undo(file)
    assert set(made(file, company).now["pv"]) == {None}


def test_nothing_is_written_when_one_figure_is_impossible(file: File, company: Company, grid: Grid) -> None:
    one, two = grid.view.team.ids[:2]
    with pytest.raises(FieldRefusal):
        volume_grid.write(file, grid.view, {(one, "pv"): 5, (two, "pv"): -1})
    assert set(made(file, company).now["pv"]) == {None}


def test_as_in_the_period_before_only_where_that_is_known(file: File, company: Company, grid: Grid) -> None:
    anna, bo = (grid.view.team.names.index(name) for name in ("Anna Holm", "Bo Ny"))
    team.set_volume(file, grid.view.team.ids[anna], SEPTEMBER, "pv", 42_000)
    now = made(file, company)
    pv = now.volumes[0]
    assert volume_grid.as_before(now, [(anna, pv), (bo, pv)]) == {(now.view.team.ids[anna], "pv"): 42_000}


@given(st.lists(st.lists(st.text(max_size=6), max_size=4), max_size=6))
def test_what_goes_onto_the_clipboard_comes_back(cells: list[list[str]]) -> None:
    plain = volume_paste.rows(volume_paste.written(cells))
    assert volume_paste.rows(volume_paste.written(plain)) == plain


def test_rows_that_can_be_read_in_two_ways_are_named(grid: Grid) -> None:
    assert list(pasted(grid, "12\n1.234\n7\n2.500").unsure) == [2, 4]
    assert not pasted(grid, "1.234\n2,50").unsure
