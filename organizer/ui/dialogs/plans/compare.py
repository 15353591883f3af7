"""Two plans side by side in plain words: what differs stands out by mark, weight and colour."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.commission.plan import Plan
from organizer.i18n import _, format_number, language, ngettext, shown
from organizer.services import plan_words, plans
from organizer.services.plan_words import Change
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.history import close_button
from organizer.ui.dialogs.plans.beside_view import BesideView
from organizer.ui.pages.settings.plan_details import dated
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.label import Label

_SIZE = (1120, 640)
_FRAME = 48
"""What the title bar takes of the screen, in pixels at 100 %."""


class CompareDialog(QDialog):
    """Either side can be any plan; at first another version of the same company's stands on the right."""

    def __init__(self, context: Context, first: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Compare two plans"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        room = self.screen().availableGeometry().size() - QSize(0, theme.scaled(_FRAME))
        self.resize(QSize(*map(theme.scaled, _SIZE)).boundedTo(room))
        self._plans = {plan.id: plan for plan in plans.available(context.file)}
        self.first, self.second = _chooser(_("The plan on the left")), _chooser(_("The plan on the right"))
        self.only = QCheckBox(_("Only what &differs"))
        self.only.setChecked(True)
        self.told = Label(tone="muted")
        self.view = BesideView()
        self._fill(first)
        self._lay_out()
        for box in (self.first, self.second):
            box.currentIndexChanged.connect(lambda _place: self._compare())
        self.only.toggled.connect(lambda _on: self._compare())
        self._compare()

    def chosen(self) -> tuple[Plan, Plan]:
        """The plans on the left and on the right."""
        return self._plans[str(self.first.currentData())], self._plans[str(self.second.currentData())]

    def _fill(self, first: str) -> None:
        for box in (self.first, self.second):
            for plan in self._plans.values():
                box.addItem(f"{shown(plan.name.in_language(language()))} \N{EN DASH} {dated(plan)}", plan.id)
        self.first.setCurrentIndex(self.first.findData(first))
        self.second.setCurrentIndex(self.second.findData(_partner(self._plans[first], list(self._plans.values()))))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        theme.margins(grid, spacing=theme.M)
        for column, box in enumerate((self.first, self.second)):
            grid.addWidget(box, 0, column)
            grid.setColumnStretch(column, 1)
        state = QHBoxLayout()
        state.addWidget(self.only)
        state.addStretch()
        state.addWidget(self.told)
        foot = QHBoxLayout()
        legend = _("≠ changed   ◀ only on the left   ▶ only on the right")
        foot.addWidget(Label(legend, tone="muted", size="small"), 1)
        foot.addWidget(close_button(self))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M, spacing=theme.S)
        layout.addLayout(grid)
        layout.addLayout(state)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)

    def _compare(self) -> None:
        first, second = self.chosen()
        sections = plan_words.compared(first, second)
        count = sum(pair.change is not Change.SAME for section in sections for pair in section.pairs)
        if count:
            text = ngettext("{count} sentence differs.", "{count} sentences differ.", count)
            self.told.setText(text.format(count=format_number(count)))
        else:
            self.told.setText(_("In plain words the two plans say the same."))
        self.view.show_sections(sections, only_differences=self.only.isChecked())


def _chooser(name: str) -> ComboBox:
    box = ComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(20)
    return box


def _partner(plan: Plan, every: list[Plan]) -> str:
    """What to hold beside it at first: the company's version nearest in time, best of the same region."""
    others = [one for one in every if one.id != plan.id]

    def distance(other: Plan) -> tuple[bool, bool, int]:
        days = abs((other.valid_from - plan.valid_from).days)
        return other.company != plan.company, other.region != plan.region, days

    return min(others, key=distance).id
