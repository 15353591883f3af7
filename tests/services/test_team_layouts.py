"""The four layouts that back offices export, from the file to the stored tree."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.team import Member
from organizer.services import companies, files, imports
from organizer.services.preview import Change, Preview
from organizer.services.team_choices import Choices
from organizer.storage import File
from organizer.storage import team as stored

OCTOBER = Period.parse("2026-10")

Links = dict[str, tuple[str, str, str]]


def bring(file: File, company: Company, path: Path, period: Period = OCTOBER, me: str = "") -> Preview:
    reading = imports.read_team_file(path, company, file).now()
    preview = imports.preview_team(file, company, reading, period, Choices(me=me))
    preview.apply()
    return preview


def links_of(file: File, company: Company) -> Links:
    """Each number's sponsor, whom she stands under, and her leg."""
    members = {one.id: one for one in stored.members(file, company.id)}

    def number(id_: int | None) -> str:
        return members[id_].number if id_ else ""

    return {
        one.number: (number(one.sponsor_id), number(one.placement_id or one.sponsor_id), one.leg)
        for one in members.values()
    }


def pairs(links: Links) -> dict[str, tuple[str, str]]:
    return {number: (sponsor, placement) for number, (sponsor, placement, _leg) in links.items()}


# ---- the sample files, by a second and simpler reading of each


def by_sponsor_id(path: Path) -> dict[str, tuple[str, str]]:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    known = {row["ID"] for row in rows}
    return {row["ID"]: (row["Sponsor ID"],) * 2 if row["Sponsor ID"] in known else ("", "") for row in rows}


def by_level(path: Path) -> dict[str, tuple[str, str]]:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="cp1252")), delimiter=";"))[3:]
    last: list[str] = []
    found = {}
    for row in rows:
        if row[1]:
            del last[int(row[2]) :]
            found[row[1]] = (last[-1],) * 2 if last else ("", "")
            last.append(row[1])
    return found


def by_two_trees(path: Path) -> dict[str, tuple[str, str]]:
    book = zipfile.ZipFile(path)
    words = re.findall(r"<si>(.*?)</si>", book.read("xl/sharedStrings.xml").decode(), re.DOTALL)
    texts = ["".join(re.findall(r"<t[^>]*>(.*?)</t>", word, re.DOTALL)) for word in words]
    found = {}
    for row in re.findall(r"<row.*?</row>", book.read("xl/worksheets/sheet1.xml").decode(), re.DOTALL)[3:]:
        cells = re.findall(r'<c r="([A-Z]+)\d+"([^>]*)><v>(.*?)</v>', row)
        told = {at: texts[int(value)] if 't="s"' in kind else value for at, kind, value in cells}
        found[told["B"]] = (told.get("D", ""), told.get("E", ""))
    return found


def by_path(path: Path) -> dict[str, tuple[str, str]]:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-16")), delimiter="\t"))[1:]
    at = {row[0]: row[1] for row in rows} | {"": rows[0][1]}
    return {row[1]: (row[3], "" if row[0] == "TOP" else at[row[0].rpartition("/")[0]]) for row in rows}


@pytest.mark.parametrize(
    ("name", "expected", "size"),
    [
        ("team_sponsor_id.csv", by_sponsor_id, 240),
        ("team_levels.csv", by_level, 180),
        ("team_two_trees.xlsx", by_two_trees, 200),
        ("team_binary.tsv", by_path, 127),
    ],
)
def test_a_sample_becomes_its_tree_without_a_correction(
    name: str,
    expected: Callable[[Path], dict[str, tuple[str, str]]],
    size: int,
    file: File,
    company: Company,
    data: Path,
) -> None:
    preview = bring(file, company, data / name)
    assert [problem for problem in preview.problems if not problem.kept] == []
    bare = {re.sub(r"^\D+", "", n): tuple(re.sub(r"^\D+", "", one) for one in above)
            for n, above in pairs(links_of(file, company)).items()}  # fmt: skip
    assert len(bare) == size
    assert bare == expected(data / name)
    again = imports.preview_team(file, company, imports.read_team_file(data / name, company, file).now(), OCTOBER)
    assert not again.changes_anything
    assert set(again.counts) == {Change.SAME}


