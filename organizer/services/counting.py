"""How many there are of each kind, in words: the same in the window and on the command line."""

from __future__ import annotations

from collections.abc import Mapping

from organizer.i18n import _, format_number, ngettext


def in_words(counts: Mapping[str, int], between: str = ", ") -> str:
    """The kinds that there are any of, in one line: "60 contacts, 2 companies"."""
    return between.join(counted(kind, count) for kind, count in counts.items() if count) or _("nothing")


def counted(kind: str, count: int) -> str:
    """So many of one kind: "60 contacts"; a difference may be negative."""
    number = abs(count)
    texts = {
        "contacts": ngettext("{count} contact", "{count} contacts", number),
        "people": ngettext("{count} person", "{count} people", number),
        "members": ngettext("{count} team member", "{count} team members", number),
        "products": ngettext("{count} product", "{count} products", number),
        "companies": ngettext("{count} company", "{count} companies", number),
        "volumes": ngettext("{count} volume figure", "{count} volume figures", number),
        "notes": ngettext("{count} product note", "{count} product notes", number),
        "plans": ngettext("{count} plan of your own", "{count} plans of your own", number),
        "estimates": ngettext("{count} kept estimate", "{count} kept estimates", number),
        "birthdays": ngettext("{count} birthday", "{count} birthdays", number),
        "pdfs": ngettext("{count} PDF", "{count} PDFs", number),
    }
    return texts.get(kind, "{count} " + kind).format(count=format_number(count))
