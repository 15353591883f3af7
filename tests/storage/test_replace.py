"""Restoring and changing the passphrase: the whole new file or the whole old one, never anything between."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from organizer.domain import recovery
from organizer.domain.contact import Contact
from organizer.domain.result import Cancelled, Refusal
from organizer.storage import Busy, Damaged, Key, WrongSecret, backup, cipher, contacts, create, open_file, schema
from organizer.storage import replace as replacing
from organizer.storage.backup import Source
from organizer.storage.beside import is_there
from organizer.storage.shelf import Kept

NOON = datetime(2026, 11, 23, 12, 0)


def clock() -> datetime:
    return NOON


def silent(_done: float) -> None:
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.organizer"
    file = create(path, clock)
    with file.deed("contact.add", "Anna"):
        contacts.insert(file, [Contact(first_name="Anna", notes="Marker " * 3000)])
    file.close()
    return path


def names(path: Path, secret: str | Key = "") -> list[str]:
    file = open_file(path, clock, secret)
    found = [row.name for row in contacts.rows(file)]
    file.close()
    return found


def backed_up(path: Path) -> tuple[Kept, Source]:
    """A backup with Anna in it; Bo joined afterwards."""
    file = open_file(path, clock)
    source = backup.source_of(file)
    made, _problem = backup.make(source, "asked", NOON, silent, lambda: False)
    with file.deed("contact.add", "Bo"):
        contacts.insert(file, [Contact(first_name="Bo")])
    file.close()
    return made, source


def change(path: Path, now: Key | None, passphrase: str) -> Key | None:
    return replacing.change_key(path, now, passphrase, silent, lambda: False)


def leftovers(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir() if one.name not in (path.name, f".{path.name}.lock"))


def test_a_backup_takes_the_files_place_and_what_was_there_is_backed_up(path: Path) -> None:
    made, source = backed_up(path)
    done = replacing.restore(path, made, "", source, NOON)
    assert names(path) == ["Anna"]
    assert done.aside is not None
    assert names(done.aside) == ["Anna", "Bo"]
    assert leftovers(path) == []


def test_a_file_that_can_not_be_opened_is_kept_as_it_is_with_its_journal(path: Path) -> None:
    made, source = backed_up(path)
    ruin = os.urandom(9000)
    path.write_bytes(ruin)
    path.with_name("a.organizer-journal").write_bytes(b"half a write")
    done = replacing.restore(path, made, "", source, NOON)
    assert names(path) == ["Anna"]
    assert done.aside is not None
    assert done.aside.read_bytes() == ruin
    assert done.aside.with_name(f"{done.aside.name}-journal").read_bytes() == b"half a write"


def test_two_that_are_kept_in_the_same_second_are_both_there(path: Path) -> None:
    made, source = backed_up(path)
    ruins = [os.urandom(9000), os.urandom(9000)]
    kept = []
    for ruin in ruins:
        path.write_bytes(ruin)
        kept.append(replacing.restore(path, made, "", source, NOON).aside)
    assert [one and one.read_bytes() for one in kept] == ruins
    assert [one and one.name for one in kept] == [
        "a kept 2026-11-23 12.00.00.organizer",
        "a kept 2026-11-23 12.00.00 (2).organizer",
    ]


def test_a_file_that_is_gone_comes_back(path: Path) -> None:
    made, _source = backed_up(path)
    shutil.rmtree(path.parent)
    assert replacing.restore(path, made, "", None, NOON).aside is None
    assert names(path) == ["Anna"]


def test_a_restore_that_is_stopped_changes_nothing(path: Path) -> None:
    made, source = backed_up(path)
    with pytest.raises(Cancelled):
        replacing.restore(path, made, "", source, NOON, lambda: True)
    assert names(path) == ["Anna", "Bo"]
    assert leftovers(path) == []


def test_a_damaged_backup_is_not_restored(path: Path) -> None:
    made, source = backed_up(path)
    raw = bytearray(made.path.read_bytes())
    raw[4096:8192] = bytes(4096)
    made.path.write_bytes(raw)
    before = path.read_bytes()
    with pytest.raises(Damaged):
        replacing.restore(path, made, "", source, NOON)
    assert path.read_bytes() == before
    assert leftovers(path) == []


def test_an_open_file_is_not_replaced(path: Path) -> None:
    made, source = backed_up(path)
    file = open_file(path, clock)
    with pytest.raises(Busy):
        replacing.restore(path, made, "", source, NOON)
    with pytest.raises(Busy):
        change(path, None, "a passphrase")
    file.close()


def test_a_file_is_encrypted_changed_and_opened_again_with_everything_in_it(path: Path) -> None:
    key = change(path, None, "one")
    assert b"Marker" not in path.read_bytes()
    assert names(path, "one") == ["Anna"]
    other = change(path, key, "two")
    with pytest.raises(WrongSecret):
        names(path, "one")
    file = open_file(path, clock, "two")
    assert file.undo() is not None
    assert contacts.rows(file) == []
    assert file.redo() is not None
    file.close()
    assert change(path, other, "") is None
    assert names(path) == ["Anna"]
    assert b"Marker" in path.read_bytes()
    assert leftovers(path) == []


def test_ids_go_on_counting_after_the_passphrase_changed(path: Path) -> None:
    file = open_file(path, clock)
    with file.deed("contact.delete"):
        contacts.delete(file, [1])
    file.close()
    change(path, None, "one")
    file = open_file(path, clock, "one")
    with file.deed("contact.add"):
        assert contacts.insert(file, [Contact(first_name="Bo")]) == [2]
    file.close()


def test_what_was_readable_is_written_over(path: Path) -> None:
    # the same blocks, as a disk that is searched for remains would find them
    remains = os.open(path, os.O_RDONLY)
    size = path.stat().st_size
    change(path, None, "one")
    assert os.pread(remains, size + 1, 0) == bytes(size)
    os.close(remains)


def test_another_name_for_the_same_bytes_keeps_them(path: Path) -> None:
    hers = path.with_name("hers.organizer")
    os.link(path, hers)
    change(path, None, "one")
    assert names(hers) == ["Anna"]


def test_a_recovery_key_is_no_passphrase(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Refusal, match="recovery key"):
        change(path, None, recovery.written(bytes(range(32))))
    assert path.read_bytes() == before


def test_a_backup_that_rotted_is_not_restored(path: Path) -> None:
    made, source = backed_up(path)
    raw = bytearray(made.path.read_bytes())
    raw[raw.rindex(b"Marker")] ^= 1
    made.path.write_bytes(raw)
    before = path.read_bytes()
    with pytest.raises(Damaged, match="not as it was"):
        replacing.restore(path, made, "", source, NOON)
    assert path.read_bytes() == before


def test_only_a_file_of_ours_that_this_version_can_open_is_restored(path: Path, tmp_path: Path) -> None:
    _made, source = backed_up(path)
    before = path.read_bytes()
    for application, version in ((0, 1), (schema.APPLICATION_ID, schema.VERSION + 1)):
        other = tmp_path / f"other {version}.organizer"
        connection = driver.connect(str(other))
        connection.execute("CREATE TABLE places(id)")
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
        connection.close()
        with pytest.raises(Refusal):
            replacing.restore(path, Kept(other, None, elsewhere=False), "", source, NOON)
        assert path.read_bytes() == before


def cut_off(path: Path, made: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """A restore of `made` that ends when the new file is ready and the old one is still in its place."""

    def crash(_ready: Path, _path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(replacing, "put_in_place", crash)
        replacing.restore(path, made, "", None, NOON)
    assert ready(path)


def ready(path: Path) -> list[str]:
    return [name for name in leftovers(path) if name.endswith(".ready")]


def beside(path: Path) -> list[str]:
    return [name for name in leftovers(path) if "kept" not in name]


def test_a_crash_between_the_old_file_and_the_new_one_is_finished_at_the_next_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _source = backed_up(path)
    journal = path.with_name("a.organizer-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 half a write of the old file")
    cut_off(path, made, monkeypatch)
    assert names(path) == ["Anna"]
    assert beside(path) == []


def test_a_file_that_was_put_there_after_the_crash_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _source = backed_up(path)
    other = path.with_name("other.organizer")
    create(other, clock).close()
    cut_off(path, made, monkeypatch)
    other.replace(path)
    assert names(path) == []
    assert beside(path) == [".other.organizer.lock"]


def test_the_old_file_written_to_after_the_crash_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _source = backed_up(path)
    cut_off(path, made, monkeypatch)
    connection = driver.connect(str(path))
    connection.execute("UPDATE person SET name = 'Cilla' WHERE name = 'Bo'")
    connection.commit()
    connection.close()
    assert names(path) == ["Anna", "Cilla"]
    assert beside(path) == []


def test_a_crash_where_no_file_was_is_finished(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _source = backed_up(path)
    path.unlink()
    cut_off(path, made, monkeypatch)
    assert names(path) == ["Anna"]
    assert beside(path) == []


def test_a_new_file_where_none_was_before_the_crash_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _source = backed_up(path)
    path.unlink()
    cut_off(path, made, monkeypatch)
    path.write_bytes(made.path.read_bytes())
    connection = driver.connect(str(path))
    connection.execute("UPDATE person SET name = 'Cilla'")
    connection.commit()
    connection.close()
    assert names(path) == ["Cilla"]
    assert beside(path) == []


def test_a_file_that_vanished_in_the_crash_comes_back_as_the_new_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _source = backed_up(path)
    cut_off(path, made, monkeypatch)
    path.unlink()
    path.with_name("a.organizer-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 half a write")
    assert is_there(path)
    assert names(path) == ["Anna"]
    assert beside(path) == []


def test_of_several_that_are_ready_the_newest_comes_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _source = backed_up(path)
    stale = path.with_name(".a.organizer.7-9.ready")
    stale.write_bytes(b"an earlier one")
    os.utime(stale, ns=(5, 5))
    path.unlink()
    cut_off(path, made, monkeypatch)
    assert names(path) == ["Anna"]
    assert beside(path) == []


def test_a_new_file_is_not_made_where_one_is_waiting(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _source = backed_up(path)
    cut_off(path, made, monkeypatch)
    path.unlink()
    with pytest.raises(Refusal, match="exists already"):
        create(path, clock)
    assert names(path) == ["Anna"]
    assert beside(path) == []


def test_a_restore_after_a_crash_keeps_what_that_one_had_ready(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _source = backed_up(path)
    second, _problem = backup.make(backed_up(path)[1], "asked", NOON, silent, lambda: False)
    cut_off(path, second, monkeypatch)
    path.unlink()
    done = replacing.restore(path, made, "", None, NOON)
    assert names(path) == ["Anna"]
    assert done.aside is not None
    assert names(done.aside) == names(second.path)
    assert ready(path) == []


def test_nothing_there_and_nothing_ready_is_told_so(path: Path) -> None:
    path.unlink()
    path.with_name(".other.organizer.1-2.ready").touch()
    path.with_name(".a.organizer.hers.ready").touch()
    path.with_name(".a.organizer.b.organizer.1-2.ready").touch()
    before = leftovers(path)
    assert not is_there(path)
    with pytest.raises(Refusal, match="is not there"):
        names(path)
    assert leftovers(path) == before


def test_the_files_of_others_are_not_swept(path: Path) -> None:
    for name in (".other.organizer.1-2.ready", ".a.organizer.hers.ready", ".a.organizer.1-2.ready"):
        path.with_name(name).touch()
    assert names(path) == ["Anna"]
    assert leftovers(path) == [".a.organizer.hers.ready", ".other.organizer.1-2.ready"]


def test_a_cancelled_change_leaves_the_old_file(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Cancelled):
        replacing.change_key(path, None, "one", silent, lambda: True)
    assert path.read_bytes() == before
    assert leftovers(path) == []


def test_a_wrong_key_changes_nothing(path: Path) -> None:
    change(path, None, "one")
    before = path.read_bytes()
    with pytest.raises(Refusal):
        change(path, cipher.key_for(path, "wrong"), "two")
    assert path.read_bytes() == before
    assert leftovers(path) == []


def test_a_damaged_file_is_not_encrypted(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-4096:] = b"\x09" * 4096
    path.write_bytes(raw)
    with pytest.raises(Refusal):
        change(path, None, "one")
    assert path.read_bytes() == bytes(raw)
    assert leftovers(path) == []


def test_a_copy_that_is_not_the_same_never_takes_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export = replacing._export

    def losing(source: object, part: Path, new: Key | None) -> None:
        export(source, part, new)
        connection = driver.connect(str(part))
        cipher.unlock(connection, new)
        connection.execute("DELETE FROM person")
        connection.commit()
        connection.close()

    monkeypatch.setattr(replacing, "_export", losing)
    before = path.read_bytes()
    with pytest.raises(Refusal, match="not the same"):
        change(path, None, "one")
    assert path.read_bytes() == before
