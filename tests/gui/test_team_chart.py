"""What a person does in the drawn chart: choose, walk, zoom, move it, collapse legs, copy it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenuBar, QToolTip

from organizer.domain.team_change import Changes, Difference
from organizer.services import companies, files
from organizer.ui.context import Context
from organizer.ui.dialogs.shortcuts import ShortcutsDialog
from organizer.ui.pages.team.chart.camera import READABLE
from organizer.ui.pages.team.chart.scene import Mark
from organizer.ui.pages.team.chart.view import ChartView
from organizer.ui.pages.team.tree_view import MIME
from organizer.ui.preferences import Preferences
from organizer.ui.tasks import Tasks
from tests.gui.chart_support import binary_view, chart_view

SMALL = [-1, 0, 0, 1, 1, 3, 2]
WIDE = [-1] + [0] * 400 + [member for member in range(1, 400) for _below in range(5)]
Key = Qt.Key
# the offscreen platform can't lift a tip above its window
OFFSCREEN_TIP = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def context(tmp_path: Path, qapp: Any) -> Iterator[Context]:
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 10, 20, 9))
    companies.set_up(file, "Karen Holm", "Vita", "teaching-binary")
    made = Context(file, Tasks())
    yield made
    made.tasks.shutdown()
    made.release()
    file.close()


@pytest.fixture
def chart(qtbot: Any, context: Context) -> ChartView:
    made = ChartView(context)
    qtbot.addWidget(made)
    made.resize(900, 640)
    made.show_view(chart_view(SMALL), True)
    with qtbot.waitExposed(made):
        made.show()
    return made


def at(chart: ChartView, member_id: int) -> QPoint:
    return chart.canvas.card(chart.state.place_of(member_id)).center().toPoint()


def click(qtbot: Any, chart: ChartView, where: QPoint) -> None:
    qtbot.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=where)


def drawn(chart: ChartView) -> set[int]:
    assert chart.state.scene
    return {chart.state.id_at(place) for place in range(len(chart.state.scene.layout))} - {0}


# choosing and walking


def test_a_click_chooses(chart: ChartView, qtbot: Any) -> None:
    with qtbot.waitSignal(chart.chosen) as told:
        click(qtbot, chart, at(chart, 40))
    assert told.args == [40]
    assert "Member 3" in chart.canvas.accessibleDescription()


def test_a_click_beside_the_cards_keeps_the_chosen(chart: ChartView, qtbot: Any) -> None:
    chart.choose(40)
    click(qtbot, chart, QPoint(3, chart.canvas.height() - 3))
    assert chart.state.chosen == 40


def test_arrows_walk_from_card_to_card(chart: ChartView, qtbot: Any) -> None:
    chart.choose(10)
    chart.focus()
    walked = []
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up, Key.Key_End, Key.Key_Home):
        qtbot.keyClick(chart.canvas, key)
        walked.append(chart.state.chosen)
    assert walked == [20, 30, 70, 50, 20, 60, 10]


def test_an_arrow_where_nobody_stands_keeps_the_chosen(chart: ChartView, qtbot: Any) -> None:
    chart.choose(10)
    for key in (Key.Key_Up, Key.Key_Left, Key.Key_Right):
        qtbot.keyClick(chart.canvas, key)
        assert chart.state.chosen == 10


def test_choosing_from_outside_brings_her_into_view_at_the_same_zoom(chart: ChartView) -> None:
    chart.show_view(chart_view(WIDE), True)
    chart.full_size()
    zoom = chart.state.camera.zoom
    for member_id in (10 * len(WIDE), 20, 10):
        assert chart.choose(member_id)
        assert chart.canvas.rect().contains(chart.canvas.card(chart.state.place_of(member_id)).toAlignedRect())
    assert chart.state.camera.zoom == zoom == 1
    assert not chart.choose(7)
    assert chart.state.chosen == 0


# zooming and moving


def test_the_wheel_zooms_around_the_pointer(chart: ChartView) -> None:
    chart.show_view(chart_view(WIDE), True)
    for turn in (120, 120, 480, 960, -240):
        where = QPointF(300, 200)
        before = chart.state.camera.place(where)
        zoom = chart.state.camera.zoom
        event = QWheelEvent(
            where,
            chart.canvas.mapToGlobal(where),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        chart.canvas.event(event)
        assert (chart.state.camera.zoom > zoom) == (turn > 0)
        assert chart.state.camera.place(where)[0] == pytest.approx(before[0])


def test_fit_all_shows_every_card(chart: ChartView) -> None:
    for parent in (SMALL, WIDE, list(range(-1, 60))):
        chart.show_view(chart_view(parent), True)
        chart.full_size()
        chart.state.fit_all()
        places = range(len(parent))
        window = chart.canvas.rect().toRectF()
        assert all(window.contains(chart.canvas.card(place)) for place in places)


def test_fit_this_leg_shows_the_leg(chart: ChartView) -> None:
    chart.show_view(chart_view(WIDE), True)
    chart.choose(200)
    chart.state.fit_leg()
    assert chart.state.camera.scale > 0.5
    scene = chart.state.scene
    assert scene
    for place in (chart.state.place_of(200), *scene.layout.under(chart.state.place_of(200))):
        assert chart.canvas.rect().toRectF().contains(chart.canvas.card(place))


def test_keys_zoom_and_scroll(chart: ChartView, qtbot: Any) -> None:
    chart.show_view(chart_view(WIDE), True)
    ctrl = Qt.KeyboardModifier.ControlModifier
    fitted = chart.state.camera.zoom
    qtbot.keyClick(chart.canvas, Key.Key_Plus, ctrl)
    assert chart.state.camera.zoom > fitted
    qtbot.keyClick(chart.canvas, Key.Key_Minus, ctrl)
    assert chart.state.camera.zoom == pytest.approx(fitted)
    chart.state.fit_all()
    whole = chart.state.camera.zoom
    chart.full_size()
    left = chart.state.camera.left
    qtbot.keyClick(chart.canvas, Key.Key_Right, ctrl)
    assert chart.state.camera.left > left
    qtbot.keyClick(chart.canvas, Key.Key_0, ctrl)
    assert chart.state.camera.zoom == whole < fitted


def test_zoom_keys_are_the_charts_before_they_make_text_larger(chart: ChartView) -> None:
    key = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Plus, Qt.KeyboardModifier.ControlModifier, "+")
    key.ignore()
    chart.canvas.event(key)
    assert key.isAccepted()


def test_dragging_beside_the_cards_or_with_space_moves_the_chart(chart: ChartView, qtbot: Any) -> None:
    chart.show_view(chart_view(WIDE), True)
    chart.full_size()
    chart.choose(2000)
    for space in (False, True):
        start = at(chart, 2000) if space else at(chart, 2000) + QPoint(0, 60)
        if space:
            qtbot.keyPress(chart.canvas, Key.Key_Space)
        before = chart.state.camera.left
        qtbot.mousePress(chart.canvas, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(chart.canvas, start + QPoint(90, 0))
        qtbot.mouseRelease(chart.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(90, 0))
        assert chart.state.camera.left == pytest.approx(before - 90 / chart.state.camera.across)
    qtbot.keyRelease(chart.canvas, Key.Key_Space)


def test_the_overview_leads_anywhere(chart: ChartView, qtbot: Any) -> None:
    chart.show_view(chart_view(WIDE), True)
    chart.full_size()
    assert chart.overview.isVisible()
    qtbot.mouseClick(chart.overview, Qt.MouseButton.LeftButton, pos=QPoint(8, 50))
    left = chart.state.camera.left
    qtbot.mouseClick(chart.overview, Qt.MouseButton.LeftButton, pos=QPoint(chart.overview.width() - 8, 50))
    assert chart.state.camera.left > left + 300
    chart.overview_action.trigger()
    assert not chart.overview.isVisible()


# legs


def test_a_leg_collapses_and_expands_where_it_is(chart: ChartView, qtbot: Any) -> None:
    chart.choose(20)
    before = at(chart, 20)
    qtbot.keyClick(chart.canvas, Key.Key_Minus)
    assert drawn(chart) == {10, 20, 30, 70}
    assert (at(chart, 20) - before).manhattanLength() < 60
    qtbot.keyClick(chart.canvas, Key.Key_Return)
    assert drawn(chart) == {10, 20, 30, 40, 50, 60, 70}


def test_the_mark_on_a_card_collapses_without_choosing(chart: ChartView, qtbot: Any) -> None:
    chart.full_size()
    card = chart.canvas.card(chart.state.place_of(20))
    click(qtbot, chart, QPointF(card.center().x(), card.bottom() + 3).toPoint())
    assert drawn(chart) == {10, 20, 30, 70}
    assert chart.state.chosen == 0


def test_choosing_somebody_hidden_expands_what_hides_her(chart: ChartView) -> None:
    chart.state.toggle(20)
    chart.state.toggle(10)
    assert drawn(chart) == {10}
    chart.choose(60)
    assert 60 in drawn(chart)
    assert chart.state.collapsed == set()


def test_collapsing_below_the_first_level_and_expanding_all(chart: ChartView) -> None:
    chart.collapse_all()
    assert drawn(chart) == {10, 20, 30}
    chart.expand_all()
    assert len(drawn(chart)) == 7


def test_asterisk_expands_all_below(chart: ChartView, qtbot: Any) -> None:
    for member_id in (40, 20, 30):
        chart.state.toggle(member_id)
    chart.choose(20)
    qtbot.keyClick(chart.canvas, Key.Key_Asterisk)
    assert chart.state.collapsed == {30}
    assert {40, 60} <= drawn(chart)


# another state, another team


def test_a_refresh_keeps_zoom_place_and_legs(chart: ChartView) -> None:
    chart.show_view(chart_view(WIDE), True)
    chart.state.toggle(30)
    chart.full_size()
    chart.choose(2000)
    before, zoom = at(chart, 2000), chart.state.camera.zoom
    chart.show_view(chart_view([*WIDE, 2, 1, 1, 1]), False)
    assert chart.state.collapsed == {30}
    assert chart.state.camera.zoom == zoom
    assert chart.state.chosen == 2000
    assert (at(chart, 2000) - before).manhattanLength() <= 2


def test_a_collapsed_member_who_is_gone_is_forgotten(chart: ChartView) -> None:
    chart.show_view(chart_view(WIDE), True)
    chart.state.toggle(3000)
    chart.choose(3000)
    chart.show_view(chart_view(SMALL), False)
    assert len(drawn(chart)) == 7


def test_another_team_opens_where_names_are_readable_with_her_at_the_top(chart: ChartView) -> None:
    chart.state.toggle(20)
    chart.full_size()
    # she stands below two others
    parent = [-1, 0, *[2 + above for above in WIDE]]
    view = chart_view([*parent, *range(len(parent) - 1, len(parent) + 20)])
    chart.show_view(replace(view, team=replace(view.team, me=2)), True)
    assert chart.state.collapsed == set()
    for height in (640, 500):
        chart.resize(900, height)
        assert chart.state.camera.scale == READABLE
        her = chart.canvas.card(chart.state.place_of(30))
        assert abs(her.center().x() - chart.canvas.width() / 2) < 1
        assert 0 < her.top() < her.height() * 2
    chart.state.pan(-50, 0)
    chart.resize(900, 640)
    assert chart.canvas.card(chart.state.place_of(30)).center().x() < chart.canvas.width() / 2 - 40
    chart.state.fit_all()
    assert chart.state.camera.zoom == chart.state.camera.smallest


def test_a_team_whose_names_are_readable_is_seen_whole(chart: ChartView) -> None:
    chart.show_view(chart_view(SMALL), True)
    assert chart.state.camera.scale > READABLE
    window = chart.canvas.rect().toRectF()
    assert all(window.contains(chart.canvas.card(place)) for place in range(len(SMALL)))


def test_siblings_stand_as_in_the_outline(chart: ChartView) -> None:
    view = chart_view([-1, 0, 0, 0])
    view = replace(view, team=replace(view.team, names=["Karen", "Åse", "Øst", "Ane"]))
    chart.show_view(view, False)
    assert [chart.state.id_at(place) for place in range(4)] == [10, 40, 30, 20]
    view = replace(view, team=replace(view.team, names=["Karen", "Ane", "Øst", "Åse"]))
    chart.show_view(view, False)
    assert [chart.state.id_at(place) for place in range(4)] == [10, 20, 30, 40]


def test_names_and_overview_are_remembered(context: Context, qtbot: Any, tmp_path: Path) -> None:
    for shown in (True, False, True):
        context.preferences = Preferences(tmp_path / "o.ini")
        made = ChartView(context)
        qtbot.addWidget(made)
        assert made.canvas.named is shown
        assert (made.names_action.isChecked(), made.overview_action.isChecked()) == (shown, shown)
        made.names_action.trigger()
        made.overview_action.trigger()
        context.preferences.save()


def test_the_overview_shows_where_she_is(chart: ChartView) -> None:
    view = chart_view(WIDE)
    pictures = []
    for me in (0, 300):
        chart.show_view(replace(view, team=replace(view.team, me=me)), True)
        chart.state.fit_all()
        pictures.append(chart.overview.grab().toImage())
    assert pictures[0] != pictures[1]


def test_no_team_at_all_is_painted(chart: ChartView) -> None:
    for view in (None, chart_view([]), chart_view([-1]), chart_view([-1, -1])):
        chart.show_view(view, True)
        chart.grab()
        chart.copy_seen()
        chart.copy_whole()


# free places and dropping


def drop(chart: ChartView, member_id: int, where: QPointF) -> None:
    data = QMimeData()
    data.setData(MIME, str(member_id).encode())
    rest = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    chart.canvas.dropping._member = member_id
    move = QDragMoveEvent(where.toPoint(), *rest)
    chart.canvas.dropping.eventFilter(chart.canvas, move)
    chart.canvas.dropping.eventFilter(chart.canvas, QDropEvent(where, *rest))


def test_a_card_dropped_onto_another_asks_for_the_move(chart: ChartView, qtbot: Any) -> None:
    with qtbot.waitSignal(chart.dropped) as told:
        drop(chart, 70, at(chart, 20).toPointF())
    assert told.args == [70, 20]
    assert chart.canvas.dropping.target == -1


def test_a_card_dropped_onto_itself_asks_nothing(chart: ChartView, qtbot: Any) -> None:
    with qtbot.assertNotEmitted(chart.dropped):
        drop(chart, 70, at(chart, 70).toPointF())


def test_files_dropped_on_the_chart_are_the_windows(chart: ChartView) -> None:
    data = QMimeData()
    data.setText("file")
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    chart.canvas.dropping.eventFilter(chart.canvas, event)
    assert not event.isAccepted()


def test_a_free_leg_takes_a_dropped_member(chart: ChartView, qtbot: Any) -> None:
    chart.show_view(binary_view([-1, 0, 1], ["", "right", "left"]), True)
    scene = chart.state.scene
    assert scene
    assert scene.legs == ["left", "right"]
    free = scene.layout.under(0)[0]
    assert (scene.layout.members[free], scene.leg(free)) == (-1, "left")
    with qtbot.waitSignal(chart.placed) as told:
        drop(chart, 30, chart.canvas.card(free).center())
    assert told.args == [30, 10, "left"]


def test_free_places_at_the_ends_can_be_left_out(chart: ChartView) -> None:
    chart.show_view(binary_view([-1, 0, 1], ["", "right", "left"]), True)
    scene = chart.state.scene
    assert scene
    assert chart.free_action.isVisible()
    assert list(scene.layout.members).count(-1) == 4
    chart.free_action.trigger()
    assert chart.state.scene
    assert list(chart.state.scene.layout.members).count(-1) == 2


def test_no_free_places_where_legs_are_of_the_other_tree(chart: ChartView) -> None:
    view = binary_view([-1, 0, 1], ["", "right", "left"])
    view = replace(view, team=replace(view.team, sponsor=[-1, 0, 0]), shown=type(view.shown).SPONSOR)
    chart.show_view(view, True)
    assert chart.state.scene
    assert not chart.state.scene.legs
    assert not chart.free_action.isVisible()


# what it says


@OFFSCREEN_TIP
def test_a_tip_says_all_of_a_card_and_is_no_markup(chart: ChartView) -> None:
    view = chart_view(SMALL)
    names = ["Karen", "<img src=x>", *view.team.names[2:]]
    chart.show_view(replace(view, team=replace(view.team, names=names)), True)
    where = at(chart, 20)
    chart.canvas.event(QHelpEvent(QEvent.Type.ToolTip, where, chart.canvas.mapToGlobal(where)))
    assert "&lt;img src=x&gt;<br>N1<br>Gold" in QToolTip.text()
    QToolTip.hideText()


def test_unknown_volumes_are_never_nothing(chart: ChartView) -> None:
    scene = chart.state.scene
    assert scene
    assert scene.volumes(4) == "PV – · Group –"
    assert scene.volumes(0).startswith("PV 0 · Group ")


def test_changes_are_marked_and_said(chart: ChartView) -> None:
    names = [Difference.SAME, Difference.NEW, Difference.GROWN, Difference.SHRUNK, Difference.MOVED]
    changes = Changes([*names, Difference.LOST, Difference.SAME], [0] * 7, [0] * 7, [])
    chart.show_view(chart_view(SMALL, changes=changes), True)
    scene = chart.state.scene
    assert scene
    found = [scene.change(member) for member in range(7)]
    assert found == [None, Mark.NEW, Mark.GROWN, Mark.SHRUNK, Mark.MOVED, Mark.LOST, None]
    assert "New" in scene.words(1)
    assert "Grown" in chart.legend.accessibleName()
    for zoom in (1, 0.4, 0.2, 0.05):
        chart.state.zoom_by(zoom / chart.state.camera.zoom)
        chart.grab()


def test_the_menu_is_asked_for_at_the_chosen_card(chart: ChartView, qtbot: Any) -> None:
    chart.choose(40)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(chart.menu_asked) as told:
        chart.canvas.event(event)
    assert (told.args[0] - chart.canvas.mapToGlobal(at(chart, 40))).manhattanLength() <= 2


# pictures


def test_what_is_seen_is_copied(chart: ChartView, qtbot: Any, context: Context) -> None:
    with qtbot.waitSignal(context.answered) as told:
        qtbot.keyClick(chart.canvas, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["Copied as a picture.", False]
    image = QGuiApplication.clipboard().image()
    assert image.size() == chart.canvas.size() * 2


def test_a_whole_chart_too_large_for_a_picture_is_scaled_down_and_says_so(
    chart: ChartView, qtbot: Any, context: Context
) -> None:
    with qtbot.waitSignal(context.answered) as told:
        chart.copy_whole()
    assert told.args == ["Copied the whole chart as a picture.", False]
    chart.show_view(chart_view(WIDE), True)
    with qtbot.waitSignal(context.answered) as told:
        chart.copy_whole()
    assert "scaled down to 3 %" in told.args[0]
    assert QGuiApplication.clipboard().image().width() <= 12_000


def test_a_chart_without_names_shows_none(chart: ChartView) -> None:
    view = chart_view(SMALL)
    other = replace(view, team=replace(view.team, names=["Somebody"] * 7, numbers=["Z"] * 7))
    chart.names_action.trigger()
    chart.full_size()
    pictures = []
    for shown in (view, other):
        chart.show_view(shown, False)
        pictures.append(chart.canvas.grab().toImage())
    assert pictures[0] == pictures[1]


def test_the_charts_keys_are_among_the_shortcuts(qtbot: Any) -> None:
    bar = QMenuBar()
    dialog = ShortcutsDialog(bar)
    qtbot.addWidget(bar)
    qtbot.addWidget(dialog)
    model = dialog.table.model()
    deeds = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert {"Chart: show the whole team", "Chart: copy as a picture"} <= set(deeds)
