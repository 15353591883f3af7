"""What she can do with the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from organizer.domain.product import Product, cleaned_product
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.storage import File, products


def everyone(file: File, company_id: int) -> list[Product]:
    """The company's products, by name."""
    return products.everyone(file, company_id)


def add(file: File, product: Product) -> int:
    """Add a product; its id. Raises FieldRefusal."""
    product = _checked(file, product)
    with file.deed("product.add", product.name):
        return products.insert(file, [product])[0]


def save(file: File, product: Product) -> None:
    """Store a changed product; no deed when nothing changed. Raises FieldRefusal."""
    product = _checked(file, product)
    known = {other.id: other for other in products.everyone(file, product.company_id)}
    if product.id not in known:
        raise Refusal(Message("This product is gone. Nothing was changed."))
    with file.deed("product.edit", product.name):
        if product != known[product.id]:
            products.update(file, product)


def delete(file: File, company_id: int, ids: Sequence[int]) -> None:
    """Delete products."""
    names = [product.name for product in products.everyone(file, company_id) if product.id in ids]
    one = len(names) == 1
    with file.deed("product.delete" if one else "product.delete.many", names[0] if one else str(len(names))):
        products.delete(file, ids)


def _checked(file: File, product: Product) -> Product:
    product = cleaned_product(product)
    for other in products.everyone(file, product.company_id):
        if other.number == product.number and other.id != product.id:
            raise FieldRefusal(
                "number", Message("{number} is {name} already.", {"number": product.number, "name": other.name})
            )
    return product
