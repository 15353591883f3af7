"""What a chart keeps while its team changes: what is collapsed, chosen and seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection

from PySide6.QtCore import QObject, QPointF, Signal

from organizer.domain import tree
from organizer.services.jobs import uncollected
from organizer.services.team import TeamView
from organizer.ui.pages.team.chart.camera import Camera
from organizer.ui.pages.team.chart.scene import Scene

_FEW = 500  # members, up to which the free places at the ends are drawn unless she says otherwise


class ChartState(QObject):
    """A team, how it is laid out, and how it is looked at. `moved` and `relaid` ask for a new picture."""

    moved = Signal()
    relaid = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view: TeamView | None = None
        self.scene: Scene | None = None
        self.camera = Camera()
        self.collapsed: set[int] = set()
        self.chosen = 0
        self._ends: bool | None = None
        self._fitted = False
        self._as_opened = False

    # members

    def position_of(self, member_id: int) -> int:
        """The position of the member with that id, -1 where the team has none."""
        ids = self.view.team.ids if self.view else ()
        position = bisect_left(ids, member_id)
        return position if position < len(ids) and ids[position] == member_id else -1

    def place_of(self, member_id: int) -> int:
        """Where the member with that id is drawn, -1 for nowhere."""
        position = self.position_of(member_id)
        return self.scene.layout.place_of[position] if self.scene and position >= 0 else -1

    def id_at(self, place: int) -> int:
        """The id of the member at a place, 0 for a free place or none."""
        member = self.scene.layout.members[place] if self.scene and place >= 0 else -1
        return self.view.team.ids[member] if self.view and member >= 0 else 0

    # showing

    def show(self, view: TeamView | None, other: bool) -> None:
        """Show another state of the team; `other`: another team, to be opened with nothing collapsed."""
        if other:
            self.collapsed.clear()
            self.chosen, self._ends = 0, None
        at = self._seen_at(self.chosen)
        self.view = view
        if view is None:
            self.scene = None
        else:
            known = set(view.team.ids) if self.collapsed else set()
            self.collapsed &= known
        self._lay_out(self.chosen, at)
        if other or not self._fitted:
            self.open()

    def _lay_out(self, held: int, at: QPointF | None) -> None:
        """Lay out anew; the member `held` stays on the screen where she was, at `at`."""
        if self.view:
            with uncollected():
                self.scene = Scene(self.view, self.collapsed, self.ends, self.scene)
            self.camera.set_chart(self.scene.layout)
        place = self.place_of(held)
        if at is not None and place >= 0 and self.scene:
            self.camera.hold((self.scene.layout.x[place], self.scene.layout.row(place)), at)
        self.camera.clamp()
        self.relaid.emit()

    def _seen_at(self, member_id: int) -> QPointF | None:
        place = self.place_of(member_id) if member_id else -1
        if place < 0 or not self.scene:
            return None
        return self.camera.pixel(self.scene.layout.x[place], self.scene.layout.row(place))

    @property
    def ends(self) -> bool:
        """Whether the free places below those with nobody below them are drawn."""
        return self._ends if self._ends is not None else self.view is not None and len(self.view.team) <= _FEW

    def show_ends(self, shown: bool) -> None:
        """Draw the free places at the ends too, or not."""
        self._ends = shown
        self._lay_out(self.chosen, self._seen_at(self.chosen))

    # what is seen

    def resize(self, width: int, height: int) -> None:
        """The window has this size now; a team that was seen whole, or as it was opened, still is."""
        whole = self._fitted and self.camera.zoom <= self.camera.smallest * 1.0001
        self.camera.resize(width, height)
        if self._as_opened or not self._fitted:
            self.open()
        elif whole:
            self.fit_all()

    def home(self) -> int:
        """The place of the user, else of the top; -1 where nobody is drawn."""
        if self.view is None or self.scene is None or not len(self.scene.layout):
            return -1
        return max(self.scene.layout.place_of[self.view.team.me], 0) if self.view.team.me >= 0 else 0

    def open(self) -> None:
        """See the whole team where its names can be read then, else her and those nearest below."""
        place = self.home()
        self._fitted = self.camera.width > 1 and self.scene is not None
        if self.scene and place >= 0:
            self.camera.open(self.scene.layout.x[place], self.scene.layout.row(place))
        self._as_opened = True
        self.moved.emit()

    def fit_all(self) -> None:
        """See the whole team."""
        self._fitted = self.camera.width > 1 and self.scene is not None
        self.camera.fit_all()
        self._go()

    def _go(self) -> None:
        """She looks at another part."""
        self._as_opened = False
        self.moved.emit()

    def fit_leg(self) -> None:
        """See the chosen member and all below her as large as can be."""
        place = self.place_of(self.chosen)
        if self.scene and place >= 0:
            left, right, last = self.scene.layout.span(place)
            self.camera.fit(left, right, self.scene.layout.row(place), last)
            self._go()

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Zoom around a pixel, else around the chosen member if she is seen, else around the middle."""
        if around is None:
            around = QPointF(self.camera.width / 2, self.camera.height / 2)
            at = self._seen_at(self.chosen)
            if at and 0 <= at.x() <= self.camera.width and 0 <= at.y() <= self.camera.height:
                around = at
        self.camera.zoom_by(factor, around)
        self._go()

    def pan(self, right: float, down: float) -> None:
        """Move the chart by pixels."""
        self.camera.pan(right, down)
        self._go()

    def look_at(self, x: float, row: float) -> None:
        """Bring this place of the chart to the middle."""
        self.camera.hold((x, row), QPointF(self.camera.width / 2, self.camera.height / 2))
        self._go()

    # legs

    def toggle(self, member_id: int, collapse: bool | None = None) -> bool:
        """Collapse or expand the leg of a member; she stays where she is. False where nobody is below her."""
        position = self.position_of(member_id)
        if self.scene is None or position < 0 or not self.scene.has_below(position):
            return False
        if collapse is None:
            collapse = member_id not in self.collapsed
        if collapse != (member_id in self.collapsed):
            at = self._seen_at(member_id)
            self._as_opened = False
            (self.collapsed.add if collapse else self.collapsed.discard)(member_id)
            self._lay_out(member_id, at)
        return True

    def set_collapsed(self, member_ids: Collection[int]) -> None:
        """Collapse the legs of these members, and expand all others."""
        self.collapsed = {id_ for id_ in member_ids if self.scene and self.scene.has_below(self.position_of(id_))}
        self._lay_out(0, None)
        if self.place_of(self.chosen) < 0:
            self.open()
        else:
            self.choose(self.chosen)

    def expand_below(self, member_id: int) -> None:
        """Expand everything below a member."""
        position = self.position_of(member_id)
        if self.view is None or position < 0 or not self.collapsed:
            return
        closed = {self.position_of(other): other for other in self.collapsed}
        inside = [closed[p] for p in closed if p == position or position in tree.ancestors(self.view.parent, p)]
        at = self._seen_at(member_id)
        self.collapsed.difference_update(inside)
        self._lay_out(member_id, at)

    def choose(self, member_id: int) -> bool:
        """Choose a member and bring her into view, expanding the legs above her; False where there is none."""
        position = self.position_of(member_id)
        if position < 0 or self.view is None:
            self.chosen = 0
            self.moved.emit()
            return False
        self.chosen = member_id
        if self.collapsed:
            ids = self.view.team.ids
            hiding = self.collapsed & {ids[above] for above in tree.ancestors(self.view.parent, position)}
            if hiding:
                self.collapsed -= hiding
                self._lay_out(0, None)
        place = self.place_of(member_id)
        if (
            self.scene
            and place >= 0
            and self.camera.bring(self.scene.layout.x[place], self.scene.layout.row(place))
        ):
            self._as_opened = False
        self.moved.emit()
        return True
