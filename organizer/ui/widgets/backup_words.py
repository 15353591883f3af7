"""How a backup is spoken of: when it was made, what it holds and what changed after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from organizer.i18n import _, format_date, format_number, format_time, ngettext
from organizer.services import backups, counting
from organizer.services.backups import Backup, Since


def when(at: datetime, today: date) -> str:
    """A moment in words: "today 14:05", "yesterday 09:30", "07/03/2026 14:05"."""
    time = format_time(at)
    days = (today - at.date()).days
    if days == 0:
        return _("today {time}").format(time=time)
    if days == 1:
        return _("yesterday {time}").format(time=time)
    return f"{format_date(at)} {time}"


def kind(name: str) -> str:
    """The name of a kind of thing that is counted in a file."""
    names = {
        "contacts": _("Contacts"),
        "members": _("Team members"),
        "products": _("Products"),
        "companies": _("Companies"),
        "volumes": _("Volume figures"),
        "plans": _("Plans of your own"),
        "estimates": _("Kept estimates"),
    }
    return names.get(name, name)


def counts(found: Mapping[str, int]) -> str:
    """What a file holds, in one line: the kinds that it has any of."""
    return counting.in_words(found, " \N{MIDDLE DOT} ") if any(found.values()) else ""


def changed(backup: Backup, since: Since | None) -> str:
    """What was done after a backup was made; "" when it can't be known."""
    if since is None:
        return _("another state of the file") if backup.made_here else ""
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


def damaged(backup: Backup) -> bool:
    """True when a later look found a backup damaged: each one that the program makes is verified at its making."""
    return backup.made_here and backup.verified is None


def verified(backup: Backup, today: date) -> str:
    """Whether the copy is known to be whole, and since when; a copy of other making is verified when she asks."""
    if damaged(backup):
        return _("Damaged: don't trust it")
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
    return f"{sign}{counting.counted(name, count)}"
