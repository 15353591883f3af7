"""Brings an older file up to date: all steps in one transaction, with a verified backup made first.

A step is a module of `organizer.storage.migrations` named `to_<version>` with `upgrade(op)`, written with
Alembic's operations and never with today's tables.
"""

from __future__ import annotations

import importlib

from alembic.migration import MigrationContext
from alembic.operations import Operations

from organizer.storage import backup, contacts, history, schema
from organizer.storage.failures import told
from organizer.storage.file import File, roll_back


def migrate(
    file: File, version: int, package: str = "organizer.storage.migrations", *, is_copy: bool = False
) -> None:
    """Take `file` from schema `version` to the present one, after a backup of it (not of a mere copy).

    If a step or the backup fails, the file is as it was and the error goes on.
    """
    if not is_copy:
        backup.make(backup.source_of(file), "update", file.clock(), lambda _done: None, lambda: False)
    connection = file.connection
    with told(file.path):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        try:
            history.drop_triggers(connection)  # what a step fills in is no deed of hers
            operations = Operations(MigrationContext.configure(connection))
            for step in range(version + 1, schema.VERSION + 1):
                importlib.import_module(f"{package}.to_{step}").upgrade(operations)
            contacts.derive_anew(file)
            history.create_triggers(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            roll_back(connection)
            raise
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
