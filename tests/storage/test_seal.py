"""Bytes that change by themselves while a file is closed are noticed; other programs' changes are not accused."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from organizer.domain.contact import Contact
from organizer.storage import contacts, create, open_file, seal
from organizer.storage.places import folder_of


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.organizer"
    file = create(path, clock)
    with file.deed("contact.add"):
        contacts.insert(file, [Contact(first_name="Anna", notes="Remember the blue one")])
    file.close()
    return path


def rotted(path: Path) -> bool:
    file = open_file(path, clock)
    found = file.rotted
    file.close()
    return found


def flip(path: Path, *, quietly: bool) -> None:
    before, raw = path.stat(), bytearray(path.read_bytes())
    raw[raw.index(b"lue one") - 1] ^= 1
    path.write_bytes(raw)
    if quietly:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_one_letter_that_changed_by_itself_is_noticed_until_she_decides(path: Path) -> None:
    assert not rotted(path)
    flip(path, quietly=True)
    assert rotted(path)
    assert rotted(path)
    file = open_file(path, clock)
    with file.deed("contact.add"):
        contacts.insert(file, [Contact(first_name="Bo")])
    file.close()
    assert rotted(path), "what is written since must not make her forget it"
    file = open_file(path, clock)
    file.accept_bytes()
    file.close()
    assert not rotted(path)


def test_what_another_program_wrote_is_not_accused(path: Path) -> None:
    flip(path, quietly=False)
    assert not rotted(path)


def test_a_file_without_a_seal_opens(path: Path) -> None:
    for text in ("", "[]", "[1, 2]", "{"):
        (folder_of(path) / "seal.json").write_text(text)
        assert not rotted(path)


def test_a_large_file_is_looked_at_later(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "_SMALL", 10)
    flip(path, quietly=True)
    file = open_file(path, clock)
    assert not file.rotted
    assert file.bytes_as_left() is False
    with file.deed("contact.add"):
        contacts.insert(file, [Contact(first_name="Bo")])
    assert file.bytes_as_left() is None
    file.close()


def test_a_seal_that_can_not_be_written_is_no_hindrance(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = path.with_name("blocked")
    blocked.write_text("a file where the folder would be")
    monkeypatch.setenv("XDG_DATA_HOME", str(blocked))
    assert not rotted(path)
    with path.open("rb") as opened:
        assert seal.holds(path, opened.fileno()) is None
