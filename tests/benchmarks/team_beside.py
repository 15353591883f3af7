"""The team page beside a tree made of Qt's own items, as a program without a model of its own would have it."""

from __future__ import annotations

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView

from organizer.domain.money import volume_amount
from organizer.domain.tree import top_down
from organizer.i18n import format_date, format_number
from organizer.services import companies, team
from organizer.services.team import TeamView
from organizer.ui.pages.team.page import TeamPage
from tests.benchmarks import made
from tests.benchmarks.measure import Floor, Measured, Task, alternate, seconds
from tests.benchmarks.stage import Paints, Stage

_COLUMNS = ("Name", "Number", "Rank", "PV", "Group volume", "Active", "Joined")


def standard_items(task: Task) -> Measured:
    """From the click on Team to the whole tree opened and painted, in both."""
    stage = Stage(made.team_file(task.folder, task.size))
    ours, floor = alternate(task.repeat, lambda: _timed_page(stage), lambda: _timed_items(stage))
    stage.close()
    return Measured(ours, [Floor("the same cells as QStandardItemModel in QTreeView", floor, 1)])


def _timed_page(stage: Stage) -> float:
    stage.clear()

    def work() -> None:
        page = TeamPage(stage.context)
        paints = Paints(page.tree.viewport())
        stage.show(page)
        paints.wait()
        paints.seconds_until(page.tree.open_all)

    return seconds(work)


def _timed_items(stage: Stage) -> float:
    stage.clear()
    models: list[QStandardItemModel] = []

    def work() -> None:
        view = team.view(stage.file, companies.everyone(stage.file)[0].id, made.OCTOBER)
        models.append(_items(view))
        tree = QTreeView()
        tree.setUniformRowHeights(True)
        tree.setModel(models[0])
        stage.show(tree)
        paints = Paints(tree.viewport())
        paints.wait()
        paints.seconds_until(tree.expandAll)

    taken = seconds(work)
    stage.clear()
    models[0].deleteLater()
    return taken


def _items(view: TeamView) -> QStandardItemModel:
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(_COLUMNS)
    heads: list[QStandardItem] = [model.invisibleRootItem()] * len(view.team)
    words = {None: "–", True: "Yes", False: "No"}
    for member in top_down(view.parent):
        own = view.personal[member]
        row = [
            QStandardItem(text)
            for text in (
                *(view.team.names[member], view.team.numbers[member], view.team.ranks[member]),
                "–" if own is None else format_number(volume_amount(own)),
                format_number(volume_amount(view.group[member])),
                *(words[view.active[member]], format_date(view.team.joined[member])),
            )
        ]
        above = view.parent[member]
        (heads[above] if above >= 0 else model.invisibleRootItem()).appendRow(row)
        heads[member] = row[0]
    model.sort(0)
    return model
