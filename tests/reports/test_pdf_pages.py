"""Blocks over pages, head and foot, and the file: whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_support import HEAD, pages, text

from organizer.domain.result import Cancelled, Refusal
from organizer.i18n import _, set_language
from organizer.reports import style
from organizer.reports.base import Head, Sheet, paginate, write
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


def test_each_page_has_its_head_and_foot(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert write(sheet("linje\n" * 150, estimate=True), HEAD, out, SILENT) == 3
    for number, page in enumerate(pages(out), 1):
        assert "Åse Jørgensen Nordlys & Søn" in page
        assert "Titel" in page
        assert f"03/11/2026 Estimate Page {number} of 3" in page


def test_only_estimates_say_estimate(tmp_path: Path) -> None:
    write(sheet(), HEAD, tmp_path / "a.pdf", SILENT)
    assert "Estimate" not in text(tmp_path / "a.pdf")


def test_danish_pages_are_danish(tmp_path: Path) -> None:
    set_language("da")
    write(sheet(estimate=True), HEAD, tmp_path / "a.pdf", SILENT)
    found = text(tmp_path / "a.pdf")
    assert "03.11.2026" in found
    assert _("Page {number} of {count}").format(number=1, count=1) in found
    assert _("Estimate") in found
    assert b"/Lang (da)" in (tmp_path / "a.pdf").read_bytes()


def test_the_file_knows_its_title_author_and_language(tmp_path: Path) -> None:
    write(sheet(), HEAD, tmp_path / "a.pdf", SILENT)
    with pypdfium2.PdfDocument(str(tmp_path / "a.pdf")) as pdf:
        known = pdf.get_metadata_dict()
    assert known["Title"] == "Titel"
    assert known["Author"] == "Åse Jørgensen"
    assert b"/Lang (en)" in (tmp_path / "a.pdf").read_bytes()


def test_the_paper_is_a4_either_way(tmp_path: Path) -> None:
    for lying, size in ((False, (595, 842)), (True, (842, 595))):
        write(sheet(landscape=lying), HEAD, tmp_path / "a.pdf", SILENT)
        with pypdfium2.PdfDocument(str(tmp_path / "a.pdf")) as pdf:
            assert tuple(map(round, pdf[0].get_size())) == size


def test_only_our_fonts_are_used_and_they_are_embedded(tmp_path: Path) -> None:
    write(sheet(), HEAD, tmp_path / "a.pdf", SILENT)
    data = (tmp_path / "a.pdf").read_bytes()
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile2 ") == data.count(b"/Type /FontDescriptor") == data.count(b"/Type /Font ") > 0


def test_equal_input_gives_equal_bytes_whatever_was_made_before(tmp_path: Path) -> None:
    made = []
    for language in ("en", "da", "en"):
        set_language(language)
        write(sheet("Юлия Ελένη 😀"), HEAD, tmp_path / "a.pdf", SILENT)
        made.append((tmp_path / "a.pdf").read_bytes())
    assert made[0] == made[2] != made[1]


def test_a_missing_character_is_explained(tmp_path: Path) -> None:
    write(sheet("Anna 😀"), HEAD, tmp_path / "a.pdf", SILENT)
    assert "stands for a character that can't be printed here" in text(tmp_path / "a.pdf")
    write(sheet("Anna"), HEAD, tmp_path / "a.pdf", SILENT)
    assert "stands for a character" not in text(tmp_path / "a.pdf")


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=2000))
def test_no_text_stops_a_report(
    tmp_path_factory: pytest.TempPathFactory, owner: str, title: str, body: str
) -> None:
    out = tmp_path_factory.mktemp("any") / "a.pdf"
    blocks = tuple(paragraph(body, style.BODY, 500))
    assert write(Sheet(title, body, blocks), Head(owner, title, date(2026, 1, 1)), out, SILENT) == len(pages(out))


def test_progress_never_falls_and_ends_whole(tmp_path: Path) -> None:
    seen: list[float] = []
    write(sheet("linje\n" * 3000), HEAD, tmp_path / "a.pdf", Watch(seen.append, None))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) > 3


@pytest.mark.parametrize("patience", range(6))
def test_cancelling_at_any_time_leaves_no_file(tmp_path: Path, patience: int) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > patience

    with pytest.raises(Cancelled):
        write(sheet("linje\n" * 6000), HEAD, tmp_path / "a.pdf", Watch(None, stop))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "no room on the disk for old.pdf"),
        (errno.EACCES, "old.pdf can't be written in"),
        (errno.EROFS, "old.pdf can't be written in"),
        (errno.EIO, "old.pdf could not be saved"),
    ],
)
def test_a_failing_disk_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    out = tmp_path / "old.pdf"
    out.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refusal, match=said):
        write(sheet(), HEAD, out, SILENT)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_a_disk_that_fills_while_writing_leaves_nothing(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        with pytest.raises(Refusal, match="no room on the disk"):
            write(sheet(), HEAD, tmp_path / "a.pdf", SILENT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Refusal, match="can't be written in"):
            write(sheet(), HEAD, tmp_path / "a.pdf", SILENT)
    finally:
        tmp_path.chmod(0o700)


def test_places_that_cannot_hold_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="isn't there"):
        write(sheet(), HEAD, tmp_path / "gone" / "a.pdf", SILENT)
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal, match="isn't there"):
        write(sheet(), HEAD, tmp_path / "file" / "a.pdf", SILENT)
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(Refusal, match="is a folder"):
        write(sheet(), HEAD, tmp_path / "folder.pdf", SILENT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.pdf"]
