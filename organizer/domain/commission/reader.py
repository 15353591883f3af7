"""Reading a plan file's tables: each value checked, each mistake written down with its place.

A getter that meets a mistake notes it and returns something harmless, so that one reading finds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from organizer.domain.commission.asked import Asked, Holds, Path, Problems
from organizer.domain.commission.plan import Text
from organizer.domain.commission.vocabulary import Vocabulary as Vocabulary
from organizer.domain.commission.vocabulary import asks, options_of
from organizer.domain.money import to_minor, to_volume
from organizer.domain.result import Message, Value

_Choice = TypeVar("_Choice", bound=Enum)
_MOST_PERCENT = 1000
"""A rate above that is a slip; over 100 % is odd, see doubts.py."""

_R = TypeVar("_R")


class Table:
    """One table of a plan file. `part` and `name` say where: component "team"; nothing at the top."""

    def __init__(
        self,
        data: Mapping[str, Any],
        problems: Problems,
        part: Message | None = None,
        name: str = "",
        path: Path = (),
    ) -> None:
        self._data = data
        self._problems = problems
        self._part = part
        self._name = name
        self._path = path
        self._seen: set[str] = set()

    def noted(self, key: str, holds: Holds, each: Holds | None, known: object, get: Callable[[], _R]) -> _R:
        """What `get` gives, noted as asked for at `key`; `known` is what a getter was told to choose from."""
        path, before = (*self._path, key), len(self._problems.found)
        new = path not in self._problems.asked
        if new:
            self._problems.asked[path] = Asked(
                path, holds, self._data.get(key), False, options_of(holds, known), each
            )
        found = get()
        if new and key not in self._data and len(self._problems.found) > before:
            asked = self._problems.asked[path]
            self._problems.asked[path] = replace(asked, required=True)
        return found

    def wrong(self, key: str, reason: Message) -> None:
        """Write down a mistake at `key`."""
        file = self._problems.file
        if self._part:
            values: dict[str, Value] = {"file": file, "part": self._part, "name": self._name, "key": key}
            place = Message('{file}, {part} "{name}", key "{key}"', values)
        else:
            place = Message('{file}, key "{key}"', {"file": file, "key": key})
        self._problems.found.append(Message("{place}: {reason}", {"place": place, "reason": reason}))
        self._problems.paths.append((*self._path, key))

    def done(self) -> None:
        """Call last: every key that nobody asked for is a mistake."""
        for key in self._data:
            if key not in self._seen:
                self.wrong(key, Message("this key isn't known here."))

    def has(self, key: str) -> bool:
        """True when the key is there."""
        if key not in self._data:
            self._problems.offered.setdefault((*self._path, key))
        return key in self._data

    def tell(self, key: str, holds: Holds, options: Iterable[str], each: Holds | None = None) -> None:
        """Say, for a form, which words or names stand to choose at a key, where its getter doesn't know them."""
        self._problems.tell((*self._path, key), holds, tuple(options), each)

    def _get(self, key: str, kinds: type | tuple[type, ...], what: Message, *, required: bool) -> Any:
        self._seen.add(key)
        value = self._data.get(key)
        if value is None:
            if required:
                self.wrong(key, Message("this key is missing; it holds {what}.", {"what": what}))
            return None
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            self.wrong(key, Message("this must be {what}.", {"what": what}))
            return None
        return value

    @asks(Holds.STRING)
    def string(self, key: str, *, required: bool = True) -> str:
        """A text, empty where it is missing."""
        value = self._get(key, str, Message("a text"), required=required)
        return value.strip() if value is not None else ""

    @asks(Holds.FLAG)
    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._get(key, bool, Message("true or false"), required=False)
        return default if value is None else bool(value)

    @asks(Holds.DAY)
    def day(self, key: str, *, required: bool = True) -> date | None:
        """A date."""
        value = self._get(key, date, Message("a date such as 2026-01-31"), required=required)
        return value.date() if isinstance(value, datetime) else value

    @asks(Holds.TEXT)
    def text(self, key: str) -> Text:
        """A text in both languages: { en = "…", da = "…" }, or one text for both."""
        value = self._get(key, (str, dict), Message("a text, or one in each language"), required=True)
        return self._as_text(key, value) if value is not None else Text("", "")

    @asks(Holds.TEXTS)
    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of such texts, empty where it is missing."""
        return tuple(self._as_text(key, value) for value in self._list(key))

    def _as_text(self, key: str, value: Any) -> Text:
        if isinstance(value, str) and value.strip():
            return Text(value, value)
        if isinstance(value, dict) and value and all(
            language in ("da", "en") and isinstance(text, str) and text.strip() for language, text in value.items()
        ):  # fmt: skip
            return Text(value.get("da", ""), value.get("en", ""))
        example = '{ en = "…", da = "…" }'
        self.wrong(key, Message("this must be a text, or one in each language: {example}.", {"example": example}))
        return Text("", "")

    @asks(Holds.STRINGS)
    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            self.wrong(key, Message("this must be {what}.", {"what": Message("a list of texts")}))
            return ()
        return tuple(values)

    def _list(self, key: str, *, required: bool = False) -> list[Any]:
        value = self._get(key, list, Message("a list"), required=required)
        return value if value is not None else []

    @asks(Holds.NUMBER)
    def number(self, key: str, *, minimum: int = 0, required: bool = True) -> Decimal | None:
        """An exact number of at least `minimum`."""
        value = self._get(key, (int, Decimal), Message("a number"), required=required)
        return None if value is None else self._as_number(key, value, minimum)

    def _as_number(self, key: str, value: Any, minimum: int) -> Decimal | None:
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            self.wrong(key, Message("this must be {what}.", {"what": Message("a number")}))
            return None
        if value < minimum:
            self.wrong(key, Message("this can't be less than {minimum}.", {"minimum": minimum}))
            return None
        return Decimal(value)

    @asks(Holds.COUNT)
    def count(self, key: str, *, default: int | None = None) -> int:
        """A whole number from 1 up; `default` where it may be missing."""
        value = self._get(key, int, Message("a whole number"), required=default is None)
        if value is None:
            return default or 1
        if value < 1:
            self.wrong(key, Message("this can't be less than {minimum}.", {"minimum": 1}))
        return int(value)

    @asks(Holds.COUNTS)
    def counts(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers from 1 up, at least one."""
        values = self._list(key, required=True)
        if self.has(key) and (not values or any(type(value) is not int or value < 1 for value in values)):
            self.wrong(
                key, Message("this must be {what}.", {"what": Message("a list of whole numbers from 1 up")})
            )
            return ()
        return tuple(values)

    @asks(Holds.COUNT)
    def whole(self, key: str, *, maximum: int | None = None) -> int:
        """A whole number from 0 up, at most `maximum`."""
        value = self._get(key, int, Message("a whole number"), required=True)
        if value is None or value < 0 or (maximum is not None and value > maximum):
            if value is not None and value < 0:
                self.wrong(key, Message("this can't be less than {minimum}.", {"minimum": 0}))
            elif value is not None and maximum is not None:
                self.wrong(key, Message("this can't be more than {maximum}.", {"maximum": maximum}))
            return 0
        return int(value)

    @asks(Holds.AMOUNT)
    def amount(self, key: str) -> int:
        """A volume in points or money, as thousandths."""
        number = self.number(key)
        try:
            return to_volume(number) if number is not None else 0
        except ValueError:
            self.wrong(key, Message("this figure is too large, or has more than three decimals."))
            return 0

    @asks(Holds.PERCENT)
    def percent(self, key: str, *, default: Fraction | None = None) -> Fraction:
        """A percentage, as a fraction."""
        value = self._get(key, (int, Decimal), Message("a number"), required=default is None)
        return self._as_rate(key, value) if value is not None else default or Fraction()

    @asks(Holds.PERCENTS)
    def percents(self, key: str) -> tuple[Fraction, ...]:
        """A list of percentages, at least one."""
        values = self._list(key, required=True)
        if self.has(key) and not values:
            self.wrong(key, Message("this list is empty."))
        return tuple(self._as_rate(key, value) for value in values)

    def _as_rate(self, key: str, value: Any) -> Fraction:
        number = self._as_number(key, value, 0)
        if number is not None and number > _MOST_PERCENT:
            self.wrong(key, Message("a rate can't be over {most} %.", {"most": _MOST_PERCENT}))
        return Fraction(number) / 100 if number is not None else Fraction()

    @asks(Holds.CHOICE)
    def choice(self, key: str, options: type[_Choice], *, default: _Choice | None = None) -> _Choice:
        """One of the words of `options`."""
        words = [str(option.value) for option in options]
        what = Message("one of {words}", {"words": ", ".join(words)})
        value = self._get(key, str, what, required=default is None)
        if value in words:
            return options(value)
        if value is not None:
            self.wrong(key, Message('"{value}" isn\'t {what}.', {"value": value, "what": what}))
        return default or next(iter(options))

    @asks(Holds.VOLUME)
    def volume(self, key: str, vocabulary: Vocabulary) -> str:
        """The id of a volume of this plan."""
        name = self.string(key)
        if name and name not in vocabulary.volumes:
            self.wrong(key, Message('the plan has no volume "{name}".', {"name": name}))
        return name

    @asks(Holds.RANK)
    def rank(self, key: str, vocabulary: Vocabulary) -> int:
        """The number of a rank of this plan."""
        return self._rank_number(key, self.string(key), vocabulary)

    def _rank_number(self, key: str, name: str, vocabulary: Vocabulary) -> int:
        if name in vocabulary.ranks:
            return vocabulary.ranks.index(name)
        if name:
            self.wrong(key, Message('the plan has no rank "{name}".', {"name": name}))
        return 0

    @asks(Holds.BY_RANK)
    def by_rank(self, key: str, vocabulary: Vocabulary) -> dict[int, Any]:
        """A table with one entry for every rank, by rank number; the entries are not checked."""
        table = self._get(key, dict, Message("a table with a value for each rank"), required=True)
        if table is None:
            return {}
        for name in vocabulary.ranks:
            if name not in table:
                self.wrong(key, Message('rank "{name}" is missing.', {"name": name}))
        return {self._rank_number(key, name, vocabulary): value for name, value in table.items()}

    @asks(Holds.BY_RANK, Holds.COUNT)
    def counts_by_rank(self, key: str, vocabulary: Vocabulary, maximum: int) -> dict[int, int]:
        """Whole numbers from 0 to `maximum`, one for every rank."""
        entries = self.by_rank(key, vocabulary)
        for value in entries.values():
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= maximum:
                what = Message("whole numbers from 0 to {maximum}", {"maximum": maximum})
                self.wrong(key, Message("this must be {what}.", {"what": what}))
                return {}
        return entries

    @asks(Holds.BY_RANK, Holds.PERCENTS)
    def percents_by_rank(self, key: str, vocabulary: Vocabulary) -> dict[int, tuple[Fraction, ...]]:
        """Lists of percentages, one for every rank."""
        rows: dict[int, tuple[Fraction, ...]] = {}
        for number, values in self.by_rank(key, vocabulary).items():
            if not isinstance(values, list):
                self.wrong(key, Message("this must be {what}.", {"what": Message("a list")}))
                continue
            rows[number] = tuple(self._as_rate(key, value) for value in values)
        return rows

    @asks(Holds.BY_RANK, Holds.PERCENT)
    def percent_by_rank(self, key: str, vocabulary: Vocabulary) -> dict[int, Fraction]:
        """One percentage for every rank."""
        return {number: self._as_rate(key, value) for number, value in self.by_rank(key, vocabulary).items()}

    @asks(Holds.BY_RANK, Holds.MONEYS)
    def moneys_by_rank(self, key: str, vocabulary: Vocabulary) -> dict[int, tuple[int, ...]]:
        """Lists of amounts in minor units, one for every rank."""
        rows: dict[int, tuple[int, ...]] = {}
        for number, values in self.by_rank(key, vocabulary).items():
            if not isinstance(values, list):
                self.wrong(key, Message("this must be {what}.", {"what": Message("a list")}))
                continue
            amounts = [self._as_number(key, value, 0) for value in values]
            rows[number] = tuple(self._as_minor(key, one, vocabulary) for one in amounts if one is not None)
        return rows

    @asks(Holds.BY_RANK, Holds.MONEY)
    def money_by_rank(self, key: str, vocabulary: Vocabulary) -> dict[int, int]:
        """Amounts in minor units, one for every rank."""
        numbers = {rank: self._as_number(key, value, 0) for rank, value in self.by_rank(key, vocabulary).items()}
        return {rank: self._as_minor(key, n, vocabulary) for rank, n in numbers.items() if n is not None}

    @asks(Holds.TABLES)
    def tables(self, key: str, part: Message, *, required: bool = False) -> list[Table]:
        """A list of tables, each known in messages as `part` and its id, or its number where it has none."""
        found = []
        for number, value in enumerate(self._list(key, required=required)):
            if isinstance(value, dict):
                name = value.get("id")
                named = name if isinstance(name, str) else str(number + 1)
                found.append(Table(value, self._problems, part, named, (*self._path, key, number)))
            else:
                self.wrong(key, Message("this must be {what}.", {"what": Message("a list of tables")}))
        return found

    @asks(Holds.TABLES)
    def parts(self, key: str) -> list[Table]:
        """A list of tables inside this one; their mistakes are told at this one's place."""
        values = self._list(key)
        tables = [(place, value) for place, value in enumerate(values) if isinstance(value, dict)]
        if len(tables) < len(values):
            self.wrong(key, Message("this must be {what}.", {"what": Message("a list of tables")}))
        return [
            Table(value, self._problems, self._part, self._name, (*self._path, key, place))
            for place, value in tables
        ]

    @asks(Holds.TABLE)
    def part(self, key: str) -> Table | None:
        """One table inside this one; its mistakes are told at this one's place. None where it is missing."""
        value = self._get(key, dict, Message("a table"), required=False)
        if value is None:
            return None
        return Table(value, self._problems, self._part, self._name, (*self._path, key))

    @asks(Holds.MONEY)
    def money(self, key: str, vocabulary: Vocabulary, *, default: int | None = None) -> int:
        """An amount in the plan's currency, in minor units; `default` where it may be missing."""
        number = self.number(key, required=default is None)
        return self._as_minor(key, number, vocabulary) if number is not None else default or 0

    @asks(Holds.MONEYS)
    def moneys(self, key: str, vocabulary: Vocabulary) -> tuple[int, ...]:
        """A list of such amounts, at least one."""
        numbers = [self._as_number(key, value, 0) for value in self._list(key, required=True)]
        if self.has(key) and not numbers:
            self.wrong(key, Message("this list is empty."))
        return tuple(self._as_minor(key, number, vocabulary) for number in numbers if number is not None)

    def _as_minor(self, key: str, number: Decimal, vocabulary: Vocabulary) -> int:
        try:
            return to_minor(number, vocabulary.currency)
        except ValueError:
            self.wrong(key, Message("this amount is too large, or finer than the currency's smallest coin."))
            return 0

    @asks(Holds.TABLE)
    def table(self, key: str, part: Message, *, required: bool = False) -> Table | None:
        """A table inside this one."""
        value = self._get(key, dict, Message("a table"), required=required)
        return Table(value, self._problems, part, key, (*self._path, key)) if value is not None else None

    @asks(Holds.TABLE)
    def word_or_table(self, key: str, part: Message, what: Message) -> str | Table:
        """A text (empty where it is missing), or a table inside this one; `what` says so in a mistake."""
        value = self._get(key, (str, dict), what, required=True)
        if isinstance(value, dict):
            return Table(value, self._problems, part, key, (*self._path, key))
        return value.strip() if value is not None else ""
