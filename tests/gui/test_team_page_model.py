"""The team's tree model: right under random teams and edits, and lean while it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from organizer.domain import tree
from organizer.domain.contact import sort_key
from organizer.domain.period import Period
from organizer.domain.team import Kind, Team
from organizer.i18n import set_language
from organizer.services.team import TeamView
from organizer.services.team_filter import Filter, Finder
from organizer.ui import theme
from organizer.ui.models.team import TeamModel
from organizer.ui.models.team_cells import ACTIVE, GROUP, JOINED, NAME, PERSONAL, RANK
from organizer.ui.pages.team.find import Hits
from organizer.ui.pages.team.tree_view import TeamTree

DISPLAY, TIP, SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole


def view_of(
    sponsor: Sequence[int],
    personal: Sequence[int | None] | None = None,
    names: Sequence[str] | None = None,
    ids: Sequence[int] | None = None,
    kinds: Sequence[Kind] | None = None,
) -> TeamView:
    size = len(sponsor)
    personal = personal or [None] * size
    team = Team(
        ids=ids or range(1, size + 1),
        numbers=[str(1000 + i) for i in range(size)],
        names=names or [f"Member {i}" for i in range(size)],
        person_ids=range(1, size + 1),
        sponsor=sponsor,
        placement=sponsor,
        kinds=kinds or [Kind.DISTRIBUTOR] * size,
        ranks=[""] * size,
        joined=[None] * size,
        volumes={"pv": personal},
        me=0 if size else -1,
    )
    group = tree.subtree_sums(sponsor, tree.top_down(sponsor), [amount or 0 for amount in personal])
    return TeamView(team, None, Period.parse("2026-10"), personal, group, [None] * size)


@st.composite
def views(draw: st.DrawFn) -> TeamView:
    size = draw(st.integers(0, 25))
    sponsor = [draw(st.integers(-1, i - 1)) for i in range(size)]
    ids = sorted(draw(st.permutations(range(1, 60)))[:size])
    names = draw(st.lists(st.sampled_from(["Åse", "Anna", "Zoë", "Bo", "Ærø"]), min_size=size, max_size=size))
    personal = draw(st.lists(st.none() | st.integers(-5000, 5000), min_size=size, max_size=size))
    return view_of(sponsor, personal, names, ids)


def walked(model: TeamModel, parent: QModelIndex | None = None) -> dict[int, int]:
    """Each member's id with the id above her (0 at a top), read through the model alone."""
    found: dict[int, int] = {}
    waiting = [parent or QModelIndex()]
    for above in waiting:
        for row in range(model.rowCount(above)):
            index = model.index(row, 0, above)
            assert model.parent(index) == above
            assert index.row() == row
            found[model.member_id(index)] = model.member_id(above)
            waiting.append(index)
    return found


def expected(view: TeamView) -> dict[int, int]:
    ids = view.team.ids
    return {ids[i]: ids[above] if above >= 0 else 0 for i, above in enumerate(view.team.sponsor)}


