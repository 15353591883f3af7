"""The Products page as a person uses it, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.product import Product, Section
from organizer.i18n import set_language
from organizer.services import companies, files, products
from organizer.services.files import File
from organizer.ui.context import Context
from organizer.ui.dialogs.import_preview import ImportPreview
from organizer.ui.models.products import PRICE, ProductsModel, product_rows
from organizer.ui.pages.products.form import ProductForm
from organizer.ui.pages.products.page import ProductsPage
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.pdf_dialog import PdfDialog

DATA = Path(__file__).parent.parent / "data"
KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton

BOWL = Product(
    number="K1", name="Skål 2 l", category="Køkken", price=17900, cost=12888, pv=14000, cv=98450, lasts_days=60
)
CREAM = Product(
    number="H1", name="Dagcreme", category="Hudpleje", price=9900, notes={Section.USE: "Om <morgenen>"}
)
SOAP = Product(number="H2", name="Sæbe", category="Hudpleje")

ANSWERS: list[str] = []
"""What the page has answered, oldest first."""


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 12))
    yield opened
    opened.close()


@pytest.fixture
def page(file: File, qtbot: QtBot) -> Iterator[ProductsPage]:
    from dataclasses import replace

    company_id = companies.add(file, "Firma", "", "DKK")
    for product in (BOWL, CREAM, SOAP):
        products.add(file, replace(product, company_id=company_id))
    yield from shown(file, qtbot)


@pytest.fixture
def bare_page(file: File, qtbot: QtBot) -> Iterator[ProductsPage]:
    yield from shown(file, qtbot)


def shown(file: File, qtbot: QtBot) -> Iterator[ProductsPage]:
    tasks = Tasks()
    context = Context(file, tasks)
    page = ProductsPage(context)
    ANSWERS.clear()
    context.answered.connect(lambda text, _undo: ANSWERS.append(text))
    context.warned.connect(ANSWERS.append)
    page.resize(1274, 708)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield page
    tasks.shutdown()


def stored(page: ProductsPage) -> Product:
    found = page.read(page.form.record.id)
    assert found is not None
    return found


def names(page: ProductsPage) -> list[str]:
    return [row.product.name for row in page.pane.model.shown]


def field(page: ProductsPage, key: str) -> QLineEdit:
    found = page.form.field(key)
    assert isinstance(found, QLineEdit)
    return found


def write(qtbot: QtBot, page: ProductsPage, key: str, text: str) -> None:
    line = field(page, key)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text) if text else qtbot.keyClick(line, KEY.Key_Delete)
    qtbot.keyClick(line, KEY.Key_Tab)


def choose(page: ProductsPage, name: str) -> None:
    page.show_item(next(row.id for row in page.pane.model.shown if row.product.name == name))


def button_of(widget: QWidget, text: str) -> QAbstractButton:
    return next(b for b in widget.findChildren(QAbstractButton) if text in b.text() and b.isVisible())


def settle(page: ProductsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._later.isActive())


def test_the_list_and_the_form_show_figures_as_they_are_written(page: ProductsPage) -> None:
    choose(page, "Skål 2 l")
    shown = {key: field(page, key).text() for key in ("price", "cost", "pv", "cv", "lasts_days")}
    assert shown == {
        "price": "DKK\N{NO-BREAK SPACE}179.00",
        "cost": "DKK\N{NO-BREAK SPACE}128.88",
        "pv": "14",
        "cv": "98.45",
        "lasts_days": "60",
    }
    assert page.form.left.field("number") is field(page, "number")
    margin = page.form.right.field("margin")
    assert isinstance(margin, QLabel)
    assert margin.text() == "DKK\N{NO-BREAK SPACE}50.12  (28%)"


def test_a_margin_that_isnt_known_is_not_zero(page: ProductsPage) -> None:
    choose(page, "Dagcreme")
    margin = page.form.right.field("margin")
    assert isinstance(margin, QLabel)
    assert margin.text() == "\N{EN DASH}"
    write_cost = field(page, "cost")
    assert write_cost.text() == ""


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("199", 19900), ("1.234,50", 123450), ("1,234.5", 123450), ("DKK 75", 7500), ("12,5 kr.", 1250), ("", None)],
)
def test_a_price_may_be_typed_as_people_do(
    page: ProductsPage, qtbot: QtBot, typed: str, minor: int | None
) -> None:
    choose(page, "Skål 2 l")
    write(qtbot, page, "price", typed)
    assert page.form.error("price") == ""
    assert stored(page).price == minor


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [
        ("price", "about ten", "is not a number"),
        ("price", "-5", "below zero"),
        ("price", "1.005", "too many decimals"),
        ("price", "9" * 16, "too large"),
        ("pv", "0.0001", "too many decimals"),
        ("lasts_days", "1.5", "too many decimals"),
        ("number", "K1", "K1 is Skål 2 l already"),
        ("name", "", "needs a number and a name"),
    ],
)
def test_what_cant_be_kept_is_told_at_the_field(
    page: ProductsPage, qtbot: QtBot, key: str, typed: str, why: str
) -> None:
    set_language("en")
    choose(page, "Sæbe")
    write(qtbot, page, key, typed)
    assert why in page.form.error(key)
    write(qtbot, page, "category", "Bad")
    assert stored(page).category == "Bad"
    assert why in page.form.error(key)
    assert field(page, key).text() == typed
    before = getattr(SOAP, key)
    assert getattr(stored(page), key) == before


def test_leaving_a_shown_price_untouched_changes_nothing(page: ProductsPage, qtbot: QtBot) -> None:
    choose(page, "Skål 2 l")
    before = len(files.deeds(page.context.file))
    price = field(page, "price").text()
    write(qtbot, page, "price", price)
    write(qtbot, page, "cv", "98.45")
    assert len(files.deeds(page.context.file)) == before


def test_notes_are_kept_under_their_headings(page: ProductsPage, qtbot: QtBot) -> None:
    choose(page, "Dagcreme")
    use, cautions = page.form.field("use"), page.form.field("cautions")
    assert isinstance(use, QPlainTextEdit)
    assert use.toPlainText() == "Om <morgenen>"
    cautions.setFocus()
    qtbot.keyClicks(cautions, "Ikke i øjnene")
    field(page, "name").setFocus()
    assert stored(page).notes == {Section.USE: "Om <morgenen>", Section.CAUTIONS: "Ikke i øjnene"}
    files.undo(page.context.file)
    assert cautions.toPlainText() == ""


def test_a_long_note_grows_and_an_empty_one_stays_small(page: ProductsPage) -> None:
    choose(page, "Dagcreme")
    use, show = page.form.field("use"), page.form.field("show")
    assert use.height() == show.height()
    use.setPlainText("\n".join("linje" for _ in range(8)))
    assert use.minimumHeight() > 2 * show.minimumHeight()


def test_a_new_product_is_kept_once_it_has_name_and_number(page: ProductsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(button_of(page, "New product"), LEFT)
    assert field(page, "name").hasFocus()
    write(qtbot, page, "price", "twenty")
    write(qtbot, page, "name", "Rivejern")
    assert len(products.everyone(page.context.file, page._company_id())) == 3
    assert "is not a number" in page.form.error("price")
    write(qtbot, page, "number", "K1")
    assert "already" in page.form.error("number")
    write(qtbot, page, "number", "K9")
    settle(page, qtbot)
    assert names(page) == ["Dagcreme", "Rivejern", "Skål 2 l", "Sæbe"]
    assert (stored(page).name, stored(page).number, stored(page).price) == ("Rivejern", "K9", None)
    assert field(page, "price").text() == "twenty"
    assert ANSWERS == ["Rivejern is added."]


def test_search_and_category_narrow_together(page: ProductsPage, qtbot: QtBot) -> None:
    box = page._category
    assert [box.itemText(i) for i in range(box.count())] == ["All categories", "Hudpleje", "Køkken"]
    box.setFocus()
    qtbot.keyClick(box, KEY.Key_Down)
    assert names(page) == ["Dagcreme", "Sæbe"]
    qtbot.keyClicks(page.pane.search, "morgen")
    assert names(page) == ["Dagcreme"]
    choose(page, "Dagcreme")
    assert box.currentIndex() == 0


def test_deleting_and_undoing(page: ProductsPage, qtbot: QtBot) -> None:
    choose(page, "Sæbe")
    page.pane.table.setFocus()
    qtbot.keyClick(page.pane.table, KEY.Key_Delete)
    assert names(page) == ["Dagcreme", "Skål 2 l"]
    assert ANSWERS[-1] == "Sæbe is deleted."
    assert page.form.heading.text() == "Skål 2 l"
    files.undo(page.context.file)
    assert names(page) == ["Dagcreme", "Skål 2 l", "Sæbe"]


def test_another_company_has_its_own_catalogue(page: ProductsPage) -> None:
    page.perform("new")
    other = companies.add(page.context.file, "Andet", "", "EUR")
    page.context.choose_company(other)
    assert page.empty.isVisible()
    page.perform("new")
    assert page.form.record.company_id == other
    page.context.choose_company(companies.everyone(page.context.file)[0].id)
    assert page.form.heading.text() == "Dagcreme"


def test_without_a_company_the_page_says_what_to_do_first(bare_page: ProductsPage, qtbot: QtBot) -> None:
    page = bare_page
    asked: list[tuple[str, int]] = []
    page.context.goto.connect(lambda key, id_: asked.append((key, id_)))
    assert page._no_company.isVisible()
    for deed in sorted(page.offers - {"find"}):
        page.perform(deed)
    assert page._no_company.isVisible()
    qtbot.mouseClick(button_of(page, "Settings"), LEFT)
    assert asked == [("settings", 0)]
    companies.add(page.context.file, "Firma")
    assert page.empty.isVisible()
    qtbot.mouseClick(button_of(page.empty, "Add a product"), LEFT)
    assert field(page, "name").hasFocus()


def test_import_then_pdf_of_all_and_of_the_selected(
    page: ProductsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "ask_open_path", lambda _title: DATA / "products.csv")
    page.perform("import")
    qtbot.waitUntil(lambda: bool(page.findChildren(ImportPreview)))
    preview = page.findChildren(ImportPreview)[0]
    with qtbot.waitSignal(preview.applied):
        preview.accept()
    assert len(names(page)) == 34
    sizes = []
    for name, deed in (("all.pdf", page.make_report), ("one.pdf", page.report_selected)):
        deed()
        qtbot.waitUntil(lambda: bool(page.findChildren(PdfDialog)), timeout=20_000)
        page.findChildren(PdfDialog)[0].save_as(tmp_path / name)
        page.findChildren(PdfDialog)[0].close()
        qtbot.waitUntil(lambda: not page.findChildren(PdfDialog))
        sizes.append((tmp_path / name).stat().st_size)
    assert sizes[0] > sizes[1] > 1000


def test_the_model_keeps_qts_rules_and_sorts_prices_by_amount(qtbot: QtBot) -> None:
    model = ProductsModel()
    model.currency = "DKK"
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    prices = [900, None, 10_000, 2_500]
    model.set_rows(product_rows(Product(id=i, number=str(i), name="A", price=p) for i, p in enumerate(prices, 1)))
    model.sort(PRICE)
    assert [row.product.price for row in model.shown] == [900, 2_500, 10_000, None]
    assert [model.data(model.index(line, PRICE)) for line in (0, 3)] == ["DKK\N{NO-BREAK SPACE}9.00", ""]


def test_every_stop_of_the_tab_key_has_a_name(page: ProductsPage) -> None:
    for widget in page.findChildren(QWidget):
        inner = isinstance(widget.parent(), QComboBox)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not inner:
            assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()), widget


def test_mnemonics_are_unique_and_leave_the_menus_theirs(page: ProductsPage) -> None:
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.buddy()]
    texts = labels + [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) > 10
    assert sorted({*keys, *"fevh"}) == sorted([*keys, *"fevh"])


def test_user_text_is_never_markup(page: ProductsPage) -> None:
    form = page.form
    assert isinstance(form, ProductForm)
    form.show_record(Product(id=1, number="1", name="<b>Bo</b>"))
    assert form.heading.text() == "<b>Bo</b>"
    assert form.heading.textFormat() == Qt.TextFormat.PlainText
