"""What a new file asks once: language, her name, her company and its plan. All of it can wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

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

_FRAME = 48
"""Room for the title bar and the screen's own bars, in pixels at 100 %."""
_LEAST = 320

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
        column = self._scrolled()
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
        self._sheet.layout().addLayout(self._buttons())  # type: ignore[union-attr]
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made once, in __init__
        layout.removeWidget(old)
        layout.addWidget(self._sheet)
        old.hide()
        old.deleteLater()
        self._fit()

    def _scrolled(self) -> QVBoxLayout:
        """Where the questions stand: they scroll on a small screen, above buttons that stay."""
        outer = QVBoxLayout(self._sheet)
        theme.margins(outer, spacing=0)
        self._questions_part = QWidget()
        self._questions_part.setProperty("page", True)
        column = QVBoxLayout(self._questions_part)
        theme.margins(column, theme.XL, theme.L, spacing=theme.M)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(self._questions_part)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._fit_soon)
        outer.addWidget(self.scroller, 1)
        return column

    def _fit(self) -> None:
        """Grow where a language, a plan or an error needs more lines, as far as the screen has room."""
        layout = self._questions_part.layout()
        assert layout is not None  # noqa: S101 - made a moment ago
        layout.activate()
        wanted = layout.totalHeightForWidth(self.width()) + self._row.sizeHint().height()
        wanted = max(wanted, self.height() + self.scroller.verticalScrollBar().maximum())
        room = self.screen().availableGeometry().height() - theme.scaled(_FRAME)
        self.setMinimumHeight(min(wanted, room, theme.scaled(_LEAST)))
        if min(wanted, room) > self.height():
            self.resize(self.width(), min(wanted, room))
            self._stay_on_screen()
        if one := self.focusWidget():  # on a small screen it may have been pushed out of sight
            self.scroller.ensureWidgetVisible(one, 0, theme.XL)

    def _stay_on_screen(self) -> None:
        """What grows downwards may leave the screen below."""
        area, frame = self.screen().availableGeometry(), self.frameGeometry()
        if self.isVisible() and frame.bottom() > area.bottom():
            self.move(frame.left(), max(area.top(), area.bottom() - frame.height()))

    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self, self._fit)  # only then what is new is laid out

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: the screen is known only now."""
        super().showEvent(event)
        self._fit()

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
        self.secret.told.connect(self._fit_soon)
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
            QTimer.singleShot(0, self, self._show_protection)

    def _show_protection(self) -> None:
        self._fit()
        if part := self.protect.parentWidget():
            QTimer.singleShot(0, part, lambda: self.scroller.ensureWidgetVisible(part, 0, theme.M))

    def _buttons(self) -> QHBoxLayout:
        row = self._row = QHBoxLayout()
        theme.margins(row, theme.XL, theme.M)
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
            self._fit_soon()
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
