"""The team as a drawn chart, with its zoom, what can be drawn or not, and pictures of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from organizer.i18n import _, format_number
from organizer.services.team import TeamView
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.team.chart import picture
from organizer.ui.pages.team.chart.canvas import Canvas
from organizer.ui.pages.team.chart.legend import Legend
from organizer.ui.pages.team.chart.overview import Overview
from organizer.ui.pages.team.chart.state import ChartState
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label

_STEP = 1.5


class ChartView(QWidget):
    """Shows a TeamView as a chart.

    `chosen(id)`: she has chosen a member. `dropped(id, above)`: a card was dropped onto another.
    `placed(id, above, leg)`: a card was dropped onto the free place in that leg. `menu_asked(place)`: the chosen
    member's menu, at a place of the screen.
    """

    chosen = Signal(int)
    dropped = Signal(int, int)
    placed = Signal(int, int, str)
    menu_asked = Signal(QPoint)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.state = ChartState()
        self.canvas = Canvas(self.state)
        self.overview = Overview(self.state, self.canvas)
        self.legend = Legend()
        column = self._column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.S)
        column.setContentsMargins(0, 0, theme.M, 0)
        column.addLayout(self._bar())
        column.addWidget(self.canvas, 1)
        column.addWidget(self.legend)
        for name in ("chosen", "dropped", "placed", "menu_asked"):
            getattr(self.canvas, name).connect(getattr(self, name))
        self.canvas.copy_asked.connect(self.copy_seen)
        self.state.moved.connect(self._say_zoom)
        self.state.relaid.connect(self._on_relaid)

    # layout

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        row.addWidget(icon_button("zoom-out", _("Zoom out (Ctrl+−)"), lambda: self.state.zoom_by(1 / _STEP)))
        self.zoom = Label(tone="muted")
        self.zoom.setMinimumWidth(theme.scaled(48))
        row.addWidget(self.zoom)
        row.addWidget(icon_button("zoom-in", _("Zoom in (Ctrl++)"), lambda: self.state.zoom_by(_STEP)))
        self.fit_leg_button = button(_("Fit this le&g"), self.state.fit_leg, kind="flat")
        row.addWidget(
            button(_("Fit a&ll"), self.state.fit_all, kind="flat", tip=_("Show the whole team (Ctrl+0)"))
        )
        row.addWidget(self.fit_leg_button)
        row.addWidget(button(_("&100 %"), self.full_size, kind="flat"))
        row.addStretch(1)
        self._shown = button(_("&Drawing"))
        self._shown.setMenu(self._menu())
        row.addWidget(self._shown)
        return row

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("&Copy as picture"), self.copy_seen)
        menu.addAction(_("Copy the &whole chart"), self.copy_whole)
        menu.addSeparator()
        menu.addAction(_("&Expand all legs"), self.expand_all)
        menu.addAction(_("C&ollapse below the first level"), self.collapse_all)
        menu.addSeparator()
        self.names_action = menu.addAction(_("&Names"))
        self.free_action = menu.addAction(_("&Free places at the ends"))
        self.overview_action = menu.addAction(_("&Overview map"))
        for action in (self.names_action, self.free_action, self.overview_action):
            action.setCheckable(True)
        known = self._context.preferences
        self.canvas.named = known is None or known.chart_names
        self.names_action.setChecked(self.canvas.named)
        self.overview_action.setChecked(known is None or known.chart_overview)
        self.names_action.toggled.connect(self._on_names)
        self.free_action.toggled.connect(self.state.show_ends)
        self.overview_action.toggled.connect(self._on_overview)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overview in its corner."""
        super().resizeEvent(event)
        self._column.activate()
        self._show_overview()

    def _show_overview(self) -> None:
        corner = self.canvas.rect().bottomRight() - self.overview.rect().bottomRight()
        self.overview.move(corner - QPoint(theme.S, theme.S))
        # in a small window it would cover the chart
        room = (
            self.canvas.width() > 2 * self.overview.width() and self.canvas.height() > 2 * self.overview.height()
        )
        self.overview.setVisible(self.overview_action.isChecked() and room and self._overflows())

    def _overflows(self) -> bool:
        camera = self.state.camera
        return camera.wide * camera.across > camera.width + 1 or camera.rows * camera.down > camera.height + 1

    def _say_zoom(self) -> None:
        percent = self.state.camera.scale * 100
        text = format_number(round(percent)) if percent >= 1 else _("less than 1")
        self.zoom.setText(_("{percent} %").format(percent=text))
        self._show_overview()

    def _on_relaid(self) -> None:
        scene = self.state.scene
        with QSignalBlocker(self.free_action):
            self.free_action.setChecked(self.state.ends)
        self.free_action.setVisible(bool(scene and scene.legs))
        self.legend.show_scene(scene)
        self._say_zoom()

    def _on_names(self, shown: bool) -> None:
        self.canvas.named = shown
        self.canvas.redraw()
        if self._context.preferences:
            self._context.preferences.chart_names = shown

    def _on_overview(self, shown: bool) -> None:
        self._show_overview()
        if self._context.preferences:
            self._context.preferences.chart_overview = shown

    # what the page asks

    def show_view(self, view: TeamView | None, other: bool) -> None:
        """Show another state of the team; `other`: another company or tree, opened anew."""
        self.state.show(view, other)
        self.canvas.say_chosen()

    def choose(self, member_id: int) -> bool:
        """Choose a member and bring her into view; False where she isn't in the team."""
        found = self.state.choose(member_id)
        self.canvas.say_chosen()
        return found

    def focus(self) -> None:
        """Give the keyboard to the chart."""
        self.canvas.setFocus()

    # deeds

    def full_size(self) -> None:
        """Zoom to 100 %, with the chosen member in view."""
        self.state.zoom_by(1.0 / self.state.camera.zoom)
        if self.state.place_of(self.state.chosen) >= 0:
            self.state.choose(self.state.chosen)

    def expand_all(self) -> None:
        """Draw everyone."""
        self.state.set_collapsed(())

    def collapse_all(self) -> None:
        """Draw the tops and those directly below them only."""
        view = self.state.view
        if view:
            tops = {position for position, above in enumerate(view.parent) if above < 0}
            first = [position for position, above in enumerate(view.parent) if above in tops]
            self.state.set_collapsed([view.team.ids[position] for position in first])

    def copy_seen(self) -> None:
        """Put a picture of what is seen on the clipboard."""
        if self.state.scene:
            image = picture.seen(self.state.scene, self.state.camera, self.canvas.named)
            QGuiApplication.clipboard().setImage(image)
            self._context.answered.emit(_("Copied as a picture."), False)

    def copy_whole(self) -> None:
        """Put a picture of the whole chart on the clipboard, scaled down where it would be too large."""
        if self.state.scene is None:
            return
        image, scale = picture.whole(self.state.scene, self.canvas.named)
        QGuiApplication.clipboard().setImage(image)
        text = _("Copied the whole chart as a picture.")
        if scale < 1:
            percent = format_number(round(scale * 100)) if scale >= 0.01 else _("less than 1")
            text = _("Copied the whole chart, scaled down to {percent} %: at full size it would be too large.")
            text = text.format(percent=percent)
        self._context.answered.emit(text, False)
