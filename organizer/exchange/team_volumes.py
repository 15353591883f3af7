"""Which of a team file's columns are the plan's volumes, of this period or of an earlier one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.domain.contact import fold
from organizer.exchange.layout import heading_key
from organizer.exchange.team_periods import month_named, months_between, period_in
from organizer.exchange.team_rows import VOLUME

_OWN = ("ppv", "pv", "personalpv", "personalvolume", "personligvolumen", "personligtvolumen", "pbv", "bv", "pqv",
        "qv", "pcv", "cv", "point", "points", "personligepoint")  # fmt: skip
"""What files call someone's own volume, the commonest first."""

_GROUP = frozenset(
    ("gv", "pgv", "ov", "tv", "gpv", "gbv", "pgpv", "lv", "groupvolume", "groupv", "organizationvolume",
     "organisationvolume", "orgvolume", "teamvolume", "gruppevolumen", "gruppepoint", "personalgroupvolume",
     "downlinevolume", "gruppvolym", "gruppevolum", "gruppenvolumen", "groepsvolume", "teampv", "grouppv")
)  # fmt: skip
_ACTIVE = frozenset(("active", "isactive", "aktiv", "eraktiv", "aktivstatus", "activestatus", "actief", "actif",
                     "activo", "aktywny", "qualified", "kvalificeret"))  # fmt: skip
_NOW = frozenset(("current", "this", "now", "denne", "dette", "aktuel", "aktuelle", "nuvaerende", "indevaerende"))
_BEFORE = frozenset(("previous", "prev", "prior", "last", "forrige", "sidste", "foregaaende", "foregaende",
                     "vorige", "letzte", "precedent", "anterior", "poprzedni"))  # fmt: skip
_AGO = frozenset(("ago", "back", "siden", "vor"))
_FILLING = frozenset(("month", "months", "period", "periods", "periode", "perioden", "perioder", "week", "weeks",
                      "uge", "ugen", "maaned", "maned", "maneden", "maaneden", "md", "mtd",
                      "i", "in", "of", "the", "for", "total", "monat", "mois", "mes"))  # fmt: skip
_BACK = re.compile(r"[-–−]\s?([1-9][0-9]?)\s*\)?$")


@dataclass(frozen=True, slots=True)
class VolumeHeading:
    """A heading without what it says of time: its key, how many periods back, and the period if it names one."""

    key: str
    back: int = 0
    period: str = ""


def read_heading(heading: str) -> VolumeHeading:
    """What a volume's heading says: "PPV forrige" is "ppv", one period back."""
    plain = fold(heading[:100]).strip()
    words = re.findall(r"[^\W_]+", plain)
    if period := period_in(plain):
        return VolumeHeading(_key([word for word in words if not month_named(word)]), 0, period)
    if found := _BACK.search(plain):
        return VolumeHeading(_key(words), int(found[1]))
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 3]
    if not (_BEFORE | _AGO).isdisjoint(words):
        return VolumeHeading(_key(words), numbers[0] if numbers else 1)
    return VolumeHeading(_key(words))


def _key(words: Sequence[str]) -> str:
    known = _NOW | _BEFORE | _AGO | _FILLING
    return heading_key("".join(word for word in words if word not in known and not word.isdigit()))


def volume_fields(
    header: Sequence[str], free: Sequence[int], volumes: Mapping[str, Sequence[str]], period: str
) -> dict[int, str]:
    """The fields of those of the `free` columns that hold volumes.

    A plan's own headings count most; where none of them names its first volume, what files commonly call
    someone's own volume is that. `period` is the one that the file is about, "" where it isn't told.
    """
    exact: dict[str, str] = {}
    for id_, names in volumes.items():
        for name in (*names, id_):
            exact.setdefault(heading_key(name), id_)
    read = {place: read_heading(header[place]) for place in free}
    named: dict[int, tuple[str, VolumeHeading]] = {}
    for place, heading in read.items():
        whole = heading_key(header[place])
        if whole in exact:
            named[place] = (exact[whole], VolumeHeading(whole))
        elif heading.key in exact:
            named[place] = (exact[heading.key], heading)
    main = next(iter(volumes), "")
    if main and all(id_ != main for id_, _heading in named.values()):
        keys = {heading.key for place, heading in read.items() if place not in named}
        key = next((key for key in _OWN if key in keys), None)
        named |= {p: (main, heading) for p, heading in read.items() if heading.key == key and p not in named}
    return _dated(named, period)


def _dated(named: Mapping[int, tuple[str, VolumeHeading]], period: str) -> dict[int, str]:
    dates = [heading.period for _id, heading in named.values() if heading.period]
    latest = period if period in dates else max(dates, default="")
    fields: dict[int, str] = {}
    for place, (id_, heading) in named.items():
        back = heading.back
        if heading.period:
            months = months_between(heading.period, latest)
            if months is None or months < 0:
                continue
            back = months
        field = volume_field(id_, back)
        if field not in fields.values():
            fields[place] = field
    return fields


def volume_field(id_: str, back: int = 0) -> str:
    """The field of a volume `back` periods ago."""
    return f"{VOLUME}{id_} -{back}" if back else VOLUME + id_


def volume_of(field: str) -> tuple[str, int] | None:
    """The volume's id and how many periods back, or None for a field that isn't a volume's."""
    if not field.startswith(VOLUME):
        return None
    id_, _space, back = field.removeprefix(VOLUME).rpartition(" -")
    return (id_, int(back)) if id_ and back.isdigit() else (field.removeprefix(VOLUME), 0)


def is_group_figure(heading: str) -> bool:
    """True for a group's volume, which the program works out itself."""
    return read_heading(heading).key in _GROUP


def tells_active(heading: str) -> bool:
    """True for whether someone is active in the period, which the plan decides."""
    return read_heading(heading).key in _ACTIVE
