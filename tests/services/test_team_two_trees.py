"""A team file that tells both trees: what goes in is true in both, what can't is named and can be mended."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain import tree
from organizer.domain.company import Company
from organizer.domain.contact import Contact, Labelled
from organizer.domain.period import Period
from organizer.domain.team import Member, Tree
from organizer.exchange.team_rows import TeamReading, TeamRow
from organizer.services import companies, contacts, files, imports, team_times
from organizer.services import team as teams
from organizer.services.preview import Change, Mend, Preview, TeamProblem
from organizer.services.team_choices import Choices
from organizer.services.team_import import Comparison, Known, compare
from organizer.storage import File
from organizer.storage import team as stored

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")
BOTH = frozenset(Tree)
TOLD = frozenset({"number", "name", "sponsor_number", "placement_number", "leg", "rank"})

Bring = Callable[..., Preview]


def row(line: int, number: str, sponsor: str = "", placement: str = "", leg: str = "", **more: object) -> TeamRow:
    told = TeamRow(line, number, f"N{number}", sponsor, placement_number=placement, leg=leg)
    return replace(told, **more)  # type: ignore[arg-type]


@pytest.fixture
def bring(file: File, company: Company) -> Bring:
    """Preview rows of a file that tells both trees."""

    def preview(
        *rows: TeamRow, period: Period = NOVEMBER, trees: frozenset[Tree] = BOTH, **chosen: object
    ) -> Preview:
        reading = _reading(rows, trees)
        return imports.preview_team(file, company, reading, period, Choices(**chosen))  # type: ignore[arg-type]

    return preview


def _reading(rows: Sequence[TeamRow], trees: frozenset[Tree] = BOTH) -> TeamReading:
    first: dict[str, TeamRow] = {}
    again = [one for one in rows if first.setdefault(one.number, one) is not one]
    records = list(first.values())
    return TeamReading(records, [], "t.csv", [one.row for one in records], TOLD, repeated=again, trees=trees)


def links_of(file: File, company: Company, period: Period = NOVEMBER) -> dict[str, tuple[str, str, str]]:
    """Each number's sponsor and who she stands under, by number, and her leg."""
    members = {one.id: one for one in team_times.members_at(file, company.id, period)}
    number = {id_: one.number for id_, one in members.items()} | {None: ""}
    return {
        one.number: (number[one.sponsor_id], number[one.placement_id or one.sponsor_id], one.leg)
        for one in members.values()
    }


def told_of(preview: Preview) -> dict[int, tuple[str, Mend | None]]:
    return {one.row: (str(one.message), one.mend) for one in preview.problems if isinstance(one, TeamProblem)}


def line_of(preview: Preview, number: str) -> tuple[Change, list[str]]:
    found = next(line for line in preview.lines if line.number == number)
    return found.change, [str(detail) for detail in found.details]


TEAM = (
    row(2, "1"), row(3, "2", "1", "1", "left"), row(4, "3", "1", "2", "left"), row(5, "4", "99", "2", "right"),
    row(6, "5", "4", "1", "right"),
)  # fmt: skip


def test_both_trees_go_in_and_an_enroller_from_above_is_no_reason_to_stay_out(
    bring: Bring, file: File, company: Company
) -> None:
    preview = bring(*TEAM)
    assert not preview.problems
    preview.apply()
    assert links_of(file, company) == {
        "1": ("", "", ""), "2": ("1", "1", "left"), "3": ("1", "2", "left"), "4": ("", "2", "right"),
        "5": ("4", "1", "right"),
    }  # fmt: skip
    four = next(one for one in stored.members(file, company.id) if one.number == "4")
    assert four.above == "99"
    assert four.since == NOVEMBER.first
    assert bring(*TEAM).counts == {Change.SAME: 5}


def test_a_move_in_either_tree_is_told(bring: Bring, file: File, company: Company) -> None:
    bring(*TEAM, period=OCTOBER).apply()
    moved = (*TEAM[:2], row(4, "3", "2", "2", "left"), row(5, "4", "99", "5", "left"), TEAM[4])
    preview = bring(*moved)
    assert line_of(preview, "3") == (Change.MOVED, ["now under N2 (2)"])
    assert line_of(preview, "4") == (Change.MOVED, ["now placed under N5 (5), left"])
    assert line_of(preview, "5") == (Change.SAME, [])
    preview.apply()
    assert links_of(file, company)["4"] == ("", "5", "left")


