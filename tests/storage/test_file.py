"""Opening, making and refusing files, on real SQLite files."""

import errno
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.storage import Busy, Damaged, File, Gone, Key, NotOurs, contacts, create, open_file, opening, schema
from organizer.storage import connect as connect_module


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30)


def add(file: File, name: str) -> int:
    with file.deed("contact.add", name):
        return contacts.insert(file, [Contact(first_name=name)])[0]


def names(file: File) -> list[str]:
    return [row.name for row in contacts.rows(file)]


def test_a_new_file_keeps_what_was_done_after_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a.organizer"
    file = create(path, clock)
    add(file, "Anna")
    file.close()
    file = open_file(path, clock)
    assert names(file) == ["Anna"]
    file.close()


def test_making_a_file_never_overwrites_one(tmp_path: Path) -> None:
    path = tmp_path / "a.organizer"
    path.write_text("her letters")
    with pytest.raises(Refusal, match="exists already"):
        create(path, clock)
    assert path.read_text() == "her letters"


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7 " * 50, b"\x00" * 5000])
def test_another_kind_of_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.organizer"
    path.write_bytes(content)
    with pytest.raises(Damaged, match=r"a\.organizer is empty, cut off, or not an Organizer file"):
        open_file(path, clock)
    assert path.read_bytes() == content


def test_a_large_file_of_another_kind_is_never_asked_a_passphrase_for(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)
    with pytest.raises(NotOurs, match="is not an Organizer file"):
        open_file(path, clock)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.organizer"
    connection = driver.connect(str(path))
    connection.execute("CREATE TABLE bookmarks(url)")
    connection.close()
    with pytest.raises(NotOurs):
        open_file(path, clock)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.organizer", tmp_path):
        with pytest.raises(Refusal, match="is not there"):
            open_file(path, clock)


def test_a_newer_file_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.organizer"
    file = create(path, clock)
    file.connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION + 1}")
    file.close()
    before = path.read_bytes()
    with pytest.raises(Refusal, match="newer version"):
        open_file(path, clock)
    assert path.read_bytes() == before


def test_a_second_window_is_refused_while_the_first_has_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.organizer"
    file = create(path, clock)
    code = (
        "import sys; from pathlib import Path; from datetime import datetime\n"
        "from organizer.storage import open_file, Busy\n"
        "try: open_file(Path(sys.argv[1]), datetime.now)\n"
        "except Busy as refusal: print(refusal)\n"
    )
    answer = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert "open in another window" in answer.stdout
    add(file, "Anna")
    file.close()
    open_file(path, clock).close()


