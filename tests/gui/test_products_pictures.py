"""Pictures, ties and promises on the Products page, as a person uses them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from organizer.domain.contact import Contact
from organizer.domain.product import Product, Section
from organizer.services import companies, contacts, files, product_pictures, product_ties, products
from organizer.services.files import File
from organizer.ui.context import Context
from organizer.ui.pages.products.page import ProductsPage
from organizer.ui.tasks import Tasks
from organizer.ui.widgets import file_dialog

KEY = Qt.Key
ANSWERS: list[str] = []


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 12))
    company = companies.add(opened, "Firma", "", "DKK")
    for number, name in (("K1", "Skål <b>"), ("K2", "Låg & co"), ("H1", "Creme")):
        products.add(opened, Product(company_id=company, number=number, name=name))
    contacts.add(opened, Contact(first_name="Anna", last_name="Berg"))
    yield opened
    opened.close()


@pytest.fixture
def page(file: File, qtbot: QtBot) -> Iterator[ProductsPage]:
    tasks = Tasks()
    context = Context(file, tasks)
    made = ProductsPage(context)
    ANSWERS.clear()
    context.answered.connect(lambda text, _undo: ANSWERS.append(text))
    context.warned.connect(ANSWERS.append)
    made.resize(1274, 708)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.show_item(id_of(file, "K1"))
    yield made
    made.close_down()
    context.release()


def id_of(file: File, number: str) -> int:
    company = companies.everyone(file)[0].id
    return next(one.id for one in products.everyone(file, company) if one.number == number)


def image(tmp_path: Path, colour: str, name: str = "") -> Path:
    made = QImage(60, 40, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    path = tmp_path / (name or f"{colour}.png")
    assert made.save(str(path), "PNG")
    return path


def press(page: ProductsPage, text: str) -> None:
    named = [b for b in page.form.pictures.findChildren(QPushButton) if b.text().replace("&", "") == text]
    QTest.mouseClick(named[0], Qt.MouseButton.LeftButton)


def test_pictures_are_put_in_named_put_in_order_and_taken_out(page, file, tmp_path, monkeypatch):
    product = id_of(file, "K1")
    for colour in ("red", "blue"):
        monkeypatch.setattr(file_dialog, "open_path", lambda *_a, c=colour: image(tmp_path, c))
        press(page, "Add a picture…")
    strip = page.form.pictures.strip
    assert strip.count() == 2
    assert ANSWERS[-1] == "1 picture is added."
    strip.setCurrentRow(1)
    page.form.pictures.caption.setFocus()
    QTest.keyClicks(page.form.pictures.caption, "På <bordet>")
    QTest.keyClick(page.form.pictures.caption, KEY.Key_Return)
    assert [one.caption for one in product_pictures.of_product(file, product)] == ["", "På <bordet>"]
    press(page, "Earlier")
    assert [one.caption for one in product_pictures.of_product(file, product)] == ["På <bordet>", ""]
    assert strip.currentRow() == 0
    assert strip.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "På <bordet>"
    press(page, "Remove")
    assert len(product_pictures.of_product(file, product)) == 1
    for _deed in range(5):
        files.undo(file)
    assert product_pictures.of_product(file, product) == []
    assert page.form.pictures.strip.count() == 0


def test_a_picture_is_dropped_or_pasted_and_shown_large(page, file, tmp_path, qtbot):
    strip = page.form.pictures.strip
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(image(tmp_path, "red"))), QUrl.fromLocalFile(str(image(tmp_path, "navy")))]
    )
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    strip.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert strip.count() == 2
    pasted = QImage(30, 30, QImage.Format.Format_RGB32)
    pasted.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(pasted)
    strip.setFocus()
    QTest.keyClick(strip, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert strip.count() == 3
    QTest.keyClick(strip, KEY.Key_Return)
    large = [w for w in page.window().findChildren(QDialog) if w.isVisible()]
    assert len(large) == 1
    QTest.keyClick(large[0], KEY.Key_Escape)
    qtbot.waitUntil(lambda: not large[0].isVisible())


def test_what_is_no_picture_is_refused_and_none_of_the_others_goes_in(page, file, tmp_path):
    bad = tmp_path / "notes.png"
    bad.write_text("this is text")
    page.form.pictures.strip.dropped.emit([image(tmp_path, "red"), bad])
    assert product_pictures.of_product(file, id_of(file, "K1")) == []
    assert ANSWERS
    assert "notes.png" in ANSWERS[-1] or "picture" in ANSWERS[-1]


def test_there_is_an_end_to_how_many(page, file, tmp_path):
    paths = [image(tmp_path, f"#0000{n:02x}", f"{n}.png") for n in range(product_pictures.MOST + 1)]
    page.form.pictures.strip.dropped.emit(paths)
    assert product_pictures.of_product(file, id_of(file, "K1")) == []
    assert str(product_pictures.MOST) in ANSWERS[-1]


def add_by_typing(names, text: str) -> None:
    # without the list that pops up: this display has none
    names.other.setText(text)
    names.other.textEdited.emit(text)
    QTest.mouseClick(names.add, Qt.MouseButton.LeftButton)


def test_products_are_tied_both_ways_and_lead_to_each_other(page, file):
    add_by_typing(page.form.ties.linked, "K2 låg & co")
    assert product_ties.goes_with(file, id_of(file, "K2")) == [(id_of(file, "K1"), "Skål <b>")]
    shown = [b for b in page.form.ties.linked.findChildren(QPushButton) if b.accessibleName() == "Låg & co"]
    went: list[tuple[str, int]] = []
    page.context.goto.connect(lambda *where: went.append(where))
    QTest.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    assert went == [("products", id_of(file, "K2"))]
    page.form.ties.linked.taken_off.emit(id_of(file, "K2"))
    assert product_ties.goes_with(file, id_of(file, "K1")) == []
    files.undo(file)
    assert product_ties.goes_with(file, id_of(file, "K1")) == [(id_of(file, "K2"), "Låg & co")]


def test_who_likes_it_is_added_once(page, file):
    add_by_typing(page.form.ties.likers, "Anna Berg")
    assert [name for _id, name in product_ties.likers(file, id_of(file, "K1"))] == ["Anna Berg"]
    add_by_typing(page.form.ties.likers, "Anna Berg")
    assert page.form.ties.likers._error.text() == "This is noted already."
    assert len(product_ties.likers(file, id_of(file, "K1"))) == 1


def test_a_promise_is_told_of_while_she_writes_and_never_in_the_way(page, file):
    note = page.form.field(Section.GENERAL.value)
    note.setFocus()
    QTest.keyClicks(note, "Kurerer eksem")
    told = page.form.below._errors[Section.GENERAL.value]
    assert told.isVisible()
    assert "Kurerer, eksem" in told.text()
    assert "1169/2011" in told.text()
    page.form.commit()
    company = companies.everyone(file)[0].id
    stored = next(one for one in products.everyone(file, company) if one.number == "K1")
    assert stored.notes[Section.GENERAL] == "Kurerer eksem"
    note.setPlainText("En skål")
    assert not told.isVisible()


def test_the_product_goes_with_its_pictures_and_ties(page, file, tmp_path):
    product, other = id_of(file, "K1"), id_of(file, "K2")
    product_pictures.add(file, product, [image(tmp_path, "red")])
    product_ties.tie(file, other, product)
    product_ties.like(file, product, contacts.rows(file)[0].id)
    company = companies.everyone(file)[0].id
    products.delete(file, company, [product])
    assert product_ties.goes_with(file, other) == []
    files.undo(file)
    assert product_ties.goes_with(file, other) == [(product, "Skål <b>")]
    assert len(product_pictures.of_product(file, product)) == 1
    assert product_ties.likers(file, product)
