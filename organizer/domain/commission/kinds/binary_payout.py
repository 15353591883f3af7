"""What two legs of volume pay in a binary plan, for many members at once.

Each way of paying says what it takes from the legs and how much that pays. Legs are thousandths; a leg below
nothing (more returned than sold) pays nothing. Everything is worked out in a few operations on whole arrays,
however many pairs or cycles a leg holds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from organizer.domain.commission.arrays import Ints, largest, roomy


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """By member how often something is paid (thousandths, pairs, cycles or steps), and what that takes."""

    count: Ints
    left: Ints
    right: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Each member's two legs, and how many pairs she was paid in earlier periods."""

    left: Ints
    right: Ints
    before: Ints

    @property
    def weaker(self) -> Ints:
        """What the weaker leg holds, never less than nothing."""
        return np.maximum(np.minimum(self.left, self.right), 0)

    @property
    def stronger(self) -> Ints:
        """What the stronger leg holds."""
        return np.maximum(self.left, self.right)


class Payout(ABC):
    """One way of paying two legs."""

    __slots__ = ()

    @abstractmethod
    def takes(self, legs: Pair, most: Ints | None = None) -> Taken:
        """How often the legs are paid, and what it takes from them; at most `most` times."""

    def worth(self, legs: Pair, count: Ints) -> tuple[Ints, Ints]:  # noqa: ARG002
        """How many times the rate so many are worth, as numerators and denominators."""
        return count, np.ones_like(count)

    def reaching(self, legs: Pair, count: Ints, pays: Ints, wanted: Ints) -> Ints:  # noqa: ARG002
        """How many of the `count`, which `pays` in all, it takes for `wanted` (less than that, the same unit)."""
        return -(-roomy(count, largest(wanted)) * wanted // pays)


@dataclass(frozen=True, slots=True)
class Matched(Payout):
    """The weaker leg is paid, each thousandth of it; with `ratio` times weaker / stronger."""

    ratio: bool = False

    def takes(self, legs: Pair, most: Ints | None = None) -> Taken:
        """The weaker leg's volume, from both."""
        weaker = legs.weaker if most is None else np.minimum(legs.weaker, most)
        return Taken(weaker, weaker, weaker)

    def worth(self, legs: Pair, count: Ints) -> tuple[Ints, Ints]:
        """Each thousandth once, or weaker / stronger times."""
        if not self.ratio:
            return count, np.ones_like(count)
        return roomy(count, largest(count)) * count, np.maximum(legs.stronger, 1)


@dataclass(frozen=True, slots=True)
class Cycles(Payout):
    """Each cycle takes `large` from the leg that is larger at that moment (the left one of two alike) and `small`
    from the other. Pairs are cycles that take the same from both.
    """

    small: int
    large: int

    def takes(self, legs: Pair, most: Ints | None = None) -> Taken:
        """As many cycles as the legs hold, counted without going through them.

        As long as the difference is at least large - small the same leg stays the larger one. From then on the
        legs swap each time, and every two cycles take small + large from both.
        """
        left_larger = np.asarray(legs.left >= legs.right)
        larger, smaller = legs.stronger, np.minimum(legs.left, legs.right)
        step, both = self.large - self.small, self.small + self.large
        most = np.maximum(larger, 0) if most is None else most
        same = np.zeros_like(larger)
        if step:
            same = np.minimum((larger - smaller) // step, np.minimum(larger // self.large, smaller // self.small))
            same = np.maximum(np.minimum(same, most), 0)
        larger, smaller = larger - same * self.large, smaller - same * self.small
        # where the first stretch ended for want of volume, the smaller leg can't hold the two either
        fits = np.asarray((larger >= self.large) & (smaller >= self.small))
        doubles = np.where(fits, np.minimum(smaller // both, (most - same) // 2), 0)
        larger, smaller = larger - doubles * both, smaller - doubles * both
        last = np.asarray((larger >= self.large) & (smaller >= self.small) & (same + 2 * doubles < most))
        of_larger, of_smaller = same * self.large + doubles * both, same * self.small + doubles * both
        left, right = np.where(left_larger, (of_larger, of_smaller), (of_smaller, of_larger))
        left_last = left_larger | np.asarray(larger == smaller)
        left = left + last * np.where(left_last, self.large, self.small)
        right = right + last * np.where(left_last, self.small, self.large)
        return Taken(same + 2 * doubles + last, left, right)


@dataclass(frozen=True, slots=True)
class Steps(Payout):
    """Steps that rise: `volumes[k]` from both legs pays `amounts[k]` minor units, and the highest one counts.

    A ladder, whose steps are taken one after the other, is written as what its first steps come to.
    """

    volumes: tuple[int, ...]
    amounts: tuple[int, ...]

    def takes(self, legs: Pair, most: Ints | None = None) -> Taken:
        """The highest step that both legs reach."""
        volumes = np.asarray((0, *self.volumes))
        count = np.searchsorted(volumes[1:], legs.weaker, side="right")
        if most is not None:
            count = np.minimum(count, most).astype(np.int64)
        return Taken(count, volumes[count], volumes[count])

    def worth(self, legs: Pair, count: Ints) -> tuple[Ints, Ints]:  # noqa: ARG002
        """The amount at that step."""
        return np.asarray((0, *self.amounts))[count], np.ones_like(count)

    def reaching(self, legs: Pair, count: Ints, pays: Ints, wanted: Ints) -> Ints:  # noqa: ARG002
        """The lowest step that pays as much."""
        return np.searchsorted(np.asarray((0, *self.amounts)), wanted, side="left")


@dataclass(frozen=True, slots=True)
class FirstPair(Payout):
    """A member's first pair ever takes two units from the larger leg (the left one of two alike) and one from the
    other and pays `first` minor units. Each one after takes one from both and pays `amount`.
    """

    unit: int
    first: int
    amount: int

    def takes(self, legs: Pair, most: Ints | None = None) -> Taken:
        """The first pair if it is still to come, then as many as both legs hold."""
        begins = np.asarray((legs.before == 0) & (legs.weaker >= self.unit) & (legs.stronger >= 2 * self.unit))
        if most is not None:
            begins &= np.asarray(most >= 1)
        left_larger = np.asarray(legs.left >= legs.right)
        left = begins * np.where(left_larger, 2 * self.unit, self.unit)
        right = begins * np.where(left_larger, self.unit, 2 * self.unit)
        open_ = begins | np.asarray(legs.before > 0)
        rest = np.maximum(np.minimum(legs.left - left, legs.right - right), 0)
        more = np.where(open_, rest // self.unit, 0)
        if most is not None:
            more = np.minimum(more, most - begins)
        return Taken(begins + more, left + more * self.unit, right + more * self.unit)

    def worth(self, legs: Pair, count: Ints) -> tuple[Ints, Ints]:
        """Minor units."""
        begins = np.asarray((legs.before == 0) & (count > 0))
        return begins * self.first + roomy(count - begins, self.amount) * self.amount, np.ones_like(count)

    def reaching(self, legs: Pair, count: Ints, pays: Ints, wanted: Ints) -> Ints:  # noqa: ARG002
        """The first pair, and of the others as many as the rest takes."""
        begins = np.asarray((legs.before == 0) & (count > 0))
        rest = np.maximum(wanted - begins * self.first, 0)
        return np.where(wanted > 0, np.minimum(count, begins - (-rest // max(self.amount, 1))), 0)
