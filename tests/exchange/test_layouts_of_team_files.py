"""The layouts of real team files: recognised, mapped by hand, damaged, and one and the same team in all."""

import io
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from organizer.domain.result import Refusal
from organizer.domain.team import Tree
from organizer.exchange.team_file import read_team
from organizer.exchange.team_levels import sorted_levels
from organizer.exchange.team_periods import period_in
from organizer.exchange.team_rows import Shape, TeamMapping
from organizer.exchange.team_volumes import VolumeHeading, read_heading

VOLUMES = {"pv": ("PV", "Personal Volume"), "cv": ("CV",)}


def read(make, text, mapping=None, name="file.csv"):
    return read_team(make(text, name), VOLUMES, mapping)


def places(reading):
    return {row.number: (row.sponsor_number, row.placement_number) for row in reading.records}


def said(reading):
    return [(problem.row, str(problem.message)) for problem in reading.problems]


def xlsx(*sheets, hidden=()):
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, place, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(row, place, cell)
                elif cell is not None:
                    sheet.write(row, place, cell)
    book.close()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "count", "shape", "trees", "period", "points"),
    [
        ("team_sponsor_id.csv", 240, Shape.SPONSOR, {Tree.SPONSOR}, "", None),
        ("team_levels.csv", 180, Shape.LEVEL, {Tree.SPONSOR}, "2026-10", 30_067_500),
        ("team_binary.tsv", 127, Shape.PATH, {Tree.SPONSOR, Tree.PLACEMENT}, "", None),
        ("team_two_trees.xlsx", 200, Shape.TWO_TREES, {Tree.SPONSOR, Tree.PLACEMENT}, "2026-10", None),
    ],
)
def test_the_samples_are_read_whole_and_without_a_correction(data, name, count, shape, trees, period, points):
    reading = read_team(data / name, {"pv": ("PV",)})
    assert len(reading.records) == count
    assert reading.sure
    assert (reading.mapping.shape, reading.trees, reading.period_text) == (shape, trees, period)
    assert not [problem for problem in reading.problems if not problem.kept]
    assert all(row.volumes for row in reading.records)
    assert len(reading.headings) == len(reading.mapping.columns)
    assert len(reading.samples) == 20
    if points:
        assert sum(row.volumes["pv"] for row in reading.records) == points
    numbers = {row.number for row in reading.records}
    assert sum(row.sponsor_number not in numbers for row in reading.records) == 1
    again = read_team(data / name, {"pv": ("PV",)}, TeamMapping.from_json(reading.mapping.to_json()))
    assert again.records == reading.records


def test_what_the_samples_tell(data):
    levels = {row.number: row for row in read_team(data / "team_levels.csv", VOLUMES).records}
    assert levels["DK 100209"].sponsor_number == "DK 100205"
    assert (levels["DK 100209"].cancelled, levels["DK 100209"].rank) == (True, "Regional")
    assert levels["DK 100209"].earlier == {1: {"pv": 330_000}}
    binary = {row.number: row for row in read_team(data / "team_binary.tsv", VOLUMES).records}
    assert (binary["50008"].sponsor_number, binary["50008"].placement_number) == ("50003", "50003")
    assert (binary["50010"].sponsor_number, binary["50010"].placement_number) == ("50000", "50004")
    assert (binary["50010"].leg, binary["50000"].leg) == ("right", "")
    both = {row.number: row for row in read_team(data / "team_two_trees.xlsx", VOLUMES).records}
    assert (both["100212"].sponsor_number, both["100212"].placement_number) == ("100209", "100207")
    assert both["100212"].joined == date(2026, 6, 22)


@st.composite
def teams(draw):
    """A team in the order of the tree: each member's parent, and her leg under it."""
    parents, legs, path = [-1], [""], [0]
    for _ in range(draw(st.integers(1, 14))):
        open_ = [at for at in path if sum(p == at for p in parents) < 2]
        if not open_:
            break
        above = draw(st.sampled_from(open_))
        del path[path.index(above) + 1 :]
        legs.append("left" if above not in parents else "right")
        parents.append(above)
        path.append(len(parents) - 1)
    return parents, legs


