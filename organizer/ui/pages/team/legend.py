"""What the marks of the compared tree mean, how many there are of each, and who isn't there any more."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from organizer.domain.period import Period
from organizer.domain.team_change import Changes, Difference
from organizer.i18n import _, format_number, format_period, ngettext
from organizer.ui import theme
from organizer.ui.models.team_marks import mark_of, marked
from organizer.ui.pages.team.tick_menu import TickMenu
from organizer.ui.widgets.buttons import ToolButton, button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label

_NAMED = 40
"""How many of those who are absent are named at most."""


class Legend(QWidget):
    """`picked(difference)`: show those with one change, None for everybody."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._changes: Changes | None = None
        self._since = Label(tone="muted")
        self._absent_menu = TickMenu(self)
        self.absent = button("", kind="flat")
        self.absent.setMenu(self._absent_menu)
        self.buttons: dict[Difference, ToolButton] = {}
        layout = FlowLayout(self)
        theme.margins(layout, spacing=theme.XS)
        layout.addWidget(self._since)
        for difference in marked():
            made = ToolButton()
            made.setCheckable(True)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.clicked.connect(lambda on, which=difference: self._on_click(which, on))
            self.buttons[difference] = made
            layout.addWidget(made)
        layout.addWidget(self.absent)
        theme.events().changed.connect(self._draw)
        self.show_changes(None, None)

    def show_changes(self, changes: Changes | None, since: Period | None) -> None:
        """Show the changes since a period; None hides the legend."""
        self._changes = changes
        self.setVisible(changes is not None)
        if changes is None or since is None:
            return
        period = format_period(since)
        self._since.setText(_("Since {period}:").format(period=period))
        counts = dict.fromkeys(self.buttons, 0)
        for difference in changes.of:
            if difference in counts:
                counts[difference] += 1
        for difference, made in self.buttons.items():
            mark = mark_of(difference)
            word = mark.word() if mark else ""
            made.setText(f"{word} {format_number(counts[difference])}")
            made.setToolTip(_("Show only those with this change"))
        self._draw()
        self._say_absent(changes, period)

    def _say_absent(self, changes: Changes, period: str) -> None:
        count = len(changes.absent)
        self.absent.setVisible(count > 0)
        text = ngettext(
            "{count} who was there in {period} isn't in the tree now",
            "{count} who were there in {period} aren't in the tree now",
            count,
        )
        self.absent.setText(text.format(count=format_number(count), period=period))
        self._absent_menu.clear()
        for name in changes.absent[:_NAMED]:
            self._absent_menu.addAction(name.replace("&", "&&") or _("No name"))
        if (more := count - _NAMED) > 0:
            text = ngettext("and {count} more", "and {count} more", more).format(count=format_number(more))
            self._absent_menu.addAction(text).setEnabled(False)

    def choose(self, difference: Difference | None) -> None:
        """Show as chosen what is asked for, without a word."""
        for which, made in self.buttons.items():
            with QSignalBlocker(made):
                made.setChecked(which is difference)

    def _on_click(self, difference: Difference, on: bool) -> None:
        chosen = difference if on else None
        self.choose(chosen)
        self.picked.emit(chosen)

    def _draw(self) -> None:
        size = theme.scaled(theme.ICON_SMALL)
        for difference, made in self.buttons.items():
            if mark := mark_of(difference):
                made.setIcon(QIcon(mark.pixmap()))
                made.setIconSize(QSize(size, size))
