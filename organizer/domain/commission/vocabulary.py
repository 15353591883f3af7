"""The names that a plan may refer to, and noting what is asked for as it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from organizer.domain.commission.asked import Holds
from organizer.domain.commission.plan import Rules, Volume
from organizer.domain.period import MONTHS, Calendar

if TYPE_CHECKING:
    from organizer.domain.commission.reader import Table

_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that the rest of a plan may refer to: its volumes, its ranks from the lowest up, its currency.

    `components` are the bonuses that stand before the one being read, by id; `calendar` is what it settles by.
    """

    volumes: Mapping[str, Volume]
    ranks: Sequence[str]
    currency: str = ""
    components: Mapping[str, Rules] = field(default_factory=dict)
    calendar: Calendar = MONTHS


def asks(
    holds: Holds, each: Holds | None = None
) -> Callable[[Callable[Concatenate[Table, str, _P], _R]], Callable[Concatenate[Table, str, _P], _R]]:
    """Notes what a getter is asked for; the outermost getter of a key says what it holds."""

    def noting(getter: Callable[Concatenate[Table, str, _P], _R]) -> Callable[Concatenate[Table, str, _P], _R]:
        def get(self: Table, key: str, /, *args: _P.args, **named: _P.kwargs) -> _R:
            known = args[0] if args else None
            return self.noted(key, holds, each, known, lambda: getter(self, key, *args, **named))

        return update_wrapper(get, getter)

    return noting


def options_of(holds: Holds, known: object) -> tuple[str, ...]:
    """The words or names to choose from; `known` is what a getter was told of them."""
    if holds is Holds.CHOICE and isinstance(known, type) and issubclass(known, Enum):
        return tuple(str(option.value) for option in known)
    if holds is Holds.VOLUME and isinstance(known, Vocabulary):
        return tuple(known.volumes)
    if holds in (Holds.RANK, Holds.BY_RANK) and isinstance(known, Vocabulary):
        return tuple(known.ranks)
    return ()
