"""Figures of the drawn chart: laying a team out, and frames at every zoom, for teams of every form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF

from organizer.domain import tree
from organizer.domain.period import Period
from organizer.domain.team import Kind, Team
from organizer.domain.tree_layout import lay_out
from organizer.services.jobs import uncollected
from organizer.services.team import TeamView
from organizer.ui.pages.team.chart.view import ChartView
from tests.benchmarks import made
from tests.benchmarks.measure import FRAME, Floor, Measured, Task, alternate, seconds, slowest_of_twenty
from tests.benchmarks.stage import Paints, Stage

SHAPES: dict[str, Callable[[int], list[int]]] = {
    "wide": made.sponsors,
    "chain": lambda size: list(range(-1, size - 1)),
    "star": lambda size: [-1] + [0] * (size - 1),
    "binary": lambda size: [-1] + [(member - 1) // 2 for member in range(1, size)],
}

_AT_ONCE = 0.3  # seconds
_WINDOW = 1366, 768
_ZOOMS = 40  # from the whole team to the largest card
_PANS = 3  # frames at each zoom


def layout(task: Task, shape: str) -> Measured:
    """Find everyone's place."""
    parent = SHAPES[shape](task.size)
    with uncollected():
        (ours,) = alternate(task.repeat, lambda: seconds(lambda: lay_out(parent)))
    return Measured(ours, [Floor("what still seems at once", [_AT_ONCE], 1)])


def frames(task: Task, shape: str) -> Measured:
    """Frames while zooming from the whole team to one card, panning at each zoom: one in twenty takes longer."""
    stage = Stage(made.team_file(task.folder, 1_000))
    stage.window.resize(*_WINDOW)
    chart = ChartView(stage.context)
    stage.show(chart)
    chart.show_view(_view(SHAPES[shape](task.size)), True)
    chart.canvas.setFixedSize(*_WINDOW)
    stage.app.processEvents()
    _frames(chart)
    samples = [slowest_of_twenty(_frames(chart)) for _round in range(task.repeat)]
    stage.close()
    return Measured(samples, [Floor("one frame", [FRAME], 1)])


def _frames(chart: ChartView) -> Sequence[float]:
    state, paints = chart.state, Paints(chart.canvas)
    around = QPointF(_WINDOW[0] * 0.4, _WINDOW[1] * 0.3)
    samples = [paints.seconds_until(state.fit_all)]
    factor = (2.5 / state.camera.smallest) ** (1 / _ZOOMS)
    for _step in range(_ZOOMS):
        samples.append(paints.seconds_until(lambda: state.zoom_by(factor, around)))
        samples += [paints.seconds_until(lambda: state.pan(-17, -9)) for _pan in range(_PANS)]
    chart.canvas.removeEventFilter(paints)
    return samples


def _view(parent: list[int]) -> TeamView:
    team = _team(parent)
    points = team.volumes["pv"]
    group = tree.subtree_sums(parent, tree.top_down(parent), [amount or 0 for amount in points])
    active = [None if amount is None else amount >= 100_000 for amount in points]
    return TeamView(team, None, Period.parse("2026-10"), points, group, active)


def _team(parent: list[int]) -> Team:
    size = len(parent)
    kinds = [Kind.CUSTOMER if member % 10 in (3, 7, 9) else Kind.DISTRIBUTOR for member in range(size)]
    points = [(None, 0, 60_000, 100_000, 150_000, 400_000)[member * 7919 % 6] for member in range(size)]
    return Team(
        ids=range(1, size + 1),
        numbers=[str(100_200 + member) for member in range(size)],
        names=[f"Member {member} Østergaard" for member in range(size)],
        person_ids=range(1, size + 1),
        sponsor=parent,
        placement=parent,
        kinds=kinds,
        ranks=[("Brand Ambassador", "Silver", "Gold")[member % 3] for member in range(size)],
        joined=[None] * size,
        volumes={"pv": points},
        me=0,
    )
