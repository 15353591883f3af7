from datetime import date

import pytest

from organizer.domain.result import Cancelled, Refusal
from organizer.domain.team import Kind
from organizer.exchange.team_file import read_team
from organizer.exchange.team_rows import Shape

VOLUMES = {"PV": ["PV", "Personal Volume"], "CV": ["CV"]}
HEADER = "Name,ID,Sponsor ID,Customer Type,PV,CV,Join Date"


def team(make, *rows, header=HEADER):
    return read_team(make("\n".join([header, *rows]) + "\n"), VOLUMES)


def said(reading):
    return [(problem.row, problem.subject, str(problem.message), problem.kept) for problem in reading.problems]


def test_the_sample_is_read_completely(data):
    reading = read_team(data / "team_sponsor_id.csv", VOLUMES)
    assert reading.file == "team_sponsor_id.csv"
    assert len(reading.records) == 240
    assert reading.problems == []
    assert [row.row for row in reading.records] == list(range(2, 242))
    assert sum(row.kind is Kind.CUSTOMER for row in reading.records) == 41 + 52
    by_number = {row.number: row for row in reading.records}
    top = by_number["100200"]
    assert (top.name, top.sponsor_number, top.sponsor_name) == ("Oskar Mortensen", "88001", "Birgit Upline")
    assert (top.joined, top.last_order) == (date(2021, 6, 7), date(2026, 8, 28))
    assert top.volumes == {"PV": 100_000, "CV": 520_000}
    assert (top.street, top.city, top.phone) == ("Brombærvej 41", "Broby", "+45 59 47 65 43")
    assert by_number["100205"].name == "Ευδόξιος Kornak"
    assert by_number["100269"].name == "Üsame Heinrich"
    assert by_number["100232"].volumes == {"PV": 410_000, "CV": 2_132_000}
    assert (by_number["100232"].rank, by_number["100232"].highest_rank) == ("Emerald", "Emerald")
    assert by_number["100215"].kind is Kind.CUSTOMER


def test_danish_headings_decimals_and_dates(make):
    text = (
        "Teamrapport oktober 2026\n\n"
        "Navn;Medlemsnr.;Sponsornr.;Kundetype;PV;CV;Indmeldt;Seneste ordre;Postnr.;By\n"
        "Åse Ærø;0012;;Forhandler;1.234,50;12,25;03-04-2021;31-12-2025;0999;København\n"
        "Ib Bo;13;0012;Kunde;1.200,00;;05-06-2022;;8000;Aarhus C\n"
    )
    reading = read_team(make(text.encode("cp1252")), VOLUMES)
    first, second = reading.records
    assert (first.row, first.number, first.name, first.postal_code) == (4, "0012", "Åse Ærø", "0999")
    assert first.volumes == {"PV": 1_234_500, "CV": 12_250}
    assert (first.joined, first.last_order) == (date(2021, 4, 3), date(2025, 12, 31))
    assert (second.kind, second.volumes, second.last_order) == (Kind.CUSTOMER, {"PV": 1_200_000}, None)
    assert reading.problems == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Retail", Kind.CUSTOMER),
        ("VIP", Kind.CUSTOMER),
        ("Preferred Customer", Kind.CUSTOMER),
        ("retail customer", Kind.CUSTOMER),
        ("KUNDE", Kind.CUSTOMER),
        ("Brand Ambassador", Kind.DISTRIBUTOR),
        ("Preferred Distributor", Kind.DISTRIBUTOR),
        ("", Kind.DISTRIBUTOR),
        ("something new", Kind.DISTRIBUTOR),
    ],
)
def test_the_customer_type_tells_customers_from_distributors(make, text, kind):
    assert team(make, f"Bo,1,,{text},1,1,").records[0].kind is kind


@pytest.mark.parametrize(
    ("heading", "texts", "legs"),
    [
        ("Leg", ["L", "R"], ["left", "right"]),
        ("Side", ["Left", "Right"], ["left", "right"]),
        ("Ben", ["Venstre", "Højre"], ["left", "right"]),
        ("Placering", ["V", ""], ["left", ""]),
        ("Position", ["3", "12"], ["3", "12"]),
        ("Position", ["TOP", "R/L"], ["", "left"]),
    ],
)
def test_the_leg_in_either_language(make, heading, texts, legs):
    reading = team(make, f"Bo,1,,{texts[0]}", f"Ea,2,1,{texts[1]}", header=f"Name,ID,Sponsor ID,{heading}")
    assert [row.leg for row in reading.records] == legs
    assert "leg" in reading.told


