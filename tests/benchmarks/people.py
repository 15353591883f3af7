"""Figures of contacts: the search, saving one deed, the list as a PDF."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from organizer.domain.contact import Contact, Labelled
from organizer.i18n import format_birthday, set_language
from organizer.resource_files import resource
from organizer.services import contacts, files, reports
from tests.benchmarks import made
from tests.benchmarks.measure import FRAME, Floor, Measured, Task, alternate, seconds, slowest_of_twenty

if TYPE_CHECKING:
    from organizer.ui.pages.contacts.page import ContactsPage

_SEARCHES = ("mette", "åse", "søren ravn", "kjær odense", "lavendel", "+45 71", "vestergaard ny", "zoe", "xq", "e")
"""What a person types: names, a name with a town, a tag, a phone, what isn't there, and a very common letter."""


def search(task: Task) -> Measured:
    """Each key of some searches, until the hits are painted; each search is deleted key by key."""
    from organizer.ui.pages.contacts.page import ContactsPage
    from tests.benchmarks.stage import Stage

    stage = Stage(made.contacts_file(task.folder, task.size))
    page = ContactsPage(stage.context)
    stage.show(page)
    typist = _Typist(page)
    samples = [slowest_of_twenty([typist.type(key) for key in _keys()]) for _round in range(task.repeat)]
    stage.close()
    return Measured(samples, [Floor("one frame", [FRAME], 1)])


class _Typist:
    """Types into a page's search and waits for the hits."""

    def __init__(self, page: ContactsPage) -> None:
        from tests.benchmarks.stage import Paints

        self._field = page.pane.search
        self._list, self._line = Paints(page.pane.table.viewport()), Paints(self._field)
        self._resets = 0
        page.pane.model.modelReset.connect(self._on_reset)
        self._list.wait()
        self._field.setFocus()

    def type(self, key: str) -> float:
        """One key; the seconds until its hits stand there."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        in_list, in_line, resets, start = self._list.count, self._line.count, self._resets, perf_counter()
        if key == "\b":
            QTest.keyClick(self._field, Qt.Key.Key_Backspace)
        else:
            QTest.keyClicks(self._field, key)
        # a space changes no hits: then the field is all there is to paint
        if self._resets > resets:
            self._list.wait(in_list)
        else:
            self._line.wait(in_line)
        return perf_counter() - start

    def _on_reset(self) -> None:
        self._resets += 1


def _keys() -> list[str]:
    return [key for text in _SEARCHES for key in (*text, *("\b" * len(text)))]


def save(task: Task) -> Measured:
    """Another phone number for one contact, on disk with its history."""
    path = made.copy_of(made.contacts_file(task.folder, task.size), "save")
    file = files.open_file(path)
    plain = driver.connect(str(task.folder / f"plain-{task.size}.db"), isolation_level=None)
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute("CREATE TABLE phone (id INTEGER PRIMARY KEY, person_id INTEGER, value TEXT)")
    changes = edited(contacts.everyone(file))
    ours, floor = alternate(
        task.repeat,
        lambda: timed_save(file, next(changes)),
        lambda: seconds(
            lambda: plain.execute("INSERT INTO phone(person_id, value) VALUES (7, '+45 71 46 30 65')")
        ),
    )
    file.close()
    plain.close()
    path.unlink()
    return Measured(ours, [Floor("one INSERT and commit, synchronous=FULL", floor, 3), Floor("50 ms", [0.050], 1)])


def timed_save(file: files.File, contact: Contact) -> float:
    return seconds(lambda: contacts.save(file, contact))


def edited(everyone: list[Contact]) -> Iterator[Contact]:
    for number, contact in enumerate(everyone):
        yield replace(contact, phones=(Labelled(f"+45 20 {number:06}", "Mobile"), *contact.phones[1:]))


def contact_pdf(task: Task) -> Measured:
    """The whole contact list as a PDF, from the file to the file."""
    set_language("da")
    file = files.open_file(made.contacts_file(task.folder, task.size))
    everyone = contacts.everyone(file)
    ours, floor = alternate(
        task.repeat,
        lambda: seconds(lambda: reports.contact_list(file).now()),
        lambda: seconds(lambda: _plain_pdf(everyone, task.folder / "plain.pdf")),
    )
    file.close()
    return Measured(ours, [Floor("plain canvas, same text, same font", floor, 3)])


def _plain_pdf(everyone: list[Contact], out: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _load_font()
    canvas = Canvas(str(out), pagesize=A4, pageCompression=1)
    y = 0.0
    for contact in everyone:
        if y < 60:
            if y:
                canvas.showPage()
            canvas.setFont("Plain", 8.5)
            y = 780.0
        y -= _draw(canvas, contact, y)
    canvas.save()


def _draw(canvas: Any, contact: Contact, y: float) -> float:
    """Draw each text once, unwrapped, in the report's columns; how high it became."""
    town = ", ".join(part for part in (f"{contact.postal_code} {contact.city}", contact.country) if part)
    columns = (
        (42, (contact.name, contact.organization, " · ".join(contact.tags))),
        (174, tuple(entry.value for entry in contact.phones)),
        (254, tuple(entry.value for entry in contact.emails)),
        (386, (contact.street, town)),
        (502, (format_birthday(contact.birthday),)),
    )
    height = 0.0
    for x, texts in columns:
        down = 0.0
        for text in filter(None, texts):
            canvas.drawString(x, y - down, text)
            down += 11.5
        height = max(height, down)
    return height + 6


def _load_font() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if "Plain" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Plain", os.fspath(resource("fonts", "NotoSans-Regular.ttf"))))
