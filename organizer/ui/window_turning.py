"""Turning to a page of the window: one that can't be read never stands there empty, as if nothing were in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from organizer.ui import window_pages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from organizer.ui.main_window import MainWindow
    from organizer.ui.pages.page import Page


def turn(window: MainWindow, key: str) -> None:
    """Show the page called `key`, building it on the first visit.

    Raises Refusal when it can't be read, Damaged above all: the page that stood there stands there still, and
    this one is let go, to be built and read anew the next time.
    """
    before, shown = window.key, window.stack.currentWidget()
    try:
        _show(window, key)
    except BaseException:
        _let_go(window, key)
        window.key = before
        page = window.page()
        if page is not None and page is shown:
            window.stack.setCurrentWidget(page)
        raise
    finally:
        window.rail.select(window.key)
        window.show_title()
        window.menu.update()


def _show(window: MainWindow, key: str) -> None:
    assert window.context is not None  # noqa: S101 - asked before
    # asked before the page is shown: hiding the other one throws the focus at whatever comes first
    focus = window.pages[key].focusWidget() if key in window.pages else None
    if key not in window.pages:
        built = window.pages[key] = window_pages.build(key, window.context, window)
        window.stack.addWidget(built)
        # a frame that is just built comes to be seen a moment later
        built.stayed_unread.connect(lambda: QTimer.singleShot(0, window, lambda: _turn_back(window, key, built)))
    window.key = key
    # it reads what it shows as soon as it is seen
    page = window.pages[key]
    window.stack.setCurrentWidget(page)
    if page.unread:
        raise page.unread
    _focus(page, focus)


def _turn_back(window: MainWindow, key: str, page: Page) -> None:
    if window.pages.get(key) is page and page.unread:
        _let_go(window, key)
        window.files.page_refused(page.unread)


def _let_go(window: MainWindow, key: str) -> None:
    page = window.pages.pop(key, None)
    if page:
        page.close_down()
        window.stack.removeWidget(page)
        page.deleteLater()


def _focus(page: Page, before: QWidget | None) -> None:
    from PySide6.QtCore import Qt

    # where she was before, else where typing finds something
    if before:
        before.setFocus(Qt.FocusReason.OtherFocusReason)
    elif "find" in page.offers:
        page.perform("find")
    elif first := page.first_focus():
        first.setFocus(Qt.FocusReason.OtherFocusReason)
    else:
        page.focusNextPrevChild(True)
