"""How it is said which backups still know somebody."""

from __future__ import annotations

from organizer.i18n import _, format_date, format_number, ngettext
from organizer.services.erasing import Holding


def backups_told(holding: Holding) -> list[str]:
    """Which backups may still hold the person, and until when."""
    if not holding.count:
        return [_("No backup holds them.")]
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
    told.append(_("If you restore one of them, erase again."))
    return told
