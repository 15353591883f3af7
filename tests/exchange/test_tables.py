import csv
import os
from pathlib import Path

import pytest

from organizer.domain.result import Cancelled, Refusal
from organizer.exchange import text_file
from organizer.exchange.layout import Layout
from organizer.exchange.tables import read_table

LAYOUT = Layout(
    english={"number": ("ID", "Member ID"), "name": ("Name",), "note": ("Note",)},
    danish={"number": ("Nr.",), "name": ("Navn",)},
    needed=(("number",), ("name",)),
    long_texts=frozenset({"note"}),
)
PLAIN = "ID,Name,Note\n1,Åse,a\n2,Søren,b\n"


def refusal(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        read_table(path, LAYOUT)
    assert path.name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends_are_found(make, encoding, separator, line_end):
    text = PLAIN.replace(",", separator).replace("\n", line_end)
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-bom" else text.encode(encoding)
    table = read_table(make(data), LAYOUT)
    assert table.separator == separator
    assert table.column("name") == ["Åse", "Søren"]
    assert list(table.numbers) == [2, 3]
    assert not table.problems


def test_quoted_commas_do_not_decide_the_separator(make):
    text = '"Team, all, of, it"\n\nID;Name;"a, b, c, d"\n1;"Ann, Bo, and co";x\n'
    table = read_table(make(text), LAYOUT)
    assert table.separator == ";"
    assert table.header_row == 3
    assert table.column("name") == ["Ann, Bo, and co"]
    assert list(table.numbers) == [4]


def test_headings_are_matched_without_case_spaces_or_signs(make):
    table = read_table(make("  member id ;NAVN:\n1;Bo\n"), LAYOUT)
    assert table.column("number") == ["1"]


def test_blank_rows_count_and_are_skipped(make):
    table = read_table(make("ID,Name\n\n1,Bo\n,\n2,Ib\n\n"), LAYOUT)
    assert list(table.numbers) == [3, 5]
    assert not table.problems


def test_a_text_over_several_lines_is_one_row(make):
    table = read_table(make('ID,Name,Note\n1,Bo,"one\ntwo\n\nfour"\n2,Ib,\n'), LAYOUT)
    assert table.column("note") == ["one\ntwo\n\nfour", ""]
    assert list(table.numbers) == [2, 3]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\n"])
def test_an_empty_file_is_refused(make, data):
    assert "is empty" in refusal(make(data))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n1 0 obj", "is a PDF"),
        (b"PK\x03\x04 ... xl/workbook.xml", "is damaged"),
        (b"PK\x03\x04 ... word/document.xml", "is a document"),
        (b"PK\x03\x04 ... something", "is a packed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", "is damaged"),
        (b"\x89PNG\r\n\x1a\n rest", "is a picture"),
        (b"\xff\xd8\xff\xe0 rest", "is a picture"),
        (b"SQLite format 3\x00", "is a database"),
        (b"\x1f\x8b\x08 rest", "is a packed file"),
        (b"\n<!DOCTYPE html><table>", "is a web page"),
        (b"ID,Name\n1,A\x00B\n", "not a text table"),
        (bytes(range(1, 32)) * 40, "not a text table"),
        ("ID,Name".encode("utf-16-le"), "not a text table"),
    ],
)
def test_other_kinds_of_file_are_named(make, data, said):
    assert said in refusal(make(data))


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path, monkeypatch):
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(2 * 2**30)

    def no_reading(*_args, **_kwargs):
        raise AssertionError("a huge file must not be opened")

    monkeypatch.setattr(Path, "open", no_reading)
    assert "too large" in refusal(path)


def test_a_file_that_grows_past_the_limit_is_refused(make, monkeypatch):
    path = make(PLAIN)
    status = os.stat_result((0o100644, 0, 0, 1, 0, 0, 10, 0, 0, 0))
    monkeypatch.setattr(text_file, "MAX_BYTES", 20)
    monkeypatch.setattr(Path, "stat", lambda self, **_: status)
    assert "too large" in refusal(path)


def test_missing_columns_are_named_with_what_was_found(make):
    said = refusal(make("Vare;Pris;Beskrivelse\nSkål;10;x\n"))
    assert "ID / Nr." in said
    assert "Name / Navn" in said
    assert "Vare, Pris, Beskrivelse" in said


def test_many_found_columns_are_not_all_listed(make):
    assert "C11, …" in refusal(make(",".join(f"C{i}" for i in range(500)) + "\n"))


def test_a_folder_a_pipe_and_a_missing_file_are_refused(tmp_path):
    assert "can be read" in refusal(tmp_path)
    assert "not there any more" in refusal(tmp_path / "gone.csv")
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    assert "can be read" in refusal(pipe)
    under_a_file = tmp_path / "plain"
    under_a_file.write_text("x")
    assert "can't be read" in refusal(under_a_file / "in.csv")


