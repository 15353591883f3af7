"""The marks of what has changed since an earlier period: a picture, a colour and a word for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QPixmap

from organizer.domain.team_change import Difference
from organizer.i18n import N_, _
from organizer.ui import icons, theme


@dataclass(frozen=True)
class Mark:
    """How one kind of change is shown: an icon, the number of a colour in theme.chart, a word."""

    icon: str
    series: int
    source: str

    def word(self) -> str:
        """The change in a word, in the language spoken now."""
        return _(self.source)

    def colour(self) -> QColor:
        """Its colour, in the theme shown now."""
        return theme.chart(self.series)

    def pixmap(self) -> QPixmap:
        """Its picture, as high as a line of text."""
        return _drawn(self.icon, self.colour().name(), theme.scaled(theme.ICON_SMALL))


_MARKS = {
    Difference.NEW: Mark("plus", 0, N_("New")),
    Difference.MOVED: Mark("move-horizontal", 4, N_("Moved")),
    Difference.GROWN: Mark("trending-up", 2, N_("Grown")),
    Difference.SHRUNK: Mark("trending-down", 3, N_("Shrunk")),
    Difference.LOST: Mark("log-out", 5, N_("Has left")),
}


def mark_of(difference: Difference) -> Mark | None:
    """How a change is marked; None for who is as she was."""
    return _MARKS.get(difference)


def marked() -> list[Difference]:
    """The changes that have a mark, in the order of the legend."""
    return list(_MARKS)


@lru_cache(maxsize=64)
def _drawn(icon: str, colour: str, size: int) -> QPixmap:
    return icons.pixmap(icon, size, QColor(colour))
