"""A disk that is full, failing or read-only, a file that rots, is cut, replaced or pulled out: nothing is lost.

The long run over every step of every deed is `python -m tests.endurance.faults`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from endurance import deeds, rot
from endurance.bench import Bench
from endurance.faults import DEEDS, FAULTS, Fault, cut_off, sweep
from endurance.faulty_disk import FULL, READ_ONLY, WRITE_ERROR, Call, Disk, Failing, faulty_disk

from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.services import backups, contacts, files, protection
from organizer.services.backups import Reason
from organizer.services.files import Gone
from organizer.storage import File

ROOT = Path(__file__).parent.parent.parent

# most deeds meet every fault in the long run; here those that differ most in what they write
_SOME = ("add_contact", "undo", "import_team")


@pytest.fixture(scope="module")
def disk() -> Iterator[Disk]:
    with faulty_disk() as made:
        yield made


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory, disk: Disk) -> dict[bool, Bench]:
    patch = pytest.MonkeyPatch()
    made = {}
    for encrypted in (False, True):
        folder = tmp_path_factory.mktemp("bench")
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        made[encrypted] = Bench(folder, encrypted)
    patch.undo()
    return made


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def bench(request: pytest.FixtureRequest, benches: dict[bool, Bench], monkeypatch: pytest.MonkeyPatch) -> Bench:
    chosen = benches[request.param]
    monkeypatch.setenv("XDG_DATA_HOME", str(chosen.place.parent / "data"))
    return chosen


@pytest.fixture
def plain(benches: dict[bool, Bench], monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setenv("XDG_DATA_HOME", str(benches[False].place.parent / "data"))
    return benches[False]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_deed_that_the_disk_refuses_is_told_and_nothing_of_it_is_there(
    bench: Bench, disk: Disk, fault: Fault
) -> None:
    met: Counter[str] = Counter()
    for name in _SOME:
        met += sweep(bench, disk, DEEDS[name], fault, most=5)
    assert met["refused"] > 0 or "cut" in fault.name


def test_after_a_failing_disk_and_a_crash_the_file_is_as_before_or_as_after(bench: Bench, disk: Disk) -> None:
    fault = next(fault for fault in FAULTS if fault.name == "the whole disk gone")
    for step in range(0, 40, 5):
        cut_off(bench, disk, DEEDS["add_contact"], fault, step)


def test_a_backup_on_a_full_disk_is_refused_and_leaves_nothing(bench: Bench, disk: Disk) -> None:
    bench.fresh()
    file = bench.open()
    disk.hook = counting = Failing(frozenset({"write"}))
    made = backups.make(file, Reason.ASKED).now()
    disk.hook = None
    before = {one.path.name: one.path.read_bytes() for one in backups.every(file.path)}
    for step in range(0, counting.calls, max(1, counting.calls // 8)):
        disk.hook = Failing(frozenset({"write"}), step, FULL, for_ever=True)
        with pytest.raises(Refusal, match="disk is full"):
            backups.make(file, Reason.ASKED).now()
        disk.hook = None
        assert {one.path.name: one.path.read_bytes() for one in backups.every(file.path)} == before
        assert not [path for path in made.path.parent.iterdir() if "part" in path.name]
    assert backups.make(file, Reason.ASKED).now().verified
    assert deeds.digest(file) == bench.digest
    file.close()


@pytest.mark.parametrize("code", [FULL, WRITE_ERROR])
def test_a_passphrase_that_can_not_be_set_leaves_the_file_as_it_was(plain: Bench, disk: Disk, code: int) -> None:
    path = plain.fresh()
    disk.hook = counting = Failing(frozenset({"write"}))
    protection.change(path, None, "a long passphrase").now()
    disk.hook = None
    for step in range(0, counting.calls, max(1, counting.calls // 4)):
        plain.fresh()
        disk.hook = Failing(frozenset({"write"}), step, code, for_ever=True)
        with pytest.raises(Refusal):
            protection.change(path, None, "a long passphrase").now()
        disk.hook = None
        assert path.read_bytes() == plain.bytes
        assert not plain.strays()


def test_a_restore_that_the_disk_refuses_leaves_the_file_as_it_was(
    plain: Bench, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.fresh()
    file = plain.open()
    chosen = backups.make(file, Reason.ASKED).now()
    file.close()
    before = plain.path.read_bytes()
    real, left = os.fsync, 0

    def full(handle: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    refused = 0
    for room in range(30):
        left = room
        try:
            backups.restore(plain.path, chosen).now()
        except Refusal:
            refused += 1
            assert plain.path.read_bytes() == before
            assert not plain.strays()
        else:
            break
    assert refused >= 2
    assert not plain.strays()


def test_a_read_only_file_is_told_at_opening(bench: Bench, disk: Disk) -> None:
    bench.fresh()
    disk.hook = lambda call: READ_ONLY if call.op == "open" else 0
    with pytest.raises(Refusal, match="read-only"):
        bench.open()
    disk.hook = None
    assert bench.path.read_bytes() == bench.bytes


_AS_NOBODY = """
import os, sys
from pathlib import Path
sys.path[:0] = {path!r}
from organizer.services import files
if os.getuid() == 0:
    os.setuid(65534)
