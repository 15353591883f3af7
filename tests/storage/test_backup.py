"""Backups: whole though deeds go on, counted only when verified, thinned by rule, and never somebody else's."""

import errno
import json
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from organizer.domain.contact import Contact
from organizer.domain.result import Cancelled, Message, Refusal
from organizer.domain.retention import Rule
from organizer.storage import Damaged, File, Gone, backup, contacts, create, manifest, open_file, pages, shelf
from organizer.storage.places import folder_of
from organizer.storage.shelf import Kept

NOON = datetime(2026, 11, 23, 12, 0)


def clock() -> datetime:
    return NOON


@pytest.fixture(params=["", "a passphrase"], ids=["plain", "encrypted"])
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[File]:
    file = create(tmp_path / "her æøå.organizer", clock, request.param)
    add(file, "Anna")
    yield file
    file.close()


def add(file: File, *names: str) -> None:
    with file.deed("contact.add", names[0]):
        contacts.insert(file, [Contact(first_name=name) for name in names])


def make(file: File, at: datetime = NOON) -> tuple[Kept, Message | None]:
    return backup.make(backup.source_of(file), "asked", at, lambda _done: None, lambda: False)


def names(path: Path, file: File) -> list[str]:
    copy = open_file(path, clock, file.key or "", is_copy=True)
    found = [row.name for row in contacts.rows(copy)]
    copy.close()
    return found


def test_a_backup_is_verified_listed_and_opens_like_the_file(file: File) -> None:
    made, problem = make(file)
    assert problem is None
    assert made.entry is not None
    assert made.entry.verified
    assert made.entry.counts["contacts"] == 1
    assert made.entry.last_deed == 1
    assert made.entry.encrypted is file.encrypted
    assert [one.path for one in shelf.every(file.path)] == [made.path]
    assert names(made.path, file) == ["Anna"]
    assert oct(made.path.stat().st_mode)[-3:] == "600"


def test_the_list_holds_nobodys_data(file: File) -> None:
    made, _problem = make(file)
    assert "Anna" not in (made.path.parent / "backups.json").read_text()


def test_deeds_go_on_while_a_backup_is_made_on_another_thread(file: File) -> None:
    for start in range(20):
        add(file, *(f"Person {start} {number}" for number in range(300)))
    found: list[Kept] = []
    source = backup.source_of(file)
    worker = threading.Thread(
        target=lambda: found.append(backup.make(source, "asked", NOON, lambda _done: None, lambda: False)[0])
    )
    worker.start()
    deeds = 0
    while worker.is_alive():
        add(file, "Meanwhile")
        deeds += 1
    worker.join()
    assert deeds
    everyone = names(found[0].path, file)
    assert len(everyone) >= 6001
    assert set(everyone) <= {row.name for row in contacts.rows(file)}


def test_a_cancelled_backup_leaves_nothing(file: File) -> None:
    with pytest.raises(Cancelled):
        backup.make(backup.source_of(file), "asked", NOON, lambda _done: None, lambda: True)
    assert shelf.every(file.path) == []
    assert not list(folder_of(file.path).glob("*organizer*"))


def test_a_full_disk_leaves_nothing_and_is_told(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pages, "sync_file", full)
    with pytest.raises(Refusal, match="disk is full"):
        make(file)
    assert not list(folder_of(file.path).glob("*organizer*"))


def test_what_was_cut_off_earlier_is_swept_away(file: File) -> None:
    folder = folder_of(file.path)
    folder.mkdir(parents=True)
    (folder / "her 2026.organizer.part").write_bytes(b"half")
    make(file)
    assert not list(folder.glob("*.part"))


def test_a_damaged_file_gives_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "b.organizer"
    file = create(path, clock)
    add(file, *(f"Person {number}" for number in range(2000)))
    file.close()
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 4096] = b"\x07" * 4096
    path.write_bytes(raw)
    file = open_file(path, clock)
    with pytest.raises(Damaged):
        make(file)
    assert shelf.every(path) == []
    file.close()


