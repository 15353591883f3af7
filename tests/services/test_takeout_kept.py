"""Plans of her own and kept estimates: out, and in again under other ids, as they were; or a clear no."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from takeout_support import clock, contents

from organizer.domain.company import Company
from organizer.domain.contact import Contact
from organizer.domain.period import Period, written
from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Member
from organizer.i18n import say
from organizer.services import companies, contacts, earnings, estimates, files, plans, takeout, team
from organizer.services.earnings import Estimate
from organizer.storage import File
from organizer.storage import estimates as stored_estimates
from organizer.storage import everything as stored
from organizer.storage import team as stored_team

OCTOBER = Period.parse("2026-10")
WEEK, NEXT = written("2026-W43"), written("2026-W44")
OWN = "teaching-binary-2"


def created(path: Path) -> File:
    file = files.create(path, clock)
    # speed only: nothing here tests power cuts
    file.connection.exec_driver_sql("PRAGMA synchronous = OFF")
    return file


def fill(file: File) -> None:
    """Two companies, the binary one by a plan of her own; who is in its team has ids with holes between them."""
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    for number in range(5):
        contacts.add(file, Contact(first_name=f"Kontakt {number}"))
    vita = companies.everyone(file)[0]
    for name in ("Ida", "Jens"):
        grow(file, vita, name, 1)
    plans.save(file, plans.copy_of("teaching-binary", file))
    companies.add(file, "Duft", OWN)
    duft = companies.everyone(file)[1]
    me = stored_team.members(file, duft.id)[0].id
    anna, bo = grow(file, duft, "Anna", me), grow(file, duft, "Bo", me)
    grow(file, duft, "Carl", anna)
    for member, amount in ((me, 200_000), (anna, 700_000), (bo, 300_000)):
        for period in (WEEK, NEXT):
            team.set_volume(file, member, period, "pv", amount)
    gone = grow(file, duft, "Dora", bo)
    team.set_volume(file, gone, WEEK, "pv", 150_000)
    for company, period in ((vita, OCTOBER), (duft, WEEK)):
        estimates.keep(file, earnings.prepare(file, company, period).now())
    team.remove_member(file, gone)


def grow(file: File, company: Company, name: str, above: int) -> int:
    new = Member(
        company_id=company.id, sponsor_id=above, number=name, leg={"Anna": "left", "Bo": "right"}.get(name, "")
    )
    return team.add_member(file, new, Contact(first_name=name, listed=False))


@pytest.fixture(scope="module")
def folder_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("out")
    file = created(place / "a.organizer")
    fill(file)
    made = takeout.take_out(file, place).now()
    file.close()
    return made.folder


@pytest.fixture
def folder(folder_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder_once, tmp_path / "copy")) / "tables"


@pytest.fixture
def source(tmp_path: Path) -> Iterator[File]:
    made = created(tmp_path / "a.organizer")
    fill(made)
    yield made
    made.close()


@pytest.fixture
def target(tmp_path: Path) -> Iterator[File]:
    """An empty file in which others were before, so that nobody gets the id she had."""
    made = created(tmp_path / "b.organizer")
    files.rename_owner(made, "Lone")
    companies.add(made, "Before")
    for number in range(9):
        team.add_member(made, Member(company_id=1, sponsor_id=1, number=str(number)), Contact(first_name="X"))
    while files.undo(made):
        pass
    yield made
    made.close()


def shown(estimate: Estimate) -> list[object]:
    statement = estimate.statement
    lines = [
        (component.id, estimate.name_of(line.source) if line.source is not None else "", line.minor, line.reason)
        for component in statement.components
        for line in component.lines
    ]
    return [statement.total_minor, estimate.plan.id, estimate.snapshot.carry, estimate.carry_note, *lines]


def opened(file: File) -> list[list[object]]:
    return [
        shown(estimates.open_kept(file, company, kept.period).now())
        for company in companies.everyone(file)
        for kept in estimates.everyone(file, company)
    ]


def bring_in(folder: Path, target: File) -> None:
    found = takeout.read_taken_out(folder).now()
    assert (found.problems, found.changed) == ([], [])
    takeout.take_in(target, found)


def test_each_has_a_file_of_its_own_beside_a_list_to_read(folder_once: Path) -> None:
    tables = folder_once / "tables"
    assert sorted(path.name for path in (tables / "estimates").iterdir()) == ["1-2026-10.json", "2-2026-W43.json"]
    assert (tables / "plans" / f"{OWN}.toml").read_text("utf-8").startswith("# A plan to learn from.")
    listed = (tables / "estimates.csv").read_text("utf-8-sig").splitlines()
    assert listed[0] == "Company id;Period;Kept;Plan;Plan version;Currency;Total;(Company);(File)"
    assert listed[2].startswith(f"2;2026-W43;2026-11-23 09:30:00;{OWN};")
    assert listed[2].endswith(";Duft;estimates/2-2026-W43.json")
    readme = (folder_once / "README.txt").read_text("utf-8-sig")
    assert "Plans of your own: 1" in readme
    assert "Kept estimates: 2" in readme
    for name in (f"tables/plans/{OWN}.toml", "tables/estimates/2-2026-W43.json", "tables/estimates.csv"):
        assert f"{name}\n    " in readme


def test_they_come_in_again_as_they_were_although_everybody_has_another_id(
    source: File, target: File, folder: Path
) -> None:
    bring_in(folder, target)
    before, after = ([m.id for m in stored_team.members(file, 2)] for file in (source, target))
    assert not set(before) & set(after)
    assert contents(target) == contents(source)
    assert [plan.id for plan in plans.own(target)] == [OWN]
    kept = opened(target)
    assert kept == opened(source)
    assert kept[1][0] == opened(source)[1][0] != 0
    names = {line[1] for line in kept[1][4:]}
    assert {"Anna", "Bo"} <= names


def test_the_next_period_gets_the_same_carried_in(source: File, target: File, folder: Path) -> None:
    bring_in(folder, target)
    made = [earnings.prepare(file, companies.everyone(file)[-1], NEXT).now() for file in (source, target)]
    assert shown(made[0]) == shown(made[1])
    assert any(figures for section in made[1].snapshot.carry.values() for figures in section.values())
    assert "taken from the estimate" in str(made[1].carry_note)


def test_nobody_new_gets_the_id_of_somebody_who_left(target: File, folder: Path) -> None:
    bring_in(folder, target)
    duft = companies.everyone(target)[-1]
    kept = stored_estimates.of_period(target, duft.id, "2026-W43")
    assert kept is not None
    data = json.loads(kept.made_from)
    there = {member.id for member in stored_team.members(target, duft.id)}
    (gone,) = set(data["ids"]) - there
    assert data["ids"] == sorted(data["ids"])
    assert grow(target, duft, "Eva", min(there)) > gone
    (person,) = (id_ for id_, member in zip(data["people"], data["ids"], strict=True) if member == gone)
    assert person < 0
    assert "Eva" not in str(opened(target))


def test_out_and_in_twice_changes_nothing(source: File, target: File, folder: Path, tmp_path: Path) -> None:
    bring_in(folder, target)
    again = takeout.take_out(target, tmp_path).now().folder
    third = created(tmp_path / "c.organizer")
    bring_in(again, third)
    assert contents(third) == contents(source)
    assert opened(third) == opened(source)
    third.close()


def test_undo_takes_them_away_and_redo_brings_them_again(target: File, folder: Path) -> None:
    bring_in(folder, target)
    after = contents(target)
    files.undo(target)
    assert takeout.why_not(target) is None
    assert (plans.own(target), stored.read(target).counts["estimates"]) == ((), 0)
    files.redo(target)
    assert contents(target) == after


def test_a_file_with_a_plan_of_her_own_is_not_empty(target: File, folder: Path) -> None:
    plans.save(target, plans.copy_of("teaching-binary", target))
    with pytest.raises(Refusal, match="plans of your own: 1"):
        takeout.take_in(target, takeout.read_taken_out(folder).now())


def test_a_plan_that_this_version_can_not_read_goes_out_and_in_as_it_is(
    source: File, target: File, tmp_path: Path
) -> None:
    newer = plans.text_of(OWN, source).replace('kind = "binary"', 'kind = "of-tomorrow"')
    with source.deed("plan.change", OWN):
        stored.plans.write(source, OWN, newer)
    bring_in(takeout.take_out(source, tmp_path).now().folder, target)
    assert list(plans.unreadable(target)) == [OWN]
    assert stored.read(target).plans == {OWN: newer}


def test_an_id_that_no_disk_takes_is_no_hindrance(source: File, target: File, tmp_path: Path) -> None:
    text = plans.text_of(OWN, source)
    ids = ["con", "x" * 300, "x" * 299]
    for key in ids:
        plans.save(source, text.replace(f'id = "{OWN}"', f'id = "{key}"', 1))
    taken = takeout.take_out(source, tmp_path).now()
    names = [Path(name).name for name in taken.files if name.endswith(".toml")]
    assert len(set(names)) == 4
    assert "con.toml" not in names
    assert max(map(len, names)) < 100
    bring_in(taken.folder, target)
    assert set(stored.read(target).plans) == {OWN, *ids}


def test_a_period_that_leads_elsewhere_stays_in_the_folder(source: File, tmp_path: Path) -> None:
    with source.deed("estimate.keep", "x"):
        source.connection.exec_driver_sql("UPDATE estimate SET period = '../../../out' WHERE company_id = 1")
        source.connection.exec_driver_sql("UPDATE plan SET key = '../../out'")
    taken = takeout.take_out(source, tmp_path).now()
    assert all((taken.folder / name).resolve().is_relative_to(taken.folder.resolve()) for name in taken.files)
    assert not list(tmp_path.glob("out*"))


def test_what_a_damaged_estimate_was_made_from_stops_the_taking_out(source: File, tmp_path: Path) -> None:
    with source.deed("estimate.keep", "x"):
        source.connection.exec_driver_sql("UPDATE estimate SET input = 'nonsense'")
    place = tmp_path / "out"
    place.mkdir()
    with pytest.raises(Refusal, match="is damaged"):
        takeout.take_out(source, place).now()
    assert list(place.iterdir()) == []


# --- broken folders

Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


def changed(change: Callable[[dict], object]) -> Change:
    def rewrite(text: str) -> str:
        data = json.loads(text)
        change(data)
        return json.dumps(data)

    return rewrite


def in_made_from(name: str, value: object) -> Change:
    return changed(lambda data: data["made_from"].__setitem__(name, value))


PLAN, KEPT = f"plans/{OWN}.toml", "estimates/2-2026-W43.json"
BROKEN = [
    (PLAN, swap("[[", "[[["), PLAN, "isn't written in the plan format"),
    (PLAN, swap('kind = "binary"', 'kind = "lottery"'), PLAN, "lottery"),
    (PLAN, swap(f'id = "{OWN}"', "id = 7"), PLAN, "id"),
    (KEPT, lambda text: text[: len(text) // 2], KEPT, "isn't what a kept estimate was made from"),
    (KEPT, lambda text: "[" * 100_000, KEPT, "isn't what a kept estimate was made from"),
    (KEPT, lambda text: "[]", KEPT, "isn't what a kept estimate was made from"),
    (KEPT, swap('"me":0', '"me":0.5'), KEPT, "isn't what a kept estimate was made from"),
    (KEPT, swap('"me":0', '"me":99'), KEPT, "“me” isn't as it was written"),
    (KEPT, swap('"me":0', '"me":NaN'), KEPT, "isn't what a kept estimate was made from"),
    (KEPT, changed(lambda data: data["former"]["members"].clear()), KEPT, "no member with the id 8"),
    (KEPT, changed(lambda data: data["former"]["people"].clear()), KEPT, "no contact with the id"),
    (KEPT, changed(lambda data: data.pop("former")), KEPT, "isn't what a kept estimate was made from"),
    (KEPT, in_made_from("ids", [4, 5, 6, 7, 777]), KEPT, "no member with the id 777"),
    (KEPT, in_made_from("ids", [4, 4, 5, 6, 7]), KEPT, "“ids” isn't as it was written"),
    (KEPT, in_made_from("ids", [4, 5, 6, 7]), KEPT, "“people” isn't as it was written"),
    (KEPT, in_made_from("ids", "45678"), KEPT, "“ids” isn't as it was written"),
    (KEPT, in_made_from("sponsor", [1, 0, 0, 1, 2]), KEPT, "“sponsor” isn't as it was written"),
    (KEPT, in_made_from("sponsor", [-1, 0, 0, 1, 77]), KEPT, "“sponsor” isn't as it was written"),
    (KEPT, in_made_from("kinds", ["boss"] * 5), KEPT, "“kinds” isn't as it was written"),
    (KEPT, in_made_from("joined", ["2021-13-01"] * 5), KEPT, "“joined” isn't as it was written"),
    (KEPT, in_made_from("volumes", {"pv": [True] * 5}), KEPT, "“volumes” isn't as it was written"),
    (KEPT, in_made_from("volumes", {"pv": [10**30] * 5}), KEPT, "“volumes” isn't as it was written"),
    (KEPT, in_made_from("orders", [[9, "2026-10-01", {}]]), KEPT, "“orders” isn't as it was written"),
    (KEPT, in_made_from("carry", {"team": {"me": {}}}), KEPT, "“carry” isn't as it was written"),
    (KEPT, in_made_from("carry", {"team": {"777": {}}}), KEPT, "no member with the id 777"),
    (KEPT, in_made_from("period", "2026-09"), KEPT, "“period” isn't as it was written"),
    (KEPT, in_made_from("plan", "id ="), KEPT, "isn't written in the plan format"),
    (KEPT, changed(lambda data: data.update(carried={"team": {"4": {"left": "1"}}})), KEPT, "“carried” isn't"),
    (KEPT, changed(lambda data: data.update(carried={"team": {"777": {}}})), KEPT, "no member with the id 777"),
    ("estimates.csv", swap("\r\n2;2026-W43", "\r\n1;2026-10"), "estimates.csv", "more than one estimate"),
    ("estimates.csv", swap("\r\n2;2026-W43", "\r\n9;2026-W43"), "estimates/9-2026-W43.json", "is missing"),
    ("estimates.csv", swap("\r\n2;2026-W43", "\r\n2;2026-20"), "estimates.csv", "“2026-20” is no period"),
    ("estimates.csv", swap("2026-11-23 09:30:00", "yesterday"), "estimates.csv", "is not a date and time"),
    ("estimates.csv", swap(";DKK;", ";DKK;1"), "estimates.csv", "The figures add up to"),
    ("estimates.csv", swap(";DKK;", ";DKK;x"), "estimates.csv", "is not a figure"),
    ("estimates.csv", swap("DKK", "kr"), "estimates.csv", "three letters"),
    ("estimates.csv", lambda text: text[: text.index("\r\n2;") + 2], "estimates.csv", "1 rows where 2"),
    ("contents.csv", swap("plans/", "plans/../"), "contents.csv", f"line about {PLAN} is missing"),
    ("contents.csv", swap("estimates/2", "estimates/7"), "contents.csv", f"line about {KEPT} is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "file", "reason"), BROKEN, ids=[f"{c[0]} {c[3][:40]}" for c in BROKEN])
def test_what_is_broken_is_told_with_its_file_and_nothing_goes_in(
    folder: Path, target: File, name: str, change: Change, file: str, reason: str
) -> None:
    mark = "utf-8-sig" if name.endswith(".csv") else "utf-8"
    text = (folder / name).read_bytes().decode(mark)
    assert change(text) != text
    (folder / name).write_bytes(change(text).encode(mark))
    found = takeout.read_taken_out(folder).now()
    told = [(p.file, say(p.problem.message.text, p.problem.message.values)) for p in found.problems]
    assert [one for one in told if one[0] == file and reason in one[1]], told
    with pytest.raises(Refusal, match="nothing was brought in"):
        takeout.take_in(target, found)
    assert takeout.why_not(target) is None


@pytest.mark.parametrize("name", [PLAN, KEPT])
def test_a_file_that_is_gone_or_no_text_is_told(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\xff\xfe")
    assert [p.file for p in takeout.read_taken_out(folder).now().problems] == [name]
    (folder / name).unlink()
    (problem,) = takeout.read_taken_out(folder).now().problems
    assert (problem.file, str(problem.problem.message)) == (name, "This file is missing.")


def test_two_plans_of_one_id_are_told_and_an_unlisted_one_too(folder: Path) -> None:
    shutil.copy(folder / PLAN, folder / "plans" / "other.toml")
    (folder / "plans" / "._other.toml").write_bytes(b"\x00\x05\x16\x07")
    told = {(p.file, str(p.problem.message)) for p in takeout.read_taken_out(folder).now().problems}
    assert told == {
        ("contents.csv", "The line about plans/other.toml is missing."),
        (PLAN, f"The id {OWN} is there more than once."),
    }


def test_a_plan_that_was_changed_and_still_fits_goes_in_and_is_told(folder: Path, target: File) -> None:
    text = (folder / PLAN).read_text("utf-8")
    (folder / PLAN).write_text(f"# looked at\n{text}", "utf-8")
    found = takeout.read_taken_out(folder).now()
    assert (found.problems, found.changed) == ([], [PLAN])
    takeout.take_in(target, found)
    assert plans.text_of(OWN, target).startswith("# looked at")


def test_who_is_cancelled_keeps_her_place_in_what_was_kept(source: File, target: File, tmp_path: Path) -> None:
    duft = companies.everyone(source)[-1]
    bo = next(member for member in stored_team.members(source, duft.id) if member.number == "Bo")
    team.save_member(source, replace(bo, kind=Kind.CANCELLED, leg=""))
    estimates.keep(source, earnings.prepare(source, duft, NEXT).now())
    bring_in(takeout.take_out(source, tmp_path).now().folder, target)
    assert opened(target) == opened(source)
    assert contents(target) == contents(source)
