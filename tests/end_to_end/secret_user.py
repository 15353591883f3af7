"""A person at the program, for test_secrets: run as a process of its own, told by JSON on its input what to do.

She says on her output which step she has reached. Marker names come in over the input, never as arguments.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QWidget

from organizer import app
from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.services import backups, companies, contacts, files, protection, reports
from organizer.services.backups import Reason
from organizer.storage import contacts as stored
from organizer.ui.dialogs.contact_import.dialog import ContactImportDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.start.unlock import UnlockPage
from organizer.ui.widgets.pdf_dialog import PdfDialog

CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 30


def step(name: str) -> None:
    """Say that a step is done, and give the watcher a moment to look at it."""
    print(name, flush=True)
    QTest.qWait(40)


def wait(true: Callable[[], object]) -> None:
    end = monotonic() + PATIENCE
    while not true():
        if monotonic() > end:
            raise TimeoutError("the step took too long")
        QTest.qWait(5)


def honest(deed: Callable[[Any], None]) -> Callable[[Any], None]:
    """A step that can't be done ends the test, and isn't taken for one of the faults that are meant."""

    def done(self: Any) -> None:
        try:
            deed(self)
        except BaseException:
            traceback.print_exc()
            os._exit(70)

    return done


def visible(parent: QWidget, kind: type[Any]) -> Any:
    wait(lambda: any(one.isVisible() for one in parent.findChildren(kind)))
    return next(one for one in parent.findChildren(kind) if one.isVisible())


def fill(told: dict[str, Any]) -> None:
    """Before: a file with a name of her own, a company and enough people to make SQLite work."""
    path, secret, names = Path(told["path"]), told["passphrase"], told["names"]
    file = files.create(path, passphrase=secret)
    companies.set_up(file, names[0], "Vita", "teaching-unilevel")
    people = [Contact(first_name=f"{names[1]} {number}", notes=names[1] * 20) for number in range(400)]
    with file.deed("contact.import", names[1]):
        stored.insert(file, people)
    file.close()


class Person:
    """What she does at the window."""

    def __init__(self, window: MainWindow, told: dict[str, Any]) -> None:
        self.window, self.told = window, told
        self.path, self.secret = Path(told["path"]), told["passphrase"]
        self.names: list[str] = told["names"]

    @property
    def file(self) -> files.File:
        assert self.window.context is not None
        return self.window.context.file

    def unlock(self, secret: str) -> None:
        if not secret:
            wait(lambda: self.window.context)
            return
        page = visible(self.window, UnlockPage)
        page.field.line.setText("not " + secret)
        page.go.click()
        wait(lambda: page.said.isVisible())
        page.field.line.setText(secret)
        page.go.click()
        wait(lambda: self.window.context)

    @honest
    def work(self) -> None:
        """A day: unlock, edit, import, undo, PDF, backup, look inside, new passphrase, a fault."""
        window = self.window
        self.unlock(self.secret)
        step("opened")
        window.navigate("contacts")
        page: Any = window.page()
        page.perform("new")
        wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        QTest.keyClicks(QApplication.focusWidget(), self.names[2])
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        wait(lambda: any(self.names[2] in row.name for row in contacts.rows(self.file)))
        step("edited")
        page.ask_open_path = lambda _title: Path(self.told["csv"])
        page.perform("import")
        visible(window, ContactImportDialog).accept()
        wait(lambda: any(self.names[3] in row.name for row in contacts.rows(self.file)))
        step("imported")
        window.undo_deed()
        wait(lambda: not any(self.names[3] in row.name for row in contacts.rows(self.file)))
        step("undone")
        page.perform("report")
        shown = visible(window, PdfDialog)
        shown.grab()
        step("pdf")
        shown.close()
        job = reports.recovery_sheet(self.file, protection.recovery_key(self.file) or "0000")
        assert job.now().startswith(b"%PDF")
        made = backups.make(self.file, Reason.ASKED).now()
        step("backup")
        inside = backups.look(made, self.secret).now()
        assert any(self.names[1] in name for _id, name in inside.contacts)
        step("looked")
        self.refusals(made)
        if self.secret:
            self.change()
        # once nothing of ours is on the stack: else the faults would come to us
        for then in (self.fail, threading.Thread(target=self.fail).start, self.leave):
            QTimer.singleShot(0, then)

    @honest
    def leave(self) -> None:
        """The faults were told; close it."""
        # it stands on its own where no window is the active one
        boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
        box = next(one for one in boxes if one.isVisible())
        assert "Something went wrong" in box.text()
        step("fault")
        box.close()
        self.window.close()
        step("closed")

    def refusals(self, made: backups.Backup) -> None:
        """What the program says when a secret is wrong: all of it, as a log of faults would have it."""
        if not self.secret:
            return
        for secret in ("wrong " + self.secret, ""):
            try:
                backups.look(made, secret).now()
            except Refusal as refusal:
                print(repr(refusal), refusal, traceback.format_exc(), file=sys.stderr)
            else:
                raise AssertionError("a wrong passphrase opened a backup")
        print(repr(self.file.key), repr(self.file), repr(made), file=sys.stderr)

    def change(self) -> None:
        """Another passphrase, and in again with the new recovery key."""
        key = self.file.key
        self.window.empty()
        protection.change(self.path, key, self.told["second"]).now()
        self.window.files.open(self.path)
        self.unlock(self.told["second"])
        self.told["recovery"] = protection.recovery_key(self.file)
        print("recovery " + self.told["recovery"], flush=True)
        self.window.empty()
        self.window.files.open(self.path)
        self.unlock(self.told["recovery"])
        step("changed")

    def fail(self) -> None:
        """A fault of the program's own while it handles a name and a secret."""
        everything = {"name": self.names[2], "passphrase": self.secret or "none"}
        raise ValueError(f"no such thing: {everything}")

    @honest
    def die(self) -> None:
        """Killed in the middle of a deed, with the journal on the disk."""
        self.unlock(self.told.get("second") or self.secret)
        # a small cache: what is changed comes on the disk before the deed is done
        self.file.connection.exec_driver_sql("PRAGMA cache_size = 10")
        with self.file.deed("contact.import", self.names[4]):
            for row in contacts.rows(self.file):
                person = stored.get(self.file, [row.id])[0]
                stored.update(self.file, person)
            people = [Contact(first_name=f"{self.names[4]} {number}") for number in range(400)]
            stored.insert(self.file, people)
            journal = Path(f"{self.path}-journal")
            assert journal.stat().st_size > 0
            step("journal")
            os.kill(os.getpid(), signal.SIGKILL)


def at_the_window(told: dict[str, Any]) -> int:
    """Start the program as it is started, and sit down at its window."""

    class Window(MainWindow):
        def showEvent(self, event: QEvent) -> None:
            super().showEvent(event)
            if not hasattr(self, "person"):
                self.person = Person(self, told)
                self.first_painted.connect(lambda: QTimer.singleShot(0, self.sit_down))

        def sit_down(self) -> None:
            getattr(self.person, told["deed"])()

    app.MainWindow = Window  # type: ignore[misc]
    return app.run(["--file", told["path"], "--lang", "en"])


if __name__ == "__main__":
    orders = json.loads(sys.stdin.readline())
    if orders["deed"] == "fill":
        fill(orders)
    else:
        sys.exit(at_the_window(orders))
