"""Encrypted files: the standard format, told apart from damaged ones, and nothing readable in them."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from organizer.domain import recovery
from organizer.domain.contact import Contact
from organizer.storage import Damaged, Locked, NotOurs, Secret, WrongSecret, cipher, contacts, create, open_file

PASSPHRASE = "blå æbler på taget"
PAGE = 4096


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.organizer"
    file = create(path, clock, PASSPHRASE)
    with file.deed("contact.add"):
        contacts.insert(file, [Contact(first_name="Marker", notes="secret " * 2000)])
    file.close()
    return path


def names(path: Path, secret: Secret) -> list[str]:
    file = open_file(path, clock, secret)
    found = [row.name for row in contacts.rows(file)]
    file.close()
    return found


def test_the_passphrase_opens_it_and_nothing_in_it_is_readable(path: Path) -> None:
    assert names(path, PASSPHRASE) == ["Marker"]
    raw = path.read_bytes()
    assert b"Marker" not in raw
    assert b"person" not in raw
    assert not raw.startswith(cipher.PLAIN)


def test_a_letter_typed_as_two_signs_is_the_same_letter(path: Path) -> None:
    assert names(path, PASSPHRASE.replace("å", "a\N{COMBINING RING ABOVE}")) == ["Marker"]


def test_another_program_that_knows_sqlcipher_opens_it_with_the_passphrase_alone(path: Path) -> None:
    connection = driver.connect(str(path))
    connection.execute("PRAGMA key = '" + PASSPHRASE + "'")
    assert connection.execute("SELECT first_name FROM person").fetchall() == [("Marker",)]
    connection.close()


def test_the_recovery_key_opens_it(path: Path) -> None:
    file = open_file(path, clock, PASSPHRASE)
    assert file.key is not None
    written = recovery.written(file.key.secret)
    file.close()
    assert names(path, written.lower().replace("-", " ")) == ["Marker"]


def test_a_slip_in_the_recovery_key_is_told_as_one(path: Path) -> None:
    written = recovery.written(bytes(range(32)))
    slipped = ("8" if written[0] != "8" else "9") + written[1:]
    with pytest.raises(WrongSecret, match="slip"):
        open_file(path, clock, slipped)
    with pytest.raises(WrongSecret, match="doesn't open"):
        open_file(path, clock, written)


def test_no_passphrase_and_a_wrong_one_are_told_apart(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Locked):
        open_file(path, clock)
    with pytest.raises(WrongSecret):
        open_file(path, clock, "something else")
    assert path.read_bytes() == before


def test_with_the_right_passphrase_a_damaged_beginning_is_told_as_damage(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[100] ^= 1
    path.write_bytes(raw)
    with pytest.raises(Damaged, match="passphrase is right"):
        open_file(path, clock, PASSPHRASE)
    with pytest.raises(WrongSecret):
        open_file(path, clock, "something else")


def test_without_its_salt_damage_and_a_wrong_passphrase_cannot_be_told_apart(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[0] ^= 1
    path.write_bytes(raw)
    with pytest.raises(WrongSecret, match="damaged at its beginning"):
        open_file(path, clock, PASSPHRASE)


def test_a_cut_off_file_is_told_as_damage(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) - PAGE])
    with pytest.raises(Damaged):
        open_file(path, clock, PASSPHRASE)


def test_an_encrypted_database_of_another_program_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "b.organizer"
    connection = driver.connect(str(path))
    connection.execute("PRAGMA key = 'abc'")
    connection.execute("CREATE TABLE bookmarks(url)")
    connection.close()
    with pytest.raises(NotOurs):
        open_file(path, clock, "abc")


def test_a_key_shows_nothing_of_itself(path: Path) -> None:
    key = cipher.key_for(path, PASSPHRASE)
    assert key.secret.hex() not in f"{key} {key!r}"
    assert str(key.secret) not in f"{key} {key!r}"


def test_a_wrong_passphrase_writes_nothing_on_the_terminal_or_beside(path: Path, tmp_path: Path) -> None:
    # SQLCipher would
    folder = tmp_path / "here"
    folder.mkdir()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime\n"
        "from organizer.storage import open_file, cipher, Damaged\n"
        "from organizer.storage.connect import connect\n"
        "try: connect(Path(sys.argv[1]), cipher.new_key('x')).execute('SELECT 1 FROM person')\n"
        "except Exception: pass\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    assert answer.stdout + answer.stderr == ""
    assert not list(folder.iterdir())
