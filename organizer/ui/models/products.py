"""The catalogue as a list: number, name, category, price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from organizer.domain.contact import search_text, sort_key
from organizer.domain.money import minor_digits
from organizer.domain.product import Product
from organizer.i18n import _, format_money
from organizer.ui.models.rows import RowsModel

NAME, NUMBER, CATEGORY, PRICE = range(4)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product and the text to find it by."""

    id: int
    product: Product
    search: str


def product_rows(products: Iterable[Product]) -> list[ProductRow]:
    """A line for each product, found by number, name, category and notes."""
    return [ProductRow(p.id, p, search_text(p.number, p.name, p.category, *p.notes.values())) for p in products]


class ProductsModel(RowsModel[ProductRow]):
    """A company's products; the rows come sorted by name."""

    numeric = frozenset((PRICE,))
    currency = ""

    def headings(self) -> Sequence[str]:
        """Name, number, category, price."""
        return _("Name"), _("Number"), _("Category"), _("Price")

    def cell(self, row: ProductRow, column: int) -> str:
        """The row's text in a column; an unknown price is empty, not zero."""
        product = row.product
        if column == PRICE:
            digits = minor_digits(self.currency)
            return "" if product.price is None else format_money(product.price, self.currency, digits)
        return (product.name, product.number, product.category)[column]

    def key(self, row: ProductRow, column: int) -> Any:
        """Prices by amount, texts in Danish order; what isn't known comes last."""
        if column == PRICE:
            return row.product.price is None, row.product.price or 0
        text = self.cell(row, column)
        return not text, sort_key(text)
