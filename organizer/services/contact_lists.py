"""Lists of people: what a filter finds, the filters that are saved, and those that come with the program."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from organizer.domain.contact import MAX_TEXT, single_line
from organizer.domain.contact_filter import Condition, Field, Filter, Kind
from organizer.domain.contact_filter_text import VERSION, read, tidied, written
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.i18n import language
from organizer.resource_files import resource
from organizer.services import companies, consents, products
from organizer.services.contact_list_words import words
from organizer.storage import File, contact_lists, contacts, saved_lists

__all__ = ["Condition", "Field", "Filter", "Kind", "SavedList", "words"]


@dataclass(frozen=True, slots=True)
class SavedList:
    """A filter under a name. `filter` is None where this version can't read it: `problem` says why.

    `shipped`: it comes with the program and stands in no file.
    """

    name: str
    filter: Filter | None
    problem: Message | None = None
    shipped: bool = False


class NearRank:
    """Who is close to the next rank by the company in view and its latest period; kept until `forget`."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._lacking: list[tuple[int, int]] | None = None

    def __call__(self, percent: int) -> list[int]:
        """The people who lack at most `percent` of anything asked for. Raises Refusal where none can be told."""
        if self._lacking is None:
            self._lacking = self._work_out()
        return [person for person, lacks in self._lacking if lacks <= percent]

    def forget(self) -> None:
        """The team or its plan has changed."""
        self._lacking = None

    def _work_out(self) -> list[tuple[int, int]]:
        # only who asks for ranks waits for what works them out
        from organizer.services import team as teams
        from organizer.services import team_progress

        company = companies.current(self._file)
        if company is None:
            raise Refusal(Message("Add a company in Settings first: ranks are what its plan says."))
        view = teams.view(self._file, company.id, teams.latest_period(self._file, company.id))
        least = team_progress.ladder(self._file, view).closeness.least
        people = view.team.person_ids
        return [
            (people[place], 100 - int(share))
            for place, share in enumerate(least)
            if share >= 0 and place != view.team.me
        ]


def matching(file: File, filter_: Filter, today: date, near: NearRank | None = None) -> list[int]:
    """Who a filter finds, sorted as the list is. Raises Refusal for a filter that can't be answered."""
    return _found(file, filter_, today, near, in_order=True)


def found(file: File, filter_: Filter, today: date, near: NearRank | None = None) -> frozenset[int]:
    """Who a filter finds, in no order: quicker. Raises Refusal for a filter that can't be answered."""
    return frozenset(_found(file, filter_, today, near, in_order=False))


def _found(file: File, filter_: Filter, today: date, near: NearRank | None, *, in_order: bool) -> list[int]:
    near = near or NearRank(file)
    tidy, cap = tidied(filter_), consents.cap(file)
    return contact_lists.matching(file, tidy, today, near, cap=cap, in_order=in_order)


def tables(filter_: Filter) -> frozenset[str]:
    """The tables whose changes can change who the filter finds."""
    return frozenset({"person"}.union(*(_TABLES.get(one.field, ()) for one in filter_.conditions)))


_LEDGER = ("consent", "said_no", "entry", "setting")
_TEAM = ("member", "member_past", "volume", "company", "plan", "estimate", "setting")
_TABLES: dict[Field, tuple[str, ...]] = {
    Field.ROLE: ("person_role",),
    Field.TAG: ("person_tag",),
    Field.TALKED: ("entry",),
    Field.LIKES: ("product_like",),
    Field.CONSENT: _LEDGER,
    Field.MAY: _LEDGER,
    Field.NO: _LEDGER,
    Field.RANK: _TEAM,
    Field.HAS: ("person_phone", "person_email", "person_address"),
    Field.TEAM: _TEAM,
    Field.TEXT: ("person_phone", "person_email", "person_tag"),
}


def saved(file: File) -> list[SavedList]:
    """Her own lists, in the order they were saved."""
    return [_read(name, text) for name, text in saved_lists.everyone(file).items()]


def _read(name: str, text: str) -> SavedList:
    try:
        return SavedList(name, read(text))
    except Refusal as refusal:
        return SavedList(name, None, refusal.message)


def shipped() -> list[SavedList]:
    """The lists that come with the program, named in the language spoken now."""
    return [
        SavedList(str(one[language()]), _of_program(json.dumps(one["conditions"])), shipped=True)
        for one in _shipped()
    ]


@cache
def _shipped() -> list[dict[str, Any]]:
    lists: list[dict[str, Any]] = tomllib.loads(resource("contact_lists", "lists.toml").read_text("utf-8"))["list"]
    return lists


def _of_program(conditions: str) -> Filter:
    return read(f'{{"version": {VERSION}, "match": "all", "conditions": {conditions}}}')


def save(file: File, name: str, filter_: Filter) -> str:
    """Save a filter under a name, in place of the list that has it; the name as it is kept.

    Raises FieldRefusal ("name"), and Refusal for a filter that can't be answered.
    """
    name, text = _name(name), written(filter_)
    with file.deed("list.save", name):
        saved_lists.write(file, name, text)
    return name


def rename(file: File, name: str, new: str) -> str:
    """Give a list another name; the name as it is kept. Raises FieldRefusal ("name"), Refusal when it is gone."""
    if name not in saved_lists.everyone(file):
        raise Refusal(Message("This list is gone. Nothing was changed."))
    new = _name(new) if new.strip() == name else must_be_free(file, new)
    with file.deed("list.rename", new):
        if new != name:
            saved_lists.rename(file, name, new)
    return new


def must_be_free(file: File, name: str) -> str:
    """The name as it would be kept. Raises FieldRefusal ("name") where a list has it already, or it is none."""
    name = _name(name)
    if name in saved_lists.everyone(file):
        raise FieldRefusal("name", Message("There is a list called {name} already.", {"name": name}))
    return name


def remove(file: File, name: str) -> None:
    """Forget a list; nobody on it is touched. One that is gone already is gone."""
    with file.deed("list.remove", name):
        saved_lists.remove(file, name)


def _name(name: str) -> str:
    name = single_line(name)
    if not name:
        raise FieldRefusal("name", Message("Write what the list shall be called."))
    if len(name) > MAX_TEXT:
        raise FieldRefusal(
            "name", Message("This text is too long: at most {limit} characters.", {"limit": MAX_TEXT})
        )
    return name


def named(file: File) -> Callable[[Field, int], str]:
    """What the products and companies are called that filters speak of."""
    firms = {one.id: one.name for one in companies.everyone(file)}
    goods: dict[int, str] = {}

    def name(field: Field, id_: int) -> str:
        if field is Field.TEAM:
            return firms.get(id_, "")
        if not goods:
            goods.update((one.id, one.name) for company in firms for one in products.everyone(file, company))
        return goods.get(id_, "")

    return name


def choices(file: File) -> tuple[list[str], list[tuple[int, str]], list[tuple[int, str]]]:
    """What conditions choose from: tags in use; products and companies with their ids."""
    firms = companies.everyone(file)
    goods = [(one.id, one.name or one.number) for firm in firms for one in products.everyone(file, firm.id)]
    return contacts.tags(file), goods, [(one.id, one.name) for one in firms]
