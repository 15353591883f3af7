"""What there is to choose from when a member is added or moved: members, and the legs under one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtGui import QStandardItemModel

from organizer.i18n import _
from organizer.services.team import TeamView
from organizer.services.team_links import label
from organizer.services.team_moves import Leg
from organizer.ui.models.team_cells import shown_name
from organizer.ui.widgets.boxes import ComboBox


def member_choices(view: TeamView) -> list[tuple[int, str]]:
    """All members with a text that tells each from the others: name and number, else who she stands below."""
    team, parent = view.team, view.parent
    labels = [name_of(view, place) for place in range(len(team))]
    often = {text for text, count in Counter(labels).items() if count > 1}
    for position in [place for place, text in enumerate(labels) if text in often]:
        if (above := parent[position]) >= 0:
            labels[position] = _("{name}, below {above}").format(name=labels[position], above=name_of(view, above))
    return list(zip(team.ids, labels, strict=True))


def name_of(view: TeamView, position: int) -> str:
    """A member's name, and her number in brackets where she has one."""
    return label(shown_name(view, position), view.team.numbers[position] if view.team.names[position] else "")


class LegBox(ComboBox):
    """The legs under somebody: the free ones can be chosen, of the others it is said who stands there."""

    def offer(self, view: TeamView, legs: Sequence[Leg]) -> None:
        """Offer these, keeping the one that is chosen where it is still free."""
        before = self.chosen()
        self.clear()
        self.addItem(_("Not known"), "")
        words = {"left": _("Left"), "right": _("Right")}
        for leg in legs:
            name = words.get(leg.leg, leg.leg)
            if leg.taken >= 0:
                name = _("{leg}: {name} stands there").format(leg=name, name=shown_name(view, leg.taken))
            self.addItem(name, leg.leg)
            items = self.model()
            if leg.taken >= 0 and isinstance(items, QStandardItemModel):
                items.item(self.count() - 1).setEnabled(False)
        free = [leg.leg for leg in legs if leg.taken < 0]
        self.setCurrentIndex(self.findData(before) if before in free else 0)

    def chosen(self) -> str:
        """The leg that is chosen, "" for none."""
        return str(self.currentData() or "")
