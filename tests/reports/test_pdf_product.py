"""The product sheet."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from pdf_support import HEAD, dense, pages, products, text
from PIL import Image

from organizer.domain.picture import Picture
from organizer.domain.product import Product, Section
from organizer.domain.result import Cancelled
from organizer.i18n import _, set_language
from organizer.reports.product import product_sheet

BOWL = Product(
    number="K1007",
    name="Skål 2 l",
    category="Køkken",
    price=17_900,
    cost=12_888,
    pv=14_000,
    cv=98_450,
    lasts_days=60,
    notes={
        Section.GENERAL: "Tåler opvask.\nFås i <b>blå</b> & rød.",
        Section.SHOW: "Vend den om.",
        Section.USE: "Skyl den.",
        Section.ANSWERS: "Mikroovn? Nej.",
        Section.CAUTIONS: "<anna@x.dk> <img src=x>",
    },
)


def test_everything_about_a_product_in_its_order() -> None:
    out = product_sheet([BOWL], HEAD, "DKK")
    found = text(out)
    expected = (
        "Køkken Skål 2 l DKK 179.00 No. K1007 · PV 14 · CV 98.45 · lasts about 60 days"
        " About it Tåler opvask. Fås i <b>blå</b> & rød. What to show Vend den om. How to use it Skyl den."
        " Answers to questions Mikroovn? Nej. Cautions <anna@x.dk> <img src=x>"
    )
    assert expected in found.replace("\xa0", " ")


def test_the_cost_is_only_shown_when_asked_for() -> None:
    out = product_sheet([BOWL], HEAD, "DKK")
    assert "128.88" not in text(out)
    out = product_sheet([BOWL], HEAD, "DKK", include_cost=True)
    assert "cost DKK 128.88" in text(out).replace("\xa0", " ")


def test_what_is_not_known_is_left_out() -> None:
    out = product_sheet([Product(number="1", name="Skål")], HEAD, "DKK", include_cost=True)
    found = text(out)
    assert not any(word in found for word in ("PV", "CV", "lasts", "cost", "DKK", "About it"))


def test_zero_is_a_price() -> None:
    out = product_sheet([replace(BOWL, price=0)], HEAD, "DKK")
    assert "DKK 0.00" in text(out).replace("\xa0", " ")


def test_currencies_without_small_coins_and_danish_prices() -> None:
    out = product_sheet([replace(BOWL, price=1_500)], HEAD, "ISK")
    assert "ISK 1,500" in text(out).replace("\xa0", " ")
    set_language("da")
    out = product_sheet([replace(BOWL, price=123_450)], HEAD, "DKK")
    found = text(out).replace("\xa0", " ")
    assert "1.234,50 kr." in found
    assert _("Cautions") in found


def test_the_whole_catalogue_under_its_categories() -> None:
    everything = products()
    out = product_sheet(everything, HEAD, "DKK")
    found = text(out)
    assert all(f"No. {product.number}" in found and product.name in found for product in everything)
    assert "31 products" in found
    for category in {product.category for product in everything}:
        assert category in found
    assert found.count("Hudpleje") == 1


def test_categories_stand_together_in_alphabetical_order_and_those_without_last() -> None:
    mixed = [("Z2", ""), ("A1", "Åkande"), ("B2", "Køkken"), ("B1", "Køkken"), ("A2", "Åkande"), ("Z1", "")]
    out = product_sheet([Product(number=name, name=name, category=where) for name, where in mixed], HEAD, "DKK")
    words = [
        word
        for word in text(out).split()
        if word in {"Køkken", "Åkande", "Other", "A1", "A2", "B1", "B2", "Z1", "Z2"}
    ]
    assert words == [
        "Køkken",
        "B2",
        "B2",
        "B1",
        "B1",
        "Åkande",
        "A1",
        "A1",
        "A2",
        "A2",
        "Other",
        "Z2",
        "Z2",
        "Z1",
        "Z1",
    ]


def test_without_categories_there_are_no_headings() -> None:
    out = product_sheet([Product(number="1", name="Skål")], HEAD, "DKK")
    assert "Other products" not in text(out)


def test_a_short_product_is_never_parted() -> None:
    out = product_sheet(
        [replace(BOWL, number=f"N{place}", name=f"Vare{place}.") for place in range(40)], HEAD, "DKK"
    )
    for place in range(40):
        (page,) = [page for page in pages(out) if f"Vare{place}." in page]
        after = page[page.index(f"Vare{place}.") :]
        assert f"N{place} " in after
        assert "<img src=x>" in after


def test_a_note_of_20000_characters_runs_over_pages_and_says_whose_it_is() -> None:
    words = " ".join(f"ord{number}" for number in range(2600))[:20_000]
    out = product_sheet([replace(BOWL, notes={Section.USE: words})], HEAD, "DKK")
    count = len(pages(out))
    assert count > 2
    assert "".join(words.split()) in dense_without_margins(out)
    assert all("Skål 2 l, continued" in page for page in pages(out)[1:])
    assert all(f"Page {number} of {count}" in page for number, page in enumerate(pages(out), 1))


def dense_without_margins(out: bytes) -> str:
    """The body of every page, one after the other, without white space."""
    found = ""
    for page in pages(out):
        body = page.split("How to use it")[-1].split("continued")[-1].split("03/11/2026")[0]
        found += "".join(body.split())
    return found


def test_a_note_without_spaces_and_one_of_blank_lines() -> None:
    notes = {Section.USE: "x" * 20_000, Section.SHOW: "\n" * 500 + "slut"}
    out = product_sheet(
        [replace(BOWL, name="Navn " * 40, number="1" * 200, category="K" * 200, notes=notes)], HEAD, "DKK"
    )
    packed = dense(out)
    assert packed.count("x") >= 20_000
    assert "slut" in packed
    assert packed.count("1" * 50) >= 1


def test_no_products_are_said_so() -> None:
    out = product_sheet([], HEAD, "DKK")
    assert len(pages(out)) == 1
    assert "There are no products to print." in text(out)


def test_equal_products_give_equal_bytes_and_it_can_be_cancelled() -> None:
    made = [product_sheet(products(), HEAD, "DKK") for _round in range(2)]
    assert made[0] == made[1]
    with pytest.raises(Cancelled):
        product_sheet(products(), HEAD, "DKK", cancelled=lambda: True)


def test_pictures_and_laid_out_notes_are_printed_and_a_damaged_one_is_left_out() -> None:
    image = Image.new("RGBA", (40, 30), (200, 20, 20, 128))
    png = BytesIO()
    image.save(png, "PNG")
    good, bad = (
        Picture("image/png", png.getvalue(), "På bordet"),
        Picture("image/png", png.getvalue()[:60], "Ødelagt"),
    )
    note = "# Fordele\n- let\n- tæt\nAlmindelig # linje - her"
    product = replace(BOWL, id=7, notes={Section.SHOW: note})
    out = product_sheet([product], HEAD, "DKK", pictures={7: [good, bad, Picture("image/jpeg", b"nothing")]})
    page = pypdfium2.PdfDocument(out)[0]
    printed = page.get_textpage().get_text_range()
    assert "På bordet" in printed
    assert "Ødelagt" not in printed
    assert "# Fordele" not in printed
    assert "Fordele" in printed
    assert printed.count("•") == 2
    assert "Almindelig # linje - her" in printed
    assert sum(one.type == 3 for one in page.get_objects()) == 1  # 3 is an image
