"""Moments, sizes and counts as the commands write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from organizer.i18n import _, format_date, format_number, language

_MEGA = 1_000_000


def moment(at: datetime) -> str:
    """A day with its time: 07/03/2026 14:05."""
    return f"{format_date(at)} {at.strftime('%H.%M' if language() == 'da' else '%H:%M')}"


def size(count: int) -> str:
    """So many bytes as people read them: 0.3 MB."""
    return f"{format_number(max(Decimal('0.1'), Decimal(count) / _MEGA), 1)}\N{NO-BREAK SPACE}MB"


def counted(counts: Mapping[str, int]) -> str:
    """How many there are of each kind, in one line."""
    names = {
        "contacts": _("contacts"),
        "people": _("people"),
        "members": _("team members"),
        "products": _("products"),
        "companies": _("companies"),
        "volumes": _("monthly figures"),
        "birthdays": _("birthdays"),
        "pdfs": _("PDFs"),
    }
    parts = (f"{names.get(kind, kind)} {format_number(count)}" for kind, count in counts.items() if count)
    return ", ".join(parts) or _("nothing")
