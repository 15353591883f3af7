"""Figures of the team page: open it, expand everything, scroll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QTreeView
from sqlalchemy import Connection, select

from organizer.services.jobs import uncollected
from organizer.storage.schema import member, person, volume
from organizer.ui.pages.team.page import TeamPage
from tests.benchmarks import made
from tests.benchmarks.measure import FRAME, Floor, Measured, Task, alternate, seconds, slowest_of_twenty
from tests.benchmarks.stage import Paints, Stage

Index = QModelIndex | QPersistentModelIndex

_WHEEL, _JUMPS = 150, 50


def open_page(task: Task) -> Measured:
    """From the click on Team until its tree is painted."""
    stage = Stage(made.team_file(task.folder, task.size))
    ours, floor = alternate(
        task.repeat,
        lambda: _timed_open(stage),
        lambda: timed_read(stage.file.connection),
    )
    stage.close()
    return Measured(ours, [Floor("id, parent, name and volumes read with SQLAlchemy Core", floor, 2)])


def _timed_open(stage: Stage) -> float:
    stage.clear()
    page: list[TeamPage] = []

    def work() -> None:
        page.append(TeamPage(stage.context))
        paints = Paints(page[0].tree.viewport())
        stage.show(page[0])
        paints.wait()

    taken = seconds(work)
    if not page[0].model.rowCount():
        raise AssertionError("an empty tree was painted")
    return taken


def timed_read(connection: Connection) -> float:
    """How long reading what a tree shows at least takes."""
    # Python would walk the many rows again and again, looking for garbage: no part of what reading costs at least
    with uncollected():
        return seconds(lambda: _read(connection))


def _read(connection: Connection) -> object:
    names = select(member.c.id, member.c.sponsor_id, person.c.name).join(person)
    amounts = select(volume.c.member_id, volume.c.name, volume.c.amount).where(volume.c.period == made.OCTOBER.key)
    return connection.execute(names).all(), connection.execute(amounts).all()


def expand_all(task: Task) -> Measured:
    """From Expand all until the tree is painted, in a page opened just before."""
    stage = Stage(made.team_file(task.folder, task.size))
    below = _below(task.size)
    ours, floor = alternate(task.repeat, lambda: _timed_expand(stage), lambda: _timed_plain_expand(stage, below))
    stage.close()
    return Measured(ours, [Floor("minimal integer-keyed model in QTreeView", floor, 1.3)])


def _opened(stage: Stage) -> TeamPage:
    stage.clear()
    page = TeamPage(stage.context)
    stage.show(page)
    Paints(page.tree.viewport()).wait()
    stage.app.processEvents()
    return page


def _timed_expand(stage: Stage) -> float:
    page = _opened(stage)
    paints = Paints(page.tree.viewport())
    return seconds(lambda: paints.seconds_until(page.tree.open_all))


def _timed_plain_expand(stage: Stage, below: Sequence[Sequence[int]]) -> float:
    stage.clear()
    view = QTreeView()
    model = PlainModel(below)
    view.setUniformRowHeights(True)
    view.setModel(model)
    stage.show(view)
    paints = Paints(view.viewport())
    paints.wait()
    stage.app.processEvents()
    taken = seconds(lambda: paints.seconds_until(view.expandAll))
    stage.clear()
    model.deleteLater()
    return taken


def _below(size: int) -> list[list[int]]:
    below: list[list[int]] = [[] for _member in range(size + 1)]
    for number, sponsor in enumerate(made.sponsors(size), 1):
        below[sponsor + 1].append(number)
    return below


class PlainModel(QAbstractItemModel):
    """As little as a tree can do with: ids as they come, and a number in each cell."""

    def __init__(self, below: Sequence[Sequence[int]]) -> None:
        super().__init__()
        self._below = below
        self._above = [0] * len(below)
        self._row = [0] * len(below)
        for above, children in enumerate(below):
            for row, child in enumerate(children):
                self._above[child], self._row[child] = above, row

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        return self.createIndex(row, column, self._below[parent.internalId()][row])

    def parent(self, index: Index) -> Any:  # type: ignore[override]
        above = self._above[index.internalId()]
        return self.createIndex(self._row[above], 0, above) if above else QModelIndex()

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return bool(self._below[parent.internalId()])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._below[parent.internalId()])

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str(index.internalId()) if role == Qt.ItemDataRole.DisplayRole else None


def scroll(task: Task) -> Measured:
    """Frames of the fully expanded tree: the wheel's three lines at a time, and the bar dragged far."""
    stage = Stage(made.team_file(task.folder, task.size))
    page = _opened(stage)
    page.tree.open_all()
    stage.app.processEvents()
    samples = [slowest_of_twenty(_frames(page.tree)) for _round in range(task.repeat)]
    stage.close()
    return Measured(samples, [Floor("one frame", [FRAME], 1)])


def _frames(view: QAbstractScrollArea) -> list[float]:
    paints, bar = Paints(view.viewport()), view.verticalScrollBar()
    places = [3 * step for step in range(1, _WHEEL + 1)]
    places += [(jump * 7919 + 1) % max(bar.maximum(), 1) for jump in range(_JUMPS)]
    samples = []
    for place in places:
        if place != bar.value() and place <= bar.maximum():
            samples.append(paints.seconds_until(lambda place=place: bar.setValue(place)))  # type: ignore[misc]
    return samples
