"""The pages of the rail, each built the first time it is visited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from organizer.i18n import N_, _

if TYPE_CHECKING:
    from organizer.ui.context import Context
    from organizer.ui.main_window import MainWindow
    from organizer.ui.pages.page import Page

PAGES = {
    "today": ("sun", N_("Today")),
    "contacts": ("users", N_("Contacts")),
    "team": ("network", N_("Team")),
    "products": ("package", N_("Products")),
    "earnings": ("wallet", N_("Earnings")),
}
"""Each page by its key: its icon and its name, in the order of the rail."""

FOOT = {"settings": ("settings", N_("Settings"))}
"""The pages at the foot of the rail."""

FIRST = "today"
"""The page that the program opens on."""


def name_of(key: str) -> str:
    """The page's name in the language spoken now."""
    return _((PAGES | FOOT)[key][1])


def build(key: str, context: Context, window: MainWindow) -> Page:
    """The page called `key`, new. Raises KeyError when there is none."""
    if key == "settings":
        from organizer.ui.pages.settings.page import SettingsPage

        return SettingsPage(context, window)
    if key == "today":
        from organizer.ui.pages.today.page import TodayPage

        return TodayPage(context, window)
    return _KINDS[key]()(context)


def _contacts() -> Callable[[Context], Page]:
    from organizer.ui.pages.contacts.page import ContactsPage

    return ContactsPage


def _team() -> Callable[[Context], Page]:
    from organizer.ui.pages.team.page import TeamPage

    return TeamPage


def _products() -> Callable[[Context], Page]:
    from organizer.ui.pages.products.page import ProductsPage

    return ProductsPage


def _earnings() -> Callable[[Context], Page]:
    from organizer.ui.pages.earnings.page import EarningsPage

    return EarningsPage


# importing a page brings the database along; the window must be on the screen before that
_KINDS: dict[str, Callable[[], Callable[[Context], Page]]] = {
    "contacts": _contacts,
    "team": _team,
    "products": _products,
    "earnings": _earnings,
}