def test_the_period_comes_from_the_title(file: File, company: Company, data: Path) -> None:
    for name in ("team_levels.csv", "team_two_trees.xlsx"):
        reading = imports.read_team_file(data / name, company, file).now()
        assert imports.period_guess(file, company, reading) == OCTOBER
    plain = imports.read_team_file(data / "team_sponsor_id.csv", company, file).now()
    assert imports.period_guess(file, company, plain) is None
    weekly = replace(plain, period_text="2026-W43")
    assert imports.period_guess(file, company, weekly) is None, "this company settles by months"


# ---- one team in four layouts


@st.composite
def teams(draw: st.DrawFn) -> list[tuple[str, str, str, str]]:
    """A binary team: number, name, who is above, the leg; the top first."""
    free = [("1000", "L"), ("1000", "R")]
    rows = [("1000", "Karen Holm", "", "")]
    for place in range(1, draw(st.integers(4, 9))):
        above, leg = free.pop(draw(st.integers(0, len(free) - 1)))
        number = str(1000 + place)
        free += [(number, "L"), (number, "R")]
        rows.append((number, f"Anna Lund{'abcdefghij'[place]}", above, leg))
    return rows


def sponsor_id(rows: list[tuple[str, str, str, str]]) -> str:
    lines = ["ID,Name,Sponsor ID,Leg,PV"]
    return "\n".join([*lines, *(f"{n},{name},{above},{leg},10" for n, name, above, leg in rows)])


def two_trees(rows: list[tuple[str, str, str, str]]) -> str:
    lines = ["ID,Name,Enroller ID,Sponsor ID,Leg,PV"]
    return "\n".join([*lines, *(f"{n},{name},{above},{above},{leg},10" for n, name, above, leg in rows)])


def level(rows: list[tuple[str, str, str, str]]) -> str:
    lines = ["Level,Account Number,Name,Leg,PV"]

    def add(row: tuple[str, str, str, str], depth: int) -> None:
        lines.append(f"{depth},{row[0]},{row[1]},{row[3]},10")
        for below in rows:
            if below[2] == row[0]:
                add(below, depth + 1)

    add(rows[0], 0)
    return "\n".join(lines)


