"""The window: a rail, a page, an answer, a menu. It knows the way around and nothing about contacts or teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenuBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from organizer import i18n
from organizer.i18n import _
from organizer.ui import theme, window_pages
from organizer.ui.widgets.rail import Rail

if TYPE_CHECKING:
    # the window is painted first; whatever the first picture doesn't need is imported after it
    from organizer.services.files import File
    from organizer.ui.context import Context
    from organizer.ui.pages.page import Page
    from organizer.ui.pages.start.page import StartPage
    from organizer.ui.pages.start.unlock import UnlockPage
    from organizer.ui.preferences import Preferences
    from organizer.ui.tasks import Tasks
    from organizer.ui.widgets.answer_bar import AnswerBar
    from organizer.ui.window_backups import Keeper
    from organizer.ui.window_files import WindowFiles
    from organizer.ui.window_lock import WindowLock
    from organizer.ui.window_menu import WindowMenu


class MainWindow(QMainWindow):
    """One window shows one file. Without a file it shows how to get one."""

    first_painted = Signal()
    """The window stands on the screen; time to open the file."""
    language_changed = Signal()
    closed = Signal()
    """Everything is put away, and the window goes."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.context: Context | None = None
        self.keeper: Keeper | None = None
        self.pages: dict[str, Page] = {}
        self.key = window_pages.FIRST
        self.tasks: Tasks
        self.files: WindowFiles
        self.lock: WindowLock
        self.locked = False
        """True while nothing may be read here until she unlocks; `lock` says so."""
        self.menu: WindowMenu
        self.answers: AnswerBar
        self._painted = False
        self._agreed = False
        self._frame()
        self.resize(1180, 700)
        if preferences.geometry:
            self.restoreGeometry(QByteArray(preferences.geometry))

    # --- the frame

    def _frame(self) -> None:
        """What the first picture shows, in the language spoken now; pages are built when they are visited."""
        self.pages = {}
        self.rail = Rail()
        for key, (icon, _name) in window_pages.PAGES.items():
            self.rail.add(key, icon, window_pages.name_of(key))
        for key, (icon, _name) in window_pages.FOOT.items():
            self.rail.add_foot(key, icon, window_pages.name_of(key))
        self.rail.select(self.key)
        self.rail.chosen.connect(self.navigate)
        self.stack = QStackedWidget()
        body = QWidget()
        across = QHBoxLayout(body)
        self.column = QVBoxLayout()
        theme.margins(across, spacing=0)
        theme.margins(self.column, spacing=0)
        across.addWidget(self.rail)
        across.addLayout(self.column, 1)
        self.column.addWidget(self.stack, 1)
        # the curtain of a locked screen comes in front of the body, and hides it
        self.front = QStackedWidget()
        self.front.addWidget(body)
        self.setCentralWidget(self.front)
        self.setMenuBar(QMenuBar())
        for title in (_("&File"), _("&Edit"), _("&View"), _("&Help")):
            self.menuBar().addMenu(title)
        self.show_title()

    def _furnish(self) -> None:
        """What can wait until the window stands: the menus' deeds and the line for answers."""
        from organizer.ui.widgets.answer_bar import AnswerBar
        from organizer.ui.widgets.label import Line
        from organizer.ui.window_menu import WindowMenu

        self.answers = AnswerBar(self.tasks)
        self.answers.undo_asked.connect(self.undo_deed)
        self.column.addWidget(Line())
        self.column.addWidget(self.answers)
        self.menu = WindowMenu(self)

    def _begin(self) -> None:
        """The first picture stands on the screen."""
        from organizer.ui.window_drops import Drops
        from organizer.ui.window_files import WindowFiles
        from organizer.ui.window_lock import WindowLock

        self.tasks = self._new_tasks()
        self.lock = WindowLock(self)
        self.files = WindowFiles(self)
        Drops(self)
        self._furnish()
        QApplication.instance().focusChanged.connect(self._on_changed)  # type: ignore[union-attr]
        self.first_painted.emit()

    def _build(self) -> None:
        self._frame()
        self._furnish()

    def rebuild(self) -> None:
        """Build everything anew, as after a change of language; the file stays open, the page stays chosen."""
        start = self.start_page()
        stopped = self._take_down()
        self.tasks = self._new_tasks()
        if self.context:
            self.context.tasks = self.tasks
        self._build()
        if self.context:
            self.navigate(self.key)
        elif start and not self.lock.ask_again(start):
            self.files.show_start()
        if stopped:
            self.answers.warn(_("What was under way was stopped, and nothing was changed. Please start it again."))

    def set_language(self, language: str) -> None:
        """Speak `language` ("da" or "en") from now on, everywhere."""
        if language == i18n.language():
            self.preferences.language = language
        else:
            self.files.part(lambda: self._speak(language))

    def _speak(self, language: str) -> None:
        self.preferences.language = language
        i18n.set_language(language)
        self.language_changed.emit()
        self.rebuild()

    def set_scheme(self, scheme: str) -> None:
        """Light, dark, or as the system is."""
        self.preferences.scheme = scheme
        self._dress()

    def set_text_scale(self, scale: float) -> None:
        """Larger or smaller text; lengths that follow the text are measured anew."""
        self.files.part(lambda: self._scale(scale))

    def _scale(self, scale: float) -> None:
        self.preferences.text_scale = scale
        self._dress()
        self.rebuild()

    def _dress(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - there is one while there are windows
        theme.apply(app, self.preferences.scheme, self.preferences.text_scale)
        self.menu.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window can be seen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._begin)

    # --- what is open

    def show_file(self, file: File, trusted: bool = False) -> None:
        """Show an open file in place of what was shown, behind its PIN unless she has just proved who she is.

        Raises Refusal when its first page can't be read; whoever has opened the file closes it then.
        """
        from organizer.ui import window_turning
        from organizer.ui.context import Context
        from organizer.ui.window_backups import Keeper
        from organizer.ui.window_offers import Offers

        # at the start the frame stands already, empty and in the right language
        is_fresh = self.context is None and self.stack.count() == 0
        self.release()
        if not is_fresh:
            self.tasks = self._new_tasks()
        self.context = context = Context(file, self.tasks, self)
        context.preferences = self.preferences
        context.changed.connect(self._on_changed)
        context.answered.connect(lambda text, can_undo: self.answers.answer(text, can_undo))
        context.warned.connect(lambda text: self.answers.warn(text))
        context.goto.connect(self.go_to)
        Offers(self, context)
        if not is_fresh:
            self._build()
        self.key = window_pages.FIRST
        self.lock.shown(file, trusted)
        if self.locked:  # nothing of hers is read before the PIN
            self.lock.wait_for_her(lambda: self.navigate(self.key))
        else:
            window_turning.turn(self, self.key)
        self.keeper = Keeper(context, self)
        self.keeper.troubled.connect(lambda text: self.answers.warn(text))

    def show_busy(self, page: QWidget) -> None:
        """Show `page` while the file is closed and worked on, over `tasks`; nothing else can be done."""
        self.tasks = self._new_tasks()
        self._build()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.rail.setEnabled(False)
        self.menuBar().setEnabled(False)
        for action in self.menu.actions.values():
            action.setEnabled(False)
        page.setFocus()

    def show_start(self, page: StartPage | UnlockPage) -> None:
        """Show the page that helps to get a file, or to open it; there is none open."""
        from PySide6.QtCore import Qt

        while before := self.stack.widget(0):
            self.stack.removeWidget(before)
            before.deleteLater()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.rail.setEnabled(False)
        page.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_title()
        self.menu.update()

    def start_page(self) -> StartPage | UnlockPage | None:
        """The page that helps to get a file, while it is shown."""
        shown = self.stack.currentWidget()
        return None if self.context or shown is None else shown  # type: ignore[return-value]

    def release(self) -> None:
        """Stop long work and close the file. Whoever calls has asked about what is typed (see window_parting)."""
        if self.context:
            if self.keeper:
                self.keeper.stop()
                self.keeper.deleteLater()
                self.keeper = None
            self._take_down()
            self.context.release()
            self.context.file.close()
            self.context.deleteLater()
            self.context = None
            self.pages = {}
            self.lock.dropped()
            self.files.dropped()

    def empty(self) -> None:
        """Close the file and let go of all that was shown of it; the frame stands empty until a page comes."""
        self.release()
        self.tasks = self._new_tasks()
        self._build()

    def _new_tasks(self) -> Tasks:
        from organizer.ui.tasks import Tasks

        return Tasks(self)

    def _take_down(self) -> bool:
        """The pages and their work come to an end; True when some of the work was still waited for."""
        from organizer.ui import window_trouble

        for page in self.pages.values():
            with window_trouble.going_on():
                page.leave()
            with window_trouble.going_on():
                page.close_down()
        # what still runs belongs to these pages and must not answer to the next ones
        waited_for = self.tasks.shutdown()
        self.tasks.deleteLater()
        return waited_for

    # --- pages

    def page(self) -> Page | None:
        """The page that is shown."""
        return self.pages.get(self.key) if self.context else None

    def navigate(self, key: str) -> bool:
        """Show a page, building it on the first visit. False when it can't be read: she is told, and stays."""
        if self.context is None:
            self.rail.select(self.key)
            return False
        from organizer.domain.result import Refusal
        from organizer.ui import window_turning

        if key != self.key:
            self._leave()
        try:
            window_turning.turn(self, key)
        except Refusal as refusal:
            self.files.page_refused(refusal)
            return False
        return True

    def go_to(self, key: str, id_: int) -> None:
        """Show the thing with this id on its page."""
        if self.navigate(key) and (page := self.page()):
            page.show_item(id_)

    def perform(self, deed: str) -> None:
        """Let the page do one of the deeds that it offers."""
        page = self.page()
        if page and deed in page.offers:
            page.perform(deed)

    def _leave(self) -> None:
        if page := self.page():
            page.leave()

    def show_title(self) -> None:
        """Say in the window's title what is shown, but for a locked one."""
        parts = ["Organizer"]
        if self.locked:
            parts.append(_("Locked"))
        elif self.context:
            stem = self.context.file.path.stem
            if stem.casefold() != parts[0].casefold():  # the usual file has the program's name
                parts.insert(0, stem.replace("[*]", "[*][*]"))  # Qt reads [*] as its mark for unsaved changes
            parts.insert(0, window_pages.name_of(self.key))
        self.setWindowTitle(" \N{EN DASH} ".join(parts))

    # --- deeds

    def undo(self) -> None:
        """Take back typing where she types, else the last deed."""
        from organizer.ui.widgets.plain_text import undo_in_focus

        if not undo_in_focus():
            self.undo_deed()

    def redo(self) -> None:
        """Do the undone typing again, else the undone deed."""
        from organizer.ui.widgets.plain_text import redo_in_focus

        if not redo_in_focus():
            self._replay("redo", _("Done again: {deed}"))

    def undo_deed(self) -> None:
        """Take back the last deed."""
        self._replay("undo", _("Undone: {deed}"))

    def _replay(self, which: str, answer: str) -> None:
        from organizer.services import files

        context = self.context
        if context is None:
            return
        self._leave()
        deed = context.deed(lambda: (files.undo if which == "undo" else files.redo)(context.file))
        if deed:
            self.answers.answer(answer.format(deed=files.deed_name(deed)))
            if which == "undo" and (page := self.page()):
                page.forget()

    def _on_changed(self, *_what: object) -> None:
        self.menu.update_undo()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything was saved as it was done, or she is asked; remember where the window stood."""
        if not self._agreed and not self._settled():
            event.ignore()
            return
        self.release()
        self.preferences.geometry = self.saveGeometry()
        self.preferences.state = self.saveState()
        self.preferences.save()
        self.closed.emit()
        super().closeEvent(event)

    def _settled(self) -> bool:
        from organizer.ui import window_parting

        if self.locked and self.context:
            return self.lock.settled()
        return window_parting.settled(self, _("&Close without it"), self._close_anyway)

    def _close_anyway(self) -> None:
        self._agreed = True
        self.close()
