"""What a new file asks once: language, her name, her company and its plan. All of it can wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from organizer import i18n
from organizer.domain.result import FieldRefusal, Refusal
from organizer.i18n import _
from organizer.services import plans
from organizer.services.companies import DEFAULT_CURRENCY
from organizer.ui import theme
from organizer.ui.dialogs.passphrase import NewPassphrase, lost
from organizer.ui.pages.settings.plan_details import PlanChooser, PlanDetails
from organizer.ui.widgets import messages
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label

CURRENCIES = ("DKK", "EUR", "NOK", "SEK", "ISK", "GBP", "CHF", "PLN", "CZK", "USD", "CAD", "AUD", "NZD")
"""The currencies offered; the settings page takes any other."""


@dataclass(frozen=True)
class Answers:
    """What she answered; empty where she skipped it."""

    owner: str = ""
    company: str = ""
    plan_id: str = ""
    currency: str = DEFAULT_CURRENCY
    passphrase: str = field(default="", repr=False)


class FirstStart(QDialog):
    """`make` gets the answers (none on Skip) and makes the file at `path`; the dialog stays when it refuses."""

    language_chosen = Signal(str)
    sample_asked = Signal()

    def __init__(self, path: Path, make: Callable[[Answers], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path, self._make = path, make
        self._answers = Answers()
        self._filled = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(520))
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)
        self._sheet = QWidget()
        self._build()
        self.language.setFocus()

    def _build(self) -> None:
        """The questions in the language spoken now, with what was answered so far."""
        self.setWindowTitle(_("Welcome"))
        old, self._sheet = self._sheet, QWidget()
        column = QVBoxLayout(self._sheet)
        theme.margins(column, theme.XL, spacing=theme.M)
        column.addWidget(Label(_("Welcome to Organizer"), size="title"))
        text = _("A few questions first. You can skip all of them and answer later in Settings.")
        self._hints = [Label(text, tone="muted", wrap=True)]
        column.addWidget(self._hints[0])
        column.addWidget(self._questions())
        column.addWidget(self._protection())
        where = _("Everything is kept in one file on this computer: {file}").format(file=str(self._path))
        self._hints.append(Label(where, size="small", tone="muted", wrap=True))
        column.addWidget(self._hints[1])
        column.addStretch()
        column.addLayout(self._buttons())
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made once, in __init__
        layout.removeWidget(old)
        layout.addWidget(self._sheet)
        old.hide()
        old.deleteLater()
        self._fit()

    def _fit(self) -> None:
        """Grow where a language or a plan needs more lines; a dialog doesn't by itself."""
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made once, in __init__
        layout.activate()
        wanted = layout.totalHeightForWidth(max(self.width(), self.minimumWidth()))
        if wanted > self.height():
            self.resize(self.width(), wanted)

    def _questions(self) -> Form:
        given = self._answers
        self.language = ComboBox()
        for code, name in i18n.LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(i18n.language()))
        self.language.activated.connect(self._on_language)
        self.owner = QLineEdit(given.owner)
        self.company = QLineEdit(given.company)
        self.plan = PlanChooser(given.plan_id)
        self.about = PlanDetails(given.plan_id, brief=True)
        self.plan.plan_changed.connect(self._on_plan)
        self.currency = ComboBox()
        self.currency.addItems(CURRENCIES)
        self._choose_currency(given.currency)
        form = self.form = Form()
        form.add("language", _("&Language"), self.language)
        form.add("owner", _("Your &name"), self.owner)
        form.add("plan", _("Compensation &plan"), self.plan)
        form.wide(self.about)
        form.add("company", _("&Company"), self.company)
        form.add("currency", _("C&urrency"), self.currency)
        return form

    def _protection(self) -> QWidget:
        """Whether the file is encrypted; the fields come when she wants it."""
        part = QWidget()
        column = QVBoxLayout(part)
        theme.margins(column, spacing=theme.S)
        self.protect = QCheckBox(_("P&rotect the file with a passphrase"))
        self.secret = NewPassphrase(lambda: [*self.owner.text().split(), self.company.text(), self._path.stem])
        warning = Label(lost(), size="small", tone="amber", wrap=True)
        for one in (self.protect, self.secret, warning):
            column.addWidget(one)
        if self._answers.passphrase:
            self.secret.put(self._answers.passphrase)
            self.protect.setChecked(True)
        self.protect.toggled.connect(self._on_protect)
        for shown in (self.secret, warning):
            shown.setVisible(self.protect.isChecked())
            self.protect.toggled.connect(shown.setVisible)
        return part

    def _on_protect(self, wanted: bool) -> None:
        for hint in self._hints:  # a small screen has no room for all of it
            hint.setVisible(not wanted)
        if wanted:
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        # only now the fields are laid out
        QTimer.singleShot(0, self, self._fit)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(_("Look &around with sample data"), self._look_around, kind="flat", icon="eye"))
        row.addStretch()
        self.skip = button(_("&Skip"), lambda: self._finish(Answers()))
        self.go = button(_("&Get started"), self.accept, kind="primary")
        row.addWidget(self.skip)
        row.addWidget(self.go)
        return row

    def answers(self) -> Answers:
        """What stands in the fields now."""
        return Answers(
            self.owner.text(),
            self.company.text(),
            self.plan.plan_id(),
            self.currency.currentText(),
            self.secret.new.text() if self.protect.isChecked() else "",
        )

    def accept(self) -> None:
        """Make the file with the answers."""
        given = self.answers()
        self.form.clear_errors()
        if given.plan_id and not given.company.strip():
            self.form.set_error("company", _("Write the company's name, or choose no plan."))
            self.company.setFocus()
        elif not self.protect.isChecked():
            self._finish(given)
        elif self.secret.complete():
            self.secret.confirm_weak(self, lambda: self._finish(given))

    def _finish(self, given: Answers) -> None:
        try:
            self._make(given)
        except FieldRefusal as refusal:
            if not self.form.show_refusal(refusal):
                self._warn(refusal)
        except Refusal as refusal:
            self._warn(refusal)
        else:
            super().accept()

    def _warn(self, refusal: Refusal) -> None:
        messages.warn(self, _("That wasn't possible"), messages.spoken(refusal))

    def _look_around(self) -> None:
        self.reject()
        self.sample_asked.emit()

    def _on_language(self) -> None:
        chosen = str(self.language.currentData())
        if chosen != i18n.language():
            self._answers = self.answers()
            self.language_chosen.emit(chosen)
            self._build()
            self.language.setFocus()

    def _on_plan(self, plan_id: str) -> None:
        """Fill in what the plan knows, but never over what she wrote."""
        self.about.show_plan(plan_id)
        self._fit()
        plan = plans.by_id(plan_id)
        if self.company.text() in ("", self._filled):
            self._filled = plan.company if plan else ""
            self.company.setText(self._filled)
        if plan:
            self._choose_currency(plan.currency)

    def _choose_currency(self, currency: str) -> None:
        if self.currency.findText(currency) < 0:
            self.currency.addItem(currency)
        self.currency.setCurrentText(currency)
