"""Keeps the translations in step with the texts in the code. Run it after changing a text:

    .venv/bin/python installer/catalogue.py

It collects every text from organizer/ into resources/i18n/da.po, keeps what is translated, drops what is no
longer used, compiles da.mo, and says what still needs Danish.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "Message": None}


def collect() -> Catalog:
    """Every text in the code, with the files it stands in."""
    found = Catalog(project="Organizer", charset="utf-8")
    for name, _line, message, comments, _context in extract_from_dir(
        str(ROOT / "organizer"), [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(message, locations=[(f"organizer/{name}", 0)], auto_comments=comments)
    return found


def read(path: Path) -> Catalog:
    """A catalogue from its text form."""
    with path.open("rb") as file:
        return read_po(file, locale="da")


def compiled(catalogue: Catalog) -> bytes:
    """The form that the program reads."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """The English of each text that has no (sure) translation."""
    missing = []
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(texts)):
            missing.append(message.id[0] if isinstance(message.id, tuple) else message.id)
    return missing


def main() -> int:
    """Update da.po and da.mo; 1 when something still needs Danish."""
    path = FOLDER / "da.po"
    catalogue = read(path) if path.exists() else Catalog(locale="da", project="Organizer", charset="utf-8")
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = "# Organizer's texts in Danish."
    catalogue.fuzzy = False
    # the same texts give the same file, whenever it is written
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, sort_output=True, include_lineno=False)
    (FOLDER / "da.mo").write_bytes(compiled(catalogue))
    for text in untranslated(catalogue):
        print(f"needs Danish: {text!r}")
    return 1 if untranslated(catalogue) else 0


if __name__ == "__main__":
    sys.exit(main())
