"""Which figures there are, and how they are measured and told."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Figure, Measured, Task


def _in(module: str, name: str, *arguments: str) -> Callable[[Task], Measured]:
    # imported only in the process that measures: one figure's imports shall not warm up another's
    def measure(task: Task) -> Measured:
        measured: Measured = getattr(import_module(f"tests.benchmarks.{module}"), name)(task, *arguments)
        return measured

    return measure


_PLANS = {
    "matrix": "teaching-matrix",
    "binary": "teaching-binary",
    "stairstep": "teaching-stairstep",
    "leadership": "amway-taiwan-leadership",
    "fast-start": "doterra-us-2024",
    "generation": "young-living-us",
    "retail": "avon-us-2020",
}
"""A shipped plan for each kind that is large in one."""


def _estimates() -> Iterator[Figure]:
    for kind, plan in _PLANS.items():
        title = f"estimate by {plan}"
        yield Figure(f"estimate-{kind}", title, 100_000, 7, _in("commission", "shipped", plan))


def _charts() -> Iterator[Figure]:
    for shape in ("wide", "chain", "star", "binary"):
        yield Figure(f"layout-{shape}", f"lay out a chart, {shape}", 100_000, 7, _in("chart", "layout", shape))
        yield Figure(
            f"chart-{shape}", f"frame of the chart, {shape}, p95", 100_000, 5, _in("chart", "frames", shape)
        )


def _lists() -> Iterator[Figure]:
    names = {
        "birthdays": "Fødselsdage denne måned",
        "silent": "Kunder, du ikke har talt med i 3 måneder",
        "hosts": "Værter",
        "offers": "Må få tilbud på e-mail",
        "noes": "Har sagt nej",
    }
    for key, name in names.items():
        yield Figure(f"list-{key}", f"show the list {key}", 100_000, 9, _in("everyday", "contact_list", name))


FIGURES = (
    Figure("window", "start to first painted window", 240, 15, _in("start", "first_window"), grows=False),
    Figure("contacts", "start to contacts usable", 10_000, 11, _in("start", "contacts_usable")),
    Figure("search", "search keystroke to painted hits, p95", 100_000, 7, _in("people", "search")),
    Figure("everywhere", "search everywhere, keystroke, p95", 100_000, 5, _in("everyday", "search_everywhere")),
    Figure("person", "open another contact", 100_000, 21, _in("everyday", "contact_page")),
    Figure("long-story", "open one with a long story", 100_000, 15, _in("everyday", "long_story")),
    Figure("today", "turn to Today", 100_000, 11, _in("everyday", "today_shown")),
    Figure("today-again", "read Today again", 100_000, 11, _in("everyday", "today_again")),
    *_lists(),
    Figure("duplicate", "is a name there already, p95", 100_000, 5, _in("cards", "one_name")),
    Figure("duplicates", "compare 10,000 rows", 100_000, 3, _in("cards", "whole_file"), grows=False),
    Figure("cards", "read vCards", 10_000, 7, _in("cards", "read_cards")),
    Figure("cards-in", "bring in vCards", 10_000, 3, _in("cards", "bring_in_cards")),
    Figure("team", "open the team page", 100_000, 7, _in("team", "open_page")),
    Figure("beside-items", "open the team page and expand it", 100_000, 3, _in("team_beside", "standard_items")),
    Figure("tree", "show the other tree", 100_000, 7, _in("team_looks", "switch_tree")),
    Figure("period", "show another period", 100_000, 7, _in("team_looks", "switch_period")),
    Figure("team-filter", "filter the whole tree", 100_000, 10, _in("team_looks", "narrow")),
    Figure("team-search", "search the whole tree", 100_000, 10, _in("team_looks", "search")),
    Figure("team-sort", "sort the whole tree", 100_000, 10, _in("team_looks", "sort")),
    Figure("expand", "expand the whole tree", 100_000, 5, _in("team", "expand_all")),
    Figure("scroll", "scroll a frame in the tree, p95", 100_000, 7, _in("team", "scroll")),
    *_charts(),
    Figure("estimate", "estimate of a team", 100_000, 11, _in("commission", "whole_team")),
    *_estimates(),
    Figure("what-if", "estimate anew after one change", 100_000, 40, _in("commission", "what_if")),
    Figure("networkx", "estimate beside a graph library", 100_000, 3, _in("commission", "against_networkx")),
    Figure("import", "import a team export", 100_000, 5, _in("team_import", "whole_file")),
    Figure("import-xlsx", "import a team workbook", 100_000, 3, _in("team_import", "workbook")),
    Figure("pdf", "contact list as PDF", 10_000, 5, _in("people", "contact_pdf")),
    Figure("save", "save one small deed", 10_000, 60, _in("people", "save")),
    Figure("save-encrypted", "save one small deed, encrypted", 10_000, 60, _in("safekeeping", "save_encrypted")),
    Figure("open-encrypted", "open an encrypted file", 100_000, 11, _in("safekeeping", "open_encrypted")),
    Figure("backup", "make a verified backup", 100_000, 5, _in("safekeeping", "backup")),
    Figure("stall", "longest wait while a backup runs", 100_000, 5, _in("safekeeping", "stall")),
    Figure("memory", "memory with the team page open", 100_000, 3, _in("start", "memory")),
)

SIZES = (1_000, 10_000, 100_000)


def figure_called(name: str) -> Figure:
    """The figure with that name. Raises StopIteration when there is none."""
    return next(figure for figure in FIGURES if figure.name == name)


def measured_apart(folder: Path, name: str, size: int, repeat: int) -> Measured:
    """Measure a figure in a process of its own, where nothing else has left its traces."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, folder, name, size, repeat).result()


