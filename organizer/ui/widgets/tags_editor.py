"""Tags as chips: type and press Enter or comma; Backspace or the chip itself takes one away."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QToolButton

from organizer.i18n import _
from organizer.ui import icons, theme
from organizer.ui.widgets.buttons import ToolButton
from organizer.ui.widgets.flow_layout import FlowLayout

_CROSS = 14
_WIDEST = 220


class TagsEditor(QFrame):
    """Edits a person's tags and offers the `known` ones while typing. `changed` comes after each change."""

    changed = Signal()

    def __init__(self, name: str, known: Iterable[str] = ()) -> None:
        super().__init__()
        self._chips: list[QToolButton] = []
        self._known = QStringListModel(self)
        self._edit = _TagEdit(name)
        self._edit.setCompleter(self._completer())
        self.setFocusProxy(self._edit)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)
        theme.margins(self._flow, theme.XS, spacing=theme.XS)
        self._flow.addWidget(self._edit)
        theme.set_style(self, chips=True)
        self._edit.finished.connect(self._on_typed)
        self._edit.backspaced.connect(self._on_backspace)
        self._edit.lit.connect(self._on_lit)
        self.set_known(known)

    def tags(self) -> tuple[str, ...]:
        """The tags in their order."""
        return tuple(str(chip.property("tag")) for chip in self._chips)

    def set_tags(self, tags: Iterable[str]) -> None:
        """Show tags that are already kept; nothing is told."""
        wanted = tuple(tags)
        if wanted == self.tags():
            return
        for chip in list(self._chips):
            self._drop(chip)
        for tag in wanted:
            self._append(tag)

    def set_known(self, known: Iterable[str]) -> None:
        """The tags to offer while typing."""
        self._known.setStringList(sorted(set(known), key=str.casefold))

    def commit(self) -> None:
        """Take what is still being typed as a tag."""
        self._on_typed(self._edit.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the chips goes on to the text."""
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete, Backspace and the arrow keys on a chip."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            chip = next((chip for chip in self._chips if chip is watched), None)
            if chip and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._on_remove(chip)
                return True
        return super().eventFilter(watched, event)

    def _completer(self) -> QCompleter:
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # queued: the completer writes the chosen tag into the field after telling of it
        completer.activated.connect(self._on_typed, Qt.ConnectionType.QueuedConnection)
        return completer

    def _on_typed(self, text: str) -> None:
        self._edit.clear()
        have = {tag.casefold() for tag in self.tags()}
        fresh = [tag for part in text.split(",") if (tag := " ".join(part.split()))]
        added = [tag for tag in dict.fromkeys(fresh) if tag.casefold() not in have]
        for tag in added:
            self._append(tag)
        if added:
            self.changed.emit()

    def _on_lit(self, lit: bool) -> None:
        theme.set_style(self, lit=lit)

    def _on_backspace(self) -> None:
        if self._chips:
            self._on_remove(self._chips[-1])

    def _on_remove(self, chip: QToolButton) -> None:
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._drop(chip)
        self.changed.emit()

    def _append(self, tag: str) -> None:
        chip = ToolButton(self)
        chip.setProperty("tag", tag)
        shown = self.fontMetrics().elidedText(tag, Qt.TextElideMode.ElideMiddle, theme.scaled(_WIDEST))
        chip.setText(shown.replace("&", "&&"))
        icons.show_on(chip, "x", "muted")
        cross = theme.scaled(_CROSS)
        chip.setIconSize(QSize(cross, cross))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross comes after the word
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setAccessibleName(_("Remove {name}").format(name=tag))
        chip.setToolTip(f"<p>{escape(chip.accessibleName())}</p>")
        chip.clicked.connect(lambda: self._on_remove(chip))
        chip.installEventFilter(self)
        self._flow.insert(len(self._chips), chip)
        self._chips.append(chip)
        chip.show()

    def _drop(self, chip: QToolButton) -> None:
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.removeEventFilter(self)
        chip.hide()
        chip.deleteLater()


class _TagEdit(QLineEdit):
    """Where a tag is typed."""

    finished = Signal(str)
    backspaced = Signal()
    lit = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(_("Add a tag"))
        self.setMinimumWidth(theme.scaled(96))
        self.returnPressed.connect(lambda: self.finished.emit(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A comma ends a tag, Backspace in the empty field takes the last one, Esc empties the field."""
        if event.text() == ",":
            self.finished.emit(self.text())
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Light up the frame."""
        super().focusInEvent(event)
        self.lit.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed becomes a tag when the person goes elsewhere, but not for the list that pops up."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.lit.emit(False)
            self.finished.emit(self.text())
