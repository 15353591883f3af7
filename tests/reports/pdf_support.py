"""What the tests of the reports share: the samples as records, and what a PDF says."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2

from organizer.domain.contact import Contact, Labelled
from organizer.domain.product import Product, Section
from organizer.domain.team import Kind, Team
from organizer.reports.base import Head

DATA = Path(__file__).parents[1] / "data"
HEAD = Head("Åse Jørgensen", "Nordlys & Søn", date(2026, 11, 3))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, its white space as single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def dense(pdf: bytes) -> str:
    """All text without white space: what wrapping can't change."""
    return "".join(text(pdf).split())


def contacts() -> list[Contact]:
    found = []
    for row in _rows("contacts_google.csv", ","):
        mails = (Labelled(row["E-mail 1 - Value"], row["E-mail 1 - Label"]),) if row["E-mail 1 - Value"] else ()
        phones = (Labelled(row["Phone 1 - Value"], row["Phone 1 - Label"]),) if row["Phone 1 - Value"] else ()
        found.append(
            Contact(
                first_name=row["First Name"],
                last_name=row["Last Name"],
                emails=mails,
                phones=phones,
                street=row["Address 1 - Street"],
                postal_code=row["Address 1 - Postal Code"],
                city=row["Address 1 - City"],
                notes=row["Notes"],
            )
        )
    return found


def team() -> Team:
    rows = _rows("team_sponsor_id.csv", ",")
    index = {row["ID"]: place for place, row in enumerate(rows)}
    sponsor = [index.get(row["Sponsor ID"], -1) for row in rows]
    ambassador = ["Ambassador" in row["Customer Type"] for row in rows]
    volumes = {
        name: [int(Decimal(row[name.upper()].replace(",", "") or "0") * 1000) for row in rows]
        for name in ("pv", "cv")
    }
    return Team(
        ids=range(1, len(rows) + 1),
        numbers=[row["ID"] for row in rows],
        names=[row["Name"] for row in rows],
        person_ids=range(1, len(rows) + 1),
        sponsor=sponsor,
        placement=sponsor,
        kinds=[Kind.DISTRIBUTOR if earns else Kind.CUSTOMER for earns in ambassador],
        ranks=[row["Current Rank"] for row in rows],
        joined=[None] * len(rows),
        volumes=volumes,
        me=0,
    )


def chain(size: int) -> Team:
    """Each member under the one before."""
    return Team(
        ids=range(1, size + 1),
        numbers=[str(10_000 + place) for place in range(size)],
        names=[f"Person{place}" for place in range(size)],
        person_ids=range(1, size + 1),
        sponsor=range(-1, size - 1),
        placement=range(-1, size - 1),
        kinds=[Kind.DISTRIBUTOR] * size,
        ranks=[""] * size,
        joined=[None] * size,
        me=0 if size else -1,
    )


def products() -> list[Product]:
    return [
        Product(
            number=row["Varenr"],
            name=row["Navn"],
            category=row["Kategori"],
            price=int(_decimal(row["Vejl. pris"]) * 100),
            cost=int(_decimal(row["Indkøbspris"]) * 100),
            pv=int(_decimal(row["PV"]) * 1000),
            cv=int(_decimal(row["CV"]) * 1000),
            notes={Section.GENERAL: row["Note"]} if row["Note"] else {},
        )
        for row in _rows("products.csv", ";")
    ]


def _decimal(figure: str) -> Decimal:
    return Decimal(figure.replace(".", "").replace(",", "."))


def _rows(name: str, mark: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=mark))
