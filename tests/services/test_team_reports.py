"""Reports of the team: what they will take, what is remembered, and that names stay out where they shall."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from organizer.domain.company import Company
from organizer.domain.contact import Contact, Labelled
from organizer.domain.period import MONTHS
from organizer.domain.result import Refusal
from organizer.domain.team import Member, Tree
from organizer.services import team, team_report_words, timeline
from organizer.services.team_report_wish import Figure, Naming, Paper, Report, WallOptions, Wish, recalled, written
from organizer.services.team_reports import TeamReports
from organizer.storage import File

OCTOBER = MONTHS.parse("2026-10")
SEPTEMBER = MONTHS.parse("2026-09")
EVERY_REPORT = list(Report)


@pytest.fixture
def ids(file: File, company: Company) -> dict[str, int]:
    """Karen has Anna left and Bo right, Anna has Carl; Anna had volume in both months, Bo none."""
    found = {"Karen": team.view(file, company.id, OCTOBER).team.ids[0]}
    for name, above, leg in (("Anna", "Karen", "left"), ("Bo", "Karen", "right"), ("Carl", "Anna", "right")):
        member = Member(
            company_id=company.id,
            number=f"7{len(found)}",
            sponsor_id=found[above],
            leg=leg,
            joined=date(2026, 10, 5),
        )
        phone = (Labelled(f"+45 9988776{len(found)}"),)
        mail = (Labelled(f"{name}@quist.example"),)
        person = Contact(first_name=name, last_name="Quist", phones=phone, emails=mail, listed=False)
        found[name] = team.add_member(file, member, person)
    for period in (SEPTEMBER, OCTOBER):
        team.set_volume(file, found["Anna"], period, "pv", 100_000)
        team.set_volume(file, found["Bo"], period, "pv", 0)
    return found


def said(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
        texts += [*document.get_metadata_dict().values(), *(entry.get_title() for entry in document.get_toc())]
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("report", EVERY_REPORT)
@pytest.mark.parametrize("shown", list(Tree))
def test_every_report_is_made_of_the_team_and_of_a_leg(
    file: File, company: Company, ids: dict[str, int], report: Report, shown: Tree
) -> None:
    reports = TeamReports(file, company)
    wish = Wish(OCTOBER, report, shown=shown, periods=2)
    assert "Carl Quist" in said(reports.job(wish).now())
    leg = said(reports.job(replace(wish, member_id=ids["Anna"])).now())
    assert "Carl Quist" in leg
    assert "Bo Quist" not in leg


@pytest.mark.parametrize("naming", [Naming.INITIALS, Naming.NUMBERS])
@pytest.mark.parametrize("report", EVERY_REPORT)
def test_without_names_no_report_tells_who_anybody_is(
    file: File, company: Company, ids: dict[str, int], report: Report, naming: Naming
) -> None:
    person = team.view(file, company.id, OCTOBER).team.person_ids[2]
    timeline.set_next_step(file, person, date(2026, 11, 1), "Ring to Quist on 99887766")
    reports = TeamReports(file, company)
    for member in (0, ids["Anna"]):
        wish = Wish(OCTOBER, report, member, naming=naming, wall=WallOptions(tiled=True), periods=2)
        made = reports.job(wish).now()
        for told in (said(made), reports.file_name(wish), reports.job(wish).title):
            assert not any(word in told for word in ("Quist", "Anna", "Carl", "998877", "@"))
        assert b"Quist" not in made
    assert ("AQ" if naming is Naming.INITIALS else "71") in said(made)


def test_the_lists_tell_phones_and_who_to_ask(file: File, company: Company, ids: dict[str, int]) -> None:
    found = said(TeamReports(file, company).job(Wish(OCTOBER, Report.PEOPLE, periods=2)).now())
    silent = found[found.index("Ask how they are") :]
    assert "Bo Quist" in silent
    assert "+45 99887762" in silent
    assert "Anna Quist" not in silent
    assert "Welcome them · 3 people" in found


def test_a_binary_tree_has_free_places_only_as_placement(
    file: File, company: Company, ids: dict[str, int]
) -> None:
    reports = TeamReports(file, company)
    assert "Left, free" in said(reports.job(Wish(OCTOBER, shown=Tree.PLACEMENT)).now())
    assert "free" not in said(reports.job(Wish(OCTOBER)).now())


def test_marks_of_what_changed(file: File, company: Company, ids: dict[str, int]) -> None:
    team.set_volume(file, ids["Anna"], OCTOBER, "pv", 112_500)
    found = said(TeamReports(file, company).job(Wish(OCTOBER, compared=SEPTEMBER)).now())
    assert "+12.5" in found


def test_figures_are_there_as_wished(file: File, company: Company, ids: dict[str, int]) -> None:
    reports = TeamReports(file, company)
    told = {figure: said(reports.job(Wish(OCTOBER, figure=figure)).now()) for figure in Figure}
    assert "Group" in told[Figure.BOTH]
    assert "Group" not in told[Figure.OWN]
    assert "PV 100 Bo Quist" in told[Figure.OWN]
    assert "PV" not in told[Figure.NONE]


def test_it_is_said_before_what_a_chart_will_take(file: File, company: Company, ids: dict[str, int]) -> None:
    reports = TeamReports(file, company)
    wish = Wish(OCTOBER, wall=WallOptions(Paper.A4))
    words = reports.words(wish)
    assert words.becomes.startswith("One sheet of A4, type ")
    assert words.warning is None
    tiled = reports.words(replace(wish, wall=WallOptions(Paper.A4, tiled=True, type_size=20)))
    assert tiled.becomes == "One sheet of A4, type 20 pt"
    wide = reports.words(replace(wish, wall=WallOptions(Paper.A4, tiled=True, type_size=24, saves_paper=False)))
    assert "2 × 2 sheets of A4, type 24 pt · " in wide.becomes
    assert reports.words(replace(wish, wall=WallOptions(Paper.A4, tiled=True, type_size=4))).warning
    assert reports.words(Wish(OCTOBER, Report.LEG, ids["Anna"])).becomes == "On A4, with 2 members."


def test_too_many_sheets_are_refused_with_their_number(file: File, company: Company, ids: dict[str, int]) -> None:
    above = ids["Bo"]
    for number in range(4):
        member = Member(company_id=company.id, number=f"c{number}", sponsor_id=above)
        above = team.add_member(file, member, Contact(first_name=f"C{number}"))
    reports = TeamReports(file, company)
    wish = Wish(OCTOBER, wall=WallOptions(Paper.A4, tiled=True, type_size=24))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(team_report_words, "MOST_SHEETS", 1)
        assert not reports.words(wish).possible
        with pytest.raises(Refusal, match="more than the 1 that can be made"):
            reports.job(wish)
        patch.setattr(team_report_words, "MOST_CARDS", 5)
        with pytest.raises(Refusal, match="8 cards are more than the 5"):
            reports.job(wish)


def test_the_choice_is_remembered_but_not_whom_it_was_about(
    file: File, company: Company, ids: dict[str, int]
) -> None:
    reports = TeamReports(file, company)
    wall = WallOptions(Paper.A1, lying=False, tiled=True, type_size=9, levels=3, saves_paper=False)
    wish = Wish(OCTOBER, Report.WALL, ids["Anna"], naming=Naming.INITIALS, figure=Figure.OWN, wall=wall, periods=5)
    reports.job(wish)
    again = TeamReports(file, company).usual(SEPTEMBER)
    assert again == replace(wish, period=SEPTEMBER, member_id=0)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "7", '{"paper": 3, "levels": "x", "type_size": 1e9, "report": []}']
)
def test_a_damaged_memory_is_the_usual(text: str) -> None:
    wish = Wish(OCTOBER)
    assert recalled(text, wish) == wish
    assert recalled(written(wish), wish) == wish


def test_the_file_name_has_no_signs_that_a_disk_refuses(file: File, company: Company, ids: dict[str, int]) -> None:
    odd = Contact(first_name="A/b:c", last_name='"x" <y>')
    member = team.add_member(file, Member(company_id=company.id, sponsor_id=ids["Bo"], number="9"), odd)
    name = TeamReports(file, company).file_name(Wish(OCTOBER, Report.LEG, member))
    assert name == "Leg report A b c x y 2026-10.pdf"


def test_a_wall_chart_has_the_order_of_the_screen(file: File, company: Company, ids: dict[str, int]) -> None:
    member = Member(company_id=company.id, number="90", sponsor_id=ids["Karen"])
    team.add_member(file, member, Contact(first_name="Aase", last_name="Ek", listed=False))
    member = Member(company_id=company.id, number="91", sponsor_id=ids["Karen"])
    team.add_member(file, member, Contact(first_name="Abe", last_name="Ek", listed=False))
    wall = TeamReports(file, company)._planned(Wish(OCTOBER))
    names = [wall.seen.team.names[place] for place in wall.layout.members]
    below = [name for name in names if name in {"Abe Ek", "Anna Quist", "Bo Quist", "Aase Ek"}]
    assert below == ["Abe Ek", "Anna Quist", "Bo Quist", "Aase Ek"], "å comes last, also when it is written aa"


def test_a_list_is_what_its_pdf_begins_with(file: File, company: Company, ids: dict[str, int]) -> None:
    reports = TeamReports(file, company)
    reports.begin_with(Report.PEOPLE, OCTOBER, 24)
    assert (reports.usual(OCTOBER).report, reports.usual(OCTOBER).periods) == (Report.PEOPLE, 24)
    reports.begin_with(Report.PEOPLE, OCTOBER)
    assert reports.usual(OCTOBER).periods == 24


def test_a_tiled_chart_of_one_sheet_is_told_as_one(file: File, company: Company, ids: dict[str, int]) -> None:
    reports = TeamReports(file, company)
    wish = Wish(OCTOBER, Report.WALL, wall=WallOptions(Paper.A0, tiled=True, type_size=8))
    assert reports.words(wish).becomes == "One sheet of A0, type 8 pt"
    small = replace(wish, wall=replace(wish.wall, type_size=4))
    warning = reports.words(small).warning
    assert warning
    assert "Choose larger type" in warning.text
    with pypdfium2.PdfDocument(reports.job(wish).now()) as pdf:
        assert len(pdf) == 1
