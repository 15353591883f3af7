"""The window "Compensation plans": the list on the left, the chosen plan in plain words on the right."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.company import Company
from organizer.domain.contact import fold
from organizer.i18n import _
from organizer.services import companies, files, plans
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.history import close_button
from organizer.ui.dialogs.plans.deeds import Deeds
from organizer.ui.dialogs.plans.plan_list import Entry, PlanList, entries
from organizer.ui.dialogs.plans.reading import Reading
from organizer.ui.dialogs.working import WorkingDialog
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.plain_text import redo_in_focus, undo_in_focus
from organizer.ui.widgets.search_field import SearchField

_SIZE = (1180, 640)
_LEFT = 320
_FRAME = 48
"""What the title bar takes of the screen, in pixels at 100 %."""


class PlansDialog(WorkingDialog):
    """Every plan that there is. What is done here is done for `company`, else the one in view."""

    def __init__(
        self, context: Context, plan_id: str = "", company: Company | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._context = context
        self._company_id = company.id if company else None
        self._every: list[Entry] = []
        self.deeds = Deeds(self, context, self.company, self.entry, self.answers)
        self.setWindowTitle(_("Compensation plans"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        room = self.screen().availableGeometry().size() - QSize(0, theme.scaled(_FRAME))
        self.resize(QSize(*map(theme.scaled, _SIZE)).boundedTo(room))
        self._build()
        # Enter in the list or the search only reads: it must not give the company another plan
        for made in self.findChildren(QPushButton):
            made.setDefault(False)
            made.setAutoDefault(False)
        self._wire()
        wanted = self.company()
        self.refresh(plan_id or (wanted.plan_id if wanted else ""))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def company(self) -> Company | None:
        """The company for which a plan is chosen here."""
        every = companies.everyone(self._context.file)
        return next((one for one in every if one.id == self._company_id), self._context.company)

    def entry(self) -> Entry | None:
        """The plan that is read and that the buttons are about."""
        return self.list.entry()

    def show_plan(self, plan_id: str) -> None:
        """Choose a plan in the list, whatever was searched for."""
        self.search.clear()
        self.list.choose(plan_id)

    def refresh(self, plan_id: str = "") -> None:
        """Read anew which plans there are; `plan_id` is chosen, or the one that was."""
        file, before = self._context.file, self.list.entry()
        self._every = entries(plans.own(file), plans.unreadable(file), plans.built_in())
        self._filter(plan_id or (before.id if before else ""))

    # --- what it is made of

    def _build(self) -> None:
        self.search = SearchField(_("Search the plans"), _("Search the plans"))
        self.list = PlanList()
        self.bring_in = button(_("&Bring in a file…"), self.deeds.bring_in, icon="file-down")
        self.none_own = Label(
            _("Plans of your own will stand here on top: copy one, or bring in a file."),
            size="small",
            tone="muted",
            wrap=True,
        )
        self.reading = Reading()
        nothing = EmptyState("search", _("No such plan"), _("Nothing found. Try another word."))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.reading)
        self.stack.addWidget(nothing)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        split.setSizes([theme.scaled(_LEFT), theme.scaled(_SIZE[0] - _LEFT)])
        foot = QHBoxLayout()
        foot.addWidget(self.answers, 1)
        foot.addWidget(close_button(self))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M, spacing=theme.S)
        layout.addWidget(split, 1)
        layout.addLayout(foot)

    def _left(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        theme.margins(column)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.none_own)
        column.addWidget(self.bring_in)
        column.setContentsMargins(0, 0, theme.S, 0)
        return side

    def _right(self) -> QWidget:
        side = QWidget()
        row = QWidget()
        flow = FlowLayout(row)
        theme.margins(flow, spacing=theme.S)
        for made in self.deeds.buttons:
            flow.addWidget(made)
        column = QVBoxLayout(side)
        theme.margins(column)
        column.addWidget(self.stack, 1)
        column.addWidget(row)
        column.setContentsMargins(theme.S, 0, 0, 0)
        return side

    def _wire(self) -> None:
        self.search.textChanged.connect(lambda _text: self._filter(self._kept()))
        self.search.down_pressed.connect(self.list.setFocus)
        self.list.chosen.connect(self._show)
        self.list.delete_asked.connect(self.deeds.remove)
        self.list.read_asked.connect(lambda: self.reading.words.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.customContextMenuRequested.connect(self._menu)
        self.answers.undo_asked.connect(self.undo)
        self.deeds.made.connect(self._made)
        self._context.changed.connect(self._on_changed)
        for keys, slot in (
            (QKeySequence.StandardKey.Undo, self._undo_key),
            (QKeySequence.StandardKey.Redo, self._redo_key),
            (QKeySequence.StandardKey.Print, self.deeds.pdf),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    # --- what it shows

    def _kept(self) -> str:
        entry = self.list.entry()
        return entry.id if entry else ""

    def _filter(self, keep: str) -> None:
        words = fold(self.search.text()).split()
        self.list.show_entries([entry for entry in self._every if entry.holds(words)], keep)
        self.none_own.setVisible(not any(entry.own for entry in self._every))

    def _show(self) -> None:
        entry = self.list.entry()
        self.stack.setCurrentIndex(0 if entry else 1)
        if entry:
            used = plans.users(self._context.file, entry.id)
            self.reading.show_entry(entry, plans.text_of(entry.id, self._context.file), used, self._today())
        self.deeds.offer()

    def _today(self) -> date:
        return self._context.file.clock().date()

    def _made(self, plan_id: str) -> None:
        self.search.clear()
        self.refresh(plan_id)

    def _on_changed(self, touched: frozenset[str]) -> None:
        if touched & {"plan", "company"}:
            self.refresh()

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for made in (*self.deeds.buttons, self.bring_in):
            _add(menu, made)
        menu.popup(self.list.viewport().mapToGlobal(place))

    # --- undo

    def undo(self) -> None:
        """Take back the last deed."""
        deed = self._context.deed(lambda: files.undo(self._context.file))
        if deed:
            self.answers.answer(_("Undone: {deed}").format(deed=files.deed_name(deed)))

    def _undo_key(self) -> None:
        if not undo_in_focus():
            self.undo()

    def _redo_key(self) -> None:
        if redo_in_focus():
            return
        deed = self._context.deed(lambda: files.redo(self._context.file))
        if deed:
            self.answers.answer(_("Done again: {deed}").format(deed=files.deed_name(deed)))

    def done(self, result: int) -> None:
        """Qt's: the dialog closes, however it is left."""
        if self.context:
            self._context.changed.disconnect(self._on_changed)
        super().done(result)


def _add(menu: QMenu, made: QPushButton) -> None:
    action = menu.addAction(made.icon(), made.text())
    action.setEnabled(made.isEnabled())
    action.triggered.connect(made.click)


def show_plan(context: Context, plan_id: str = "", company: Company | None = None) -> PlansDialog:
    """Open the plans at `plan_id`, else at the company's; the one open already comes forward."""
    shell = context.parent()
    parent = shell if isinstance(shell, QWidget) else QApplication.activeWindow()
    dialog = next((one for one in parent.findChildren(PlansDialog) if one.isVisible()), None) if parent else None
    if dialog is None:
        dialog = PlansDialog(context, plan_id, company, parent)
        dialog.open()
    elif plan_id:
        dialog.show_plan(plan_id)
    dialog.activateWindow()
    return dialog
