"""The catalogue of each company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from organizer.domain.contact import sort_key
from organizer.domain.product import Product, Section
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import product, product_like, product_link, product_note, product_picture

_FIELDS = ("company_id", "number", "name", "category", "price", "cost", "pv", "cv", "lasts_days")


@as_written
def everyone(file: File, company_id: int) -> list[Product]:
    """The company's products, by name."""
    notes: dict[int, dict[Section, str]] = defaultdict(dict)
    of_company = select(product.c.id).where(product.c.company_id == company_id)
    for row in file.connection.execute(select(product_note).where(product_note.c.product_id.in_(of_company))):
        notes[row.product_id][Section(row.section)] = row.body
    found = [
        Product(id=row.id, **{name: getattr(row, name) for name in _FIELDS}, notes=notes[row.id])
        for row in file.connection.execute(select(product).where(product.c.company_id == company_id))
    ]
    return sorted(found, key=lambda item: (sort_key(item.name), item.number))


def name_of(file: File, id_: int) -> str | None:
    """A product's name, None where there is none (any more)."""
    found = file.fetch("SELECT name FROM product WHERE id = ?", (id_,))
    return str(found[0][0]) if found else None


def company_of(file: File, id_: int) -> int | None:
    """The company whose product it is, None where there is none (any more)."""
    found = file.fetch("SELECT company_id FROM product WHERE id = ?", (id_,))
    return int(found[0][0]) if found else None


def insert(file: File, products: Iterable[Product]) -> list[int]:
    """Store new products; their ids."""
    ids = []
    for item in products:
        values = {name: getattr(item, name) for name in _FIELDS}
        ids.append(int(file.connection.execute(product.insert().values(**values)).lastrowid))
        _write_notes(file, ids[-1], item)
    return ids


def update(file: File, item: Product) -> None:
    """Store the changed product."""
    values = {name: getattr(item, name) for name in _FIELDS}
    file.connection.execute(product.update().where(product.c.id == item.id).values(**values))
    file.connection.execute(product_note.delete().where(product_note.c.product_id == item.id))
    _write_notes(file, item.id, item)


def _write_notes(file: File, id_: int, item: Product) -> None:
    notes = [{"product_id": id_, "section": s.value, "body": item.notes[s]} for s in Section if item.notes.get(s)]
    if notes:
        file.connection.execute(product_note.insert(), notes)


def delete(file: File, ids: Sequence[int]) -> None:
    """Delete products with their notes, pictures and ties."""
    for table in (product_note, product_picture, product_link, product_like):
        file.connection.execute(table.delete().where(table.c.product_id.in_(ids)))
    file.connection.execute(product_link.delete().where(product_link.c.other_id.in_(ids)))
    file.connection.execute(product.delete().where(product.c.id.in_(ids)))
