"""A team file against what is stored: shown first, applied as one deed, never a broken tree."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.company import Company
from organizer.domain.contact import Contact, Labelled
from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.team import Kind, Member
from organizer.exchange.team_rows import TeamRow
from organizer.services import companies, contacts, files, imports, team
from organizer.services.preview import Change, Preview
from organizer.services.team_choices import Choices
from organizer.services.team_import import Known, compare
from organizer.storage import File
from organizer.storage import team as stored

OCTOBER = Period.parse("2026-10")
HEADER = "Area,Name,ID,Phone,Email,Sponsor ID,Sponsor Name,Customer Type,Highest Achieved Rank,Current Rank,PV,CV"

Importing = Callable[..., Preview]


@pytest.fixture
def importing(file: File, company: Company, tmp_path: Path) -> Importing:
    """Write rows "name,id,sponsor id,pv" to a file and preview it."""

    def preview(*rows: str, me: str = "", period: Period = OCTOBER) -> Preview:
        lines = [HEADER]
        for row in rows:
            name, number, sponsor, pv, *rank = row.split(",")
            lines.append(f"1,{name},{number},,,{sponsor},,Brand Ambassador,,{rank[0] if rank else ''},{pv},{pv}")
        path = tmp_path / "team.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        reading = imports.read_team_file(path, company).now()
        return imports.preview_team(file, company, reading, period, Choices(me=me))

    return preview


def tree_of(file: File, company: Company, period: Period = OCTOBER) -> dict[str, tuple[str, int | None]]:
    """Each member's name with her sponsor's name and her PV."""
    view = team.view(file, company.id, period)
    names = view.team.names
    return {
        names[i]: (names[above] if above >= 0 else "", view.personal[i])
        for i, above in enumerate(view.team.sponsor)
    }


def problems_of(preview: Preview) -> dict[int, str]:
    return {problem.row: str(problem.message) for problem in preview.problems}


def test_the_sample_file_becomes_her_team(file: File, company: Company, data: Path) -> None:
    reading = imports.read_team_file(data / "team_sponsor_id.csv", company).now()
    preview = imports.preview_team(file, company, reading, OCTOBER)
    assert preview.counts == {Change.NEW: 240}
    assert list(team.view(file, company.id, OCTOBER).team.ids) == [1]
    preview.apply()
    view = team.view(file, company.id, OCTOBER)
    assert len(view.team) == 240
    assert view.team.numbers[view.team.me] == "100200"
    assert view.group[view.team.me] == sum(amount or 0 for amount in view.personal)
    assert view.team.kinds.count(Kind.CUSTOMER) == 93
    assert "Ευδόξιος Kornak" in view.team.names
    again = imports.preview_team(file, company, reading, OCTOBER)
    assert again.counts == {Change.SAME: 240}
    assert not again.changes_anything


def test_her_own_name_stays_and_her_number_comes_from_the_file(file: File, company: Company, data: Path) -> None:
    reading = imports.read_team_file(data / "team_sponsor_id.csv", company).now()
    imports.preview_team(file, company, reading, OCTOBER).apply()
    assert files.owner(file).name == "Karen Holm"
    details = team.details(file, files.member_of_owner(file, company.id) or 0, OCTOBER)
    assert details is not None
    assert details.member.number == "100200"
    assert details.member.above == "Birgit Upline (88001)"


def test_one_deed_that_undo_takes_back_whole(file: File, importing: Importing, company: Company) -> None:
    importing("Karen,1,99,100", "Anna,2,1,50", "Bo,3,2,25").apply()
    deed = files.undo(file)
    assert deed is not None
    assert files.deed_name(deed) == "Import the team from team.csv"
    assert tree_of(file, company) == {"Karen Holm": ("", None)}
    files.redo(file)
    assert tree_of(file, company) == {
        "Karen Holm": ("", 100_000), "Anna": ("Karen Holm", 50_000), "Bo": ("Anna", 25_000)
    }  # fmt: skip


def test_next_months_file_shows_who_moved_changed_is_new_and_is_missing(
    file: File, importing: Importing, company: Company
) -> None:
    importing("Karen,1,99,100", "Anna,2,1,50", "Bo,3,2,25", "Carl,4,1,10").apply()
    preview = importing(
        "Karen,1,99,100", "Anna,2,1,75,Silver", "Bo,3,1,25", "Dora,5,2,5", period=Period.parse("2026-11")
    )
    assert {line.subject: line.change for line in preview.lines} == {
        "Karen (1)": Change.CHANGED,
        "Anna (2)": Change.CHANGED,
        "Bo (3)": Change.MOVED,
        "Dora (5)": Change.NEW,
        "Carl (4)": Change.MISSING,
    }
    bo = next(line for line in preview.lines if line.subject == "Bo (3)")
    assert str(bo.details[0]) == "now under Karen Holm (1)"
    anna = next(line for line in preview.lines if line.subject == "Anna (2)")
    assert str(anna.details[0]) == "rank – → Silver"
    preview.apply()
    november = tree_of(file, company, Period.parse("2026-11"))
    assert november["Bo"] == ("Karen Holm", 25_000)
    assert november["Carl"] == ("Karen Holm", None)
    assert tree_of(file, company, OCTOBER)["Anna"] == ("Karen Holm", 50_000)


def test_rows_may_come_in_any_order(file: File, importing: Importing, company: Company) -> None:
    importing("Karen,1,,100").apply()
    importing("Dora,4,3,1", "Carl,3,2,1", "Bo,2,1,1", "Karen,1,,100").apply()
    assert tree_of(file, company)["Dora"] == ("Carl", 1000)
    assert tree_of(file, company)["Bo"] == ("Karen Holm", 1000)


def test_a_sponsor_who_is_nowhere_leaves_out_her_branch_by_name_and_row(
    file: File, importing: Importing, company: Company
) -> None:
    preview = importing(
        "Karen,1,99,100", "Anna,2,1,50", "Eva,7,77,5", "Finn,8,7,5", "Gerd,9,8,5", "Bo,3,2,1", "Ib,4,2,1"
    )
    assert problems_of(preview) == {
        4: "Left out: the sponsor 77 is neither in the file nor in your team.",
        5: "Left out: stands under Eva (7) (row 4), who was left out.",
        6: "Left out: stands under Finn (8) (row 5), who was left out.",
    }
    preview.apply()
    assert set(tree_of(file, company)) == {"Karen Holm", "Anna", "Bo", "Ib"}


def test_a_circle_is_shown_with_its_rows_and_stays_out(file: File, importing: Importing, company: Company) -> None:
    preview = importing("Karen,1,99,100", "Anna,2,4,50", "Bo,3,2,5", "Carl,4,3,5", "Dora,5,4,5")
    told = problems_of(preview)
    assert set(told) == {3, 4, 5, 6}
    assert told[3] == "Left out: the sponsors run in a circle: Anna (2) → Carl (4) → Bo (3) → Anna (2)."
    assert told[6] == "Left out: stands under Carl (4) (row 5), who was left out."
    preview.apply()
    assert set(tree_of(file, company)) == {"Karen Holm"}


def test_a_circle_with_the_stored_tree_is_found_too(file: File, importing: Importing, company: Company) -> None:
    importing("Karen,1,99,100", "Anna,2,1,50", "Bo,3,2,25").apply()
    preview = importing("Anna,2,3,50")
    assert "circle" in problems_of(preview)[2]
    preview.apply()
    assert tree_of(file, company)["Anna"] == ("Karen Holm", 50_000)


def test_a_circle_with_a_placement_set_by_hand_leaves_out_the_rows_that_make_it(
    file: File, importing: Importing, company: Company
) -> None:
    now = Period.parse("2026-11")
    importing("Karen,1,99,100", "Anna,2,1,50", "Bo,3,1,25", "Carl,4,1,10", period=now).apply()
    view = team.view(file, company.id, now)
    ids = dict(zip(view.team.names, view.team.ids, strict=True))
    team.move_member(file, ids["Anna"], ids["Bo"], placement=True)
    preview = importing("Karen,1,99,100", "Anna,2,1,50", "Bo,3,2,26", "Carl,4,1,11", period=now)
    told = problems_of(preview)
    assert set(told) == {3, 4}
    assert told[4] == "Left out: the placements run in a circle: Bo (3) → Anna (2) → Bo (3)."
    preview.apply()
    assert tree_of(file, company, now)["Bo"] == ("Karen Holm", 25_000)
    assert tree_of(file, company, now)["Carl"] == ("Karen Holm", 11_000)


def test_someone_who_sponsors_herself_stays_out(file: File, importing: Importing, company: Company) -> None:
    preview = importing("Karen,1,99,100", "Anna,2,2,50")
    assert "circle" in problems_of(preview)[3]
    preview.apply()
    assert set(tree_of(file, company)) == {"Karen Holm"}


def test_bad_rows_are_named_and_the_rest_goes_in(file: File, importing: Importing, company: Company) -> None:
    preview = importing("Karen,1,99,100", "Anna,,1,50", "Bo,3,1,-25", "bo,3,1,-25", "Dora,5,1,1e30", "Eva,6,1,9")
    assert set(problems_of(preview)) == {3, 4, 5, 6}
    preview.apply()
    assert tree_of(file, company) == {
        "Karen Holm": ("", 100_000),
        "Bo": ("Karen Holm", None),
        "Dora": ("Karen Holm", None),
        "Eva": ("Karen Holm", 9000),
    }


def test_another_than_the_top_may_be_her(file: File, importing: Importing, company: Company) -> None:
    preview = importing("Birgit,1,,100", "Karen,2,1,50", "Anna,3,2,5", me="2")
    assert [str(note) for note in preview.notes] == ["Karen (2) is taken as you."]
    preview.apply()
    tree = tree_of(file, company)
    assert tree == {"Birgit": ("", 100_000), "Karen Holm": ("Birgit", 50_000), "Anna": ("Karen Holm", 5000)}


def test_a_contact_with_the_same_name_and_phone_is_the_same_person(
    file: File, company: Company, tmp_path: Path
) -> None:
    same = contacts.add(file, Contact(first_name="Anna", last_name="Lund", phones=(Labelled("12 34 56 78"),)))
    contacts.add(file, Contact(first_name="Bo", last_name="Lund", phones=(Labelled("11 11 11 11"),)))
    path = tmp_path / "team.csv"
    rows = ["1,Karen,1,,,99,,Brand Ambassador,,,1,1"]
    rows += ["2,Anna Lund,2,+45 12345678,,1,,Brand Ambassador,,,1,1", "2,Bo Lund,3,22 22 22 22,,1,,VIP,,,1,1"]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    imports.preview_team(file, company, imports.read_team_file(path, company).now(), OCTOBER).apply()
    members = stored.of_person(file, same)
    assert [member.number for member in members] == ["2"]
    # nobody from a team file lands in Contacts, and nobody is merged on a name alone
    assert [row.name for row in contacts.rows(file)] == ["Anna Lund", "Bo Lund"]
    assert len(team.view(file, company.id, OCTOBER).team) == 3


NUMBERS = st.sampled_from(["1", "2", "3", "4", "5", "6", "7"])


@given(st.lists(st.tuples(NUMBERS, NUMBERS | st.just("99")), unique_by=lambda row: row[0], max_size=7))
def test_whatever_the_links_what_goes_in_is_a_tree_and_what_does_not_is_named(rows: list[tuple[str, str]]) -> None:
    records = [
        TeamRow(
            row=place, number=number, name=f"N{number}", sponsor_number=sponsor, sponsor_name="",
            kind=Kind.DISTRIBUTOR, rank="", highest_rank="", joined=None, last_order=None,
            phone="", email="", street="", postal_code="", city="", volumes={},
        )
        for place, (number, sponsor) in enumerate(rows, 2)
    ]  # fmt: skip
    found = compare(records, frozenset({"kind"}), Known({}, {}, {}))
    links = found.links
    inside = {
        item.row.number: rows[links.sponsor[item.node]][0] if links.sponsor[item.node] >= 0 else ""
        for item in found.placed
    }
    assert {problem.row for problem in found.problems} | {item.row.row for item in found.placed} == {
        record.row for record in records
    }
    assert len(found.placed) + len(found.problems) == len(records)
    for number in inside:
        walked = [number]
        while inside[walked[-1]]:
            assert inside[walked[-1]] in inside
            walked.append(inside[walked[-1]])
            assert len(walked) <= len(inside)
    assert sum(not above for above in inside.values()) <= 1


def test_what_a_file_has_no_column_for_stays(file: File, company: Company, tmp_path: Path) -> None:
    full = tmp_path / "full.csv"
    full.write_text(
        "ID,Name,Sponsor ID,Type,Rank,Join Date,PV\n1,Karen,9,Distributor,Gold,2024-03-25,100\n"
        "2,Anna,1,VIP,,2024-05-26,50\n3,Bo,1,Distributor,Silver,2024-06-27,5\n"
    )
    thin = tmp_path / "thin.csv"
    thin.write_text("ID,Name,Sponsor ID,PV\n1,Karen,9,110\n2,Anna,1,60\n3,Bo,1,6\n")
    imports.preview_team(file, company, imports.read_team_file(full, company).now(), OCTOBER).apply()
    before = stored.members(file, company.id)
    preview = imports.preview_team(file, company, imports.read_team_file(thin, company).now(), OCTOBER)
    assert {str(detail) for line in preview.lines for detail in line.details} == {"volumes changed"}
    preview.apply()
    assert stored.members(file, company.id) == before
    assert [member.kind for member in before] == [Kind.DISTRIBUTOR, Kind.CUSTOMER, Kind.DISTRIBUTOR]
    assert tree_of(file, company)["Anna"] == ("Karen Holm", 60_000)


def test_a_blank_sponsor_leaves_a_known_member_where_she_is(
    file: File, importing: Importing, company: Company
) -> None:
    importing("Karen,1,99,100", "Anna,2,1,50", "Bo,3,2,25").apply()
    preview = importing("Karen,1,,101", "Anna,2,1,51", "Bo,3,,26", "Carl,4,,1")
    assert problems_of(preview) == {5: "Left out: the file doesn't say who sponsors her."}
    preview.apply()
    assert tree_of(file, company) == {
        "Karen Holm": ("", 101_000), "Anna": ("Karen Holm", 51_000), "Bo": ("Anna", 26_000)
    }  # fmt: skip


def test_a_file_that_leaves_her_out_hangs_her_frontline_under_her(
    file: File, importing: Importing, company: Company
) -> None:
    preview = importing("Anna,2,1,50", "Bo,3,1,25", "Carl,4,3,5")
    assert [str(note) for note in preview.notes] == ["The file has no row for you; 1 is taken as your number."]
    preview.apply()
    assert tree_of(file, company) == {
        "Karen Holm": ("", None),
        "Anna": ("Karen Holm", 50_000),
        "Bo": ("Karen Holm", 25_000),
        "Carl": ("Bo", 5000),
    }
    assert importing("Anna,2,1,50", "Bo,3,1,25", "Carl,4,3,5").counts == {Change.SAME: 3, Change.MISSING: 1}


def test_an_orphan_at_the_beginning_of_the_file_is_not_taken_as_her(
    file: File, importing: Importing, company: Company
) -> None:
    rows = ("Aase,8,77,1", "Anna,2,1,50", "Bo,3,1,25", "Karen Holm,1,99,100")
    preview = importing(*rows)
    assert preview.me == "1"
    assert set(problems_of(preview)) == {2}
    preview.apply()
    assert set(tree_of(file, company)) == {"Karen Holm", "Anna", "Bo"}
    assert set(problems_of(importing(*rows))) == {2}


def test_a_number_that_cannot_be_hers_is_refused(file: File, importing: Importing) -> None:
    with pytest.raises(Refusal, match="Nobody in the file has the number 5"):
        importing("Karen,1,99,100", "Anna,2,1,50", me="5")
    importing("Karen,1,99,100", "Anna,2,1,50").apply()
    with pytest.raises(Refusal, match="Your number in this team is 1"):
        importing("Karen,1,99,100", "Anna,2,1,50", me="2")


def test_a_number_that_another_holds_is_never_given_to_her(
    file: File, importing: Importing, company: Company
) -> None:
    # she has the name of the row, and no number; whose number it is has another name in the file
    files.rename_owner(file, "Anna")
    her = files.member_of_owner(file, company.id) or 0
    bo = team.add_member(file, Member(company_id=company.id, number="1", sponsor_id=her), Contact(first_name="Bo"))
    importing("Anna,1,1,50").apply()
    numbers = {member.id: member.number for member in stored.members(file, company.id)}
    assert numbers == {her: "", bo: "1"}
    assert [member.sponsor_id for member in stored.members(file, company.id)] == [None, her]


def test_a_large_circle_is_told_in_short(file: File, importing: Importing, company: Company) -> None:
    size = 3000
    rows = [f"N{i},{i},{i % size + 1},1" for i in range(1, size + 1)]
    preview = importing("Karen,x1,x99,100", *rows, *[f"S{i},s{i},s{i},1" for i in range(size)])
    told = problems_of(preview)
    assert len(told) == 2 * size
    assert max(map(len, told.values())) < 200
    assert told[3].endswith("N1 (1) → N2 (2) → N3 (3) → N4 (4) → N5 (5) → N6 (6) → … → N1 (1).")
    preview.apply()
    assert set(tree_of(file, company)) == {"Karen Holm"}


def test_one_person_in_two_companies_is_one_record(file: File, company: Company, tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    rows = ["1,Karen,1,,,99,,Brand Ambassador,,,1,1", "2,Anna Lund,2,,anna@example.com,1,,Brand Ambassador,,,1,1"]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    other_id = companies.add(file, "Duft")
    other = next(found for found in companies.everyone(file) if found.id == other_id)
    for one in (company, other):
        imports.preview_team(file, one, imports.read_team_file(path, one).now(), OCTOBER).apply()
    people = {team.view(file, one.id, OCTOBER).team.person_ids[-1] for one in (company, other)}
    assert len(people) == 1


def test_a_contact_who_joins_is_told_completed_and_the_same_next_time(
    file: File, company: Company, tmp_path: Path
) -> None:
    id_ = contacts.add(file, Contact(first_name="Anna", last_name="Lund", phones=(Labelled("12 34 56 78"),)))
    path = tmp_path / "team.csv"
    rows = ["1,Karen,1,,,99,,,,,1,1", "2,Anna Lund,2,12345678,anna@example.com,1,,,,,1,1"]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    reading = imports.read_team_file(path, company).now()
    preview = imports.preview_team(file, company, reading, OCTOBER)
    assert "someone you have already" in str(preview.lines[1].details[0])
    preview.apply()
    anna = contacts.get(file, id_)
    assert anna is not None
    assert [entry.value for entry in anna.emails] == ["anna@example.com"]
    assert imports.preview_team(file, company, reading, OCTOBER).counts == {Change.SAME: 2}


def test_legs_and_who_has_left_come_from_the_file(file: File, company: Company, tmp_path: Path) -> None:
    def bring(*rows: str, header: str = "Name,ID,Sponsor ID,Leg,Status") -> Preview:
        path = tmp_path / "team.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        preview = imports.preview_team(file, company, imports.read_team_file(path, company).now(), OCTOBER)
        preview.apply()
        return preview

    def stands(number: str) -> tuple[str, Kind]:
        found = next(member for member in stored.members(file, company.id) if member.number == number)
        return found.leg, found.kind

    bring("Karen,1,,,Active", "Anna,2,1,L,Active", "Bo,3,1,R,Active", "Carl,4,2,1,Active")
    assert [stands(n) for n in "234"] == [
        ("left", Kind.DISTRIBUTOR), ("right", Kind.DISTRIBUTOR), ("1", Kind.DISTRIBUTOR),
    ]  # fmt: skip
    again = bring("Karen,1,,,Active", "Anna,2,1,Venstre,Terminated", "Bo,3,2,,Active", "Carl,4,2,2,Active")
    details = {line.subject: [str(one) for one in line.details] for line in again.lines}
    assert details["Anna (2)"] == ["has left"]
    assert details["Bo (3)"] == ["now under Anna (2)"]
    assert details["Carl (4)"] == ["leg 1 → 2"]
    assert stands("2") == ("left", Kind.CANCELLED)
    assert stands("3") == ("", Kind.DISTRIBUTOR), "the leg that he stood in was under another"
    # a file that tells nothing of legs and status changes neither
    plain = bring("Karen,1,,", "Anna,2,1,", "Bo,3,2,", "Carl,4,2,", header="Name,ID,Sponsor ID,Rank")
    assert not plain.changes_anything
    assert stands("2") == ("left", Kind.CANCELLED)
    back = bring("Karen,1,,,", "Anna,2,1,,Active", "Bo,3,2,,", "Carl,4,2,,")
    assert "now a distributor" in {str(one) for line in back.lines for one in line.details}
    assert stands("2") == ("left", Kind.DISTRIBUTOR)


def test_a_leg_is_chosen_once_and_forgotten_with_the_place(
    file: File, company: Company, importing: Importing
) -> None:
    importing("Karen,1,,100", "Anna,2,1,50", "Bo,3,1,25").apply()
    anna, bo = (member for member in stored.members(file, company.id) if member.number in "23")
    team.save_member(file, replace(anna, leg="left"))
    with pytest.raises(FieldRefusal, match=r"Anna \(2\) stands in this leg already: left\.") as refused:
        team.save_member(file, replace(bo, leg="left"))
    assert refused.value.field == "leg"
    team.save_member(file, replace(bo, leg="right"))
    team.move_member(file, bo.id, anna.id)
    moved = stored.get(file, bo.id)
    assert moved is not None
    assert moved.leg == ""


def test_whoever_is_known_keeps_her_place_in_a_circle_and_those_below_get_their_figures(
    file: File, importing: Importing, company: Company
) -> None:
    importing("Karen,1,99,1", "Anna,2,1,1", "Bo,3,2,1", "Carl,4,3,1", "Dora,5,1,1").apply()
    before = {name: above for name, (above, _pv) in tree_of(file, company).items()}
    preview = importing(
        "Karen,1,99,2", "Anna,2,3,3", "Bo,3,2,4", "Carl,4,3,5", "Dora,5,88,6", "Eva,6,7,7", "Fie,7,6,8"
    )
    told = {problem.row: problem for problem in preview.problems if problem.row in (3, 4, 6, 7, 8)}
    assert {row: problem.kept for row, problem in told.items()} == {3: True, 4: True, 6: True, 7: False, 8: False}
    assert str(told[3].message) == (
        "She keeps her place: by the file, the team would run in a circle: Anna (2) → Bo (3) → Anna (2)."
    )
    assert str(told[6].message) == "She keeps her place: 88, whom the file puts her under, isn't known."
    assert {line.number for line in preview.lines if line.change is Change.CHANGED} == {"1", "2", "3", "4", "5"}
    preview.apply()
    tree = tree_of(file, company)
    assert {name: above for name, (above, _pv) in tree.items()} == before
    assert [tree[name][1] for name in ("Karen Holm", "Anna", "Bo", "Carl", "Dora")] == [
        2000,
        3000,
        4000,
        5000,
        6000,
    ]
