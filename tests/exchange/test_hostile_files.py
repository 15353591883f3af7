"""Files made to be executed, to hang, to fill the memory or to lose rows: each is read or refused, and told of."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from endurance.hostile import BOMBS, CONTACTS, MARKS, PRODUCTS, TEAM, TEXTS, texts
from endurance.readings import READERS, answer, check_round_trip

from organizer.domain.contact import MAX_ENTRIES, MAX_NOTES, MAX_TEXT
from organizer.domain.result import Refusal
from organizer.exchange.cells import unguarded
from organizer.exchange.contacts_csv import write_contacts
from organizer.exchange.google_contacts import read_google_contacts
from organizer.exchange.sources import MAX_LINES
from organizer.i18n import say, shown

FOUND = sorted((Path(__file__).parent / "hostile").glob("*.csv"))


def said(outcome: object) -> str:
    """The refusal as it is shown."""
    assert isinstance(outcome, Refusal)
    return say(outcome.message.text, outcome.message.values)


HEADINGS = {"contacts": CONTACTS, "team": TEAM, "products": PRODUCTS}
SMALL = 120_000


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_the_fuzzer_found(path, tmp_path):
    reader = path.stem.split("_")[0]
    outcome = answer(reader, path)
    if reader == "contacts" and not isinstance(outcome, Refusal):
        check_round_trip(outcome, tmp_path / "again.csv")


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_or_refused(name, make):
    bomb = BOMBS[name]
    outcome = answer(bomb.reader, make(bomb.make(SMALL), bomb.file))
    if bomb.refused:
        assert isinstance(outcome, Refusal)
        assert bomb.refused in said(outcome)


@pytest.mark.parametrize("name", [name for name, bomb in BOMBS.items() if bomb.refused])
def test_a_file_that_is_no_table_takes_little_memory(name, make):
    """Workbooks are looked at a block at a time, vCards and XML not parsed: a few times the file's size does."""
    bomb = BOMBS[name]
    data = bomb.make(1_000_000)
    path = make(data, bomb.file)
    tracemalloc.start()
    try:
        assert isinstance(answer(bomb.reader, path), Refusal)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # text of two bytes a letter has up to four in memory, and is copied once
    assert peak < 8 * len(data) + 2_000_000


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_nasty_text_in_every_cell(name, reader, tmp_path):
    heading = HEADINGS[reader].decode().strip().split(",")
    text = texts()[name]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(heading)
    for place in range(len(heading)):
        row = [str(place), "Anna", *[""] * (len(heading) - 2)]
        row[place] = text
        writer.writerow(row)
    writer.writerow([text] * len(heading))
    path = tmp_path / "nasty.csv"
    path.write_bytes(stream.getvalue().encode("utf-8", "surrogatepass"))
    outcome = answer(reader, path)
    if isinstance(outcome, Refusal):
        # many control characters in its beginning, and it is taken for no text at all
        assert said(outcome) == "“nasty.csv” is not a text table. Get the list as CSV instead."
        assert any(char < " " for char in text)
        return
    if reader == "contacts":
        check_round_trip(outcome, tmp_path / "again.csv")


@pytest.mark.parametrize("reader", READERS)
def test_more_lines_than_anyone_knows_people(reader, make):
    outcome = answer(reader, make(HEADINGS[reader] + b"\n" * MAX_LINES))
    assert "more than 1,000,000 lines" in said(outcome)


def test_more_cells_than_memory(make):
    outcome = answer("team", make(TEAM + b"," * 10_000_000 + b"\n"))
    assert "more than 10,000,000 cells" in said(outcome)


def test_a_cell_of_marks_does_not_take_hours(make):
    reading = answer("contacts", make(CONTACTS + b"A" + MARKS * 200_000 + b",Berg,,,,a@b.dk,,\n"))
    assert [contact.last_name for contact in reading.records] == ["Berg"]
    assert reading.records[0].first_name.startswith("\u00c1")


def test_an_endless_line_as_the_first_thing_that_is_read(make, monkeypatch):
    """Python's own limit for a cell is smaller than ours, and is the one of a program just started."""
    before = csv.field_size_limit(131_072)
    try:
        assert "does not have the columns" in said(answer("team", make(b"x" * 300_000)))
    finally:
        csv.field_size_limit(before)


