"""Figures of looking at a team in other ways: another tree, another period, filtered, searched, sorted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from organizer.domain.team import Tree
from organizer.services import files
from organizer.services.team_filter import Activity
from organizer.ui.models.team_cells import PERSONAL
from organizer.ui.pages.team.page import TeamPage
from tests.benchmarks import made
from tests.benchmarks.measure import Floor, Measured, Task, alternate, seconds
from tests.benchmarks.stage import Paints, Stage
from tests.benchmarks.team import timed_read

_AT_ONCE = 0.1
"""Seconds up to which an answer feels as if it came at once."""


def switch_tree(task: Task) -> Measured:
    """From the click on Placement, or back, to the painted tree; reading included."""
    return _read_again(task, lambda page, turn: page.switches.trees.choose((Tree.PLACEMENT, Tree.SPONSOR)[turn]))


def switch_period(task: Task) -> Measured:
    """From one month to the month before, or back, to the painted tree; reading included."""
    months = made.OCTOBER.shifted(-1), made.OCTOBER
    return _read_again(task, lambda page, turn: page.context.choose_period(months[turn]))


def _read_again(task: Task, turn: Callable[[TeamPage, int], None]) -> Measured:
    stage = Stage(_with_placements(task))
    page = _opened(stage)
    turns = iter(range(1_000_000))
    ours, floor = alternate(
        task.repeat,
        lambda: _painted(page, lambda: turn(page, next(turns) % 2)),
        lambda: timed_read(stage.file.connection),
    )
    stage.close()
    return Measured(ours, [Floor("id, parent, name and volumes read with SQLAlchemy Core", floor, 2)])


def _with_placements(task: Task) -> Path:
    """A copy of the team in which every third one is placed under her sponsor's sponsor."""
    path = made.copy_of(made.team_file(task.folder, task.size), f"placed-{task.size}")
    file = files.open_file(path)
    with file.deed("member.move"):
        file.connection.exec_driver_sql(
            "UPDATE member SET placement_id = (SELECT s.sponsor_id FROM member s WHERE s.id = member.sponsor_id)"
            " WHERE id % 3 = 0"
        )
        file.connection.exec_driver_sql(
            "INSERT INTO volume(member_id, period, name, amount)"
            " SELECT member_id, '2026-09', name, amount / 2 FROM volume WHERE period = '2026-10'"
        )
    file.close()
    return path


def sort(task: Task) -> Measured:
    """From the click on PV's heading to the painted tree, opened whole."""
    orders = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
    return _at_once(task, lambda page, turn: page.tree.sortByColumn(PERSONAL, orders[turn]))


def narrow(task: Task) -> Measured:
    """From the click on a filter to the painted hits, and back to everybody."""
    return _at_once(task, _choose_activity)


def _choose_activity(page: TeamPage, turn: int) -> None:
    box = page.outline.filters.activity
    box.setCurrentIndex(box.findData((Activity.INACTIVE, None)[turn]))
    box.activated.emit(box.currentIndex())


def search(task: Task) -> Measured:
    """From a word in the search field to the painted hits, and back to everybody."""
    words = "jensen", ""
    return _at_once(task, lambda page, turn: page.outline.find_bar.field.setText(words[turn]))


def _at_once(task: Task, deed: Callable[[TeamPage, int], None]) -> Measured:
    stage = Stage(made.team_file(task.folder, task.size))
    page = _opened(stage)
    page.tree.open_all()
    stage.app.processEvents()
    taken = [_painted(page, lambda turn=turn: deed(page, turn % 2)) for turn in range(task.repeat)]  # type: ignore[misc]
    stage.close()
    return Measured(taken, [Floor("what feels as if at once", [_AT_ONCE], 1)])


def _opened(stage: Stage) -> TeamPage:
    page = TeamPage(stage.context)
    stage.context.choose_period(made.OCTOBER)
    stage.show(page)
    Paints(page.tree.viewport()).wait()
    stage.app.processEvents()
    return page


def _painted(page: TeamPage, deed: Callable[[], None]) -> float:
    paints = Paints(page.tree.viewport())
    return seconds(lambda: paints.seconds_until(deed))
