"""What a person is told about each kind of thing that is kept: its name, why, and what its parts are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from organizer.i18n import N_


class Kind(NamedTuple):
    """One table in plain words: what it is, why it is kept, and what its columns are called."""

    title: str
    why: str
    columns: Mapping[str, str]


_WHO = N_("To know who is who and how to reach you.")
_TALKS = N_("To remember what was said and promised.")
_LAW = N_("The law asks that consents and noes can be shown.")
_TEAM = N_("To keep the team and what it earned in order.")

KINDS: Mapping[str, Kind] = {
    "person": Kind(
        N_("Name and details"),
        _WHO,
        {
            "prefix": N_("Title"),
            "first_name": N_("First name"),
            "middle_name": N_("Middle name"),
            "last_name": N_("Last name"),
            "suffix": N_("Suffix"),
            "nickname": N_("Nickname"),
            "organization": N_("Organization"),
            "address_label": N_("Kind of address"),
            "street": N_("Street"),
            "postal_code": N_("Postal code"),
            "city": N_("City"),
            "country": N_("Country"),
            "birthday": N_("Birthday"),
            "family": N_("Family"),
            "occupation": N_("Work life"),
            "recreation": N_("Free time"),
            "message": N_("What to tell"),
            "notes": N_("Notes"),
            "extra": N_("Further details from an address book"),
            "source": N_("Where it came from"),
            "added": N_("Added on"),
            "expires": N_("Kept until"),
        },
    ),
    "person_phone": Kind(N_("Phones"), _WHO, {"value": N_("Number"), "label": N_("Kind")}),
    "person_email": Kind(N_("E-mails"), _WHO, {"value": N_("E-mail"), "label": N_("Kind")}),
    "person_address": Kind(
        N_("Further addresses"),
        _WHO,
        {
            "street": N_("Street"),
            "postal_code": N_("Postal code"),
            "city": N_("City"),
            "country": N_("Country"),
            "label": N_("Kind"),
        },
    ),
    "person_tag": Kind(N_("Tags"), N_("To find people who belong together."), {"value": N_("Tag")}),
    "person_role": Kind(N_("Roles"), N_("To find people who belong together."), {"value": N_("Role")}),
    "person_picture": Kind(N_("Picture"), N_("To know a face again."), {"media": N_("Kind of picture")}),
    "relation": Kind(
        N_("Who belongs together"),
        N_("To know who introduced whom, and who belongs together."),
        {"person_id": N_("One"), "kind": N_("How"), "other_id": N_("The other"), "body": N_("Note")},
    ),
    "consent": Kind(
        N_("Consents"),
        _LAW,
        {
            "channel": N_("Channel"),
            "basis": N_("Basis"),
            "given": N_("Given on"),
            "how": N_("How"),
            "wording": N_("In these words"),
            "withdrawn": N_("Withdrawn on"),
            "withdrawn_how": N_("Withdrawn how"),
        },
    ),
    "said_no": Kind(
        N_("Noes"),
        _LAW,
        {
            "topic": N_("No to"),
            "day": N_("Said on"),
            "body": N_("Words"),
            "lifted": N_("Lifted on"),
            "lifted_body": N_("Lifted why"),
        },
    ),
    "entry": Kind(
        N_("What was said and done"),
        _TALKS,
        {"day": N_("Day"), "kind": N_("What"), "body": N_("Note")},
    ),
    "follow_up": Kind(
        N_("What is or was planned"),
        _TALKS,
        {
            "due": N_("Planned for"),
            "body": N_("What"),
            "purpose": N_("Purpose"),
            "channel": N_("Channel"),
            "done": N_("Closed on"),
            "outcome": N_("How it ended"),
            "plan": N_("Follow-up plan"),
        },
    ),
    "product_like": Kind(N_("Liked products"), N_("To offer what fits."), {"product_id": N_("Product")}),
    "member": Kind(
        N_("Places in a team"),
        _TEAM,
        {
            "company_id": N_("Company"),
            "number": N_("Number"),
            "sponsor_id": N_("Sponsor"),
            "placement_id": N_("Placed under"),
            "kind": N_("What"),
            "rank": N_("Rank"),
            "highest_rank": N_("Highest rank"),
            "joined": N_("Joined on"),
            "last_order": N_("Last order"),
            "above": N_("Above"),
            "leg": N_("Leg"),
            "since": N_("Known since"),
        },
    ),
    "member_past": Kind(
        N_("Former places in a team"),
        _TEAM,
        {
            "until": N_("Until"),
            "sponsor_id": N_("Sponsor"),
            "placement_id": N_("Placed under"),
            "leg": N_("Leg"),
            "kind": N_("What"),
            "rank": N_("Rank"),
        },
    ),
    "volume": Kind(N_("Volumes"), _TEAM, {"period": N_("Period"), "name": N_("Which"), "amount": N_("Points")}),
}
"""Every table that may be about a person. The order is the one that they are told in."""

SILENT = frozenset(
    {
        *("id", "listed", "name", "sort_key", "search", "digits", "data", "run", "is_self", "member_id"),
    }
)
"""Columns that tell nothing of their own: numbers of rows, and what is worked out from other columns."""

OWNERS = frozenset({"person_id"})
"""Says whose row it is, which goes without saying but in a relation."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "channel": {
        "email": N_("E-mail"),
        "sms": N_("SMS"),
        "chat": N_("Chat"),
        "phone": N_("Phone"),
        "post": N_("Letter"),
    },
    "basis": {"consent": N_("Consent"), "customer": N_("Customer (§ 10 (2))")},
    "topic": {"everything": N_("Everything"), "parties": N_("Parties"), "business": N_("The business")},
    "purpose": {
        "offer": N_("Offer"),
        "invitation": N_("Invitation"),
        "business": N_("The business"),
        "service": N_("Service"),
        "promise": N_("Promise"),
    },
    "outcome": {"done": N_("Done"), "no": N_("No"), "dropped": N_("Dropped")},
    "kind": {
        "talk": N_("Talked"),
        "call": N_("Call"),
        "message": N_("Message"),
        "email": N_("E-mail"),
        "letter": N_("Letter"),
        "invitation": N_("Invitation"),
        "note": N_("Note"),
        "introduced": N_("Introduced"),
        "host": N_("Host of"),
        "family": N_("Family"),
        "friend": N_("Friends"),
        "different": N_("Somebody else"),
        "distributor": N_("Distributor"),
        "customer": N_("Customer"),
        "cancelled": N_("Cancelled"),
    },
    "value": {
        "prospect": N_("Prospect"),
        "customer": N_("Customer"),
        "host": N_("Host"),
        "distributor": N_("Distributor"),
    },
    "leg": {"left": N_("Left"), "right": N_("Right")},
}
"""What the values of some columns are called; "value" holds for roles only."""
