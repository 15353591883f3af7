"""`organizer export`: a table out of her file, which the import and other programs read."""

from __future__ import annotations

import argparse

from organizer.cli.codes import OK
from organizer.cli.opening import company_of, opened, period_of
from organizer.i18n import format_number, format_period, ngettext
from organizer.services import team_export


def export(options: argparse.Namespace) -> int:
    """Write the team of a period as a table."""
    with opened(options) as file:
        company = company_of(file, options)
        period = period_of(file, company, options)
        count = team_export.export_team(file, company, period, options.target)
        text = ngettext(
            "Saved {file} with {count} member, as of {period}.",
            "Saved {file} with {count} members, as of {period}.",
            count,
        )
        told = {"file": options.target, "count": format_number(count), "period": format_period(period)}
        print(text.format(**told))
    return OK
