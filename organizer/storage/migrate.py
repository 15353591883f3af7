"""Brings an older file up to date: all steps in one transaction, with a copy of the file made first.

A step is a module of `organizer.storage.migrations` named `to_<version>` with `upgrade(op)`, written with
Alembic's operations and never with today's tables.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations

from organizer.storage import history, schema
from organizer.storage.failures import told
from organizer.storage.file import File


def migrate(file: File, version: int, package: str = "organizer.storage.migrations") -> Path:
    """Take `file` from schema `version` to the present one; where the copy of the old file lies.

    If a step fails, the file is as it was and the error goes on.
    """
    copy = _copy_beside(file, version)
    connection = file.connection
    with told(file.path):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        try:
            operations = Operations(MigrationContext.configure(connection))
            for step in range(version + 1, schema.VERSION + 1):
                importlib.import_module(f"{package}.to_{step}").upgrade(operations)
            history.create_triggers(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    return copy


def _copy_beside(file: File, version: int) -> Path:
    stamp = file.clock().strftime("%Y%m%d-%H%M%S")
    copy = file.path.with_name(f"{file.path.stem}-before-update-from-{version}-{stamp}{file.path.suffix}")
    with told(copy):
        file.connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
    return copy
