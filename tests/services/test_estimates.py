"""Estimates that are kept, and plans of her own, on real files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from organizer.domain.commission.parse import PlanError
from organizer.domain.company import Company
from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.domain.team import Member
from organizer.services import companies, earnings, estimates, files, plans, team
from organizer.storage import File
from organizer.storage import team as stored_team

OCTOBER = Period.parse("2026-10")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "hers.organizer", lambda: datetime(2026, 11, 23, 20, 15))
    companies.set_up(opened, "Anna Prøve", "Vita", "teaching-unilevel")
    company = companies.everyone(opened)[0]
    me = files.member_of_owner(opened, company.id)
    below = Member(company_id=company.id, sponsor_id=me, number="2")
    bo = team.add_member(opened, below, Contact(first_name="Bo", listed=False))
    team.set_volume(opened, me or 0, OCTOBER, "pv", 150_000)
    team.set_volume(opened, bo, OCTOBER, "pv", 200_000)
    team.set_volume(opened, bo, OCTOBER, "cv", 1_000_000)
    yield opened
    opened.close()


def the_company(file: File) -> Company:
    return companies.everyone(file)[0]


def estimate(file: File, period: Period = OCTOBER) -> earnings.Estimate:
    return earnings.prepare(file, the_company(file), period).now()


def test_a_kept_estimate_stays_as_it_was_when_the_team_changes(file: File) -> None:
    kept = estimates.keep(file, estimate(file))
    assert kept.total == 5000  # 5 % of 1,000 kr.
    me = files.member_of_owner(file, the_company(file).id) or 0
    team.set_volume(file, me, OCTOBER, "pv", 0)
    assert estimate(file).statement.total_minor == 0
    old = estimates.open_kept(file, the_company(file), "2026-10").now()
    assert old.statement.total_minor == 5000
    assert old.carry_note is None
    assert [old.name_of(line.source) for line in old.statement.components[1].lines] == ["Bo"]
    assert [one.total for one in estimates.everyone(file, the_company(file))] == [5000]


def test_keeping_again_replaces_and_can_be_undone(file: File) -> None:
    estimates.keep(file, estimate(file))
    me = files.member_of_owner(file, the_company(file).id) or 0
    team.set_volume(file, me, OCTOBER, "pv", 0)
    estimates.keep(file, estimate(file))
    assert [one.total for one in estimates.everyone(file, the_company(file))] == [0]
    files.undo(file)
    assert estimates.open_kept(file, the_company(file), "2026-10").now().statement.total_minor == 5000
    estimates.forget(file, the_company(file), OCTOBER)
    assert estimates.everyone(file, the_company(file)) == []
    with pytest.raises(Refusal, match="No estimate was kept"):
        estimates.open_kept(file, the_company(file), "2026-10")
    files.undo(file)
    assert len(estimates.everyone(file, the_company(file))) == 1


def test_keeping_the_same_again_is_no_deed(file: File) -> None:
    estimates.keep(file, estimate(file))
    newest = files.undoable(file)
    estimates.keep(file, estimate(file))
    assert files.undoable(file) == newest
    assert len(estimates.everyone(file, the_company(file))) == 1


def test_no_name_lies_in_what_is_kept(file: File) -> None:
    estimates.keep(file, estimate(file))
    packed = file.fetch("SELECT input FROM estimate", ())[0][0]
    assert "Bo" not in estimates.stored.unpacked(file.path, packed)
    assert "Anna" not in estimates.stored.unpacked(file.path, packed)


def test_a_former_member_has_no_name_in_an_old_estimate(file: File) -> None:
    estimates.keep(file, estimate(file))
    bo = next(iter(file.fetch("SELECT id FROM member WHERE number = '2'", ())))[0]
    team.remove_member(file, bo)
    old = estimates.open_kept(file, the_company(file), "2026-10").now()
    assert old.statement.total_minor == 5000
    assert old.name_of(1) == "a former member"


def test_a_damaged_kept_estimate_is_refused(file: File) -> None:
    estimates.keep(file, estimate(file))
    with file.deed("test", ""):
        file.connection.exec_driver_sql("UPDATE estimate SET input = 'nonsense'")
    with pytest.raises(Refusal, match="damaged"):
        estimates.open_kept(file, the_company(file), "2026-10")


def test_what_if_changes_nothing_that_is_stored(file: File) -> None:
    before = estimate(file)
    bo = before.team.numbers.index("2")
    more = earnings.what_if(before, earnings.Changes({"cv": {bo: 2_000_000}}))
    assert more.statement.total_minor == 10_000
    idle = earnings.what_if(before, earnings.Changes(active={before.team.me: False}))
    assert idle.statement.total_minor == 0
    assert before.statement.total_minor == 5000
    assert estimate(file).statement.total_minor == 5000


def test_her_own_copy_of_a_plan_is_changed_and_used(file: File) -> None:
    text = plans.copy_of("teaching-unilevel", file)
    mine = plans.save(file, text.replace("rates = [5, 4, 3, 3, 2]", "rates = [10, 4, 3, 3, 2]"))
    assert mine.id == "teaching-unilevel-2"
    assert mine.name.da == "Øveplan: unilevel (2)"
    company = the_company(file)
    companies.save(file, Company(company.id, company.name, mine.id, company.currency))
    assert estimate(file).statement.total_minor == 10_000
    assert mine in plans.available(file)
    assert plans.is_own(file, mine.id)
    assert not plans.is_own(file, "teaching-unilevel")
    with pytest.raises(Refusal, match="Vita goes by this plan"):
        plans.remove(file, mine.id)
    companies.save(file, Company(company.id, company.name, "teaching-unilevel", company.currency))
    plans.remove(file, mine.id)
    assert plans.own(file) == ()
    files.undo(file)
    assert plans.own(file) == (mine,)


def test_a_copy_keeps_the_comments(file: File) -> None:
    assert "# A plan to learn from." in plans.copy_of("teaching-unilevel", file)


def test_a_wrong_plan_is_not_stored(file: File) -> None:
    text = plans.copy_of("teaching-unilevel", file)
    with pytest.raises(PlanError):
        plans.save(file, text.replace('kind = "unilevel"', 'kind = "lottery"'))
    with pytest.raises(Refusal, match="comes with the program"):
        plans.save(file, plans.text_of("teaching-unilevel"))
    assert plans.own(file) == ()


def test_a_file_that_is_no_text_is_refused(file: File, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refusal, match="isn't a plan file"):
        plans.read_in(file, tmp_path / "plan.toml")
    assert plans.own(file) == ()


@pytest.mark.parametrize(
    ("periods", "known", "note"),
    [
        (1, [], None),
        (2, [], "September 2026 has no figures; they count as nothing."),
        (3, [], "August and September 2026 have no figures; they count as nothing."),
        (3, ["2026-08"], "September 2026 has no figures; they count as nothing."),
        (3, ["2026-08", "2026-09"], None),
        (4, ["2026-08"], "July and September 2026 have no figures; they count as nothing."),
        (5, ["2026-08"], "June 2026, July 2026, September 2026 have no figures; they count as nothing."),
        (11, [], "December 2025 to September 2026 have no figures; they count as nothing."),
    ],
)
def test_earlier_periods_without_figures_are_named(
    file: File, periods: int, known: list[str], note: str | None
) -> None:
    text = plans.copy_of("teaching-unilevel", file)
    mine = plans.save(file, text.replace("[active]\n", f"[active]\nperiods = {periods}\n"))
    company = the_company(file)
    companies.save(file, Company(company.id, company.name, mine.id, company.currency))
    me = files.member_of_owner(file, company.id) or 0
    for period in known:
        team.set_volume(file, me, Period.parse(period), "pv", 0)
    found = [one for one in map(str, estimate(file).notes) if "no figures" in one]
    assert found == ([note] if note else [])


def test_the_highest_rank_that_the_company_tells_of_is_known_without_a_kept_estimate(file: File) -> None:
    company = the_company(file)
    me = files.member_of_owner(file, company.id) or 0
    own = next(member for member in stored_team.members(file, company.id) if member.id == me)
    team.save_member(file, replace(own, highest_rank="Director"))
    assert str(estimate(file).statement.rank.highest) == "Director"


RANK_BELOW = """
[[ranks]]
id = "beginner"
name = { en = "Beginner", da = "Begynder" }
all = []
"""


def test_a_rank_added_below_leaves_what_was_kept_to_the_same_ranks(file: File) -> None:
    company = the_company(file)
    text = plans.copy_of("teaching-unilevel", file)
    mine = plans.save(file, text)
    companies.save(file, Company(company.id, company.name, mine.id, company.currency))
    kept = estimate(file)
    estimates.keep(file, kept)
    was = kept.plan.ranks[int(kept.snapshot.ranks[kept.team.me])].id
    before, header, after = text.partition("[[ranks]]")
    after = after.replace("depth = { ", "depth = { beginner = 1, ")
    changed = plans.save(file, before + RANK_BELOW.lstrip() + "\n" + header + after)
    assert changed.id == mine.id
    november = estimate(file, OCTOBER.shifted(1))
    entry = november.snapshot.carry["ranks"][november.team.me]
    assert november.plan.ranks[entry["rank"]].id == november.plan.ranks[entry["highest"]].id == was
    # an estimate that was kept before the ids were
    with file.deed("test", ""):
        stored = next(one for one in estimates.stored.whole(file))
        carried = json.loads(stored.carried)
        del carried["rank_ids"]
        estimates.stored.write(file, replace(stored, carried=json.dumps(carried)))
    november = estimate(file, OCTOBER.shifted(1))
    assert "ranks" not in november.snapshot.carry
    assert "which ranks were held isn't known" in str(november.carry_note)
    plans.save(file, text)
    november = estimate(file, OCTOBER.shifted(1))
    assert november.plan.ranks[november.snapshot.carry["ranks"][november.team.me]["rank"]].id == was
