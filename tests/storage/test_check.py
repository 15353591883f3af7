"""The check finds what is wrong, says nothing of what is well, and changes nothing."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from organizer.domain.period import Period
from organizer.services import companies, earnings, estimates, plans, samples
from organizer.storage import Damaged, File, check, create, open_file


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sample") / "a.organizer"
    file = create(path, clock)
    samples.fill(file)
    file.close()
    return path.read_bytes()


@pytest.fixture
def file(tmp_path: Path, sample: bytes) -> Iterator[File]:
    path = tmp_path / "a.organizer"
    path.write_bytes(sample)
    file = open_file(path, clock)
    yield file
    file.close()


def kinds(file: File) -> list[str]:
    found = check.check(file.path, file.key, lambda _done: None, lambda: False)
    assert all(str(finding.message) for finding in found)
    return [finding.kind for finding in found]


def test_a_sound_file_gives_nothing_and_is_left_as_it_was(file: File, sample: bytes) -> None:
    assert kinds(file) == []
    file.close()
    assert file.path.read_bytes() == sample


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        (["DELETE FROM company"], "links"),
        (["DROP TRIGGER history_person_U"], "schema"),
        (["DROP INDEX ix_volume_period"], "schema"),
        (
            ["UPDATE member SET sponsor_id = 6 WHERE id = 5", "UPDATE member SET sponsor_id = 5 WHERE id = 6"],
            "tree",
        ),
        (["UPDATE member SET placement_id = id WHERE id = 9"], "tree"),
        (
            [
                "INSERT INTO company(id, name) VALUES (99, 'Other')",
                "UPDATE member SET company_id = 99 WHERE sponsor_id IS NOT NULL AND id % 2",
            ],
            "tree",
        ),
        (["UPDATE person SET search = 'x' WHERE listed"], "search"),
        (["UPDATE person SET name = 'x' WHERE id = 3"], "search"),
        (["UPDATE volume SET period = 'May' WHERE id = 1"], "values"),
        (["UPDATE volume SET amount = 1.5 WHERE id = 1"], "values"),
        (["UPDATE product SET price = -1 WHERE id = 1"], "values"),
        (["INSERT INTO person(listed, name, first_name) VALUES (0, 'Nobody', 'Nobody')"], "values"),
        (["UPDATE setting SET value = '4711' WHERE key = 'owner'"], "owner"),
        (
            [
                "INSERT INTO member_past(member_id, until, sponsor_id, kind) "
                f"VALUES ({a}, '2026-09-30', {b}, 'customer')"
                for a, b in ((5, 6), (6, 5))
            ],
            "tree",
        ),
        (["INSERT INTO member_past(member_id, until, kind) VALUES (5, '2026-09-30', 'queen')"], "values"),
        (["INSERT INTO entry(person_id, day, kind) VALUES (1, 'May', 'talk')"], "values"),
        (["INSERT INTO follow_up(person_id, purpose) VALUES (1, 'sell')"], "values"),
        (["INSERT INTO follow_up(person_id, done) VALUES (1, '2026-11-23')"], "values"),
        (
            ["INSERT INTO consent(person_id, channel, basis, given) VALUES (1, 'fax', 'consent', '2026-1-1')"],
            "values",
        ),
        (["INSERT INTO said_no(person_id, topic, day) VALUES (1, 'tea', '2026-11-23')"], "values"),
        (["INSERT INTO relation(person_id, other_id, kind) VALUES (1, 2, 'boss')"], "values"),
        (["DROP TRIGGER search_person_update"], "schema"),
        (["DELETE FROM history_row WHERE id = 2"], "history"),
        (["UPDATE history_row SET image = '{' WHERE id = 1"], "history"),
    ],
)
def test_each_rule_is_looked_after(file: File, statements: list[str], kind: str) -> None:
    file.connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    file.connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        file.connection.exec_driver_sql(statement)
    assert kind in kinds(file)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE plan SET toml = 'id ='", "plans"),
        ("UPDATE plan SET toml = replace(toml, 'rates', 'rats')", "plans"),
        ("UPDATE plan SET key = 'another'", "plans"),
        ("UPDATE estimate SET input = 'nonsense'", "estimates"),
        ("UPDATE estimate SET carried = substr(input, 1, 40)", "estimates"),
        ("UPDATE estimate SET input = carried", "estimates"),
        ("UPDATE estimate SET input = x'00ff'", "estimates"),
        ("UPDATE estimate SET period = '2026-09'", "estimates"),
        ("UPDATE estimate SET period = 'May'", "values"),
        ("UPDATE estimate SET total = 1.5", "values"),
        ("UPDATE estimate SET company_id = 99", "links"),
    ],
)
def test_plans_of_her_own_and_kept_estimates_are_looked_after(file: File, statement: str, kind: str) -> None:
    company = companies.everyone(file)[0]
    plans.save(file, plans.copy_of("teaching-unilevel", file))
    estimates.keep(file, earnings.prepare(file, company, Period.parse("2026-10")).now())
    assert kinds(file) == []
    file.connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    file.connection.exec_driver_sql(statement)
    assert kind in kinds(file)


def test_a_broken_page_is_found_and_the_rest_goes_on_being_checked(file: File) -> None:
    (page,) = file.connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'product'").one()
    file.connection.exec_driver_sql("UPDATE setting SET value = '4711' WHERE key = 'owner'")
    file.close()
    raw = bytearray(file.path.read_bytes())
    raw[(page - 1) * 4096 : page * 4096] = b"\x0d" * 4096
    file.path.write_bytes(raw)
    assert {"structure", "owner"} <= set(kinds(file))


def test_a_file_that_can_not_be_read_at_all_is_refused(file: File) -> None:
    file.close()
    raw = bytearray(file.path.read_bytes())
    raw[100:4096] = b"\x0d" * 3996
    file.path.write_bytes(raw)
    with pytest.raises(Damaged):
        kinds(file)
