"""Two cards made one on the screen, the list of those who may stand here twice, and the hint while typing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from organizer.domain.contact import Contact, Labelled
from organizer.domain.duplicate_merge import Side
from organizer.domain.picture import Picture
from organizer.domain.result import Cancelled
from organizer.domain.team import Member
from organizer.i18n import set_language
from organizer.services import companies, contacts, duplicates, files
from organizer.services.duplicates import Pair
from organizer.services.jobs import Job, Progress
from organizer.storage import contacts as stored
from organizer.storage import pictures, relations, team
from organizer.ui.context import Context
from organizer.ui.dialogs.merge import DuplicatesDialog, MergeDialog
from organizer.ui.pages.contacts.alike_hint import AlikeHint
from organizer.ui.tasks import Tasks

ANNA = Contact(
    first_name="Anna",
    last_name="Berg",
    phones=(Labelled("12 34 56 78", "Mobile"),),
    notes="Likes green.",
    tags=("a & b",),
)
ALSO = Contact(
    first_name="Anna",
    last_name="Bergg",
    phones=(Labelled("+45 12345678"), Labelled("87654321", "Work")),
    notes="Has a <b>dog</b>.",
    birthday="1962-02-15",
)


@pytest.fixture
def context(tmp_path: Path, qapp) -> Iterator[Context]:
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    tasks = Tasks()
    made = Context(file, tasks)
    yield made
    tasks.shutdown()
    made.release()
    file.close()


@pytest.fixture
def hint(qtbot, context: Context) -> Iterator[AlikeHint]:
    """In a window, as on the card: owned by Python alone it would go while its last line is being taken down."""
    host = QWidget()
    qtbot.addWidget(host)
    made = AlikeHint(context)
    made.setParent(host)
    host.show()
    yield made
    host.close()


@pytest.fixture
def two(context: Context) -> tuple[int, int]:
    return contacts.add(context.file, ANNA), contacts.add(context.file, ALSO)


def opened(qtbot, dialog):
    with qtbot.waitActive(dialog):  # it deletes itself when it closes: qtbot must not
        dialog.show()
        dialog.activateWindow()
    return dialog


def key(qtbot, widget, key: Qt.Key) -> None:
    widget.setFocus()
    qtbot.keyClick(widget, key)


def press(qtbot, dialog, word: str) -> None:
    """Press the button whose word begins so."""
    found = [b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "").startswith(word)]
    assert len(found) == 1
    qtbot.keyClick(found[0], Qt.Key.Key_Space)


def test_she_reads_chooses_and_merges_by_keyboard(qtbot, context: Context, two: tuple[int, int]) -> None:
    dialog = opened(qtbot, MergeDialog(context, *two))
    assert dialog.cards[0].keep.hasFocus()
    assert {field: set(sides) for field, sides in dialog.rows.choices.items()} == {
        "name": {Side.KEPT, Side.OTHER},
        "notes": {Side.KEPT, Side.OTHER, Side.BOTH},
    }
    assert "Anna Berg\n" in dialog.outcome.text() + "\n"
    key(qtbot, dialog.rows.choices["name"][Side.KEPT], Qt.Key.Key_Right)
    assert dialog.rows.sides()["name"] is Side.OTHER
    assert dialog.outcome.text().startswith("Anna Bergg\n")
    qtbot.keyClick(dialog.lists.boxes["phones"][1], Qt.Key.Key_Space)
    answers: list[str] = []
    context.answered.connect(lambda text, _undo: answers.append(text))
    press(qtbot, dialog, "Merge")
    assert answers == ["Anna Bergg is one card now."]
    card = contacts.get(context.file, two[0])
    assert card.name == "Anna Bergg"
    assert card.phones == (Labelled("12 34 56 78", "Mobile"),)
    assert card.notes == "Likes green.\n\nHas a <b>dog</b>."
    assert card.birthday == "1962-02-15"
    assert contacts.get(context.file, two[1]) is None
    files.undo(context.file)
    assert contacts.get(context.file, two[1]).name == "Anna Bergg"


def test_what_is_kept_is_told_and_user_text_is_no_markup(qtbot, context: Context, two: tuple[int, int]) -> None:
    dialog = opened(qtbot, MergeDialog(context, *two))
    assert dialog.lists.boxes["tags"][0].text() == "a && b"
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel) if label.text()
    )
    key(qtbot, dialog.cards[0].keep, Qt.Key.Key_Right)
    assert dialog.cards[1].keep.isChecked()
    assert dialog.outcome.text().startswith("Anna Bergg\n"), "the card that is kept is followed where they differ"
    assert dialog.picture.isHidden()
    press(qtbot, dialog, "Merge")
    assert contacts.get(context.file, two[0]) is None
    assert contacts.get(context.file, two[1]).name == "Anna Bergg"


def test_the_other_picture_can_be_taken(qtbot, context: Context, two: tuple[int, int]) -> None:
    with context.file.deed("contact.edit"):
        for id_, data in zip(two, (b"one", b"two"), strict=True):
            pictures.set_of_person(context.file, id_, Picture("image/png", data))
    dialog = opened(qtbot, MergeDialog(context, *two))
    assert dialog.picture.isVisible()
    qtbot.keyClick(dialog.picture, Qt.Key.Key_Space)
    press(qtbot, dialog, "Merge")
    assert pictures.of_person(context.file, two[0]) == Picture("image/png", b"two")


def test_two_places_in_a_team_are_said_and_nothing_can_be_merged(
    qtbot, context: Context, two: tuple[int, int]
) -> None:
    company = companies.everyone(context.file)[0]
    with context.file.deed("member.add"):
        first = team.next_member_id(context.file)
        team.insert(context.file, [Member(first + i, company.id, id_, str(90 + i)) for i, id_ in enumerate(two)])
    dialog = opened(qtbot, MergeDialog(context, *two))
    assert "remove one of the two places first" in dialog.problem.text()
    key(qtbot, dialog.cards[0].keep, Qt.Key.Key_Right)
    assert not dialog.go.isEnabled()
    dialog.accept()
    assert contacts.get(context.file, two[1])
    dialog.reject()


def test_somebody_who_is_gone_is_said(qtbot, context: Context, two: tuple[int, int]) -> None:
    contacts.delete(context.file, [two[1]])
    dialog = opened(qtbot, MergeDialog(context, *two))
    assert dialog.problem.text() == "This contact is gone. Nothing was changed."
    assert not dialog.go.isEnabled()
    dialog.accept()
    dialog.reject()


def test_two_people_are_said_to_be_two(qtbot, context: Context, two: tuple[int, int]) -> None:
    dialog = opened(qtbot, MergeDialog(context, *two))
    press(qtbot, dialog, "They are")
    assert duplicates.pairs(context.file).now() == []
    assert contacts.get(context.file, two[1])


def searched(qtbot, context: Context) -> DuplicatesDialog:
    dialog = opened(qtbot, DuplicatesDialog(context))
    qtbot.waitUntil(dialog.again.isEnabled)
    return dialog


def lines(dialog: DuplicatesDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_the_list_is_worked_through(qtbot, context: Context, two: tuple[int, int]) -> None:
    contacts.add(context.file, Contact(first_name="Peter", last_name="Berg", phones=ANNA.phones))
    contacts.add(context.file, Contact(first_name="Tasneem", last_name="Vestergård"))
    contacts.add(context.file, Contact(first_name="Tasneem", last_name="Vestergaard"))
    dialog = searched(qtbot, context)
    assert lines(dialog) == [
        "Anna Berg and Anna Bergg\nAlmost certain: Same phone · Nearly the same name",
        "Tasneem Vestergård and Tasneem Vestergaard\nLikely: Same name",
        "Anna Berg and Peter Berg\nPerhaps: Same phone · Different first names: perhaps one household",
        "Anna Bergg and Peter Berg\nPerhaps: Same phone · Different first names: perhaps one household",
    ]
    dialog.list.setCurrentRow(1)
    press(qtbot, dialog, "Later")
    assert len(lines(dialog)) == 3
    dialog.list.setCurrentRow(1)
    press(qtbot, dialog, "They are")
    assert len(lines(dialog)) == 2
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    merge = dialog.findChild(MergeDialog)
    merge.accept()
    assert lines(dialog) == [], (
        "the third was a pair with the card that is gone, and the second was said to be two"
    )
    assert dialog.empty.isVisible()
    assert not dialog.go.isEnabled()
    dialog.answers.undo_asked.emit()
    qtbot.waitUntil(lambda: dialog.list.count() == 3)
    dialog.close()


def test_the_search_can_be_stopped_and_started_again(
    qtbot, context: Context, two: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(progress: Progress) -> list[Pair]:
        while not progress.cancelled():
            pass
        raise Cancelled

    with monkeypatch.context() as patched:
        patched.setattr(duplicates, "pairs", lambda _file: Job("Looking", endless))
        dialog = opened(qtbot, DuplicatesDialog(context))
        qtbot.waitUntil(dialog.tasks.active)
        press(qtbot, dialog.answers, "Cancel")
        qtbot.waitUntil(dialog.again.isEnabled)
    assert dialog.empty._title.text() == "The search was stopped"
    press(qtbot, dialog, "Search")
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    dialog.close()


def test_nobody_twice(qtbot, context: Context) -> None:
    dialog = searched(qtbot, context)
    assert dialog.empty._title.text() == "Nobody seems to stand here twice"
    dialog.close()


def test_the_hint_tells_who_is_here_already(
    qtbot, context: Context, hint: AlikeHint, two: tuple[int, int]
) -> None:
    hint.show_for(Contact(first_name="Anna"))
    hint.look()
    assert hint.isHidden()
    hint.show_for(Contact(first_name="Anna", last_name="Berg", phones=ANNA.phones))
    assert hint.isHidden(), "not before the typing rests"
    qtbot.waitUntil(lambda: not hint.isHidden())
    assert [one.person_id for one in hint.found] == list(two)
    asked: list[int] = []
    hint.open_asked.connect(asked.append)
    buttons = hint.findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["Open", "Open"], "who isn't stored can't be merged"
    assert buttons[0].accessibleName() == "Open Anna Berg"
    qtbot.keyClick(buttons[1], Qt.Key.Key_Space)
    assert asked == [two[1]]
    hint.show_for(Contact())
    hint.look()
    assert hint.isHidden()


def test_the_hint_offers_to_merge_who_is_stored(
    qtbot, context: Context, hint: AlikeHint, two: tuple[int, int]
) -> None:
    hint.show_for(contacts.get(context.file, two[0]))
    hint.look()
    asked: list[int] = []
    hint.merge_asked.connect(asked.append)
    press(qtbot, hint, "Merge")
    assert asked == [two[1]]
    press(qtbot, hint, "Two people")
    assert hint.isHidden()
    assert len(relations.everyone(context.file)) == 1


def test_the_hint_follows_what_is_done(qtbot, context: Context, hint: AlikeHint, two: tuple[int, int]) -> None:
    hint.show_for(contacts.get(context.file, two[0]))
    hint.look()
    assert not hint.isHidden()
    contacts.delete(context.file, [two[1]])
    qtbot.waitUntil(hint.isHidden)


def test_who_only_stands_in_a_team_is_put_into_contacts(
    qtbot, context: Context, hint: AlikeHint, two: tuple[int, int]
) -> None:
    with context.file.deed("contact.edit"):
        stored.update(context.file, replace(contacts.get(context.file, two[1]), listed=False))
    hint.show_for(replace(ALSO))
    hint.look()
    asked: list[int] = []
    hint.open_asked.connect(asked.append)
    press(qtbot, hint, "Show in Contacts")
    assert asked == [two[1]]
    assert contacts.get(context.file, two[1]).listed


def test_a_large_file_is_read_without_waiting(
    qtbot, context: Context, hint: AlikeHint, two: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "_QUICK", 0)
    hint.show_for(replace(ANNA))
    hint.look()
    hint.look()
    assert hint.isHidden()
    qtbot.waitUntil(lambda: not hint.isHidden())
    assert duplicates.is_ready(context.file)


def test_every_mnemonic_is_its_own(qtbot, context: Context, two: tuple[int, int]) -> None:
    for language in ("en", "da"):
        set_language(language)
        for dialog in (MergeDialog(context, *two), DuplicatesDialog(context)):
            dialog.show()
            words = [b.text().replace("&&", "") for b in dialog.findChildren(QPushButton)]
            if isinstance(dialog, MergeDialog):
                words += [card.keep.text() for card in dialog.cards] + [dialog.picture.text()]
            keys = [word[word.index("&") + 1].lower() for word in words if "&" in word]
            assert len(keys) == len(set(keys)), (language, keys)
            dialog.close()