def path(rows: list[tuple[str, str, str, str]]) -> str:
    lines, ways = ["Position\tMember No\tMember\tPV"], {"": ""}
    for number, name, above, leg in rows:
        ways[number] = f"{ways[above]}/{leg}".strip("/")
        lines.append(f"{ways[number] or 'TOP'}\t{number}\t{name}\t10")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[File]:
    """A file for all of a property's examples."""
    made = files.create(tmp_path_factory.mktemp("team") / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    companies.set_up(made, "Karen Holm", "Vita", "teaching-unilevel")
    yield made
    made.close()


def may_be_sorted(source: Path) -> bool:
    """Levels that never go back up may come from a tree or from sorting, where one is deeper than two below."""
    levels = [
        int(line.split(",")[0]) for line in source.read_text(encoding="utf-8").split()[1:] if line[0].isdigit()
    ]
    return levels == sorted(levels) and max(levels) > 1


@given(rows=teams())
def test_four_layouts_of_one_team_are_the_same_tree(one_file: File, rows: list[tuple[str, str, str, str]]) -> None:
    file, folder = one_file, one_file.path.parent
    words = {"L": "left", "R": "right", "": ""}
    expected = {number: (above, above, words[leg]) for number, _name, above, leg in rows}
    for layout, suffix in ((sponsor_id, "csv"), (two_trees, "csv"), (level, "csv"), (path, "tsv")):
        source = folder / f"team.{suffix}"
        source.write_text(layout(rows) + "\n", encoding="utf-8")
        if layout is level and may_be_sorted(source):
            continue  # such a list is refused: nothing in it tells who stands where
        id_ = companies.add(file, f"{layout.__name__}")
        company = next(one for one in companies.everyone(file) if one.id == id_)
        try:
            preview = bring(file, company, source)
            assert not [problem for problem in preview.problems if not problem.kept], layout.__name__
            assert links_of(file, company) == expected, layout.__name__
        finally:
            while files.undo(file):
                pass


def test_a_mapping_that_she_confirmed_is_remembered(file: File, company: Company, data: Path) -> None:
    source = data / "team_sponsor_id.csv"
    reading = imports.read_team_file(source, company, file).now()
    changed = imports.TeamMapping(
        reading.mapping.shape,
        reading.mapping.header_row,
        tuple("" if one == "city" else one for one in reading.mapping.columns),
    )
    corrected = imports.read_team_file(source, company, file, changed).now()
    assert all(not one.city for one in corrected.records)
    imports.preview_team(file, company, corrected, OCTOBER, Choices(confirmed=True)).apply()
    again = imports.read_team_file(source, company, file).now()
    assert again.mapping.columns == changed.columns
    assert all(not one.city for one in again.records)
    other_id = companies.add(file, "Duft")
    other = next(one for one in companies.everyone(file) if one.id == other_id)
    assert any(one.city for one in imports.read_team_file(source, other, file).now().records)


def test_undo_takes_an_import_back_whole(file: File, company: Company, data: Path) -> None:
    before: list[Member] = stored.members(file, company.id)
    bring(file, company, data / "team_two_trees.xlsx")
    assert len(stored.members(file, company.id)) == 200
    files.undo(file)
    assert stored.members(file, company.id) == before
    assert stored.periods(file, company.id) == []


COUNTRIES = "Country,ID,Name,Sponsor ID,PV\nDK,1,Karen Holm,,1\nDK,2,Bea,1,1\nSE,2,Cara,1,1\nSE,3,Dia,2,1\n"


def test_an_id_of_several_countries_is_asked_and_links_stay_in_their_country(
    file: File, company: Company, tmp_path: Path
) -> None:
    path = tmp_path / "team.csv"
    path.write_text(COUNTRIES, encoding="utf-8")
    reading = imports.read_team_file(path, company, file).now()
    assert not reading.sure
    assert "The id {number} is in several countries" in reading.doubts[0].text
    preview = imports.preview_team(file, company, reading, OCTOBER, Choices(me="1"))
    assert {line.number for line in preview.lines} == {"1"}, "nobody hangs on an id that could be two"
    mapping = replace(reading.mapping, columns=("country", *reading.mapping.columns[1:]))
    by_country = imports.read_team_file(path, company, file, mapping).now()
    assert [(row.number, row.sponsor_number) for row in by_country.records] == [
        ("DK 1", ""),
        ("DK 2", "DK 1"),
        ("SE 2", "DK 1"),
        ("SE 3", "SE 2"),
    ]


@pytest.mark.parametrize("other", ["2,Eva Gad,1,5", "2,Bea,1,7"])
def test_two_rows_that_tell_other_things_are_asked_about(
    file: File, company: Company, tmp_path: Path, other: str
) -> None:
    path = tmp_path / "team.csv"
    path.write_text(f"ID,Name,Sponsor ID,PV\n1,Karen Holm,,1\n2,Bea,1,5\n{other}\n", encoding="utf-8")
    reading = imports.read_team_file(path, company, file).now()
    preview = imports.preview_team(file, company, reading, OCTOBER, Choices(me="1"))
    assert {line.number for line in preview.lines} == {"1"}
    assert any("with other names or figures" in problem.message.text for problem in preview.problems)
    chosen = imports.preview_team(file, company, reading, OCTOBER, Choices(me="1", rows={"2": 4}))
    assert {line.number for line in chosen.lines} == {"1", "2"}


@pytest.mark.parametrize("me", ["1", ""])
def test_a_top_that_names_herself_is_a_top(file: File, company: Company, tmp_path: Path, me: str) -> None:
    path = tmp_path / "team.csv"
    head = "ID,Name,Enroller ID,Placement ID,PV\n"
    path.write_text(f"{head}1,Karen Holm,1,1,1\n2,Bea,1,1,5\n3,Cara,2,1,5\n", encoding="utf-8")
    preview = bring(file, company, path, me=me)
    assert {line.number for line in preview.lines} == {"1", "2", "3"}
    assert links_of(file, company)["3"][:2] == ("2", "1")


def test_a_volume_that_is_there_twice_is_a_doubt(file: File, company: Company, tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    path.write_text("ID,Name,Sponsor ID,PV,PV\n1,Karen Holm,,1,9\n2,Bea,1,5,5\n", encoding="utf-8")
    reading = imports.read_team_file(path, company, file).now()
    assert not reading.sure
    assert [doubt.values for doubt in reading.doubts] == [{"column": "PV"}]
    path.write_text("ID,Name,Sponsor ID,PV,PV\n1,Karen Holm,,1,1\n2,Bea,1,5,5\n", encoding="utf-8")
    assert imports.read_team_file(path, company, file).now().sure
