"""A piece of work timed beside its floor, turn about, so that noise hits both."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

FRAME = 0.016
"""Seconds: one picture at 60 a second, the floor of all that answers while she types or scrolls."""


@dataclass(frozen=True)
class Floor:
    """What a figure is held against: what it is, what it took, and how many times that the figure may take."""

    text: str
    samples: Sequence[float]
    target: float

    @property
    def value(self) -> float:
        """The runs in one number: their median."""
        return statistics.median(self.samples)


@dataclass(frozen=True)
class Measured:
    """What a figure took, run by run: seconds, or bytes where `unit` says so."""

    samples: Sequence[float]
    floors: Sequence[Floor]
    unit: str = "s"

    @property
    def value(self) -> float:
        """The runs in one number: their median."""
        return statistics.median(self.samples)

    def ratio(self, floor: Floor) -> float:
        """How many times its floor the figure took."""
        return self.value / floor.value

    def best(self, floor: Floor) -> float:
        """The same from the quickest run of each: the least disturbed by whatever else the machine does."""
        return min(self.samples) / min(floor.samples)


@dataclass(frozen=True)
class Task:
    """What a figure is measured with: a folder for its files, the size, and how often."""

    folder: Path
    size: int
    repeat: int


@dataclass(frozen=True)
class Figure:
    """One line of the table. `size` is the one that the target is set for; `grows` where others say something."""

    name: str
    title: str
    size: int
    repeat: int
    measure: Callable[[Task], Measured]
    grows: bool = True


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes; what came before leaves it no garbage to collect."""
    gc.collect()
    start = perf_counter()
    kept = work()
    taken = perf_counter() - start
    del kept
    return taken


def slowest_of_twenty(samples: Sequence[float]) -> float:
    """The 95th percentile: what only one key or frame in twenty exceeds."""
    return statistics.quantiles(samples, n=20, method="inclusive")[-1]


def alternate(repeat: int, *timed: Callable[[], float]) -> list[list[float]]:
    """Each of `timed` once to warm up, then `repeat` times in turn; what each returned, run by run."""
    for once in timed:
        once()
    rounds = [[once() for once in timed] for _round in range(repeat)]
    return [list(samples) for samples in zip(*rounds, strict=True)]
