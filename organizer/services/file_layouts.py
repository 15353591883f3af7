"""How she said that a company's files are to be read: found again by the files' headings."""

from __future__ import annotations

from collections.abc import Sequence

from organizer.domain.timeline import FileLayout
from organizer.exchange.layout import heading_key
from organizer.storage import File, file_layouts


def remembered(file: File, company_id: int, headings: Sequence[str]) -> str | None:
    """What was remembered for the company's files with these headings, None for nothing."""
    return file_layouts.mapping(file, company_id, key(headings))


def remember(file: File, company_id: int, headings: Sequence[str], mapping: str) -> None:
    """Remember it within the running deed, in place of what was."""
    if remembered(file, company_id, headings) != mapping:
        file_layouts.write(file, FileLayout(company_id, key(headings), mapping))


def of_company(file: File, company_id: int) -> dict[str, str]:
    """All that was remembered for the company's files, by the `key` of their headings."""
    known = file_layouts.everyone(file)
    return {layout.headings: layout.mapping for layout in known if layout.company_id == company_id}


def key(headings: Sequence[str]) -> str:
    """What tells these headings from others."""
    return "\n".join(map(heading_key, headings))
