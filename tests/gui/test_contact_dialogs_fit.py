"""The dialogs about contacts at larger text: they fit, nothing is cut off, and each key leads to one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Contact, Labelled
from organizer.domain.timeline import FollowUp
from organizer.i18n import set_language
from organizer.services import companies, consents, contact_import, contacts, erasing, files, follow_ups
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.consent import GiveDialog, LiftDialog, NoDialog, WithdrawDialog
from organizer.ui.dialogs.contact_import.dialog import ContactImportDialog
from organizer.ui.dialogs.contact_import.export import ExportDialog
from organizer.ui.dialogs.contact_import.paste import PasteDialog
from organizer.ui.dialogs.contact_list.addresses import AddressesDialog
from organizer.ui.dialogs.contact_list.base import ListDialog, Sheet
from organizer.ui.dialogs.contact_list.call_sheet import CallSheetDialog
from organizer.ui.dialogs.contact_list.labels import LabelsDialog
from organizer.ui.dialogs.erase.erase import EraseDialog
from organizer.ui.dialogs.erase.unneeded import UnneededDialog
from organizer.ui.dialogs.follow_up import (
    DayDialog,
    PlanAgainDialog,
    PlansDialog,
    PurchaseDialog,
    StartPlanDialog,
    StepDialog,
)
from organizer.ui.dialogs.follow_up.edit_plan import EditPlanDialog
from organizer.ui.dialogs.merge import MergeDialog
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.entries_editor import EntriesEditor, _Row
from organizer.ui.widgets.label import OneLine

TODAY = date(2026, 11, 23)
NAME = "Karl-Emil Vestergaard-Andersen"
TABLE = "Hvem;Nr;Mail;Gave;Født\nBo Holm;22334455;b@example.com;krus;01-02-1980\nKarl-Emil;12345678;;;\n;;;krus;\n"


@pytest.fixture(params=["en", "da"])
def context(request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication) -> Iterator[Context]:
    """One who agreed, one who said no and is kept for a while, at 125 percent and in both languages."""
    set_language(request.param)
    theme.apply(qapp, "light", 1.25)
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    phones, emails = (Labelled("12 34 56 78", "Mobile"),), (Labelled("karl.emil.vestergaard@example.com"),)
    one = Contact(first_name="Karl-Emil", last_name="Vestergaard-Andersen", phones=phones, emails=emails)
    for person in (one, replace(one, last_name="Vestergård Andersen", birthday="1970-02-15", expires=TODAY)):
        id_ = contacts.add(file, replace(person, street="Ribsstien 54", postal_code="9000", city="Aalborg"))
        follow_ups.add(file, FollowUp(0, id_, TODAY - timedelta(days=3), "Ask how the holiday was"))
    consents.give(file, 2, list(Channel), TODAY - timedelta(days=9), "on paper", "Yes please")
    consents.say_no(file, id_, Topic.EVERYTHING, TODAY, "no")
    tasks = Tasks()
    made = Context(file, tasks)
    yield made
    tasks.shutdown()
    made.release()
    file.close()
    theme.apply(qapp, "light")


def refused_step(context: Context, host: QWidget, person: int) -> QDialog:
    dialog = StepDialog(context, person, 0, host)
    dialog.purpose.setCurrentIndex(dialog.purpose.findData(Purpose.OFFER.value))
    dialog._check()
    return dialog


def asked(dialog: ListDialog) -> QDialog:
    dialog.purpose.setCurrentIndex(1)
    dialog.toggle.setChecked(True)
    return dialog


def exported(context: Context, host: QWidget, ids: list[int]) -> QDialog:
    dialog = ExportDialog(context, host, ids)
    dialog.marketing.setChecked(True)
    return dialog


def imported(context: Context, host: QWidget, path: Path) -> QDialog:
    path.write_text(TABLE, encoding="utf-8")
    reading = contact_import.read(path, context.file).now()
    return ContactImportDialog(context, reading, contact_import.matches(context.file, reading).now(), path, host)


def pasted(context: Context, host: QWidget) -> QDialog:
    reading = contact_import.read_pasted_names("Bo Holm\nIda Krog 22334455")
    return ContactImportDialog(context, reading, contact_import.matches(context.file, reading).now(), None, host)


def edited(context: Context, host: QWidget) -> QDialog:
    plans = PlansDialog(context, host)
    plan = plans.chosen()
    assert plan is not None
    plans.deleteLater()
    return EditPlanDialog(context, plan, host)


def every(context: Context, host: QWidget, folder: Path) -> dict[str, Callable[[], QDialog]]:
    """The dialogs, each made when it is called."""
    file = context.file
    one, other = sorted(row.id for row in contacts.rows(file))
    sheet = Sheet("Everybody", [one, other])
    given = consents.standing(file, one).consents
    said = consents.standing(file, other).noes
    return {
        "step": lambda: StepDialog(context, one, 0, host),
        "refused step": lambda: refused_step(context, host, other),
        "task": lambda: StepDialog(context, None, 0, host),
        "start": lambda: StartPlanDialog(context, other, host),
        "again": lambda: PlanAgainDialog(context, host),
        "plans": lambda: PlansDialog(context, host),
        "plan": lambda: edited(context, host),
        "day": lambda: DayDialog(TODAY, host),
        "purchase": lambda: PurchaseDialog(context, one, host),
        "give": lambda: GiveDialog(context, one, [Channel.EMAIL], host),
        "withdraw": lambda: WithdrawDialog(context, given[0], NAME, host),
        "no": lambda: NoDialog(context, one, host),
        "lift": lambda: LiftDialog(context, said[0], NAME, host),
        "erase": lambda: EraseDialog(context, erasing.before(file, one), host),
        "unneeded": lambda: UnneededDialog(context, host),
        "merge": lambda: MergeDialog(context, one, other, host),
        "import": lambda: imported(context, host, folder / "people.csv"),
        "pasted": lambda: pasted(context, host),
        "paste": lambda: PasteDialog(context, "Bo Holm", host),
        "export": lambda: exported(context, host, [one, other]),
        "call sheet": lambda: asked(CallSheetDialog(context, sheet, lambda *_args: None, host)),
        "labels": lambda: asked(LabelsDialog(context, sheet, lambda *_args: None, host)),
        "addresses": lambda: asked(AddressesDialog(context, sheet, host)),
    }


def keys(dialog: QDialog) -> list[str]:
    """The key of each mnemonic that is seen."""
    buttons = [one for one in dialog.findChildren(QAbstractButton) if one.isVisibleTo(dialog)]
    labels = [one for one in dialog.findChildren(QLabel) if one.buddy() and one.isVisibleTo(dialog)]
    texts = [one.text().replace("&&", "") for one in (*buttons, *labels)]
    return [text[text.index("&") + 1].lower() for text in texts if "&" in text]


def cut(dialog: QDialog) -> list[str]:
    """The words of what has less room than they need."""
    return [one.text() for one in dialog.findChildren(QWidget) if one.isVisible() and is_cut(one)]


def is_cut(one: QWidget) -> bool:
    if isinstance(one, QPushButton | QCheckBox | QRadioButton):
        return one.width() < one.sizeHint().width()
    if not isinstance(one, QLabel) or isinstance(one, OneLine):
        return False
    if one.wordWrap():
        return one.height() < one.heightForWidth(one.width())
    return one.width() < one.sizeHint().width()


def wrong(dialog: QDialog) -> list[str]:
    """What is wrong with how a dialog stands on the screen."""
    found = [f"cut off: {text}" for text in cut(dialog)]
    found += [f"one key for several: {key}" for key, count in Counter(keys(dialog)).items() if count > 1]
    if dialog.height() > dialog.screen().availableGeometry().height():
        found.append("too high")
    buttons = dialog.findChildren(QPushButton)
    primary = [one for one in buttons if one.property("kind") == "primary"]
    deed = primary or [
        one for one in buttons if one.text() in ("Close", "Luk", "&Erase for good", "&Slet for altid")
    ]
    if not any(one.isDefault() for one in deed):
        found.append("Enter does something else")
    return found if dialog.focusWidget() else [*found, "nothing has the keyboard"]


def with_tab(qtbot: QtBot, dialog: QDialog) -> list[int]:
    """How far down each stop of Tab is, from where the keyboard is; -1 at the end where it doesn't come back."""
    first = now = QApplication.focusWidget()
    tops: list[int] = []
    for _stop in range(60):
        assert now is not None
        tops.append(now.mapTo(dialog, QPoint(0, 0)).y())
        qtbot.keyClick(now, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is first:
            return tops
    return [*tops, -1]


def test_tab_goes_down_each_dialog_and_round(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    found = {}
    for name, make in every(context, host, tmp_path).items():
        dialog = make()
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        tops = with_tab(qtbot, dialog)
        line = theme.scaled(12)  # what stands side by side needn't begin at one height
        ups = sum(later < earlier - line for earlier, later in pairwise(tops))
        if ups > 1 or tops[-1] == -1:  # once from the foot to the head, where it didn't begin at the head
            found[name] = tops
        dialog.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert found == {}


def test_each_dialog_fits_says_all_and_has_each_key_once(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    found = {}
    for name, make in every(context, host, tmp_path).items():
        dialog = make()
        with qtbot.waitExposed(dialog):
            dialog.show()
        QApplication.processEvents()
        found[name] = wrong(dialog)
        dialog.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert {name: told for name, told in found.items() if told} == {}


def test_a_long_address_gets_the_whole_line_where_there_is_little_room(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    editor = EntriesEditor("E-mail", {"Home": "Home"}, "Add an e-mail")
    editor.set_entries([Labelled("karl.emil.vestergaard@example.com", "Home"), Labelled("a@example.com")])
    column.addWidget(editor)
    host.resize(640, 300)
    host.show()
    long, short = editor.findChildren(_Row)
    assert long.kind.y() == long.value.y()
    host.resize(340, 300)
    qtbot.waitUntil(lambda: long.kind.y() > long.value.y())
    room = long.value.width() - long.value.fontMetrics().horizontalAdvance(long.value.text())
    assert room > 0
    assert short.kind.y() == short.value.y()
    host.resize(640, 300)
    qtbot.waitUntil(lambda: long.kind.y() == long.value.y())