@pytest.mark.parametrize("text", ["Gold", "100"])
def test_a_position_that_is_no_leg_is_not_taken_for_one(make, text):
    reading = team(make, "Bo,1,,L", f"Ea,2,1,{text}", header="Name,ID,Sponsor ID,Position")
    assert [row.leg for row in reading.records] == ["", ""]
    message = f"Position: “{text}” is no leg, so this column was not used."
    assert (1, "", message, True) in said(reading)


@pytest.mark.parametrize(
    ("header", "cell", "cancelled"),
    [
        ("Status", "Cancelled", True),
        ("Account Status", "Terminated by company", True),
        ("Medlemsstatus", "OPHØRT", True),
        ("Status", "Active", False),
        ("Customer Type", "Terminated Ambassador", True),
        ("Customer Type", "Retail", False),
    ],
)
def test_who_has_left(make, header, cell, cancelled):
    reading = team(make, "Ea,1,,Active", f"Bo,2,1,{cell}", header=f"Name,ID,Sponsor ID,{header}")
    assert [row.cancelled for row in reading.records] == [False, cancelled]
    assert ("status" in reading.told) is (cancelled or "tatus" in header)


def test_names_are_turned_only_where_the_whole_column_is(make):
    turned = team(make, '"Hansen, Anna",1,,,1,1,', '"Van der Berg, Bo Ib",2,1,,1,1,')
    assert [row.name for row in turned.records] == ["Anna Hansen", "Bo Ib Van der Berg"]
    kept = team(make, '"Hansen, Anna",1,,,1,1,', "Bo Ib,2,1,,1,1,")
    assert [row.name for row in kept.records] == ["Hansen, Anna", "Bo Ib"]


def test_first_and_last_name_in_two_columns(make):
    reading = team(make, "Anna,Hansen,1,", "Bo,,2,1", header="First Name,Last Name,ID,Sponsor ID")
    assert [row.name for row in reading.records] == ["Anna Hansen", "Bo"]


def test_a_row_without_an_id_and_a_second_one_with_the_same_are_left_out(make):
    reading = team(make, "Anna,1,,,1,1,", "Bo,,1,,1,1,", "Ib,1,,,2,2,", "Eva,4,1,,1,1,")
    assert [row.name for row in reading.records] == ["Anna", "Eva"]
    assert said(reading) == [
        (3, "Bo", "This row has no id, so it was left out.", False),
        (4, "Ib", "The id 1 is in row 2 already; row 4 was left out.", False),
    ]


def test_an_id_that_excel_has_rounded_is_left_out(make):
    reading = team(make, "Anna,1.00E+11,,,1,1,", "Ib,1.00E+11,,,1,1,", "Eva,E+11,,,1,1,")
    assert [row.number for row in reading.records] == ["E+11"]
    assert [(problem.row, problem.subject) for problem in reading.problems] == [(2, "Anna"), (3, "Ib")]
    assert "1.00E+11 was rounded" in str(reading.problems[0].message)


def test_an_absurd_id_is_left_out(make):
    reading = team(make, f"Anna,{'9' * 201},,,1,1,", "Bo,2,,,1,1,")
    assert [row.name for row in reading.records] == ["Bo"]
    assert reading.problems[0].row == 2


def test_a_row_without_a_name_is_known_by_its_id(make):
    reading = team(make, ",7,,,1,1,")
    assert reading.records[0].name == "7"
    assert said(reading) == [(2, "7", "This row has no name; the id stands in its place.", True)]


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        ("-5.00", "is below zero"),
        ("2000000000", "is too large to be right"),
        ("lots", "is not a number"),
        ("1.2345", "has more than 3 decimals"),
    ],
)
def test_a_volume_that_can_not_be_is_not_known(make, figure, why):
    reading = team(make, f"Anna,1,,,{figure},5,", "Bo,2,1,,7.50,6,")
    assert [row.volumes for row in reading.records] == [{"CV": 5_000}, {"PV": 7_500, "CV": 6_000}]
    ((row, subject, text, kept),) = said(reading)
    assert (row, subject, kept) == (2, "Anna", True)
    assert text.startswith("PV: ")
    assert why in text
    assert figure in text


