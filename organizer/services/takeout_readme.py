"""The README of a folder with everything: what each file is, counts and sums, in the user's language."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from organizer.exchange import everything_tables as t
from organizer.i18n import _, format_date, format_number

_WIDTH = 78


class Source(Protocol):
    """Where it all comes from, and when."""

    @property
    def source(self) -> str:
        """The file's name."""

    @property
    def owner(self) -> str:
        """The distributor's name, possibly empty."""

    @property
    def at(self) -> datetime:
        """When it was taken out."""


def text(counts: Mapping[str, int], sums: Mapping[str, Decimal], names: Sequence[str], source: Source) -> str:
    """The whole README. `names` are the folder's files, `sums` the tables' by file name."""
    when = _("{date} at {time}").format(date=format_date(source.at), time=f"{source.at:%H:%M}")
    opening = _("Taken out of {file} on {when}.").format(file=source.source, when=when)
    if source.owner:
        opening = _("Taken out of {file}, the file of {name}, on {when}.").format(
            file=source.source, name=source.owner, when=when
        )
    return "\n".join(
        [
            *_heading(_("Everything from Organizer"), "="),
            *_paragraph(opening),
            *_paragraph(
                _(
                    "You need no special program to read what is here. The folder is NOT encrypted, even if your "
                    "file is. It holds other people's data: keep it where only you can get at it, and delete "
                    "it when you don't need it any more."
                )
            ),
            *_heading(_("The files"), "-"),
            *(line for name in names for line in _about(name)),
            "",
            *_heading(_("Counts and sums"), "-"),
            in_words(counts),
            _("Sum of all volumes: {sum}").format(sum=format_number(sums[t.VOLUMES])),
            _("Sum of all prices: {sum}").format(sum=format_number(sums[t.PRODUCTS])),
            _("Sum of all kept estimates: {sum}").format(sum=format_number(sums[t.ESTIMATES])),
            "",
            *_heading(_("How the tables are written"), "-"),
            *_paragraph(
                _(
                    "Excel, LibreOffice and other spreadsheets open them with a double click: semicolons between "
                    "the cells, UTF-8, dates as year-month-day, a comma before decimals and nothing between "
                    "thousands. An apostrophe stands before a text that a spreadsheet would take for a formula. "
                    "Id numbers tie the tables together. Columns in (brackets) are only there to read."
                )
            ),
            *_heading(_("To bring it in again"), "-"),
            *_paragraph(
                _(
                    "In Organizer make a new file with File, New file, and skip its questions. Then choose File, "
                    "Bring everything in, and this folder. Leave the folder “tables” as it is: what was changed "
                    "there is told before anything is brought in, and what no longer fits is refused."
                )
            ),
            *_heading(_("What is not here"), "-"),
            *_paragraph(
                _(
                    "The history of what you did (so Undo doesn't reach back past this), backups, the passphrase "
                    "or PIN, and settings of the program such as colours. Estimates that you didn't keep are "
                    "computed anew from the team and its volumes."
                )
            ),
        ]
    )


def _heading(title: str, mark: str) -> list[str]:
    return [title, mark * len(title), ""]


def _paragraph(sentences: str) -> list[str]:
    return [*textwrap.wrap(sentences, _WIDTH, break_long_words=False, break_on_hyphens=False), ""]


def _about(name: str) -> list[str]:
    purpose = _purposes().get(name.rpartition("/")[2], "")
    purpose = _by_ending().get(name[name.rfind(".") :], purpose)
    return [name, *textwrap.wrap(purpose, _WIDTH, initial_indent="    ", subsequent_indent="    ")]


def _by_ending() -> dict[str, str]:
    return {
        ".pdf": _("to print or to look at"),
        t.PLAN_SUFFIX: _("a compensation plan of your own, as text"),
        **dict.fromkeys((".jpg", ".png", ".gif", ".webp", ".bin"), _("a picture of a contact or a product")),
        t.ESTIMATE_SUFFIX: _("what a kept estimate was made from and what it left for the next period"),
    }


def _purposes() -> dict[str, str]:
    return {
        "README.txt": _("what you are reading"),
        "contacts.vcf": _("your contacts for the address book of a phone, of Google, Outlook or Apple (vCard)"),
        "birthdays.ics": _("birthdays for a calendar (iCalendar)"),
        t.SETTINGS: _("which of the contacts is you, and the form of these tables"),
        t.COMPANIES: _("the companies you sell for, with plan and currency"),
        t.PEOPLE: _("everybody: your contacts, and those who only stand in a team (In Contacts: no)"),
        t.MEMBERS: _("the places in each company's team, with sponsor and placement"),
        t.PAST: _("where members stood before, and their kinds and ranks, each up to a day"),
        t.VOLUMES: _("the volumes of each member in each period"),
        t.PRODUCTS: _("your products with prices and points"),
        t.NOTES: _("your notes on products"),
        t.ESTIMATES: _("the estimates that you kept: period, plan, total"),
        t.ENTRIES: _("what you noted of talks with people, by day"),
        t.STEPS: _("what you mean to do next with people, and what you did"),
        t.ADDRESSES: _("further addresses of people"),
        t.RELATIONS: _("who introduced, hosted, is family or a friend of whom"),
        t.CONSENTS: _("who agreed to hear from you how, given and withdrawn"),
        t.NOES: _("who said no to what, and when"),
        t.SUPPRESSED: _("people who said no and were erased: digests that tell them again, and no names"),
        t.LISTS: _("your saved lists of contacts"),
        t.FOLLOW_UP_PLANS: _("follow-up plans of your own, as text"),
        t.LINKS: _("which products go together"),
        t.LIKES: _("who likes which product"),
        t.PICTURES: _("whose picture each file in the folder “pictures” is"),
        t.LAYOUTS: _("how you said that a company's files are to be read"),
        t.CONTENTS: _("how many rows each table has, so that a missing piece is noticed"),
    }


def in_words(counts: Mapping[str, int]) -> str:
    """How many there are of each kind, one on a line; a kind that isn't counted is left out."""
    texts = {
        "contacts": _("Contacts: {count}"),
        "people": _("People, those in teams included: {count}"),
        "companies": _("Companies: {count}"),
        "members": _("Team members: {count}"),
        "volumes": _("Volumes: {count}"),
        "products": _("Products: {count}"),
        "notes": _("Product notes: {count}"),
        "entries": _("Notes of talks: {count}"),
        "steps": _("Next steps: {count}"),
        "relations": _("Relations between people: {count}"),
        "consents": _("Consents: {count}"),
        "noes": _("Noes: {count}"),
        "lists": _("Saved lists: {count}"),
        "follow_up_plans": _("Follow-up plans of your own: {count}"),
        "pictures": _("Pictures: {count}"),
        "plans": _("Plans of your own: {count}"),
        "estimates": _("Kept estimates: {count}"),
        "birthdays": _("Birthdays: {count}"),
        "tables": _("Tables: {count}"),
        "pdfs": _("PDFs: {count}"),
    }
    shown = {kind: text for kind, text in texts.items() if kind in counts}
    return "\n".join(text.format(count=format_number(counts[kind])) for kind, text in shown.items())
