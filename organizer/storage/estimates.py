"""Estimates that were kept, one for each company and period."""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import replace

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
    *plain, made_from, carried = rows[0]
    return replace(Kept(*plain), made_from=_unpacked(file, made_from), carried=_unpacked(file, carried))


def write(file: File, kept: Kept) -> None:
    """Store it in place of what was kept for the period before, as part of the running deed."""
    values = (
        *(getattr(kept, name) for name in _FIELDS),
        _packed(kept.made_from),
        _packed(kept.carried),
    )
    columns = (*_FIELDS, "input", "carried")
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[2:])
    file.connection.exec_driver_sql(
        f"INSERT INTO estimate({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT(company_id, period) DO UPDATE SET {changes}",
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


def _unpacked(file: File, text: str) -> str:
    try:
        return zlib.decompress(base64.b85decode(text)).decode() if text else ""
    except (ValueError, zlib.error, binascii.Error) as error:
        raise Damaged(Message(_BROKEN, {"file": str(file.path)})) from error
