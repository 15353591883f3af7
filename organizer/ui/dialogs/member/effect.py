"""What a move would do, in words and figures, before it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from organizer.domain.money import volume_amount
from organizer.domain.team import Tree
from organizer.i18n import _, format_number, format_period, ngettext
from organizer.services.team import TeamView
from organizer.services.team_moves import Effect
from organizer.ui import theme
from organizer.ui.dialogs.member.choices import name_of
from organizer.ui.models.team_cells import UNKNOWN, shown_name
from organizer.ui.widgets.label import Label

_NAMED = 4
"""So many of those who move along are named."""


class EffectCard(QFrame):
    """Who moves along, from whom to whom, both group volumes before and after, what stays, and from when on."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.along = Label(wrap=True, bold=True)
        self.way = Label(wrap=True)
        self.stays = Label(wrap=True, tone="muted")
        self.since = Label(wrap=True, tone="muted")
        self.volumes = QGridLayout()
        theme.margins(self.volumes, spacing=theme.XS)
        self.volumes.setHorizontalSpacing(theme.L)
        self.volumes.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        theme.margins(column, theme.M, spacing=theme.S)
        column.addWidget(self.along)
        column.addWidget(self.way)
        column.addLayout(self.volumes)
        column.addWidget(self.stays)
        column.addWidget(self.since)

    def show_effect(self, view: TeamView, effect: Effect) -> None:
        """Show what this would do."""
        names = [shown_name(view, place).split(" ")[0] for place in effect.along[:_NAMED]]
        self.along.setText(moves_along(len(effect.along), names))
        self.way.setText(_way(view, effect))
        self._show_volumes(view, effect)
        self.stays.setText(_what_stays(view, effect))
        self.since.setText(
            _("It counts from {period} on. Earlier periods stay as they were.").format(
                period=format_period(view.period)
            )
        )

    def _show_volumes(self, view: TeamView, effect: Effect) -> None:
        while item := self.volumes.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        heads = (
            _("Group volume, {period}").format(period=format_period(view.period)),
            _("Before"),
            _("After"),
        )
        for column, text in enumerate(heads):
            self._put(0, column, text, "muted")
        uplines = [one for one in (effect.left, effect.joined) if one]
        for row, upline in enumerate(uplines[:1] if effect.moves_nothing else uplines, 1):
            self._put(row, 0, name_of(view, upline.position))
            self._put(row, 1, _amount(upline.before))
            self._put(row, 2, _amount(upline.after))

    def _put(self, row: int, column: int, text: str, tone: str = "") -> None:
        label = Label(text, tone=tone, wrap=not column)
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.volumes.addWidget(label, row, column)

    def said(self) -> str:
        """All of it as one text, for a screen reader."""
        rows = [
            " ".join(
                label.text()
                for column in range(3)
                if (item := self.volumes.itemAtPosition(row, column)) and isinstance(label := item.widget(), Label)
            )
            for row in range(1, self.volumes.rowCount())
        ]
        return "\n".join(
            filter(None, [self.along.text(), self.way.text(), *rows, self.stays.text(), self.since.text()])
        )


def moves_along(below: int, names: list[str]) -> str:
    """Who moves along with a member who has `below` members under her; `names` are the first ones'."""
    if not below:
        return _("Nobody stands below, so nobody else moves.")
    text = ngettext("{count} below moves along.", "{count} below move along.", below)
    told = text.format(count=format_number(below))
    if below > len(names):
        names = [*names, "…"]
    return f"{told} {', '.join(names)}"


def _way(view: TeamView, effect: Effect) -> str:
    place = {
        "name": shown_name(view, effect.member),
        "before": name_of(view, effect.left.position) if effect.left else _("nobody that is known"),
        "after": name_of(view, effect.joined.position) if effect.joined else UNKNOWN,
    }
    if effect.moves_nothing:
        return _("{name} stands under {after} already.").format(**place)
    if effect.tree is Tree.SPONSOR:
        return _("In the sponsor tree, {name} moves from {before} to {after}.").format(**place)
    return _("In the placement tree, {name} moves from {before} to {after}.").format(**place)


def _what_stays(view: TeamView, effect: Effect) -> str:
    if effect.follows:
        return _("She is placed under her sponsor, so her place in the placement tree moves along.")
    if effect.stays < 0:
        return ""
    name = name_of(view, effect.stays)
    if effect.tree is Tree.SPONSOR:
        return _("In the placement tree she goes on standing under {name}.").format(name=name)
    return _("{name} stays her sponsor.").format(name=name)


def _amount(thousandths: int | None) -> str:
    return UNKNOWN if thousandths is None else format_number(volume_amount(thousandths))
