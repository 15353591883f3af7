"""vCards as phones and address books really write them, and as they arrive: what becomes of each."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from damaged_cards import NEW, NEWEST, OLD
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.contact import Contact, Labelled, cleaned
from organizer.domain.picture import MAX_BYTES, Picture
from organizer.domain.result import Cancelled, Refusal
from organizer.exchange.cards import CardReading
from organizer.exchange.vcard_read import read_vcards

DATA = Path(__file__).parents[1] / "data"
PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(200))
BASE64 = b64encode(PICTURE).decode()
ROWS = "\n".join(BASE64[start : start + 60] for start in range(0, len(BASE64), 60))
FOLDED = ROWS.replace("\n", "\n ")


def card(lines: str, version: str = "3.0") -> str:
    return f"BEGIN:VCARD\nVERSION:{version}\n{lines}\nEND:VCARD\n"


def read(tmp_path: Path, content: str | bytes) -> CardReading:
    path = tmp_path / "in.vcf"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_vcards(path)


def told(contact: Contact) -> dict[str, Any]:
    """What a contact says other than nothing, without its source."""
    nothing = Contact()
    pairs = ((field.name, getattr(contact, field.name)) for field in fields(Contact))
    return {name: value for name, value in pairs if name != "source" and value != getattr(nothing, name)}


CASES = [
    *(pytest.param(card(lines, "2.1"), expected, id=f"2.1 {name}") for name, lines, expected in OLD),
    *(pytest.param(card(lines), expected, id=f"3.0 {name}") for name, lines, expected in NEW),
    *(pytest.param(card(lines, "4.0"), expected, id=f"4.0 {name}") for name, lines, expected in NEWEST),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_card_of_the_real_world(text, expected, tmp_path):
    reading = read(tmp_path, text)
    assert reading.problems == []
    (found,) = reading.records
    if expected is not None:
        assert told(found.contact) == expected


PHOTOS = [
    ("3.0 folded", f"PHOTO;ENCODING=b;TYPE=JPEG:{FOLDED}"),
    ("3.0 not folded", f"PHOTO;ENCODING=B;TYPE=JPEG:{BASE64}"),
    ("2.1 with a blank line after", f"PHOTO;ENCODING=BASE64;JPEG:{FOLDED}\n"),
    ("2.1 bare", f"PHOTO;BASE64;JPEG:{FOLDED}"),
    ("2.1 without spaces", f"PHOTO;ENCODING=BASE64;TYPE=JPEG:\n{ROWS}\n"),
    ("2.1 begun on the next line", f"PHOTO;ENCODING=BASE64;TYPE=JPEG:\n\n{ROWS}\n\n"),
    ("without its end marks", f"PHOTO;ENCODING=b;TYPE=JPEG:{BASE64.rstrip('=')}"),
    ("4.0", f"PHOTO:data:image/jpeg;base64,{FOLDED}"),
    ("4.0 escaped", f"PHOTO:data:image/jpeg\\;base64\\,{BASE64}"),
    ("only its type", f"PHOTO;TYPE=JPEG:{BASE64}"),
]


@pytest.mark.parametrize("line", [pytest.param(line, id=name) for name, line in PHOTOS])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_picture_comes_out_as_it_is(line, ends, tmp_path):
    text = card(f"N:;Anna\n{line}\nTEL:12").replace("\n", ends)
    reading = read(tmp_path, text)
    assert reading.problems == []
    (found,) = reading.records
    assert found.picture == Picture("image/jpeg", PICTURE)
    assert found.contact.phones == (Labelled("12"),)


SHAPES = [
    ("no end", "BEGIN:VCARD\nN:;Anna\n", [("Anna", 1)], ["proper"]),
    ("no end before the next", "BEGIN:VCARD\nN:;Anna\n" + card("N:;Bo"), [("Anna", 1), ("Bo", 3)], ["proper"]),
    ("begun twice", "BEGIN:VCARD\nBEGIN:VCARD\nN:;Anna\nEND:VCARD\n", [("Anna", 1)], []),
    ("no begin", "N:;Anna\nEND:VCARD\n" + card("N:;Bo"), [("Anna", 1), ("Bo", 3)], ["proper"]),
    ("ended twice", card("N:;Anna") + "END:VCARD\n" + card("N:;Bo"), [("Anna", 1), ("Bo", 6)], []),
    ("spaces and lower case", "begin: vcard \nN:;Anna\nend:vcard\n" + card("N:;Bo"), [("Anna", 1), ("Bo", 4)], []),
    ("nobody", card("NOTE:x") + card("N:;Bo"), [("Bo", 5)], ["no name"]),
    ("an empty card", "BEGIN:VCARD\nEND:VCARD\n" + card("N:;Bo"), [("Bo", 3)], ["no name"]),
    ("a group", card("FN:Klub\nKIND:group") + card("N:;Bo"), [("Bo", 6)], ["a group"]),
    ("something between", card("N:;Anna") + "\nhello\n" + card("N:;Bo"), [("Anna", 1), ("Bo", 7)], ["no card"]),
    ("a line that is none", card("N:;Anna\nrubbish"), [("Anna", 1)], ["rubbish"]),
    ("no such day", card("N:;Anna\nBDAY:1962-02-30"), [("Anna", 1)], ["1962-02-30"]),
    ("no picture", card("N:;Anna\nPHOTO;ENCODING=b:"), [("Anna", 1)], ["picture"]),
    ("two pictures", card(f"N:;Anna\n{PHOTOS[1][1]}\n{PHOTOS[1][1]}"), [("Anna", 1)], ["2 pictures"]),
    ("too much of a text", card(f"N:;{'a' * 300}"), [("a" * 200, 1)], ["too long"]),
    ("too long a line", card(f"N:;Anna\nURL:x{'a' * 3000}"), [("Anna", 1)], ["longer than"]),
    ("too many", card("N:;Anna" + "".join(f"\nTEL:{n}" for n in range(120))), [("Anna", 1)], ["more than"]),
    (
        "a card inside, 2.1",
        "BEGIN:VCARD\nVERSION:2.1\nN:;Anna\nAGENT:\nBEGIN:VCARD\nN:;Bo\nEND:VCARD\nTEL:1\nEND:VCARD\n",
        [("Anna", 1), ("Bo", 5)],
        [],
    ),
    (
        "a card inside, 3.0",
        card("N:;Anna\nAGENT:BEGIN:VCARD\\nFN:Bo\\nEND:VCARD\\n"),
        [("Anna", 1), ("Bo", 1)],
        [],
    ),
]


@pytest.mark.parametrize(("text", "people", "words"), [pytest.param(*rest, id=name) for name, *rest in SHAPES])
def test_a_file_of_the_real_world(text, people, words, tmp_path):
    reading = read(tmp_path, text)
    assert (
        sorted((one.contact.name, row) for one, row in zip(reading.records, reading.rows, strict=True)) == people
    )
    assert len(reading.problems) == len(words)
    for problem, word in zip(reading.problems, words, strict=True):
        assert word in str(problem.message)
        assert problem.kept == (word not in ("no name", "a group", "no card"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\r\r\n"], ids=["LF", "CRLF", "CR", "CRCRLF"])
def test_every_encoding_and_line_end(encoding, ends, tmp_path):
    text = (card("N:Ærø;Åse\nNOTE:blå\n grød") + card("N:;Bo")).replace("\n", ends)
    reading = read(tmp_path, text.encode(encoding))
    assert reading.problems == []
    assert [told(one.contact) for one in reading.records] == [
        {"last_name": "Ærø", "first_name": "Åse", "notes": "blågrød"},
        {"first_name": "Bo"},
    ]


def test_two_encodings_in_one_file_and_a_letter_cut_by_a_fold(tmp_path):
    old = b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1:\xc6r\xf8;\xc5se\nEND:VCARD\n"
    new = "BEGIN:VCARD\nN:Ærø;Åse\nEND:VCARD\n".encode()
    cut = "BEGIN:VCARD\nN:Ærø;Åse\nEND:VCARD\n".encode().replace("Å".encode(), b"\xc3\n \x85")
    reading = read(tmp_path, old + new + cut)
    assert [one.contact.name for one in reading.records] == ["Åse Ærø"] * 3


def test_a_large_picture_that_cannot_be_read_is_left_out_and_told(tmp_path):
    data = b64encode(b"\xff\xd8\xff" + b"x" * MAX_BYTES).decode()
    reading = read(tmp_path, card(f"N:;Anna\nPHOTO;ENCODING=b:{data}"))
    assert [(one.contact.name, one.picture) for one in reading.records] == [("Anna", None)]
    assert [problem.kept for problem in reading.problems] == [True]


@pytest.mark.parametrize(
    "content", [b"", b"  \r\n", b"Navn;Telefon\r\n", b"\xff\xfe", b"\x00" * 50, b"PK\x03\x04"]
)
def test_what_holds_no_cards_is_refused(content, tmp_path):
    with pytest.raises(Refusal, match=r"in\.vcf"):
        read(tmp_path, content)


def test_reading_stops_when_asked(tmp_path):
    (tmp_path / "in.vcf").write_text(card("N:;Anna"))
    with pytest.raises(Cancelled):
        read_vcards(tmp_path / "in.vcf", cancelled=lambda: True)


_GOOD = b"".join((DATA / name).read_bytes()[:4000] for name in ("contacts_android.vcf", "contacts_iphone.vcf"))
_PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            *(
                b"\nBEGIN:VCARD\n",
                b"\nEND:VCARD\n",
                b"\nAGENT:\n",
                b"=\n",
                b"\n ",
                b"\\",
                b'"',
                b";",
                b":",
                b"\r",
                b"\x00",
            ),
            *(
                b";CHARSET=utf-16:",
                b";ENCODING=QUOTED-PRINTABLE:=",
                b"\nPHOTO;ENCODING=b:AA\n",
                b"\nBDAY:--02-30\n",
            ),
            *(
                b"\nPHOTO:data:;base64,/9j/\n",
                b"\nN:a,b;c;d;e;f;g\n",
                b"\nVERSION:2.1\n",
                b"\xef\xbb\xbf",
                b"CHARSET=idna",
            ),
        ]
    ),
)


@given(
    start=st.integers(0, len(_GOOD)),
    changes=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 30), _PIECES), min_size=1, max_size=8),
)
@settings(max_examples=250)
def test_nothing_breaks_the_reader(start, changes, tmp_path_factory):
    data = b"BEGIN:VCARD\n" + _GOOD[start : start + 700] + b"\nEND:VCARD\n"
    for place, gone, piece in changes:
        data = data[:place] + piece + data[place + gone :]
    path = tmp_path_factory.getbasetemp() / "fuzz.vcf"
    path.write_bytes(data)
    try:
        reading = read_vcards(path)
    except Refusal:
        return
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(1 <= problem.row <= lines and str(problem.message) for problem in reading.problems)
    assert all(1 <= row <= lines for row in reading.rows)
    for one in reading.records:
        assert one.contact == cleaned(one.contact)