def test_a_second_folder_gets_the_same_backup(file: File, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file.remember(backup.SECOND_KEY, str(stick))
    made, problem = make(file)
    assert problem is None
    here, there = sorted(shelf.every(file.path), key=lambda one: one.elsewhere)
    assert (here.path, here.elsewhere, there.elsewhere) == (made.path, False, True)
    assert there.path.read_bytes() == here.path.read_bytes()
    assert names(there.path, file) == ["Anna"]


def test_a_missing_stick_is_told_and_the_backup_is_kept_here(file: File, tmp_path: Path) -> None:
    file.remember(backup.SECOND_KEY, str(tmp_path / "no stick"))
    made, problem = make(file)
    assert problem is not None
    assert "not there now" in str(problem)
    assert made.path.exists()


def test_the_rule_thins_only_what_the_program_made(file: File) -> None:
    file.remember(backup.RULE_KEY, "0 1 0 0")
    first, _problem = make(file, NOON - timedelta(days=3))
    hers = first.path.with_name("my own copy.organizer")
    shutil.copyfile(first.path, hers)
    last, _problem = make(file, NOON)
    paths = {one.path for one in shelf.every(file.path)}
    assert paths == {hers, last.path}
    with pytest.raises(Refusal, match="didn't make"):
        shelf.remove(next(one for one in shelf.every(file.path) if one.path == hers))
    assert hers.exists()


def test_the_rule_is_read_as_she_set_it(file: File) -> None:
    assert backup.rule_of(file) == Rule()
    file.remember(backup.RULE_KEY, "1 2 3 4")
    assert backup.rule_of(file) == Rule(1, 2, 3, 4)
    file.remember(backup.RULE_KEY, "nonsense -1 2 3")
    assert backup.rule_of(file) == Rule()


def test_a_backup_that_changed_afterwards_no_longer_counts(file: File) -> None:
    made, _problem = make(file)
    raw = bytearray(made.path.read_bytes())
    raw[-10] ^= 1
    made.path.write_bytes(raw)
    with pytest.raises(Damaged, match="not as it was"):
        shelf.check_again(made, file.key, NOON)
    (again,) = shelf.every(file.path)
    assert again.entry is not None
    assert again.entry.verified == ""


def test_verifying_anew_notes_when(file: File) -> None:
    made, _problem = make(file)
    again = shelf.check_again(made, file.key, NOON + timedelta(days=1))
    assert again.entry is not None
    assert again.entry.verified == "2026-11-24T12:00:00"
    assert shelf.every(file.path) == [again]


def test_the_backups_of_a_moved_file_are_found_again(file: File, tmp_path: Path) -> None:
    made, _problem = make(file)
    key = file.key
    file.close()
    moved = tmp_path / "elsewhere" / "hers.organizer"
    moved.parent.mkdir()
    file.path.rename(moved)
    again = open_file(moved, clock, key or "")
    fresh, _problem = make(again)
    assert {one.path for one in shelf.every(moved)} == {made.path, fresh.path}
    again.close()


def test_a_copy_of_the_file_has_backups_of_its_own(file: File, tmp_path: Path) -> None:
    make(file)
    shutil.copyfile(file.path, copy := tmp_path / "copy.organizer")
    other = open_file(copy, clock, file.key or "")
    made, _problem = make(other)
    assert [one.path for one in shelf.every(copy)] == [made.path]
    other.close()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"entries": 3}', '{"entries": [{"name": "x"}]}', "null"])
def test_a_broken_list_loses_no_backup(file: File, text: str) -> None:
    made, _problem = make(file)
    (made.path.parent / "backups.json").write_text(text)
    (found,) = shelf.every(file.path)
    assert found == Kept(made.path, None, elsewhere=False)
    assert manifest.read(made.path.parent).entries == ()
    make(file)
    assert {one.path for one in shelf.every(file.path)} >= {made.path}
    if text != '{"entries": [{"name": "x"}]}':
        assert (made.path.parent / "backups.json.unreadable").read_text() == text


def test_a_listed_backup_that_she_deleted_is_forgotten(file: File) -> None:
    made, _problem = make(file, NOON - timedelta(days=1))
    made.path.unlink()
    assert shelf.every(file.path) == []
    make(file)
    listed = json.loads((made.path.parent / "backups.json").read_text())["entries"]
    assert len(listed) == 1


