"""Children that are killed in a backup, a thinning, a restore, an update, or a change of the passphrase."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import sqlcipher3.dbapi2 as driver

from organizer.domain.retention import Rule, kept
from organizer.services import backups, files, protection
from organizer.services.backups import Backup, Reason
from organizer.services.files import Damaged, Locked, WrongSecret
from organizer.storage import File, cipher

from . import deeds
from .bench import PASSPHRASE
from .deeds import MARKER
from .master import Tell, expect
from .scenes import Scene, Told

_OLD = Path(__file__).parent.parent / "old_files" / "v1.organizer"


class Backups(Scene):
    """A backup, to the second folder too: what counts as verified is whole, wherever the work was cut off."""

    lasts = 12
    rule = Rule()
    pause = timedelta(minutes=1)

    def begin(self) -> None:
        super().begin()
        self.time = deeds.clock()
        self.known: dict[str, datetime] = {}
        """Every state of the file that a backup was made of, by its digest."""
        (self.place / "stick").mkdir()
        file = self.open()
        backups.set_second_folder(file, self.place / "stick")
        backups.set_rule(file, self.rule)
        file.close()
        self._whole_backup()

    def open(self, path: Path | None = None) -> File:
        return files.open_file(path or self.path, lambda: self.time, self.secret)

    def act(self, tell: Tell, chance: Random) -> None:
        file = self.open()
        tell({"makes": self.time.isoformat()})
        made = backups.make(file, Reason.ASKED).now()
        tell({"did": made.path.name})
        file.close()

    def judge(self, told: Told) -> str:
        expect(self.digest() == self.before, "a backup changed the file")
        listed = [one for one in backups.every(self.path) if one.verified]
        for place in (False, True):
            here = [one for one in listed if one.elsewhere == place]
            self._must_stay(here, self.times[place])
            expect(len(here) == len({one.path for one in here}), "a backup is listed twice")
        for one in listed:
            self._must_be_whole(one)
        names = {one.path.name for one in listed if not one.elsewhere}
        done = [line["did"] for line in told if "did" in line]
        expect(set(done) <= names, "a backup that was told as made isn't there")
        new = {one.at for one in listed if not one.elsewhere} - self.times[False]
        return "with the new backup" if new else "without the new backup"

    def _must_stay(self, here: list[Backup], before: set[datetime]) -> None:
        times = {one.at for one in here}
        gone = kept(sorted(before | times), self.time, self.rule) - times
        expect(not gone, f"the rule keeps them and they are gone: {gone}")

    def _must_be_whole(self, one: Backup) -> None:
        expect(not driver_troubles(one.path, self.secret), f"verified and broken: {one.path}")
        found = contents_of(one.path, self.secret)
        expect(found in self.known, f"a backup of no state that ever was: {one.path}")

    def go_on(self) -> None:
        self.time += self.pause
        self._whole_backup()
        left = [path.name for path in self.place.rglob("*") if ".part" in path.name]
        expect(not left, f"left behind: {left}")
        self.must_be_tidy()
        self.time += self.pause
        file = self.open()
        deeds.do(file, Random(f"{self.time}"))
        self.before = deeds.digest(file)
        file.close()
        self.known[contents_of(self.path, self.secret)] = self.time
        verified = [one for one in backups.every(self.path) if one.verified]
        self.times = {place: {one.at for one in verified if one.elsewhere == place} for place in (False, True)}

    def _whole_backup(self) -> None:
        self.known[contents_of(self.path, self.secret)] = self.time
        file = self.open()
        made = backups.make(file, Reason.ASKED).now()
        file.close()
        expect(made.problem is None, f"{made.problem}")
        expect(made.verified is not None, "not verified")
        for one in backups.every(self.path):
            expect(one.path.exists(), f"listed and not there: {one.path}")


class Thinning(Backups):
    """Backups that are hours and days apart, with a rule that keeps few: each new one pushes old ones out."""

    lasts = 40
    rule = Rule(2, 2, 1, 1)
    pause = timedelta(hours=5)


class Restore(Scene):
    """A restore: the old file or the backup's, never neither, and the old one's contents are kept."""

    lasts = 15

    def begin(self) -> None:
        super().begin()
        self.number = 0
        self._change()
        file = self.open()
        self.chosen = backups.make(file, Reason.ASKED).now()
        self.wanted = deeds.digest(file)
        file.close()

    def _change(self) -> None:
        file = self.open()
        self.number += 1
        files.rename_owner(file, f"State {self.number}")
        deeds.do(file, Random(self.number))
        file.close()

    def act(self, tell: Tell, chance: Random) -> None:
        tell({"restores": self.chosen.path.name})
        backups.restore(self.path, self.chosen, self.secret, self.key, deeds.clock).now()
        tell({"did": True})

    def judge(self, told: Told) -> str:
        file = self.open()
        try:
            expect(not deeds.troubles(file), "not whole")
            found = deeds.digest(file)
        finally:
            file.close()
        done = any("did" in line for line in told)
        expect(found in (self.before, self.wanted), "neither the old contents nor the backup's")
        expect(not done or found == self.wanted, "told as restored and isn't")
        expect(self.chosen.path.exists(), "the backup is gone")
        expect(contents_of(self.chosen.path, self.secret) == self.chosen_contents, "the backup was changed")
        if found == self.wanted:
            aside = [contents_of(one.path, self.secret) for one in backups.every(self.path) if one.verified]
            expect(self.contents in aside, "what was there before the restore is not kept")
        self.must_be_tidy()
        return "the backup's contents" if found == self.wanted else "the old contents"

    def go_on(self) -> None:
        self._change()
        self.before = self.digest()
        self.contents = contents_of(self.path, self.secret)
        self.chosen_contents = contents_of(self.chosen.path, self.secret)

    @property
    def key(self) -> cipher.Key | None:
        """The key of the file, None for a plain one."""
        return self.secret if isinstance(self.secret, cipher.Key) else None


class Migration(Scene):
    """A file of schema version 1, updated while it is opened: the old one or the new one, and a backup."""

    def begin(self) -> None:
        self.place.mkdir(parents=True)
        shutil.copy(_OLD, self.path)
        if self.encrypted:
            self.secret = protection.change(self.path, None, PASSPHRASE).now() or ""
        self.old = self.path.read_bytes()
        self.reopen().close()
        self.wanted = comparable(self.path, self.secret)

    def act(self, tell: Tell, chance: Random) -> None:
        tell({"opens": True})
        self.open().close()
        tell({"did": True})

    def judge(self, told: Told) -> str:
        expect(not driver_troubles(self.path, self.secret), "not whole")
        version = version_of(self.path, self.secret)
        expect(version > 1 or not any("did" in line for line in told), "told as opened and not up to date")
        made = [one for one in backups.every(self.path) if one.verified]
        if version > 1:
            old = [one for one in made if version_of(one.path, self.secret) == 1]
            expect(bool(old), "no backup of the old file")
            expect(not driver_troubles(old[0].path, self.secret), "the backup is not whole")
        self.open().close()
        expect(comparable(self.path, self.secret) == self.wanted, "other contents after the update")
        self.must_be_tidy()
        return "up to date" if version > 1 else "as it was"

    def go_on(self) -> None:
        shutil.rmtree(self.place)
        self.place.mkdir()
        self.path.write_bytes(self.old)


class Encryption(Scene):
    """The passphrase set, changed and removed: the file opens with the old secret or with the new one."""

    lasts = 20

    def begin(self) -> None:
        super().begin()
        self.round = 0
        self.new = ""
        self.before = self.digest()

    def act(self, tell: Tell, chance: Random) -> None:
        tell({"changes": True})
        protection.change(self.path, self.secret or None, self.new).now()  # type: ignore[arg-type]
        tell({"did": True})

    def reopen(self) -> File:
        # after a power cut several are judged, and each may have another
        for secret in (self.secret, self.had):
            try:
                return files.open_file(self.path, deeds.clock, secret)
            except (Locked, WrongSecret, Damaged):
                continue
        return files.open_file(self.path, deeds.clock, self.new)

    def judge(self, told: Told) -> str:
        done = any("did" in line for line in told)
        file = self.reopen()
        try:
            expect(not deeds.troubles(file), "not whole")
            expect(deeds.digest(file) == self.before, "other contents")
            self.secret = file.key or ""
        finally:
            file.close()
        changed = self.secret != self.had
        expect(changed or not done, "told as changed and isn't")
        self.must_be_tidy()
        if self.secret:
            everything = [path for path in self.place.rglob("*") if path.is_file()]
            plain = [path for path in everything if MARKER.encode() in path.read_bytes()]
            expect(not plain, f"readable beside an encrypted file: {plain}")
        return "the new passphrase" if changed else "the old passphrase"

    def go_on(self) -> None:
        self.round += 1
        self.had = self.secret
        # now and then it is removed, to be set again the next time
        self.new = "" if self.secret and self.round % 3 == 0 else f"{PASSPHRASE} {self.round}"


def _connection(path: Path, secret: files.Secret) -> driver.Connection:
    connection = driver.connect(str(path), isolation_level=None)
    key = cipher.key_for(path, secret) if secret else None
    cipher.unlock(connection, key)
    return connection


def driver_troubles(path: Path, secret: files.Secret) -> list[object]:
    """What SQLite finds wrong with a closed file, asked without the program."""
    connection = _connection(path, secret)
    try:
        found = [*connection.execute("PRAGMA integrity_check"), *connection.execute("PRAGMA foreign_key_check")]
        return [row for row in found if row != ("ok",)]
    finally:
        connection.close()


def version_of(path: Path, secret: files.Secret) -> int:
    """The schema version of a closed file."""
    connection = _connection(path, secret)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def contents_of(path: Path, secret: files.Secret) -> str:
    """Every row of a closed file, asked without the program."""
    connection = _connection(path, secret)
    try:
        return _rows(connection)
    finally:
        connection.close()


def _rows(connection: driver.Connection) -> str:
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' ORDER BY 1"
        )
    ]
    return repr([(name, connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()) for name in names])


def comparable(path: Path, secret: files.Secret) -> str:
    """Every row but the file's identity, which is drawn anew at each update."""
    connection = _connection(path, secret)
    try:
        connection.execute("BEGIN")
        connection.execute("UPDATE history_recording SET active = 0")
        connection.execute("UPDATE setting SET value = '' WHERE key = 'file_id'")
        found = _rows(connection)
        connection.execute("ROLLBACK")
    finally:
        connection.close()
    return found


SCENES: dict[str, type[Scene]] = {
    "backup": Backups,
    "thinning": Thinning,
    "restore": Restore,
    "migration": Migration,
    "encryption": Encryption,
}
