"""Message boxes that hold plain text only and never block: what follows is given along."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from organizer.domain.result import Message, Refusal
from organizer.i18n import _, say
from organizer.ui import icons, theme
from organizer.ui.widgets.label import as_title

_ICON = 32


def spoken(what: Message | Refusal) -> str:
    """A message or refusal in the user's language."""
    message = what.message if isinstance(what, Refusal) else what
    return say(message.text, message.values)


def tell(parent: QWidget, title: str, text: str, detail: str = "") -> QMessageBox:
    """Tell something that must be read; OK closes it."""
    return _with_ok(_box(parent, title, text, detail, "info"))


def warn(parent: QWidget, title: str, text: str, detail: str = "") -> QMessageBox:
    """Tell what did not work, what was kept and what to do; OK closes it."""
    return _with_ok(_box(parent, title, text, detail, "triangle-alert"))


def ask(
    parent: QWidget,
    title: str,
    text: str,
    yes: str,
    then: Callable[[], object],
    *,
    detail: str = "",
    danger: bool = False,
) -> QMessageBox:
    """Ask before a deed; `yes` is the deed's own word ("Delete"), `then` runs when it is chosen.

    With `danger` the safe answer is the one that Enter takes.
    """
    box = _box(parent, title, text, detail, "triangle-alert" if danger else "circle-question-mark")
    go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    if danger:
        go.setProperty("kind", "danger")
    box.setDefaultButton(stay if danger else go)
    box.setEscapeButton(stay)
    box.buttonClicked.connect(lambda clicked: then() if clicked is go else None)
    return _opened(box)


def answer_button(box: QMessageBox, yes: bool = True) -> QPushButton:
    """The button that agrees (or, with yes=False, does not): for whoever drives the box from outside."""
    role = QMessageBox.ButtonRole.AcceptRole if yes else QMessageBox.ButtonRole.RejectRole
    found = next(button for button in box.buttons() if box.buttonRole(button) == role)
    assert isinstance(found, QPushButton)  # noqa: S101 - a message box has no other kind
    return found


def _box(parent: QWidget, title: str, text: str, detail: str, icon: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(as_title(title))
    box.setText(text)
    box.setInformativeText(detail)
    colour = theme.amber() if icon == "triangle-alert" else theme.accent()
    box.setIconPixmap(icons.pixmap(icon, theme.scaled(_ICON), colour))
    return box


def _with_ok(box: QMessageBox) -> QMessageBox:
    box.setDefaultButton(box.addButton(_("OK"), QMessageBox.ButtonRole.AcceptRole))
    return _opened(box)


def _opened(box: QMessageBox) -> QMessageBox:
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.open()
    return box
