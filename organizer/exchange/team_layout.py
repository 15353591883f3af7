"""Recognises how a team file gives the tree: which columns its headings are, and what the cells confirm."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from organizer.domain.result import Message
from organizer.exchange.cells import shortened
from organizer.exchange.layout import heading_key
from organizer.exchange.team_guess import id_columns
from organizer.exchange.team_headings import CAN_BE_LEG, TELLS_TREE, TREE, fits, located
from organizer.exchange.team_levels import indents, level_of
from organizer.exchange.team_paths import are_paths, ways
from organizer.exchange.team_rows import Shape
from organizer.exchange.team_volumes import volume_fields, volume_of
from organizer.i18n import N_

_SAMPLE = 2000  # cells that are looked at to tell what a column holds
_DATE = re.compile(r"[0-9]{1,4}[./-] ?[0-9]{1,2}[./-] ?[0-9]{1,4}(?:[T ].*)?")
_PLAIN = ("name", "first_name", "last_name", "kind", "status", "rank", "highest_rank", "joined", "last_order",
          "phone", "email", "street", "postal_code", "city")  # fmt: skip
_UPLINES = ("upline", "parent")

_GUESSED = N_("The headings were not recognised; the columns were guessed from what they hold. Check them.")
_BY_HAND = N_(
    "The program doesn't know how this file gives the team. Choose below what each column is: at least the "
    "number, and whose number each one stands under."
)
_TWO_IDS = N_("{one} or {other} could be the id; {one} was taken. Check it.")
_TWICE = N_("{column} is there twice, with different figures; the first was taken. Check it.")
_COUNTRIES = N_(
    "The id {number} is in several countries. If every country has ids of its own, choose {column} as the country."
)
_THREE = N_(
    "The file has three columns for who stands above someone: {first}, {second} and {third}. "
    "The last was not used."
)


@dataclass
class Recognised:
    """A file's shape, the field of each used column by its place, and what she should look at before.

    `open`: nothing tells the tree, so the rest is hers to choose.
    """

    shape: Shape
    fields: dict[int, str]
    doubts: list[Message] = field(default_factory=list)
    open: bool = False


def _are_mostly_ways(cells: Sequence[str]) -> bool:
    """True where a column that alone can tell the tree is a damaged one of ways."""
    found = [way for way in ways(cells) if way is not None]
    return len(found) * 10 >= len(cells) * 8 and any(len(way) > 1 for way in found)


class Recogniser:
    """Finds what the columns under `header` are; `columns` are their cells as they stand in the file."""

    def __init__(self, header: Sequence[str], columns: Sequence[Sequence[str]]) -> None:
        self.header, self.columns = header, columns
        self.found = located(header)
        self.fields: dict[int, str] = {}
        self.doubts: list[Message] = []
        self.numbers: set[str] = set()

    def recognise(self, volumes: Mapping[str, Sequence[str]], period: str) -> Recognised | None:
        """The layout, or None where nothing tells the tree."""
        if fits(self.header) < TELLS_TREE:
            self._guess()
        if "number" not in self.found:
            return None
        self._take("number", self._number())
        shape = self._shape()
        if shape is None:
            return None
        self._take_rest(volumes, period)
        self._doubt_countries()
        self._doubt_twice()
        return Recognised(shape, self.fields, self.doubts)

    def partly(self, volumes: Mapping[str, Sequence[str]], period: str) -> Recognised:
        """What is known of the columns where `recognise` found nothing that tells the tree."""
        self._take_rest(volumes, period)
        return Recognised(Shape.SPONSOR, self.fields, [Message(_BY_HAND)], open=True)

    def _take_rest(self, volumes: Mapping[str, Sequence[str]], period: str) -> None:
        for name in _PLAIN:
            places = [place for place in self.found.get(name, ()) if place not in self.fields]
            if places and (name not in ("joined", "last_order") or self._has_dates(places[0])):
                self._take(name, places[0])
        free = [place for place in range(len(self.header)) if place not in self.fields]
        self.fields |= volume_fields(self.header, free, volumes, period)

    def _doubt_countries(self) -> None:
        """An id that is told in several countries may be that of several people."""
        place = next(iter(self.found.get("country", ())), None)
        if place is None or "country" in self.fields.values():
            return
        number = next(at for at, name in self.fields.items() if name == "number")
        country_of: dict[str, str] = {}
        for id_, country in zip(self.columns[number], self.columns[place], strict=True):
            if id_.strip() and country_of.setdefault(id_.strip(), country.strip()) != country.strip():
                self.doubts.append(Message(_COUNTRIES, {"number": shortened(id_), "column": self._title(place)}))
                return

    def _doubt_twice(self) -> None:
        """A second column with a volume's heading and other figures is not dropped without a word."""
        volumes = {heading_key(self.header[at]): at for at, name in self.fields.items() if volume_of(name)}
        for place, title in enumerate(self.header):
            first = volumes.get(heading_key(title), place)
            if place not in self.fields and list(self.columns[place]) != list(self.columns[first]):
                self.doubts.append(Message(_TWICE, {"column": self._title(place)}))

    def _guess(self) -> None:
        """For headings that nobody wrote down: ids are told by the column that repeats them, names by letters."""
        if "number" not in self.found or self.found.keys().isdisjoint(TREE):
            pair = id_columns([column[:_SAMPLE] for column in self.columns])
            if pair is None:
                return
            self.found |= {"number": [pair[0]], "sponsor_number": [pair[1]]}
        self.doubts.append(Message(_GUESSED))
        if self.found.keys().isdisjoint(("name", "first_name", "last_name")):
            taken = {place for places in self.found.values() for place in places}
            names = [place for place in range(len(self.header)) if place not in taken and self._has_names(place)]
            self.found["name"] = names[:1]

    def _has_names(self, place: int) -> bool:
        cells = [cell.strip() for cell in self.columns[place][:_SAMPLE] if cell.strip()]
        able = [cell for cell in cells if " " in cell and cell.replace(" ", "").replace("-", "").isalpha()]
        return bool(cells) and len(able) * 10 >= len(cells) * 7

    def _take(self, name: str, place: int | None) -> None:
        if place is not None and name not in self.fields.values():
            self.fields.setdefault(place, name)

    def _title(self, place: int) -> str:
        return shortened(self.header[place])

    def _number(self) -> int:
        """The column of ids: where several could be, the one that the sponsors' ids are of."""
        places = self.found["number"]
        self.numbers = self._ids(places[0])
        named = [self._ids(p) for role in ("sponsor", "enroller", "placement") for p in self._above(role)[:1]]
        able = [place for place in places if self._could_be_ids(place)]
        if len(able) < 2:
            return able[0] if able else places[0]
        ids = {place: self._ids(place) for place in able}
        hits = {place: sum(len(ids[place] & above) for above in named) for place in able}
        best = max(able, key=hits.__getitem__)
        self.numbers = ids[best]
        if list(hits.values()).count(hits[best]) > 1:
            other = next(place for place in able if place != best)
            self.doubts.append(Message(_TWO_IDS, {"one": self._title(best), "other": self._title(other)}))
        return best

    def _ids(self, place: int) -> set[str]:
        return {cell.strip() for cell in self.columns[place]} - {""}

    def _could_be_ids(self, place: int) -> bool:
        cells = [cell for cell in self.columns[place][:_SAMPLE] if cell.strip()]
        return len(set(cells)) * 100 >= len(cells) * 95 and len(cells) * 2 >= len(self.columns[place][:_SAMPLE])

    def _above(self, role: str) -> list[int]:
        return [*self.found.get(f"{role}_number", ()), *self.found.get(f"{role}_name", ())]

    def _number_column(self, role: str) -> int | None:
        """The column with the ids of who stands above; one headed as names may hold ids."""
        numbers = self.found.get(f"{role}_number")
        if numbers:
            return numbers[0]
        return next((place for place in self.found.get(f"{role}_name", ()) if self._holds_ids(place)), None)

    def _holds_ids(self, place: int) -> bool:
        cells = [cell.strip() for cell in self.columns[place][:_SAMPLE] if cell.strip()]
        return bool(cells) and sum(cell in self.numbers for cell in cells) * 2 >= len(cells)

    def _has_dates(self, place: int) -> bool:
        cells = [cell.strip(" '") for cell in self.columns[place][:_SAMPLE] if cell.strip()]
        return not cells or any(map(_DATE.fullmatch, cells))

    def _shape(self) -> Shape | None:
        enroller, sponsor, placement = map(self._number_column, ("enroller", "sponsor", "placement"))
        shape = self._by_ids(enroller, sponsor, placement)
        if shape is not Shape.TWO_TREES:
            shape = self._by_path(shape) or shape
        if shape is None:
            shape = self._by_level()
        if shape in (Shape.SPONSOR, Shape.TWO_TREES):
            self._take("level", next((p for p in self.found.get("level", ()) if self._has_levels(p)), None))
        if shape is not Shape.PATH:
            self._take_leg()
        return shape

    def _by_ids(self, enroller: int | None, sponsor: int | None, placement: int | None) -> Shape | None:
        upline = placement is not None and heading_key(self.header[placement]).startswith(_UPLINES)
        recruited = "enroller" if enroller is not None else "sponsor" if sponsor is not None else ""
        placed = "placement" if placement is not None else "sponsor" if recruited == "enroller" else ""
        if not recruited and upline:
            recruited, placed = "placement", ""
        columns = {"enroller": enroller, "sponsor": sponsor, "placement": placement, "": None}
        self._take("sponsor_number", columns[recruited])
        self._take("placement_number", columns[placed])
        for role, target in ((recruited, "sponsor_name"), (placed, "placement_name")):
            names = [place for place in self.found.get(f"{role}_name", ()) if place not in self.fields]
            self._take(target, names[0] if names else None)
        self._doubt_three(enroller, sponsor, placement)
        if columns[placed] is not None:
            return Shape.TWO_TREES
        return Shape.SPONSOR if columns[recruited] is not None else None

    def _doubt_three(self, *places: int | None) -> None:
        enroller, sponsor, placement = places
        if enroller is None or sponsor is None or placement is None:
            return
        if list(self.columns[sponsor]) in (list(self.columns[enroller]), list(self.columns[placement])):
            return
        values = {"first": self._title(enroller), "second": self._title(placement), "third": self._title(sponsor)}
        self.doubts.append(Message(_THREE, {**values}))

    def _by_path(self, shape: Shape | None) -> Shape | None:
        for place in (*self.found.get("path", ()), *self.found.get("leg", ())):
            cells = self.columns[place]
            lone = shape is None and "level" not in self.found
            if are_paths(cells[:_SAMPLE]) or (lone and _are_mostly_ways(cells)):
                self._take("path", place)
                return Shape.PATH
        return None

    def _by_level(self) -> Shape | None:
        levels = [place for place in self.found.get("level", ()) if self._has_levels(place)]
        names = [place for name in ("name", "first_name") for place in self.found.get(name, ())]
        if not levels and not (names and indents(self.columns[names[0]])):
            return None
        self._take("level", levels[0] if levels else None)
        self._take("country", next(iter(self.found.get("country", ())), None))
        return Shape.LEVEL

    def _has_levels(self, place: int) -> bool:
        cells = [cell for cell in self.columns[place][:_SAMPLE] if cell.strip()]
        return bool(cells) and sum(level_of(cell) is not None for cell in cells) * 10 >= len(cells) * 9

    def _take_leg(self) -> None:
        can_be = [place for place in self.found.get("path", ()) if heading_key(self.header[place]) in CAN_BE_LEG]
        self._take("leg", next(iter((*self.found.get("leg", ()), *can_be)), None))
