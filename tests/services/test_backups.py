"""Backups as she uses them: due by themselves, looked into, brought back from, restored; the PIN and the key."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.domain.retention import Rule
from organizer.domain.team import Member
from organizer.services import backups, check, companies, contacts, files, protection, screen_pin, team
from organizer.services.backups import Backup, Reason
from organizer.services.files import File, Locked, WrongSecret
from organizer.storage import team as stored_team

NOON = datetime(2026, 11, 23, 12, 0)


class Clock:
    """A clock that the test sets."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path, clock: Clock) -> Iterator[File]:
    file = files.create(tmp_path / "a.organizer", clock)
    companies.set_up(file, "Mette", "Vita")
    contacts.add(file, Contact(first_name="Anna"))
    yield file
    file.close()


def make(file: File, reason: Reason = Reason.ASKED) -> Backup:
    return backups.make(file, reason).now()


def test_one_is_due_at_opening_then_after_half_an_hour_with_changes_then_daily(file: File, clock: Clock) -> None:
    assert backups.due(file) is Reason.OPENING
    make(file, Reason.OPENING)
    clock.now += timedelta(hours=2)
    assert backups.due(file) is None
    contacts.add(file, Contact(first_name="Bo"))
    assert backups.due(file) is Reason.CHANGES
    make(file, Reason.CHANGES)
    contacts.add(file, Contact(first_name="Eva"))
    clock.now += timedelta(minutes=29)
    assert backups.due(file) is None
    clock.now += timedelta(minutes=1)
    assert backups.due(file) is Reason.CHANGES
    make(file)
    clock.now += timedelta(days=1)
    assert backups.due(file) is Reason.OPENING


def test_undoing_is_a_change_too(file: File, clock: Clock) -> None:
    make(file)
    clock.now += timedelta(hours=1)
    files.undo(file)
    assert backups.due(file) is Reason.CHANGES


def test_a_clock_set_back_keeps_no_backup_from_being_made_and_deletes_none(file: File, clock: Clock) -> None:
    first = make(file)
    clock.now -= timedelta(days=400)
    assert backups.due(file) is Reason.OPENING
    second = make(file)
    assert backups.due(file) is None, "one is enough"
    clock.now += timedelta(minutes=1)
    assert backups.due(file) is None
    assert {one.path for one in backups.every(file.path)} == {first.path, second.path}


def test_when_a_backup_was_verified_anew_is_told_by_the_clock(file: File, clock: Clock) -> None:
    made = make(file)
    clock.now += timedelta(days=3)
    assert backups.verify(made, clock=file.clock).now().verified == clock.now
    assert backups.every(file.path)[0].verified == NOON + timedelta(days=3)


def test_what_changed_since_is_counted(file: File) -> None:
    made = make(file)
    contacts.add(file, Contact(first_name="Bo"))
    contacts.add(file, Contact(first_name="Eva"))
    told = backups.since(file, made)
    assert told is not None
    assert (told.deeds, told.counts["contacts"], told.counts["members"]) == (2, 2, 0)


def test_one_contact_comes_back_from_a_backup_as_one_deed(file: File) -> None:
    made = make(file)
    (anna,) = contacts.rows(file)
    whole = contacts.get(file, anna.id)
    contacts.delete(file, [anna.id])
    inside = backups.look(made).now()
    assert (inside.owner, inside.counts["contacts"], inside.deeds[0].subject) == ("Mette", 1, "Anna")
    assert backups.missing(file, inside) == [(anna.id, "Anna")]
    again = backups.bring_back(file, backups.fetch_contact(made, anna.id).now())
    assert contacts.get(file, again) == whole
    assert backups.missing(file, inside) == []
    assert files.deed_name(files.deeds(file)[0]) == "Bring back Anna from a backup"
    files.undo(file)
    assert contacts.rows(file) == []


def test_a_team_member_who_left_contacts_becomes_a_contact_again(file: File) -> None:
    company = companies.everyone(file)[0]
    top = stored_team.members(file, company.id)[0]
    id_ = team.add_member(
        file, Member(company_id=company.id, sponsor_id=top.id), Contact(first_name="Bo", listed=True)
    )
    member = stored_team.get(file, id_)
    assert member is not None
    made = make(file)
    contacts.delete(file, [member.person_id])
    assert backups.bring_back(file, backups.fetch_contact(made, member.person_id).now()) == member.person_id
    assert [row.name for row in contacts.rows(file)] == ["Anna", "Bo"]
    assert check.check(file).now() == []


def test_somebody_who_is_not_in_the_backup_is_told(file: File) -> None:
    with pytest.raises(Refusal, match="isn't in the backup"):
        backups.fetch_contact(make(file), 4711).now()


