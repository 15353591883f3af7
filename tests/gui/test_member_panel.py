"""What a person does on a member's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from member_support import OCTOBER, SEPTEMBER, TODAY, opened, shown_page, small_team, typed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QBoxLayout, QHeaderView, QLabel, QWidget

from organizer.domain.contact import Contact, Labelled
from organizer.domain.team import Kind
from organizer.domain.timeline import EntryKind
from organizer.services import companies, contacts, files, team, timeline
from organizer.ui.context import Context
from organizer.ui.pages.team.member.link import NameLink
from organizer.ui.pages.team.page import TeamPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def context(tmp_path: Path, qapp: Any) -> Iterator[Context]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def ids(context: Context) -> dict[str, int]:
    return small_team(context)


@pytest.fixture
def page(qtbot: Any, context: Context, ids: dict[str, int]) -> TeamPage:
    return shown_page(qtbot, context)


def person_of(context: Context, id_: int) -> Contact:
    found = team.details(context.file, id_, OCTOBER)
    assert found
    return found.contact


def texts(part: Any) -> str:
    QApplication.processEvents()
    return " ".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def links(part: Any) -> dict[str, NameLink]:
    return {link.accessibleName(): link for link in part.findChildren(NameLink) if link.isVisible()}


def test_the_head_says_who_she_is_and_its_names_lead_on(
    qtbot: Any,
    page: TeamPage,
    ids: dict[str, int],
) -> None:
    page.choose(ids["Dorte"])
    head = page.panel.head
    assert head.title.text() == "Dorte Lund"
    assert head.facts.text() == "Distributor"
    assert set(links(head)) == {"Karen Holm (you)", "Anna Lund", "Carl Lund"}
    assert "Stands under" in texts(head)
    qtbot.mouseClick(links(head)["Anna Lund"], LEFT)
    assert page.shown_item() == ids["Anna"]
    assert page.tree.current_id() == ids["Anna"]
    page.choose(ids["Eva"])
    assert "Customer" in head.facts.text()
    assert "Customer of" in texts(head)
    page.choose(ids["Karen"])
    assert not links(head)
    assert page.panel.next_step.isHidden()


def test_where_the_trees_differ_both_are_told(page: TeamPage, context: Context, ids: dict[str, int]) -> None:
    team.move_member(context.file, ids["Dorte"], ids["Bo"], placement=True)
    page.choose(ids["Dorte"])
    told = texts(page.panel.head)
    assert "Stands under" in told
    assert "Recruited by" in told
    assert [*links(page.panel.head._under)] == ["Bo Lund"]
    assert [*links(page.panel.head._recruiter)] == ["Carl Lund"]


def test_her_figures_and_legs(qtbot: Any, page: TeamPage, ids: dict[str, int]) -> None:
    page.choose(ids["Anna"])
    figures, table = page.panel.figures, page.panel.legs.table
    assert (figures.group.text(), figures.below.text(), figures.frontline.text()) == ("150.5", "3", "2")
    rows = [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]
    assert [row[:3] for row in rows] == [["Carl Lund", "50.5", "2"], ["Eva Lund", "–", "1"]]
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.shown_item() == ids["Carl"]
    page.choose(ids["Dorte"])
    assert page.panel.legs.isHidden()


def test_history_is_a_chart_and_a_list_with_gaps(
    qtbot: Any,
    page: TeamPage,
    context: Context,
    ids: dict[str, int],
) -> None:
    member = team.details(context.file, ids["Anna"], OCTOBER)
    assert member
    team.save_member(context.file, replace(member.member, rank="Silver"), SEPTEMBER)
    team.save_member(context.file, replace(member.member, rank="Gold"), OCTOBER)
    page.choose(ids["Anna"])
    history = page.panel.history
    page.panel.finish()
    qtbot.waitUntil(lambda: len(history._groups) == 13)
    chart = history.chart
    assert chart.accessibleDescription() == "October 2026: PV 100, group volume 150.5, Gold"
    assert chart._data.marks == {12: "Gold"}
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert history.said.text() == "September 2026: PV 7, group volume 7, Silver"
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert history.said.text() == "October 2025: PV –, group volume –, Silver"
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.at() == 0
    qtbot.mouseClick(chart, LEFT, pos=chart.rect().center())
    assert chart.at() == 6
    assert not chart.grab().isNull()
    qtbot.mouseClick(history.as_list, LEFT)
    assert chart.isHidden()
    assert [history.table.item(0, column).text() for column in range(4)] == [
        "October 2026", "100", "150.5", "Gold",
    ]  # fmt: skip
    assert [history.table.item(2, column).text() for column in (1, 2)] == ["–", "–"]


def test_running_past_members_looks_nothing_up_that_takes_long(
    page: TeamPage,
    ids: dict[str, int],
    qtbot: Any,
) -> None:
    page.choose(ids["Anna"])
    page.choose(ids["Carl"])
    assert page.panel.history._points == ()
    qtbot.waitUntil(lambda: len(page.panel.history._points) == 13)
    page.choose(ids["Carl"])
    assert len(page.panel.history._points) == 13, "what is shown stays until it is looked up again"


def test_a_next_step_is_written_put_off_and_done(
    qtbot: Any,
    page: TeamPage,
    context: Context,
    ids: dict[str, int],
) -> None:
    page.choose(ids["Bo"])
    part, person = page.panel.next_step, person_of(context, ids["Bo"]).id
    part.when.setCurrentIndex(1)
    part.when.activated.emit(1)
    assert timeline.next_step(context.file, person) is None
    with qtbot.waitSignal(context.answered) as answer:
        typed(qtbot, part.what, "Ask how things are")
    assert answer.args[1] is True
    step = timeline.next_step(context.file, person)
    assert step
    assert (step.body, step.due) == ("Ask how things are", date(2026, 10, 21))
    part.when.setCurrentIndex(3)
    part.when.activated.emit(3)
    assert part.day.hasFocus()
    typed(qtbot, part.day, "soon")
    assert "soon is not a date" in texts(part)
    assert not page.panel.commit()
    typed(qtbot, part.day, "1.12.2026")
    step = timeline.next_step(context.file, person)
    assert step
    assert step.due == date(2026, 12, 1)
    page.choose(ids["Carl"])
    assert part.what.text() == ""
    page.choose(ids["Bo"])
    assert (part.what.text(), part.day.text()) == ("Ask how things are", "01/12/2026")
    qtbot.mouseClick(part.finish, LEFT)
    assert timeline.next_step(context.file, person) is None
    assert part.finish.isHidden()
    files.undo(context.file)
    assert part.what.text() == "Ask how things are"
    qtbot.mouseClick(part.clear, LEFT)
    assert timeline.next_step(context.file, person) is None
    assert part.what.text() == ""


def test_talks_and_notes_of_a_day(
    qtbot: Any,
    page: TeamPage,
    context: Context,
    ids: dict[str, int],
) -> None:
    page.choose(ids["Bo"])
    part, person = page.panel.timeline, person_of(context, ids["Bo"]).id
    assert part.last.text() == "No talk is noted here yet."
    qtbot.keyClicks(part.words, "All is well")
    qtbot.mouseClick(part.talk, LEFT)
    assert part.words.text() == ""
    assert part.last.text() == "You last talked on 20/10/2026."
    typed(qtbot, part.words, "Wants a catalogue")
    found = timeline.entries(context.file, person)
    assert [(one.day, one.kind, one.body) for one in found] == [
        (TODAY, EntryKind.NOTE, "Wants a catalogue"),
        (TODAY, EntryKind.TALK, "All is well"),
    ]
    assert "Wants a catalogue" in texts(part)
    away = [one for one in part.findChildren(QAbstractButton) if one.accessibleName() == "Remove this entry"]
    qtbot.mouseClick(next(one for one in away if one.isVisible()), LEFT)
    assert len(timeline.entries(context.file, person)) == 1
    files.undo(context.file)
    assert len(timeline.entries(context.file, person)) == 2
    # words that no button was pressed for are not lost
    part.words.setText("And a cup")
    page.choose(ids["Carl"])
    assert timeline.entries(context.file, person)[0].body == "And a cup"
    assert part.last.text() == "No talk is noted here yet."


def test_many_entries_are_shown_when_asked_for(
    page: TeamPage, context: Context, ids: dict[str, int], qtbot: Any
) -> None:
    person = person_of(context, ids["Bo"]).id
    for number in range(8):
        timeline.add_entry(context.file, person, TODAY, EntryKind.NOTE, f"Note {number}")
    page.choose(ids["Bo"])
    part = page.panel.timeline
    assert part.older.text() == "3 older"
    assert "Note 1" not in texts(part)
    qtbot.mouseClick(part.older, LEFT)
    assert "Note 0" in texts(part)
    assert part.older.isHidden()


def test_the_contact_card_is_the_same_person_in_both_places(
    qtbot: Any,
    page: TeamPage,
    context: Context,
    ids: dict[str, int],
) -> None:
    page.choose(ids["Bo"])
    card = page.panel.card
    typed(qtbot, card.fields["phones"], "12 34 56 78")
    typed(qtbot, card.fields["city"], "Aarhus")
    person = person_of(context, ids["Bo"])
    assert (person.phones, person.city, person.listed) == ((Labelled("12 34 56 78"),), "Aarhus", False)
    assert card.open.isHidden()
    qtbot.mouseClick(card.add, LEFT)
    assert [row.id for row in contacts.rows(context.file)] == [person.id]
    assert card.add.isHidden()
    with qtbot.waitSignal(context.goto) as asked:
        qtbot.mouseClick(card.open, LEFT)
    assert asked.args == ["contacts", person.id]
    contacts.save(context.file, replace(person_of(context, ids["Bo"]), phones=(Labelled("11"), Labelled("22"))))
    assert card.fields["phones"].text() == "11"
    assert "1 more is in Contacts." in texts(card)
    typed(qtbot, card.fields["phones"], "33")
    assert [entry.value for entry in person_of(context, ids["Bo"]).phones] == ["33", "22"]
    typed(qtbot, card.fields["city"], "x" * 300)
    assert "too long" in card.form.error("city")
    assert not page.panel.commit()
    typed(qtbot, card.fields["city"], "")
    assert page.panel.commit()


def test_notes_are_saved_at_once_and_undone(
    page: TeamPage,
    context: Context,
    ids: dict[str, int],
) -> None:
    page.choose(ids["Bo"])
    notes = page.panel.notes
    notes.text.setPlainText("Likes <b>tea</b>\nand walks")
    page.choose(ids["Carl"])
    assert person_of(context, ids["Bo"]).notes == "Likes <b>tea</b>\nand walks"
    files.undo(context.file)
    page.choose(ids["Bo"])
    assert notes.text.value() == ""
    notes.text.setPlainText("x" * 20_001)
    assert not page.panel.commit()
    assert "too long" in texts(notes)
    notes.text.setPlainText("short")
    assert page.panel.commit()
    assert person_of(context, ids["Bo"]).notes == "short"


def test_an_earlier_period_is_shown_as_it_was(
    qtbot: Any,
    page: TeamPage,
    context: Context,
    ids: dict[str, int],
) -> None:
    member = team.details(context.file, ids["Anna"], OCTOBER)
    assert member
    team.save_member(context.file, replace(member.member, rank="Gold", kind=Kind.CANCELLED), OCTOBER)
    page.choose(ids["Anna"])
    panel = page.panel
    assert panel.head.facts.text() == "Has left. Her place in the tree stays."
    assert panel.past.isHidden()
    context.choose_period(SEPTEMBER)
    assert not panel.past.isHidden()
    assert "September 2026 is shown as it was." in texts(panel.past)
    assert panel.about.fields["rank"].text() == ""
    assert panel.about.fields["rank"].isReadOnly()
    assert panel.about.kind.currentText() == "Distributor"
    for part in (panel.about.kind, panel.about.leg, panel.head.mover):
        assert not part.isEnabled()
    typed(qtbot, panel.volumes.fields["pv"], "9")
    found = team.details(context.file, ids["Anna"], SEPTEMBER)
    assert found
    assert found.volumes == {"pv": 9_000}
    typed(qtbot, panel.about.fields["number"], "77")
    now = team.details(context.file, ids["Anna"], OCTOBER)
    assert now
    assert (now.member.number, now.member.rank, now.member.kind) == ("77", "Gold", Kind.CANCELLED)
    qtbot.mouseClick(panel.past.latest, LEFT)
    assert context.period == OCTOBER


def test_a_rank_counts_from_the_shown_period_on(
    qtbot: Any,
    page: TeamPage,
    context: Context,
    ids: dict[str, int],
) -> None:
    page.choose(ids["Anna"])
    typed(qtbot, page.panel.about.fields["rank"], "Gold")
    company = context.company
    assert company
    now, then = (team.view(context.file, company.id, period) for period in (OCTOBER, SEPTEMBER))
    assert (now.team.ranks[1], then.team.ranks[1]) == ("Gold", "")


def test_the_page_opens_wide_and_comes_back(qtbot: Any, page: TeamPage, ids: dict[str, int]) -> None:
    page.choose(ids["Anna"])
    panel = page.panel
    assert panel._halves.direction() == QBoxLayout.Direction.TopToBottom
    narrow = panel.width()
    qtbot.mouseClick(panel.head.widen, LEFT)
    assert not page.tree.isVisible()
    assert panel.head.widen.accessibleName() == "Back to the team"
    qtbot.waitUntil(lambda: panel._halves.direction() == QBoxLayout.Direction.LeftToRight)
    qtbot.mouseClick(panel.head.widen, LEFT)
    assert page.tree.isVisible()
    qtbot.waitUntil(lambda: panel.width() <= narrow + 60)


def test_everything_that_tab_reaches_has_a_name(page: TeamPage, ids: dict[str, int]) -> None:
    page.choose(ids["Anna"])
    page.panel.finish()
    QApplication.processEvents()
    nameless = [
        widget
        for widget in page.panel.widget().findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
        if not (isinstance(widget, QAbstractButton) and widget.text())
        if not isinstance(widget, QHeaderView)
    ]
    assert nameless == []


def test_mnemonics_are_unique_and_leave_the_menus_theirs(page: TeamPage, ids: dict[str, int]) -> None:
    page.choose(ids["Anna"])
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.buddy()]
    texts_ = labels + [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    keys = [text[text.index("&") + 1].lower() for text in texts_ if "&" in text.replace("&&", "")]
    assert len(keys) > 10
    assert sorted({*keys, *"fevh"}) == sorted([*keys, *"fevh"])


def test_undo_of_a_next_step_shows_the_one_before(page: TeamPage, context: Context, ids: dict[str, int]) -> None:
    page.choose(ids["Anna"])
    person = person_of(context, ids["Anna"]).id
    timeline.set_next_step(context.file, person, TODAY, "Ring her")
    assert page.panel.next_step.what.text() == "Ring her"
    files.undo(context.file)
    assert page.panel.next_step.what.text() == ""


def test_without_a_plan_it_is_said_why_nobody_is_known_to_be_active(
    page: TeamPage, context: Context, ids: dict[str, int]
) -> None:
    page.choose(ids["Anna"])
    assert page.panel.figures.active.text() in ("Yes", "No")
    company = context.company
    assert company
    companies.save(context.file, replace(company, plan_id=""))
    assert page.panel.figures.active.text() == "Not known: choose a plan in Settings"
    page.choose(ids["Eva"])
    assert page.panel.figures.active.text() == "–", "a customer is neither"


def test_a_next_step_has_no_day_until_one_is_chosen(
    qtbot: Any, page: TeamPage, context: Context, ids: dict[str, int]
) -> None:
    page.choose(ids["Bo"])
    part = page.panel.next_step
    assert part.when.currentText() == "No day"
    typed(qtbot, part.what, "Ask how things are")
    step = timeline.next_step(context.file, person_of(context, ids["Bo"]).id)
    assert step
    assert step.due is None
