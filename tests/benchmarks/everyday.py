"""Figures of a day's work in a large file: the search everywhere, a contact's page, Today, the lists."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from organizer.ui.dialogs.search_everywhere.palette import Palette, open_search
from organizer.ui.pages.contacts.page import ContactsPage
from tests.benchmarks import world
from tests.benchmarks.house import House
from tests.benchmarks.measure import FRAME, Floor, Measured, Task, alternate, slowest_of_twenty
from tests.benchmarks.stage import Paints

_SEARCHES = (
    *("mette", "åse", "søren ravn", "kjær odense", "lavendel", "+45 71 46", "vestergaard ny", "zoe", "xq", "e"),
    *("ølgod", "ærlig", "å", "s a", "anette", "2003", "sommerhus møn", "200177", "mettte jensn", "V0123", "kon"),
)
"""What a person types: names, a name with a town, words of notes, phones, numbers, typing errors, a letter."""


def search_everywhere(task: Task) -> Measured:
    """Each key of some searches in the dialog of Ctrl+K, until the hits are painted; then deleted key by key."""
    house = House(task)
    samples = []
    for _round in range(task.repeat + 1):
        palette = open_search(house.window)
        assert palette is not None
        typist = _Typist(palette)
        samples.append(slowest_of_twenty([typist.type(key) for key in _keys()]))
        palette.close()
        house.settle()
    house.close()
    return Measured(samples[1:], [Floor("one frame", [FRAME], 1)])


def _keys() -> list[str]:
    return [key for text in _SEARCHES for key in (*text, *("\b" * len(text)))]


class _Typist:
    """Types into the field and waits for the hits, or for the field where there are none."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._list, self._field = Paints(palette.list.viewport()), Paints(palette.field)
        self._field.wait()

    def type(self, key: str) -> float:
        """One key; the seconds until its hits stand there."""
        in_list, in_field, start = self._list.count, self._field.count, perf_counter()
        if key == "\b":
            QTest.keyClick(self._palette.field, Qt.Key.Key_Backspace)
        else:
            QTest.keyClicks(self._palette.field, key)
        if self._palette.model.lines:
            self._list.wait(in_list)
        else:
            self._field.wait(in_field)
        return perf_counter() - start


def contact_page(task: Task) -> Measured:
    """From the click on another contact in the list to the painted card and story."""
    return _other_contact(task, _someone(task.size))


def long_story(task: Task) -> Measured:
    """The same where every second one has a hundredth of all entries."""
    others = _someone(task.size)
    return _other_contact(task, (one for other in others for one in (world.TALKATIVE, other)), 2)


def _someone(size: int) -> Iterator[int]:
    random = Random(8)
    while True:
        yield random.randrange(1000, size)


def _other_contact(task: Task, ids: Iterator[int], at_once: int = 1) -> Measured:
    house = House(task)
    page = house.contacts()

    def show() -> float:
        taken = _painted_page(house, page, next(ids))
        for _other in range(at_once - 1):
            _painted_page(house, page, next(ids))
        return taken

    taken = alternate(task.repeat, show)[0]
    house.close()
    return Measured(taken, [Floor("50 ms", [0.050], 1)])


def _painted_page(house: House, page: ContactsPage, id_: int) -> float:
    watched = page.form.heading, page.story.view.list.viewport()
    return house.painted(lambda: page.pane.select(id_), *watched)


def today_shown(task: Task) -> Measured:
    """From the click on Today to the painted day, something having changed since it was shown last."""
    house = House(task)
    page = house.today()

    def turn() -> float:
        house.contacts()
        house.changed("entry")
        return house.painted(lambda: house.window.navigate("today"), page.list.viewport())

    taken = alternate(task.repeat, turn)[0]
    house.close()
    return Measured(taken, [Floor("100 ms", [0.100], 1)])


def today_again(task: Task) -> Measured:
    """The day read anew while it is shown, painted."""
    house = House(task)
    page = house.today()
    taken = alternate(task.repeat, lambda: house.painted(page.refresh, page.list.viewport()))[0]
    house.close()
    return Measured(taken, [Floor("100 ms", [0.100], 1)])


def contact_list(task: Task, name: str) -> Measured:
    """From the choice of a list that comes with the program, named in Danish, to its painted contacts."""
    house = House(task)
    page = house.contacts()
    chooser = page.lists.chooser

    def choose(index: int) -> float:
        chooser.setCurrentIndex(index)
        return house.painted(lambda: chooser.activated.emit(index), page.pane.table.viewport())

    def narrow() -> float:
        choose(0)
        return choose(chooser.findText(name))

    taken = alternate(task.repeat, narrow)[0]
    house.close()
    return Measured(taken, [Floor("50 ms", [0.050], 1)])