def test_looking_leaves_nothing_behind(file: File) -> None:
    made = make(file)
    before = {path: path.stat().st_mtime_ns for path in made.path.parent.parent.rglob("*")}
    backups.look(made).now()
    after = {path: path.stat().st_mtime_ns for path in made.path.parent.parent.rglob("*") if path.is_file()}
    assert all(before[path] == time for path, time in after.items())


def test_a_restore_brings_the_day_back_and_keeps_the_present(file: File, clock: Clock) -> None:
    made = make(file)
    contacts.add(file, Contact(first_name="Bo"))
    file.close()
    clock.now += timedelta(hours=1)
    done = backups.restore(file.path, made, clock=clock).now()
    again = files.open_file(done.path, clock)
    assert [row.name for row in contacts.rows(again)] == ["Anna"]
    again.close()
    newest = backups.every(file.path)[0]
    assert (newest.reason, newest.path) == (Reason.RESTORE, done.aside)
    backups.restore(file.path, newest, clock=clock).now()
    again = files.open_file(done.path, clock)
    assert [row.name for row in contacts.rows(again)] == ["Anna", "Bo"]
    again.close()


def test_an_older_backup_asks_for_the_passphrase_of_its_day(file: File, clock: Clock) -> None:
    file.close()
    key = protection.change(file.path, None, "one").now()
    first = files.open_file(file.path, clock, "one")
    made = make(first)
    first.close()
    protection.change(file.path, key, "two").now()
    with pytest.raises(Locked):
        backups.look(made).now()
    with pytest.raises(WrongSecret):
        backups.look(made, "two").now()
    assert backups.look(made, "one").now().counts["contacts"] == 1


def test_backups_from_before_the_passphrase_go_only_once_an_encrypted_one_is_verified(
    file: File, clock: Clock
) -> None:
    make(file)
    file.close()
    old = protection.change(file.path, None, "an older one").now()
    older = files.open_file(file.path, clock, "an older one")
    outdated = make(older)
    older.close()
    key = protection.change(file.path, old, "one").now()
    assert key is not None
    assert len(protection.unprotected_backups(file.path)) == 1
    with pytest.raises(Refusal, match="none was deleted"):
        protection.remove_unprotected(file.path, key)
    again = files.open_file(file.path, clock, "one")
    made = make(again, Reason.PROTECTION)
    assert protection.remove_unprotected(again.path, key) == 1
    assert {one.path for one in backups.every(again.path)} == {outdated.path, made.path}
    again.close()


def test_the_passphrase_and_the_recovery_key_fit_and_nothing_else(tmp_path: Path) -> None:
    file = files.create(tmp_path / "b.organizer", passphrase="one")
    assert protection.fits(file, "one")
    assert protection.fits(file, protection.recovery_key(file))
    assert not protection.fits(file, "")
    assert not protection.fits(file, "One")
    file.close()


def test_a_pin_guards_the_screen_and_is_not_stored(file: File) -> None:
    assert not screen_pin.of(file)
    assert not screen_pin.of(file).fits("")
    screen_pin.choose(file, "4711")
    assert screen_pin.of(file)
    assert screen_pin.of(file).fits("4711")
    assert not screen_pin.of(file).fits("4712")
    assert files.undoable(file) is not None
    screen_pin.choose(file, "")
    assert not screen_pin.of(file)


def test_habits_are_kept_and_are_no_deeds(file: File, tmp_path: Path) -> None:
    deeds = len(files.deeds(file))
    assert screen_pin.lock_minutes(file) == 10
    screen_pin.set_lock_minutes(file, 0)
    assert screen_pin.lock_minutes(file) == 0
    backups.set_rule(file, Rule(1, 2, 3, 4))
    assert backups.rule(file) == Rule(1, 2, 3, 4)
    backups.set_second_folder(file, tmp_path)
    assert backups.second_folder(file) == tmp_path
    with pytest.raises(Refusal, match="can't be written"):
        backups.set_second_folder(file, tmp_path / "nowhere")
    backups.set_second_folder(file, None)
    assert backups.second_folder(file) is None
    assert len(files.deeds(file)) == deeds