@given(team=teams(), order=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_one_team_in_every_layout_is_one_tree(team, order, tmp_path_factory):
    parents, legs = team
    numbers = [str(500 + place) for place in range(len(parents))]
    level, way = [0] * len(parents), [""] * len(parents)
    for place, above in enumerate(parents[1:], 1):
        level[place], way[place] = level[above] + 1, f"{way[above]}/{legs[place][0].upper()}".strip("/")
    above = [numbers[at] if at >= 0 else "" for at in parents]
    rows = range(len(parents))
    shuffled = order.sample(rows, len(rows))
    names = [f"Bo {place}" for place in rows]
    files = {
        Shape.SPONSOR: ["ID,Name,Sponsor ID", *(f"{numbers[i]},{names[i]},{above[i]}" for i in shuffled)],
        Shape.TWO_TREES: [
            "ID,Name,Enroller ID,Sponsor ID",
            *(f"{numbers[i]},{names[i]},{above[i]},{above[i]}" for i in shuffled),
        ],
        Shape.LEVEL: ["ID,Name,Level", *(f"{numbers[i]},{names[i]},{level[i]}" for i in rows)],
        Shape.PATH: [
            "ID,Name,Path,Enrolled by",
            *(f"{numbers[i]},{names[i]},{way[i] or 'TOP'},{above[i]}" for i in shuffled),
        ],
    }
    for shape, lines in files.items():
        if shape is Shape.PATH and max(level) < 2:
            continue  # L and R alone are legs, not ways
        path = tmp_path_factory.getbasetemp() / "one_team.csv"
        path.write_text("\n".join(lines) + "\n")
        if shape is Shape.LEVEL and sorted_levels(level) > 1:
            with pytest.raises(Refusal, match="not in the order of the tree"):
                read_team(path, {})  # levels that never go back up may be those of a sorted file
            continue
        reading = read_team(path, {})
        if shape in (Shape.TWO_TREES, Shape.PATH):
            assert reading.mapping.shape is shape
            assert {row.number: row.placement_number for row in reading.records} == dict(
                zip(numbers, above, strict=True)
            )
        assert {row.number: row.sponsor_number for row in reading.records} == dict(
            zip(numbers, above, strict=True)
        )


SAMPLES = {
    "team_sponsor_id.csv": ("utf-8-sig", 1),
    "team_levels.csv": ("cp1252", 3),
    "team_binary.tsv": ("utf-16", 1),
}


def _shuffled(body, rnd):
    rnd.shuffle(body)


def _doubled(body, rnd):
    body.insert(rnd.randrange(len(body)), rnd.choice(body[:-1]))


def _missing(body, rnd):
    del body[rnd.randrange(len(body) - 1)]


def _torn(body, rnd):
    at = rnd.randrange(len(body) - 1)
    body[at] += ";x\ty,z"


def _cut(body, rnd):
    at = rnd.randrange(3, len(body) - 1)
    body[at:] = [body[at][: rnd.randrange(3, len(body[at]))]]


def read_or_refused(path):
    try:
        return read_team(path, VOLUMES)
    except Refusal as refused:
        return refused


@pytest.mark.parametrize("damage", [_shuffled, _doubled, _missing, _torn, _cut])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_sample_never_gives_a_wrong_place(data, make, name, damage):
    encoding, first = SAMPLES[name]
    lines = (data / name).read_bytes().decode(encoding).splitlines()
    known = places(read_team(data / name, VOLUMES))
    for seed in range(6):
        body = lines[first:]
        damage(body, random.Random(seed))
        end = "" if damage is _cut else "\r\n"
        reading = read_or_refused(make(("\r\n".join([*lines[:first], *body]) + end).encode(encoding), name))
        if isinstance(reading, Refusal):
            assert name == "team_levels.csv"
            continue
        found = places(reading)
        whole = list(found.items())[:-1] if damage is _cut else found.items()
        assert all(known.get(number) == place for number, place in whole)


def test_levels_out_of_order_are_refused(make):
    heading = "ID,Name,Level\n"
    jump = "1,A,0\n2,B,1\n3,C,3\n"
    with pytest.raises(Refusal, match="row 4 is on level 3, and the one above it on level 1"):
        read(make, heading + jump)
    with pytest.raises(Refusal, match="not in the order of the tree"):
        read(make, heading + "1,A,0\n2,B,1\n3,C,1\n4,D,2\n5,E,2\n6,F,3\n")
    with pytest.raises(Refusal, match="not in the order of the tree"):
        read(make, heading + "1,A,1\n2,B,2\n3,C,0\n")
    doubtful = read(make, heading + "1,A,0\n2,B,1\n3,C,1\n4,D,2\n")
    assert not doubtful.sure
    assert places(doubtful)["4"] == ("3", "")


def test_an_id_twice_among_levels_leaves_out_what_is_not_sure(make):
    rows = "1,A,0\n2,B,1\n3,C,2\n4,D,1\n3,C,2\n5,E,3\n6,F,1\n"
    reading = read(make, "ID,Name,Level\n" + rows)
    assert places(reading) == {"1": ("", ""), "2": ("1", ""), "4": ("1", ""), "6": ("1", "")}
    assert [(row.row, row.sponsor_number) for row in reading.repeated] == [(4, "2"), (6, "4")]
    assert [row for row, _text in said(reading) if row > 1] == [4, 6, 7]
    side_by_side = read(make, "ID,Name,Level\n1,A,0\n2,B,1\n2,B,1\n3,C,2\n")
    assert places(side_by_side) == {"1": ("", ""), "2": ("1", ""), "3": ("2", "")}


def test_levels_by_how_far_names_are_moved_in(make):
    text = "Nr.;Navn\n1;Anna\n2;  Bo\n3;    Ib\n4;  Eva\n"
    reading = read(make, text)
    assert reading.mapping.shape is Shape.LEVEL
    assert [row.name for row in reading.records] == ["Anna", "Bo", "Ib", "Eva"]
    assert places(reading) == {"1": ("", ""), "2": ("1", ""), "3": ("2", ""), "4": ("1", "")}
    dotted = read(make, "Nr.;Navn\n1;Anna\n2;.Bo\n3;..Ib\n4;.Eva\n")
    assert places(dotted) == places(reading)


@pytest.mark.parametrize(
    "ways",
    [
        ["TOP", "L", "R", "L/R"],
        ["", "1", "2", "1-2"],
        ["Top", "Venstre", "Højre", "Venstre > Højre"],
        ["ROOT", "l", "r", "lr"],
        ["0", "0.1", "0.2", "0.1.2"],
        ["TOP", "TOP\\L", "TOP\\R", "TOP\\L\\R"],
    ],
)
def test_ways_down_in_all_their_forms(make, ways):
    lines = [f"{number};Bo {number};{way}" for number, way in enumerate(ways, 1)]
    reading = read(make, "ID;Name;Path\n" + "\n".join(reversed(lines)) + "\n")
    assert places(reading) == {"1": ("", ""), "2": ("", "1"), "3": ("", "1"), "4": ("", "2")}
    assert reading.records[0].leg in ("right", "2")
    assert reading.trees == {Tree.PLACEMENT}


def test_ways_that_can_not_be_are_left_out_with_all_below(make):
    rows = "1,A,TOP\n2,B,L\n3,C,R\n4,D,L/L\n5,E,L/L\n6,F,L/L/R\n7,G,R/L/L\n8,H,R/R\n9,I,R/?\n"
    reading = read(make, "ID,Name,Path\n" + rows)
    assert set(places(reading)) == {"1", "2", "3", "8"}
    assert [row for row, _text in said(reading) if row > 1] == [5, 6, 7, 8, 10]


def test_a_level_that_disagrees_with_the_sponsor_is_told(make):
    reading = read(make, "ID,Name,Sponsor ID,Level\n1,A,,0\n2,B,1,1\n3,C,1,2\n")
    assert [text for row, text in said(reading) if row == 4] == [
        "Level says 2, but the member above her, 1, is on 0: check who her sponsor is."
    ]


def test_a_total_that_the_rows_do_not_add_up_to(make):
    level = "ID,Name,Level,PV\n1,A,0,5\n2,B,1,7\nTotal,,,{}\n"
    assert len(read(make, level.format(12)).records) == 2
    with pytest.raises(Refusal, match="says 19 for PV, but the rows add up to 12"):
        read(make, level.format(19))
    sponsor = read(make, "ID,Name,Sponsor ID,PV\n1,A,,5\n2,B,1,7\nTotal,,,19\n")
    assert len(sponsor.records) == 2
    assert any("rows are missing" in text for _row, text in said(sponsor))


@pytest.mark.parametrize(
    "heading",
    [
        "Medlemsnummer;Namn;Sponsornummer",
        "Medlemsnummer;Fullt navn;Sponsornummer",
        "Mitgliedsnummer;Vollständiger Name;Sponsor-ID",
        "Lidnummer;Volledige naam;Sponsor-ID",
        "Numéro de membre;Nom complet;ID du sponsor",
        "Número de socio;Nombre completo;ID del patrocinador",
        "Numer członka;Imię i nazwisko;ID sponsora",
    ],
)
def test_other_languages(make, heading):
    reading = read(make, f"{heading}\n1;Bo Ib;\n2;Eva Bo;1\n")
    assert places(reading) == {"1": ("", ""), "2": ("1", "")}
    assert reading.sure


def test_headings_nobody_knows_are_guessed_and_not_sure(make):
    rows = "a1;Bo Ib;\na2;Eva Bo;a1\na3;Ia Li;a1\na4;Ea Bo;a2\na5;Ulla Bo;a2\n"
    reading = read(make, "Jäsennro;Koko nimi;Värvääjä\n" + rows)
    assert not reading.sure
    assert reading.doubts
    assert reading.mapping.columns == ("number", "name", "sponsor_number")
    assert places(reading)["a4"] == ("a2", "")


def test_a_mapping_is_followed_to_the_letter(make):
    text = "x;y;z;w\n1;2;Bo;1.234\n2;;Eva;2.5\n"
    mapping = TeamMapping(Shape.SPONSOR, 1, ("number", "sponsor_number", "name", "volume pv -2"), decimal=",")
    reading = read(make, text, mapping)
    assert reading.mapping == mapping
    assert places(reading) == {"1": ("2", ""), "2": ("", "")}
    assert [row.earlier for row in reading.records] == [{2: {"pv": 1_234_000}}, {}]
    with pytest.raises(Refusal, match="Choose which column is the id"):
        read(make, text, TeamMapping(Shape.SPONSOR, 1, ("", "sponsor_number", "name", "")))
    with pytest.raises(Refusal, match="not those that were chosen"):
        read(make, "x;y\n1;2\n", mapping)
    with pytest.raises(ValueError, match="no mapping"):
        TeamMapping.from_json('{"shape": "path"}')


def test_two_columns_that_could_be_the_id(make):
    rows = "1,7,A,\n2,8,B,\n"
    assert not read(make, f"ID,Account Number,Name,Sponsor ID\n{rows}").sure
    told = read(make, f"ID,Account Number,Name,Sponsor ID\n{rows}3,9,C,7\n")
    assert told.sure
    assert [row.number for row in told.records] == ["7", "8", "9"]


def test_repeated_ids_are_kept_apart(make):
    reading = read(make, "ID,Name,Sponsor ID\n1,A,\n2,B,1\n2,C,\n")
    assert [(row.row, row.name) for row in reading.repeated] == [(4, "C")]


def test_a_workbook_of_typed_cells(make):
    rows = [
        ["Hold i alt"],
        [],
        ["Medlemsnr.", "Navn", "Sponsornr.", "PV", "Indmeldt"],
        [100205.0, "Bo", None, 1234.567, date(2026, 1, 2)],
        ["0012", "Eva", 100205, "1.234,50", "03-04-2026"],
        ["0013", "Ib", 100205, 234.567, date(2026, 3, 4)],
    ]
    reading = read(make, xlsx(("Forside", [["Rapport"]]), ("Hold", rows), ("Skjult", rows), hidden=("Skjult",)))
    assert [row.number for row in reading.records] == ["100205", "0012", "0013"]
    assert [row.volumes["pv"] for row in reading.records] == [1_234_567, 1_234_500, 234_567]
    assert [row.joined for row in reading.records] == [date(2026, 1, 2), date(2026, 4, 3), date(2026, 3, 4)]
    assert reading.records[1].sponsor_number == "100205"
    assert (reading.mapping.sheet, reading.sheets) == ("Hold", ("Forside", "Hold"))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Genealogi;periode 10-2026", "2026-10"),
        ("Period: October 2026", "2026-10"),
        ("uge 43 2026", "2026-W43"),
        ("Maj 2026", "2026-05"),
        ("2026/09", "2026-09"),
        ("Udskrevet 23-11-2026", ""),
        ("Teamrapport", ""),
    ],
)
def test_the_period_that_a_title_names(text, period):
    assert period_in(text) == period


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("PPV denne periode", VolumeHeading("ppv")),
        ("PPV forrige", VolumeHeading("ppv", 1)),
        ("BV week", VolumeHeading("bv")),
        ("Previous 3 PV", VolumeHeading("pv", 3)),
        ("PV -2", VolumeHeading("pv", 2)),
        ("PPV 09-2026", VolumeHeading("ppv", 0, "2026-09")),
    ],
)
def test_what_a_volume_heading_says_of_time(heading, found):
    assert read_heading(heading) == found


def test_volumes_of_named_months(make):
    reading = read(make, "ID,Name,Sponsor ID,PPV 10-2026,PPV 09-2026,PGV\n1,A,,5,6,7\n")
    row = reading.records[0]
    assert (row.volumes, row.earlier) == ({"pv": 5_000}, {1: {"pv": 6_000}})
    assert any(text.startswith("PGV: the program works out") for _row, text in said(reading))
