"""Nothing of an encrypted file is ever on the disk in plain bytes: watched while the real program is used.

The same day is spent with a file that isn't encrypted, and there the watch finds the names: it can see.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from secret_scan import Scan, Watch

from organizer.domain import recovery
from organizer.domain.contact import Contact
from organizer.services import backups, contacts, files, protection
from organizer.services.backups import Reason

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process holds open is read from /proc")

USER = Path(__file__).with_name("secret_user.py")
DAY = ("opened", "edited", "imported", "undone", "pdf", "backup", "looked", "fault", "closed")


@dataclass
class Told:
    """What a process said: its steps, its complaints and how it ended."""

    steps: list[str]
    complaints: str
    code: int

    @property
    def recovery(self) -> str:
        return next((line.split()[1] for line in self.steps if line.startswith("recovery ")), "")


class Home:
    """A user's computer in one folder, with names that nothing else holds, and a watch over all of it."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        self.folder, self.given = folder / "home", folder / "given"
        for place in ("Documents", "tmp", "run"):
            (self.folder / place).mkdir(parents=True)
        (self.folder / "run").chmod(0o700)
        self.given.mkdir()
        self.names = [f"Åse{token_hex(6)}", *(f"Zq{token_hex(6)}" for _name in range(4))]
        table = self.given / "people.csv"
        table.write_text(
            "First Name,Last Name,Labels\n" + "".join(f"{self.names[3]},P{n},kunde\n" for n in range(200))
        )
        # a folder's name is no secret: the passphrase mustn't stand in it
        self.orders: dict[str, Any] = {
            "path": str(self.folder / "Documents" / "Mine.organizer"),
            "passphrase": passphrase,
            "names": self.names,
            "csv": str(table),
            "second": passphrase and f"cykel måne {token_hex(6)}",
        }
        self.scan = Scan([*self.names, *self.secrets()], [self.folder], self.given)

    def secrets(self) -> list[str]:
        return [secret for secret in (self.orders["passphrase"], self.orders["second"]) if secret]

    def run(self, deed: str) -> Told:
        """Let her do something, and watch all the while."""
        child = subprocess.Popen(
            [sys.executable, str(USER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=self.environment(),
        )
        with Watch(self.scan, child.pid):
            said, complaints = child.communicate(json.dumps({**self.orders, "deed": deed}) + "\n", timeout=100)
        self.scan.look()
        self.scan.text(f"complaints while she does {deed!r}", complaints)
        return Told(said.splitlines(), complaints, child.returncode)

    def environment(self) -> dict[str, str]:
        places = {
            "HOME": "",
            "XDG_DATA_HOME": "data",
            "XDG_CONFIG_HOME": "config",
            "XDG_CACHE_HOME": "cache",
            "XDG_STATE_HOME": "state",
            "XDG_RUNTIME_DIR": "run",
            "XDG_DOCUMENTS_DIR": "Documents",
            "TMPDIR": "tmp",
            "SQLITE_TMPDIR": "tmp",
        }
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        here = {name: str(self.folder / place) for name, place in places.items()}
        root = str(Path(__file__).parents[2])
        return {**kept, **here, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.mark.timeout(240)
def test_a_day_with_an_encrypted_file_leaves_nothing_to_read(tmp_path: Path) -> None:
    home = Home(tmp_path, f"violin grød {token_hex(6)}")
    assert home.run("fill").code == 0
    day = home.run("work")
    assert day.code == 0, day.complaints
    assert {*DAY, "changed"} <= set(day.steps)
    assert "ValueError" in day.complaints, "the fault was told, without its values"
    assert list(home.folder.rglob("organizer.log")), "the fault was logged"
    death = home.run("die")
    assert death.code == -9, death.complaints
    assert "journal" in death.steps
    assert any(place.endswith("-journal") for place in home.scan.seen)
    # what only the day itself brought forth: the new recovery key, as it is written and as the driver takes it
    key = recovery.read(day.recovery)
    assert key
    late = Scan(
        [day.recovery, day.recovery.replace("-", ""), key.hex(), key.hex().upper()], [home.folder], tmp_path
    )
    late.look()
    late.text("complaints", day.complaints + death.complaints)
    assert late.found == {}
    assert home.scan.found == {}
    assert home.scan.looks > 50
    # and nothing lies about where nobody would look for it
    assert {path.name for path in home.folder.iterdir()} <= {
        ".local",
        "Documents",
        "config",
        "data",
        "cache",
        "run",
        "state",
        "tmp",
    }
    assert list((home.folder / "tmp").iterdir()) == []


@pytest.mark.timeout(240)
def test_the_watch_sees_the_names_of_a_file_that_is_not_encrypted(tmp_path: Path) -> None:
    home = Home(tmp_path, "")
    assert home.run("fill").code == 0
    day = home.run("work")
    assert day.code == 0, day.complaints
    assert set(DAY) <= set(day.steps)
    death = home.run("die")
    assert death.code == -9, death.complaints
    places = " ".join(home.scan.found)
    for kind in ("Mine.organizer", "Mine.organizer-journal", "backups/"):
        assert kind in places
    assert set.union(*home.scan.found.values()) == set(home.names)
    # but even then the log and what the terminal shows hold no name
    assert not any("log" in place or "complaints" in place for place in home.scan.found)


def test_protecting_a_file_that_was_open_to_read_leaves_no_readable_copy(tmp_path: Path) -> None:
    name, path = f"Zq{token_hex(6)}", tmp_path / "Mine.organizer"
    scan = Scan([name], [tmp_path, backups.folder(path).parent], tmp_path / "given")
    file = files.create(path)
    contacts.add(file, Contact(first_name=name))
    backups.make(file, Reason.ASKED).now()
    file.close()
    scan.look()
    assert len(scan.found) == 2, "the file and its backup can be read"
    key = protection.change(path, None, "violin måne grød").now()
    assert key is not None
    file = files.open_file(path, secret=key)
    backups.make(file, Reason.PROTECTION).now()
    file.close()
    assert protection.remove_unprotected(path, key) == 1
    scan.found.clear()
    scan.look()
    assert scan.found == {}


HOLDING = """
import os, sys, tempfile
secret = sys.stdin.readline().strip()
with tempfile.TemporaryFile() as gone, open(sys.argv[1], "wb") as kept:
    gone.write(secret.encode("utf-16-le")); gone.flush()
    kept.write(bytes(2**20 - 3) + secret.encode("utf-16-be")); kept.flush()
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_the_watch_sees_deleted_files_and_what_lies_across_its_blocks(tmp_path: Path) -> None:
    folder, secret = tmp_path / "home", token_hex(8)
    folder.mkdir()
    scan = Scan([secret], [folder], tmp_path / "given")
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder / "kept")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(folder), "SHOWN": secret},
    )
    assert child.stdin
    assert child.stdout
    child.stdin.write(secret + "\n")
    child.stdin.flush()
    assert child.stdout.readline() == "held\n"
    scan.look(child.pid)
    child.communicate("\n")
    assert {"kept", "environ"} <= set(scan.found)
    assert any(place.endswith("(deleted)") for place in scan.found)


def test_sqlite_keeps_what_it_sorts_in_memory() -> None:
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(":memory:")
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    assert options & {"TEMP_STORE=2", "TEMP_STORE=3"}
    assert connection.execute("PRAGMA temp_store").fetchone()[0] in (0, 2)
    connection.close()


CRASHING = """
import os, resource, sys
if sys.argv[1] == "guarded":
    from organizer import __main__ as program
    sys.argv = ["organizer", "--version"]
    try:
        program.main()
    except SystemExit:
        pass
os.abort()
"""


def test_a_crash_leaves_no_image_of_the_memory(tmp_path: Path) -> None:
    import resource

    def unlimited() -> None:
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    left = {}
    for way in ("plain", "guarded"):
        (tmp_path / way).mkdir()
        root = {"PYTHONPATH": str(Path(__file__).parents[2])}
        done = subprocess.run(
            [sys.executable, "-c", CRASHING, way],
            cwd=tmp_path / way,
            env={**os.environ, **root},
            preexec_fn=unlimited,
            capture_output=True,
        )
        assert done.returncode == -6
        left[way] = list((tmp_path / way).iterdir())
    assert left["guarded"] == []
    if not left["plain"]:
        pytest.skip("this computer leaves no image in any case")