def test_a_program_that_was_killed_leaves_no_lock_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.organizer"
    code = (
        "import sys, os; from pathlib import Path; from datetime import datetime\n"
        "from organizer.storage import create, contacts; from organizer.domain.contact import Contact\n"
        "file = create(Path(sys.argv[1]), datetime.now)\n"
        "with file.deed('contact.add', 'Anna'): contacts.insert(file, [Contact(first_name='Anna')])\n"
        "with file.deed('contact.add', 'Bo'):\n"
        "    contacts.insert(file, [Contact(first_name='Bo')]); os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    file = open_file(path, clock)
    assert names(file) == ["Anna"]
    file.close()


def test_a_file_cut_in_the_middle_is_refused_or_read_but_never_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.organizer"
    file = create(path, clock)
    for number in range(50):
        add(file, f"Person {number}")
    file.close()
    whole = path.read_bytes()
    for part in (20, 100, 4096, len(whole) // 2, len(whole) - 100):
        path.write_bytes(whole[:part])
        with pytest.raises(Refusal):
            cut = open_file(path, clock)
            try:
                with cut.deed("contact.add"):
                    contacts.everyone(cut)
                    contacts.insert(cut, [Contact(first_name="X")])
            finally:
                cut.close()
        assert path.read_bytes() == whole[:part]


def test_a_deed_that_fails_changes_nothing(tmp_path: Path) -> None:
    file = create(tmp_path / "a.organizer", clock)
    add(file, "Anna")
    heard: list[frozenset[str]] = []
    file.listeners.append(heard.append)
    with pytest.raises(ZeroDivisionError), file.deed("contact.add", "Bo"):
        contacts.insert(file, [Contact(first_name="Bo")])
        _ = 1 / 0
    assert names(file) == ["Anna"]
    assert heard == []
    add(file, "Carl")
    assert heard == [frozenset({"person"})]
    file.close()


def test_a_full_disk_keeps_what_was_saved_before(tmp_path: Path) -> None:
    file = create(tmp_path / "a.organizer", clock)
    add(file, "Anna")
    pages = file.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    file.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(Refusal, match="disk is full"), file.deed("contact.import"):
        contacts.insert(file, [Contact(first_name=f"Person {n}", notes="x" * 500) for n in range(500)])
    assert names(file) == ["Anna"]
    file.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    add(file, "Bo")
    assert names(file) == ["Anna", "Bo"]
    file.close()


def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    # a file where the folder should be: refused for every user, root too
    (tmp_path / "folder").write_text("")
    with pytest.raises(Refusal, match="can't be opened"):
        create(tmp_path / "folder" / "a.organizer", clock)


def test_a_read_only_file_is_told_at_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.organizer"
    create(path, clock).close()
    connect = connect_module.connect

    def read_only(path: Path, key: Key | None, **options: object) -> object:
        return connect(path, key, read_only=True)

    monkeypatch.setattr(connect_module, "connect", read_only)
    with pytest.raises(Refusal, match="read-only"):
        open_file(path, clock)


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.organizer"
    create(path, clock).close()

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(opening.FileLock, "acquire", full)
    with pytest.raises(Refusal, match="disk is full"):
        open_file(path, clock)


def test_another_programs_lock_on_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.organizer"
    create(path, clock).close()
    other = driver.connect(str(path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Busy, match="in use by another program"):
        open_file(path, clock)
    other.close()


def test_the_settings_that_keep_the_file_whole_are_on(tmp_path: Path) -> None:
    file = create(tmp_path / "a.organizer", clock)
    wanted = {"foreign_keys": 1, "synchronous": 3, "trusted_schema": 0, "journal_mode": "delete"}
    found = {name: file.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    assert found == wanted
    file.close()


def test_a_link_is_no_second_door_to_the_same_file(tmp_path: Path) -> None:
    file = create(tmp_path / "a.organizer", clock)
    (tmp_path / "link.organizer").symlink_to(tmp_path / "a.organizer")
    code = (
        "import sys; from pathlib import Path; from datetime import datetime\n"
        "from organizer.storage import open_file, Busy\n"
        "try: open_file(Path(sys.argv[1]), datetime.now)\n"
        "except Busy as refusal: print(refusal)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "link.organizer")]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "open in another window" in answer.stdout
    file.close()


def test_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    for deed in (create, open_file):
        with pytest.raises(Refusal):
            deed(tmp_path / ("x" * 300), clock)


@pytest.mark.skipif(os.name != "posix", reason="other systems' names are text")
def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.organizer"))
    with pytest.raises(Refusal, match="are no text"):
        create(path, clock)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("passphrase", ["", "a passphrase"])
def test_a_file_written_over_while_open_is_noticed_and_nothing_goes_into_it(
    tmp_path: Path, passphrase: str
) -> None:
    file = create(tmp_path / "a.organizer", clock, passphrase)
    other = create(tmp_path / "b.organizer", clock)
    for one, name in ((file, "Anna"), (other, "Stranger")):
        with one.deed("contact.add"):
            contacts.insert(one, [Contact(first_name=name)])
    other.close()
    assert file.is_current()
    file.path.write_bytes(other.path.read_bytes())
    over = file.path.read_bytes()
    assert file.is_overwritten()
    assert not file.is_current()
    with pytest.raises(Gone, match="written over"), file.deed("contact.edit"):
        contacts.insert(file, [Contact(first_name="Bo")])
    file.close()
    assert file.path.read_bytes() == over


def test_ones_own_writing_and_a_failed_deed_are_not_taken_for_another_programs(tmp_path: Path) -> None:
    file = create(tmp_path / "a.organizer", clock)
    for _round in range(3):
        with pytest.raises(ZeroDivisionError), file.deed("contact.add"):
            contacts.insert(file, [Contact(first_name="Anna", notes="x" * 100_000)])
            1 / 0  # noqa: B018
        with file.deed("contact.add"):
            contacts.insert(file, [Contact(first_name="Anna")])
        file.undo()
        assert file.is_current()
    file.close()


def test_a_file_that_was_only_touched_goes_on(tmp_path: Path) -> None:
    file = create(tmp_path / "a.organizer", clock)
    os.utime(file.path, (1, 1))
    assert file.is_current()
    with file.deed("contact.add"):
        contacts.insert(file, [Contact(first_name="Anna")])
    file.close()
