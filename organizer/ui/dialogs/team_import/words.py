"""What the import says: changes, fields of a file, ways in which a file gives the tree."""

from __future__ import annotations

import re

from organizer.domain.commission.plan import Plan, VolumeSource
from organizer.i18n import _, format_number, language, ngettext
from organizer.services.imports import Shape
from organizer.services.preview import Change

_BACK = re.compile(r"volume (.+?)(?: -(\d+))?")
MOST_BACK = 6
"""So many earlier periods can be chosen for a column."""


def change(kind: Change) -> str:
    """What happens to one row's member."""
    return {
        Change.NEW: _("New"),
        Change.DOUBTFUL: _("Doubtful"),
        Change.CHANGED: _("Changed"),
        Change.MOVED: _("Moved"),
        Change.SAME: _("As before"),
        Change.MISSING: _("Not in the file, stays"),
    }[kind]


def group(kind: Change, count: int) -> str:
    """A kind of change as the word on a button, with how many there are: "New 12"."""
    text = {
        Change.NEW: _("New {count}"),
        Change.DOUBTFUL: _("Doubtful {count}"),
        Change.CHANGED: _("Changed {count}"),
        Change.MOVED: _("Moved {count}"),
        Change.SAME: _("As before {count}"),
        Change.MISSING: _("Not in the file {count}"),
    }[kind]
    return text.format(count=format_number(count))


def shape(kind: Shape) -> str:
    """How a file gives the tree."""
    return {
        Shape.SPONSOR: _("Each row names its sponsor"),
        Shape.TWO_TREES: _("Two trees: sponsor and placement"),
        Shape.LEVEL: _("Levels in order"),
        Shape.PATH: _("Position path (L/R/R)"),
    }[kind]


def fields(plan: Plan | None) -> dict[str, str]:
    """Every field that a column can be read as, with its words; "" is a column that isn't used."""
    names = {
        "": _("Not used"),
        "number": _("Number (ID)"),
        "name": _("Name"),
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "sponsor_number": _("Sponsor's number"),
        "sponsor_name": _("Sponsor's name"),
        "placement_number": _("Number of who she is placed under"),
        "placement_name": _("Name of who she is placed under"),
        "level": _("Level"),
        "path": _("Position path"),
        "leg": _("Leg"),
        "kind": _("Kind (distributor, customer)"),
        "status": _("Status (active, has left)"),
        "rank": _("Rank"),
        "highest_rank": _("Highest rank"),
        "joined": _("Joined"),
        "last_order": _("Last order"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "street": _("Street"),
        "postal_code": _("Postcode"),
        "city": _("City"),
        "country": _("Country"),
    }
    for id_, name in _volumes(plan).items():
        for back in range(MOST_BACK + 1):
            names[f"volume {id_} -{back}" if back else f"volume {id_}"] = _volume(name, back)
    return names


def field(name: str, plan: Plan | None) -> str:
    """One field in words, also one that no list offers: a volume that the plan doesn't have any more."""
    known = fields(plan)
    if name in known:
        return known[name]
    found = _BACK.fullmatch(name)
    return _volume(found[1].upper(), int(found[2] or 0)) if found else name


def volume(id_: str, plan: Plan | None) -> str:
    """What the company calls a volume."""
    return _volumes(plan).get(id_, id_.upper())


def _volumes(plan: Plan | None) -> dict[str, str]:
    if plan is None:
        return {"pv": "PV", "cv": "CV"}
    return {
        one.id: one.name.in_language(language())
        for one in plan.volumes
        if one.source is VolumeSource.MEMBER or one.columns
    }


def _volume(name: str, back: int) -> str:
    if not back:
        return name
    text = ngettext("{volume}, {count} period back", "{volume}, {count} periods back", back)
    return text.format(volume=name, count=format_number(back))


def changes(count: int) -> str:
    """How many changes there are: "212 changes"."""
    return ngettext("{count} change", "{count} changes", count).format(count=format_number(count))


def taken(takes: bool, count: int, name: str, along: int) -> str:
    """What was taken or left out just now: "Anna Holm is left out, and 3 below her."."""
    if count == 1 and takes:
        text = _("{name} goes in.") if not along else ngettext(
            "{name} goes in, and {count} more who hang together with her.",
            "{name} goes in, and {count} more who hang together with her.",
            along,
        )  # fmt: skip
    elif count == 1:
        text = _("{name} is left out.") if not along else ngettext(
            "{name} is left out, and {count} below her.", "{name} is left out, and {count} below her.", along
        )  # fmt: skip
    elif takes:
        return changes_taken(count + along)
    else:
        return changes_left(count + along)
    return text.format(name=name, count=format_number(along))


def changes_taken(count: int) -> str:
    """So many changes go in after all."""
    return ngettext("{count} change goes in.", "{count} changes go in.", count).format(count=format_number(count))


def changes_left(count: int) -> str:
    """So many changes are left out."""
    text = ngettext("{count} change is left out.", "{count} changes are left out.", count)
    return text.format(count=format_number(count))
