"""The menu bar: every deed with its shortcut, greyed where it can't be done now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.ui import icons, window_pages
from organizer.ui.recent_menu import RecentMenu
from organizer.ui.widgets.plain_text import can_redo, can_undo

if TYPE_CHECKING:
    from organizer.services.files import File
    from organizer.ui.main_window import MainWindow

_SCALES = (0.9, 1.0, 1.1, 1.25, 1.5, 1.75)
_Keys = QKeySequence.StandardKey
_Shortcut = str | QKeySequence.StandardKey


class WindowMenu:
    """Fills the window's four menus in the language spoken now; `update` greys what can't be done."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.bar = window.menuBar()
        self.actions: dict[str, QAction] = {}
        menus = [action.menu() for action in self.bar.actions()]
        for menu, fill in zip(menus, (self._file, self._edit, self._view, self._help), strict=True):
            assert isinstance(menu, QMenu)  # noqa: S101 - the window made them
            fill(menu)
        self.update()

    def _add(
        self,
        menu: QMenu,
        name: str,
        text: str,
        slot: Callable[[], object],
        keys: _Shortcut = "",
        icon: str = "",
    ) -> QAction:
        action = QAction(text, menu)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if keys:
            action.setShortcut(QKeySequence(keys))
        if icon:
            icons.show_on(action, icon)
        action.triggered.connect(lambda _checked=False: slot())
        menu.addAction(action)
        action.setObjectName(name)
        self.actions[name] = action
        return action

    def _file(self, menu: QMenu) -> None:
        window = self._window
        self._add(menu, "new_file", _("&New file…"), window.files.new, "Ctrl+Shift+N")
        self._add(menu, "open", _("&Open…"), window.files.choose, _Keys.Open, "folder-open")
        self._recent = RecentMenu(window, menu)
        menu.addMenu(self._recent)
        self._add(menu, "save_copy", _("Save a copy &as…"), window.files.save_copy, "Ctrl+Shift+S", "save")
        self._add(menu, "sample", _("&Look around with sample data"), window.files.sample)
        menu.addSeparator()
        self._page_deed(menu, "import", _("&Import…"), "Ctrl+I", "file-down")
        self._page_deed(menu, "export", _("&Export…"), "Ctrl+E", "file-up")
        self._page_deed(menu, "report", _("&PDF report…"), _Keys.Print, "file-text")
        menu.addSeparator()
        self._add(menu, "take_out", _("&Take out everything…"), self._take_out)
        self._add(menu, "bring_in", _("Brin&g everything in…"), self._bring_in)
        menu.addSeparator()
        self._add(menu, "plans", _("Co&mpensation plans…"), self._plans, "Ctrl+Shift+P", "scroll-text")
        menu.addSeparator()
        self._add(menu, "backups", _("Back&ups…"), window.files.backups, icon="archive")
        self._add(menu, "check", _("&Check the file…"), self._check, icon="shield-check")
        menu.addSeparator()
        self._add(menu, "lock", _("Loc&k"), window.lock.lock_or_explain, "Ctrl+L", "lock")
        settings = self._add(menu, "settings", _("&Settings"), partial(window.navigate, "settings"), "Ctrl+,")
        settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        leave = self._add(menu, "quit", _("&Quit"), window.close, "Ctrl+Q")
        leave.setMenuRole(QAction.MenuRole.QuitRole)
        window.addAction(leave)  # a locked window's menus are greyed, and the keys of a greyed menu are dead

    def _edit(self, menu: QMenu) -> None:
        self._add(menu, "undo", _("&Undo"), self._window.undo, _Keys.Undo, "undo-2")
        redo = self._add(menu, "redo", _("&Redo"), self._window.redo, icon="redo-2")
        redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        menu.addSeparator()
        self._page_deed(menu, "new", _("&New"), _Keys.New, "plus")
        self._page_deed(menu, "delete", _("&Delete"), _Keys.Delete, "trash-2")
        menu.addSeparator()
        # the field itself answers to the keys; a second owner would make them ambiguous
        keys = QKeySequence(_Keys.Find).toString(QKeySequence.SequenceFormat.NativeText)
        self._page_deed(menu, "find", _("&Find") + f"\t{keys}", "", "search")
        self._add(menu, "search", _("Search &everywhere…"), self._search, "Ctrl+K")
        menu.aboutToShow.connect(self.update_undo)

    def _page_deed(self, menu: QMenu, deed: str, text: str, keys: _Shortcut, icon: str) -> None:
        self._add(menu, deed, text, partial(self._window.perform, deed), keys, icon)

    def _view(self, menu: QMenu) -> None:
        window = self._window
        pages = QActionGroup(menu)
        for place, key in enumerate(window_pages.PAGES, 1):
            text = f"&{place} {window_pages.name_of(key)}"
            action = self._add(menu, f"page_{key}", text, partial(window.navigate, key), f"Ctrl+{place}")
            action.setCheckable(True)
            pages.addAction(action)
        menu.addSeparator()
        schemes = QActionGroup(menu)
        for scheme, text in (
            ("system", _("Colours as the &system")),
            ("light", _("&Light")),
            ("dark", _("&Dark")),
        ):
            action = self._add(menu, f"scheme_{scheme}", text, partial(window.set_scheme, scheme))
            action.setCheckable(True)
            schemes.addAction(action)
        menu.addSeparator()
        self._add(menu, "larger", _("L&arger text"), partial(self._scale, 1), "Ctrl++")
        self._add(menu, "smaller", _("S&maller text"), partial(self._scale, -1), "Ctrl+-")

    def _help(self, menu: QMenu) -> None:
        self._add(menu, "help", _("&Help"), self._show_help, _Keys.HelpContents, "circle-question-mark")
        self._add(menu, "shortcuts", _("&Keyboard shortcuts"), self._show_shortcuts)
        self._add(menu, "history", _("H&istory of what you did"), self._show_history)
        menu.addSeparator()
        about = self._add(menu, "about", _("&About Organizer"), self._show_about, icon="info")
        about.setMenuRole(QAction.MenuRole.AboutRole)

    # --- what can be done now

    def update(self) -> None:
        """Grey what can't be done now, and mark what is chosen."""
        window, page = self._window, self._window.page()
        for action in (*self.actions.values(), *self.bar.actions()):
            action.setEnabled(True)
        for deed in ("new", "delete", "import", "export", "report", "find"):
            self.actions[deed].setEnabled(page is not None and deed in page.offers)
        in_file = (
            "lock",
            "settings",
            "history",
            "save_copy",
            "take_out",
            "bring_in",
            "plans",
            "backups",
            "check",
            "search",
        )
        for name in (*in_file, *(f"page_{key}" for key in window_pages.PAGES)):
            self.actions[name].setEnabled(window.context is not None)
        for key in window_pages.PAGES:
            self.actions[f"page_{key}"].setChecked(page is not None and key == window.key)
        self.actions[f"scheme_{window.preferences.scheme}"].setChecked(True)
        scale = window.preferences.text_scale
        self.actions["larger"].setEnabled(scale < _SCALES[-1])
        self.actions["smaller"].setEnabled(scale > _SCALES[0])
        self._recent.fill()
        self.update_undo()
        if window.locked:
            self._close()

    def _close(self) -> None:
        """Locked: nothing but quitting can be done, and no name stands in a menu."""
        for name, action in self.actions.items():
            action.setEnabled(name == "quit")
        for menu in self.bar.actions():
            menu.setEnabled(False)
        self._recent.clear()
        self._recent.setEnabled(False)

    def update_undo(self) -> None:
        """Say what undo and redo would do: typing in the field comes first, then the last deed."""
        focused = QApplication.focusWidget()
        undo = redo = ""
        if self._window.context and not self._window.locked:
            undo, redo = _deeds(self._window.context.file)
        if self._window.locked:
            focused = None
        self._say("undo", _("&Undo"), _("&Undo: {deed}"), _("typing") if can_undo(focused) else undo)
        self._say("redo", _("&Redo"), _("&Redo: {deed}"), _("typing") if can_redo(focused) else redo)

    def _say(self, name: str, bare: str, full: str, deed: str) -> None:
        # an ampersand in a name is no mnemonic
        self.actions[name].setText(full.format(deed=deed.replace("&", "&&")) if deed else bare)
        self.actions[name].setEnabled(bool(deed))

    def _scale(self, steps: int) -> None:
        now = self._window.preferences.text_scale
        place = min(range(len(_SCALES)), key=lambda i: abs(_SCALES[i] - now)) + steps
        self._window.set_text_scale(_SCALES[min(max(place, 0), len(_SCALES) - 1)])

    # --- windows of their own

    def _show_help(self) -> None:
        from organizer.ui.dialogs.help import show_help

        show_help(self._window, self._window.key if self._window.context else "start")

    def _show_shortcuts(self) -> None:
        from organizer.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self.bar, self._window).open()

    def _search(self) -> None:
        from organizer.ui.dialogs.search_everywhere.palette import open_search

        open_search(self._window)

    def _show_history(self) -> None:
        from organizer.ui.dialogs.history import HistoryDialog

        if self._window.context:
            HistoryDialog(self._window.context, self._window, self._settle).open()

    def _settle(self) -> None:
        if page := self._window.page():
            page.leave()

    def _take_out(self) -> None:
        from organizer.ui.dialogs.takeout import TakeOutDialog

        if self._window.context:
            TakeOutDialog(self._window.context, self._window).open()

    def _bring_in(self) -> None:
        from organizer.ui.dialogs.takeout import BringInDialog

        if self._window.context:
            BringInDialog(self._window.context, self._window).open()

    def _plans(self) -> None:
        from organizer.ui.dialogs.plans import show_plan

        if self._window.context:
            show_plan(self._window.context)

    def _check(self) -> None:
        from organizer.ui.dialogs.check import CheckDialog

        if self._window.context:
            CheckDialog(self._window.context, self._window, self._window).open()

    def _show_about(self) -> None:
        from organizer.ui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()


def _deeds(file: File) -> tuple[str, str]:
    """What undo and redo would do, "" for nothing, or when the disk doesn't answer: that is told elsewhere."""
    from organizer.services import files

    try:
        undoable, redoable = files.undoable(file), files.redoable(file)
    except Refusal:
        return "", ""
    return files.deed_name(undoable) if undoable else "", files.deed_name(redoable) if redoable else ""
