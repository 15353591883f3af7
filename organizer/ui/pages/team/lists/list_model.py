"""The lines of a list of members, and what each column says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import Qt

from organizer.domain.contact import fold
from organizer.domain.money import volume_amount
from organizer.domain.team import Kind
from organizer.i18n import _, format_date, format_number
from organizer.services.team_lists import ListRow, Which
from organizer.ui.models.rows import Index, RowsModel
from organizer.ui.models.team_cells import UNKNOWN
from organizer.ui.widgets.messages import spoken

_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)

_Text = Callable[[ListRow], str]
_Key = Callable[[ListRow], Any]

(NAME, WHY, TALK, STEP, PHONE, ORDER, JOINED, PERSONAL, GROUP, ABOVE, EMAIL, RANK) = range(12)
"""The columns."""


class ListModel(RowsModel[ListRow]):
    """Rows of one list. `personal` is what a member's own volume is called."""

    numeric = frozenset((PERSONAL, GROUP))

    def __init__(self) -> None:
        super().__init__()
        self.personal = ""
        self.which = Which.NEW
        self._columns: Sequence[tuple[_Text, _Key]] = (
            (lambda row: row.name, lambda row: fold(row.name)),
            (_why, lambda row: fold(_why(row))),
            (lambda row: format_date(row.last_talk), lambda row: _day(row.last_talk)),
            (_step, lambda row: _day(row.step.due if row.step else None, first=bool(row.step))),
            (lambda row: row.phone, lambda row: row.phone),
            (lambda row: format_date(row.last_order), lambda row: _day(row.last_order)),
            (lambda row: format_date(row.joined), lambda row: _day(row.joined)),
            (lambda row: _volume(row.personal), lambda row: _amount(row.personal)),
            (lambda row: _volume(row.group), lambda row: _amount(row.group)),
            (lambda row: row.above, lambda row: fold(row.above)),
            (lambda row: row.email, lambda row: fold(row.email)),
            (_rank, lambda row: fold(_rank(row))),
        )

    def headings(self) -> Sequence[str]:
        """The columns' names in the language spoken now."""
        why = _("To the next rank") if self.which is Which.CLOSE else _("Why")
        return (
            *(_("Name"), why, _("Last talk"), _("Next step"), _("Phone"), _("Last order"), _("Joined")),
            *(self.personal, _("Group volume"), _("Under"), _("E-mail"), _("Rank")),
        )

    def cell(self, row: ListRow, column: int) -> str:
        """What a column shows of a row."""
        return self._columns[column][0](row)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The cell's text; the whole of a long one in its tip."""
        if role == _TIP and index.isValid():
            text = self.cell(self.shown[index.row()], index.column())
            # said to be markup with everything in it escaped: else a name would be guessed at
            return f"<p>{escape(text)}</p>" if text else None
        return super().data(index, role)

    def key(self, row: ListRow, column: int) -> Any:
        """What a column sorts by."""
        return self._columns[column][1](row)

    def says_something(self, column: int) -> bool:
        """Whether any row has something in the column."""
        text = self._columns[column][0]
        return any(text(row) not in ("", UNKNOWN) for row in self.shown)


def _why(row: ListRow) -> str:
    first, *others = [spoken(one) for one in row.why] or [""]
    return f"{first}: {'; '.join(others)}" if others else first


def _step(row: ListRow) -> str:
    if row.step is None:
        return ""
    body = " ".join(row.step.body.split())
    return f"{format_date(row.step.due)}: {body}" if row.step.due else body


def _rank(row: ListRow) -> str:
    return _("Customer") if row.kind is Kind.CUSTOMER else row.rank


def _volume(amount: int | None) -> str:
    return UNKNOWN if amount is None else format_number(volume_amount(amount))


def _amount(amount: int | None) -> tuple[bool, int]:
    return amount is not None, amount or 0


def _day(day: date | None, *, first: bool = False) -> tuple[bool, date]:
    return first or day is not None, day or date.min
