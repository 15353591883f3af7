"""What she sells: the catalogue is hers to edit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from organizer.domain.contact import MAX_NOTES, MAX_TEXT, clean_text, single_line, too_long
from organizer.domain.money import MAX_MINOR, MAX_VOLUME
from organizer.domain.result import FieldRefusal, Message


class Section(StrEnum):
    """The headings of a product note, in the order they are shown."""

    GENERAL = "general"
    SHOW = "show"
    USE = "use"
    ANSWERS = "answers"
    CAUTIONS = "cautions"
    SUSTAINABILITY = "sustainability"


@dataclass(frozen=True, slots=True)
class Product:
    """One item of a company's catalogue.

    `price` and `cost` are minor units of the company's currency (øre), None where not known;
    `pv` and `cv` are volumes in thousandths; `lasts_days` is how long one piece lasts a customer.
    """

    id: int = 0
    company_id: int = 0
    number: str = ""
    name: str = ""
    category: str = ""
    price: int | None = None
    cost: int | None = None
    pv: int | None = None
    cv: int | None = None
    lasts_days: int | None = None
    notes: dict[Section, str] = field(default_factory=dict)


def cleaned_product(product: Product) -> Product:
    """The product with spaces trimmed and empty notes dropped.

    Raises FieldRefusal when name or number is missing, a text too long, a figure negative or absurdly large.
    """
    texts: dict[str, Any] = {name: single_line(getattr(product, name)) for name in ("number", "name", "category")}
    for name, text in texts.items():
        if len(text) > MAX_TEXT:
            raise too_long(name, MAX_TEXT)
        if not text and name != "category":
            raise FieldRefusal(name, Message("A product needs a number and a name."))
    limits = {"price": MAX_MINOR, "cost": MAX_MINOR, "pv": MAX_VOLUME, "cv": MAX_VOLUME, "lasts_days": 36_500}
    for name, limit in limits.items():
        value = getattr(product, name)
        if value is not None and value < 0:
            raise FieldRefusal(name, Message("This figure can't be below zero."))
        if value is not None and value > limit:
            raise FieldRefusal(name, Message("This figure is too large to be right."))
    notes = {section: clean_text(product.notes.get(section, "")).strip() for section in Section}
    if any(len(text) > MAX_NOTES for text in notes.values()):
        raise too_long("notes", MAX_NOTES)
    return replace(product, **texts, notes={section: text for section, text in notes.items() if text})
