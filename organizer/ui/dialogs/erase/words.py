"""How it is said which backups still know somebody."""

from __future__ import annotations

from organizer.i18n import _, format_date, format_number, ngettext
from organizer.services import erasing
from organizer.services.erasing import Holding
from organizer.services.files import File


def backups_told(holding: Holding) -> list[str]:
    """Which backups may still hold the person, and until when."""
    if not holding.count:
        return [*_unseen(holding)] or [_("No backup holds them.")]
    text = ngettext(
        "{count} backup may still hold them. No new one is made now.",
        "{count} backups may still hold them. No new one is made now.",
        holding.count,
    )
    told = [text.format(count=format_number(holding.count))]
    if holding.until:
        text = _("The program has deleted the last of its own by {day}, if it makes a backup each day.")
        told.append(text.format(day=format_date(holding.until)))
    if holding.by_hand:
        text = ngettext(
            "{count} is never deleted by itself: delete it in Backups, or where you copied it to.",
            "{count} are never deleted by themselves: delete them in Backups, or where you copied them to.",
            holding.by_hand,
        )
        told.append(text.format(count=format_number(holding.by_hand)))
    told += _unseen(holding)
    told.append(_("If you restore one of them, erase again."))
    return told


def _unseen(holding: Holding) -> list[str]:
    if holding.unseen is None:
        return []
    text = _("Those in {folder} can't be seen now and may hold them too.")
    return [text.format(folder=str(holding.unseen))]


def later(file: File) -> list[str]:
    """That the file is tidied later, where that couldn't be done at once."""
    if not erasing.is_untidy(file):
        return []
    return [_("Another program reads the file, or the disk is full: the last traces go when it is opened next.")]