def test_too_many_entries_and_labels_are_told(make):
    mails = " ::: ".join(f"{n}@x.dk" for n in range(500))
    labels = " ::: ".join([*(f"label {n}" for n in range(500)), "x" * 500])
    reading = answer("contacts", make(CONTACTS + f"Anna,Berg,,{labels},,{mails},,\n".encode()))
    (anna,) = reading.records
    assert [entry.value for entry in anna.emails] == [f"{n}@x.dk" for n in range(MAX_ENTRIES)]
    assert anna.tags == tuple(f"label {n}" for n in range(MAX_ENTRIES))
    assert [str(problem.message) for problem in reading.problems] == [
        "There are more than 100 phone numbers, e-mails, addresses or labels; only the first were kept.",
        "A phone number, e-mail, address or label is longer than 200 characters; it was left out.",
        "There are more than 100 phone numbers, e-mails, addresses or labels; only the first were kept.",
    ]
    assert all(problem.kept for problem in reading.problems)


def test_texts_that_grow_when_they_are_composed_are_cut_and_kept(make):
    grows = "\u0958" * (MAX_TEXT - 1)  # becomes two characters
    notes = "\u0958" * (MAX_NOTES - 1)
    line = f"{grows},Berg,{grows},,{notes},{grows}@x.dk,{grows},{grows}\n"
    reading = answer("contacts", make(CONTACTS + line.encode()))
    (found,) = reading.records
    assert (len(found.first_name), len(found.notes), found.last_name) == (MAX_TEXT, MAX_NOTES, "Berg")
    assert len(reading.problems) == 6
    note = f"1,Anna,,,{notes}\n".encode()
    (product,) = answer("products", make(PRODUCTS + note)).records
    assert len(next(iter(product.notes.values()))) == MAX_NOTES


def test_marks_around_a_copied_phone_number_are_gone(make):
    line = "Anna,Berg,,,,,\u202a+45 12 34 56 78\u202c,\n"
    (found,) = answer("contacts", make(CONTACTS + line.encode())).records
    assert found.phones[0].value == "+45 12 34 56 78"


@pytest.mark.parametrize("formula", [text for text in TEXTS.values() if text.lstrip("'")[:1] in "=+-@＝"])
def test_no_cell_of_an_export_is_a_formula(formula, make, tmp_path):
    cells = ",".join(['"' + formula.replace('"', '""') + '"'] * 8)
    contacts = answer("contacts", make(CONTACTS + cells.encode() + b"\n")).records
    write_contacts(contacts, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
    assert [contact.notes for contact in read_google_contacts(tmp_path / "out.csv").records] == [
        unguarded(formula)
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems don't have such names")
@pytest.mark.parametrize(
    "name",
    [
        *(b"kontakter_\xe6.csv", b"a\nb\x1b[31m.csv", b"{name}{0}%s.csv", b"<img src=x>.csv", b"-rf [*] & b.csv"),
        *("\u202egpj.csv".encode(), b"=cmd.csv", b"a" * 240 + b".csv", "😀 \u200b.csv".encode(), b" .csv"),
    ],
)
def test_any_file_name(name, tmp_path):
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(CONTACTS + b"Anna,Berg,,,,a@b.dk,,\n")
    reading = answer("contacts", path)
    assert reading.file.encode("utf-8")
    assert reading.file == shown(reading.file)
    assert reading.records[0].source == reading.file[:MAX_TEXT].strip()
    path.write_bytes(b"")
    assert said(answer("contacts", path)).endswith("is empty.")


def test_a_short_run_of_the_fuzzer_finds_nothing(tmp_path):
    """`python -m tests.endurance.fuzz` runs for as long as one likes."""
    command = [
        sys.executable,
        "-m",
        "tests.endurance.fuzz",
        "--seconds",
        "3",
        "--seed",
        "0",
        "--keep",
        str(tmp_path),
    ]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, run.stdout + run.stderr
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == [
        "contacts",
        "team",
        "products",
        "everything",
    ]
    assert not list(tmp_path.iterdir())
