"""The tables of a folder with everything: their files and headings. One place for the writer and the reader."""

from __future__ import annotations

import re

FORMAT = 4
"""Which form the folder has; one more when an older program couldn't read it. All earlier ones are read."""

CONTENTS = "contents.csv"
"""Lists the other tables with counts and sums. Written last, so a folder without it is not whole."""

SETTINGS = "settings.csv"
COMPANIES = "companies.csv"
PEOPLE = "contacts.csv"
MEMBERS = "members.csv"
VOLUMES = "volumes.csv"
PRODUCTS = "products.csv"
NOTES = "product_notes.csv"
ESTIMATES = "estimates.csv"

PAST = "member_history.csv"
ENTRIES = "timeline.csv"
STEPS = "next_steps.csv"
LAYOUTS = "file_layouts.csv"

ADDRESSES = "addresses.csv"
RELATIONS = "relations.csv"
CONSENTS = "consents.csv"
NOES = "said_no.csv"
SUPPRESSED = "known_by_digest.csv"
LISTS = "saved_lists.csv"
FOLLOW_UP_PLANS = "follow_up_plans.csv"
LINKS = "product_links.csv"
LIKES = "product_likes.csv"
PICTURES = "pictures.csv"

TABLES = (
    *(SETTINGS, COMPANIES, PEOPLE, MEMBERS, PAST, VOLUMES, PRODUCTS, NOTES, ESTIMATES),
    *(ENTRIES, STEPS, LAYOUTS),
    *(ADDRESSES, RELATIONS, CONSENTS, NOES, SUPPRESSED, LISTS, FOLLOW_UP_PLANS, LINKS, LIKES, PICTURES),
)
"""In the order they are written and read; folders of form 1 have no estimates, those before form 3 no PAST,
ENTRIES, STEPS and LAYOUTS, those before form 4 nothing of what follows."""

PLANS_FOLDER, PLAN_SUFFIX = "plans", ".toml"
"""Where each plan of her own lies, as the text that it is."""

ESTIMATES_FOLDER, ESTIMATE_SUFFIX = "estimates", ".json"
"""Where what each kept estimate was made from and what it left lies, by company's id and period."""

PICTURES_FOLDER = "pictures"
"""Where each picture lies, as the image file that it is."""

_UNSURE = re.compile(r"[^0-9A-Za-z_-]")
_TAKEN = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_LONGEST = 80


def file_stem(name: str) -> str:
    """`name` as a file's name on any system; a plan's id and a period mostly are one already."""
    stem = _UNSURE.sub("_", name)[:_LONGEST] or "_"
    return f"{stem}_" if _TAKEN.fullmatch(stem) else stem


def estimate_file(company_id: int, period: str) -> str:
    """The file in ESTIMATES_FOLDER that belongs to a kept estimate."""
    return f"{ESTIMATES_FOLDER}/{file_stem(f'{company_id}-{period}')}{ESTIMATE_SUFFIX}"


CONTENTS_HEADINGS = ("File", "Rows", "Sum", "SHA-256")
SETTINGS_HEADINGS = ("Setting", "Value")
COMPANIES_HEADINGS = ("Id", "Name", "Plan", "Currency")
PEOPLE_TEXTS = {
    "First name": "first_name",
    "Middle name": "middle_name",
    "Last name": "last_name",
    "Organization": "organization",
    "Street": "street",
    "Postal code": "postal_code",
    "City": "city",
    "Country": "country",
    "Birthday": "birthday",
    "Notes": "notes",
    "Source": "source",
}
"""A contact's texts by heading."""

PEOPLE_HEADINGS = ("Id", "In Contacts", *PEOPLE_TEXTS, "Roles", "Tags")
PEOPLE_MORE = {
    "Title": "prefix",
    "Suffix": "suffix",
    "Nickname": "nickname",
    "Address - Kind": "address_label",
    "Family": "family",
    "Occupation": "occupation",
    "Recreation": "recreation",
    "Message": "message",
}
"""More of a contact's texts; folders before form 4 have none of them, nor EXTRA, ADDED and EXPIRES."""

EXTRA, ADDED, EXPIRES = "Other details", "Added", "Keep until"

NUMBERED = re.compile(
    r"(Phone|E-mail) ([1-9][0-9]{0,3})( - Kind)?|" + "|".join((*PEOPLE_MORE, EXTRA, ADDED, EXPIRES)), re.ASCII
)
"""A contact's phones and e-mails, each with its kind: "Phone 2", "Phone 2 - Kind"; and what few folders have."""

MEMBERS_HEADINGS = (
    *("Id", "Company id", "Contact id", "Number", "Sponsor id", "Placement id", "Kind", "Rank", "Highest rank"),
    *("Joined", "Last order", "Above", "You"),
)
LEG = "Leg"
"""A member's leg; folders of form 1 have no such column."""

SINCE = "Since"
"""The first day a member is known; folders before form 3 have no such column."""

PAST_HEADINGS = ("Member id", "Until", "Sponsor id", "Placement id", LEG, "Kind", "Rank")
ENTRIES_HEADINGS = ("Contact id", "Day", "Kind", "Text")
ADDRESSES_HEADINGS = ("Contact id", "Street", "Postal code", "City", "Country", "Kind")
STEPS_HEADINGS = ("Contact id", "Due", "Text", "Done")
STEPS_MORE = ("Channel", "Purpose", "Outcome", "Follow-up plan", "Started as")
"""More of a next step; folders before form 4 have none of them."""

LAYOUTS_HEADINGS = ("Company id", "Headings", "Read as")

ESTIMATES_HEADINGS = ("Company id", "Period", "Kept", "Plan", "Plan version", "Currency", "Total")

VOLUMES_HEADINGS = ("Member id", "Month", "Volume", "Amount")
PRODUCTS_HEADINGS = (
    *("Id", "Company id", "Number", "Name", "Category", "Price", "Cost", "PV", "CV", "Lasts (days)"),
)
NOTES_HEADINGS = ("Product id", "Section", "Note")