def test_the_second_folder_is_known_when_the_file_can_not_be_opened(file: File, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    make(file)
    backups.set_second_folder(file, stick)
    make(file)
    file.close()
    file.path.write_bytes(b"ruined")
    assert sum(one.elsewhere for one in backups.every(file.path)) == 1
    for one in backups.every(file.path):
        if not one.elsewhere:
            one.path.unlink()
    (left,) = backups.every(file.path)
    backups.restore(file.path, left).now()
    files.open_file(file.path).close()


def test_a_copy_is_whole_and_its_own(file: File, tmp_path: Path) -> None:
    make(file)
    target = files.save_copy(file, tmp_path / "on a stick.organizer").now()
    copy = files.open_file(target)
    assert [row.name for row in contacts.rows(copy)] == ["Anna"]
    assert backups.every(target) == []
    assert check.check(copy).now() == []
    copy.close()


@pytest.mark.parametrize("name", ["a.organizer", "a.pdf", "a"])
def test_a_copy_never_lands_on_the_file_itself_or_under_another_kind_of_name(
    file: File, tmp_path: Path, name: str
) -> None:
    with pytest.raises(Refusal, match="Choose another place"):
        files.save_copy(file, tmp_path / name)


def test_what_is_open_can_be_saved_though_another_file_lies_at_its_path(file: File, tmp_path: Path) -> None:
    other = tmp_path / "other.organizer"
    files.create(other).close()
    other.replace(file.path)
    assert not file.is_current()
    with pytest.raises(files.Gone, match="different file"):
        contacts.add(file, Contact(first_name="Bo"))
    target = files.save_copy(file, tmp_path / "rescued.organizer").now()
    rescued = files.open_file(target)
    assert [row.name for row in contacts.rows(rescued)] == ["Anna"]
    rescued.close()


def test_copies_that_a_synced_folder_made_are_named(file: File, tmp_path: Path) -> None:
    made_by_sync = [
        "a (Mette's conflicted copy 2026-11-01).organizer",
        "a.sync-conflict-20261101-101010-ABCDEFG.organizer",
        "a-LAPTOP-7K2.organizer",
        "a (1).organizer",
    ]
    for name in [*made_by_sync, "another.organizer", "a.pdf", "ab.organizer", "a kept 2026.organizer"]:
        (tmp_path / name).touch()
    assert {path.name for path in files.conflict_copies(file.path)} == set(made_by_sync)


def test_the_check_names_bytes_that_changed_by_themselves(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "bytes_as_left", lambda: False)
    (found,) = check.check(file).now()
    assert "disk may be failing" in str(found.message)


def test_a_file_is_checked_by_its_path_while_a_window_has_it_open(file: File) -> None:
    assert check.check_path(file.path) == []
    contacts.add(file, Contact(first_name="Bo"))


def test_after_a_restore_the_abandoned_evening_is_another_state_not_nothing(file: File, clock: Clock) -> None:
    first = make(file)
    contacts.add(file, Contact(first_name="Bo"))
    evening = make(file)
    file.close()
    backups.restore(file.path, first, clock=clock).now()
    clock.now += timedelta(minutes=5)
    again = files.open_file(file.path, clock)
    assert backups.since(again, evening) is None
    assert backups.since(again, first) == backups.Since(0, dict.fromkeys(first.counts, 0))
    # as many deeds as in the evening, but others
    contacts.add(again, Contact(first_name="Eva"))
    assert backups.since(again, evening) is None
    again.close()


def test_a_copy_over_one_whose_write_was_cut_off_is_whole(file: File, tmp_path: Path) -> None:
    target = tmp_path / "weekly.organizer"
    files.save_copy(file, target).now()
    target.with_name("weekly.organizer-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    files.save_copy(file, target).now()
    assert not target.with_name("weekly.organizer-journal").exists()
    assert check.check_path(target) == []


def test_what_was_written_over_can_not_be_saved_as_if_it_were_hers(file: File, tmp_path: Path) -> None:
    other = files.create(tmp_path / "other.organizer")
    other.close()
    file.path.write_bytes(other.path.read_bytes())
    with pytest.raises(files.Gone, match="written over"):
        files.save_copy(file, tmp_path / "copy.organizer")


def test_a_check_of_a_file_whose_write_was_cut_off_says_what_to_do(file: File) -> None:
    code = (
        "import sys, os; from pathlib import Path; from datetime import datetime\n"
        "from organizer.services import files, contacts; from organizer.domain.contact import Contact\n"
        "f = files.open_file(Path(sys.argv[1]))\n"
        "f.connection.exec_driver_sql('PRAGMA cache_size = 1')\n"
        "with f.deed('x'):\n"
        "    for n in range(2000): f.connection.exec_driver_sql("
        "\"INSERT INTO setting(key, value) VALUES (?, 'x')\", (str(n),))\n"
        "    os._exit(9)\n"
    )
    file.close()
    subprocess.run([sys.executable, "-c", code, str(file.path)], check=False)
    assert file.path.with_name("a.organizer-journal").exists()
    with pytest.raises(Refusal, match="was cut off"):
        check.check_path(file.path)
    files.open_file(file.path).close()
    assert check.check_path(file.path) == []
