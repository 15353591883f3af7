"""A plan of her own while it is changed in a form: steps that can be undone, nothing stored before it is whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from organizer.domain.commission.asked import Asked, Holds, Path, Problems
from organizer.domain.commission.labels import CONDITIONS, is_condition
from organizer.domain.commission.parse import outline, outline_of, parse_plan
from organizer.domain.result import Message, Refusal
from organizer.i18n import N_
from organizer.services import plan_least, plan_names, plans
from organizer.services.plan_text import Change, Insert, Move, Put, Take, at, changed, read, tried

if TYPE_CHECKING:
    from organizer.domain.commission.plan import Plan
    from organizer.storage import File

FILE = "plan.toml"
MISSING = "this key is missing; it holds {what}."
UNKNOWN = "this key isn't known here."
"""What the reader says of a key that must be there, and of one that nobody asks for."""


@dataclass(frozen=True, slots=True)
class _Step:
    text: str
    path: Path


class Draft:
    """The text of a plan and what is asked for in it, read again after each change.

    `new` is a copy that isn't stored yet. Raises PlanError for a text that isn't TOML at all.
    """

    def __init__(self, text: str, *, new: bool = False) -> None:
        self._steps = [_Step(text, ())]
        self._now = 0
        self._stored = "" if new else text
        self._read()

    @property
    def text(self) -> str:
        """The plan as it stands."""
        return self._steps[self._now].text

    @property
    def unsaved(self) -> bool:
        """True while it differs from what is stored."""
        return self.text != self._stored

    def _read(self) -> None:
        self.problems: Problems = outline(self.text, FILE)
        self.data: dict[str, Any] = read(self.text)
        self._optional: dict[object, bool] = {}

    def plan(self) -> Plan | None:
        """The plan as it stands, None while there are mistakes in it."""
        return None if self.problems.found else parse_plan(self.text, FILE)

    # What is asked

    def asked(self, table: Path) -> list[Asked]:
        """What stands in a table, or must: in the order of reading."""
        found = [one for one in self.problems.asked.values() if one.path[:-1] == table]
        wrong = set(self.problems.paths)
        return [one for one in found if one.value is not None or one.required or one.path in wrong]

    def absent(self, table: Path) -> list[Path]:
        """The keys that aren't in a table and were looked for; not all of them may be added."""
        shown = {one.path for one in self.asked(table)}
        looked = [*self.problems.asked, *(path for path in self.problems.offered if self._may_be(path))]
        return [path for path in dict.fromkeys(looked) if path[:-1] == table and path not in shown]

    def more(self, table: Path) -> list[Asked]:
        """What a table may hold besides."""
        found = [self.problems.asked.get(path) or plan_least.offer(self.data, path) for path in self.absent(table)]
        return [one for one in found if one and plan_least.fits(self.data, one)]

    def _may_be(self, path: Path) -> bool:
        """Keys that would make a condition another one aren't offered; nor ranks, which have a table."""
        if not self.has(path[:-1]):
            return False
        table = self.problems.asked.get(path[:-1])
        if table is not None and table.holds is Holds.SOME_RANKS:
            return False
        if not is_condition(path) or path[-1] not in CONDITIONS:
            return True
        entry = at(self.data, path[:-1])
        return path[-1] == "volume" and any(key in entry for key in ("personals", "active_personals", "customers"))

    def unused(self, table: Path) -> list[Path]:
        """Keys that stand in a table and that nobody asks for any more."""
        paths = dict.fromkeys(path for path in self.problems.paths if path[:-1] == table)
        return [path for path in paths if path not in self.problems.asked and self.has(path)]

    def shape(self, table: Path, keys: Sequence[str] | None) -> tuple[object, ...]:
        """What a form for `table` is made of: the same as long as only values differ."""
        inside = [
            one
            for one in self.problems.asked.values()
            if one.path[: len(table)] == table and (keys is None or one.path[len(table)] in keys)
        ]
        named = tuple((key, tuple(map(str, self.data.get(key, ())))) for key in ("volumes", "ranks", "components"))
        return (
            tuple((one.path, one.holds, one.options, one.each, _size(one.value), one.required) for one in inside),
            tuple(path for path in self.problems.paths if path not in self.problems.asked),
            named,
        )

    def has(self, path: Path) -> bool:
        """True when something stands at `path`."""
        try:
            at(self.data, path)
        except (KeyError, IndexError, TypeError):
            return False
        return True

    def optional(self, path: Path) -> bool:
        """Whether the plan could do without the key at `path`: nothing else would be wrong then.

        Asked once for entries of one list that hold the same keys and no mistakes.
        """
        place = tuple("" if isinstance(one, int) else one for one in path)
        wrong = tuple(map(str, self.mistakes(path[:-1], inside=True)))
        known = (place, self.kind(path), tuple(at(self.data, path[:-1])), wrong)
        if known not in self._optional:
            rest = outline_of(tried(self.data, [Take(path)]), FILE)
            self._optional[known] = set(rest.paths) <= set(self.problems.paths)
        return self._optional[known]

    def mistakes(self, path: Path, *, inside: bool = False) -> list[Message]:
        """What is wrong at `path`; with `inside` also in all that lies in it."""
        both = zip(self.problems.paths, self.problems.found, strict=True)
        if inside:
            return [_reason(found) for where, found in both if where[: len(path)] == path]
        return [_reason(found) for where, found in both if where == path]

    def kind(self, path: Path) -> str:
        """The kind of the bonus that `path` lies in."""
        return plan_least.kind_at(self.data, path)

    # Changing it

    def change(self, changes: Sequence[Change], where: Path) -> None:
        """One step: all of `changes`; `where` is what Undo shows again."""
        if tried(self.data, changes) == self.data:
            return
        text = changed(self.text, changes)
        self._steps[self._now + 1 :] = [_Step(text, where)]
        self._now += 1
        self._read()

    def set(self, path: Path, value: Any) -> None:
        """Let `value` stand at `path`."""
        self.change([Put(path, value)], path)

    def remove(self, path: Path) -> None:
        """Take away a key or an entry; a rank's entries in tables by rank go with it."""
        self.change([*plan_names.without(self.problems, self.data, path), Take(path)], path[:-1])

    def add(self, asked: Asked) -> None:
        """Add a key that a table may hold, with the least that it needs."""
        value = plan_least.least(asked, self.kind(asked.path))
        if asked.holds in (Holds.FLAG, Holds.CHOICE):
            value = self._telling(asked, value)
        if value is None:
            raise Refusal(Message(N_("The plan has nothing yet that could be named here. Add that first.")))
        self._fill([Put(asked.path, value)], asked.path)

    def _telling(self, asked: Asked, usual: Any) -> Any:
        """The first word that changes what the plan means: the others are what holds anyhow."""
        before = self.plan()
        if before is None:
            return usual
        for value in (True, False) if asked.holds is Holds.FLAG else asked.options:
            text = changed(self.text, [Put(asked.path, value)])
            if outline(text, FILE).found:
                continue
            after = parse_plan(text, FILE)
            if (after.components, after.ranks, after.caps, after.returns, after.ranks_from) != (
                before.components, before.ranks, before.caps, before.returns, before.ranks_from,
            ):  # fmt: skip
                return value
        return usual

    def add_entry(self, path: Path, entry: dict[str, Any] | None = None) -> Path:
        """Add an entry to the list at `path`, with the least that it needs; where it stands now."""
        entries = at(self.data, path) if self.has(path) else []
        place = len(entries)
        if entry is None:
            entry = plan_least.another(entries[-1], self._rising((*path, place - 1))) if entries else {}
        where = (*path, place)
        self._fill([Insert(path, place, entry)], where)
        return where

    def _rising(self, entry: Path) -> tuple[str, ...]:
        return tuple(str(one.path[-1]) for one in self.asked(entry) if one.holds in (Holds.AMOUNT, Holds.COUNT))

    def add_named(self, key: str, name: str, kind: str = "") -> Path:
        """Add a volume, rank, bonus, cap or deduction called `name`; where it stands now."""
        entries = self.data.get(key, [])
        entry: dict[str, Any] = {"id": plan_names.free(self.data, key, kind), "name": name}
        if kind:
            entry["kind"] = kind
        if key == "volumes":
            entry |= {"unit": "points", "columns": [name]}
        if key == "ranks":
            entry["all"] = []
        where: Path = (key, len(entries))
        ranked = plan_names.with_rank(self.problems, entry["id"]) if key == "ranks" else []
        self._fill([Insert((key,), len(entries), entry), *ranked], where)
        return where

    def move(self, path: Path, by: int) -> Path:
        """Let the entry at `path` stand `by` places further down; where it stands then."""
        number, count = path[-1], len(at(self.data, path[:-1]))
        if not isinstance(number, int) or not 0 <= number + by < count:
            return path
        where = (*path[:-1], number + by)
        self.change([Move(path[:-1], number, by)], where)
        return where

    def rename(self, path: Path, name: str) -> None:
        """Give what stands at `path[:-1]` another id, everywhere. Raises Refusal where another one has it."""
        plan_names.check(self.data, path, name)
        self.change(plan_names.renamed(self.problems, self.data, path, name), path)

    def _fill(self, changes: Iterable[Change], within: Path) -> None:
        """One step: the changes, and what the part within needs besides."""
        changes = list(changes)
        meant = tried(self.data, changes)
        full = plan_least.filled(meant, within)
        self.change([*changes, *plan_names.difference(meant, full, within)], within)

    # Steps

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return self._now > 0

    @property
    def can_redo(self) -> bool:
        """True when a step was taken back."""
        return self._now + 1 < len(self._steps)

    def undo(self) -> Path:
        """Take the last step back; what it was about."""
        where = self._steps[self._now].path
        self._now -= 1
        self._read()
        return where

    def redo(self) -> Path:
        """Take a step again; what it was about."""
        self._now += 1
        self._read()
        return self._steps[self._now].path

    def forget(self) -> None:
        """Let go of all that isn't stored."""
        self._stored = self.text

    def save(self, file: File) -> Plan:
        """Store the plan as one deed. Raises PlanError with the mistakes, and what `plans.save` raises."""
        plan = plans.save(file, self.text)
        self._stored = self.text
        return plan


def _reason(found: Message) -> Message:
    """A mistake without its place, which a form shows itself."""
    reason = found.values.get("reason")
    return reason if isinstance(reason, Message) else found


def _size(value: Any) -> object:
    """How many rows a value takes in a form; None where nothing stands."""
    if isinstance(value, dict):
        return tuple(value)
    return len(value) if isinstance(value, list) else value is None
