"""What stands before the colon of a vCard's line: a name with parameters, in any version's way."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = re.compile(r'((?:"[^"]*"|[^":])*):(.*)', re.DOTALL)
_NAME = re.compile(r"(?:([A-Za-z0-9_-]+)\.)?([A-Za-z][A-Za-z0-9_-]*)\s*\Z")
_PARAMETER = re.compile(r'((?:"[^"]*"|[^";])*)(?:;|\Z)')
_KEY = re.compile(r"[A-Za-z0-9-]+\Z")
_MOST_KNOWN = 2_000
_LONGEST = 2_000
_ENCODINGS = {"QUOTED-PRINTABLE": "Q", "Q": "Q", "BASE64": "B", "B": "B", "8BIT": "", "7BIT": ""}
_FIRST_CHOICE = (("TYPE", "PREF"), ("PREF", "1"))
FIRST_CHOICE = ";TYPE=pref"
"""How a line of vCard 3.0 says that it is the first choice of its kind; 4.0 says PREF=1."""

_BARE = {"INLINE": "VALUE", "URL": "VALUE", "URI": "VALUE", "CID": "VALUE"}


@dataclass(frozen=True, slots=True)
class Head:
    """`name` in capitals; `types` as they were written; `parameters` all others, in order.

    `encoding` is "Q" (quoted-printable), "B" (base64) or empty; `pref` is 1 for the first choice, more for
    later ones, 101 where nothing is said. `told` is the parameters as they stand in a line of vCard 3.0, those
    left out that say how the value is written.
    """

    name: str
    group: str = ""
    types: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    charset: str = ""
    pref: int = 101
    told: str = ""

    def parameter(self, key: str) -> str:
        """The value of a parameter, empty where it has none."""
        return next((value for known, value in self.parameters if known == key), "")


class Heads:
    """Reads heads, and remembers them: a file has few different ones."""

    def __init__(self) -> None:
        self.known: dict[str, Head | None] = {}
        """What stands before a colon, as it was read. None where no line can have that."""

    def read(self, line: str) -> tuple[Head | None, str]:
        """The line's head and its value; None where it has no name that a line can have."""
        text, colon, value = line.partition(":")
        known = self.known.get(text)
        if known and colon:
            return known, value
        if '"' in text:
            match = _HEAD.match(line)
            if not match:
                return (_head(text) if colon and len(text) <= _LONGEST else None), value
            text, value = match[1], match[2]
        if not colon or len(text) > _LONGEST:
            return None, value
        if text not in self.known:
            if len(self.known) >= _MOST_KNOWN:
                return _head(text), value
            self.known[text] = _head(text)
        return self.known[text], value


def _head(text: str) -> Head | None:
    first, _semicolon, rest = text.partition(";")
    match = _NAME.match(first.strip())
    if not match:
        return None
    types, parameters, told = list[str](), list[tuple[str, str]](), ""
    encoding, charset, pref = "", "", 101
    for key, written in _parameters(rest):
        value = written.replace('"', "")
        if key == "ENCODING":
            encoding = _ENCODINGS.get(value.upper(), "")
            continue
        if key == "CHARSET":
            charset = value
            continue
        if (key, value.upper()) in _FIRST_CHOICE:
            pref = 1
            told += FIRST_CHOICE
            continue
        if key == "TYPE":
            words = [word.strip() for word in value.split(",")]
            types += filter(None, words)
            pref = 1 if "PREF" in value.upper().split(",") else pref
        elif key == "PREF":
            pref = int(value) if value.isascii() and value.isdigit() and len(value) < 4 else pref
        parameters.append((key, value))
        told += f";{key}={written}"
    return Head(match[2].upper(), match[1] or "", tuple(types), tuple(parameters), encoding, charset, pref, told)


def _parameters(text: str) -> list[tuple[str, str]]:
    """Keys in capitals and values as written; 2.1's bare words under the key they belong to."""
    found = []
    for part in _PARAMETER.findall(text) if text else ():
        key, equals, value = part.partition("=")
        key = key.strip().upper()
        value = value.strip()
        if not equals:
            key, value = "ENCODING" if key in _ENCODINGS else _BARE.get(key, "TYPE"), part.strip()
        if value.strip('"') and _KEY.match(key):
            found.append((key, value))
    return found