def test_a_file_of_one_tree_leaves_the_other_as_it_is(bring: Bring, file: File, company: Company) -> None:
    bring(*TEAM).apply()
    sponsors = [replace(one, placement_number="", leg="") for one in TEAM]
    sponsors[2] = replace(sponsors[2], sponsor_number="5")
    bring(*sponsors, trees=frozenset({Tree.SPONSOR})).apply()
    assert links_of(file, company)["3"] == ("5", "2", "left")
    path = [replace(one, sponsor_number="") for one in TEAM]
    path[2] = replace(path[2], placement_number="5")
    bring(*path, row(7, "6", "", "5", "right"), trees=frozenset({Tree.PLACEMENT})).apply()
    assert links_of(file, company)["3"] == ("5", "5", "left")
    assert links_of(file, company)["6"] == ("5", "5", "right")


def test_circles_and_orphans_are_named_with_all_below_and_can_be_mended(
    bring: Bring, file: File, company: Company
) -> None:
    rows = (
        row(2, "1"), row(3, "2", "3", "1"), row(4, "3", "2", "1"), row(5, "4", "1", "2"), row(6, "5", "1", "6"),
        row(7, "6", "1", "5"), row(8, "7", "1", "77"), row(9, "8", "2", "1"),
    )  # fmt: skip
    preview = bring(*rows)
    told = told_of(preview)
    assert told == {
        3: ("Left out: the sponsors run in a circle: N2 (2) → N3 (3) → N2 (2).", Mend.SPONSOR),
        4: ("Left out: the sponsors run in a circle: N3 (3) → N2 (2) → N3 (3).", Mend.SPONSOR),
        5: ("Left out: stands under N2 (2) (row 3), who was left out.", Mend.PLACEMENT),
        6: ("Left out: the placements run in a circle: N5 (5) → N6 (6) → N5 (5).", Mend.PLACEMENT),
        7: ("Left out: the placements run in a circle: N6 (6) → N5 (5) → N6 (6).", Mend.PLACEMENT),
        8: ("Left out: 77, whom she is placed under, is neither in the file nor in your team.", Mend.PLACEMENT),
        9: ("Left out: recruited by N2 (2) (row 3), who was left out.", Mend.SPONSOR),
    }
    mended = bring(*rows, sponsors={"2": "1"}, placements={"5": "4", "7": "1"})
    assert not mended.problems
    mended.apply()
    assert links_of(file, company) == {
        "1": ("", "", ""), "2": ("1", "1", ""), "3": ("2", "1", ""), "4": ("1", "2", ""), "5": ("1", "4", ""),
        "6": ("1", "5", ""), "7": ("1", "1", ""), "8": ("2", "1", ""),
    }  # fmt: skip


def test_a_number_that_two_rows_have_is_chosen_where_they_differ(
    bring: Bring, file: File, company: Company
) -> None:
    rows = (
        row(2, "1"),
        row(3, "2", "1", "1"),
        row(4, "3", "1", "1"),
        row(5, "3", "2", "2"),
        row(6, "4", "3", "3"),
    )
    told = told_of(bring(*rows))
    assert told[4] == ("The id 3 is in the rows 4, 5, in different places. Choose which of them counts.", Mend.ROW)
    assert told[6][0] == "Left out: stands under N3 (3) (row 4), who was left out."
    chosen = bring(*rows, rows={"3": 5})
    assert told_of(chosen) == {4: ("The id 3 is in row 5 already; row 4 was left out.", Mend.ROW)}
    chosen.apply()
    assert links_of(file, company)["3"] == ("2", "2", "")
    same = bring(row(2, "1"), row(3, "2", "1", "1"), row(4, "2", "1", "1"))
    assert told_of(same) == {4: ("The id 2 is in row 3 already; row 4 was left out.", Mend.ROW)}


def test_in_one_leg_stands_one(bring: Bring, file: File, company: Company) -> None:
    preview = bring(row(2, "1"), row(3, "2", "1", "1", "left"), row(4, "3", "1", "1", "left"))
    assert told_of(preview) == {4: ("Another stands in this leg already, so it was not used: left.", None)}
    assert preview.problems[0].kept
    preview.apply()
    assert [links_of(file, company)[n][2] for n in "23"] == ["left", ""]
    swapped = bring(row(2, "1"), row(3, "2", "1", "1", "right"), row(4, "3", "1", "1", "left"))
    assert not swapped.problems
    swapped.apply()
    assert [links_of(file, company)[n][2] for n in "23"] == ["right", "left"]


def test_a_row_she_leaves_out_leaves_out_the_new_ones_below_it(bring: Bring, file: File, company: Company) -> None:
    whole = bring(*TEAM)
    assert sorted(whole.below("2")) == ["3", "4", "5"]
    assert whole.below("3") == []
    part = bring(*TEAM, left=frozenset({"2"}))
    assert [line.number for line in part.lines if line.left] == ["2"]
    assert told_of(part)[4][0] == "Left out: stands under N2 (2), whom you leave out."
    assert told_of(part)[6][0] == "Left out: recruited by N4 (4) (row 5), who was left out."
    assert part.counts == {Change.NEW: 1}
    part.apply()
    assert set(links_of(file, company)) == {"1"}
    assert told_of(bring(*TEAM, left=frozenset({"4"})))[6] == (
        "Left out: recruited by N4 (4), whom you leave out.",
        Mend.SPONSOR,
    )


