"""The leg report and the lists of who is new and silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from pdf_support import HEAD, chain, dense, pages, team, text

from organizer.domain import tree
from organizer.domain.result import Cancelled
from organizer.domain.team import Kind, Team, Tree
from organizer.i18n import set_language
from organizer.reports.team_leg import leg_report
from organizer.reports.team_people import People, Person, new_and_silent
from organizer.reports.team_seen import Naming, Seen

ANNA = Person(
    "Anna Jensen", "12 34 56 78", date(2026, 10, 3), None, date(2026, 9, 1), 120_500, None, "Below Mette"
)


def seen(members: Team, **more: Any) -> Seen:
    pv = members.volumes.get("pv", [1_000] * len(members))
    return Seen(members, "october 2026", [("PV", pv), ("Group", pv)], [True] * len(members), **more)


def fork() -> Team:
    """A top with two legs, one of three and one of one, and somebody beside her."""
    parent = [-1, 0, 1, 1, 0, -1]
    kinds = [Kind.CUSTOMER if place == 3 else Kind.DISTRIBUTOR for place in range(6)]
    return replace(chain(6), sponsor=parent, placement=parent, kinds=kinds)


def test_a_leg_tells_her_figures_her_legs_and_everybody_below() -> None:
    found = text(leg_report(seen(fork(), top=0), HEAD))
    assert "Leg report: Person0" in found
    assert "October 2026 · 5 members · 5 active" in found
    assert "4 below her · 1 customer" in found
    assert "2 legs" in found
    assert "Person1 1 1 3 3" in found
    assert "Person4 1 1 1 1" in found
    assert "Person5" not in found
    assert found.index("Person2") > found.index("Everyone, one under the other")


def test_the_whole_team_has_its_tops_as_legs() -> None:
    found = text(leg_report(seen(fork()), HEAD))
    assert "Legs of the team" in found
    assert "6 members" in found
    assert found.count("Person5") == 2


def test_everybody_of_a_large_leg_is_in_its_outline() -> None:
    members = team()
    found = text(leg_report(seen(members, top=1), HEAD))
    below = tree.members_below(members.sponsor, tree.top_down(members.sponsor), 1)
    assert all(members.numbers[member] in found for member in below)
    others = set(range(len(members))) - {1, *below}
    assert not any(members.numbers[member] in found for member in others)


def test_the_strongest_leg_has_the_longest_bar() -> None:
    members = replace(chain(3), sponsor=[-1, 0, 0], placement=[-1, 0, 0])
    weak, strong = seen(members, top=0), seen(members, top=0)
    weak = replace(weak, figures=[("PV", [0, 1_000, 1_000])])
    strong = replace(strong, figures=[("PV", [0, 1_000, 4_000])])
    widths = []
    for one in (weak, strong):
        with pypdfium2.PdfDocument(leg_report(one, HEAD)) as pdf:
            paths = [item.get_bounds() for item in pdf[0].get_objects() if item.type == 2]
        widths.append(sorted(right - left for left, bottom, right, top in paths if round(top - bottom) == 5))
    assert widths[0][0] == pytest.approx(widths[0][1])
    assert widths[1][0] == pytest.approx(widths[1][1] / 4, rel=0.05)


def test_a_leg_of_the_placement_tree_says_left_and_right() -> None:
    members = replace(fork(), legs=["", "right", "", "", "left", ""], sponsor=[-1] * 6)
    found = text(leg_report(seen(members, top=0, shown=Tree.PLACEMENT, width=2), HEAD))
    assert "Person1 (Right)" in found
    assert "Person4 (Left)" in found
    assert "Placement tree" in found


def test_one_alone_and_an_empty_team_have_reports() -> None:
    assert "0 below her" in text(leg_report(seen(chain(1), top=0), HEAD))
    assert "There is nobody in this team yet." in text(leg_report(seen(chain(0)), HEAD))


@pytest.mark.parametrize("naming", [Naming.NUMBERS, Naming.INITIALS])
def test_a_leg_without_names_names_nobody(naming: Naming) -> None:
    made = leg_report(seen(fork(), top=0, naming=naming), HEAD)
    with pypdfium2.PdfDocument(made) as pdf:
        assert "Person" not in dense(made) + "".join(pdf.get_metadata_dict().values())
    assert b"Person" not in made


def test_lists_have_who_to_call_with_days_and_figures() -> None:
    lists = [
        People("Welcome them", "Who joined in October.", [ANNA]),
        People("Ask how they are", "Who had no PV.", [], ["Of 3 more some figures aren't known."]),
    ]
    found = text(new_and_silent(lists, HEAD, "october 2026", "PV"))
    assert "Welcome them · 1 person" in found
    assert "Anna Jensen" in found
    assert "12 34 56 78 03/10/2026 – 01/09/2026 120.5 –" in found
    assert "Below Mette" in found
    assert "Ask how they are · 0 people" in found
    assert "Of 3 more" in found
    assert "Phone" in found


def test_lists_without_names_have_no_column_for_phones() -> None:
    unnamed = replace(ANNA, called="10001", phone="")
    made = new_and_silent([People("x", "y", [unnamed])], HEAD, "", "PV", named=False)
    assert "Phone" not in text(made)
    assert "10001" in text(made)


def test_a_long_list_runs_over_pages_with_its_head() -> None:
    made = new_and_silent([People("x", "y", [ANNA] * 120)], HEAD, "", "PV")
    assert len(pages(made)) > 2
    assert all("Last order" in page for page in pages(made))
    assert text(made).count("Anna Jensen") == 120


def test_equal_input_gives_equal_bytes_danish_speaks_and_both_can_be_cancelled() -> None:
    set_language("da")
    lists = [People("x", "y", [ANNA])]
    assert leg_report(seen(team(), top=1), HEAD) == leg_report(seen(team(), top=1), HEAD)
    made = [new_and_silent(lists, HEAD, "oktober 2026", "PV") for _round in range(2)]
    assert made[0] == made[1]
    assert "03.10.2026" in text(made[0])
    assert "Oktober 2026" in text(made[0])
    with pytest.raises(Cancelled):
        leg_report(seen(team()), HEAD, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        new_and_silent(lists, HEAD, "", "PV", cancelled=lambda: True)


def test_an_empty_list_is_not_left_over_for_a_page_of_its_own() -> None:
    full = People("Welcome them", "Who joined.", [ANNA] * 27)
    empty = People("Ask how they are", "Distributors without any.", [], ["A note that needs a line."])
    for count in range(20, 32):
        lists = [replace(full, people=[ANNA] * count), empty]
        first, *others = pages(new_and_silent(lists, HEAD, "october 2026", "PV"))
        assert "Ask how they are · 0 people" in first
        assert "A note that needs a line." in first
        assert all("Anna Jensen" in page for page in others)
