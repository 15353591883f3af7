"""Her data out, in forms that other programs and this one can read."""

from __future__ import annotations

from pathlib import Path

from organizer.domain.result import Message, Refusal
from organizer.exchange.contacts_csv import write_contacts
from organizer.services import contacts
from organizer.storage import SUFFIX, File


def contacts_csv(file: File, path: Path) -> int:
    """All contacts as CSV for Danish Excel, which the import reads back; how many.

    Raises Refusal where the file can't be written; no half file is left.
    """
    if path.resolve() == file.path or path.suffix.lower() in (SUFFIX, ".pdf"):
        raise Refusal(
            Message("{file} is not a name for a table. Choose one that ends in .csv.", {"file": path.name})
        )
    everyone = contacts.everyone(file)
    write_contacts(everyone, path)
    return len(everyone)