def test_an_older_file_changes_what_was_and_not_what_is(bring: Bring, file: File, company: Company) -> None:
    now = [replace(one, rank="Gold", last_order=date(2026, 11, 5), volumes={"pv": 7000}) for one in TEAM]
    bring(*now).apply()
    then = [replace(one, rank="Silver", last_order=date(2026, 10, 5), volumes={"pv": 5000}) for one in TEAM]
    then[2] = replace(then[2], sponsor_number="2")
    preview = bring(*then, row(7, "6", "1", "3", "left"), period=OCTOBER)
    assert line_of(preview, "3")[0] is Change.MOVED
    preview.apply()
    assert links_of(file, company)["3"] == ("1", "2", "left")
    assert links_of(file, company, OCTOBER)["3"] == ("2", "2", "left")
    by_number = {one.number: one for one in stored.members(file, company.id)}
    assert by_number["3"].rank == "Gold"
    assert by_number["3"].last_order == date(2026, 11, 5)
    assert {one.since for one in by_number.values() if not one.is_self} == {OCTOBER.first}
    assert not bring(*then, row(7, "6", "1", "3", "left"), period=OCTOBER).changes_anything
    assert not bring(*now).changes_anything


def test_figures_of_earlier_periods_fill_in_and_never_replace(bring: Bring, file: File, company: Company) -> None:
    bring(*(replace(one, volumes={"pv": 9000}) for one in TEAM[:2]), period=OCTOBER).apply()
    rows = [replace(one, volumes={"pv": 1000}, earlier={1: {"pv": 4000}, 2: {"pv": 0}}) for one in TEAM]
    preview = bring(*rows)
    told = line_of(preview, "2")[1]
    assert "the file has other volumes for earlier periods; yours are kept" in told
    assert "volumes of earlier periods are added" in told
    preview.apply()
    pv = {
        key: dict(zip(view.team.numbers, view.team.volumes["pv"], strict=True))
        for key in ("2026-09", "2026-10", "2026-11")
        for view in [teams.view(file, company.id, Period.parse(key))]
    }
    assert pv["2026-10"] == {"1": 9000, "2": 9000, "3": 4000, "4": 4000, "5": 4000}
    assert set(pv["2026-09"].values()) == {0}
    since = {one.number: one.since for one in stored.members(file, company.id)}
    assert since["3"] == OCTOBER.first, "she had a figure then"
    assert not bring(*rows).changes_anything


def test_whoever_has_the_same_name_is_asked_about(bring: Bring, file: File, company: Company) -> None:
    anna = contacts.add(file, Contact(first_name="N2", phones=(Labelled("11 11 11 11"),)))
    preview = bring(*TEAM)
    line = next(line for line in preview.lines if line.number == "2")
    assert (line.change, line.doubt) == (Change.DOUBTFUL, ((anna, "N2, 11 11 11 11"),))
    assert line_of(bring(*TEAM, people={"2": 0}), "2") == (Change.NEW, [])
    chosen = bring(*TEAM, people={"2": anna})
    assert line_of(chosen, "2") == (Change.NEW, ["someone you have already"])
    chosen.apply()
    assert [one.number for one in stored.of_person(file, anna)] == ["2"]


def test_a_member_with_a_new_number_may_be_the_same(bring: Bring, file: File, company: Company) -> None:
    rows = [replace(one, phone=f"2000000{one.number}") for one in TEAM]
    bring(*rows).apply()
    before = {one.number: one for one in stored.members(file, company.id)}
    again = [*rows[:3], replace(rows[3], number="44", name="N4"), replace(rows[4], sponsor_number="44")]
    preview = bring(*again)
    line = next(line for line in preview.lines if line.number == "44")
    assert line.change is Change.DOUBTFUL
    assert line.doubt == ((before["4"].person_id, "N4 (4), 20000004"),)
    chosen = bring(*again, people={"44": before["4"].person_id})
    assert line_of(chosen, "44") == (Change.CHANGED, ["number 4 → 44"])
    assert chosen.counts[Change.MISSING] == 0
    chosen.apply()
    after = {one.number: one for one in stored.members(file, company.id)}
    assert after["44"] == replace(before["4"], number="44")
    assert links_of(file, company)["5"][0] == "44"


def test_one_added_by_hand_without_a_number_is_asked_about(bring: Bring, file: File, company: Company) -> None:
    her = files.member_of_owner(file, company.id) or 0
    added = teams.add_member(file, Member(company_id=company.id, sponsor_id=her), Contact(first_name="N2"))
    line = next(line for line in bring(*TEAM).lines if line.number == "2")
    assert line.change is Change.DOUBTFUL
    person = line.doubt[0][0]
    bring(*TEAM, people={"2": person}).apply()
    known = stored.get(file, added)
    assert known is not None
    assert (known.number, known.leg) == ("2", "left")
    assert len(stored.members(file, company.id)) == 5


