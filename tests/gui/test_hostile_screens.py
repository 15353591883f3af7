"""Hostile texts on every screen: shown as they are, with nothing loaded, run, underlined, hidden or hung."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from endurance.hostile import BOMBS, texts
from endurance.trap import Trap
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

from organizer.domain.contact import MAX_ENTRIES, MAX_TEXT, Contact, Labelled, single_line
from organizer.domain.period import Period
from organizer.domain.product import Product, Section
from organizer.domain.team import Kind, Member, Team
from organizer.services import companies, contacts, files, imports, products, team
from organizer.services.files import File
from organizer.services.team import TeamView
from organizer.ui.dialogs.history import HistoryDialog
from organizer.ui.dialogs.import_preview import ImportPreview
from organizer.ui.dialogs.member import AddMemberDialog, MoveMemberDialog
from organizer.ui.dialogs.team_import import TeamImportDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.models.team import TeamModel
from organizer.ui.pages.team.tree_view import TeamTree
from organizer.ui.widgets import messages

NAME = "Anna[*] & <b>Søn {0}"
PAGES = ("today", "contacts", "team", "products", "earnings", "settings")
_TIPS = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)
_OURS = re.compile(r"<(p|span)>(.*)</\1>", re.DOTALL)


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    made = Trap(tmp_path / "trap.ppm")
    yield made
    opened = made.opened()
    made.close()
    assert not opened, "the file that a text names was opened"


@pytest.fixture
def nasty(trap: Trap) -> list[str]:
    kept = [single_line(text)[: MAX_TEXT - 20].strip() for text in texts(trap.path).values()]
    return [text for text in kept if text]


def fill(file: File, nasty: list[str]) -> None:
    """A contact, a member, a product and a company for each text, and one for her who uses the program."""
    companies.set_up(file, nasty[0], nasty[1], "teaching-unilevel")
    company = companies.everyone(file)[0]
    companies.add(file, "Anna[*] & <img src=x>", "teaching-unilevel")
    top = files.member_of_owner(file, company.id)
    with file.deed("contact.import", nasty[0]):
        for number, text in enumerate(nasty):
            entries = (Labelled(text, text), Labelled(f"{number}@x.dk", "Work"))
            person = Contact(
                first_name=text, last_name=text, organization=text, phones=entries, emails=entries, street=text,
                city=text, tags=(text, "tag"), notes=text, source=text,
            )  # fmt: skip
            contacts.add(file, person)
            member = Member(
                company_id=company.id, number=f"{number} {text}", sponsor_id=top, rank=text, highest_rank=text
            )
            top = (
                team.add_member(file, member, person)
                if number < 12
                else (team.add_member(file, member, person), top)[1]
            )
            products.add(
                file,
                Product(0, company.id, f"{number} {text}", text, text, 100, notes=dict.fromkeys(Section, text)),
            )
            team.set_volume(file, top or 0, Period.parse("2026-11"), "pv", 100_000)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nasty: list[str]) -> MainWindow:
    path = tmp_path / f"{NAME}.organizer"
    file = files.create(path)
    fill(file, nasty)
    file.close()
    return Desk(qtbot, tmp_path, monkeypatch).start(path)


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def check(top: QWidget) -> None:
    """Nothing in this window takes a text for markup, a mnemonic or a mark."""
    settle()
    for widget in [top, *top.findChildren(QWidget)]:
        _check_tip(widget.toolTip())
        assert not widget.statusTip()
        assert not widget.whatsThis()
        if isinstance(widget, QLabel) and widget.text() and not widget.buddy():  # a buddy's label is our own word
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()
        elif isinstance(widget, QAbstractButton | QGroupBox):
            _check_mnemonic(widget.title() if isinstance(widget, QGroupBox) else widget.text())
        elif isinstance(widget, QTabBar):
            for tab in range(widget.count()):
                _check_mnemonic(widget.tabText(tab))
                _check_tip(widget.tabToolTip(tab))
        elif isinstance(widget, QMessageBox):
            assert widget.textFormat() == Qt.TextFormat.PlainText
        elif isinstance(widget, QTextEdit):
            assert not widget.acceptRichText() or widget.isReadOnly()
        elif isinstance(widget, QAbstractItemView | QComboBox):
            _check_model(widget.model())
    for action in top.findChildren(QAction):
        _check_mnemonic(action.text())
    # else the tip of an action would be its text, names and all
    assert not [menu for menu in top.findChildren(QMenu) if menu.toolTipsVisible()]
    assert "[*]" not in top.windowTitle().replace("[*][*]", "")


def _check_tip(tip: str) -> None:
    """A tool tip is either surely no markup, or ours with everything in it escaped."""
    if QtGui.Qt.mightBeRichText(tip):
        ours = _OURS.fullmatch(tip)
        assert ours, tip
        assert "<" not in ours[2], tip


def _check_mnemonic(text: str) -> None:
    assert len(re.findall("&", text.replace("&&", ""))) <= 1, text
    assert not text.endswith("&") or text.endswith("&&"), text


def _check_model(model: QAbstractItemModel, parent: QModelIndex | None = None, depth: int = 0) -> None:
    parent = parent or QModelIndex()
    for row in range(min(model.rowCount(parent), 100)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            for role in _TIPS:
                _check_tip(str(model.data(index, role) or ""))
        child = model.index(row, 0, parent)
        if depth < 15 and model.rowCount(child):
            _check_model(model, child, depth + 1)


def painted(widget: QWidget) -> None:
    """Draw everything once, so that what is loaded while painting is loaded."""
    settle()
    assert not widget.grab().isNull()


def test_every_page_and_everything_on_it(window: MainWindow, nasty: list[str]) -> None:
    file = file_of(window)
    shown = [row.id for row in contacts.rows(file)]
    for id_ in shown:
        window.go_to("contacts", id_)
        settle()
    painted(window)
    check(window)
    company = companies.everyone(file)[0]
    for product in products.everyone(file, company.id):
        window.go_to("products", product.id)
        settle()
    painted(window)
    check(window)
    view = team.view(file, company.id, Period.parse("2026-11"))
    for id_ in view.team.ids:
        window.go_to("team", id_)
        settle()
    painted(window)
    check(window)
    for key in PAGES:
        window.navigate(key)
        painted(window)
        check(window)
    assert NAME.replace("[*]", "[*][*]") in window.windowTitle()
    assert len(shown) >= len(nasty)


def test_typing_any_text_into_any_field_and_searching_for_it(window: MainWindow, qtbot: QtBot) -> None:
    file = file_of(window)
    row = contacts.rows(file)[0]
    window.go_to("contacts", row.id)
    page: Any = window.page()
    for text in texts().values():
        page.form.field("city").setText(text)
        page.form.field("city").commit()
        settle()
        saved = contacts.get(file, row.id)
        assert saved is not None
        # a field is one line of at most 32,767 characters; what is too long for the file stays in the field
        assert saved.city == single_line(page.form.field("city").text()) or page.form.error("city")
        if page.form.error("city"):
            page.form.field("city").setText("")
            page.form.field("city").commit()
        page.pane.search.setText(text)
        settle()
    page.pane.search.clear()
    check(window)
    window.navigate("team")
    for field in window.findChildren(QLineEdit):
        if field.isVisible() and not field.isReadOnly():
            for text in texts().values():
                field.setText(text)
                field.textEdited.emit(text)
            field.setText("")
    settle()
    check(window)


def test_someone_with_as_much_of_everything_as_there_can_be(window: MainWindow) -> None:
    full = tuple(Labelled(f"{n} " + "W" * (MAX_TEXT - 5), "W" * MAX_TEXT) for n in range(MAX_ENTRIES))
    tags = tuple(f"{n} " + "W" * (MAX_TEXT - 5) for n in range(MAX_ENTRIES))
    id_ = contacts.add(file_of(window), Contact(first_name="W" * MAX_TEXT, phones=full, emails=full, tags=tags))
    window.go_to("contacts", id_)
    painted(window)
    check(window)
    page: Any = window.page()
    assert page.shown_item() == id_
    assert window.width() < 1400


def test_every_dialog(window: MainWindow, qtbot: QtBot, nasty: list[str], tmp_path: Path) -> None:
    context = window.context
    assert context is not None
    company = context.company
    assert company is not None
    heading = BOMBS["short rows"].make(0).split(b"\n")[0].decode()
    quoted = ['"' + text.replace('"', '""') + '"' for text in nasty]
    people = "First Name,Last Name,Labels,Birthday\n" + "\n".join(f"{t},{t},{t},{t}" for t in quoted)
    goods = f"{heading}\n" + "\n".join(f"{t},{t},{t},{t},{t}" for t in quoted)
    members = "ID,Name,Sponsor ID,Rank,PV\n" + "\n".join(f"{t},{t},{t},{t},{t}" for t in quoted)
    made = {}
    for name, table in (("people", people), ("goods", goods), ("members", members)):
        made[name] = tmp_path / f"{name} {NAME}.csv"
        made[name].write_text(table, encoding="utf-8")
    file = context.file
    other = next(each for each in companies.everyone(file) if "[*]" in each.name)
    read = imports.read_contacts(made["people"]).now()
    goods_read = imports.read_products_file(made["goods"], company).now()
    window.go_to("team", files.member_of_owner(file, company.id) or 0)
    page: Any = window.page()
    dialogs: list[QDialog] = [
        ImportPreview(context, imports.preview_contacts(file, read), "Import contacts", window, other),
        ImportPreview(
            context, imports.preview_products(file, company, goods_read), "Import products", window, other
        ),
        TeamImportDialog(
            context, company, made["members"], imports.read_team_file(made["members"], company).now(), window
        ),
        HistoryDialog(context, window),
        AddMemberDialog(context, page.model.view, page.model.view.team.ids[0], window),
        MoveMemberDialog(context, page.model.view, page.model.view.team.ids[3], window),
    ]
    for dialog in dialogs:
        dialog.open()
        painted(dialog)
        check(dialog)
        dialog.reject()
    for text in nasty:
        for box in (messages.tell(window, text, text, text), messages.warn(window, text, text, text)):
            painted(box)
            check_box(box)
            box.reject()
    settle()


def check_box(box: QMessageBox) -> None:
    assert "[*]" not in box.windowTitle().replace("[*][*]", "")
    for label in box.findChildren(QLabel):
        assert not label.text() or label.textFormat() == Qt.TextFormat.PlainText, label.text()


def test_every_answer_and_every_name_of_a_deed(window: MainWindow, nasty: list[str]) -> None:
    context = window.context
    assert context is not None
    first = contacts.rows(context.file)[0]
    for text in nasty:
        person = contacts.get(context.file, first.id)
        assert person is not None
        changed = replace(person, first_name=text, middle_name="x")
        context.deed(lambda changed=changed: contacts.save(context.file, changed), f"Kept {text}.")
        settle()
        _check_mnemonic(window.menu.actions["undo"].text())
        check(window.statusBar() or window)
    QApplication.processEvents()
    painted(window)
    window.undo_deed()
    check(window)


@pytest.mark.parametrize("way", ["menu", "key", "jump", "all"])
def test_a_team_deeper_than_a_tree_can_be_laid_out(way: str, qtbot: QtBot) -> None:
    """Qt lays opened branches out by recursion: 100,000 in one line would end the program."""
    size = 5000
    links = range(-1, size - 1)
    chain = Team(
        range(1, size + 1), [""] * size, ["Anna"] * size, range(size), links, links, [Kind.DISTRIBUTOR] * size,
        [""] * size, [None] * size, me=0,
    )  # fmt: skip
    model = TeamModel()
    tree = TeamTree(model)
    qtbot.addWidget(tree)
    model.show(TeamView(chain, None, Period.parse("2026-11"), [None] * size, [0] * size, [None] * size))
    tree.setCurrentIndex(model.index(0, 0))
    tree.show()
    if way == "menu":
        tree.open_below(model.index(0, 0))
    elif way == "key":
        qtbot.keyClick(tree, Qt.Key.Key_Asterisk)
    elif way == "all":
        tree.open_all()
    else:
        assert tree.jump(size)
        assert tree.current_id() == 2001
    painted(tree)
    opened = sum(tree.isExpanded(model.index_at(place)) for place in range(size))
    assert 1990 <= opened <= 2001


def test_tips_show_the_text_itself(window: MainWindow) -> None:
    """What was escaped for a tip reads as it was written."""
    window.go_to("contacts", contacts.rows(file_of(window))[0].id)
    painted(window)
    tips = [widget.toolTip() for widget in window.findChildren(QWidget)]
    ours = [found[2] for tip in tips if (found := _OURS.fullmatch(tip))]
    assert ours
    assert all(unescape(text) and escape(unescape(text)) == text for text in ours)
