"""A member's own and group volume over the last periods, as a small chart and as a list of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QTimer

from organizer.domain.money import volume_amount
from organizer.domain.result import Refusal
from organizer.i18n import _, format_number, format_period
from organizer.services import team_history
from organizer.services.team import TeamView
from organizer.services.team_history import Point
from organizer.ui.context import Context
from organizer.ui.models.team_cells import UNKNOWN, personal_title
from organizer.ui.pages.team.member.section import Section
from organizer.ui.pages.team.member.small_table import SmallTable
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.period_chart import ChartData, PeriodChart, Row


class History(Section):
    """Group volumes come in one period after the other, so that a large team never keeps the screen waiting."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("History"))
        self._context = context
        self._points: Sequence[Point] = ()
        self._groups: list[int | None] = []  # of all the periods, or of none yet
        self._found: list[int | None] = []
        self._own_name, self._at = "", 0
        self._coming: Iterator[int | None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._take_one)
        self.chart = PeriodChart(_("History: the arrow keys go from period to period"))
        self.said = Label(wrap=True, size="small")
        self.table = SmallTable(
            _("History as a list"), (_("Period"), "", _("GV"), _("Rank")), (1, 2), wide=3, most=13
        )
        self.as_list = button(_("As a list"), self._turn, kind="flat")
        self.as_list.setCheckable(True)
        self.head.addWidget(self.as_list)
        for part in (self.chart, self.said, self.table):
            self.column.addWidget(part)
        self.chart.moved.connect(self._on_moved)
        self.table.hide()

    def clear(self) -> None:
        """Forget who was shown; the room stays."""
        self._timer.stop()
        self._points, self._groups, self._coming = (), [], iter(())
        self._show(0)

    def show_member(self, view: TeamView, member_id: int) -> None:
        """Show a member's history: her own volumes at once, her group's soon after."""
        self._timer.stop()
        file = self._context.file
        self._points = self._context.deed(lambda: team_history.history(file, view, member_id)) or ()
        self._found = []
        self._own_name = personal_title(view)
        periods = [point.period for point in self._points]
        self._coming = team_history.groups(file, view, member_id, periods)
        self._at = periods.index(view.period) if view.period in periods else len(periods) - 1
        self._show(self._at)
        self._timer.start()

    def _take_one(self) -> None:
        if not self._context.file.is_current():
            self._timer.stop()  # it was closed, or its stick pulled out, meanwhile
            return
        try:
            self._found.append(next(self._coming))
        except StopIteration:
            self._timer.stop()
            self._groups = self._found
            self._show(self.chart.at())
        except Refusal as refusal:
            self._timer.stop()
            self._context.warn(refusal)

    def _on_moved(self, place: int) -> None:
        self.said.setText(self._words(place) if 0 <= place < len(self._points) else "")

    def _turn(self) -> None:
        self.chart.setVisible(not self.as_list.isChecked())
        self.said.setVisible(not self.as_list.isChecked())
        self.table.setVisible(self.as_list.isChecked())

    def _show(self, at: int) -> None:
        points, groups = self._points, self._all_groups()
        own = [point.own for point in points]
        names = [format_period(point.period) for point in points]
        self.chart.show_data(
            ChartData(
                first=names[0] if names else "",
                last=names[-1] if names else "",
                rows=(
                    Row(self._own_name, own, _highest(own)),
                    Row(_("Group volume"), groups, _highest(groups)),
                ),
                marks=rank_marks(points),
                spoken=[self._words(place) for place in range(len(points))],
            ),
            at,
        )
        self.table.set_titles((_("Period"), self._own_name, _("GV"), _("Rank")))
        self.table.show_rows(
            [
                (names[place], _amount(own[place]), _amount(groups[place]), points[place].rank)
                for place in reversed(range(len(points)))
            ]
        )

    def _all_groups(self) -> list[int | None]:
        return self._groups if len(self._groups) == len(self._points) else [None] * len(self._points)

    def _words(self, place: int) -> str:
        point = self._points[place]
        parts = [
            f"{self._own_name} {_amount(point.own)}",
            _("group volume {amount}").format(amount=_amount(self._all_groups()[place])),
            point.rank,
        ]
        return _("{period}: {figures}").format(
            period=format_period(point.period), figures=", ".join(filter(None, parts))
        )


def rank_marks(points: Sequence[Point]) -> dict[int, str]:
    """Where her rank is another than in the period before, as far as both are known, with the new one."""
    return {
        place: after.rank
        for place, (before, after) in enumerate(pairwise(points), 1)
        if before.rank and after.rank and before.rank != after.rank
    }


def _highest(amounts: Sequence[int | None]) -> str:
    known = [amount for amount in amounts if amount is not None]
    return _("at most {amount}").format(amount=_amount(max(known))) if known else _("Not known")


def _amount(thousandths: int | None) -> str:
    return UNKNOWN if thousandths is None else format_number(volume_amount(thousandths))
