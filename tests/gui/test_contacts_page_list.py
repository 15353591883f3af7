"""The list under the search: plain rows, narrowed at each key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from organizer.domain.contact import fold, search_text, sort_key
from organizer.services.contacts import ContactRow
from organizer.ui.models.contacts import CITY, NAME, ContactsModel
from organizer.ui.pages.list_pane import ListPane

NAMES = ["Anna Åberg", "Åse Laursen", "Zoë Bøgh", "Łukasz Dam", "anna ærø", "Ελένη K", "<b>Bo</b>", "Aage Holm"]


def row(id_: int, name: str, city: str = "", phone: str = "") -> ContactRow:
    return ContactRow(id_, name, phone, "", city, search_text(name, city, phone))


def rows(count: int = len(NAMES)) -> list[ContactRow]:
    made = [row(i + 1, f"{NAMES[i % len(NAMES)]}", f"By {i % 7}", f"{i:08d}") for i in range(count)]
    return sorted(made, key=lambda r: (sort_key(r.name), r.id))


texts = st.text(alphabet="abåzø l1<", max_size=5)


@given(st.lists(texts, max_size=6))
def test_any_typing_leaves_just_the_rows_that_hold_every_word(qapp: object, queries: list[str]) -> None:
    model = ContactsModel()
    model.set_rows(rows(20))
    for query in queries:
        model.search(query)
        words = [{word, word.replace("aa", "å"), word.replace("å", "aa")} for word in fold(query).split()]
        hits = [r for r in rows(20) if all(any(way in r.search for way in ways) for ways in words)]
        assert list(model.shown) == hits


@given(texts, st.integers(0, 2), st.booleans())
def test_a_row_is_found_where_it_is_shown(qapp: object, query: str, column: int, descending: bool) -> None:
    model = ContactsModel()
    model.set_rows(rows(20))
    model.sort(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
    model.search(query)
    lines = {r.id: line for line, r in enumerate(model.shown)}
    assert [model.place(id_) for id_ in range(1, 25)] == [lines.get(id_, -1) for id_ in range(1, 25)]


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = ContactsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(rows(50))
    for query in ("a", "an", "zzz", ""):
        model.search(query)
    model.sort(CITY, Qt.SortOrder.DescendingOrder)
    model.set_rows([])
    assert model.rowCount() == 0


def test_sorting_by_city_is_danish_and_puts_the_unknown_last() -> None:
    model = ContactsModel()
    model.set_rows([row(1, "A", "Ærø"), row(2, "B"), row(3, "C", "Aalborg"), row(4, "D", "Vejle")])
    model.sort(CITY)
    assert [r.city for r in model.shown] == ["Vejle", "Ærø", "Aalborg", ""]
    model.sort(NAME)
    assert [r.name for r in model.shown] == ["A", "B", "C", "D"]


@pytest.fixture
def pane(qtbot: QtBot) -> ListPane[ContactRow]:
    made: ListPane[ContactRow] = ListPane(ContactsModel(), "Contacts", "Search", lambda n: f"{n} contacts")
    made.set_widths(100, 100)
    made.resize(400, 500)
    qtbot.addWidget(made)
    made.show()
    made.set_rows(rows(2000))
    return made


def test_a_keystroke_paints_only_what_is_seen(pane: ListPane[ContactRow], qtbot: QtBot) -> None:
    asked = []
    pane.model.cell = lambda row, column: asked.append(row.id) or row.name  # type: ignore[method-assign, func-returns-value]
    qtbot.keyClicks(pane.search, "a")
    pane.table.viewport().repaint()
    assert 0 < len(asked) < 200


def test_what_is_selected_stays_selected_while_it_is_shown(pane: ListPane[ContactRow], qtbot: QtBot) -> None:
    chosen = next(r.id for r in pane.model.shown if r.name == "Åse Laursen")
    pane.select(chosen)
    told: list[int] = []
    pane.chosen.connect(told.append)
    qtbot.keyClicks(pane.search, "åse la")
    assert pane.selected() == [chosen]
    assert told == []
    assert pane.table.visualRect(pane.table.currentIndex()).isValid()
    pane.table.horizontalHeader().sortIndicatorChanged.emit(CITY, Qt.SortOrder.DescendingOrder)
    assert pane.selected() == [chosen]


def test_the_first_hit_is_chosen_once_typing_rests(pane: ListPane[ContactRow], qtbot: QtBot) -> None:
    pane.select(pane.model.shown[0].id)
    with qtbot.waitSignal(pane.chosen, check_params_cb=bool):
        qtbot.keyClicks(pane.search, "zoe")
    assert pane.current() == pane.model.shown[0].id
    assert pane.model.shown[0].name == "Zoë Bøgh"


def test_several_selected_survive_other_rows(pane: ListPane[ContactRow]) -> None:
    pane.table.selectAll()
    assert len(pane.selected()) == 2000
    assert "2,000 selected" in pane.count.text()
    pane.set_rows(rows(10))
    assert sorted(pane.selected()) == list(range(1, 11))


def test_the_count_says_how_many_of_how_many(pane: ListPane[ContactRow], qtbot: QtBot) -> None:
    assert pane.count.text() == "2000 contacts"
    qtbot.keyClicks(pane.search, "zoe")
    assert pane.count.text() == "250 of 2000 contacts"
    qtbot.keyClicks(pane.search, "qqq")
    assert "Nothing matches" in pane.count.text()
    qtbot.keyClick(pane.search, Qt.Key.Key_Escape)
    assert pane.count.text() == "2000 contacts"
