"""The sample data that the program ships: whole, invented, and telling what it should tell."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from organizer.domain.period import Period
from organizer.resource_files import resource
from organizer.services import companies, earnings, files, imports, samples
from organizer.storage import File

FOLDER = resource("samples")
SAMPLE = tomllib.loads((FOLDER / "samples.toml").read_text(encoding="utf-8"))
MONTHS = [(Period.parse(month["period"]), FOLDER / month["team"]) for month in SAMPLE["months"]]


def rows(path: Path, separator: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    path = samples.look_around(tmp_path)
    opened = files.open_file(path)
    yield opened
    opened.close()


def test_every_file_is_read_without_a_single_remark(file: File) -> None:
    company = companies.everyone(file)[0]
    assert not imports.read_contacts(FOLDER / SAMPLE["contacts"]).now().problems
    assert not imports.read_products_file(FOLDER / SAMPLE["products"], company).now().problems
    for _, path in MONTHS:
        assert not imports.read_team_file(path, company).now().problems


@pytest.mark.parametrize("month", [period for period, _ in MONTHS], ids=str)
def test_the_owner_is_active_at_a_middle_rank_and_earns(file: File, month: Period) -> None:
    statement = earnings.prepare(file, companies.everyone(file)[0], month).now().statement
    assert statement.active
    assert str(statement.rank.name) == "Leader"
    assert statement.teaching
    assert all(component.total_minor > 0 for component in statement.components)


def test_numbers_names_and_sponsors_stay_from_month_to_month() -> None:
    earlier: dict[str, tuple[str, str, str]] = {}
    for _, path in MONTHS:
        now = {row["ID"]: (row["Name"], row["Sponsor ID"], row["Join Date"]) for row in rows(path, ";")}
        assert earlier.items() <= now.items()
        assert len(now) > len(earlier)
        earlier = now
    deepest = max(int(row["Level"]) for row in rows(MONTHS[-1][1], ";"))
    assert deepest >= 6


def test_some_people_are_both_in_contacts_and_in_the_team() -> None:
    contacts = {
        (f"{row['First Name']} {row['Last Name']}", row["E-mail 1 - Value"], row["Phone 1 - Value"])
        for row in rows(FOLDER / SAMPLE["contacts"], ",")
    }
    team = {(row["Name"], row["Email"], row["Phone"]) for row in rows(MONTHS[0][1], ";")}
    assert 4 <= len(contacts & team) <= 5
    assert len({mail for _, mail, _ in contacts | team}) == len(contacts | team)


def test_nobody_can_be_called_or_written_to() -> None:
    for path in FOLDER.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"@(\S+?)[,;]", text).count("example.com") == text.count("@")
        # no Danish telephone number starts with 1
        assert all(number.startswith("1") for number in re.findall(r"\+45 (\d\d)", text))
