"""The companies she sells for."""

from __future__ import annotations

from sqlalchemy import select

from organizer.domain.company import Company
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import company


@as_written
def everyone(file: File) -> list[Company]:
    """Every company, in the order they were added."""
    return [Company(*row) for row in file.connection.execute(select(company).order_by(company.c.id))]


def insert(file: File, new: Company) -> int:
    """Store a new company; its id."""
    values = {"name": new.name, "plan_id": new.plan_id, "currency": new.currency}
    return int(file.connection.execute(company.insert().values(**values)).lastrowid)


def update(file: File, changed: Company) -> None:
    """Store the changed company."""
    values = {"name": changed.name, "plan_id": changed.plan_id, "currency": changed.currency}
    file.connection.execute(company.update().where(company.c.id == changed.id).values(**values))
