"""Which headings a reader knows: synonyms as data, and how a file's headings are matched to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from organizer.domain.contact import fold

_TOTALS = ("total", "grandtotal", "subtotal", "ialt", "sum", "samlet")
_TOTAL_OPENINGS = ("total", "grand", "sub", "i alt", "ialt", "sum", "samlet")


@lru_cache(maxsize=2000)
def heading_key(heading: str) -> str:
    """A heading without case, accents, spaces and signs: "E-mail 1 - Value" is "email1value"."""
    return "".join(char for char in fold(heading) if char.isalnum())


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns a reader understands.

    `english` and `danish` give each field's headings, the surest first. `needed` are groups of fields: of each
    group one at least must be there, else it is another file. `long_texts` are the fields that may run over
    several lines.
    """

    english: Mapping[str, tuple[str, ...]]
    danish: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[str, ...], ...]
    long_texts: frozenset[str] = frozenset()

    def locate(self, header: Sequence[str]) -> dict[str, int]:
        """The place in `header` of each field that is there; where a heading occurs twice, the first."""
        places: dict[str, int] = {}
        for index, heading in enumerate(header):
            places.setdefault(heading_key(heading), index)
        found: dict[str, int] = {}
        for field in {**self.english, **self.danish}:
            keys = map(heading_key, (*self.english.get(field, ()), *self.danish.get(field, ())))
            for key in filter(places.__contains__, keys):
                found.setdefault(field, places[key])
        return found

    def fits(self, header: Sequence[str]) -> int:
        """How many fields `header` has; 0 where one that is needed is missing."""
        found = self.locate(header)
        return len(found) if all(any(field in found for field in group) for group in self.needed) else 0

    def looked_for(self) -> str:
        """The needed columns as text, in both languages: "ID / Medlemsnr., Name / Navn"."""
        return ", ".join(self._spelt(group[0]) for group in self.needed)

    def _spelt(self, field: str) -> str:
        names = (*self.english.get(field, ())[:1], *self.danish.get(field, ())[:1])
        return " / ".join(dict.fromkeys(names))


def is_total(cells: Sequence[str]) -> bool:
    """True for a line of sums: its first cell with text says "Total", "I alt" or the like."""
    first = next((cell for cell in cells if cell and not cell.isspace()), "")[:40].strip()
    if not first.lower().startswith(_TOTAL_OPENINGS):  # quick, for it is asked of every row
        return False
    key = heading_key(first).rstrip("0123456789")
    return key in _TOTALS or (":" in first and heading_key(first.split(":")[0]) in _TOTALS)
