"""Choosing a passphrase, changing it, taking it away; and proving that one knows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import protection
from organizer.services.backups import Backup
from organizer.services.files import File
from organizer.services.strength import CONFIRM_BELOW
from organizer.ui import theme
from organizer.ui.widgets import messages
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.secret_field import SecretField
from organizer.ui.widgets.waiting import waiting

_WIDTH = 520
_BEST = 4
_NAMED = 3
_PAUSE = 150  # milliseconds after the last key before it is judged


class NewPassphrase(Form):
    """Two fields for a new passphrase, and how strong it is. `known` gives names that a thief tries first."""

    told = Signal()
    """Something else is said, and may need more lines."""

    def __init__(self, known: Callable[[], Sequence[str]], now: SecretField | None = None) -> None:
        """With `now`, the passphrase she has is asked for above."""
        super().__init__()
        if now:
            add_now(self, now)
        self._known = known
        self.new, self.again = SecretField(_("New passphrase")), SecretField(_("The new passphrase again"))
        self._bar = QProgressBar()
        self._bar.setRange(0, _BEST)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Strength"))
        self._words = Label(size="small", tone="muted", wrap=True)
        judged = QWidget()
        column = QVBoxLayout(judged)
        theme.margins(column, spacing=theme.XS)
        column.addWidget(self._bar)
        column.addWidget(self._words)
        self.add("new", _("New &passphrase"), self.new)
        self.add("judged", "", judged)
        self.add("again", _("The same &again"), self.again)
        self.setFocusProxy(self.new)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self.judge)
        self.new.changed.connect(lambda _typed: self._later.start())
        self.judge()

    def judge(self) -> int:
        """Show how strong what stands there is; its score from 0 to 4."""
        found = protection.strength(self.new.text(), self._known())
        # of an empty field only the advice: what is missing is said in red when she goes on without
        told = [found.message, found.advice] if self.new.text() else [found.advice]
        words = [messages.spoken(message) for message in told if message]
        self._bar.setValue(found.score)
        self._words.setText(" ".join(words))
        self._bar.setAccessibleDescription(self._words.text())
        self.told.emit()
        return found.score

    def put(self, passphrase: str) -> None:
        """Put in what was typed before."""
        for one in (self.new, self.again):
            one.line.setText(passphrase)
        self.judge()

    def complete(self) -> bool:
        """True when both are the same; else says what is missing."""
        self.clear_errors()
        if not self.new.text():
            self.point("new", _("Think of a passphrase."))
        elif self.new.text() != self.again.text():
            self.point("again", _("The two are not the same. Type it once more."))
        else:
            return True
        return False

    def point(self, field: str, text: str) -> None:
        """Say what is wrong with a field, and go there."""
        self.set_error(field, text)
        self.told.emit()
        self.field(field).setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm_weak(self, parent: QWidget, then: Callable[[], object]) -> None:
        """Do `then` at once when the passphrase is strong enough, else only if she wants it all the same."""
        if self.judge() >= CONFIRM_BELOW:
            then()
            return
        title, text = _("Use a weak passphrase?"), _("Whoever gets hold of the file may guess this passphrase.")
        messages.ask(parent, title, text, _("&Use it anyway"), then, detail=self._words.text(), danger=True)


def add_now(form: Form, now: SecretField) -> None:
    """The field for the passphrase that the file has, called "now"."""
    form.add("now", _("Passphrase you have &now"), now, _("Or the recovery key."))


class GrowingDialog(QDialog):
    """Grows where a text needs more lines; Qt's own doesn't."""

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: the texts are as wide as the dialog only now."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Grow once what has just changed is laid out."""
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = layout.totalHeightForWidth(self.width())
            if wanted > self.height():
                self.resize(self.width(), wanted)


