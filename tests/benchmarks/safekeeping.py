"""What keeping the data safe costs: an encrypted file, and a backup while she goes on working."""

from __future__ import annotations

import threading
from hashlib import pbkdf2_hmac
from time import perf_counter, sleep

import sqlcipher3.dbapi2 as driver

from organizer.services import backups, contacts, files, protection
from organizer.services.backups import Reason
from tests.benchmarks import made
from tests.benchmarks.measure import Floor, Measured, Task, alternate, seconds
from tests.benchmarks.people import edited, timed_save

_PASSPHRASE = "four words nobody would guess"


def save_encrypted(task: Task) -> Measured:
    """The deed of `people.save` in an encrypted file, beside the same deed in a plain one."""
    paths = [made.copy_of(made.contacts_file(task.folder, task.size), name) for name in ("plain", "encrypted")]
    protection.change(paths[1], None, _PASSPHRASE).now()
    plain, encrypted = files.open_file(paths[0]), files.open_file(paths[1], secret=_PASSPHRASE)
    bare = driver.connect(str(task.folder / "bare.db"), isolation_level=None)
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE phone (id INTEGER PRIMARY KEY, person_id INTEGER, value TEXT)")
    ours, theirs = edited(contacts.everyone(encrypted)), edited(contacts.everyone(plain))
    samples, same, floor = alternate(
        task.repeat,
        lambda: timed_save(encrypted, next(ours)),
        lambda: timed_save(plain, next(theirs)),
        lambda: seconds(lambda: bare.execute("INSERT INTO phone(person_id, value) VALUES (7, '+45 71 46 30 65')")),
    )
    for file in (plain, encrypted):
        file.close()
        file.path.unlink()
    bare.close()
    floors = [Floor("one INSERT and commit, synchronous=FULL", floor, 3), Floor("50 ms", [0.050], 1)]
    return Measured(samples, [*floors, Floor("the same deed in a plain file", same, 2)])


def open_encrypted(task: Task) -> Measured:
    """Opening an encrypted file, beside opening a plain one and one derivation of the key."""
    paths = [made.copy_of(made.contacts_file(task.folder, task.size), name) for name in ("plain", "encrypted")]
    protection.change(paths[1], None, _PASSPHRASE).now()
    ours, floor = alternate(
        task.repeat,
        lambda: seconds(lambda: files.open_file(paths[1], secret=_PASSPHRASE).close()),
        lambda: seconds(
            lambda: (
                files.open_file(paths[0]).close(),
                pbkdf2_hmac("sha512", _PASSPHRASE.encode(), bytes(16), 256_000, 32),
            )
        ),
    )
    return Measured(ours, [Floor("opening a plain one, and the key's derivation", floor, 1.1)])


def backup(task: Task) -> Measured:
    """A verified backup of a large team, on a thread of its own."""
    path = made.copy_of(made.team_file(task.folder, task.size), "backup")
    file = files.open_file(path)
    plain = task.folder / "copied.db"

    def bare() -> None:
        source, target = driver.connect(str(path)), driver.connect(str(plain))
        source.backup(target)
        target.execute("PRAGMA integrity_check").fetchall()
        target.execute("PRAGMA foreign_key_check").fetchall()
        target.close()
        source.close()
        plain.unlink()

    ours, floor = alternate(
        task.repeat, lambda: seconds(lambda: backups.make(file, Reason.ASKED).now()), lambda: seconds(bare)
    )
    file.close()
    return Measured(ours, [Floor("SQLite's backup and its two checks alone", floor, 1.5)])


def stall(task: Task) -> Measured:
    """The longest that the main thread waits while a backup of a large team runs on another."""
    file = files.open_file(made.copy_of(made.team_file(task.folder, task.size), "stall"))

    def longest() -> float:
        job = backups.make(file, Reason.ASKED)
        worker = threading.Thread(target=job.now)
        worker.start()
        worst, last = 0.0, perf_counter()
        while worker.is_alive():
            sleep(0.001)
            now = perf_counter()
            worst, last = max(worst, now - last), now
        return worst

    (samples,) = alternate(task.repeat, longest)
    file.close()
    return Measured(samples, [Floor("50 ms", [0.050], 1)])
