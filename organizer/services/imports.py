"""Files in: read in a job, compared with what is stored, shown as a preview, applied as one deed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from organizer.domain.company import Company
from organizer.domain.money import Money
from organizer.domain.product import Product, Section, cleaned_product
from organizer.domain.result import Message, Value
from organizer.exchange.products import read_products
from organizer.exchange.reading import Reading
from organizer.exchange.team_rows import Shape, TeamMapping, TeamReading, TeamRow
from organizer.i18n import _, shown
from organizer.services.contact_import import preview as preview_contacts
from organizer.services.contact_import import read as read_contacts
from organizer.services.jobs import Job
from organizer.services.preview import Change, Line, Preview
from organizer.services.team_preview import preview_team
from organizer.services.team_reading import period_guess, read_team_file
from organizer.storage import File, products

__all__ = [
    "Reading",
    "Shape",
    "TeamMapping",
    "TeamReading",
    "TeamRow",
    "period_guess",
    "preview_contacts",
    "preview_products",
    "preview_team",
    "read_contacts",
    "read_products_file",
    "read_team_file",
]


def read_products_file(path: Path, company: Company) -> Job[Reading[Product]]:
    """Read a product list. The job raises Refusal for a wrong file."""
    return Job(
        _("Reading {file}").format(file=shown(path.name)),
        lambda progress: read_products(
            path, company.currency, progress=progress.report, cancelled=progress.cancelled
        ),
    )


def preview_products(file: File, company: Company, reading: Reading[Product]) -> Preview:
    """What the product list would change: a product is found again by its number.

    Her notes stay, and so does what the list has no column for or leaves blank.
    """
    known = {product.number: product for product in products.everyone(file, company.id)}
    new: list[Product] = []
    changed: list[Product] = []
    lines: list[Line] = []
    for row, found in zip(reading.rows, reading.records, strict=True):
        product = cleaned_product(replace(found, company_id=company.id))
        before = known.get(product.number)
        if before is None:
            new.append(product)
            lines.append(Line(row, Change.NEW, product.name))
        elif (after := _updated(before, product)) == before:
            lines.append(Line(row, Change.SAME, product.name))
        else:
            changed.append(after)
            lines.append(Line(row, Change.CHANGED, product.name, list(_news(before, after, company.currency))))

    def apply() -> None:
        with file.deed("product.import", reading.file):
            products.insert(file, new)
            for product in changed:
                products.update(file, product)

    return Preview(reading.file, lines, reading.problems, apply)


def _updated(before: Product, found: Product) -> Product:
    fields = ("name", "category", "price", "cost", "pv", "cv", "lasts_days")
    told: dict[str, Any] = {
        name: getattr(found, name) for name in fields if getattr(found, name) not in (None, "")
    }
    general = before.notes.get(Section.GENERAL) or found.notes.get(Section.GENERAL, "")
    notes = before.notes | ({Section.GENERAL: general} if general else {})
    return replace(before, **told, notes=notes)


def _news(before: Product, after: Product, currency: str) -> Iterator[Message]:
    if before.price != after.price:
        yield Message(
            "price {old} → {new}", {"old": _money(before.price, currency), "new": _money(after.price, currency)}
        )
    if before.cost != after.cost:
        yield Message(
            "cost {old} → {new}", {"old": _money(before.cost, currency), "new": _money(after.cost, currency)}
        )
    rest = replace(before, price=after.price, cost=after.cost)
    if rest != after:
        yield Message("name, points or other details change")


def _money(minor: int | None, currency: str) -> Value:
    return "–" if minor is None else Money(minor, currency).amount
