"""After somebody became a customer or host, joined the team or bought something: a follow-up plan is offered.

It is only offered: a line above the answers that goes away again, and nothing is planned without her.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from organizer.i18n import _
from organizer.services import files
from organizer.ui import theme
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label

if TYPE_CHECKING:
    from organizer.services.follow_up_plans import Offer
    from organizer.ui.context import Context
    from organizer.ui.main_window import MainWindow

_TABLES = frozenset({"person_role", "member", "entry"})


class Offers(QObject):
    """Listens to the deeds on one file for as long as it is shown."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(context)
        self._window, self._context = window, context
        self.bar: OfferBar | None = None
        """What is offered now."""
        deed = files.undoable(context.file)
        self._seen = deed.id if deed else 0
        context.changed.connect(self._on_changed)

    def _on_changed(self, touched: frozenset[str]) -> None:
        self.withdraw()
        if touched & _TABLES:
            # imported now: the window shall stand before that
            from organizer.services import follow_up_plans

            found, self._seen = follow_up_plans.offer(self._context.file, self._seen)
            if found:
                self._offer(found)

    def _offer(self, offer: Offer) -> None:
        self.bar = OfferBar(_words(offer), partial(self._look, offer), self.withdraw)
        self._window.column.insertWidget(1, self.bar)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.bar, _words(offer)))

    def withdraw(self) -> None:
        """Offer nothing."""
        if self.bar:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None

    def _look(self, offer: Offer) -> None:
        from organizer.ui.dialogs.follow_up import StartPlanDialog

        self.withdraw()
        StartPlanDialog(self._context, offer.person_id, self._window, offer.event).open()


class OfferBar(QFrame):
    """A line with what is offered and two buttons."""

    def __init__(self, text: str, look: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        theme.margins(row, theme.L, theme.S, spacing=theme.S)
        row.addWidget(Label(text, wrap=True), 1)
        self.look = button(_("Look at the plan…"), look, icon="list-checks")
        self.leave = button(_("Not now"), leave, kind="flat")
        row.addWidget(self.look)
        row.addWidget(self.leave)


def _words(offer: Offer) -> str:
    from organizer.domain.follow_up_plan import Event

    texts = {
        Event.CUSTOMER: _("{name} is a customer now. Start a follow-up plan?"),
        Event.HOST: _("{name} is a host now. Start a follow-up plan?"),
        Event.JOINED: _("{name} is in the team now. Start a follow-up plan?"),
        Event.PURCHASE: _("{name} has bought something. Start a follow-up plan?"),
    }
    return texts[offer.event].format(name=offer.name)