def test_a_date_that_is_none_is_left_empty(make):
    reading = team(make, "Anna,1,,,1,1,31/02/2026", "Bo,2,1,,1,1,2026-01-31")
    assert [row.joined for row in reading.records] == [None, date(2026, 1, 31)]
    assert said(reading) == [(2, "Anna", "Join Date: “31/02/2026” is not a date. It was not used.", True)]


def test_what_can_be_read_in_two_ways_is_told_once(make):
    reading = team(make, 'Anna,1,,,"1,234",1,03/04/2026', 'Bo,2,1,,"2,345",1,05/06/2026')
    assert reading.records[0].volumes["PV"] == 1_234_000
    assert reading.records[0].joined == date(2026, 3, 4)
    assert [(row, subject, kept) for row, subject, _text, kept in said(reading)] == [
        (1, "Join Date", True),
        (1, "PV", True),
    ]
    assert "month was taken to come first" in str(reading.problems[0].message)
    assert "figures such as 1,234 can be read in two ways" in str(reading.problems[1].message)


def test_lines_of_sums_are_no_members_and_no_problems(make):
    for line in ("Total,,,,12,13,", ",Total,,,12,13,", ",,,,12,13,", "I alt;", "Total"):
        reading = team(make, "Anna,1,,,5,6,", "Bo,2,1,,7,7,", line)
        assert [row.name for row in reading.records] == ["Anna", "Bo"], line
        assert reading.problems == [], line


def test_a_row_without_id_and_name_between_members_is_told(make):
    reading = team(make, "Anna,1,,,5,6,", ",,1,,7,7,", "Bo,2,1,,7,7,")
    assert [problem.row for problem in reading.problems] == [3]


def test_guards_against_formulas_are_taken_off(make):
    reading = team(make, "'=Anna,'-1,'+2,,1,1,")
    row = reading.records[0]
    assert (row.name, row.number, row.sponsor_number) == ("=Anna", "-1", "+2")


def test_long_texts_are_cut_and_told(make):
    reading = team(make, f"{'A' * 300},1,,,1,1,")
    assert reading.records[0].name == "A" * 200
    assert reading.problems[0].kept


def test_texts_are_single_lines_composed(make):
    reading = team(make, "  A\u030ase   Æ\u00a0B ,1,,,1,1,")
    assert reading.records[0].name == "Åse Æ B"


def test_a_volume_the_file_does_not_have_is_told(make):
    reading = team(make, "Anna,1,,5", header="Name,ID,Sponsor ID,Personal Volume")
    assert reading.records[0].volumes == {"PV": 5_000}
    assert said(reading) == [(1, "CV", "The file has no column for CV, so this volume is not known.", True)]


def test_where_enroller_and_sponsor_differ_the_enroller_recruited_her(make):
    reading = team(make, "Anna,3,1,2,5,5", header="Name,ID,Enroller ID,Sponsor ID,PV,CV")
    row = reading.records[0]
    assert (row.sponsor_number, row.placement_number) == ("1", "2")
    assert reading.mapping.shape is Shape.TWO_TREES
    assert reading.problems == []


def test_another_layout_is_refused_by_its_columns(make, data):
    with pytest.raises(Refusal, match="Sponsor ID"):
        read_team(make("Name,Account Number,E-mail\nBo,2,b@example.com\n"), VOLUMES)
    for other in ("contacts_google.csv", "products.csv"):
        with pytest.raises(Refusal, match=other):
            read_team(data / other, VOLUMES)


def test_the_sample_cut_anywhere_never_gives_a_wrong_member(make, data):
    whole = (data / "team_sponsor_id.csv").read_bytes()
    known = {row.number: row for row in read_team(data / "team_sponsor_id.csv", VOLUMES).records}
    for cut in range(20_000, 20_400, 7):
        reading = read_team(make(whole[:cut]), VOLUMES)
        assert all(row == known[row.number] for row in reading.records[:-1])
        last = reading.records[-1]
        assert (last.number, last.name, last.volumes) == (
            last.number,
            known[last.number].name,
            known[last.number].volumes,
        )
        assert len(reading.problems) <= 2


def test_progress_and_cancel(make, data):
    seen: list[float] = []
    read_team(data / "team_sponsor_id.csv", VOLUMES, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    with pytest.raises(Cancelled):
        read_team(data / "team_sponsor_id.csv", VOLUMES, cancelled=lambda: len(seen) > 0)
