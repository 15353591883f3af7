"""The head of the team page: company, period, what it is compared with, the deeds, and which tree is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from organizer.domain.period import Period
from organizer.domain.team import Tree
from organizer.i18n import _, format_number, format_period, ngettext
from organizer.services import legs, team
from organizer.services.team import TeamView
from organizer.services.team_report_wish import Report
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.team.segments import Segments
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.choosers import CompanyChooser, PeriodChooser
from organizer.ui.widgets.label import Label, OneLine


class CompareBox(ComboBox):
    """The periods that the shown one can be compared with: `asked` tells that she has chosen another, or none."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._periods: list[Period | None] = [None]
        self.setAccessibleName(_("Compare with"))
        self.setToolTip(_("Show what has changed since an earlier period"))
        self.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self.asked)
        self.offer((), None)

    def chosen(self) -> Period | None:
        """The period to compare with, None for none."""
        return self._periods[max(self.currentIndex(), 0)]

    def offer(self, periods: Sequence[Period], chosen: Period | None) -> None:
        """Offer these; `chosen` stays chosen if it is among them."""
        self._periods = [None, *periods]
        with QSignalBlocker(self):
            self.clear()
            self.addItem(_("Not compared"))
            for period in periods:
                self.addItem(_("Since {period}").format(period=format_period(period)))
            self.setCurrentIndex(self._periods.index(chosen) if chosen in self._periods else 0)
        self.setEnabled(bool(periods))


class TeamHead(QWidget):
    """The first line. `import_`, `report` and `add` are the page's deeds; `report` takes which one."""

    def __init__(
        self,
        context: Context,
        title: str,
        import_: Callable[[], object],
        report: Callable[[Report], object],
        add: Callable[[], object],
    ) -> None:
        super().__init__()
        self.compare = CompareBox()
        self._count = Label(tone="muted")
        self.pdf_menu = QMenu(self)
        for kind, text in (
            (Report.WALL, _("&Wall chart…")),
            (Report.LEG, _("&Leg report…")),
            (Report.PEOPLE, _("&New and silent…")),
            (Report.OUTLINE, _("&Team overview…")),
        ):
            self.pdf_menu.addAction(text, partial(report, kind))
        pdf = button(_("&PDF"), icon="file-text")
        pdf.setMenu(self.pdf_menu)
        row = QHBoxLayout(self)
        theme.margins(row, spacing=theme.S)
        row.addWidget(Label(title, size="title", bold=True))
        row.addWidget(CompanyChooser(context))
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(PeriodChooser(context))
        row.addWidget(self.compare)
        row.addWidget(button(_("&Import…"), import_, icon="file-down"))
        row.addWidget(pdf)
        row.addWidget(button(_("&Add member…"), add, icon="user-plus", kind="primary"))

    def show_view(self, view: TeamView | None) -> None:
        """Say how many there are."""
        size = len(view.team) if view else 0
        self._count.setText(ngettext("{count} person", "{count} people", size).format(count=format_number(size)))


class TeamSwitches(QWidget):
    """The second line: how the team is shown, which tree, whether it is as it was, and the panel at the right."""

    tree_asked = Signal(object)
    panel_asked = Signal()

    def __init__(self, context: Context, views: Segments) -> None:
        super().__init__()
        self._context = context
        self.trees = Segments(_("Which tree is shown"))
        self.trees.add(Tree.SPONSOR, _("Sponsor"), sponsor_words())
        self.trees.add(Tree.PLACEMENT, _("Placement"), placement_words())
        self.trees.chosen.connect(lambda key: self.tree_asked.emit(Tree(key)))
        self._past = OneLine(tone="muted")
        self._latest = button("", self._go_to_latest, kind="flat")
        self._panel = icon_button("panel-right", _("Hide or show the chosen member (F7)"), self.panel_asked.emit)
        row = QHBoxLayout(self)
        theme.margins(row, spacing=theme.M)
        row.addWidget(views)
        row.addWidget(self.trees)
        row.addWidget(self._past)
        row.addWidget(self._latest)
        row.addStretch(1)
        row.addWidget(self._panel)
        QShortcut(QKeySequence("Ctrl+T"), self, self._other_tree)
        QShortcut(QKeySequence("F7"), self, self.panel_asked.emit)
        self.show_view(None)

    def show_view(self, view: TeamView | None) -> None:
        """Say which tree is shown, and whether it is as it was."""
        two = view is not None and has_two_trees(view)
        why = _("No placement is known in this team: everybody stands under her sponsor.")
        self.trees.allow(Tree.PLACEMENT, two, placement_words() if two else why)
        if view:
            with QSignalBlocker(self.trees):
                self.trees.choose(view.shown)
        past = view is not None and view.is_past
        self._past.setVisible(past)
        self._latest.setVisible(past)
        if view and past:
            self._past.say(_("As it was in {period}").format(period=format_period(view.period)))
            self._latest.setText(_("Show it as it is now"))

    def _other_tree(self) -> None:
        other = Tree.SPONSOR if self.trees.current() == Tree.PLACEMENT else Tree.PLACEMENT
        if self.trees.is_allowed(other):
            self.trees.choose(other)

    def _go_to_latest(self) -> None:
        if company := self._context.company:
            self._context.choose_period(team.latest_period(self._context.file, company.id))


def has_two_trees(view: TeamView) -> bool:
    """Whether somebody is placed under another than her sponsor, or the plan knows legs to stand in."""
    return list(view.team.sponsor) != list(view.team.placement) or bool(view.team.legs or legs.offered(view))


def sponsor_words() -> str:
    """What the sponsor tree is."""
    return _("Everybody under the one who recruited her (Ctrl+T)")


def placement_words() -> str:
    """What the placement tree is."""
    return _("Everybody where she was placed, in a leg left or right or further down (Ctrl+T)")
