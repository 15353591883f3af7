"""How a backup is spoken of: when, how large, what it holds and what changed after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from organizer.i18n import _, format_date, format_number, language, ngettext
from organizer.services import backups
from organizer.services.backups import Backup, Since

_KILO = 1000


def when(at: datetime, today: date) -> str:
    """A moment in words: "today 14:05", "yesterday 09:30", "07/03/2026 14:05"."""
    time = clock(at)
    days = (today - at.date()).days
    if days == 0:
        return _("today {time}").format(time=time)
    if days == 1:
        return _("yesterday {time}").format(time=time)
    return f"{format_date(at)} {time}"


def clock(at: datetime) -> str:
    """The time of day, as it is written in the language spoken now: 14.05 or 14:05."""
    return at.strftime("%H.%M" if language() == "da" else "%H:%M")


def size(count: int) -> str:
    """So many bytes as people read them: 340 kB, 4.2 MB."""
    if count < _KILO * _KILO:
        return f"{format_number(max(1, round(count / _KILO)))}\N{NO-BREAK SPACE}kB"
    amount = Decimal(count) / (_KILO * _KILO)
    return f"{format_number(amount, 1 if amount < 100 else 0)}\N{NO-BREAK SPACE}MB"


def kind(name: str) -> str:
    """The name of a kind of thing that is counted in a file."""
    names = {
        "contacts": _("Contacts"),
        "members": _("Team members"),
        "products": _("Products"),
        "companies": _("Companies"),
        "volumes": _("Monthly figures"),
    }
    return names.get(name, name)


def counts(found: Mapping[str, int]) -> str:
    """What a file holds, in one line: the kinds that it has any of."""
    return " \N{MIDDLE DOT} ".join(_counted(name, count) for name, count in found.items() if count)


def changed(since: Since | None) -> str:
    """What was done after a backup was made; "" when it can't be known."""
    if since is None:
        return ""
    if not since.deeds and not any(since.counts.values()):
        return _("nothing")
    parts = []
    if since.deeds:
        text = ngettext("{count} deed", "{count} deeds", since.deeds)
        parts.append(text.format(count=format_number(since.deeds)))
    parts += [_difference(name, count) for name, count in since.counts.items() if count]
    return ", ".join(parts)


def place(backup: Backup) -> str:
    """Where a backup lies."""
    return _("Second folder") if backup.elsewhere else _("This computer")


def verified(backup: Backup, today: date) -> str:
    """Whether the copy is known to be whole, and since when."""
    if backup.verified is None:
        return _("Not verified")
    return _("Verified {when}").format(when=when(backup.verified, today))


def reason(backup: Backup) -> str:
    """Why a backup was made."""
    if not backup.made_here:
        return _("Not made by Organizer")
    name = backups.reason_name(backup.reason)
    return name[:1].upper() + name[1:]


def _difference(name: str, count: int) -> str:
    sign = "+" if count > 0 else ""
    return f"{sign}{_counted(name, count)}"


def _counted(name: str, count: int) -> str:
    number = abs(count)
    texts = {
        "contacts": ngettext("{count} contact", "{count} contacts", number),
        "members": ngettext("{count} team member", "{count} team members", number),
        "products": ngettext("{count} product", "{count} products", number),
        "companies": ngettext("{count} company", "{count} companies", number),
        "volumes": ngettext("{count} monthly figure", "{count} monthly figures", number),
    }
    return texts.get(name, "{count} " + name).format(count=format_number(count))
