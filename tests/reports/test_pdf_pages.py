"""Blocks over pages, head and foot, and the PDF in memory: equal for equal input, and cancelled at any time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_support import HEAD, pages, text

from organizer.domain.result import Cancelled
from organizer.i18n import _, set_language
from organizer.reports import style
from organizer.reports.base import Head, Sheet, paginate, pdf
from organizer.reports.blocks import Block, Run, paragraph
from organizer.reports.watch import Watch

SILENT = Watch(None, None)
LINES = st.lists(st.tuples(st.integers(1, 60), st.booleans(), st.booleans(), st.booleans()), max_size=60)


def sheet(body: str = "Hej", **options: bool) -> Sheet:
    return Sheet("Titel", "Under", tuple(paragraph(body, style.BODY, 500)), **options)


@given(LINES)
def test_every_block_is_on_one_page_in_order_and_no_page_overflows(shapes: list[tuple[int, ...]]) -> None:
    header = Block(8, (Run(0, 0, style.COLUMN, "head"),))
    blocks = [
        Block(
            height, () if blank else (Run(0, 0, style.BODY, str(number)),), bool(keep), header if headed else None
        )
        for number, (height, blank, keep, headed) in enumerate(shapes)
    ]
    dealt = list(paginate(blocks, 100))
    assert all(sum(block.height for block in page) <= 100 for page in dealt)
    shown = [block for page in dealt for block in page if not block.blank and block is not header]
    assert shown == [block for block in blocks if not block.blank]
    for page in dealt:
        assert not page or not page[0].blank
        assert header not in page[1:]


def test_kept_blocks_move_together_and_a_header_is_repeated() -> None:
    header = Block(10, rule=style.HAIR)
    row = Block(30, rule=style.HAIR, header=header)
    last = replace(row, keep=True)
    assert list(paginate([header, row, row, last, row], 100)) == [[header, row, row], [header, last, row]]


def test_no_blocks_still_make_a_page() -> None:
    assert list(paginate([], 100)) == [[]]


def test_each_page_has_its_head_and_foot() -> None:
    found = pages(pdf(sheet("linje\n" * 150, estimate=True), HEAD, SILENT))
    assert len(found) == 3
    for number, page in enumerate(found, 1):
        assert "Åse Jørgensen Nordlys & Søn" in page
        assert "Titel" in page
        assert f"03/11/2026 Estimate Page {number} of 3" in page


def test_only_estimates_say_estimate() -> None:
    made = pdf(sheet(), HEAD, SILENT)
    assert "Estimate" not in text(made)


def test_danish_pages_are_danish() -> None:
    set_language("da")
    made = pdf(sheet(estimate=True), HEAD, SILENT)
    found = text(made)
    assert "03.11.2026" in found
    assert _("Page {number} of {count}").format(number=1, count=1) in found
    assert _("Estimate") in found
    assert b"/Lang (da)" in made


def test_the_file_knows_its_title_author_and_language() -> None:
    made = pdf(sheet(), HEAD, SILENT)
    with pypdfium2.PdfDocument(made) as document:
        known = document.get_metadata_dict()
    assert known["Title"] == "Titel"
    assert known["Author"] == "Åse Jørgensen"
    assert b"/Lang (en)" in made


def test_the_paper_is_a4_either_way() -> None:
    for lying, size in ((False, (595, 842)), (True, (842, 595))):
        made = pdf(sheet(landscape=lying), HEAD, SILENT)
        with pypdfium2.PdfDocument(made) as document:
            assert tuple(map(round, document[0].get_size())) == size


def test_only_our_fonts_are_used_and_they_are_embedded() -> None:
    made = pdf(sheet(), HEAD, SILENT)
    assert b"Helvetica" not in made
    assert made.count(b"/FontFile2 ") == made.count(b"/Type /FontDescriptor") == made.count(b"/Type /Font ") > 0


def test_equal_input_gives_equal_bytes_whatever_was_made_before() -> None:
    made = []
    for language in ("en", "da", "en"):
        set_language(language)
        made.append(pdf(sheet("Юлия Ελένη 😀"), HEAD, SILENT))
    assert made[0] == made[2] != made[1]


def test_a_missing_character_is_explained() -> None:
    made = pdf(sheet("Anna 😀"), HEAD, SILENT)
    assert "stands for a character that can't be printed here" in text(made)
    made = pdf(sheet("Anna"), HEAD, SILENT)
    assert "stands for a character" not in text(made)


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=2000))
def test_no_text_stops_a_report(owner: str, title: str, body: str) -> None:
    blocks = tuple(paragraph(body, style.BODY, 500))
    assert pages(pdf(Sheet(title, body, blocks), Head(owner, title, date(2026, 1, 1)), SILENT))


def test_progress_never_falls_and_ends_whole() -> None:
    seen: list[float] = []
    pdf(sheet("linje\n" * 3000), HEAD, Watch(seen.append, None))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) > 3


@pytest.mark.parametrize("patience", range(6))
def test_it_can_be_cancelled_at_any_time(patience: int) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > patience

    with pytest.raises(Cancelled):
        pdf(sheet("linje\n" * 6000), HEAD, Watch(None, stop))


WATCHED = """
import subprocess
import sys
from datetime import date
from organizer.reports.base import Head, Sheet, pdf
from organizer.reports.blocks import paragraph
from organizer.reports import style
from organizer.reports.watch import Watch

def heard(event, args):
    # without a mode it is tempfile's way of opening
    if event == "open" and (args[1] is None or set(args[1]) & set("wax+")):
        raise SystemExit(f"written: {args}")

sys.dont_write_bytecode = True
sys.addaudithook(heard)
sheet = Sheet("T", "U", paragraph("linje\\n" * 600, style.BODY, 500))
assert pdf(sheet, Head("", "", date.min), Watch(None, None))
print("made")
open(sys.argv[1], "wb")
"""


def test_nothing_is_written_while_a_pdf_is_made(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    done = subprocess.run([sys.executable, "-c", WATCHED, str(out)], capture_output=True, text=True)
    assert done.stdout.strip() == "made"
    assert "written" in done.stderr, "the watch would have heard it"