def test_two_backups_in_the_same_second_are_both_kept(file: File) -> None:
    one, other = make(file)[0], make(file)[0]
    assert one.path != other.path
    assert one.path.exists()
    assert replace(one, path=other.path, entry=other.entry) == other


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "../../precious.txt"),
        ("name", "../precious.organizer"),
        ("name", "precious.txt"),
        ("at", "yesterday"),
        ("at", "2026-11-23T09:30:00+01:00"),
        ("verified", "by me"),
        ("size", "large"),
        ("counts", 7),
    ],
)
def test_an_entry_that_makes_no_sense_is_left_out_and_leads_nowhere(file: File, field: str, value: object) -> None:
    file.remember(backup.RULE_KEY, "0 0 0 0")
    made, _problem = make(file, NOON - timedelta(days=9))
    folder = made.path.parent
    precious = [
        folder.parent.parent / "precious.txt",
        folder.parent / "precious.organizer",
        folder / "precious.txt",
    ]
    for path in precious:
        path.write_text("hers")
    listed = json.loads((folder / "backups.json").read_text())
    listed["entries"][0][field] = value
    (folder / "backups.json").write_text(json.dumps(listed))
    assert [one.entry for one in shelf.every(file.path)] == [None]
    make(file)
    assert all(path.exists() for path in [*precious, made.path])


def test_an_entry_of_a_newer_version_is_read_as_far_as_it_is_known(file: File) -> None:
    made, _problem = make(file)
    listed = json.loads((made.path.parent / "backups.json").read_text())
    listed["entries"][0]["colour"] = "blue"
    (made.path.parent / "backups.json").write_text(json.dumps(listed))
    assert shelf.every(file.path) == [made]


def test_a_list_that_can_not_be_read_now_is_not_written_anew(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _problem = make(file)

    def tired(_path: Path) -> bytes:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(Path, "read_bytes", tired)
    with pytest.raises(Refusal):
        make(file, NOON + timedelta(hours=1))
    monkeypatch.undo()
    monkeypatch.setenv("XDG_DATA_HOME", str(made.path.parents[3]))
    assert [one.entry for one in shelf.every(file.path) if one.path == made.path] == [made.entry]


def test_what_was_there_before_a_restore_stays_whatever_the_rule_says(file: File) -> None:
    file.remember(backup.RULE_KEY, "0 0 0 0")
    source = backup.source_of(file)
    old, _problem = backup.make(source, "restore", NOON - timedelta(days=9), lambda _done: None, lambda: False)
    gone, _problem = make(file, NOON - timedelta(days=8))
    make(file)
    assert old.path.exists()
    assert not gone.path.exists()


def test_a_listed_name_with_another_file_behind_it_is_not_deleted(file: File) -> None:
    file.remember(backup.RULE_KEY, "0 0 0 0")
    made, _problem = make(file, NOON - timedelta(days=9))
    made.path.write_bytes(b"something of hers")
    make(file)
    assert made.path.read_bytes() == b"something of hers"


def test_a_second_folder_that_refuses_the_lock_is_told(file: File, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file.remember(backup.SECOND_KEY, str(stick))
    second = shelf.second_folder_of(file.path, stick)
    second.mkdir(parents=True)
    (second / ".lock").mkdir()
    made, problem = make(file)
    assert made.path.exists()
    assert problem is not None


def test_the_second_folders_backups_of_a_moved_file_are_found_again(file: File, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file.remember(backup.SECOND_KEY, str(stick))
    make(file)
    key = file.key
    file.close()
    moved = tmp_path / "elsewhere.organizer"
    file.path.rename(moved)
    again = open_file(moved, clock, key or "")
    make(again, NOON + timedelta(hours=1))
    assert sum(one.elsewhere for one in shelf.every(moved)) == 2
    again.close()


def test_what_another_program_put_at_the_path_is_not_backed_up_as_hers(file: File, tmp_path: Path) -> None:
    create(tmp_path / "other.organizer", clock).close()
    (tmp_path / "other.organizer").replace(file.path)
    with pytest.raises(Gone):
        make(file)


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_a_copy_is_hers_alone_from_the_first_byte(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0o022)
    seen: set[str] = set()

    def look(_done: float) -> None:
        there = [path for path in folder_of(file.path).iterdir() if "organizer" in path.name]
        seen.update(oct(path.stat().st_mode)[-3:] for path in there)

    backup.make(backup.source_of(file), "asked", NOON, look, lambda: False)
    os.umask(before)
    assert seen == {"600"}
