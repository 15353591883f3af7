"""Hostile texts in every PDF: printed letter by letter, with nothing loaded, linked, run or hung."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from endurance.hostile import TEXTS, texts
from endurance.trap import Trap
from pdf_support import chain, dense

from organizer.domain.commission.engine import estimate
from organizer.domain.commission.parse import parse_plan
from organizer.domain.contact import MAX_NOTES, MAX_TEXT, Contact, Labelled, cleaned, single_line
from organizer.domain.period import Period
from organizer.domain.product import Product, Section, cleaned_product
from organizer.domain.result import Message
from organizer.domain.team import Team
from organizer.reports import fonts
from organizer.reports.base import Head
from organizer.reports.contact import contact_list
from organizer.reports.estimate import Beside, estimate_statement
from organizer.reports.product import product_sheet
from organizer.reports.team import team_overview
from organizer.resource_files import resource

ACTIONS = re.compile(
    rb"/(JavaScript|JS|Launch|URI|GoToR|SubmitForm|OpenAction|AA|EmbeddedFile|Annots|RichMedia)\b"
)
every_text = pytest.mark.parametrize("name", TEXTS)


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    made = Trap(tmp_path / "trap.ppm")
    yield made
    opened = made.opened()
    made.close()
    assert not opened, "the file that a text names was opened"


def test_the_trap_sees_an_opening(tmp_path: Path) -> None:
    made = Trap(tmp_path / "trap.ppm")
    (tmp_path / "trap.ppm").read_bytes()
    assert made.opened() or not made.works
    made.close()


def kept(name: str, trap: Trap) -> str:
    """The text as the program would have kept it: on one line, not too long, never empty."""
    return single_line(texts(trap.path)[name])[:MAX_TEXT].strip() or "?"


def says(pdf: bytes, text: str) -> None:
    """The PDF says the text as it is: nothing of it was taken for markup, a path or a place."""
    assert pdf.startswith(b"%PDF-")
    assert not ACTIONS.search(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        assert 1 <= len(document) < 30
        sizes = {tuple(map(round, page.get_size())) for page in document}
    assert sizes <= {(595, 842), (842, 595)}
    # letters only: a reader may give signs at a line's end, marks and ligatures another way
    expected = "".join(re.findall("[A-Za-z0-9]", fonts.printable(text)))
    found = "".join(re.findall("[A-Za-z0-9]", dense(pdf)))
    assert expected in found


@every_text
def test_contacts(name: str, trap: Trap) -> None:
    text = kept(name, trap)
    entries = (Labelled(text, text), Labelled("a@b.dk", text))
    hostile = cleaned(
        Contact(first_name=text, organization=f"{text} A/S"[:MAX_TEXT], phones=entries, emails=entries,
                street=text, postal_code=text, city=text, country=text, tags=(text,), notes=text)
    )  # fmt: skip
    says(contact_list([hostile] * 3, Head(text, text, date(2026, 11, 3))), text)


@every_text
def test_products(name: str, trap: Trap) -> None:
    text = kept(name, trap)
    notes = dict.fromkeys(Section, f"{texts(trap.path)[name]}\n\n{text}")
    hostile = cleaned_product(Product(number=text, name=text, category=text, price=1, cost=2, pv=3, notes=notes))
    says(product_sheet([hostile] * 2, Head(text, text, date(2026, 11, 3)), "DKK", include_cost=True), text)


def whole(text: str) -> Team:
    team = chain(5)
    volumes = {name: [100_000 - place for place in range(5)] for name in ("pv", "cv", "sales", "purchases")}
    return replace(team, names=[text] * 5, numbers=[text] * 5, ranks=[text] * 5, volumes=volumes)


@every_text
def test_a_team(name: str, trap: Trap) -> None:
    text, team = kept(name, trap), whole(kept(name, trap))
    pdf = team_overview(team, [(text, team.volumes["pv"])], Head(text, text, date(2026, 11, 3)), text)
    says(pdf, text)


@every_text
def test_an_estimate(name: str, trap: Trap) -> None:
    text, team = kept(name, trap), whole(kept(name, trap))
    plan = parse_plan(resource("plans", "teaching-unilevel.toml").read_text(encoding="utf-8"), "teaching-unilevel")
    statement = estimate(plan, team, Period.parse("2026-10"), 0)
    notes = [Message("{name} is taken as you.", {"name": text})]
    says(
        estimate_statement(statement, plan, team, Head(text, text, date(2026, 11, 3)), beside=Beside(notes)), text
    )


@pytest.mark.parametrize("letter", ["x", "W", "\n", "\ufdfd", "e\u0316", "x ", "-"])
def test_the_longest_notes_of_anything(letter: str) -> None:
    """A thousand pages at the most, and none of them is a hang."""
    note = (letter * MAX_NOTES)[: MAX_NOTES - 2] + "."
    product = cleaned_product(Product(number="1", name="Oil", notes={Section.USE: note}))
    pdf = product_sheet([product], Head("", "", date(2026, 11, 3)), "DKK")
    with pypdfium2.PdfDocument(pdf) as document:
        assert 1 <= len(document) < 1000
