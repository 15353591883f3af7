"""Text fields that commit: a text is told once it is finished, and undone in the field before anything else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_WINDOWS_OWN = tuple(
    QKeyCombination(Qt.KeyboardModifier.ControlModifier, key) for key in (Qt.Key.Key_E, Qt.Key.Key_K)
)
_TYPING_ON = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class CommitLineEdit(QLineEdit):
    """One line that tells `committed` on Enter or when left, if it was changed. Esc brings the old text back."""

    committed = Signal(str)

    def __init__(self, name: str = "", value: str = "") -> None:
        super().__init__()
        self._kept = ""
        if name:
            self.setAccessibleName(name)
        self.set_value(value)

    def value(self) -> str:
        """The text as it stands, committed or not."""
        return self.text()

    def set_value(self, text: str) -> None:
        """Show a text that is already kept; nothing is told."""
        self._kept = text
        if text != self.text() or self.isUndoAvailable():
            self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def changed(self) -> bool:
        """True while the text differs from what is kept."""
        return self.text() != self._kept

    def commit(self, again: bool = False) -> None:
        """Tell the text now if it was changed; with `again` in any case, as it couldn't be kept before."""
        if again or self.changed():
            self.set_value(self.text())
            self.committed.emit(self.text())

    def event(self, event: QEvent) -> bool:
        """Leave to the window what is the window's, such as Ctrl+Z when this field has nothing to undo."""
        return False if not_mine(self, event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit on Enter; Esc brings the kept text back, or goes on when nothing was typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        if event.key() == Qt.Key.Key_Escape and self.changed():
            self.set_value(self._kept)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the person goes elsewhere, but not for a menu that pops up."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()
            if event.reason() not in _TYPING_ON:
                self.setCursorPosition(0)


class CommitPlainText(QPlainTextEdit):
    """Text of many lines that tells `committed` when left, if it was changed. Esc brings the old text back."""

    committed = Signal(str)

    def __init__(self, name: str = "", placeholder: str = "", value: str = "") -> None:
        super().__init__()
        self._kept = ""
        if name:
            self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.set_value(value)

    def value(self) -> str:
        """The text as it stands, committed or not."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Show a text that is already kept; nothing is told."""
        self._kept = text
        if text != self.toPlainText():
            self.setPlainText(text)
        else:
            self.document().clearUndoRedoStacks()

    def changed(self) -> bool:
        """True while the text differs from what is kept."""
        return self.toPlainText() != self._kept

    def commit(self) -> None:
        """Tell the text now if it was changed."""
        if self.changed():
            self.set_value(self.toPlainText())
            self.committed.emit(self._kept)

    def event(self, event: QEvent) -> bool:
        """Leave to the window what is the window's, such as Ctrl+Z when this field has nothing to undo."""
        return False if not_mine(self, event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc brings the kept text back, or goes on when nothing was typed."""
        if event.key() == Qt.Key.Key_Escape and self.changed():
            self.set_value(self._kept)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the person goes elsewhere, but not for a menu that pops up."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()


def not_mine(field: QWidget, event: QEvent) -> bool:
    """True for keys that a text field would take though they are the window's; it ignores the event then.

    Undo and redo are, where the field has nothing of the kind, and Ctrl+E and Ctrl+K, which on X11 are the end of
    the line and what deletes up to it.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    no_undo = event.matches(keys.Undo) and not can_undo(field)
    no_redo = event.matches(keys.Redo) and not can_redo(field)
    if no_undo or no_redo or event.keyCombination() in _WINDOWS_OWN:
        event.ignore()
        return True
    return False


def can_undo(field: QWidget | None) -> bool:
    """True when `field` is a text field with typing of its own to undo."""
    if isinstance(field, QLineEdit):
        return not field.isReadOnly() and field.isUndoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return not field.isReadOnly() and field.document().isUndoAvailable()
    return False


def can_redo(field: QWidget | None) -> bool:
    """True when `field` is a text field with undone typing of its own."""
    if isinstance(field, QLineEdit):
        return not field.isReadOnly() and field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return not field.isReadOnly() and field.document().isRedoAvailable()
    return False


def undo_in_focus() -> bool:
    """Undo typing in the focused field. False when there is none, and the window undoes the last deed."""
    field = QApplication.focusWidget()
    if not can_undo(field):
        return False
    assert isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit)  # noqa: S101 - can_undo said so
    field.undo()
    return True


def redo_in_focus() -> bool:
    """Redo typing in the focused field. False when there is none, and the window redoes a deed."""
    field = QApplication.focusWidget()
    if not can_redo(field):
        return False
    assert isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit)  # noqa: S101 - can_redo said so
    field.redo()
    return True
