"""The figure of a team import: read, compared and stored, beside two ways of merely storing the rows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import python_calamine
import sqlcipher3.dbapi2 as driver
from sqlalchemy import create_engine

from organizer.services import files
from organizer.storage import schema
from tests.benchmarks import made
from tests.benchmarks.measure import Floor, Measured, Task, alternate, seconds

_STORED = ("person", "person_phone", "person_email", "member", "volume")


def whole_file(task: Task) -> Measured:
    """Reading, preview and applying a team export into a new file, undo's history included."""
    export = made.team_csv(task.folder, task.size)
    ours, text, stored = alternate(
        task.repeat,
        lambda: _ours(export, task.folder / f"import{files.SUFFIX}"),
        lambda: _in_database(task.folder / "text.db", _one_table, lambda db: _insert_text(db, export)),
        lambda: _in_database(task.folder / "stored.db", _our_tables, lambda db: _insert_stored(db, export)),
    )
    _check_same(task.folder / f"import{files.SUFFIX}", task.folder / "stored.db")
    return Measured(
        ours,
        [
            Floor("csv.reader and executemany into one table of text", text, 6),
            Floor("csv.reader and executemany into our tables and indexes", stored, 6),
        ],
    )


def workbook(task: Task) -> Measured:
    """The same from an Excel workbook."""
    export = made.team_xlsx(task.folder, task.size)
    ours, text = alternate(
        task.repeat,
        lambda: _ours(export, task.folder / f"import{files.SUFFIX}"),
        lambda: _in_database(task.folder / "text.db", _one_table, lambda db: _insert_sheet(db, export)),
    )
    return Measured(ours, [Floor("calamine and executemany into one table of text", text, 6)])


def _ours(export: Path, path: Path) -> float:
    path.unlink(missing_ok=True)
    file = made.new_file(path)
    taken = seconds(lambda: made.import_team(file, export))
    file.close()
    return taken


def _in_database(path: Path, prepare: Callable[[Path], None], insert: Callable[[Any], None]) -> float:
    path.unlink(missing_ok=True)
    prepare(path)
    database = driver.connect(str(path), isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")

    def work() -> None:
        database.execute("BEGIN")
        insert(database)
        database.execute("COMMIT")

    taken = seconds(work)
    database.close()
    return taken


def _one_table(path: Path) -> None:
    database = driver.connect(str(path))
    columns = ", ".join(f'"{name}" TEXT' for name in made.COLUMNS)
    database.execute(f"CREATE TABLE export ({columns})")
    database.close()


def _our_tables(path: Path) -> None:
    engine = create_engine("sqlite://", module=driver, creator=lambda: driver.connect(str(path)))
    schema.metadata.create_all(engine)
    engine.dispose()


def _insert_text(database: Any, export: Path) -> None:
    with export.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened)
        next(rows)
        database.executemany(f"INSERT INTO export VALUES ({', '.join('?' * len(made.COLUMNS))})", rows)


def _insert_sheet(database: Any, export: Path) -> None:
    rows = python_calamine.CalamineWorkbook.from_path(str(export)).get_sheet_by_index(0).to_python()[1:]
    marks = ", ".join("?" * len(made.COLUMNS))
    database.executemany(f"INSERT INTO export VALUES ({marks})", [tuple(map(str, row)) for row in rows])


def _insert_stored(database: Any, export: Path) -> None:
    with export.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened)
        next(rows)
        known = list(rows)
    ids = {row[3]: id_ for id_, row in enumerate(known, 1)}
    database.executemany(
        "INSERT INTO person(id, first_name, last_name, street, city, source, listed, name)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        _people(known, export.name),
    )
    for table, column in (("person_phone", 7), ("person_email", 8)):
        values = [(id_, row[column]) for id_, row in enumerate(known, 1)]
        database.executemany(f"INSERT INTO {table}(person_id, value) VALUES (?, ?)", values)
    database.executemany(
        "INSERT INTO member(id, company_id, person_id, number, sponsor_id, kind, rank, highest_rank, joined,"
        " last_order, is_self) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _members(known, ids),
    )
    database.executemany(
        "INSERT INTO volume(member_id, period, name, amount) VALUES (?, '2026-10', ?, ?)", _volumes(known)
    )


def _people(known: list[list[str]], source: str) -> Iterator[tuple[object, ...]]:
    for id_, row in enumerate(known, 1):
        first, _space, last = row[2].rpartition(" ")
        yield id_, first, last, row[6], row[4], source, row[2]


def _members(known: list[list[str]], ids: dict[str, int]) -> Iterator[tuple[object, ...]]:
    for id_, row in enumerate(known, 1):
        kind = "customer" if row[11] == "VIP" else "distributor"
        days = [f"{day[6:]}-{day[:2]}-{day[3:5]}" for day in row[16:18]]
        yield id_, id_, row[3], ids.get(row[9]), kind, row[13], row[12], *days, id_ == 1


def _volumes(known: list[list[str]]) -> Iterator[tuple[object, ...]]:
    for id_, row in enumerate(known, 1):
        yield id_, "pv", int(row[14]) * 1000
    for id_, row in enumerate(known, 1):
        yield id_, "cv", int(row[15].replace(",", "").replace(".", "")) * 10


def _check_same(ours: Path, stored: Path) -> None:
    """The floor counts only if it stores what the program stores."""
    held = []
    for path in (ours, stored):
        database = driver.connect(str(path))
        sums = [database.execute("SELECT sum(amount), count(*) FROM volume").fetchone()]
        sums.append(
            database.execute("SELECT count(*), sum(number), min(joined), max(last_order) FROM member").fetchone()
        )
        counts = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _STORED[1:]]
        held.append((sums, counts))
        database.close()
    if held[0] != held[1]:
        raise AssertionError(f"the floor stores something else: {held}")
