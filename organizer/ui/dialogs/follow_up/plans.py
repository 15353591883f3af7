"""Follow-up plans: those that come with the program, to copy, and her own, to change."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from organizer.domain.commission.plan import Text
from organizer.domain.follow_up_plan import Plan, Step, Unit
from organizer.i18n import _, language
from organizer.services import follow_up_plans
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.follow_up.edit_plan import EditPlanDialog
from organizer.ui.dialogs.follow_up.plan_words import event_name, when_name
from organizer.ui.dialogs.history import close_button
from organizer.ui.pages.today.words import channel_name
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.room import fit

_WIDTH, _HEIGHT, _LIST = 760, 460, 260


class PlansDialog(QDialog):
    """The plans on the left, the chosen one's steps on the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._plans: list[Plan] = []
        self.setWindowTitle(_("Follow-up plans"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit(self, _WIDTH, _HEIGHT)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Follow-up plans"))
        self.list.setFixedWidth(theme.scaled(_LIST))
        self.name = Label(size="heading", wrap=True)
        self.about = Label(tone="muted", wrap=True)
        self.steps = Label(wrap=True, selectable=True)
        self.new = button(_("&New plan…"), self.new_plan, icon="plus")
        self.copy = button(_("&Copy and change…"), self.copy_plan, icon="copy")
        self.change = button(_("C&hange…"), self.change_plan, icon="pencil")
        self.remove = button(_("&Remove"), self.remove_plan, icon="trash-2", kind="danger")
        self._arrange()
        self.list.currentRowChanged.connect(lambda _row: self._show())
        context.changed.connect(self._on_changed)
        self._fill()
        self.list.setFocus()

    def _arrange(self) -> None:
        right = QVBoxLayout()
        for part in (self.name, self.about, self.steps):
            right.addWidget(part)
        right.addStretch(1)
        across = QHBoxLayout()
        theme.margins(across, spacing=theme.L)
        across.addWidget(self.list)
        across.addLayout(right, 1)
        foot = QHBoxLayout()
        for made in (self.new, self.copy, self.change, self.remove):
            foot.addWidget(made)
        foot.addStretch(1)
        foot.addWidget(close_button(self))
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.M)
        column.addLayout(across, 1)
        column.addLayout(foot)

    def chosen(self) -> Plan | None:
        """The plan that is looked at."""
        row = self.list.currentRow()
        return self._plans[row] if 0 <= row < len(self._plans) else None

    def new_plan(self) -> None:
        """A plan of her own, begun with one step."""
        first = Step(2, Unit.DAYS, Text("", ""))
        self._edit(Plan("", Text("", ""), (first,), own=True))

    def copy_plan(self) -> None:
        """A plan of her own that begins as a copy."""
        if plan := self.chosen():
            name = _("{name} (mine)").format(name=plan.name.in_language(language()))
            steps = tuple(replace(step, what=_spoken(step.what)) for step in plan.steps)
            self._edit(replace(plan, key="", name=Text("", name), steps=steps, own=True))

    def change_plan(self) -> None:
        """Change a plan of her own."""
        plan = self.chosen()
        if plan and plan.own:
            self._edit(plan)

    def remove_plan(self) -> None:
        """Take a plan of her own away; what was started of it stays."""
        plan = self.chosen()
        if plan and plan.own:
            answer = _("{name} is removed. What was started of it stays.")
            name = plan.name.in_language(language())
            self._context.deed(
                lambda: follow_up_plans.remove(self._context.file, plan.key), answer.format(name=name)
            )

    def _edit(self, plan: Plan) -> None:
        dialog = EditPlanDialog(self._context, plan, self)
        dialog.kept.connect(self._choose)
        dialog.open()

    def _choose(self, key: str) -> None:
        keys = [plan.key for plan in self._plans]
        if key in keys:
            self.list.setCurrentRow(keys.index(key))

    def _on_changed(self, touched: frozenset[str]) -> None:
        if "follow_up_plan" in touched:
            self._fill()

    def _fill(self) -> None:
        row = max(self.list.currentRow(), 0)
        self._plans = follow_up_plans.plans(self._context.file)
        self.list.clear()
        for plan in self._plans:
            name = plan.name.in_language(language())
            self.list.addItem(QListWidgetItem(_("{name} (yours)").format(name=name) if plan.own else name))
        self.list.setCurrentRow(min(row, len(self._plans) - 1))
        self._show()

    def _show(self) -> None:
        plan = self.chosen()
        if plan is None:
            return
        self.name.setText(plan.name.in_language(language()))
        told = [event_name(plan.event)]
        if not plan.own:
            told.append(_("It came with the program: copy it to change it."))
        self.about.setText("\n".join(filter(None, told)))
        lines = (
            f"{when_name(step)} · {channel_name(step.channel)}\n{step.what.in_language(language())}"
            for step in plan.steps
        )
        self.steps.setText("\n\n".join(lines))
        self.steps.setAccessibleName(self.steps.text())
        for made in (self.change, self.remove):
            made.setEnabled(plan.own)


def _spoken(text: Text) -> Text:
    return Text("", text.in_language(language()))
