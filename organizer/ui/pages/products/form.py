"""One product, edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter

from organizer.domain.money import minor_digits, to_minor, to_volume, volume_amount
from organizer.domain.product import Product, Section
from organizer.domain.result import FieldRefusal, Message
from organizer.i18n import _, format_money, format_number, format_percent, parse_number
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.products.claims_shown import ClaimsUnderlined, told
from organizer.ui.pages.products.pictures import Pictures
from organizer.ui.pages.products.ties import Ties
from organizer.ui.pages.record_form import RecordForm
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.plain_text import CommitLineEdit

_CURRENCY_SIGNS = ("kr.", "kr", "€", "£", "$")


class ProductForm(RecordForm[Product]):
    """What it is on the left, its figures on the right, its notes under their headings below."""

    def __init__(self, context: Context) -> None:
        super().__init__(Product(), _("The chosen product"))
        self.pictures, self.ties = Pictures(context), Ties(context)
        self.currency = "DKK"
        self.hint.setText(_("Kept as soon as there is a name and a number."))
        self._line("name", _("Na&me"))
        self._line("number", _("N&umber"))
        self._line("category", _("Cate&gory"))
        self._categories = QStringListModel(self)
        self._complete(self.field("category"))
        self._figure("lasts_days", _("&Lasts (days)"), format_number, _whole)
        self._figure("price", _("P&rice"), self._money, self._minor)
        self._figure("cost", _("C&ost"), self._money, self._minor)
        self._margin = Label(tone="muted", selectable=True)
        self._margin.setMargin(theme.XS)
        self._margin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.right.add("margin", _("Margin"), self._margin)
        self._figure("pv", _("&PV"), lambda volume: format_number(volume_amount(volume)), to_volume)
        self._figure("cv", _("&CV"), lambda volume: format_number(volume_amount(volume)), to_volume)
        self.below.wide(self.pictures)
        self.below.section(_("Notes"))
        headings = {
            Section.GENERAL: _("&About it"),
            Section.SHOW: _("What to &show"),
            Section.USE: _("How to use &it"),
            Section.ANSWERS: _("Answers to &questions"),
            Section.CAUTIONS: _("Cau&tions"),
            Section.SUSTAINABILITY: _("Sustaina&bility"),
        }
        for section, heading in headings.items():
            self._note(section, heading)
        self.below.wide(self.ties)
        self._show_ties(0)

    def named(self, record: Product) -> str:
        """The product's name."""
        return record.name.strip() or _("New product")

    def show_record(self, record: Product, *, same: bool = False) -> None:
        """Show a product and what it earns."""
        super().show_record(record, same=same)
        self._margin.setText(self._margin_of(record))
        self._margin.setAccessibleName(self._margin.text())
        self._show_ties(record.id)

    def _show_ties(self, product_id: int) -> None:
        """Its pictures, what goes with it and who likes it: once it is kept."""
        for part in (self.pictures, self.ties):
            part.show_product(product_id)
            part.setVisible(bool(product_id))

    def set_categories(self, categories: Sequence[str]) -> None:
        """The categories to offer while typing."""
        self._categories.setStringList(list(categories))

    def _line(self, key: str, label: str) -> None:
        def read(product: Product) -> str:
            return str(getattr(product, key))

        def put(product: Product, text: str) -> Product:
            return replace(product, **{key: text})  # type: ignore[arg-type]

        self.add_text(self.left, key, label, read, put)

    def _figure(self, key: str, label: str, show: Callable[[int], str], parse: Callable[[Decimal], int]) -> None:
        def read(product: Product) -> str:
            value = getattr(product, key)
            return "" if value is None else show(value)

        def put(product: Product, text: str) -> Product:
            if text.strip() == read(product):
                return product
            return replace(product, **{key: self._parsed(key, text, parse)})  # type: ignore[arg-type]

        self.add_text(self.left if key == "lasts_days" else self.right, key, label, read, put)
        self.field(key).setAlignment(Qt.AlignmentFlag.AlignRight)

    def _parsed(self, key: str, text: str, parse: Callable[[Decimal], int]) -> int | None:
        figure = text.replace(self.currency, "")
        for sign in _CURRENCY_SIGNS:
            figure = figure.replace(sign, "")
        if not text.strip():
            return None
        try:
            number = parse_number(figure)
        except ValueError:
            raise FieldRefusal(key, Message("{text} is not a number.", {"text": text.strip()})) from None
        try:
            return parse(number)
        except ValueError:
            message = Message("This figure has too many decimals, or is too large to be right.")
            raise FieldRefusal(key, message) from None

    def _note(self, section: Section, heading: str) -> None:
        def put(product: Product, text: str) -> Product:
            return replace(product, notes=_with_note(product.notes, section, text))

        self.add_notes(self.below, section.value, heading, lambda product: product.notes.get(section, ""), put)
        text = self.field(section.value)
        ClaimsUnderlined(text.document())
        text.textChanged.connect(lambda: self.below.set_hint(section.value, told(text.toPlainText())))

    def _money(self, minor: int) -> str:
        return format_money(minor, self.currency, minor_digits(self.currency))

    def _minor(self, amount: Decimal) -> int:
        return to_minor(amount, self.currency)

    def _margin_of(self, product: Product) -> str:
        if product.price is None or product.cost is None:
            return "\N{EN DASH}"
        margin = product.price - product.cost
        text = self._money(margin)
        return f"{text}  ({format_percent(Decimal(margin) / product.price, 0)})" if product.price else text

    def _complete(self, line: CommitLineEdit) -> None:
        completer = QCompleter(self._categories, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)


def _with_note(notes: dict[Section, str], section: Section, text: str) -> dict[Section, str]:
    after = {**notes, section: text}
    return {kind: after[kind] for kind in Section if after.get(kind)}


def _whole(number: Decimal) -> int:
    if number != int(number):
        raise ValueError("not a whole number of days")
    return int(number)
