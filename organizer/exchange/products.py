"""Price lists: a company's catalogue as a table, Danish or English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from organizer.domain.contact import MAX_NOTES, clean_text
from organizer.domain.money import MAX_MINOR, MAX_VOLUME, minor_digits
from organizer.domain.product import Product, Section, cleaned_product
from organizer.domain.result import FieldRefusal, Message, RowProblem, Value
from organizer.exchange.cells import shortened, tidy, unguarded
from organizer.exchange.columns import Columns, Figures
from organizer.exchange.layout import Layout, is_total
from organizer.exchange.reading import IsCancelled, Progress, Reading, by_row, part, watch
from organizer.exchange.tables import Table, read_table
from organizer.i18n import N_

LAYOUT = Layout(
    english={
        "number": (
            "Item Number",
            "Item No.",
            "Product Number",
            "Product No.",
            "Product Code",
            "SKU",
            "Number",
            "Code",
        ),
        "name": ("Name", "Product Name", "Product", "Item"),
        "category": ("Category", "Group"),
        "price": ("Retail Price", "Price", "Suggested Retail Price", "RRP"),
        "cost": ("Cost", "Cost Price", "Wholesale Price", "Distributor Price"),
        "pv": ("PV",),
        "cv": ("CV",),
        "lasts_days": ("Lasts (days)", "Days", "Lasts"),
        "notes": ("Notes", "Note", "Description"),
    },
    danish={
        "number": ("Varenr.", "Varenummer", "Produktnr.", "Produktnummer", "Nr.", "Nummer"),
        "name": ("Navn", "Varenavn", "Produktnavn", "Produkt", "Vare"),
        "category": ("Kategori", "Gruppe", "Varegruppe"),
        "price": ("Vejl. pris", "Vejledende pris", "Pris", "Salgspris", "Udsalgspris"),
        "cost": ("Indkøbspris", "Kostpris", "Forhandlerpris"),
        "lasts_days": ("Holder (dage)", "Holdbarhed (dage)", "Holder"),
        "notes": ("Note", "Noter", "Bemærkning", "Beskrivelse"),
    },
    needed=(("number",), ("name",), ("price", "cost", "pv", "cv", "category")),
    long_texts=frozenset({"notes"}),
)
"""The headings understood."""

_MOST_DAYS = 36_500


def read_products(
    path: Path, currency: str, *, progress: Progress | None = None, cancelled: IsCancelled | None = None
) -> Reading[Product]:
    """The products in `path`, prices in minor units of `currency`, the note under Section.GENERAL.

    A row without number or name, or with a number that came before, is left out; a figure that is wrong is not
    used, and both are reported. Raises Refusal for a file that is no such table, Cancelled when cancelled.
    """
    table = read_table(path, LAYOUT, part(progress, 0.0, 0.6), cancelled)
    columns = Columns(table, list(map(shortened, tidy(table.column("number")))))
    found = _products(columns, currency)
    problems = [*table.problems, *columns.problems]
    sound = _sound(table, found, problems)
    watch(progress, cancelled, 1.0)
    rows, products = [row for row, _product in sound], [product for _row, product in sound]
    return Reading(products, by_row(problems), table.file, rows, frozenset(table.fields))


def _products(columns: Columns, currency: str) -> list[Product]:
    money, volume = Figures(minor_digits(currency), MAX_MINOR), Figures(3, MAX_VOLUME)
    shapes = {"price": money, "cost": money, "pv": volume, "cv": volume, "lasts_days": Figures(0, _MOST_DAYS)}
    empty: list[int | None] = [None] * len(columns.table)
    figures = dict.fromkeys(shapes, empty) | columns.figures(shapes)
    texts = {field: columns.texts(field) for field in ("number", "name", "category")}
    notes = columns.cells("notes")
    return [
        Product(
            number=texts["number"][place],
            name=texts["name"][place],
            category=texts["category"][place],
            price=figures["price"][place],
            cost=figures["cost"][place],
            pv=figures["pv"][place],
            cv=figures["cv"][place],
            lasts_days=figures["lasts_days"][place],
            notes={Section.GENERAL: unguarded(notes[place])},
        )
        for place in range(len(columns.table))
    ]


def _sound(table: Table, products: Sequence[Product], problems: list[RowProblem]) -> list[tuple[int, Product]]:
    """The products that can be kept, each with its row; the others, and what was cut, join `problems`."""
    kept: dict[str, tuple[int, Product]] = {}
    for row, cells, product in zip(table.numbers, table.rows, products, strict=True):
        subject = product.name or product.number
        try:
            sound = cleaned_product(_with_short_note(row, product, problems))
        except FieldRefusal as refusal:
            if not is_total(cells):
                problems.append(RowProblem(row, subject, refusal.message))
            continue
        if sound.number in kept:
            sentence = N_("The number {number} is in row {first} already; row {row} was left out.")
            values: dict[str, Value] = {"number": sound.number, "first": kept[sound.number][0], "row": row}
            problems.append(RowProblem(row, subject, Message(sentence, values)))
            continue
        kept[sound.number] = (row, sound)
    return list(kept.values())


def _with_short_note(row: int, product: Product, problems: list[RowProblem]) -> Product:
    note = clean_text(product.notes[Section.GENERAL]).strip()
    if len(note) <= MAX_NOTES:
        return product
    message = Message("The note is too long; only the first {limit} characters were kept.", {"limit": MAX_NOTES})
    problems.append(RowProblem(row, product.name or product.number, message, kept=True))
    return replace(product, notes={Section.GENERAL: note[:MAX_NOTES]})