os.environ["XDG_DATA_HOME"] = "/nonexistent"
try:
    files.open_file(Path(sys.argv[1])).close()
    print("opened")
except files.Busy as refusal:
    print("busy", refusal)
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions of that kind")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_or_a_folder_without_permission_to_write_is_told(what: str, plain: Bench) -> None:
    path = plain.fresh()
    # her own folder in which the one who may not write can still look
    for folder in (path.parent, *path.parent.parents):
        if not os.access(folder, os.X_OK) or folder.stat().st_mode & 0o005 != 0o005:
            if folder.stat().st_uid != os.getuid() or not str(folder).startswith(str(path.parent.parent.parent)):
                break
            folder.chmod(0o755)
    path.parent.chmod(0o777 if what == "file" else 0o555)
    path.chmod(0o444 if what == "file" else 0o666)
    try:
        code = _AS_NOBODY.format(path=[str(ROOT)])
        command = [sys.executable, "-c", code, str(path)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o600)
    assert answer.stdout.startswith("Refusal"), answer.stdout + answer.stderr
    assert path.read_bytes() == plain.bytes


@pytest.mark.parametrize("data", ["flipped", "cut"])
def test_a_file_that_rotted_is_noticed_and_never_a_fault(bench: Bench, data: str) -> None:
    made = rot.flipped(bench, Random(3), 60) if data == "flipped" else rot.cut(bench, Random(3), 30)
    met = Counter(rot.outcome(bench, changed) for changed in made)
    assert met["silently wrong"] == 0, met


@pytest.mark.parametrize("name", ["row_id", "tbl", "image"])
def test_a_letter_that_changed_in_the_schema_is_told_as_damage(plain: Bench, name: str) -> None:
    spoilt = name[:-1] + "U"
    changed = plain.bytes.replace(f"\n\t{name} ".encode(), f"\n\t{spoilt} ".encode())
    assert changed != plain.bytes
    assert rot.outcome(plain, changed) != "silently wrong"


def test_without_a_seal_an_encrypted_file_still_tells_every_flipped_byte(
    benches: dict[bool, Bench], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bench = benches[True]
    # as on another computer, which doesn't know how the file was left
    for number, changed in enumerate(rot.flipped(bench, Random(4), 40)):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / f"{number}"))
        assert rot.outcome(bench, changed) in {"refused at opening", "refused in use", "unchanged"}


def test_a_clock_that_was_set_back_stops_neither_deeds_nor_backups(plain: Bench) -> None:
    plain.fresh()
    file = plain.open()
    newest = backups.make(file, Reason.ASKED).now()
    file.clock = lambda: deeds.clock() - timedelta(days=400)
    contacts.add(file, Contact(first_name="Earlier"))
    assert files.deeds(file)[0].at < deeds.clock().isoformat()
    assert backups.due(file) is Reason.OPENING
    made = backups.make(file, Reason.OPENING).now()
    assert made.verified
    assert {newest.path, made.path} <= {one.path for one in backups.every(file.path)}
    files.undo(file)
    assert not any(row.name == "Earlier" for row in contacts.rows(file))
    file.close()


def _with_hot_journal(bench: Bench, disk: Disk) -> bytes:
    """Leave the file in the midst of a deed, as a crash does; the journal that undoes it."""
    bench.fresh()
    file = bench.open()
    left: dict[str, bytes] = {}

    def hook(call: Call) -> int:
        if call.op == "delete" and not left:
            journal = Path(call.path)
            left["journal"], left["file"] = journal.read_bytes(), bench.path.read_bytes()
        return 0

    disk.hook = hook
    DEEDS["import_team"](file)
    disk.hook = None
    file.close()
    bench.path.write_bytes(left["file"])
    bench.path.with_name(f"{bench.path.name}-journal").write_bytes(left["journal"])
    return left["journal"]


def test_a_journal_left_by_a_crash_takes_the_half_deed_back(bench: Bench, disk: Disk) -> None:
    _with_hot_journal(bench, disk)
    file = bench.open()
    assert deeds.digest(file) == bench.digest
    assert deeds.troubles(file) == []
    file.close()
    assert bench.strays() == set()


def test_without_its_journal_a_half_deed_is_whole_or_refused(bench: Bench, disk: Disk) -> None:
    _with_hot_journal(bench, disk)
    bench.path.with_name(f"{bench.path.name}-journal").unlink()
    # the journal was all that told of the deed: at this moment all of its pages were on the disk
    file = bench.open()
    assert deeds.troubles(file) == []
    file.close()