def test_undo_takes_it_all_back(bring: Bring, file: File, company: Company) -> None:
    bring(*TEAM, period=OCTOBER).apply()
    before = (stored.members(file, company.id), links_of(file, company, OCTOBER), contacts.everyone(file))
    moved = [replace(one, rank="Gold", sponsor_number="1", earlier={1: {"pv": 5}}) for one in TEAM[1:]]
    bring(TEAM[0], *moved, row(9, "9", "1", "3")).apply()
    assert stored.members(file, company.id) != before[0]
    files.undo(file)
    assert (stored.members(file, company.id), links_of(file, company, OCTOBER), contacts.everyone(file)) == before
    assert stored.periods(file, company.id) == []


# ---- whatever is wrong with a file, what goes in is true


@st.composite
def damaged(draw: st.DrawFn) -> tuple[dict[str, tuple[str, str]], list[TeamRow]]:
    """A true team as sponsor and placement by number, and its rows shuffled and doubled, cut or with circles."""
    size = draw(st.integers(2, 9))
    true = {"0": ("", "")}
    for place in range(1, size):
        sponsor, placement = draw(st.integers(0, place - 1)), draw(st.integers(0, place - 1))
        true[str(place)] = (str(sponsor), str(placement))
    rows = [row(2, number, *above) for number, above in true.items()]
    # a circle that is cut open again is none that anybody could see
    if draw(st.booleans()):
        rows = draw(st.lists(st.sampled_from(rows), min_size=1, unique_by=lambda one: one.number))
    else:
        for _circle in range(draw(st.integers(0, 2))):
            place = draw(st.integers(0, len(rows) - 1))
            one, in_placement = rows[place], draw(st.booleans())
            above = draw(st.sampled_from(circle_with(true, one.number, in_placement)))
            changed = replace(one, placement_number=above) if in_placement else replace(one, sponsor_number=above)
            rows[place] = changed
    rows += draw(st.lists(st.sampled_from(rows), max_size=2))
    return true, [replace(one, row=line) for line, one in enumerate(draw(st.permutations(rows)), 2)]


def circle_with(true: dict[str, tuple[str, str]], number: str, placement: bool) -> list[str]:
    """The number and everyone below her: a link to one of them makes a circle."""
    numbers = list(true)
    parent = [numbers.index(above[placement]) if above[placement] else -1 for above in true.values()]
    below = tree.members_below(parent, tree.top_down(parent), numbers.index(number))
    return [number, *(numbers[one] for one in below)]


@given(damaged())
def test_whatever_is_damaged_every_link_that_goes_in_is_true(
    made: tuple[dict[str, tuple[str, str]], list[TeamRow]],
) -> None:
    true, rows = made
    reading = _reading(rows)
    found = compare(reading.records, TOLD, Known({}, {}, {}), Choices(me="0") if any(
        one.number == "0" for one in rows) else Choices(), BOTH, reading.repeated)  # fmt: skip
    for number, above in _links(found).items():
        for told, is_true in zip(above, true[number], strict=True):
            assert told in ("", is_true)
    inside = {item.row.number for item in found.placed}
    named = {one.number for one in found.problems if isinstance(one, TeamProblem)}
    assert inside | named == {one.number for one in rows}
    if len(inside) == len(true):
        assert _links(found) == true


def _links(found: Comparison) -> dict[str, tuple[str, str]]:
    links = found.links

    def number(node: int) -> str:
        return links.rows[node].number if node >= 0 else ""

    return {
        item.row.number: (number(links.sponsor[item.node]), number(links.placement[item.node]))
        for item in found.placed
    }


def test_one_person_in_the_trees_of_two_companies(bring: Bring, file: File, company: Company) -> None:
    rows = [replace(one, email=f"n{one.number}@example.com") for one in TEAM]
    bring(*rows).apply()
    other_id = companies.add(file, "Duft")
    other = next(found for found in companies.everyone(file) if found.id == other_id)
    strangers = [replace(one, email=f"x{one.number}@example.com") for one in TEAM[3:]]
    preview = imports.preview_team(file, other, _reading([*rows[:3], *strangers]), NOVEMBER)
    assert line_of(preview, "2")[1] == ["someone you have already, with the same name and phone or e-mail"]
    assert line_of(preview, "4") == (Change.NEW, []), "another e-mail in another team: another person"
    preview.apply()
    two = [one for one in stored.members(file, other.id) if one.number == "2"]
    assert len(stored.of_person(file, two[0].person_id)) == 2
