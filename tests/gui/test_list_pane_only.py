"""A list of which only some lines show: search, sorting and selection go on as before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from organizer.domain.contact import fold, search_text
from organizer.services.contacts import ContactRow
from organizer.ui.models.contacts import ContactsModel
from organizer.ui.pages.list_pane import ListPane

NAMES = ["Anna", "Bo", "Carl", "Dorte", "Åse"]
ROWS = [
    ContactRow(n + 1, f"{NAMES[n % 5]} {n:02}", "", "", "", search_text(NAMES[n % 5], str(n))) for n in range(20)
]
ORDER = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)

steps = st.lists(
    st.tuples(
        st.sampled_from(["only", "search", "sort"]),
        st.none() | st.frozensets(st.integers(1, 25)),
        st.text(alphabet="anåo1 ", max_size=3),
        st.integers(0, 2),
        st.booleans(),
    ),
    max_size=8,
)


@given(steps)
def test_whatever_is_done_just_the_lines_that_belong_are_shown(qapp: object, done) -> None:  # type: ignore[no-untyped-def]
    model = ContactsModel()
    model.set_rows(ROWS)
    only: frozenset[int] | None = None
    words: list[str] = []
    for what, ids, text, column, descending in done:
        if what == "only":
            only = ids
            model.set_only(ids)
        elif what == "search":
            words = fold(text).split()
            model.search(text)
        else:
            model.sort(column, ORDER[descending])
        wanted = {r.id for r in ROWS if (only is None or r.id in only) and all(word in r.search for word in words)}
        assert {r.id for r in model.shown} == wanted
        lines = {r.id: line for line, r in enumerate(model.shown)}
        assert [model.place(id_) for id_ in range(1, 26)] == [lines.get(id_, -1) for id_ in range(1, 26)]
        assert model.total == len(ROWS)


def test_what_is_selected_stays_selected_and_an_empty_list_says_so(qtbot: QtBot) -> None:
    pane: ListPane[ContactRow] = ListPane(ContactsModel(), "Contacts", "Search", lambda n: f"{n} contacts")
    qtbot.addWidget(pane)
    pane.set_rows(ROWS)
    pane.select(7)
    told: list[int] = []
    pane.chosen.connect(told.append)
    pane.set_only(frozenset({3, 7, 9}))
    assert pane.selected() == [7]
    assert told == []
    pane.set_only(frozenset())
    assert pane.count.text() == "There is nobody on this list now."
    assert told == [0]
    pane.search.setText("zz")
    assert "Esc in the search" in pane.count.text()
    asked: list[bool] = []
    pane.all_asked.connect(lambda: asked.append(True))
    pane.show_all()
    assert len(pane.model.shown) == 20
    assert asked == [True]
