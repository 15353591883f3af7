"""`organizer export`: a file out of hers, which the import and other programs read."""

from __future__ import annotations

import argparse

from organizer.cli.codes import OK
from organizer.cli.opening import company_of, opened, period_of
from organizer.i18n import _, format_number, format_period, ngettext, say, shown
from organizer.services import contact_export, team_export
from organizer.services.contact_export import Channel, Form, Purpose


def export(options: argparse.Namespace) -> int:
    """Write the contacts, or the team of a period."""
    return _contacts(options) if options.what == "contacts" else _team(options)


def _contacts(options: argparse.Namespace) -> int:
    """Everyone in Contacts; for a mailing without those who may not get it, who are named."""
    marketing = (Purpose.OFFER, Channel(options.mailing)) if options.mailing else (Purpose.OTHER, None)
    with opened(options) as file:
        done = contact_export.export(file, options.target, _form(options), None, *marketing)
        text = ngettext("Saved {file} with {count} entry.", "Saved {file} with {count} entries.", done.count)
        print(text.format(file=options.target, count=format_number(done.count)))
        for name, why in done.left_out:
            told = _("{name} is left out: {why}")
            print("  " + told.format(name=shown(name), why=say(why.text, why.values)))
    return OK


def _form(options: argparse.Namespace) -> Form:
    """As asked for, else as the file's name says."""
    if options.format:
        return Form(options.format)
    return {".csv": Form.CSV, ".ics": Form.CALENDAR}.get(options.target.suffix.lower(), Form.VCARD_3)


def _team(options: argparse.Namespace) -> int:
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
