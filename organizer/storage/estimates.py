"""Estimates that were kept, one for each company and period."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, overload

from organizer.domain.estimate import Kept
from organizer.domain.result import Message
from organizer.i18n import N_
from organizer.storage.failures import Damaged, as_written
from organizer.storage.file import File

_BROKEN = N_("An estimate that was kept in {file} is damaged. A backup is the way back.")

_FIELDS = ("company_id", "period", "made_at", "plan_id", "plan_version", "currency", "total")


@as_written
def everyone(file: File, company_id: int) -> list[Kept]:
    """The company's kept estimates without their input, the newest period first."""
    query = f"SELECT id, {', '.join(_FIELDS)} FROM estimate WHERE company_id = ? ORDER BY period DESC"
    return [Kept(*row) for row in file.fetch(query, (company_id,))]


@as_written
def of_period(file: File, company_id: int, period: str) -> Kept | None:
    """The one that was kept for `period`, with what it was made from; None where there is none."""
    query = f"SELECT id, {', '.join(_FIELDS)}, input, carried FROM estimate WHERE company_id = ? AND period = ?"
    rows = file.fetch(query, (company_id, period))
    if not rows:
        return None
    return _unpacked_row(file.path, rows[0])


@as_written
def whole(file: File) -> Sequence[Kept]:
    """Every company's kept estimates with what they were made from, the oldest period first."""
    query = f"SELECT id, {', '.join(_FIELDS)}, input, carried FROM estimate ORDER BY company_id, period"
    return _Packed(file.path, file.fetch(query, ()))


class _Packed(Sequence[Kept]):
    """Rows that are unpacked each time they are asked for, in any thread: all of them at once may be huge."""

    def __init__(self, path: Path, rows: Sequence[tuple[Any, ...]]) -> None:
        self._path, self._rows = path, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Kept: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Kept]: ...
    def __getitem__(self, place: int | slice) -> Kept | Sequence[Kept]:
        if isinstance(place, slice):
            return _Packed(self._path, self._rows[place])
        return _unpacked_row(self._path, self._rows[place])


def _unpacked_row(path: Path, row: tuple[Any, ...]) -> Kept:
    *plain, made_from, carried = row
    return replace(Kept(*plain), made_from=unpacked(path, made_from), carried=unpacked(path, carried))


def write(file: File, kept: Kept) -> None:
    """Store it in place of what was kept for the period before, as part of the running deed."""
    values = (
        *(getattr(kept, name) for name in _FIELDS),
        _packed(kept.made_from),
        _packed(kept.carried),
    )
    columns = (*_FIELDS, "input", "carried")
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[2:])
    # what is written over by the same is no change that could be undone
    differs = " OR ".join(f"{name} <> excluded.{name}" for name in columns[2:])
    file.connection.exec_driver_sql(
        f"INSERT INTO estimate({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT(company_id, period) DO UPDATE SET {changes} WHERE {differs}",
        values,
    )


def delete(file: File, company_id: int, period: str) -> None:
    """Forget what was kept for a period, as part of the running deed."""
    file.connection.exec_driver_sql(
        "DELETE FROM estimate WHERE company_id = ? AND period = ?", (company_id, period)
    )


def _packed(text: str) -> str:
    # a text, because history writes rows as JSON; a team of 100,000 is 20 MB before it is packed
    return base64.b85encode(zlib.compress(text.encode(), 6)).decode() if text else ""


def unpacked(path: Path, text: str) -> str:
    """The text as it was before it was packed for the file at `path`. Raises Damaged."""
    try:
        return zlib.decompress(base64.b85decode(text)).decode() if text else ""
    except (ValueError, TypeError, zlib.error, binascii.Error) as error:
        raise Damaged(Message(_BROKEN, {"file": str(path)})) from error
