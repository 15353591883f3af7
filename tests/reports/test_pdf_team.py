"""The team overview."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_support import HEAD, chain, dense, pages, team, text

from organizer.domain import tree
from organizer.domain.result import Cancelled
from organizer.domain.team import Kind
from organizer.domain.tree import CycleError
from organizer.i18n import _, set_language
from organizer.reports.team import MOST_COLUMNS, team_overview


@given(st.lists(st.integers(0, 10**6), max_size=60))
def test_depth_first_puts_each_after_the_one_above_and_keeps_branches_whole(draws: list[int]) -> None:
    parent = [draw % (place + 1) - 1 for place, draw in enumerate(draws)]
    order = tree.depth_first(parent)
    assert sorted(order) == list(range(len(parent)))
    place = {member: number for number, member in enumerate(order)}
    sizes = tree.subtree_sums(parent, tree.top_down(parent), [1] * len(parent))
    for member, above in enumerate(parent):
        below = [other for other in range(len(parent)) if member in (other, *tree.ancestors(parent, other))]
        assert {place[other] for other in below} == set(range(place[member], place[member] + sizes[member]))
        assert above < 0 or place[above] < place[member]


def test_a_circle_is_refused() -> None:
    with pytest.raises(CycleError):
        team_overview(replace(chain(3), sponsor=[2, 0, 1]), [], HEAD, "")


def test_everyone_is_there_under_the_one_above() -> None:
    members = team()
    out = team_overview(members, [("PV", members.volumes["pv"])], HEAD, "October 2026")
    found = text(out)
    assert len(pages(out)) > 1
    assert "October 2026 · 240 members · 9 levels" in found
    places = [found.index(members.numbers[member]) for member in tree.depth_first(members.sponsor)]
    assert places == sorted(places)
    assert all(name in found for name in members.names)


def test_a_row_says_level_rank_activity_and_figures() -> None:
    members = replace(chain(3), ranks=["Guld", "", "Sølv"])
    columns = [("PV", [98_450, 0, None]), ("Gruppe", [1_234_567_000, -5_500, 7_000])]
    out = team_overview(members, columns, HEAD, "", active=[True, False, None])
    found = text(out)
    assert "Person0 10000 0 Guld Active 98.45 1,234,567" in found
    assert re.search(r"Person1 10001 1 0 [–-]5\.5", found)
    assert "Person2 10002 2 Sølv – – 7" in found
    assert "3 members · 2 levels · 1 active" in found
    assert "– means that it isn't known." in found


def test_without_activity_there_is_no_such_column_or_note() -> None:
    out = team_overview(chain(2), [("PV", [1000, 2000])], HEAD, "")
    assert "Active" not in text(out)
    assert "isn't known" not in text(out)


def test_a_customer_is_neither_active_nor_unknown() -> None:
    members = replace(chain(3), kinds=[Kind.DISTRIBUTOR, Kind.CUSTOMER, Kind.CANCELLED])
    found = text(team_overview(members, [("PV", [1_000, 2_000, 3_000])], HEAD, "", active=[True, None, None]))
    assert "Person1 10001 1 Customer 2" in found
    assert "Person2 10002 2 Has left 3" in found
    assert "isn't known" not in found


def test_a_customer_without_a_rank_is_called_one() -> None:
    members = team()
    out = team_overview(members, [], HEAD, "")
    assert text(out).count("Customer") == sum(
        kind == "customer" and not rank for kind, rank in zip(members.kinds, members.ranks, strict=True)
    )


def test_who_has_left_is_called_so_whatever_her_rank() -> None:
    members = replace(chain(3), kinds=[Kind.DISTRIBUTOR, Kind.CANCELLED, Kind.CANCELLED], ranks=["A", "Gold", ""])
    found = text(team_overview(members, [], HEAD, ""))
    assert found.count("Has left") == 2
    assert "Gold" not in found


def test_the_placement_tree_can_be_shown() -> None:
    members = chain(3)
    out = team_overview(members, [], HEAD, "", parent=[1, -1, 1])
    found = text(out)
    assert found.index("Person1") < found.index("Person0") < found.index("Person2")
    assert "Person1 10001 0" in found


def test_a_tree_a_thousand_deep_stays_readable() -> None:
    out = team_overview(chain(1200), [("PV", [1000] * 1200)], HEAD, "")
    found = text(out)
    assert "Person1199 11199 1,199 1" in found  # whole, on one line, with its level
    assert "Names are not moved further in below level 10; the Level column counts on." in found


def test_names_move_in_with_the_level() -> None:
    out = team_overview(chain(14), [], HEAD, "")
    with pypdfium2.PdfDocument(out) as pdf:
        page = pdf[0].get_textpage()
        lefts = []
        for member in range(14):
            start = page.search(f"Person{member}", match_whole_word=True).get_next()
            assert start is not None
            lefts.append(page.get_charbox(start[0])[0])
    assert lefts[:11] == sorted(set(lefts))
    assert lefts[11:] == pytest.approx([lefts[10]] * 3)


def test_a_long_name_is_wrapped() -> None:
    name = "Anne-Margrethe von der " * 9
    out = team_overview(replace(chain(1), names=[name]), [("PV", [0])], HEAD, "")
    assert dense(out).count("Anne-Margrethevonder") == 9


def test_many_columns_go_on_lying_paper_and_stay_on_it() -> None:
    members = replace(chain(12), ranks=["Senior Brand Ambassador"] * 12)
    columns = [(f"Gruppevolumen{number}", [1_234_567_000] * 12) for number in range(MOST_COLUMNS)]
    out = team_overview(members, columns, HEAD, "", active=[True] * 12)
    with pypdfium2.PdfDocument(out) as pdf:
        width, height = pdf[0].get_size()
        page = pdf[0].get_textpage()
        boxes = [page.get_charbox(place) for place in range(page.count_chars())]
    assert width > height
    assert all(left >= 0 and right <= width - 40 for left, _bottom, right, _top in boxes)
    assert text(out).count("1,234,567") == 12 * MOST_COLUMNS
    with pytest.raises(ValueError, match="columns of figures"):
        team_overview(members, [*columns, columns[0]], HEAD, "")


def test_markup_in_names_is_printed() -> None:
    out = team_overview(replace(chain(2), names=["<b>Bo & Søn", "<img src=x>"]), [], HEAD, "<i>")
    assert all(known in text(out) for known in ("<b>Bo & Søn", "<img src=x>", "<i>"))


def test_an_empty_team_is_said_so() -> None:
    out = team_overview(chain(0), [("PV", [])], HEAD, "", active=[])
    assert len(pages(out)) == 1
    assert "There is nobody in this team yet." in text(out)


def test_estimated_figures_are_marked_where_asked() -> None:
    out = team_overview(team(), [], HEAD, "", estimate=True)
    assert all("Estimate" in page for page in pages(out))


def test_danish() -> None:
    set_language("da")
    out = team_overview(chain(2), [("PV", [1_234_500, 0])], HEAD, "oktober 2026", active=[True, False])
    found = text(out)
    assert "Oktober 2026" in found
    assert "1.234,5" in found
    assert _("Team overview") in found


def test_equal_teams_give_equal_bytes_and_it_can_be_cancelled() -> None:
    members = team()
    made = [team_overview(members, [("PV", members.volumes["pv"])], HEAD, "x") for _round in range(2)]
    assert made[0] == made[1]
    with pytest.raises(Cancelled):
        team_overview(members, [], HEAD, "x", cancelled=lambda: True)
