"""Folders that are broken or were edited: told with file, row and reason, and nothing goes in by halves."""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from takeout_support import clock, contents, sample_folder

from organizer.domain.result import Cancelled, Refusal
from organizer.i18n import say
from organizer.services import companies, files, takeout
from organizer.services.jobs import Silent
from organizer.storage import everything as stored


@pytest.fixture
def empty(tmp_path):
    made = files.create(tmp_path / "b.organizer", clock)
    yield made
    made.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    return sample_folder(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def folder(sample, tmp_path) -> Path:
    """A copy of it, to be broken."""
    return Path(shutil.copytree(sample, tmp_path / "Karen 2026-11-23"))


def problems(folder: Path) -> list[tuple[str, int, str]]:
    found = takeout.read_taken_out(folder).now()
    return [(p.file, p.problem.row, say(p.problem.message.text, p.problem.message.values)) for p in found.problems]


def edit(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    changed = change(text)
    assert changed != text
    path.write_bytes(changed.encode("utf-8-sig"))


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(Refusal, match="is not a folder with everything"):
        takeout.read_taken_out(tmp_path).now()
    with pytest.raises(Refusal, match="is not a folder with everything"):
        takeout.read_taken_out(tmp_path / "gone").now()


def test_a_folder_without_its_list_of_contents_is_not_whole(folder):
    (folder / "tables" / "contents.csv").unlink()
    with pytest.raises(Refusal, match=r"contents\.csv is not in it"):
        takeout.read_taken_out(folder).now()


def test_the_folder_of_tables_alone_is_enough(folder, empty):
    takeout.take_in(empty, takeout.read_taken_out(folder / "tables").now())
    assert stored.read(empty).counts["members"] == 90


NEWEST = (
    *("addresses", "relations", "consents", "said_no", "known_by_digest", "saved_lists", "follow_up_plans"),
    *("product_links", "product_likes", "pictures"),
)
"""The tables that came in form 4."""


def test_a_newer_form_is_refused(folder):
    edit(folder / "tables" / "settings.csv", lambda text: text.replace("format;4", "format;5"))
    with pytest.raises(Refusal, match="newer version"):
        takeout.read_taken_out(folder).now()


def test_a_folder_of_the_first_form_knows_no_legs_and_is_read(folder, empty):
    edit(folder / "tables" / "settings.csv", lambda text: text.replace("format;4", "format;1"))
    for name in ("estimates", "member_history", "timeline", "next_steps", "file_layouts", *NEWEST):
        (folder / "tables" / f"{name}.csv").unlink()
    edit(folder / "tables" / "members.csv", lambda text: re.sub(r"(?m)^((?:[^;]*;){13})[^;]*;[^;]*;", r"\1", text))
    found = takeout.read_taken_out(folder).now()
    assert found.problems == []
    takeout.take_in(empty, found)
    assert len(found.everything.members) == 90
    assert {member.leg for member in found.everything.members} == {""}


@pytest.mark.parametrize(
    "name",
    [
        *("settings", "companies", "contacts", "members", "volumes", "products", "product_notes", "estimates"),
        *("member_history", "timeline", "next_steps", "file_layouts", *NEWEST),
    ],
)
def test_a_missing_file_is_named_and_nothing_goes_in(folder, empty, name):
    (folder / "tables" / f"{name}.csv").unlink()
    assert (f"{name}.csv", 0, "This file is missing.") in problems(folder)
    before = contents(empty)
    with pytest.raises(Refusal, match="nothing was brought in"):
        takeout.take_in(empty, takeout.read_taken_out(folder).now())
    assert contents(empty) == before


BROKEN = [
    # a circle: the owner's sponsor is one she recruited
    ("members", swap("\r\n1;1;1;310431;;", "\r\n1;1;1;310431;2;"), "members.csv", 2, "run in a circle"),
    ("members", swap("\r\n2;1;33;", "\r\n2;1;99999;"), "members.csv", 3, "no contact with the id 99999"),
    ("members", swap("\r\n2;1;33;310448;1;", "\r\n2;1;33;310448;77777;"), "members.csv", 3,
     "no sponsor with the id 77777"),
    ("members", swap("\r\n2;1;33;310448;", "\r\n2;1;33;310431;"), "members.csv", 3, "more than once"),
    ("members", swap("\r\n2;1;33;", "\r\n1;1;33;"), "members.csv", 3, "id 1 is there more than once"),
    ("members", swap(";customer;", ";boss;"), "members.csv", 3, "Kind: “boss” is no kind of member"),
    ("members", swap("2021-03-08", "2021-13-08"), "members.csv", 2, "“2021-13-08” is not a date"),
    ("members", swap("Kind", "Sort"), "members.csv", 1, "The column “Kind” is missing"),
    ("members", swap("Kind", "Kind;Other"), "members.csv", 1, "“Other” is no column"),
    ("members", swap("Rank", "Kind"), "members.csv", 1, "there more than once"),
    ("members", swap(";no;;", ";no;up;"), "members.csv", None, "Leg: “up” is no leg"),
    ("members", swap("310448;", ""), "members.csv", 3, "This row has 16 cells where the heading has 17"),
    ("companies", swap("\r\n1;", "\r\n5;"), "members.csv", 2, "no company with the id 1"),
    ("companies", swap("DKK", "kr"), "companies.csv", 2, "three letters"),
    ("contacts", lambda t: t[: len(t) // 2].rpartition("\r\n")[0] + "\r\n", "contacts.csv", 0, "where 145 were"),
    ("contacts", swap(";yes;", ";maybe;"), "contacts.csv", None, "“maybe” is neither yes nor no"),
    ("contacts", lambda t: t + '146;yes;"Anna', "contacts.csv", 147, "cut off here"),
    ("contacts", swap("\r\n1;", "\r\nx;"), "contacts.csv", 2, "Id: “x” is not an id"),
    ("contacts", lambda t: "", "contacts.csv", 1, "row of headings is missing"),
    ("volumes", swap("2026-10", "2026-20"), "volumes.csv", None, "“2026-20” is no period"),
    ("volumes", swap("\r\n1;", "\r\n1000;"), "volumes.csv", 2, "no team member with the id 1000"),
    ("volumes", lambda t: t + t.splitlines()[1] + "\r\n", "volumes.csv", 0, "523 rows where 522"),
    ("volumes", swap("98,45", "98,46"), "volumes.csv", 0, "add up to"),
    ("products", swap("179,00", "179,001"), "products.csv", 2, "more decimals"),
    ("products", swap("179,00", "1e9"), "products.csv", 2, "Price: “1e9” is not a figure"),
    ("products", swap("179,00", "178,00"), "products.csv", 0, "4,199 where 4,200"),
    ("products", swap("K1014", "K1007"), "products.csv", 3, "more than once in the same company"),
    ("product_notes", swap(";general;", ";secret;"), "product_notes.csv", 2, "no part of a product"),
    ("product_notes", swap("\r\n1;", "\r\n1234;"), "product_notes.csv", 2, "no product with the id 1234"),
    ("settings", swap("owner;1", "owner;999"), "settings.csv", 0, "no contact with the id 999"),
    ("settings", lambda t: t + "pin;1234\r\n", "settings.csv", 0, "no such setting"),
    ("contents", swap("volumes.csv", "../../x"), "contents.csv", 0, "line about volumes.csv is missing"),
    ("contents", swap(";522;", ";many;"), "contents.csv", 7, "Rows: “many” is not a figure"),
    ("contents", swap("Rows", "Lines"), "contents.csv", 1, "The column “Rows” is missing"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "change", "file", "row", "reason"), BROKEN, ids=[case[4][:40] for case in BROKEN]
)
def test_what_does_not_fit_is_told_with_file_row_and_reason(folder, empty, name, change, file, row, reason):
    edit(folder / "tables" / f"{name}.csv", change)
    told = problems(folder)
    assert [p for p in told if p[0] == file and row in (p[1], None) and reason in p[2]], told
    with pytest.raises(Refusal, match="nothing was brought in"):
        takeout.take_in(empty, takeout.read_taken_out(folder).now())
    assert takeout.why_not(empty) is None


@pytest.mark.parametrize("name", ["contacts", "members", "volumes", "products", "product_notes", "contents"])
def test_a_file_cut_off_anywhere_is_noticed(folder, name):
    path = folder / "tables" / f"{name}.csv"
    whole = path.read_bytes()
    for end in range(0, len(whole) - 3, max(1, len(whole) // 17)):
        path.write_bytes(whole[:end])
        found = takeout.read_taken_out(folder).now()
        assert found.problems or found.changed, end


def test_flipped_bytes_are_noticed_or_refused(folder):
    path = folder / "tables" / "contacts.csv"
    whole = path.read_bytes()
    for place in range(7, len(whole), len(whole) // 60):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x15]) + whole[place + 1 :])
        found = takeout.read_taken_out(folder).now()
        assert found.problems or found.changed == ["contacts.csv"], place


def test_a_corrected_cell_goes_in_and_is_told(folder, empty):
    edit(folder / "tables" / "companies.csv", lambda text: text.replace("Hjem & Velv", "Nyt & Velv"))
    found = takeout.read_taken_out(folder).now()
    assert (found.problems, found.changed) == ([], ["companies.csv"])
    takeout.take_in(empty, found)
    assert companies.everyone(empty)[0].name.startswith("Nyt & Velv")


def test_tables_saved_by_excel_with_other_marks_are_read(folder, empty, sample):
    for path in (folder / "tables").iterdir():
        with path.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.reader(opened, delimiter=";"))
        with path.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows([[cell.replace("\n", "\r\n") for cell in row] for row in rows] + [[]])
    found = takeout.read_taken_out(folder).now()
    assert found.problems == []
    assert found.everything == takeout.read_taken_out(sample).now().everything


def test_a_folder_in_the_place_of_a_file_is_told(folder):
    (folder / "tables" / "members.csv").unlink()
    (folder / "tables" / "members.csv").mkdir()
    assert ("members.csv", 0, "This is not a file that can be read.") in problems(folder)


def test_other_bytes_than_text_are_told(folder):
    path = folder / "tables" / "members.csv"
    path.write_bytes(path.read_bytes().replace("Velvære".encode(), "Velvære".encode("latin-1"), 1))
    assert [p for p in problems(folder) if p[0] == "members.csv" and "letters can't be read" in p[2]]


def test_reading_can_be_stopped(sample):
    class Stopping(Silent):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        takeout.read_taken_out(sample).work(Stopping())
