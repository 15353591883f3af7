"""The program's own window over the long life of `world`, offscreen, and when a deed in it has been painted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget

from organizer import i18n
from organizer.ui import theme
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.pages.page import Page
from organizer.ui.pages.today.page import TodayPage
from organizer.ui.preferences import Preferences
from tests.benchmarks import world
from tests.benchmarks.measure import Task, seconds
from tests.benchmarks.stage import Paints

P = TypeVar("P", bound=Page)


class House:
    """The window with the world in it, on the day the world was made for."""

    def __init__(self, task: Task) -> None:
        path: Path = world.world_file(task.folder, task.size)
        i18n.set_language("da")
        known = QApplication.instance()
        self.app = known if isinstance(known, QApplication) else QApplication([])
        theme.apply(self.app, "light")
        self.window = MainWindow(Preferences(task.folder / "settings.ini"))
        self.window.resize(1280, 800)
        painted = QSignalSpy(self.window.first_painted)
        self.window.show()
        self.window.activateWindow()
        painted.wait(30_000)
        self.file = world.opened(path)
        self.window.show_file(self.file, trusted=True)
        if self.window.keeper:
            self.window.keeper.stop()  # a backup that falls due meanwhile is another figure
        self.app.processEvents()

    def contacts(self) -> ContactsPage:
        """The page of contacts, shown, with the chosen one's card and story."""
        page = self._turned("contacts", ContactsPage)
        assert page.form  # asking makes it
        self.settle()
        return page

    def today(self) -> TodayPage:
        """The page of the day, shown."""
        return self._turned("today", TodayPage)

    def _turned(self, key: str, kind: type[P]) -> P:
        self.window.navigate(key)
        page = self.window.pages[key]
        assert isinstance(page, kind)
        self.settle()
        return page

    def changed(self, *tables: str) -> None:
        """Let the pages hear that a deed touched these tables, as after each deed."""
        assert self.window.context
        self.window.context.changed.emit(frozenset(tables))

    def settle(self) -> None:
        """Let everything queued take its course."""
        for _round in range(5):
            self.app.processEvents()

    def painted(self, deed: Callable[[], object], *widgets: QWidget) -> float:
        """Do something; how long until all of `widgets` were painted after it, and nothing is left to paint."""
        self.settle()
        watched = [Paints(widget) for widget in widgets]

        def until() -> None:
            deed()
            for paints in watched:
                paints.wait()
            self.app.processEvents()

        taken = seconds(until)
        for paints in watched:
            paints.deleteLater()
        return taken

    def close(self) -> None:
        """Close file and window."""
        self.window.close()
        self.app.processEvents()
