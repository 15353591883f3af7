"""What the marks of the compared tree mean, how many there are of each, and who isn't there any more."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from organizer.domain.period import Period
from organizer.domain.team_change import Changes, Difference
from organizer.i18n import N_, _, format_number, format_period, ngettext
from organizer.ui import theme
from organizer.ui.models.team_marks import Mark, mark_of, marked
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
        for difference in (*marked(), Difference.NO_FIGURES):
            made = ToolButton()
            made.setCheckable(True)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.clicked.connect(lambda on, which=difference: self._on_click(which, on))
            self.buttons[difference] = made
            layout.addWidget(made)
        layout.addWidget(self.absent)
        theme.events().changed.connect(self._draw)
        self.show_changes(None, None)

    def show_changes(self, changes: Changes | None, since: Period | None, volume: str = "") -> None:
        """Show the changes since a period; None hides the legend. `volume`: what her own volume is called."""
        self._changes = changes
        self.setVisible(changes is not None)
        if changes is None or since is None:
            return
        period = format_period(since)
        self._since.setText(_("Since {period}:").format(period=period))
        for difference, made in self.buttons.items():
            count = len(changes.places(difference))
            made.setText(f"{_word(difference, volume)} {format_number(count)}")
            made.setToolTip(_tip(difference, volume))
        silent = self.buttons[Difference.NO_FIGURES]
        silent.setVisible(bool(changes.silent) or silent.isChecked())
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
            if mark := _mark(difference):
                made.setIcon(QIcon(mark.pixmap()))
                made.setIconSize(QSize(size, size))


def _mark(difference: Difference) -> Mark | None:
    if difference is Difference.NO_FIGURES:
        return Mark("circle-question-mark", 1, N_("No figures now"))
    return mark_of(difference)


def _word(difference: Difference, volume: str) -> str:
    if difference is Difference.GROWN:
        return _("Own {volume} grown").format(volume=volume) if volume else _("Own volume grown")
    if difference is Difference.SHRUNK:
        return _("Own {volume} shrunk").format(volume=volume) if volume else _("Own volume shrunk")
    mark = _mark(difference)
    return mark.word() if mark else ""


def _tip(difference: Difference, volume: str) -> str:
    if difference is Difference.NO_FIGURES:
        return _("Show only those who had figures then and of whom none are known now")
    if volume and difference in (Difference.GROWN, Difference.SHRUNK):
        return _("Show only those with this change, by their own {volume}").format(volume=volume)
    return _("Show only those with this change")
