"""Who can read the file and who can look at the screen: passphrase, recovery key, lock and PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import screen_pin
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow

MINUTES = (0, 1, 5, 10, 15, 30, 60)
"""The choices for locking by itself; 0 is never."""


class ProtectionCard(QFrame):
    """Says how things are in plain words; each deed opens its own dialog."""

    def __init__(self, context: Context, shell: object) -> None:
        super().__init__()
        self._context = context
        self._shell = cast("MainWindow", shell)
        self.setProperty("card", True)
        self.state, self.meaning = Label(bold=True), Label(tone="muted", wrap=True)
        self.set = button("", self._ask_passphrase, icon="key-round")
        self.remove = button(_("Remove the passphrase…"), self._remove_passphrase, kind="danger")
        self.recovery = button(_("Recovery key…"), self._show_recovery_key, icon="file-text")
        self.minutes = ComboBox()
        self.minutes.activated.connect(self._choose_minutes)
        self.pin = button("", self._ask_pin, icon="lock")
        self.unpin = button(_("Remove the PIN…"), self._remove_pin, kind="danger")
        self.about_pin = Label(tone="muted", wrap=True, size="small")
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M, spacing=theme.S)
        for part in (self.state, self.meaning, _row(self.set, self.recovery, self.remove)):
            layout.addWidget(part)
        form = Form()
        form.add(
            "minutes", _("Lock b&y itself"), self.minutes, _("Ctrl+L locks at once. So does the computer's sleep.")
        )
        layout.addWidget(form)
        self._pins = _row(self.pin, self.unpin)
        layout.addWidget(self._pins)
        layout.addWidget(self.about_pin)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: read anew."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Say how things are now."""
        file = self._context.file
        encrypted, has_pin = file.encrypted, bool(screen_pin.of(file))
        if encrypted:
            self.state.setText(_("Protected with a passphrase"))
            self.meaning.setText(
                _("The file is encrypted: without the passphrase or the recovery key nobody can read it.")
            )
        else:
            self.state.setText(_("Not encrypted"))
            self.meaning.setText(_("Whoever gets hold of the file, or of a backup, can read everything in it."))
        self.set.setText(_("Change the passphrase…") if encrypted else _("Set a passphrase…"))
        self.remove.setVisible(encrypted)
        self.recovery.setVisible(encrypted)
        self._pins.setVisible(not encrypted)
        self.pin.setText(_("Change the PIN…") if has_pin else _("Choose a PIN…"))
        self.unpin.setVisible(has_pin)
        self._say_pin(encrypted, has_pin)
        self._fill_minutes(screen_pin.lock_minutes(file))
        self.minutes.setEnabled(encrypted or has_pin)

    def _say_pin(self, encrypted: bool, has_pin: bool) -> None:
        from organizer.ui.dialogs.pin import honest

        if encrypted:
            text = _("The passphrase unlocks the screen too, so there is no PIN.")
        elif has_pin:
            text = honest()
        else:
            text = _("Without a passphrase or a PIN the screen can't be locked.") + " " + honest()
        self.about_pin.setText(text)

    def _fill_minutes(self, chosen: int) -> None:
        self.minutes.clear()
        for count in sorted({*MINUTES, chosen}, key=lambda one: (one > 0, one)):
            self.minutes.addItem(_minutes(count), count)
        self.minutes.setCurrentIndex(self.minutes.findData(chosen))

    def come_into_view(self) -> None:
        """Scroll here, as after the file was closed for one of these deeds."""
        self.set.setFocus(Qt.FocusReason.OtherFocusReason)
        # a page built a moment ago isn't laid out yet
        QTimer.singleShot(0, self, self._scroll_here)

    def _scroll_here(self) -> None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self, 0, theme.L)

    # --- deeds

    def _choose_minutes(self) -> None:
        minutes = int(self.minutes.currentData())
        self._context.deed(lambda: screen_pin.set_lock_minutes(self._context.file, minutes))
        self._shell.lock.minutes = screen_pin.lock_minutes(self._context.file)
        self.refresh()

    def _ask_passphrase(self) -> None:
        from organizer.ui import window_protect

        window_protect.ask(self._shell)

    def _remove_passphrase(self) -> None:
        from organizer.ui import window_protect

        window_protect.ask(self._shell, remove=True)

    def _show_recovery_key(self) -> None:
        from organizer.ui import window_protect

        window_protect.show_recovery_key(self._shell)

    def _ask_pin(self, remove: bool = False) -> None:
        if dialog := self._shell.lock.ask_pin(remove=remove):
            dialog.done_it.connect(self._on_pin)

    def _remove_pin(self) -> None:
        self._ask_pin(remove=True)

    def _on_pin(self) -> None:
        self.refresh()
        has = bool(screen_pin.of(self._context.file))
        self._context.answered.emit(_("The PIN is set.") if has else _("The PIN is removed."), False)


def _minutes(count: int) -> str:
    if not count:
        return _("Never")
    return ngettext("After {count} minute", "After {count} minutes", count).format(count=format_number(count))


def _row(*parts: QWidget) -> QWidget:
    line = QWidget()
    theme.margins(layout := FlowLayout(line), spacing=theme.S)
    for part in parts:
        layout.addWidget(part)
    return line