class PassphraseDialog(GrowingDialog):
    """Sets or changes the passphrase of the open `file`; with `remove` takes it away.

    `then` gets the new passphrase ("" for none) and whether the unencrypted backups shall go.
    """

    def __init__(
        self,
        file: File,
        unprotected: Sequence[Backup],
        then: Callable[[str, bool], object],
        parent: QWidget | None = None,
        *,
        remove: bool = False,
    ) -> None:
        super().__init__(parent)
        self._file, self._then, self._remove = file, then, remove
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.now = SecretField(_("The passphrase you have now"))
        self.fields = NewPassphrase(lambda: protection.known_words(file), self.now if file.encrypted else None)
        self.fields.told.connect(self.fit)
        self.known: Form = self.fields
        if remove:
            self.known = Form()
            add_now(self.known, self.now)
        self.clean = QCheckBox(_("&Delete these backups once an encrypted one is made and verified"))
        self.clean.setChecked(True)
        title, word = self._title()
        self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        for text in self._introduction():
            layout.addWidget(Label(text, wrap=True))
        layout.addWidget(self.known)
        if not remove:
            layout.addWidget(Label(lost(), tone="amber", wrap=True))
        if unprotected and not remove:
            layout.addLayout(self._about_backups(unprotected))
        layout.addWidget(_buttons(self, word, danger=remove))
        first = self.now if file.encrypted else self.fields.new
        first.setFocus()

    def accept(self) -> None:
        """Check what is typed; what can't be taken is said at its field."""
        if self._file.encrypted and not proves(self._file, self.now, self.known):
            self.fit()
            return
        if self._remove:
            self._finish("")
        elif self.fields.complete():
            self.fields.confirm_weak(self, lambda: self._finish(self.fields.new.text()))

    def _finish(self, passphrase: str) -> None:
        clean = self.clean.isChecked() and self.clean.isVisibleTo(self)
        super().accept()
        self._then(passphrase, clean)

    def _about_backups(self, unprotected: Sequence[Backup]) -> QVBoxLayout:
        column = QVBoxLayout()
        theme.margins(column, spacing=theme.XS)
        count = len(unprotected)
        text = ngettext(
            "There is {count} backup without a passphrase:",
            "There are {count} backups without a passphrase:",
            count,
        )
        column.addWidget(Label(text.format(count=format_number(count)), wrap=True))
        names = [backup.path.name for backup in unprotected[:_NAMED]]
        if count > _NAMED:
            more = ngettext("and {count} more", "and {count} more", count - _NAMED)
            names.append(more.format(count=format_number(count - _NAMED)))
        column.addWidget(Label("\n".join(names), size="small", tone="muted", wrap=True))
        column.addWidget(self.clean)
        honest = _(
            "On SSDs and memory sticks, remains of deleted files may be recoverable with special tools. "
            "The same goes for the file as it was before. Copies that you made yourself stay readable."
        )
        column.addWidget(Label(honest, size="small", tone="muted", wrap=True))
        return column

    def _introduction(self) -> tuple[str, ...]:
        if self._remove:
            return (
                _("Without a passphrase, whoever gets hold of the file or of a new backup can read all of it."),
                _("Backups made until now keep the passphrase they were made with."),
            )
        if self._file.encrypted:
            return (
                _("The recovery key you printed before will not open the file any more: print the new one then."),
                _("Backups made until now keep the passphrase and the recovery key they were made with."),
            )
        return (
            _("The file will be encrypted. It can then only be opened with the passphrase or the recovery key."),
        )

    def _title(self) -> tuple[str, str]:
        if self._remove:
            return _("Remove the passphrase"), _("&Remove the passphrase")
        if self._file.encrypted:
            return _("Change the passphrase"), _("&Change the passphrase")
        return _("Protect the file with a passphrase"), _("&Encrypt the file")


class ProofDialog(GrowingDialog):
    """Asks for the passphrase of the open `file` before something is shown; `then` follows when it fits."""

    def __init__(
        self, file: File, title: str, text: str, then: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._file, self._then = file, then
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.setWindowTitle(title)
        self.field = SecretField(_("Passphrase"))
        self.form = Form()
        self.form.add("now", _("&Passphrase"), self.field)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        layout.addWidget(Label(text, wrap=True))
        layout.addWidget(self.form)
        layout.addWidget(_buttons(self, _("&Show")))
        self.field.setFocus()

    def accept(self) -> None:
        """Go on when it fits."""
        if proves(self._file, self.field, self.form):
            super().accept()
            self._then()
        else:
            self.fit()


def proves(file: File, field: SecretField, form: Form) -> bool:
    """True when what is typed in `field` (called "now" in `form`) opens the file; else says so there."""
    form.clear_errors()
    with waiting():
        fits = protection.fits(file, field.text())
    if not fits:
        form.set_error("now", _("That is not it. Check Caps Lock and try again."))
        field.hide_typing()
        field.line.selectAll()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
    return fits


def lost() -> str:
    """What happens when passphrase and recovery key are lost."""
    return _(
        "If you lose both the passphrase and the recovery key, nobody can open the file: not even those who "
        "made the program. You can print the recovery key right afterwards."
    )


def _buttons(dialog: QDialog, word: str, danger: bool = False) -> QDialogButtonBox:
    box = QDialogButtonBox()
    box.addButton(button(word, kind="danger" if danger else "primary"), QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
