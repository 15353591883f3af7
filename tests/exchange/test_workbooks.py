"""Workbooks: what a cell becomes, and that a ruined, protected or huge one is refused."""

import io
import struct
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from organizer.domain.result import Refusal
from organizer.exchange.compound_file import SIGNATURE, BadCompound, stream
from organizer.exchange.products import read_products
from organizer.exchange.team_file import read_team
from organizer.exchange.workbook import sheets, text_of
from organizer.exchange.workbook_guard import MAX_CELLS, Ruined, TooLarge, check_size
from organizer.i18n import say

ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Hold">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    "</manifest:manifest>"
)


def ods(rows):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(rows), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def ods_row(*texts):
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


def xlsx(rows):
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            sheet.write(row, place, cell)
    book.close()
    return stream.getvalue()


def changed(data, name, change):
    """The workbook with its part `name` changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            new.writestr(part.filename, change(text) if part.filename == name else text)
    return stream.getvalue()


TEAM = [["ID", "Name", "Sponsor ID"], ["1", "Bo", ""], ["2", "Eva", "1"]]
GOOD = xlsx(TEAM)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (100205.0, "100205"),
        (1234.567, "1234.5670"),
        (0.1 + 0.2, "0.3"),
        (-2.5, "-2.5"),
        (1e17, "1E+17"),
        (True, "TRUE"),
        (date(2026, 8, 31), "2026-08-31"),
        (datetime(2026, 8, 31, 14, 5), "2026-08-31T14:05:00"),
        (datetime(2026, 8, 31), "2026-08-31"),
        ("0012", "0012"),
    ],
)
def test_what_a_cell_becomes(cell, text):
    assert text_of(cell) == text


def test_libreoffice_files_are_read(make):
    trailing = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    data = ods("".join(ods_row(*row) for row in TEAM) + trailing)
    assert [row.name for row in read_team(make(data, "team.ods"), {}).records] == ["Bo", "Eva"]


def test_price_lists_come_as_workbooks_too(make):
    data = xlsx([["Prisliste"], ["Varenr.", "Navn", "Pris"], [1001, "Creme", 129.5]])
    (product,) = read_products(make(data, "priser.xlsx"), "DKK").records
    assert (product.number, product.name, product.price) == ("1001", "Creme", 12_950)


def test_a_number_and_true_in_one_column_stay_apart():
    assert [row[0] for row in sheets("a.xlsx", xlsx([[1], [True], ["x"]]))[0].rows] == ["1", "TRUE", "x"]


@pytest.mark.parametrize(
    "far",
    [b'<c r="XFD1048576"><v>1</v></c>', b'<c r="A1048576"><v>1</v></c><c r="ZZ1"><v>1</v></c>'],
)
def test_cells_far_apart_are_refused_before_they_are_unpacked(far, make):
    data = changed(GOOD, "xl/worksheets/sheet1.xml", lambda text: text.replace(b"</row>", far + b"</row>", 1))
    with pytest.raises(TooLarge):
        check_size(data)
    with pytest.raises(Refusal, match="too many cells"):
        read_team(make(data, "team.xlsx"), {})


def test_repeated_cells_of_libreoffice_are_counted():
    bomb = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16000" office:value-type="float" office:value="1"/></table:table-row>'
    )
    with pytest.raises(TooLarge):
        check_size(ods(bomb))


def test_a_part_that_unpacks_to_more_than_anyone_needs(monkeypatch):
    monkeypatch.setattr("organizer.exchange.workbook_guard.MAX_UNPACKED", 1000)
    with pytest.raises(TooLarge):
        check_size(GOOD)


def compound(book):
    """An old workbook's outer form with one stream."""
    sectors = -(-len(book) // 512)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    header = SIGNATURE + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + b"\0" * 10
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    name = "Workbook".encode("utf-16-le")
    entry = (
        name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2) + b"\0" * 50 + struct.pack("<II", 2, len(book))
    )
    return header + fat + entry.ljust(512, b"\0") + book.ljust(sectors * 512, b"\0")


def record(kind, row, column):
    return struct.pack("<HHHHHd", kind, 14, row, column, 0, 1.0)


def test_old_workbooks_with_cells_far_apart_are_refused():
    begin = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 0x10, 0, 0, 0, 0)
    near = begin + record(0x203, 0, 0) * 300
    assert stream(compound(near), ("Workbook",)) == near
    check_size(compound(near))
    with pytest.raises(TooLarge):
        check_size(compound(near + record(0x203, 65_535, 255)))
    assert MAX_CELLS < 65_536 * 256


def test_an_old_file_that_runs_in_a_circle():
    data = bytearray(compound(b"\0" * 5000))
    data[512 + 8 : 512 + 12] = struct.pack("<I", 2)
    with pytest.raises(BadCompound):
        stream(bytes(data), ("Workbook",))
    with pytest.raises(Ruined):
        check_size(bytes(data))


def test_a_protected_workbook_says_so(make):
    data = compound(b"\0" * 5000).replace(
        "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")[:16]
    )
    with pytest.raises(Refusal, match=r"team\.xlsx"):
        read_team(make(data, "team.xlsx"), {})


@given(start=st.integers(0, len(GOOD)), length=st.integers(0, 60), junk=st.binary(max_size=20))
@settings(max_examples=150, deadline=None)
def test_a_ruined_workbook_is_read_or_refused(start, length, junk, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "ruined.xlsx"
    path.write_bytes(GOOD[:start] + junk + GOOD[start + length :])
    try:
        reading = read_team(path, {})
    except Refusal as refused:
        message = refused.message
        assert "ruined.xlsx" in say(message.text, message.values)
        return
    assert all(row.number for row in reading.records)


PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml")


@given(
    part=st.sampled_from(PARTS),
    place=st.integers(0, 2000),
    length=st.integers(0, 30),
    junk=st.sampled_from([b"", b"<", b'"', b"&#0;", b"&x;", b"</row>", b"999999999999", b"-1", b"\xff", b"A1:"]),
)
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_a_ruined_part_is_read_or_refused(part, place, length, junk, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "part.xlsx"
    path.write_bytes(changed(GOOD, part, lambda text: text[:place] + junk + text[place + length :]))
    try:
        reading = read_team(path, {})
    except Refusal as refused:
        message = refused.message
        assert "part.xlsx" in say(message.text, message.values)
        return
    assert all(row.number for row in reading.records)


def test_an_old_workbook_is_read_as_any_other(data):
    reading = read_team(data / "team_small.xls", {"PV": ["PV"], "CV": ["CV"]})
    assert reading.problems == []
    told = [(row.number, row.name, row.sponsor_number, row.volumes["PV"]) for row in reading.records]
    assert told == [
        ("100200", "Karen Holm", "", 120_500),
        ("100201", "Åse Sørensen", "100200", 80_000),
        ("100202", "Bo Dam", "100201", 40_250),
    ]


def test_a_workbook_under_a_password_says_what_to_do(data):
    with pytest.raises(Refusal, match="is protected with a password"):
        read_team(data / "team_protected.xlsx", {"PV": ["PV"]})
