"""The parts that a plan is changed by: what a form lists on its left, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from organizer.domain.commission.asked import Holds, Path, Problems
from organizer.domain.commission.conditions_read import read_conditions
from organizer.domain.commission.explain import condition_rule
from organizer.domain.commission.parse import rough_plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.i18n import _, language, say
from organizer.services.plan_form import FILE, Draft
from organizer.services.plan_text import at

LISTS = ("volumes", "ranks", "components", "caps", "deductions")
_HIDDEN = ("format", "id", *LISTS)
_ABOUT = ("name", "company", "region", "currency", "valid_from", "valid_to", "teaching", "confidence")
_OTHERS = ("period", "active", "ranks_from", "payout", "returns", "rounding", "sources", "missing")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a plan. `table` is whose keys it shows, all of them or `keys`; `adds` the list that it can add to.

    `sections` are the keys of what a plan says of it in plain words.
    """

    key: str
    title: str
    table: Path = ()
    keys: tuple[str, ...] | None = ()
    adds: str = ""
    sections: tuple[str, ...] = ()
    children: tuple[Part, ...] = ()

    def all(self) -> Iterator[Part]:
        """It and those below it."""
        yield self
        for child in self.children:
            yield from child.all()

    def holds(self, path: Path) -> bool:
        """Whether what stands at `path` is shown here, not counting the parts below."""
        if self.table:
            return path[: len(self.table)] == self.table
        return bool(path) and (path[0] in (self.keys or ()) or path == (self.adds,))


def parts(draft: Draft) -> tuple[Part, ...]:
    """The parts of the plan as it stands."""
    top = dict.fromkeys(str(path[0]) for path in (*draft.problems.asked, *((key,) for key in draft.data)))
    about = (*_ABOUT, *(key for key in top if key not in (*_HIDDEN, *_OTHERS, *_ABOUT)))
    return (
        Part("about", _("About the plan"), keys=about, sections=("about",)),
        Part("time", _("Periods"), keys=("period",), sections=("time",)),
        _listed(draft, "volumes", _("Volumes"), "volumes"),
        Part("active", _("Being active"), keys=("active",), sections=("active",)),
        _listed(draft, "ranks", _("Ranks"), "ranks", ("ranks_from",)),
        _listed(draft, "components", _("Bonuses"), ""),
        _listed(draft, "caps", _("Caps"), "end"),
        _listed(draft, "deductions", _("Deductions"), "end"),
        Part("end", _("Paying out and rounding"), keys=("payout", "returns", "rounding"), sections=("end",)),
        Part("sources", _("Sources and gaps"), keys=("sources", "missing"), sections=("about", "missing")),
    )


def _listed(draft: Draft, key: str, title: str, section: str, keys: tuple[str, ...] = ()) -> Part:
    told = {"ranks": "rank {id}", "components": "bonus {id}"}.get(key, section)
    children = tuple(
        Part(f"{key} {number}", entry_name(entry), (key, number), None, "", (told.format(id=entry.get("id", "")),))
        for number, entry in enumerate(draft.data.get(key, []))
    )
    return Part(key, title, (), keys, key, (section,) if section else (), children)


def entry_name(entry: dict[str, Any]) -> str:
    """What an entry of a list is called."""
    name = entry.get("name", "")
    if isinstance(name, dict):
        name = name.get(language()) or next(iter(name.values()), "")
    return str(name or entry.get("id", "") or _("(no name)"))


def part_of(found: tuple[Part, ...], path: Path) -> Part:
    """The part that shows what stands at `path`; the first one where none does."""
    every = [part for one in found for part in one.all()]
    holding = [part for part in every if part.holds(path)]
    return max(holding, key=lambda part: len(part.table), default=every[0])


def names(draft: Draft, holds: Holds) -> dict[str, str]:
    """The plan's volumes, ranks or bonuses: what each id is called."""
    key = {
        Holds.VOLUME: "volumes",
        Holds.VOLUMES: "volumes",
        Holds.BONUS: "components",
        Holds.BONUSES: "components",
    }
    entries = draft.data.get(key.get(holds, "ranks"), [])
    return {str(one.get("id", "")): entry_name(one) for one in entries}


def sentence(draft: Draft, path: Path) -> str:
    """The condition at `path` as a sentence; what is wrong with it where it can't be read."""
    plan = rough_plan(draft.text, FILE)
    vocabulary = Vocabulary({volume.id: volume for volume in plan.volumes}, [rank.id for rank in plan.ranks])
    problems = Problems(FILE)
    found = read_conditions(Table({"all": [at(draft.data, path)]}, problems), "all", vocabulary, of_bonus=True)
    if problems.found or not found:
        return _("Not finished yet")
    told = condition_rule(plan, found[0])
    return say(told.text, told.values)


def new_condition(draft: Draft, key: str) -> dict[str, Any]:
    """The beginning of a condition of the sort that `key` makes; what it needs besides is filled in."""
    volumes, ranks = names(draft, Holds.VOLUME), names(draft, Holds.RANK)
    volume, rank = next(iter(volumes), ""), next(reversed(ranks), "")
    if key == "any":
        return {"any": [{"all": [new_condition(draft, "volume")]}, {"all": [new_condition(draft, "personals")]}]}
    if key == "volume":
        return {"volume": volume, "min": 100}
    if key in ("held", "rank"):
        return {key: rank}
    if key == "legs":
        return {"legs": 1, "rank": rank}
    return {key: 6 if key == "months_since_joining" else 1}
