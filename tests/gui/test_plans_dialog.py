"""The compensation plans as she meets them: found, read, chosen, copied, compared, brought in, saved, removed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, settle

from organizer import i18n
from organizer.services import companies, files, plans
from organizer.services.files import File
from organizer.storage import plans as stored
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.plan_form.dialog import PlanForm
from organizer.ui.dialogs.plans import PlansDialog
from organizer.ui.dialogs.plans.compare import CompareDialog
from organizer.ui.dialogs.plans.mistakes import MistakesDialog
from organizer.ui.tasks import Tasks
from organizer.ui.widgets import file_dialog, messages
from organizer.ui.widgets.pdf_dialog import PdfDialog

Opener = Callable[..., PlansDialog]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 14, 5))
    companies.set_up(opened, "Karen Holm", "Hjem & Have", "teaching-unilevel")
    yield opened
    opened.close()


@pytest.fixture
def context(file: File, qtbot: QtBot) -> Iterator[Context]:
    tasks = Tasks()
    made = Context(file, tasks)
    yield made
    made.release()
    tasks.shutdown()


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the plans for which the form was opened."""
    opened: list[str] = []
    form = ModuleType("organizer.ui.dialogs.plan_form")
    form.__dict__["edit_plan"] = lambda _context, plan_id, _parent: opened.append(plan_id)
    monkeypatch.setitem(sys.modules, "organizer.ui.dialogs.plan_form", form)
    return opened


@pytest.fixture
def show(context: Context, qtbot: QtBot) -> Iterator[Opener]:
    host = QWidget()
    qtbot.addWidget(host)
    opened: list[PlansDialog] = []

    def shown(plan_id: str = "") -> PlansDialog:
        dialog = PlansDialog(context, plan_id, None, host)
        dialog.open()
        opened.append(dialog)
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    yield shown
    for dialog in opened:
        dialog.reject()
    settle()


