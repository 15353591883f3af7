"""Before pages or their file go: what is typed is stored, and what can't be is only lost if she says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from organizer.i18n import _, say
from organizer.ui import window_pages

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow
    from organizer.ui.pages.page import Page

_NAME = "parting"


def part(window: MainWindow, deed: str, then: Callable[[], object]) -> None:
    """Do `then` once everything typed is stored; else only when she answers with `deed` ("Close without it")."""
    if window.locked and window.context:  # what is asked would show what is hidden
        window.lock.wait_for_her(lambda: part(window, deed, then))
    elif settled(window, deed, then):
        then()


def settled(window: MainWindow, deed: str, then: Callable[[], object]) -> bool:
    """True when everything typed is stored. Else False; she is asked, and `then` follows if she agrees."""
    if asking(window):
        return False
    said: list[str] = []
    if window.context:
        window.context.warned.connect(said.append)
    unkept = [key for key, page in list(window.pages.items()) if not _keeps(page, said)]
    if window.context:
        window.context.warned.disconnect(said.append)
    if unkept:
        _ask(window, window.key if window.key in unkept else unkept[0], said[-1] if said else "", deed, then)
    return not unkept


def _keeps(page: Page, said: list[str]) -> bool:
    """Does the page store what is typed there? One that fails at it must not keep her from parting."""
    from organizer.domain.result import Refusal
    from organizer.ui import window_trouble

    try:
        return page.leave()
    except Refusal as refusal:
        said.append(say(refusal.message.text, refusal.message.values))
    except Exception as error:
        window_trouble.note(error)
    return False


def asking(window: MainWindow) -> bool:
    """True while she is being asked."""
    from PySide6.QtWidgets import QMessageBox

    return any(box.isVisible() for box in window.findChildren(QMessageBox, _NAME))


def _ask(window: MainWindow, key: str, why: str, deed: str, then: Callable[[], object]) -> None:
    from organizer.ui.widgets import messages

    window.navigate(key)
    text = _("Something you wrote under {page} is not kept. It still stands there, with what is wrong or missing.")
    box = messages.ask(
        window,
        _("Not everything is kept"),
        text.format(page=window_pages.name_of(key)),
        deed,
        then,
        detail=why,
        danger=True,
    )
    box.setObjectName(_NAME)
