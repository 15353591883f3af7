"""The call sheet says what is needed beside the phone; each label lies on its sticker."""

from __future__ import annotations

import pypdfium2
import pytest
from pdf_support import HEAD, dense, pages, text

from organizer.reports.call_sheet import Caller, call_sheet
from organizer.reports.labels import LabelSheet, Placing, labels, sheets

MM = 72 / 25.4


def test_a_call_sheet_tells_who_how_what_was_said_and_has_room_for_an_answer() -> None:
    anna = Caller("Anna & Øst <b>", "8000 Aarhus", [("12 34 56 78", "Mobile")], "3 Nov: the cream", "the sample")
    other = Caller("Ελένη Łuk", "", [("1", "")] * 12, "", "")
    said = text(call_sheet([anna, other], "Customers in 8000–8299", 3, HEAD))
    for part in ("Call sheet", "Customers in 8000–8299", "2 contacts", "3 left out: no consent", "03/11/2026"):
        assert part in said
    for part in ("Anna & Øst <b>", "8000 Aarhus", "12 34 56 78", "Mobile", "3 Nov: the cream", "the sample"):
        assert part in said
    assert "Ελένη Łuk" in said
    assert said.count("talked") == said.count("later") == 2
    assert "left out" not in text(call_sheet([anna], "All", 0, HEAD))
    assert "nobody to call" in text(call_sheet([], "All", 0, HEAD))


def test_a_person_is_never_torn_apart_by_a_page_and_a_long_note_is_cut() -> None:
    callers = [Caller(f"Person{n}x", "Ry", [(f"100{n}", "")], "word " * 400, f"step{n}x") for n in range(20)]
    made = pages(call_sheet(callers, "All", 0, HEAD))
    assert 1 < len(made) < 8
    for n in range(20):
        (page,) = [one for one in made if f"Person{n}x" in one]
        assert f"step{n}x" in page


def boxes(pdf: bytes, page: int) -> list[tuple[str, float, float, float, float]]:
    """Each line of a page with its box in millimetres from the top left: left, top, right, bottom."""
    with pypdfium2.PdfDocument(pdf) as document:
        paper = document[page].get_textpage()
        height = document[page].get_height()
        found = []
        for index in range(paper.count_rects()):
            left, bottom, right, top = paper.get_rect(index)
            said = paper.get_text_bounded(left, bottom, right, top).strip()
            found.append((said, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
        return found


@pytest.mark.parametrize("sheet", sheets(), ids=lambda one: one.key)
@pytest.mark.parametrize("first", [1, 5])
def test_each_address_lies_within_its_label(sheet: LabelSheet, first: int) -> None:
    count = sheet.count + 3
    street = "A street with a name that goes on and on for ever 123, 4. tv"
    addresses = [(f"Name{n:02}", street, "8000 Ry") for n in range(count)]
    made = labels(addresses, sheet, Placing(first, 1.0, -0.5), HEAD)
    for n in range(count):
        page, place = divmod(first - 1 + n, sheet.count)
        row, column = divmod(place, sheet.columns)
        ((_said, left, top, right, bottom),) = [one for one in boxes(made, page) if f"Name{n:02}" in one[0]]
        x, y = sheet.left + column * sheet.right_step + 1.0, sheet.top + row * sheet.down_step - 0.5
        assert x + 4 < left < right < x + sheet.width - 4
        assert y + 4 < top < bottom < y + sheet.height - 4


def test_the_sheets_fit_on_a4() -> None:
    for sheet in sheets():
        across = sheet.left + (sheet.columns - 1) * sheet.right_step + sheet.width
        down = sheet.top + (sheet.rows - 1) * sheet.down_step + sheet.height
        assert abs(across + sheet.left - 210) < 0.3
        assert abs(down + sheet.top - 297) < 0.3


def test_nothing_of_a_long_address_is_cut_off() -> None:
    long = ("Anna Margrethe " * 6, "Vej " * 40, "8000 Ry", "GRØNLAND")
    assert "".join("".join(line.split()) for line in long) in dense(labels([long], sheets()[0], Placing(), HEAD))
