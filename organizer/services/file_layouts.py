"""How she said that a company's files are to be read: found again by the files' headings."""

from __future__ import annotations

from collections.abc import Sequence

from organizer.domain.timeline import FileLayout
from organizer.exchange.layout import heading_key
from organizer.storage import File, file_layouts


def remembered(file: File, company_id: int, headings: Sequence[str]) -> str | None:
    """What was remembered for the company's files with these headings, None for nothing."""
    return file_layouts.mapping(file, company_id, _key(headings))


def remember(file: File, company_id: int, headings: Sequence[str], mapping: str) -> None:
    """Remember it within the running deed, in place of what was."""
    if remembered(file, company_id, headings) != mapping:
        file_layouts.write(file, FileLayout(company_id, _key(headings), mapping))


def _key(headings: Sequence[str]) -> str:
    return "\n".join(map(heading_key, headings))
