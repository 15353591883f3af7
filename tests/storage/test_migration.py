"""Older files are brought up to date whole or not at all, with a copy kept."""

import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy as sa
from alembic.operations import Operations

from organizer.domain.contact import Contact
from organizer.storage import contacts, create, open_file, schema, shelf


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30)


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A file of the present version, while the program is made to believe that it is one or two newer."""
    path = tmp_path / "a.organizer"
    file = create(path, clock)
    with file.deed("contact.add", "Anna"):
        contacts.insert(file, [Contact(first_name="Anna")])
    file.close()
    return path


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    def add_shoe_size(op: Operations) -> None:
        op.add_column("person", sa.Column("shoe_size", sa.Text, server_default="", nullable=False))

    def fail_halfway(op: Operations) -> None:
        op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
        op.execute("SELECT no_such_function()")

    package = "organizer.storage.migrations"
    for version, upgrade in ((schema.VERSION + 1, add_shoe_size), (schema.VERSION + 2, fail_halfway)):
        module = ModuleType(f"{package}.to_{version}")
        module.upgrade = upgrade  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)


def columns(path: Path) -> set[str]:
    file = open_file(path, clock)
    found = set(file.connection.exec_driver_sql("SELECT name FROM pragma_table_info('person')").scalars())
    file.close()
    return found


def test_an_older_file_is_brought_up_to_date_and_its_copy_kept(
    old_file: Path, steps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    file = open_file(old_file, clock)
    assert [row.name for row in contacts.rows(file)] == ["Anna"]
    assert file.connection.exec_driver_sql("PRAGMA user_version").scalar_one() == schema.VERSION
    assert file.connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    # what was done before the update can still be undone after it
    assert file.undo() is not None
    assert contacts.rows(file) == []
    file.close()
    assert "shoe_size" in columns(old_file)
    (made,) = shelf.every(old_file)
    assert made.entry is not None
    assert (made.entry.reason, made.entry.verified) == ("update", "2026-11-23T09:30:00")
    monkeypatch.setattr(schema, "VERSION", schema.VERSION - 1)
    assert "shoe_size" not in columns(made.path)


def test_what_was_edited_and_deleted_before_the_update_is_undone_after_it(
    old_file: Path, steps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = open_file(old_file, clock)
    anna = contacts.everyone(file)[0]
    with file.deed("contact.edit", "Anna"):
        contacts.update(file, replace(anna, city="Vig"))
    with file.deed("contact.delete", "Anna"):
        contacts.delete(file, [anna.id])
    file.close()
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    file = open_file(old_file, clock)
    for city in ("Vig", ""):
        assert file.undo() is not None
        assert [person.city for person in contacts.everyone(file)] == [city]
    assert file.connection.exec_driver_sql("SELECT shoe_size FROM person").scalar_one() == ""
    assert file.redo() is not None
    assert file.redo() is not None
    assert contacts.everyone(file) == []
    file.close()


def test_a_failing_step_leaves_the_old_file_as_it_was(
    old_file: Path, steps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 2)
    with pytest.raises(sa.exc.OperationalError):
        open_file(old_file, clock)
    monkeypatch.undo()
    assert "shoe_size" not in columns(old_file)
    file = open_file(old_file, clock)
    assert [row.name for row in contacts.rows(file)] == ["Anna"]
    tables = set(file.connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    assert "half" not in tables
    file.close()


def test_alembic_is_not_imported_when_nothing_is_due(old_file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import datetime\n"
        "from organizer.storage import open_file\n"
        "open_file(Path(sys.argv[1]), datetime.now).close(); print('alembic' in sys.modules)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(old_file)], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"
