"""What she sells: the catalogue is hers to edit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from organizer.domain.contact import MAX_NOTES, MAX_TEXT, clean_text, single_line
from organizer.domain.money import MAX_MINOR, MAX_VOLUME


class Section(StrEnum):
    """The headings of a product note, in the order they are shown."""

    GENERAL = "general"
    SHOW = "show"
    USE = "use"
    ANSWERS = "answers"
    CAUTIONS = "cautions"


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


class ProductError(ValueError):
    """A product can't be kept as it is. `field` names the field, `code` the reason."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


def cleaned_product(product: Product) -> Product:
    """The product with spaces trimmed and empty notes dropped.

    Raises ProductError: `name` or `number` "missing", any text "too_long", any figure "negative" or "absurd".
    """
    texts: dict[str, Any] = {name: single_line(getattr(product, name)) for name in ("number", "name", "category")}
    for name, text in texts.items():
        if len(text) > MAX_TEXT:
            raise ProductError(name, "too_long")
        if not text and name != "category":
            raise ProductError(name, "missing")
    limits = {"price": MAX_MINOR, "cost": MAX_MINOR, "pv": MAX_VOLUME, "cv": MAX_VOLUME, "lasts_days": 36_500}
    for name, limit in limits.items():
        value = getattr(product, name)
        if value is not None and value < 0:
            raise ProductError(name, "negative")
        if value is not None and value > limit:
            raise ProductError(name, "absurd")
    notes = {section: clean_text(product.notes.get(section, "")).strip() for section in Section}
    if any(len(text) > MAX_NOTES for text in notes.values()):
        raise ProductError("notes", "too_long")
    return replace(product, **texts, notes={section: text for section, text in notes.items() if text})
