"""The bar above the outline that asks for some of the team only. What is asked for combines."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from organizer.domain.team import Kind
from organizer.domain.team_change import Difference
from organizer.i18n import _, format_number
from organizer.services import team_filter
from organizer.services.team import TeamView
from organizer.services.team_filter import Activity, Filter
from organizer.ui import theme
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import ToolButton, button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label


class FilterBar(QWidget):
    """`changed`: she asks for others, or wants to see them another way; `cleared`: she asks for nothing more."""

    changed = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.activity = _box(_("Active"))
        self.rank = _box(_("Rank"))
        self.kind = _box(_("Kind"))
        self.new = _toggle(_("New"), _("Those who joined in this period."))
        self.help = _toggle(_("Needs help"), help_words())
        self.whole = _toggle(
            _("Show all, mark hits"), _("Mark those found in the whole tree, instead of showing only them.")
        )
        self._difference: Difference | None = None
        self.count = Label(tone="muted")
        self.clear_button = button(_("Clear"), self.clear, kind="flat", tip=_("Show everybody again (Esc)"))
        layout = FlowLayout(self)
        theme.margins(layout, spacing=theme.S)
        parts = (self.activity, self.rank, self.kind, self.new, self.help, self.whole)
        for part in (*parts, self.count, self.clear_button):
            layout.addWidget(part)
        for box in (self.activity, self.rank, self.kind):
            box.activated.connect(self.changed)
        for toggle in (self.new, self.help, self.whole):
            toggle.toggled.connect(self.changed)
        self._fill()
        self.say(None, 0)

    def _fill(self) -> None:
        for text, told in (
            (_("Active or not"), None),
            (_("Active"), Activity.ACTIVE),
            (_("Not active"), Activity.INACTIVE),
            (_("Activity not known"), Activity.UNKNOWN),
        ):
            self.activity.addItem(text, told)
        self.rank.addItem(_("Any rank"), None)
        for text, kind in (
            (_("All kinds"), None),
            (_("Distributors"), Kind.DISTRIBUTOR),
            (_("Customers"), Kind.CUSTOMER),
            (_("Have left"), Kind.CANCELLED),
        ):
            self.kind.addItem(text, kind)

    def offer_ranks(self, view: TeamView | None) -> None:
        """Offer the ranks that somebody in the team has; the one that is asked for stays."""
        found = team_filter.ranks(view) if view else []
        asked = self.rank.currentData()
        if asked and asked not in found:
            found.append(asked)
        if found != [self.rank.itemData(place) for place in range(1, self.rank.count())]:
            with QSignalBlocker(self.rank):
                self.rank.clear()
                self.rank.addItem(_("Any rank"), None)
                for rank in found:
                    self.rank.addItem(rank, rank)
                self.rank.setCurrentIndex(max(self.rank.findData(asked), 0))

    def wanted(self, text: str) -> Filter:
        """What is asked for, with the words of the search."""
        return Filter(
            text=text,
            activity=Activity(told) if (told := self.activity.currentData()) else None,
            rank=self.rank.currentData(),
            kind=Kind(kind) if (kind := self.kind.currentData()) else None,
            new=self.new.isChecked(),
            help=self.help.isChecked(),
            difference=self._difference,
        )

    def ask_difference(self, difference: Difference | None) -> None:
        """Ask for those with one change, None for any."""
        if difference is not self._difference:
            self._difference = difference
            self.changed.emit()

    def reset_difference(self) -> None:
        """Nothing is compared any more: ask for no change, without a word."""
        self._difference = None

    def reset(self) -> None:
        """Ask for nothing, without a word."""
        self._difference = None
        for box in (self.activity, self.rank, self.kind):
            box.setCurrentIndex(0)
        for toggle in (self.new, self.help):
            with QSignalBlocker(toggle):
                toggle.setChecked(False)

    def clear(self) -> None:
        """Ask for nothing more."""
        self.reset()
        self.cleared.emit()

    def say(self, found: int | None, size: int) -> None:
        """How many of the team were found; None while nothing is asked."""
        asked = found is not None
        text = _("{number} of {count}").format(number=format_number(found or 0), count=format_number(size))
        self.count.setText(text if asked else "")
        self.count.setVisible(asked)
        self.clear_button.setVisible(asked)


def help_words() -> str:
    """What "needs help" means, in plain words."""
    return _(
        "Distributors who were active in the period before and aren't now, who joined within the last three "
        "periods and have no volume yet, or whose own volume is less than half of what it was in the period "
        "before."
    )


def _box(name: str) -> ComboBox:
    made = ComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _toggle(word: str, tip: str) -> ToolButton:
    made = ToolButton()
    made.setText(word)
    made.setToolTip(f"<p>{tip}</p>")
    made.setAccessibleDescription(tip)
    made.setCheckable(True)
    theme.set_style(made, toggle=True)
    return made
