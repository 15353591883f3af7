"""What the palette says where it shows no hits."""

from __future__ import annotations

from organizer.i18n import _
from organizer.services import search
from organizer.services.files import File
from organizer.services.search_hits import Hits


def keys() -> str:
    """Which keys do what."""
    return _("Enter goes there. Up and Down choose. Esc closes.")


def near() -> str:
    """Said above hits that are written otherwise."""
    return _("Some of these are written a little differently.")


def said(file: File, hits: Hits, waits: bool) -> str:
    """What can be found, or that nothing was; `waits` while a second look is still to come."""
    if not search.anything(file):
        return _("There is nothing to find yet. What you add or import is found here.")
    if not hits.wanted:
        return _(
            "Finds names, phone numbers, e-mail addresses, towns and tags, who stands in the team, products, and "
            "every word of your notes. Part of a phone number is enough: three digits or more."
        )
    if waits:
        return _("Nothing is written like that. Looking for something close to it…")
    text = _("No hits for “{text}”. Looked in contacts, the team, products and all notes.").format(
        text=hits.wanted.text
    )
    if hits.wanted.may_be_near:
        return text + " " + _("Words with one letter wrong were looked for too.")
    return text