@pytest.mark.parametrize(
    ("error", "said"), [(PermissionError(13, "denied"), "may not read"), (OSError(5, "I/O error"), "I/O error")]
)
def test_a_file_that_fails_while_it_is_read_is_refused(make, monkeypatch, error, said):
    path = make(PLAIN)

    def fail(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(Path, "open", fail)
    assert said in refusal(path)


def test_a_quotation_mark_that_never_closes_is_told_with_its_row(make):
    table = read_table(make('ID,Name,Note\n1,Bo,x\n2,"Ib,y\n3,Eva,z\n4,Kim,z\n'), LAYOUT)
    assert table.column("number") == ["1"]
    (problem,) = table.problems
    assert problem.row == 3
    assert problem.subject == "2"
    assert not problem.kept
    assert "never closed" in str(problem.message)


def test_a_quotation_mark_that_swallows_more_than_a_cell_can_hold_is_told_with_its_row(make, monkeypatch):
    monkeypatch.setattr("organizer.exchange.sifting.MAX_CELL", 1000)
    limit = csv.field_size_limit()
    text = 'ID,Name,Note\n1,Bo,x\n2,"Ib,y\n' + "3,Eva,z\n" * 1000
    table = read_table(make(text), LAYOUT)
    csv.field_size_limit(limit)
    assert table.column("number") == ["1"]
    assert [problem.row for problem in table.problems] == [3]


def test_a_quotation_mark_that_closes_lines_later_does_not_swallow_silently(make):
    text = 'ID,Name,Note\n1,"Bo,x\n2,Ib,y\n3,"Eva",z\n4,Kim,z\n'
    table = read_table(make(text), LAYOUT)
    assert table.column("number") == ["4"]
    (problem,) = table.problems
    assert problem.row == 2
    assert "3 lines" in str(problem.message)


def test_a_swallowing_row_with_the_right_number_of_cells_is_seen_too(make):
    text = 'ID,Name,Note\n1,"Bo,x\n2,Ib"y,z\n4,Kim,z\n'
    table = read_table(make(text), LAYOUT)
    assert table.column("number") == ["4"]
    assert "2 lines" in str(table.problems[0].message)


@pytest.mark.parametrize("cut", range(len('2,Søren,"a ""b"" c"'.encode())))
def test_a_file_cut_anywhere_in_its_last_row_keeps_the_rows_before(make, cut):
    whole = b"\xef\xbb\xbfID,Name,Note\n1,Bo,x\n"
    table = read_table(make(whole + '2,Søren,"a ""b"" c"'.encode()[:cut]), LAYOUT)
    names = table.column("name")
    assert names[0] == "Bo"
    complete = cut >= len("2,Søren,".encode())
    if not complete and cut:
        assert names == ["Bo"]
    if cut and names == ["Bo"]:
        assert table.problems[-1].row == 3
    assert "\ufffd" not in "".join(names)


def test_a_file_cut_inside_a_letter_is_still_utf8(make):
    data = "ID,Name,Note\n1,Åse,x\n2,Bo,sæ".encode()[:-1]
    table = read_table(make(data), LAYOUT)
    assert table.encoding == "utf-8"
    assert table.column("name") == ["Åse"]
    assert "stops in the middle" in str(table.problems[0].message)


def test_a_utf16_file_cut_inside_a_letter_is_read(make):
    table = read_table(make("ID\tName\n1\tÅse\n2\tB".encode("utf-16")[:-1]), LAYOUT)
    assert table.column("name") == ["Åse"]
    assert table.problems[0].row == 3


def test_western_windows_text_is_read_and_holes_in_it_are_told(make):
    table = read_table(make(b"ID,Name\n1,\xc5se\n2,B\x81\n"), LAYOUT)
    assert table.encoding == "cp1252"
    assert table.column("name") == ["Åse", "B\ufffd"]
    (problem,) = table.problems
    assert (problem.row, problem.kept) == (3, True)


def test_utf8_with_one_damaged_letter_stays_utf8(make):
    table = read_table(make("ID,Name\n1,Åse Ærø\n2,B".encode() + b"\xe6\n"), LAYOUT)
    assert table.column("name") == ["Åse Ærø", "B\ufffd"]
    assert [problem.row for problem in table.problems] == [3]


def test_rows_with_too_many_or_too_few_cells_are_told(make):
    text = "ID,Name,Note\n1,Bo,x,y\n2,Ib,z,,\n3,Eva\n4\n5,Kim,w\n"
    table = read_table(make(text), LAYOUT)
    assert table.column("number") == ["2", "3", "5"]
    assert table.column("note") == ["z", "", "w"]
    assert [(p.row, p.subject, p.kept) for p in table.problems] == [
        (2, "1", False),
        (4, "3", True),
        (5, "4", False),
    ]


def test_a_short_last_row_is_cut_off_only_without_a_line_end(make):
    assert read_table(make("ID,Name,Note\n1,Bo"), LAYOUT).column("name") == []
    assert read_table(make("ID,Name,Note\n1,Bo\n"), LAYOUT).column("name") == ["Bo"]


@pytest.mark.parametrize("line", ["Total,,12", "I alt;", "TOTAL: 3 members", "Grand total,5"])
def test_lines_of_sums_with_other_cells_are_no_problem(make, line):
    table = read_table(make(f"ID,Name,Note,PV\n1,Bo,x,2\n{line}\n"), LAYOUT)
    assert len(table) == 1
    assert not table.problems


def test_transposed_gives_every_column_across_its_blocks(make):
    rows = [f"{i},N{i},x{i}" for i in range(1201)]
    table = read_table(make("ID,Name,Note\n" + "\n".join(rows) + "\n"), LAYOUT)
    assert table.transposed() == [table.column("number"), table.column("name"), table.column("note")]
    assert len(table.transposed()[0]) == 1201


def test_progress_rises_to_the_end_and_cancel_stops(make):
    path = make("ID,Name\n" + "1,Bo\n" * 20_000)
    seen: list[float] = []
    read_table(path, LAYOUT, seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1.0, abs=0.01)
    assert len(seen) > 3
    with pytest.raises(Cancelled):
        read_table(path, LAYOUT, cancelled=lambda: True)
