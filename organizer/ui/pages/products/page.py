"""Products: the chosen company's catalogue, with prices, points and what to say of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from organizer.domain.company import Company
from organizer.domain.contact import sort_key
from organizer.domain.product import Product, cleaned_product
from organizer.i18n import _, format_number, ngettext
from organizer.services import imports, products, reports
from organizer.ui.context import Context
from organizer.ui.dialogs.import_preview import ImportPreview
from organizer.ui.models.products import ProductRow, ProductsModel, product_rows
from organizer.ui.pages.list_page import ListPage
from organizer.ui.pages.list_pane import ListPane
from organizer.ui.pages.products.form import ProductForm
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.choosers import CompanyChooser
from organizer.ui.widgets.empty_state import EmptyState


class ProductsPage(ListPage[ProductRow, Product]):
    """The list of products, and the chosen one."""

    key = "products"
    icon = "package"
    offers = frozenset({"new", "delete", "import", "report", "find"})
    tables = frozenset(
        {"product", "product_note", "company", "product_picture", "product_link", "product_like", "person"}
    )

    def __init__(self, context: Context) -> None:
        self._model = ProductsModel()
        self._product_form = ProductForm(context)
        self._category = ComboBox()
        self._category.setAccessibleName(_("Category"))
        pane = ListPane(self._model, _("Products"), _("Search name, number, category, notes"), _count)
        pane.set_widths(70, 100, 96)
        pane.above.addWidget(self._category)
        super().__init__(context, pane, lambda: self._product_form, self._empty_state())
        self._no_company = EmptyState(
            "package", _("First add your company"), _("A catalogue belongs to the company that you sell for.")
        )
        self._no_company.add_button(
            _("Open Settings"), lambda: context.goto.emit("settings", 0), icon="settings", primary=True
        )
        self._stack.addWidget(self._no_company)
        self._category.activated.connect(lambda: self.refresh())
        report = (_("PDF of the selected products…"), self.report_selected)
        self.add_menu((_("New product"), self.new_item), report, (_("Delete"), self.delete_items))

    def title(self) -> str:
        """The page's name."""
        return _("Products")

    def head_choosers(self) -> Sequence[QWidget]:
        """Whose catalogue it is."""
        return (CompanyChooser(self.context),)

    def head_buttons(self) -> Sequence[QWidget]:
        """Import, PDF, New."""
        return (
            button(_("Import…"), self.import_file, icon="file-down"),
            self._pdf_button(),
            button(_("&New product"), self.new_item, icon="plus", kind="primary"),
        )

    def refresh(self) -> None:
        """Read anew; a form begun for another company is let go."""
        company_id = self._company_id()
        if self.form.record.company_id != company_id:
            self._drafting = False
            self.form.record = self.blank()
        currency = self.context.company.currency if self.context.company else ""
        self._model.currency = self._product_form.currency = currency
        super().refresh()

    def read_rows(self) -> Sequence[ProductRow]:
        """The company's products in the category chosen; the categories in use are offered in the form."""
        every = products.everyone(self.context.file, self._company_id())
        self._show_categories(sorted({p.category for p in every if p.category}, key=sort_key))
        wanted = self._category.currentData()
        return product_rows(p for p in every if not wanted or p.category == wanted)

    def read(self, id_: int) -> Product | None:
        """A product of the company, None when it is gone."""
        every = products.everyone(self.context.file, self._company_id())
        return next((product for product in every if product.id == id_), None)

    def blank(self) -> Product:
        """Nothing yet."""
        return Product(company_id=self._company_id())

    def check(self, draft: Product) -> None:
        """Raise FieldRefusal for what can't be kept of something that has no name or number yet."""
        cleaned_product(replace(draft, name=draft.name or "–", number=draft.number or "–"))

    def ready(self, draft: Product) -> bool:
        """True when it has a number and a name."""
        return bool(draft.number.strip() and draft.name.strip())

    def store(self, record: Product) -> int:
        """Add or save. Raises FieldRefusal."""
        if not record.id:
            return products.add(self.context.file, record)
        products.save(self.context.file, record)
        return record.id

    def remove(self, ids: Sequence[int]) -> str:
        """Delete."""
        first = self.read(ids[0])
        products.delete(self.context.file, self._company_id(), ids)
        gone = ngettext("{name} is deleted.", "{count} products are deleted.", len(ids))
        return gone.format(name=first.name if first else "", count=format_number(len(ids)))

    def new_item(self) -> None:
        """An empty form, once there is a company to sell for."""
        if self.context.company:
            super().new_item()

    def show_item(self, id_: int) -> None:
        """Select the product with this id, whatever is searched for and whichever category is shown."""
        self._category.setCurrentIndex(0)
        self._stale = True
        super().show_item(id_)

    def import_file(self) -> None:
        """Ask for a product list, and bring it in."""
        if self.context.company and (path := self.ask_open_path(_("Import products"))):
            self.bring_in(path)

    def bring_in(self, path: Path) -> None:
        """Read the product list at `path`, then show what it would change."""
        if company := self.context.company:
            # she may look at another company by the time it is read
            self.context.run(
                imports.read_products_file(path, company), lambda reading: self._preview(company, reading)
            )

    def make_report(self) -> None:
        """A product sheet of the selected products where several are selected, else of all."""
        ids = self.pane.selected()
        self._report(ids if len(ids) > 1 else None)

    def report_selected(self) -> None:
        """A product sheet of what is selected."""
        if ids := self.pane.selected():
            self._report(ids)

    def _report(self, ids: Sequence[int] | None) -> None:
        if company := self.context.company:
            name = reports.suggested_name("product")
            self.report(name, _("Products"), lambda: reports.product_sheet(self.context.file, company, ids))

    def _preview(self, company: Company, reading: imports.Reading[Product]) -> None:
        preview = imports.preview_products(self.context.file, company, reading)
        dialog = ImportPreview(self.context, preview, _("Import products"), self, company)
        dialog.applied.connect(lambda: self.context.choose_company(company.id))
        dialog.open()

    def _company_id(self) -> int:
        return self.context.company.id if self.context.company else 0

    def _empty_state(self) -> EmptyState:
        text = _("What you sell: price, points, and notes on what to show and how to answer.")
        empty = EmptyState("package", _("No products yet"), text)
        empty.add_button(_("&Add a product"), self.new_item, icon="plus", primary=True)
        empty.add_button(_("&Import products…"), self.import_file, icon="file-down")
        return empty

    def _pdf_button(self) -> QPushButton:
        made = button(_("P&DF"), icon="file-text")
        menu = QMenu(made)
        menu.addAction(_("&Selected products…"), self.report_selected)
        menu.addAction(_("&All products…"), lambda: self._report(None))
        made.setMenu(menu)
        return made

    def _show_categories(self, categories: Sequence[str]) -> None:
        self._product_form.set_categories(categories)
        wanted = self._category.currentData()
        with QSignalBlocker(self._category):
            self._category.clear()
            self._category.addItem(_("All categories"), "")
            for category in categories:
                self._category.addItem(category, category)
            self._category.setCurrentIndex(max(0, self._category.findData(wanted)))
        self._category.setVisible(bool(categories))

    def _show_side(self) -> None:
        super()._show_side()
        if not self.context.company:
            self._stack.setCurrentWidget(self._no_company)


def _count(total: int) -> str:
    return ngettext("{count} product", "{count} products", total).format(count=format_number(total))
