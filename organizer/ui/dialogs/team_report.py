"""Which PDF of the team, of whom, on what paper and with or without names; it says at once what that will take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.domain.team import Tree
from organizer.i18n import _, format_period, say
from organizer.services import periods, team
from organizer.services.jobs import Job
from organizer.services.team_report_wish import (
    LEAST_TYPE,
    MOST_LEVELS,
    MOST_PERIODS,
    MOST_TYPE,
    Figure,
    Naming,
    Paper,
    Report,
    WallOptions,
    Wish,
)
from organizer.services.team_reports import TeamReports
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.member.choices import member_choices
from organizer.ui.dialogs.picker import Picker
from organizer.ui.widgets.boxes import ComboBox, SpinBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_WIDTH = 780
_WAIT = 150
"""Milliseconds after the last choice before it is told what it takes: a large chart needs a moment."""

Make = Callable[[str, str, Callable[[], Job[bytes]]], None]
"""Makes a PDF and shows it: the file name to suggest, the window's title, what makes the job (see Page.report)."""

_WALL = ("paper", "lying", "tiled", "type_size", "levels", "shape", "compared")
"""The fields that only a wall chart has; type_size only where it is tiled."""


class TeamReportDialog(QDialog):
    """Asks which report. `member_id` is whom she has chosen (0 for nobody), `shown` the tree that she looks at."""

    def __init__(
        self,
        context: Context,
        company: Company,
        make: Make,
        *,
        report: Report | None = None,
        member_id: int = 0,
        shown: Tree = Tree.SPONSOR,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make, self._reports = make, TeamReports(context.file, company)
        self._periods = periods.to_choose(context.file, company.id, context.period)
        self._stored = team.periods(context.file, company.id)
        usual = self._reports.usual(context.period)
        wish = replace(usual, report=report or usual.report, shown=shown)
        self.form, self.drawing = Form(), Form()
        self._rows: dict[str, tuple[QLabel, QWidget]] = {}
        self._fill(wish, member_id)
        self.becomes = Label(bold=True, wrap=True)
        self.warning = Label(tone="amber", wrap=True)
        self.go = button(_("&Make the PDF"), kind="primary", icon="file-text")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.tell)
        self._arrange()
        self._connect()
        self._show_fields()
        self.adjustSize()
        self.tell()

    # fields

    def _fill(self, wish: Wish, member_id: int) -> None:
        view = self._reports.view(wish)
        self._two_trees = list(view.team.sponsor) != list(view.team.placement) or any(view.team.legs)
        wall = wish.wall
        self.report = self._box("report", _("&Report"), _reports(), wish.report)
        self.who = Picker(member_choices(view), _("Whose leg"), _("The whole team, or a name or number"))
        self.form.add("who", _("&Whose leg"), self.who)
        if wish.report is Report.LEG:
            self.who.choose(member_id)
        trees = ((Tree.SPONSOR, _("Sponsor tree")), (Tree.PLACEMENT, _("Placement tree")))
        self.tree = self._box("tree", _("&Tree"), trees, wish.shown)
        self.period = self._box(
            "period", _("&Period"), [(p, format_period(p)) for p in self._periods], wish.period
        )
        self.naming = self._box("naming", _("P&eople"), _namings(), wish.naming)
        self.figure = self._box("figure", _("&Figures"), _figures(), wish.figure)
        self.back = self._spin("back", _("Look &back, periods"), (1, MOST_PERIODS), wish.periods)
        self.paper = self._box("paper", _("P&aper"), [(paper, paper.value) for paper in Paper], wall.paper)
        self.lying = self._box(
            "lying", _("&Orientation"), ((True, _("Landscape")), (False, _("Portrait"))), wall.lying
        )
        tiled = ((False, _("On one sheet")), (True, _("Spread over several sheets, to be glued")))
        self.tiled = self._box("tiled", _("&Sheets"), tiled, wall.tiled)
        self.type_size = self._spin("type_size", _("T&ype size"), (LEAST_TYPE, MOST_TYPE), int(wall.type_size))
        self.type_size.setSuffix(_(" pt"))
        self.levels = self._spin("levels", _("&Levels"), (0, MOST_LEVELS), wall.levels)
        self.levels.setSpecialValueText(_("All"))
        shapes = ((True, _("Packed, to save paper")), (False, _("Each level in a row")))
        self.shape = self._box("shape", _("S&hape"), shapes, wall.saves_paper)
        self.compared = self._box("compared", _("&Compare with"), [(None, _("Not compared"))], None)

    def _box(self, field: str, label: str, choices: Iterable[tuple[object, str]], chosen: object) -> QComboBox:
        box = ComboBox()
        known = list(choices)
        for value, text in known:
            box.addItem(text, value if isinstance(value, (str, bool)) else None)
        values = [value for value, _text in known]
        box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        self._add(field, label, box)
        return box

    def _spin(self, field: str, label: str, bounds: tuple[int, int], value: int) -> QSpinBox:
        box = SpinBox()
        box.setRange(*bounds)
        box.setValue(value)
        self._add(field, label, box)
        return box

    def _add(self, field: str, label: str, widget: QWidget) -> None:
        form = self.drawing if field in _WALL else self.form
        self._rows[field] = form.add(field, label, widget), widget

    def _arrange(self) -> None:
        self.setWindowTitle(_("PDF of the team"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        ends = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        ends.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        ends.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        ends.accepted.connect(self.accept)
        ends.rejected.connect(self.reject)
        self._column = QVBoxLayout(self)
        theme.margins(self._column, theme.L, spacing=theme.M)
        beside = QHBoxLayout()
        beside.setSpacing(theme.L)
        beside.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.drawing, 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(beside)
        for part in (self.becomes, self.warning):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._column.addWidget(ends)

    def _connect(self) -> None:
        for box in (
            self.report,
            self.tree,
            self.period,
            self.naming,
            self.figure,
            self.paper,
            self.lying,
            self.tiled,
        ):
            box.currentIndexChanged.connect(self._on_changed)
        for box in (self.shape, self.compared):
            box.currentIndexChanged.connect(self._on_changed)
        for spin in (self.type_size, self.levels, self.back):
            spin.valueChanged.connect(self._on_changed)
        self.who.picked.connect(self._on_changed)
        self.period.currentIndexChanged.connect(self._offer_earlier)
        self._offer_earlier()

    def _offer_earlier(self, _index: int = 0) -> None:
        """What can be compared with are the periods with figures before the chosen one."""
        chosen = self._periods[self.period.currentIndex()]
        self._earlier: list[Period | None] = [None, *(period for period in self._stored if period < chosen)]
        self.compared.blockSignals(True)
        self.compared.clear()
        for period in self._earlier:
            self.compared.addItem(
                _("Since {period}").format(period=format_period(period)) if period else _("Not compared")
            )
        self.compared.blockSignals(False)

    def _on_changed(self, _value: object = None) -> None:
        self._show_fields()
        self.go.setEnabled(False)
        self._timer.start()

    def _show_fields(self) -> None:
        """Only what the chosen report asks for."""
        report = self.wish().report
        wall = report is Report.WALL
        asked = dict.fromkeys(_WALL, wall)
        asked["type_size"] = wall and self.wish().wall.tiled
        asked["compared"] = wall and len(self._earlier) > 1
        asked["figure"] = report is not Report.PEOPLE
        asked["back"] = report is Report.PEOPLE
        asked["tree"] = self._two_trees
        for field, shown in asked.items():
            for part in self._rows[field]:
                part.setVisible(shown)
        self.drawing.setVisible(wall)

    # what is chosen

    def wish(self) -> Wish:
        """The report as it is chosen now."""
        return Wish(
            period=self._periods[self.period.currentIndex()],
            report=Report(self.report.currentData()),
            member_id=self.who.chosen(),
            shown=Tree(self.tree.currentData()),
            naming=Naming(self.naming.currentData()),
            figure=Figure(self.figure.currentData()),
            wall=WallOptions(
                paper=Paper(self.paper.currentData()),
                lying=bool(self.lying.currentData()),
                tiled=bool(self.tiled.currentData()),
                type_size=self.type_size.value(),
                levels=self.levels.value(),
                saves_paper=bool(self.shape.currentData()),
            ),
            compared=self._earlier[max(self.compared.currentIndex(), 0)],
            periods=self.back.value(),
        )

    def tell(self) -> None:
        """Say what the chosen report will take, and whether it can be read."""
        self._timer.stop()
        try:
            words = self._reports.words(self.wish())
        except Refusal as refusal:
            self._show_words("", spoken(refusal), possible=False)
            return
        warning = say(words.warning.text, words.warning.values) if words.warning else ""
        self._show_words(words.becomes, warning, words.possible)

    def _show_words(self, becomes: str, warning: str, possible: bool) -> None:
        self.becomes.setText(becomes)
        self.becomes.setVisible(bool(becomes))
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self.go.setEnabled(possible and not self._is_unclear())
        self._column.activate()
        self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))

    def _is_unclear(self) -> bool:
        """Whether something is written that names nobody: that must not become the whole team."""
        return bool(self.who.text().strip()) and not self.who.chosen()

    def accept(self) -> None:
        """Make the report as chosen and show it."""
        self.tell()
        if not self.go.isEnabled():
            return
        wish = self.wish()
        name = self._reports.file_name(wish)
        title = _("{report}, {period}").format(report=self.report.currentText(), period=format_period(wish.period))
        super().accept()
        self._make(name, title, lambda: self._reports.job(wish))


def _reports() -> list[tuple[StrEnum, str]]:
    return [
        (Report.WALL, _("Wall chart: the team as cards")),
        (Report.LEG, _("Leg report: leg by leg, then everyone")),
        (Report.PEOPLE, _("New and silent: lists to act on")),
        (Report.OUTLINE, _("Team overview: everyone in an outline")),
    ]


def _namings() -> list[tuple[StrEnum, str]]:
    return [
        (Naming.NAMES, _("With names")),
        (Naming.INITIALS, _("Initials only")),
        (Naming.NUMBERS, _("Numbers only")),
    ]


def _figures() -> list[tuple[StrEnum, str]]:
    return [
        (Figure.NONE, _("No figures")),
        (Figure.OWN, _("Own volume")),
        (Figure.BOTH, _("Own and group volume")),
    ]