def _measure(folder: Path, name: str, size: int, repeat: int) -> Measured:
    return figure_called(name).measure(Task(folder, size, repeat))


def as_records(figure: Figure, size: int, measured: Measured) -> Iterator[dict[str, Any]]:
    """A figure as plain data, once for each floor."""
    for floor in measured.floors:
        ratio = measured.ratio(floor)
        yield {
            "name": figure.name,
            "figure": figure.title,
            "size": size,
            "value": measured.value,
            "unit": measured.unit,
            "floor": floor.text,
            "floor_value": floor.value,
            "ratio": ratio,
            "best": measured.best(floor),
            "target": floor.target,
            "met": ratio <= floor.target,
            "met_at_best": measured.best(floor) <= floor.target,
            "runs": len(measured.samples),
        }


def as_table(records: Sequence[dict[str, Any]]) -> str:
    """The records as a table to read."""
    head = ("figure", "size", "takes", "floor", "takes", "ratio", "best", "target", "met")
    lines = [
        (
            *(record["figure"], f"{record['size']:,}", shown(record["value"], record["unit"]), record["floor"]),
            *(shown(record["floor_value"], record["unit"]), f"{record['ratio']:.2f}", f"{record['best']:.2f}"),
            *(f"{record['target']:g}", _verdict(record)),
        )
        for record in records
    ]
    return columns([head, *lines], left=(0, 3, 8))


def _verdict(record: dict[str, Any]) -> str:
    if record["met"]:
        return "yes"
    return "at best" if record["met_at_best"] else "NO"


def growth_records(figure: Figure, by_size: dict[int, Measured]) -> Iterator[dict[str, Any]]:
    """How a figure grows from size to size, as a share of what n log n would grow."""
    for small, large in pairwise(SIZES):
        grown = by_size[large].value / by_size[small].value
        allowed = large * math.log(large) / (small * math.log(small))
        yield {
            "name": figure.name,
            "figure": figure.title,
            "from": small,
            "to": large,
            "value_from": by_size[small].value,
            "value_to": by_size[large].value,
            "unit": by_size[small].unit,
            "grown": grown,
            "floor_grown": by_size[large].floors[0].value / by_size[small].floors[0].value,
            "n_log_n": allowed,
            "met": grown <= allowed,
        }


def growth_table(records: Sequence[dict[str, Any]]) -> str:
    """The growth records as a table to read."""
    head = ("figure", "from", "to", "takes", "takes", "grown", "n log n", "floor grown", "met")
    lines = [
        (
            *(record["figure"], f"{record['from']:,}", f"{record['to']:,}"),
            *(shown(record[key], record["unit"]) for key in ("value_from", "value_to")),
            *(f"{record['grown']:.1f}", f"{record['n_log_n']:.1f}", f"{record['floor_grown']:.1f}"),
            "yes" if record["met"] else "NO",
        )
        for record in records
    ]
    return columns([head, *lines], left=(0, 8))


def columns(lines: Sequence[Sequence[str]], left: Sequence[int]) -> str:
    """Lines under each other, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown_lines = (
        "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
    first, *rest = shown_lines
    return "\n".join([first, "-" * len(first), *rest])


def shown(value: float, unit: str) -> str:
    """Milliseconds or megabytes."""
    return f"{value / 1e6:,.0f} MB" if unit == "B" else f"{value * 1000:,.1f} ms"


def machine() -> str:
    """What it was measured on, and how busy that was."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}{load}"
