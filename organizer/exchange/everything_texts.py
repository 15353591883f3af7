"""Plans of her own and what kept estimates were made from: a file each, beside the tables."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from organizer.domain import estimate_input
from organizer.domain.contact import Contact
from organizer.domain.estimate import Kept
from organizer.domain.estimate_input import Ids
from organizer.domain.result import Message
from organizer.domain.team import Member
from organizer.exchange import everything_tables as t
from organizer.exchange.strict_table import strict_text

_LONGEST_PLAN = 4_000_000
_LONGEST_ESTIMATE = 500_000_000

Tell = Callable[[str, int, str, Message], None]
"""Takes a problem: the file, the row, who or what it is about, the reason."""


def plan_files(plans: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Each plan's file with what stands in it."""
    taken: set[str] = set()
    for key, text in plans.items():
        stem = name = t.file_stem(key)
        number = 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name.casefold())
        yield f"{t.PLANS_FOLDER}/{name}{t.PLAN_SUFFIX}", text.encode(errors="replace")


class Known:
    """Who is in the file: people, and members by company."""

    def __init__(self, people: Sequence[Contact], members: Sequence[Member]) -> None:
        self.people = {person.id for person in people}
        self.teams: dict[int, set[int]] = defaultdict(set)
        for member in members:
            self.teams[member.company_id].add(member.id)

    def strangers(self, company_id: int, ids: Ids) -> Ids:
        """Those of `ids` who are not, or no longer, in the file."""
        return Ids(ids.members - self.teams[company_id], ids.people - self.people)


def estimate_text(kept: Kept, known: Known) -> bytes:
    """What stands in the file of a kept estimate.

    "former" are those in it who are in the file no more; with them, somebody who is missing by mistake shows.
    """
    try:
        ids = estimate_input.ids_of(*map(estimate_input.loaded, _texts(kept)))
    except (ValueError, KeyError, TypeError, AttributeError):
        ids = Ids(frozenset(), frozenset())  # goes out as it is; bringing it in tells
    gone = known.strangers(kept.company_id, ids)
    former = estimate_input.dumped({"members": sorted(gone.members), "people": sorted(gone.people)})
    made_from, carried = _texts(kept)
    return f'{{"former":{former},\n"made_from":{made_from},\n"carried":{carried}}}\n'.encode(errors="replace")


def _texts(kept: Kept) -> tuple[str, str]:
    return kept.made_from or "null", kept.carried or "null"


class TextReader:
    """Reads those files from `folder`; `checksums` gathers each one's. `listed` are the checksums it should have.

    A file that is as it was taken out is believed where only a newer or older version could say more about it.
    """

    def __init__(self, folder: Path, listed: Mapping[str, str], tell: Tell) -> None:
        self.checksums: dict[str, str] = {}
        self._folder, self._listed, self._tell = folder, listed, tell

    def plans(self) -> dict[str, str]:
        """Each plan's text by its id."""
        found: dict[str, str] = {}
        for name in self._plan_names():
            text = self._text(name, _LONGEST_PLAN)
            if text is None:
                continue
            self._check_plan(name, text)
            key = _id_in(text) or Path(name).stem
            if key in found:
                self._tell(name, 0, key, Message("The id {id} is there more than once.", {"id": key}))
            found[key] = text
        return found

    def _plan_names(self) -> list[str]:
        """Those that lie there, and those that should. What begins with a dot is the system's."""
        there = (self._folder / t.PLANS_FOLDER).glob(f"[!.]*{t.PLAN_SUFFIX}")
        names = {f"{t.PLANS_FOLDER}/{path.name}" for path in there}
        return sorted(names.union(name for name in self._listed if _is_plan(name)))

    def _check_plan(self, name: str, text: str) -> None:
        if self._is_as_it_was(name):
            return
        # imported when it is needed: it takes long, and few have plans of their own
        from organizer.domain.commission.parse import PlanError, parse_plan

        try:
            parse_plan(text, Path(name).name)
        except PlanError as error:
            for problem in error.problems:
                self._tell(name, 0, "", problem)

    def estimate(self, kept: Kept, known: Known | None) -> Kept:
        """With what it was made from and what it left; `known` are those who may be in it, if that is sure."""
        name = t.estimate_file(kept.company_id, kept.period)
        text = self._text(name, _LONGEST_ESTIMATE)
        if text is None:
            return kept
        try:
            data = estimate_input.loaded(text)
            made_from, carried, former = (data[part] for part in ("made_from", "carried", "former"))
            gone = Ids(frozenset(map(int, former["members"])), frozenset(map(int, former["people"])))
        except (ValueError, KeyError, TypeError):
            self._tell(name, 0, kept.period, Message("This isn't what a kept estimate was made from."))
            return kept
        if flaw := estimate_input.flaw(made_from, carried, kept.period):
            message = Message("The part “{part}” isn't as it was written.", {"part": flaw})
            self._tell(name, 0, kept.period, message)
            return kept
        if known is not None:
            self._check_ids(
                name, kept, known.strangers(kept.company_id, estimate_input.ids_of(made_from, carried)), gone
            )
        if made_from is not None:
            self._check_plan(name, made_from["plan"])
        texts = ["" if part is None else estimate_input.dumped(part) for part in (made_from, carried)]
        return replace(kept, made_from=texts[0], carried=texts[1])

    def _check_ids(self, name: str, kept: Kept, strangers: Ids, former: Ids) -> None:
        for id_ in sorted(strangers.members - former.members)[:1]:
            message = Message("The company's team has no member with the id {id}.", {"id": str(id_)})
            self._tell(name, 0, kept.period, message)
        for id_ in sorted(strangers.people - former.people)[:1]:
            message = Message("There is no contact with the id {id}.", {"id": str(id_)})
            self._tell(name, 0, kept.period, message)

    def _text(self, name: str, most: int) -> str | None:
        text, self.checksums[name] = strict_text(
            self._folder / name, most, lambda row, message: self._tell(name, row, "", message)
        )
        if text is not None and name not in self._listed:
            self._tell(t.CONTENTS, 0, name, Message("The line about {file} is missing.", {"file": name}))
        return text

    def _is_as_it_was(self, name: str) -> bool:
        return self._listed.get(name, "").casefold() == self.checksums[name]


def _is_plan(name: str) -> bool:
    folder, _slash, rest = name.partition("/")
    # a listed name comes from a file that may be anybody's: it must not lead anywhere else
    return folder == t.PLANS_FOLDER and rest.endswith(t.PLAN_SUFFIX) and not {"/", "\\", "\0", ":"} & set(rest)


def _id_in(text: str) -> str:
    """The id that a plan gives itself, also where this version can't read the rest."""
    try:
        key = tomllib.loads(text).get("id")
    except (ValueError, RecursionError):
        return ""
    return key if isinstance(key, str) else ""
