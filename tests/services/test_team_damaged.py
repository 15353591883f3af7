"""Damaged variants of the sample files: a true tree or named rows, never a wrong one."""

import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.services import files, imports
from organizer.storage import File
from organizer.storage import team as stored

OCTOBER = Period.parse("2026-10")
SAMPLES = {
    "team_sponsor_id.csv": ("utf-8-sig", 1),
    "team_levels.csv": ("cp1252", 3),
    "team_binary.tsv": ("utf-16", 1),
}

Rows = list[str]


def shuffled(rows: Rows, chance: random.Random) -> Rows:
    return chance.sample(rows, len(rows))


def doubled(rows: Rows, chance: random.Random) -> Rows:
    places = chance.sample(range(len(rows)), 9)
    return [one for place, row in enumerate(rows) for one in ([row, row] if place in places else [row])]


def thinned(rows: Rows, chance: random.Random) -> Rows:
    return [row for row in rows if chance.random() > 0.04]


def cut_off(rows: Rows, chance: random.Random) -> Rows:
    last = chance.randrange(20, len(rows))
    return [*rows[:last], rows[last][: chance.randrange(len(rows[last]))]]


def short_of_cells(rows: Rows, chance: random.Random) -> Rows:
    places = chance.sample(range(len(rows)), 6)
    return [_shortened(row, chance.randrange(12)) if place in places else row for place, row in enumerate(rows)]


def _shortened(row: str, cells: int) -> str:
    """The row's first cells; a separator in quotes counts as one, which is as bad."""
    parts = re.split(r"([,;\t])", row)
    return "".join(parts[: 2 * cells + 1])


def with_totals(rows: Rows, _chance: random.Random) -> Rows:
    separator = next(sign for sign in "\t;," if sign in rows[0])
    total = separator.join(["Total", *[""] * rows[0].count(separator)])
    return [*rows[:50], total, *rows[50:], total]


@pytest.mark.parametrize("damage", [shuffled, doubled, thinned, cut_off, short_of_cells, with_totals])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_sample_never_becomes_a_wrong_tree(
    name: str,
    damage: Callable[[Rows, random.Random], Rows],
    file: File,
    company: Company,
    data: Path,
    tmp_path: Path,
) -> None:
    encoding, heading = SAMPLES[name]
    true = _links(file, company, data / name)
    lines = list(io.StringIO((data / name).read_text(encoding=encoding)))
    for seed in range(4):
        target = tmp_path / name
        rows = damage([line.rstrip("\r\n") for line in lines[heading:]], random.Random(seed))
        target.write_text("".join(lines[:heading]) + "\n".join(rows) + "\n", encoding=encoding)
        try:
            reading = imports.read_team_file(target, company, file).now()
        except Refusal:
            assert damage in (shuffled, thinned, cut_off, short_of_cells), (
                "an order that can't be trusted is refused"
            )
            continue
        found = _previewed(file, company, reading)
        for number, above in found.items():
            for told, is_true in zip(above, true[number], strict=True):
                assert told in ("", is_true), f"{number} with seed {seed}"
        if damage in (doubled, with_totals) or (damage is shuffled and "levels" not in name):
            assert found == true


def _previewed(file: File, company: Company, reading: imports.TeamReading) -> dict[str, tuple[str, str]]:
    """The links that would be stored, by number; the file is left as it was."""
    preview = imports.preview_team(file, company, reading, OCTOBER)
    preview.apply()
    members = {one.id: one for one in stored.members(file, company.id)}
    number = {id_: one.number for id_, one in members.items()} | {None: ""}
    files.undo(file)
    return {
        one.number: (number[one.sponsor_id], number[one.placement_id or one.sponsor_id])
        for one in members.values()
        if one.number
    }


def _links(file: File, company: Company, path: Path) -> dict[str, tuple[str, str]]:
    return _previewed(file, company, imports.read_team_file(path, company, file).now())