@given(st.lists(st.tuples(views(), st.integers(0, 6), st.booleans()), min_size=1, max_size=5))
def test_the_tree_is_the_team_after_any_edits_and_sortings(
    qapp: QApplication, states: list[tuple[TeamView, int, bool]]
) -> None:
    model = TeamModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_other(states[0][0])
    for view, column, descending in states:
        kept = {id_: QPersistentModelIndex(model.index_of(id_)) for id_ in walked(model)}
        model.show(view)
        assert walked(model) == expected(view)
        for id_, index in kept.items():
            assert model.member_id(index) == (id_ if id_ in view.team.ids else 0)
        model.sort(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        assert walked(model) == expected(view)
        assert sorted(model.order()) == list(range(len(view.team)))
    tester.deleteLater()


@st.composite
def narrowings(draw: st.DrawFn) -> tuple[TeamView, list[bytearray | None]]:
    view = draw(views())
    size = len(view.team)
    mask = st.binary(min_size=size, max_size=size).map(lambda raw: bytearray(byte % 2 for byte in raw))
    return view, draw(st.lists(st.none() | mask, min_size=1, max_size=4))


@given(narrowings(), st.booleans(), st.integers(0, 18))
def test_only_the_hits_and_those_above_them_are_shown(
    qapp: QApplication, drawn: tuple[TeamView, list[bytearray | None]], only: bool, column: int
) -> None:
    view, masks = drawn
    model = TeamModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_other(view)
    whole = expected(view)
    for mask in masks:
        model.narrow(mask, only)
        kept = set(whole)
        if mask is not None and only:
            kept = {view.team.ids[at] for hit in range(len(mask)) if mask[hit] for at in path_to(view, hit)}
        assert walked(model) == {id_: above for id_, above in whole.items() if id_ in kept}
        model.show(view, hits=mask)
        model.sort(column, Qt.SortOrder.DescendingOrder)
        assert set(walked(model)) == kept
        assert {view.team.ids[at] for at in model.order()} == kept
    tester.deleteLater()


def path_to(view: TeamView, position: int) -> list[int]:
    return [position, *tree.ancestors(view.parent, position)]


def column_below_top(model: TeamModel, column: int) -> list[str]:
    top = model.index(0, 0)
    return [model.data(model.index(row, column, top)) for row in range(model.rowCount(top))]


def test_members_are_sorted_as_danes_sort(qapp: QApplication) -> None:
    names = ["Top", "Åse", "Ane", "Zoe", "Østen"]
    model = TeamModel()
    model.show_other(view_of([-1, 0, 0, 0, 0], names=names))
    assert column_below_top(model, NAME) == sorted(names[1:], key=sort_key) == ["Ane", "Zoe", "Østen", "Åse"]


@pytest.mark.parametrize(
    ("descending", "shown"), [(False, ["−2", "0", "90", "–"]), (True, ["90", "0", "−2", "–"])]
)
def test_the_unknown_come_last_whichever_way_volumes_are_sorted(
    qapp: QApplication, descending: bool, shown: list[str]
) -> None:
    model = TeamModel()
    model.show_other(view_of([-1, 0, 0, 0, 0], [None, 0, None, 90_000, -2_000]))
    model.sort(PERSONAL, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
    assert column_below_top(model, PERSONAL) == shown


def test_an_unknown_volume_is_never_shown_as_nothing(qapp: QApplication) -> None:
    # 1 knows nothing and neither does 2 below her; 3 knows a zero, which is a fact
    model = TeamModel()
    model.show_other(view_of([-1, 0, 1, 0], [None, None, None, 0]))
    texts = {i: (model.data(model.index_at(i, PERSONAL)), model.data(model.index_at(i, GROUP))) for i in range(4)}
    assert texts == {0: ("–", "0"), 1: ("–", "–"), 2: ("–", "–"), 3: ("0", "0")}
    assert model.data(model.index_at(1, GROUP), TIP) == "Not known"
    assert model.data(model.index_at(1, PERSONAL), SPOKEN) == "Not known"
    assert model.data(model.index_at(3, PERSONAL), SPOKEN) == "0"


def test_cells_speak_the_language_and_tell_a_customer_in_words(qapp: QApplication) -> None:
    set_language("da")
    view = view_of([-1, 0], [1_234_500, None], kinds=[Kind.DISTRIBUTOR, Kind.CUSTOMER])
    object.__setattr__(view.team, "joined", [date(2026, 3, 7), None])
    model = TeamModel()
    model.show_other(view)
    me, customer = 0, 1
    assert model.data(model.index_at(me, PERSONAL)) == "1.234,5"
    assert model.data(model.index_at(me, JOINED)) == "07.03.2026"
    assert model.data(model.index_at(customer, RANK))
    assert model.data(model.index_at(customer, ACTIVE)) == ""
    muted = model.data(model.index_at(customer, NAME), Qt.ItemDataRole.ForegroundRole)
    assert muted.color() == theme.muted()
    assert model.data(model.index_at(me, NAME), Qt.ItemDataRole.ForegroundRole) is None


def test_her_own_row_says_that_it_is_hers(qapp: QApplication) -> None:
    model = TeamModel()
    model.show_other(view_of([-1, 0], names=["Karen Holm", ""]))
    assert model.data(model.index_at(0)) == "Karen Holm (you)"
    assert model.data(model.index_at(1)) == "1001"
    model.show(view_of([-1], names=[""]))
    assert model.data(model.index_at(0)) == "You"


def test_a_name_is_never_markup(qapp: QApplication) -> None:
    model = TeamModel()
    model.show_other(view_of([-1], names=["<img src=x> & co"]))
    assert "&lt;img" in model.data(model.index_at(0), TIP)
    assert "&amp; co" in model.data(model.index_at(0), TIP)


class Counting(TeamModel):
    """Counts the cells that are asked for."""

    calls = 0

    def data(self, index, role=int(DISPLAY)):  # type: ignore[no-untyped-def]
        self.calls += 1
        return super().data(index, role)


def calls_per_repaint(qtbot, size: int) -> int:
    model = Counting()
    model.show_other(view_of([-1, *[i // 4 for i in range(size - 1)]]))
    shown = TeamTree(model)
    qtbot.addWidget(shown)
    shown.resize(900, 500)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.open_all()
    shown.viewport().repaint()
    model.calls = 0
    shown.viewport().repaint()
    return model.calls


def test_a_repaint_asks_no_more_cells_of_a_large_team(qtbot) -> None:
    small, large = calls_per_repaint(qtbot, 200), calls_per_repaint(qtbot, 20_000)
    assert 0 < large <= small * 1.1


def test_search_goes_down_the_tree_and_around(qapp: QApplication) -> None:
    names = ["Top", "Bo Holm", "Anna Holm", "Zoë", "Carl Holm"]
    model = TeamModel()
    model.show_other(view_of([-1, 0, 0, 2, 2], names=names))
    assert model.view
    finder, search = Finder(model.view, names, bytearray, list), Hits(model)
    find = lambda text: search.take(finder.hits(Filter(text)))  # noqa: E731
    find("holm")
    assert len(search) == 3
    # as the tree shows it: Anna Holm, below her Carl Holm, then Bo Holm
    first = search.next(0)
    second = search.next(first)
    third = search.next(second)
    assert [names[i] for i in (first, second, third)] == ["Anna Holm", "Carl Holm", "Bo Holm"]
    assert [search.number_of(i) for i in (first, second, third, 3)] == [1, 2, 3, 0]
    assert search.next(third) == first
    assert search.next(first, forward=False) == third
    assert finder.hits(Filter("zoe")) == [3]
    assert finder.hits(Filter("holm 1001")) == [1]
    find("nobody")
    assert (len(search), search.next(0)) == (0, -1)
    find("holm")
    model.sort(NAME, Qt.SortOrder.DescendingOrder)
    search.forget_order()
    assert names[search.next(0)] == "Bo Holm"


def test_a_chain_of_thousands_opens(qtbot) -> None:
    model = TeamModel()
    model.show_other(view_of(list(range(-1, 5_000))))
    shown = TeamTree(model)
    qtbot.addWidget(shown)
    shown.show()
    shown.open_all()
    assert shown.isExpanded(model.index_at(1_000))
    assert shown.jump(1_500)
    assert shown.current_id() == 1_500