def test_a_journal_that_is_no_journal_does_no_harm(bench: Bench) -> None:
    for content in (b"", b"\x00" * 5000, b"her letters" * 500, Random(1).randbytes(9000)):
        bench.fresh()
        bench.path.with_name(f"{bench.path.name}-journal").write_bytes(content)
        file = bench.open()
        assert deeds.digest(file) == bench.digest
        contacts.add(file, Contact(first_name="Afterwards"))
        file.close()
        assert bench.strays() == set()


def test_a_restore_over_a_file_in_the_midst_of_a_deed_is_not_ruined_by_its_journal(
    bench: Bench, disk: Disk
) -> None:
    bench.fresh()
    file = bench.open()
    chosen = backups.make(file, Reason.ASKED).now()
    file.close()
    _with_hot_journal(bench, disk)
    key = bench.secret if bench.secret else None
    backups.restore(bench.path, chosen, bench.secret, key).now()  # type: ignore[arg-type]
    file = bench.open()
    assert deeds.digest(file) == bench.digest
    assert deeds.troubles(file) == []
    file.close()


def _refused_and_kept(file: File) -> None:
    before = deeds.digest(file)
    assert not file.is_current()
    with pytest.raises(Gone):
        contacts.add(file, Contact(first_name="Lost"))
    with pytest.raises(Gone):
        files.undo(file)
    assert deeds.digest(file) == before


def test_a_file_replaced_while_it_is_open_gets_no_deed(bench: Bench, tmp_path: Path) -> None:
    bench.fresh()
    file = bench.open()
    other = tmp_path / "other"
    shutil.copy(bench.path, other)
    theirs = other.read_bytes()
    other.replace(bench.path)
    _refused_and_kept(file)
    copy = files.save_copy(file, tmp_path / "saved.organizer").now()
    file.close()
    assert bench.path.read_bytes() == theirs
    saved = files.open_file(copy, datetime.now, bench.secret)
    assert [row.name for row in contacts.rows(saved)]
    saved.close()


def test_a_stick_that_is_pulled_out_gets_no_deed_and_works_again_when_it_is_back(bench: Bench) -> None:
    bench.fresh()
    file = bench.open()
    away = bench.place.with_name("away")
    bench.place.rename(away)
    with pytest.raises(Gone, match="pulled out"):
        contacts.add(file, Contact(first_name="Lost"))
    away.rename(bench.place)
    contacts.add(file, Contact(first_name="Back again"))
    file.close()
    file = bench.open()
    names = [row.name for row in contacts.rows(file)]
    assert "Back again" in names
    assert "Lost" not in names
    file.close()


def test_a_missing_file_and_a_missing_folder_are_told(plain: Bench) -> None:
    path = plain.fresh()
    path.unlink()
    with pytest.raises(Refusal, match="is not there"):
        plain.open()
    with pytest.raises(Refusal, match="is not there"):
        files.open_file(path.parent / "gone" / "a.organizer")


def test_a_file_cut_by_another_program_while_it_is_open_gets_no_deed(bench: Bench) -> None:
    for size in (0, 4096, len(bench.bytes) // 2 // 4096 * 4096, 5000):
        bench.fresh()
        file = bench.open()
        os.truncate(bench.path, size)
        with pytest.raises(Refusal):
            contacts.add(file, Contact(first_name="Lost"))
            rot.read_everything(file)
        file.close()
        with pytest.raises(Refusal):
            bench.open()


def test_what_a_kill_left_of_a_list_or_a_seal_is_removed_by_a_later_backup(plain: Bench) -> None:
    plain.fresh()
    file = plain.open()
    folder = backups.make(file, Reason.ASKED).now().path.parent
    for name, hours in ((".organizer-old", 2), (".organizer-now", 0)):
        (folder / name).write_text("half")
        then = time.time() - hours * 3600
        os.utime(folder / name, (then, then))
    backups.make(file, Reason.ASKED).now()
    assert [path.name for path in folder.glob(".organizer-*")] == [".organizer-now"]
    file.close()


def test_a_restore_deletes_no_backup_that_her_rule_keeps(plain: Bench) -> None:
    plain.fresh()
    file = plain.open()
    backups.set_rule(file, backups.Rule(24, 1000, 1000, 1000))
    for day in range(30):
        file.clock = lambda day=day: deeds.clock() + timedelta(days=day)  # type: ignore[misc]
        chosen = backups.make(file, Reason.ASKED).now()
    file.close()
    before = {one.path for one in backups.every(plain.path)}
    backups.restore(plain.path, chosen, clock=lambda: deeds.clock() + timedelta(days=31)).now()
    assert before < {one.path for one in backups.every(plain.path)}
