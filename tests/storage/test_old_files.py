"""Every file that an earlier version wrote opens, keeps everything, and is updated whole or not at all."""

from __future__ import annotations

import json
import runpy
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from organizer.domain.result import Refusal
from organizer.services import backups, files
from organizer.services.check import check
from organizer.storage import File, backup, schema

FOLDER = Path(__file__).parent.parent / "old_files"
MADE = runpy.run_path(str(FOLDER / "make.py"))
dump: Callable[[File], dict[str, list[dict[str, Any]]]] = MADE["dump"]

FILES = sorted(path.name for path in FOLDER.glob("*.organizer"))
NEW_SETTINGS = {"file_id"}
"""What later versions note of themselves in a file."""


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30)


def version_of(name: str) -> int:
    return int(name.removesuffix(".organizer").split("-")[0].removeprefix("v"))


def secret_of(name: str) -> str:
    return MADE["PASSPHRASE"] if "encrypted" in name else ""


def open_copy(path: Path) -> File:
    return files.open_file(path, clock, secret_of(path.name))


def known(name: str) -> dict[str, list[dict[str, Any]]]:
    """What is in the file, as it was read when the file was made."""
    return json.loads((FOLDER / f"v{version_of(name)}.json").read_text(encoding="utf-8"))


@pytest.fixture(params=FILES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of one of the files: the kept ones are never opened."""
    return Path(shutil.copy(FOLDER / request.param, tmp_path))


def test_there_is_a_file_of_every_version_and_encrypted_since_there_is_encryption() -> None:
    wanted = {f"v{version}.organizer" for version in range(1, schema.VERSION + 1)}
    wanted |= {f"v{version}-encrypted.organizer" for version in range(2, schema.VERSION + 1)}
    assert wanted <= set(FILES), "make it with: python -m tests.old_files.make"


def derived(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What the present version sorts and finds people by: the check, not this, says whether it is right."""
    return {column: one[column] for column in ("sort_key", "search") if column in other}


def assert_all_is_there(now: dict[str, list[dict[str, Any]]], before: dict[str, list[dict[str, Any]]]) -> None:
    """Every row of every table as it was; columns and settings that came later may stand beside."""
    assert set(before) <= set(now)
    for table, rows in before.items():
        found = now[table]
        if table == "setting":
            found = [row for row in found if row["key"] not in NEW_SETTINGS or row in rows]
        assert len(found) == len(rows), table
        for one, other in zip(found, rows, strict=True):
            assert {column: one[column] for column in other} == other | derived(one, other)


def test_it_opens_and_everything_in_it_is_as_it_was(old: Path) -> None:
    file = open_copy(old)
    try:
        assert file.fetch("PRAGMA user_version") == [(schema.VERSION,)]
        assert_all_is_there(dump(file), known(old.name))
        assert check(file).now() == []
        assert file.encrypted == bool(secret_of(old.name))
        # the present program's own columns and triggers are in it
        for table in schema.metadata.sorted_tables:
            names = {name for (name,) in file.fetch("SELECT name FROM pragma_table_info(?)", (table.name,))}
            assert names == {column.name for column in table.columns}
    finally:
        file.close()


def test_it_is_the_same_when_it_is_closed_and_opened_again(old: Path) -> None:
    file = open_copy(old)
    first = dump(file)
    file.close()
    file = open_copy(old)
    assert dump(file) == first
    file.close()


def test_a_verified_backup_of_the_old_file_is_made_first(old: Path) -> None:
    before = old.read_bytes()
    open_copy(old).close()
    if version_of(old.name) == schema.VERSION:
        assert backups.every(old) == []
        assert old.read_bytes() == before
        return
    (made,) = backups.every(old)
    assert made.reason is backups.Reason.UPDATE
    assert made.verified is not None
    assert made.encrypted == bool(secret_of(old.name))
    copy = old.with_name("restored.organizer")
    backups.restore(copy, made, secret_of(old.name), clock=clock).now()
    file = files.open_file(copy, clock, secret_of(old.name))
    assert_all_is_there(dump(file), known(old.name))
    file.close()


def tracked(file: File) -> dict[str, list[dict[str, Any]]]:
    """What undo can take back."""
    whole = dump(file)
    habits = {"company", "invitations a year", *NEW_SETTINGS}
    whole["setting"] = [row for row in whole["setting"] if row["key"] not in habits]
    # whoever said no is known for good
    return {table.name: whole[table.name] for table in schema.TRACKED if table.name != "suppression"}


def test_all_its_deeds_can_still_be_undone_and_redone(old: Path) -> None:
    file = open_copy(old)
    try:
        as_it_was = tracked(file)
        undone = [deed.id for deed in files.deeds(file) if deed.undone]
        again = []
        while deed := files.redo(file):
            again.append(deed.id)
        assert again == sorted(undone)
        assert again
        latest = tracked(file)
        assert latest != as_it_was
        count = 0
        while files.undo(file):
            count += 1
        assert count == len(files.deeds(file))
        assert not any(tracked(file).values())
        while files.redo(file):
            pass
        assert tracked(file) == latest
        for _deed in undone:
            files.undo(file)
        assert tracked(file) == as_it_was
        assert file.fetch("PRAGMA foreign_key_check") == []
        assert check(file).now() == []
    finally:
        file.close()


# an update that fails


class BrokenOffError(Exception):
    """The program or the machine fails at this very statement."""


class Statements:
    """Counts the statements that the program sends while it opens a file, and fails at one of them."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.fail_at = -1

    def before(self, _connection, _cursor, statement: str, *_rest: object) -> None:
        self.sent.append(statement)
        if len(self.sent) - 1 == self.fail_at:
            raise BrokenOffError(statement)


@pytest.fixture
def statements() -> Any:
    counter = Statements()
    sa.event.listen(sa.engine.Engine, "before_cursor_execute", counter.before)
    yield counter
    sa.event.remove(sa.engine.Engine, "before_cursor_execute", counter.before)


OLD = [name for name in FILES if version_of(name) < schema.VERSION]


@pytest.mark.parametrize("name", OLD)
def test_an_update_that_fails_at_any_statement_leaves_the_old_file_byte_for_byte(
    name: str, tmp_path: Path, statements: Statements, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the backup has its own proofs; here it would only be made a hundred times
    monkeypatch.setattr(backup, "make", lambda *_arguments, **_options: None)
    kept = (FOLDER / name).read_bytes()
    path = tmp_path / name

    def attempt(fail_at: int) -> None:
        path.write_bytes(kept)
        statements.sent, statements.fail_at = [], fail_at
        open_copy(path).close()

    attempt(-1)
    assert path.read_bytes() != kept
    sent = list(statements.sent)
    commit = max(place for place, statement in enumerate(sent) if statement == "COMMIT")
    assert sum("ALTER TABLE" in statement or "CREATE TRIGGER" in statement for statement in sent[:commit]) > 10
    # every statement in one of the files, in the others some, each time others
    step = 1 if name == OLD[-1] else 9
    for place in {*range(OLD.index(name) % step, commit, step), commit}:
        with pytest.raises(BrokenOffError):
            attempt(place)
        assert path.read_bytes() == kept, sent[place]
        assert [one.name for one in tmp_path.iterdir() if "journal" in one.name] == []
    # and nothing stands in the way of trying again
    attempt(-1)
    file = open_copy(path)
    assert_all_is_there(dump(file), known(name))
    file.close()


@pytest.mark.parametrize("name", OLD)
def test_without_a_backup_nothing_is_updated(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shutil.copy(FOLDER / name, tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(path))  # no folder can be made below a file
    with pytest.raises(Refusal):
        open_copy(path)
    assert path.read_bytes() == (FOLDER / name).read_bytes()


# the files themselves


def test_what_is_made_has_something_everywhere_and_is_the_same_each_time(tmp_path: Path) -> None:
    one = MADE["make"](tmp_path / "one.organizer")
    two = MADE["make"](tmp_path / "two.organizer", "a passphrase")
    assert one == two
    assert [table for table, rows in one.items() if not rows] == []
    assert set(one) == {table.name for table in schema.metadata.sorted_tables}
    assert {row["op"] for row in one["history_row"]} == {"I", "R", "U", "D"}
    assert {deed["undone"] for deed in one["history_deed"]} == {0, 1}
