"""Texts and files made to break a program: what the tests of hostile input and the fuzzer share.

`TEXTS` are for fields, one nasty thing each; `BOMBS` are files that grow with a size in bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TEXTS = {
    "image": '<img src="{trap}">Anna',
    "style sheet": "<link rel=stylesheet href='{trap}'><b>Anna</b>",
    "unclosed markup": "<b><font color=red size=40>Anna </i",
    "report markup": "<para><img src='{trap}'/><a href='file://{trap}'>x</a></para>",
    "entities": "&lt;b&gt; &amp; &#x202e; &nonsense; &",
    "script": "<script>alert(1)</script>javascript:alert(1)",
    "formula": "=cmd|' /C calc'!A0",
    "formula with plus": "+1+cmd|' /C calc'!A0",
    "formula with minus": "-2+3+cmd|' /C calc'!A0",
    "formula with at": "@SUM(1+9)*cmd|' /C calc'!A0",
    "wide formula": "＝1＋1",
    "guarded twice": "''=1+1",
    "path up": "../../../../{trap}",
    "path of windows": "..\\..\\C:\\Windows\\system32\\calc.exe",
    "device of windows": "CON.pdf",
    "places": "{name} {0} {} %s %(x)s {a.b[c]} $name ${trap}",
    "mnemonics": "&Anna && Søn & Co. &",
    "changed mark": "Anna[*] [**]",
    "quotes": "\"Anna\" 'Bo' “Cy” ;,|\t",
    "sql": "Anna'); DROP TABLE person; --",
    "wildcards": "%_*?[a-z]^$(.+",
    "between": "Anna ::: Bo ::: ",
    "star": "* Anna",
    "controls": "An\x01na\x07\x1b[31m\x7f\x85 Berg",
    "escape of a terminal": "\x1b]0;title\x07\x9b31mAnna",
    "half a pair": "Anna\ud83d \udc00",
    "file name byte": "Anna\udce6",
    "not a character": "Anna\uffff\ufffe\ufdd0",
    "right to left": "אננה ‏עברית 123 آنا",
    "turned round": "Anna\u202egpj.exe\u2066\u2067x",
    "zalgo": "A" + "\u0301\u0316\u0489" * 60 + "nna",
    "late mark": "e\x01\u0301 \u200b\u0301",
    "decomposed": "A\u030ase J\u00f8rgensen e\u0301",
    "emoji": "👩‍👩‍👧‍👦 🇩🇰 🏳️‍🌈 👍🏽 \U000e0067",
    "invisible": "\u200b\u200d\u2060\ufeff",
    "blanks": " \u00a0\u2003\u3000\u1680 ",
    "grows": "\u0958\u0344\U0001d160ﬃß\u0130\ufdfa" * 8,
    "lines": "Anna\r\nBerg\rHolm\u2028x\u2029y\x0b\x0cz",
    "long": "Anna " + "x" * 190,
    "far too long": "W" * 5000,
    "no seam": "\ufdfd" * 200,
}
"""A nasty text by what is nasty in it; "{trap}" is to be replaced by the path of a file nobody may open."""


def texts(trap: Path | str = "/etc/hostname") -> dict[str, str]:
    """The nasty texts, with `trap` as the file that some of them want opened."""
    return {name: text.replace("{trap}", str(trap)) for name, text in TEXTS.items()}


@dataclass(frozen=True)
class Bomb:
    """A hostile file: for which reader ("contacts", "team", "products"), its name, how its bytes are made.

    `refused`: a part of the sentence that must refuse it, empty where it is a table all the same.
    """

    reader: str
    file: str
    make: Callable[[int], bytes]
    refused: str = ""


CONTACTS = (
    b"First Name,Last Name,Organization Name,Labels,Notes,E-mail 1 - Value,Phone 1 - Value,Address 1 - Street\n"
)
TEAM = b"ID,Name,Sponsor ID,Rank,PV\n"
PRODUCTS = b"Number,Name,Category,Price,Notes\n"


def _filled(head: bytes, unit: bytes, tail: bytes = b"") -> Callable[[int], bytes]:
    """Files of a head, one unit again and again, and a tail."""
    return lambda size: head + unit * max(1, (size - len(head) - len(tail)) // len(unit)) + tail


def _chain(size: int) -> bytes:
    """A team in which each is sponsored by the one before: as deep as it is long."""
    count = max(2, min(size // 28, 990_000))
    return TEAM + b"".join(b"%d,Person %d,%s,,1\n" % (n, n, str(n - 1).encode() if n > 1 else b"")
                           for n in range(1, count))  # fmt: skip


def _columns(size: int) -> bytes:
    names = b",".join(b"Column %d" % n for n in range(size // 16))
    return b"ID,Name,Sponsor ID,PV," + names + b"\n" + b"1,Anna,,100" + b"," * (size // 16) + b"\n"


def _zip(name: str, unpacked: int, **more: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, data in more.items():
            archive.writestr(other, data)
        with archive.open(name, "w", force_zip64=True) as part:
            for _ in range(max(1, unpacked // 1_000_000)):
                part.write(b" " * 1_000_000)
    return stream.getvalue()


_ENTITIES = b"".join(b'<!ENTITY lol%d "%s">' % (n, b"&lol%d;" % (n - 1) * 10) for n in range(1, 30))
_XML = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">' + _ENTITIES + b"]><table>&lol29;</table>"

MARKS = "\u0301\u0316".encode()

BOMBS = {
    "zip bomb as a workbook": Bomb(
        "team", "bomb.xlsx", lambda size: _zip("xl/worksheets/sheet1.xml", size * 10), "is damaged"
    ),
    "zip bomb as a table": Bomb("contacts", "bomb.csv", lambda size: _zip("a.csv", size * 10), "packed file"),
    "entity bomb": Bomb("products", "bomb.xml", _filled(_XML, b" "), "an XML file"),
    "calendar": Bomb("contacts", "days.ics", _filled(b"BEGIN:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n"), "a calendar"),
    "entity bomb as a table": Bomb(
        "products", "bomb.csv", lambda size: PRODUCTS + b"1,&lol29;,,5,<!ENTITY x>\n" + _XML + b"\n"
    ),
    "vCards": Bomb(
        "contacts",
        "people.vcf",
        _filled(b"", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nNOTE:=1;<b>\r\nEND:VCARD\r\n"),
        "address cards",
    ),
    "vCard of one photo": Bomb(
        "contacts",
        "photo.vcf",
        _filled(b"BEGIN:VCARD\nFN:Anna\nPHOTO;ENCODING=b:", b"QUJD", b"\nEND:VCARD\n"),
        "address cards",
    ),
    "entity bomb in UTF-16": Bomb(
        "team",
        "bomb.xml",
        lambda size: (_XML.decode() + " " * (size // 2 - len(_XML))).encode("utf-16"),
        "does not",
    ),
    "empty lines": Bomb("team", "lines.csv", _filled(TEAM, b"\n", b"1,Anna,,,5\n")),
    "old line ends": Bomb("team", "lines.csv", _filled(TEAM.replace(b"\n", b"\r"), b"\r", b"1,Anna,,,5\r")),
    "commas": Bomb("team", "commas.csv", _filled(TEAM, b",", b"\n1,Anna,,,5\n")),
    "short cells": Bomb("contacts", "cells.csv", _filled(CONTACTS, b"ab,", b"\n")),
    "short rows": Bomb("products", "rows.csv", _filled(PRODUCTS, b"1,a\n")),
    "semicolons in rows": Bomb(
        "products", "rows.csv", _filled(PRODUCTS, b",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n")
    ),
    "rows of quotes": Bomb("contacts", "quotes.csv", _filled(CONTACTS, b'"",""\n')),
    "one endless line": Bomb("team", "endless.csv", _filled(TEAM, b"x")),
    "an endless line and nothing else": Bomb(
        "team", "endless.csv", _filled(b"", b"x"), "does not have the columns"
    ),
    "a heading that never ends": Bomb("team", "heading.csv", _filled(TEAM[:-1], b",x")),
    "millions of columns": Bomb("team", "columns.csv", _columns),
    "a quotation mark never closed": Bomb("products", "open.csv", _filled(PRODUCTS + b'1,"', b"x\n")),
    "quotation marks only": Bomb("products", "marks.csv", _filled(PRODUCTS, b'"')),
    "one large cell": Bomb("contacts", "cell.csv", _filled(CONTACTS + b'Anna,Berg,,,"', b"x", b'",a@b.dk,,\n')),
    "large cells": Bomb(
        "contacts", "cells.csv", _filled(CONTACTS, b'Anna,Berg,,,"' + b"x\n" * 400_000 + b'",a@b.dk,,\n')
    ),
    "a cell of marks": Bomb(
        "contacts", "marks.csv", _filled(CONTACTS, b"Anna" + MARKS * 100_000 + b",Berg,,,,a@b.dk,,\n")
    ),
    "headings of marks": Bomb(
        "contacts",
        "marks.csv",
        lambda size: CONTACTS[:-1] + b",a" + MARKS * min(size // 4, 25_000) + b"\nAnna,,,,,,,\n",
    ),
    "labels": Bomb("contacts", "labels.csv", _filled(CONTACTS + b"Anna,Berg,,", b" ::: x", b",,,,\n")),
    "different labels": Bomb(
        "contacts",
        "labels.csv",
        lambda size: (
            CONTACTS + b"Anna,Berg,,%s,,,,\n" % b" ::: ".join(b"%d" % n for n in range(min(size, 900_000) // 12))
        ),
    ),
    "mails": Bomb(
        "contacts",
        "mails.csv",
        lambda size: (
            CONTACTS
            + b"Anna,Berg,,,,%s,,\n" % b" ::: ".join(b"%d@x.dk" % n for n in range(min(size, 900_000) // 16))
        ),
    ),
    "a long label": Bomb(
        "contacts", "label.csv", lambda size: CONTACTS + b"Anna,Berg,,%s,,a@b.dk,,\n" % (b"w" * min(size, 900_000))
    ),
    "zeros": Bomb("team", "zeros.csv", _filled(TEAM, b"\x00"), "not a text table"),
    "zeros of two bytes": Bomb("team", "zeros.csv", _filled(b"\xff\xfe", b"\x00\x00"), "not a text table"),
    "noise in two bytes": Bomb("team", "noise.csv", _filled(b"\xff\xfe", b"\x3d\xd8\x00\xde"), "does not have"),
    "emoji": Bomb("contacts", "emoji.csv", _filled(CONTACTS, "😀,😀,,,,,,\n".encode())),
    "unreadable letters": Bomb("contacts", "damage.csv", _filled(CONTACTS, b"\x81\xe6\xff,Berg,,,,,,\n")),
    "as many lines as may be": Bomb(
        "contacts",
        "lines.csv",
        lambda size: (
            CONTACTS
            + b"".join(b"Person %d,B,C,D,E,f%d@x.dk,1,S\n" % (n, n) for n in range(min(size // 38, 999_998)))
        ),
    ),
    "as many cells as may be": Bomb(
        "team",
        "cells.csv",
        lambda size: TEAM + b"".join(b"%d%s\n" % (n, b",ab" * 98) for n in range(min(size // 305, 100_000))),
    ),
    "a chain": Bomb("team", "chain.csv", _chain),
    "the same id": Bomb("team", "same.csv", _filled(TEAM, b"1,Anna,,,5\n")),
    "a figure without end": Bomb("team", "figure.csv", _filled(TEAM + b"1,Anna,,,", b"9", b"\n")),
    "a picture": Bomb("team", "picture.csv", _filled(b"\x89PNG\r\n\x1a\n", b"\x00x"), "picture"),
}
"""Files that want to be executed, to hang or to eat the memory, by what they are."""
