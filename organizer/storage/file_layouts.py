"""How she said that a company's files are to be read."""

from __future__ import annotations

from organizer.domain.timeline import FileLayout
from organizer.storage import history
from organizer.storage.file import File
from organizer.storage.schema import file_layout


def everyone(file: File) -> list[FileLayout]:
    """All that is remembered, in the order it was."""
    rows = file.fetch("SELECT company_id, headings, mapping FROM file_layout ORDER BY id")
    return [FileLayout(*row) for row in rows]


def mapping(file: File, company_id: int, headings: str) -> str | None:
    """What is remembered for a company's files with these headings; None for nothing."""
    query = "SELECT mapping FROM file_layout WHERE company_id = ? AND headings = ?"
    found = file.fetch(query, (company_id, headings))
    return str(found[0][0]) if found else None


def write(file: File, layout: FileLayout) -> None:
    """Remember it, in place of what is remembered for the same company and headings."""
    run, key = file.connection.exec_driver_sql, (layout.company_id, layout.headings)
    if mapping(file, *key) is None:
        row = (history.next_id(file.connection, file_layout), *key, layout.mapping)
        history.insert_rows(file.connection, file_layout, ("id", "company_id", "headings", "mapping"), [row])
    else:
        run("UPDATE file_layout SET mapping = ? WHERE company_id = ? AND headings = ?", (layout.mapping, *key))
