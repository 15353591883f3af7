"""The PIN that guards the screen of a file without a passphrase: choose it, change it, take it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import screen_pin
from organizer.services.files import File
from organizer.ui import theme
from organizer.ui.dialogs.passphrase import GrowingDialog
from organizer.ui.pin_tries import Tries, wait_text, wrong_pin
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.secret_field import SecretField

_WIDTH = 440
_WIDER = 520
_LEAST = 4


def honest() -> str:
    """What a PIN does and doesn't do."""
    return _(
        "The PIN only guards the screen: whoever copies the file can read it. A passphrase protects the file."
    )


class PinDialog(GrowingDialog):
    """Chooses a PIN for `file`; with `remove` takes it away. A PIN that is set is asked for first."""

    done_it = Signal()
    """It is set, or taken away."""

    def __init__(self, file: File, tries: Tries, parent: QWidget | None = None, *, remove: bool = False) -> None:
        super().__init__(parent)
        self._file, self._tries, self._remove = file, tries, remove
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self._has = bool(screen_pin.of(file))
        self.setWindowTitle(self._title())
        self.form = Form()
        self.now, self.new, self.again = (SecretField(name) for name in self._names())
        if self._has:
            self.form.add("now", _("PIN you have &now"), self.now)
        if not remove:
            self.form.add("new", _("New &PIN"), self.new, _("At least four digits or letters."))
            self.form.add("again", _("The same &again"), self.again)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        layout.addWidget(Label(honest(), tone="muted", wrap=True))
        layout.addWidget(self.form)
        layout.addWidget(_buttons(self, _("&Remove the PIN") if remove else _("&Set the PIN")))
        (self.now if self._has else self.new).setFocus()

    def accept(self) -> None:
        """Check what is typed, and keep it; says at the field what is wrong."""
        self.form.clear_errors()
        if self._has and not self._knows():
            return
        if not self._remove:
            if len(self.new.text()) < _LEAST:
                self._wrong("new", _("That is too short: at least four digits or letters."))
                return
            if self.new.text() != self.again.text():
                self._wrong("again", _("The two are not the same. Type it once more."))
                return
        try:
            screen_pin.choose(self._file, "" if self._remove else self.new.text())
        except Refusal as refusal:
            self._wrong("now" if self._remove else "new", spoken(refusal))
            return
        super().accept()
        self.done_it.emit()

    def _knows(self) -> bool:
        if self._tries.wait():
            self._wrong("now", wait_text(self._tries.wait()))
        elif screen_pin.of(self._file).fits(self.now.text()):
            self._tries.passed()
            return True
        else:
            self._tries.failed()
            wait = self._tries.wait()
            self._wrong("now", wait_text(wait) if wait else wrong_pin(self._tries.left()))
        return False

    def _wrong(self, field: str, text: str) -> None:
        self.form.set_error(field, text)
        self.fit()
        widget = self.form.field(field)
        assert isinstance(widget, SecretField)  # noqa: S101 - there is no other kind here
        widget.line.selectAll()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _title(self) -> str:
        if self._remove:
            return _("Remove the PIN")
        return _("Change the PIN") if self._has else _("Choose a PIN")

    def _names(self) -> tuple[str, str, str]:
        return _("The PIN you have now"), _("New PIN"), _("The new PIN again")


class NothingToLockWith(GrowingDialog):
    """Ctrl+L, but neither a passphrase nor a PIN could open the lock again: explains both and offers them."""

    def __init__(
        self,
        choose_pin: Callable[[], object],
        choose_passphrase: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(_WIDER))
        self.setWindowTitle(_("Lock the screen"))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        text = _("To lock, the program needs something that only you can open it with again.")
        layout.addWidget(Label(text, wrap=True))
        for about in (_("A passphrase encrypts the file: nobody can read it without."), honest()):
            layout.addWidget(Label(about, tone="muted", wrap=True))
        self.passphrase = button(
            _("Set a &passphrase…"), lambda: self._go(choose_passphrase), icon="key-round", kind="primary"
        )
        self.pin = button(_("&Choose a PIN…"), lambda: self._go(choose_pin), icon="lock")
        box = QDialogButtonBox()
        box.addButton(self.passphrase, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.pin, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        layout.addWidget(box)

    def _go(self, then: Callable[[], object]) -> None:
        self.accept()
        then()


def _buttons(dialog: QDialog, word: str) -> QDialogButtonBox:
    box = QDialogButtonBox()
    box.addButton(button(word, kind="primary"), QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
