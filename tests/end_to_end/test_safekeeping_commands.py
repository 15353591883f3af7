"""The commands that keep her data safe, as scripts and people at a terminal use them."""

import json
import os
import pty
import select
import shlex
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from organizer import cli
from organizer.services import backups, files, screen_pin

DATA = Path(__file__).parent.parent / "data"
PASSPHRASE = "grøn hest på loftet 7"
OTHER = "blå stol i skoven 9"


@pytest.fixture
def db(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "a.organizer"
    assert run(path, "--company", "Vita", "new", "--owner", "Karen Holm", "--plan", "teaching-unilevel") == 0
    assert run(path, "import", "contacts", str(DATA / "contacts_google.csv"), "--without-backup") == 0
    capsys.readouterr()
    return path


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    path = tmp_path / "key.txt"
    path.write_text(f"{PASSPHRASE}\nnot read\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def locked(db: Path, key_file: str, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(db, "passphrase", "set", "--new-passphrase-file", key_file) == 0
    capsys.readouterr()
    return db


def run(db: Path, *arguments: str) -> int:
    return cli.main(["--file", str(db), "--lang", "en", *arguments])


def people(db: Path, secret: str = "") -> int:
    file = files.open_file(db, secret=secret)
    try:
        return backups.counts_now(file)["contacts"]
    finally:
        file.close()


def break_a_link(db: Path) -> None:
    """Somebody wrote into the file with another program."""
    with sqlite3.connect(db) as connection:
        connection.execute("INSERT INTO person_phone(person_id, value) VALUES (9999, '1')")
    connection.close()


# check


def test_check_of_a_sound_file_and_of_a_broken_one(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "check") == cli.OK
    assert capsys.readouterr().out.startswith("All is well in ")
    assert run(db, "backup") == cli.OK
    capsys.readouterr()
    break_a_link(db)
    before = db.read_bytes()
    assert run(db, "check") == cli.PARTLY
    told = capsys.readouterr().out
    assert "not as it should be" in told
    assert str(backups.newest_verified(db).path) in told
    assert run(db, "check", "--json") == cli.PARTLY
    record = json.loads(capsys.readouterr().out)
    assert record["ok"] is False
    assert all(finding["kind"] and finding["message"] for finding in record["findings"])
    assert record["newest_verified_backup"]["path"] == str(backups.newest_verified(db).path)
    assert db.read_bytes() == before


def test_check_as_json_of_a_sound_file(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "check", "--json") == cli.OK
    record = json.loads(capsys.readouterr().out)
    assert record == {"file": str(db), "ok": True, "findings": [], "newest_verified_backup": None}


def test_check_of_what_cannot_be_read_is_refused_with_the_way_back(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "backup") == cli.OK
    db.write_bytes(b"\0" * 5000)
    capsys.readouterr()
    assert run(db, "check") == cli.REFUSED
    told = capsys.readouterr()
    assert told.out == ""
    assert "The way back is the backup of" in told.err
    assert run(db, "restore", "newest") == cli.OK
    assert run(db, "check") == cli.OK
    assert people(db) == 80


def test_check_while_a_window_has_the_file_open(db: Path) -> None:
    file = files.open_file(db)
    try:
        command = [sys.executable, "-m", "organizer", "--lang", "en", "--file", str(db), "check"]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (answer.returncode, answer.stderr) == (cli.OK, "")
        # and the window goes on as if nothing had been
        files.rename_owner(file, "Karen Holm Lund")
    finally:
        file.close()


# backups


def test_backups_are_made_listed_and_verified(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "backup", "--list") == cli.OK
    assert "There is no backup" in capsys.readouterr().out
    assert run(db, "backup", "--verify") == cli.REFUSED
    capsys.readouterr()
    assert run(db, "backup") == cli.OK
    assert "80 contacts" in capsys.readouterr().out
    made = backups.newest_verified(db)
    assert run(db, "backup", "--list") == cli.OK
    told = capsys.readouterr().out
    assert str(made.path) in told
    assert "you asked for it" in told
    assert run(db, "backup", "--verify") == cli.OK
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    assert run(db, "backup", "--verify") == cli.PARTLY
    assert backups.newest_verified(db) is None


def test_a_look_changes_nothing_and_a_restore_keeps_what_was_there(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "backup") == cli.OK
    name = backups.newest_verified(db).path.name
    assert run(db, "import", "products", str(DATA / "products.csv")) == cli.OK
    before = db.read_bytes()
    capsys.readouterr()
    assert run(db, "restore", name, "--look") == cli.OK
    told = capsys.readouterr().out
    assert "The file of Karen Holm" in told
    assert "Import contacts from contacts_google.csv" in told
    assert db.read_bytes() == before
    assert run(db, "restore", name) == cli.OK
    told = capsys.readouterr().out
    kept = Path(told.splitlines()[1].removeprefix("What was there is kept: "))
    assert people(db) == 80
    file = files.open_file(db)
    assert backups.counts_now(file)["products"] == 0
    file.close()
    # the one kept aside has what was done since
    assert run(db, "restore", str(kept)) == cli.OK
    file = files.open_file(db)
    assert backups.counts_now(file)["products"] > 0
    file.close()


def test_a_backup_is_taken_from_anywhere_but_never_the_file_itself(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "restore", "no such one") == cli.REFUSED
    assert run(db, "restore", str(db)) == cli.REFUSED
    assert run(db, "restore", "newest") == cli.REFUSED
    stick = tmp_path / "from a stick.organizer"
    stick.write_bytes(db.read_bytes())
    gone = tmp_path / "new laptop" / "b.organizer"
    assert run(gone, "restore", str(stick)) == cli.OK
    assert people(gone) == 80
    letters = tmp_path / "letters.txt"
    letters.write_text("mine")
    before = db.read_bytes()
    assert run(db, "restore", str(letters)) == cli.REFUSED
    assert db.read_bytes() == before


def test_an_import_makes_a_backup_first_or_says_no(
    db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # into a new file there is nothing to lose
    new = db.with_name("new.organizer")
    assert run(new, "import", "contacts", str(DATA / "contacts_google.csv")) == cli.OK
    assert backups.every(new) == []
    assert run(db, "import", "products", str(DATA / "products.csv"), "--dry-run") == cli.OK
    assert backups.every(db) == []
    assert run(db, "import", "products", str(DATA / "products.csv")) == cli.OK
    made = backups.newest_verified(db)
    assert made.reason is backups.Reason.IMPORT
    assert made.counts["products"] == 0
    # what changes nothing needs no way back
    assert run(db, "import", "products", str(DATA / "products.csv")) == cli.OK
    assert len(backups.every(db)) == 1
    monkeypatch.setenv("XDG_DATA_HOME", str(db))  # no folder can be made below a file
    before = db.read_bytes()
    capsys.readouterr()
    team = ("import", "team", str(DATA / "team_sponsor_id.csv"), "--period", "2026-10")
    assert run(db, *team) == cli.REFUSED
    assert "No backup could be made before the import" in capsys.readouterr().err
    assert db.read_bytes() == before
    assert run(db, *team, "--without-backup") == cli.OK


# copies, and everything out and in


def test_a_copy_is_whole_and_never_lands_on_another_file(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "copy.organizer"
    assert run(db, "save-copy", str(target)) == cli.OK
    assert people(target) == 80
    assert run(db, "save-copy", str(target)) == cli.REFUSED
    assert run(db, "save-copy", str(target), "--replace") == cli.OK
    assert run(db, "save-copy", str(db), "--replace") == cli.REFUSED
    assert people(db) == 80


def test_everything_out_and_in_again(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(db, "import", "products", str(DATA / "products.csv"))
    run(db, "import", "team", str(DATA / "team_sponsor_id.csv"), "--period", "2026-10")
    assert run(db, "takeout", str(db / "inside a file")) == cli.REFUSED
    out = tmp_path / "out"
    out.mkdir()
    capsys.readouterr()
    assert run(db, "takeout", str(out)) == cli.OK
    folder = next(out.iterdir())
    assert str(folder) in capsys.readouterr().out
    new = tmp_path / "new.organizer"
    assert run(new, "import", "everything", str(folder), "--dry-run") == cli.OK
    assert not new.exists()
    assert run(new, "import", "everything", str(folder)) == cli.OK
    for kind in ("contacts", "team", "product", "estimate"):
        for path in (db, new):
            assert run(path, "report", kind, "--out", str(tmp_path / f"{kind}.pdf")) == cli.OK
    capsys.readouterr()
    assert [run(path, "estimate", "--json") for path in (db, new)] == [cli.OK, cli.OK]
    one, _, two = capsys.readouterr().out.partition("}\n{")
    assert json.loads(one + "}") == json.loads("{" + two)
    # a file with something in it is left alone
    before = db.read_bytes()
    assert run(db, "import", "everything", str(folder)) == cli.REFUSED
    assert db.read_bytes() == before
    assert run(tmp_path / "third.organizer", "import", "everything", str(tmp_path)) == cli.REFUSED
    assert not (tmp_path / "third.organizer").exists()


# the passphrase


def test_a_passphrase_is_set_changed_and_removed(
    db: Path, tmp_path: Path, key_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(db, "backup")
    capsys.readouterr()
    assert run(db, "passphrase", "set", "--new-passphrase-file", key_file, "--show-recovery-key") == cli.OK
    told = capsys.readouterr().out
    recovery = next(line for line in told.splitlines() if line.startswith("Recovery key: ")).split(": ")[1]
    assert "1 earlier backup is not encrypted" in told
    assert files.is_encrypted(db)
    assert people(db, PASSPHRASE) == people(db, recovery) == 80
    assert run(db, "passphrase", "set", "--passphrase-file", key_file) == cli.REFUSED
    other = tmp_path / "other.txt"
    other.write_text(OTHER, encoding="utf-8")
    change = ("passphrase", "change", "--passphrase-file", key_file, "--new-passphrase-file", str(other))
    capsys.readouterr()
    assert run(db, *change, "--delete-plain-backups") == cli.OK
    told = capsys.readouterr().out
    assert "Recovery key" not in told
    assert "1 backup that wasn't encrypted is deleted." in told
    assert all(one.encrypted for one in backups.every(db))
    assert run(db, *change) == cli.REFUSED
    assert run(db, "passphrase", "remove", "--passphrase-file", str(other)) == cli.OK
    assert not files.is_encrypted(db)
    assert people(db) == 80
    assert run(db, "passphrase", "remove") == cli.REFUSED


def test_a_passphrase_that_is_set_is_told_so_though_no_backup_could_be_made(
    db: Path, key_file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(db))  # no folder can be made below a file
    command = ("passphrase", "set", "--new-passphrase-file", key_file, "--show-recovery-key")
    assert run(db, *command) == cli.PARTLY
    told = capsys.readouterr()
    assert "is encrypted." in told.out
    assert "Recovery key: " in told.out
    assert told.err.count("\n") >= 2
    assert people(db, PASSPHRASE) == 80


def test_names_that_no_file_can_have_are_refused_in_a_line(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = str(db.with_name("x" * 300 + ".organizer"))
    for command in (("restore", long), ("save-copy", long), ("takeout", long), ("import", "everything", long)):
        assert run(db, *command) == cli.REFUSED, command
    for command in (("check",), ("backup",), ("new",), ("import", "contacts", str(DATA / "contacts_google.csv"))):
        assert run(Path(long), *command) == cli.REFUSED, command
    assert "Traceback" not in capsys.readouterr().err


def test_every_command_opens_an_encrypted_file_with_the_passphrase_from_a_file(
    locked: Path, key_file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    commands = [
        ("check",),
        ("--company", "Duft", "new", "--plan", "teaching-unilevel"),
        ("import", "products", str(DATA / "products.csv")),
        ("--company", "Vita", "estimate", "--json"),
        ("report", "contacts", "--out", str(tmp_path / "a.pdf")),
        ("backup",),
        ("backup", "--verify"),
        ("restore", "newest", "--look"),
        ("restore", "newest"),
        ("save-copy", str(tmp_path / "copy.organizer")),
        ("takeout", str(tmp_path / "out")),
    ]
    for command in commands:
        assert run(locked, "--passphrase-file", key_file, *command) == cli.OK, (command, capsys.readouterr())
    assert files.is_encrypted(tmp_path / "copy.organizer")
    assert files.is_encrypted(locked)
    assert run(locked, "backup", "--list") == cli.OK
    assert "encrypted" in capsys.readouterr().out


def test_without_a_passphrase_and_without_a_terminal_nothing_is_asked(locked: Path) -> None:
    command = [sys.executable, "-m", "organizer", "--lang", "en", "--file", str(locked), "estimate"]
    answer = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL
    )
    assert answer.returncode == cli.REFUSED
    assert answer.stdout == ""
    assert "protected with a passphrase" in answer.stderr
    assert "--passphrase-file" in answer.stderr


def test_the_passphrase_comes_on_the_standard_input(locked: Path) -> None:
    command = [sys.executable, "-m", "organizer", "--lang", "en", "--file", str(locked)]
    check = [*command, "check", "--passphrase-file", "-"]
    for given, code in ((f"{PASSPHRASE}\n", cli.OK), ("wrong\n", cli.REFUSED), ("", cli.REFUSED)):
        answer = subprocess.run(check, input=given, capture_output=True, text=True, timeout=60, check=False)
        assert answer.returncode == code
        assert "wrong" not in answer.stdout + answer.stderr.replace("wrong\n", "")
        assert "Traceback" not in answer.stderr


def test_a_wrong_passphrase_from_a_file_is_told_and_never_shown(
    locked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("hemmelig-og-forkert")
    before = locked.read_bytes()
    for command in (("check",), ("estimate",), ("passphrase", "remove"), ("backup",)):
        assert run(locked, *command, "--passphrase-file", str(wrong)) == cli.REFUSED
        told = capsys.readouterr()
        assert "doesn't open" in told.err
        assert "hemmelig" not in told.out + told.err
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (binary, tmp_path / "gone.txt", tmp_path):
        assert run(locked, "check", "--passphrase-file", str(path)) == cli.REFUSED
        assert "No passphrase can be read from" in capsys.readouterr().err
    assert locked.read_bytes() == before


def at_a_terminal(arguments: list[str], answers: list[str]) -> tuple[int, str, str]:
    """Run a command at a real terminal that types `answers` when asked; its code, the screen, stdout."""
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "organizer", "--lang", "en", *arguments]
    process = subprocess.Popen(
        command, stdin=terminal, stdout=subprocess.PIPE, stderr=terminal, start_new_session=True
    )
    os.close(terminal)
    seen, waiting, until = "", list(answers), time.monotonic() + 60
    while time.monotonic() < until and select.select([screen], [], [], 60)[0]:
        try:
            part = os.read(screen, 1000)
        except OSError:
            break  # the program has ended
        seen += part.decode()
        if waiting and seen.endswith(": "):
            os.write(screen, (waiting.pop(0) + "\n").encode())
    out, _ = process.communicate(timeout=60)
    os.close(screen)
    return process.returncode, seen, out.decode()


def test_at_a_terminal_it_asks_and_a_slip_may_be_put_right_once(locked: Path) -> None:
    estimate = ["--file", str(locked), "check"]
    code, seen, out = at_a_terminal(estimate, ["a slip", PASSPHRASE])
    assert (code, out.startswith("All is well")) == (cli.OK, True)
    assert seen.count("Passphrase or recovery key:") == 2
    assert "doesn't open" in seen
    assert PASSPHRASE not in seen + out
    code, seen, _out = at_a_terminal(estimate, ["a slip", "another"])
    assert code == cli.REFUSED
    assert seen.count("Passphrase or recovery key:") == 2


def test_at_a_terminal_a_new_passphrase_is_asked_for_twice(db: Path, tmp_path: Path) -> None:
    command = ["--file", str(db), "passphrase", "set"]
    code, seen, _out = at_a_terminal(command, [PASSPHRASE, OTHER])
    assert code == cli.REFUSED
    assert "The two are not the same." in seen
    assert at_a_terminal(command, ["", ""])[0] == cli.REFUSED
    assert not files.is_encrypted(db)
    code, seen, out = at_a_terminal(command, [PASSPHRASE, PASSPHRASE])
    assert code == cli.OK
    assert PASSPHRASE not in seen + out
    assert people(db, PASSPHRASE) == 80


def test_a_new_file_is_encrypted_from_its_first_byte(tmp_path: Path, key_file: str) -> None:
    path = tmp_path / "new.organizer"
    made = ["--owner", "Karen Holm", "--encrypt", "--new-passphrase-file", key_file]
    assert run(path, "--company", "Vita", "new", *made) == cli.OK
    assert files.is_encrypted(path)
    assert people(path, PASSPHRASE) == 0
    assert run(path, "--company", "Duft", "new", "--encrypt", "--new-passphrase-file", key_file) == cli.REFUSED


def test_no_passphrase_is_ever_an_argument(db: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(db, "check", "--passphrase", PASSPHRASE, "--passphrase=x")
    assert stopped.value.code == cli.USAGE


# the help


ENGLISH = {"usage", "options", "positional", "show", "error", "required", "file", "the", "with", "NAME", "FILE"}
COMMANDS = (
    *("new", "import", "estimate", "report", "tour", "plan"),
    *("check", "backup", "restore", "save-copy", "takeout", "passphrase"),
)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_danish_help_is_danish_throughout(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--lang", "da", *([command] if command else []), "--help"])
    told = capsys.readouterr().out
    assert told.startswith("brug: organizer")
    # what is typed is the same in every language: option names and choices
    words = {word.strip(".,;:()[]") for word in told.split() if not word.startswith(("-", "[-", "{"))}
    assert words & ENGLISH == set()


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["import"], ["report", "x", "--out", "a.pdf"], ["check", "--no"], ["estimate", "--period"]],
)
def test_wrong_usage_is_told_in_danish_and_then_in_english_again(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for language, starts in (("da", "brug: "), ("en", "usage: ")):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["--lang", language, *arguments])
        told = capsys.readouterr().err
        assert stopped.value.code == cli.USAGE
        assert told.startswith(starts)
        english = [word for word in ("error", "required", "invalid", "unrecognized", "expected") if word in told]
        assert bool(english) == (language == "en")


def test_a_forgotten_pin_is_removed(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "forget-pin") == 3
    assert "has no PIN" in capsys.readouterr().err
    file = files.open_file(db)
    screen_pin.choose(file, "4711")
    file.close()
    assert run(db, "forget-pin") == 0
    assert "removed" in capsys.readouterr().out
    file = files.open_file(db)
    assert not screen_pin.of(file)
    file.close()


def test_a_weak_passphrase_needs_a_second_word(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weak = tmp_path / "weak.txt"
    weak.write_text("mette123\n")
    assert run(db, "passphrase", "set", "--new-passphrase-file", str(weak)) == 3
    assert "--weak" in capsys.readouterr().err
    assert not files.is_encrypted(db)
    assert run(db, "passphrase", "set", "--new-passphrase-file", str(weak), "--weak") == 0
    assert files.is_encrypted(db)


def test_all_backups_are_verified_though_one_has_another_passphrase(
    locked: Path, key_file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(OTHER + "\n", encoding="utf-8")
    command = ("passphrase", "change", "--passphrase-file", key_file, "--new-passphrase-file", str(other))
    assert run(locked, *command) == 0
    assert "no longer opens" in capsys.readouterr().out
    assert run(locked, "backup", "--verify", "--passphrase-file", str(other)) == 1
    told = capsys.readouterr().out
    assert "another passphrase" in told
    assert ": verified" in told


def test_the_way_back_that_is_printed_works_as_it_stands(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "backup") == 0
    break_a_link(db)
    capsys.readouterr()
    assert run(db, "check") == 1
    command = shlex.split(capsys.readouterr().out.splitlines()[-1])
    assert command[0] == "organizer"
    assert cli.main(command[1:]) == 0


def test_everything_is_taken_out_into_a_folder_that_is_made(db: Path, tmp_path: Path) -> None:
    assert run(db, "takeout", str(tmp_path / "new" / "folder")) == 0
    assert len(list((tmp_path / "new" / "folder").iterdir())) == 1


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none.organizer", "check") == 3
    assert "is not there" in capsys.readouterr().err