def listed(dialog: PlansDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def company_plan(file: File) -> str:
    return companies.everyone(file)[0].plan_id


def answer(dialog: QWidget, yes: bool = True) -> str:
    box = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    text = box.text()
    messages.answer_button(box, yes).click()
    return text


def own_plan(file: File, of: str = "amway-uk") -> str:
    return plans.save(file, plans.copy_of(of, file)).id


# found


def test_it_opens_at_the_companys_plan_and_says_who_goes_by_it(show: Opener) -> None:
    dialog = show()
    assert dialog.entry().id == "teaching-unilevel"
    assert "used by Hjem & Have" in dialog.reading.about.text()
    assert not dialog.deeds.use_it.isEnabled()
    assert dialog.deeds.use_it.text() == "&Use for Hjem && Have"


def test_own_plans_stand_first_then_versions_of_a_company_by_date(show: Opener, file: File) -> None:
    own_plan(file)
    names = listed(show())
    assert names[:3] == ["Your own", "Amway (United Kingdom) (2)", "To learn from"]
    amway = names[names.index("Amway") + 1 : names.index("Avon")]
    assert amway[:2] == ["Amway (India, before September 2019)", "Amway Core (India, from September 2019)"]
    dates = [plan.valid_from for plan in plans.built_in() if plan.company == "Amway"]
    assert dates == sorted(dates)


def test_searching_narrows_the_list_at_each_key_and_keeps_what_is_read(show: Opener, qtbot: QtBot) -> None:
    dialog = show("doterra-us-2024")
    qtbot.keyClicks(dialog.search, "terra usa")
    assert listed(dialog)[0] == "doTERRA"
    assert dialog.entry().id == "doterra-us-2024"
    qtbot.keyClick(dialog.search, KEY.Key_Escape)
    assert len(listed(dialog)) > 20
    qtbot.keyClicks(dialog.search, "avon 2014")
    assert dialog.entry().id == "avon-us-2014"
    assert dialog.reading.title.text() == "Avon, sales (USA, 2014)"


def test_a_search_without_a_hit_says_so_and_offers_nothing(show: Opener, qtbot: QtBot) -> None:
    dialog = show()
    qtbot.keyClicks(dialog.search, "qqq")
    assert dialog.stack.currentIndex() == 1
    assert not any(made.isEnabled() for made in dialog.deeds.buttons)
    assert dialog.bring_in.isEnabled()


def test_a_heading_is_never_chosen(show: Opener, qtbot: QtBot) -> None:
    dialog = show("teaching-unilevel")
    qtbot.keyClick(dialog.list, KEY.Key_Down)
    assert dialog.entry().plan.company == "Amway"


# read


def text(dialog: PlansDialog) -> str:
    return dialog.reading.words.toPlainText()


def test_what_is_missing_stands_on_top_and_sources_are_text(show: Opener) -> None:
    dialog = show("doterra-us-2024")
    shown = text(dialog)
    missing, about = shown.index("Not certain, or not included"), shown.index("What this plan is")
    assert missing < shown.index("Worth a second look") < about
    assert "the plan no longer holds" in shown
    assert "https://www.doterra.com/GB/en_GB/university/build/unilevel-rank-bonuses" in shown
    assert dialog.reading.badge.text() == "C"
    assert dialog.reading.words.verticalScrollBar().value() == 0


def test_pay_for_recruiting_alone_is_told_with_the_laws_words(show: Opener) -> None:
    dialog = show("teaching-matrix")
    assert "pyramid scheme" in text(dialog)
    assert dialog.reading.badge.text() == "invented"


def test_nothing_in_a_plan_is_markup(show: Opener, file: File) -> None:
    toml = plans.copy_of("amway-uk", file).replace("The pages carry no date", "<b>bold</b> <img src=x>")
    plan = plans.save(file, toml)
    assert "<b>bold</b> <img src=x>" in text(show(plan.id))


def test_an_address_is_opened_only_when_clicked_and_only_the_webs(
    show: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    words = show("amway-uk").reading.words
    words.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert asked == []
    words.anchorClicked.emit(QUrl("https://www.amway.co.uk/x"))
    assert asked == ["https://www.amway.co.uk/x"]


def test_find_counts_goes_round_and_says_when_there_is_nothing(show: Opener, qtbot: QtBot) -> None:
    dialog = show("amway-uk")
    reading = dialog.reading
    qtbot.keyClicks(reading.seeker, "21 %")
    first = reading.count.text()
    assert first.startswith("1 of ")
    qtbot.keyClick(reading.seeker, KEY.Key_Return)
    assert reading.count.text().startswith("2 of ")
    assert reading.words.textCursor().selectedText() == "21 %"
    reading.words.seek_next(-1)
    reading.words.seek_next(-1)
    count = first.split()[-1]
    assert reading.count.text() == f"{count} of {count}"
    qtbot.keyClicks(reading.seeker, "zz")
    assert reading.count.text() == "Not found"
    qtbot.keyClick(reading.seeker, KEY.Key_Escape)
    assert reading.count.text() == ""
    assert dialog.isVisible()


def test_a_section_is_jumped_to(show: Opener) -> None:
    reading = show("doterra-us-2024").reading
    place = reading.jump.findText("Power of 3")
    assert place > 0
    reading.jump.setCurrentIndex(place)
    reading.jump.activated.emit(place)
    assert reading.words.textCursor().block().text() == "Power of 3"
    assert reading.words.verticalScrollBar().value() > 0
    assert reading.jump.currentIndex() == 0


def test_the_words_are_danish_in_danish(show: Opener) -> None:
    i18n.set_language("da")
    try:
        dialog = show("teaching-unilevel")
        assert dialog.reading.title.text() == "Øveplan: unilevel"
        assert "01.01.2026" in text(dialog)
        assert "Direktør" in text(dialog)
    finally:
        i18n.set_language("en")


def test_another_scheme_draws_the_text_anew_in_its_place(show: Opener, qapp: QApplication) -> None:
    dialog = show("doterra-us-2024")
    dialog.reading.words.verticalScrollBar().setValue(300)
    before = text(dialog)
    theme.apply(qapp, "dark")
    try:
        assert text(dialog) == before
        assert dialog.reading.words.verticalScrollBar().value() == 300
    finally:
        theme.apply(qapp, "light")


# chosen, copied, removed


def test_a_plan_is_used_for_the_company_and_that_is_undone(show: Opener, file: File, qtbot: QtBot) -> None:
    dialog = show("amway-uk")
    dialog.deeds.use_it.click()
    assert company_plan(file) == "amway-uk"
    assert dialog.answers.text() == "Hjem & Have now goes by Amway (United Kingdom)."
    assert not dialog.deeds.use_it.isEnabled()
    qtbot.keyClick(dialog.list, KEY.Key_Z, CTRL)
    assert company_plan(file) == "teaching-unilevel"
    assert dialog.answers.text() == "Undone: Edit company Hjem & Have"
    assert dialog.deeds.use_it.isEnabled()
    qtbot.keyClick(dialog.list, KEY.Key_Y, CTRL)
    assert company_plan(file) == "amway-uk"


def test_enter_in_the_list_or_the_search_only_reads(show: Opener, file: File, qtbot: QtBot) -> None:
    dialog = show("amway-uk")
    buttons = dialog.findChildren(QPushButton)
    assert not [made.text() for made in buttons if made.isDefault() or made.autoDefault()]
    for key in (KEY.Key_Return, KEY.Key_Enter):
        for place in (dialog.list, dialog.search, dialog.reading.jump):
            place.setFocus()
            qtbot.keyClick(place, key)
    assert company_plan(file) == "teaching-unilevel"
    assert dialog.isVisible()
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, KEY.Key_Return)
    assert QApplication.focusWidget() is dialog.reading.words
    dialog.deeds.use_it.setFocus()
    qtbot.keyClick(dialog.deeds.use_it, KEY.Key_Return)
    assert company_plan(file) == "amway-uk"


@pytest.mark.parametrize("tongue", ["en", "da"])
def test_every_button_has_an_access_key_of_its_own(show: Opener, file: File, tongue: str) -> None:
    i18n.set_language(tongue)
    try:
        dialog = show(own_plan(file))
        keys = [made.shortcut().toString() for made in (*dialog.deeds.buttons, dialog.bring_in)]
    finally:
        i18n.set_language("en")
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_only_a_copy_can_be_changed_and_the_form_opens_for_it(
    show: Opener, file: File, changed: list[str]
) -> None:
    dialog = show("amway-uk")
    assert not dialog.deeds.edit.isEnabled()
    assert "Make a copy" in dialog.deeds.edit.toolTip()
    dialog.deeds.copy.click()
    assert changed == ["amway-uk-2"]
    assert dialog.entry().id == "amway-uk-2"
    assert [plan.id for plan in plans.own(file)] == ["amway-uk-2"]
    dialog.deeds.edit.click()
    assert changed == ["amway-uk-2", "amway-uk-2"]
    dialog.undo()
    assert plans.own(file) == ()
    assert "Amway (United Kingdom) (2)" not in listed(dialog)


def test_the_form_itself_opens_above_the_plans(show: Opener, file: File, qtbot: QtBot) -> None:
    dialog = show(own_plan(file))
    dialog.deeds.edit.click()
    (form,) = [one for one in dialog.findChildren(PlanForm) if one.isVisible()]
    form.reject()
    settle()
    assert dialog.isVisible()
    assert len(plans.own(file)) == 1


def test_a_plan_in_use_is_not_removed_and_another_is_with_undo(show: Opener, file: File, qtbot: QtBot) -> None:
    used, free = own_plan(file), own_plan(file)
    company = companies.everyone(file)[0]
    companies.save(file, type(company)(company.id, company.name, used, company.currency))
    dialog = show(used)
    dialog.deeds.drop.click()
    assert "goes by this plan" in dialog.answers.text()
    assert len(plans.own(file)) == 2
    dialog.show_plan(free)
    qtbot.keyClick(dialog.list, KEY.Key_Delete)
    assert [plan.id for plan in plans.own(file)] == [used]
    dialog.answers.undo_asked.emit()
    assert {plan.id for plan in plans.own(file)} == {used, free}


def test_a_plan_that_comes_along_cant_be_removed(show: Opener, qtbot: QtBot) -> None:
    dialog = show("amway-uk")
    qtbot.keyClick(dialog.list, KEY.Key_Delete)
    assert "Amway (United Kingdom)" in listed(dialog)
    assert not dialog.deeds.drop.isEnabled()


def test_a_plan_of_hers_that_cant_be_read_says_why_and_hides_nothing(show: Opener, file: File) -> None:
    own_plan(file)
    with file.deed("plan.add", "x"):
        stored.write(file, "newer", "format = 99\n")
    dialog = show("newer")
    assert "Amway (United Kingdom) (2)" in listed(dialog)
    assert "newer than this program" in text(dialog)
    enabled = [made for made in dialog.deeds.buttons if made.isEnabled()]
    assert enabled == [dialog.deeds.export, dialog.deeds.drop]
    dialog.deeds.drop.click()
    assert "newer" not in listed(dialog)


# brought in and saved


def test_a_file_is_brought_in_and_chosen(show: Opener, file: File, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(plans.text_of("amway-uk").replace('"amway-uk"', '"mine"', 1), "utf-8")
    dialog = show()
    dialog.deeds.bring_in_file(path)
    assert dialog.entry().id == "mine"
    assert dialog.answers.text() == "mine.toml is brought in."
    dialog.deeds.bring_in_file(path)
    assert [plan.id for plan in plans.own(file)] == ["mine"]


def test_every_mistake_is_listed_and_nothing_stored(show: Opener, file: File, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    bad = plans.text_of("teaching-unilevel").replace('compression = "', 'compression = "x')
    path.write_text(bad.replace("min = 800", "min = -1"), "utf-8")
    dialog = show()
    dialog.deeds.bring_in_file(path)
    told = next(one for one in dialog.findChildren(MistakesDialog) if one.isVisible())
    assert told.told.text() == "There are 2 mistakes in bad.toml. Nothing was brought in."
    lines = told.list.toPlainText().split("\n\n")
    assert [line.split(":")[0] for line in lines] == [
        'bad.toml, component "team", key "compression"',
        'bad.toml, rank "team-leader", key "min"',
    ]
    assert plans.own(file) == ()
    told.reject()


def test_a_file_with_the_id_of_a_shipped_plan_comes_in_as_a_copy(show: Opener, file: File, tmp_path: Path) -> None:
    path = tmp_path / "amway.toml"
    path.write_text(plans.text_of("amway-uk"), "utf-8")
    dialog = show()
    dialog.deeds.bring_in_file(path)
    answer(dialog, yes=False)
    assert plans.own(file) == ()
    dialog.deeds.bring_in_file(path)
    assert answer(dialog).startswith("amway-uk is the id of a plan that comes with the program")
    assert [plan.id for plan in plans.own(file)] == ["amway-uk-2"]
    assert plans.by_id("amway-uk", file) == plans.by_id("amway-uk")


def test_replacing_a_plan_of_hers_is_asked_about(show: Opener, file: File, tmp_path: Path) -> None:
    key = own_plan(file)
    path = tmp_path / "new.toml"
    path.write_text(plans.text_of(key, file).replace("2026-01-01", "2027-01-01"), "utf-8")
    dialog = show()
    dialog.deeds.bring_in_file(path)
    assert "Replace it by what new.toml says?" in answer(dialog)
    assert plans.by_id(key, file).valid_from.year == 2027  # type: ignore[union-attr]
    dialog.undo()
    assert plans.by_id(key, file).valid_from.year == 2026  # type: ignore[union-attr]


@pytest.mark.parametrize("data", [b"\xff\xfe", None])
def test_a_file_that_is_no_text_or_not_there_is_told(
    data: bytes | None, show: Opener, file: File, tmp_path: Path
) -> None:
    path = tmp_path / "x.toml"
    if data:
        path.write_bytes(data)
    dialog = show()
    dialog.deeds.bring_in_file(path)
    assert "x.toml" in dialog.answers.text()
    assert plans.own(file) == ()


def test_a_plan_is_saved_as_a_file_that_can_be_brought_in(
    show: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.toml"
    monkeypatch.setattr(file_dialog, "save_path", lambda *_arguments: target)
    dialog = show("amway-uk")
    dialog.deeds.export.click()
    assert target.read_text("utf-8") == plans.text_of("amway-uk")
    assert dialog.answers.text() == f"Saved {target}"
    monkeypatch.setattr(file_dialog, "save_path", lambda *_arguments: tmp_path / "a.organizer")
    dialog.deeds.export.click()
    assert "not a name for a plan file" in dialog.answers.text()


def test_the_pdf_is_shown_and_written_only_when_she_says_so(show: Opener, tmp_path: Path) -> None:
    dialog = show("amway-uk")
    dialog.deeds.print.click()
    pdf = next(one for one in dialog.findChildren(PdfDialog) if one.isVisible())
    assert pdf.windowTitle() == "Amway (United Kingdom)"
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".pdf") == []
    pdf.save_as(tmp_path / "plan.pdf")
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
    pdf.reject()


# side by side


def open_compare(dialog: PlansDialog) -> CompareDialog:
    dialog.deeds.beside.click()
    return next(one for one in dialog.findChildren(CompareDialog) if one.isVisible())


def test_another_version_of_the_company_stands_beside_it_first(show: Opener) -> None:
    compared = open_compare(show("amway-india"))
    assert [plan.id for plan in compared.chosen()] == ["amway-india", "amway-india-core-2019"]
    shown = compared.view.toPlainText()
    assert "Valid from 01/01/2010 to 31/08/2019." in shown
    assert "Valid from 01/09/2019." in shown
    assert "It pays in INR" not in shown
    compared.only.click()
    assert "It pays in INR" in compared.view.toPlainText()
    compared.reject()


def test_differences_are_marked_and_either_side_is_chosen(show: Opener, file: File) -> None:
    newer = plans.copy_of("teaching-unilevel", file).replace("min = 800", "min = 900")
    key = plans.save(file, newer).id
    compared = open_compare(show("teaching-unilevel"))
    compared.second.setCurrentIndex(compared.second.findData(key))
    shown = compared.view.toPlainText()
    assert "PV in the whole group: at least 800" in shown
    assert "PV in the whole group: at least 900" in shown
    assert shown.count("≠") == 1
    assert compared.told.text() == "1 sentence differs."
    compared.first.setCurrentIndex(compared.first.findData(key))
    assert compared.told.text() == "In plain words the two plans say the same."
    assert compared.view.toPlainText() == "In plain words the two plans say the same."
    compared.reject()


def test_everything_is_reached_with_the_keyboard(show: Opener, qtbot: QtBot) -> None:
    dialog = show("amway-uk")
    seen: set[QWidget | None] = set()
    for _step in range(40):
        seen.add(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget() or dialog, KEY.Key_Tab)
    reading = dialog.reading
    wanted = {dialog.search, dialog.list, dialog.bring_in, reading.jump, reading.seeker, dialog.deeds.copy}
    assert wanted <= seen
