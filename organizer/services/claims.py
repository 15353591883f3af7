"""The words that product notes had better do without, with the rules that say why."""

from __future__ import annotations

import tomllib
from functools import cache

from organizer.domain.claims import Claim, ClaimKind, Claims, Rule
from organizer.resource_files import resource

__all__ = ["Claim", "ClaimKind", "found"]


def found(text: str) -> list[Claim]:
    """What a text promises that a rule speaks of, in Danish and in English, in the order of the text."""
    return _claims().found(text)


@cache
def _claims() -> Claims:
    with resource("claims", "claims.toml").open("rb") as file:
        data = tomllib.load(file)
    return Claims(
        Rule(
            rule["id"],
            ClaimKind(rule["kind"]),
            rule["why"],
            rule["source"],
            [word for words in rule["words"].values() for word in words],
        )
        for rule in data["rules"]
    )
