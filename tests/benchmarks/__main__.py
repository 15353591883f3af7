"""`python -m tests.benchmarks`: how fast the program is, as ratios to floors measured in the same run.

Each figure and its floor run turn about, each figure in a process of its own, on invented data that is made anew
for each run. `ratio` compares the medians of the runs, `best` the quickest run of each, which other work on the
machine disturbs least; "at best" in the last column says that only this one meets the target. No part of the
tests.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks import run
from tests.benchmarks.measure import Figure, Measured

_OFFSCREEN = {
    "QT_QPA_PLATFORM": "offscreen",
    # paint as soon as asked: this platform's wait between pictures is not the program's work
    "QT_QPA_UPDATE_IDLE_TIME": "0",
    # nor is what it complains of at each window, which the program would note in its log
    "QT_LOGGING_RULES": "default.warning=false",
}


def main() -> int:
    options = _options()
    os.environ.update(_OFFSCREEN)
    figures = [figure for figure in run.FIGURES if not options.only or figure.name in options.only]
    with tempfile.TemporaryDirectory(prefix="organizer-benchmarks-") as name:
        if options.sizes:
            records, table = _growth(Path(name), figures, options.repeat)
        else:
            records, table = _targets(Path(name), figures, options.repeat)
    if options.json:
        print(json.dumps({"machine": run.machine(), "figures": records}, indent=1, ensure_ascii=False))
    else:
        print(run.machine(), table, sep="\n\n")
    return 0


def _targets(folder: Path, figures: list[Figure], repeat: int) -> tuple[list[dict[str, Any]], str]:
    records: list[dict[str, Any]] = []
    for figure in figures:
        measured = _measured(folder, figure, figure.size, repeat)
        records += run.as_records(figure, figure.size, measured)
    return records, run.as_table(records)


def _growth(folder: Path, figures: list[Figure], repeat: int) -> tuple[list[dict[str, Any]], str]:
    records: list[dict[str, Any]] = []
    for figure in figures:
        if figure.grows:
            by_size = {}
            for size in run.SIZES:
                by_size[size] = _measured(folder, figure, size, repeat)
            records += run.growth_records(figure, by_size)
    return records, run.growth_table(records) if records else "Nothing that grows was chosen."


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    names = [figure.name for figure in run.FIGURES]
    parser.add_argument(
        "--only", metavar="NAME", action="append", choices=names, help=f"one of {', '.join(names)}"
    )
    parser.add_argument("--sizes", action="store_true", help="how the figures grow from 1,000 to 100,000")
    parser.add_argument("--repeat", type=int, default=0, metavar="N", help="how many runs instead of the usual")
    parser.add_argument("--json", action="store_true", help="plain data instead of a table")
    return parser.parse_args()


def _measured(folder: Path, figure: Figure, size: int, repeat: int) -> Measured:
    print(f"{figure.title}, {size:,} …", file=sys.stderr, end=" ", flush=True)
    measured = run.measured_apart(folder, figure.name, size, repeat or figure.repeat)
    print(run.shown(measured.value, measured.unit), file=sys.stderr, flush=True)
    return measured


if __name__ == "__main__":
    sys.exit(main())
