"""Files of address cards put one behind the other, as `copy` and `cat` do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from organizer.exchange.vcard_read import read_vcards

ANNA = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Holm;Anna;;;\r\nTEL:20304050\r\nEMAIL:anna@example.com\r\nEND:VCARD"
BO = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Toft;Bo;;;\r\nTEL:60708090\r\nEMAIL:bo@example.com\r\nEND:VCARD"


@pytest.mark.parametrize(
    "text",
    [
        ANNA + BO,
        ANNA + "  " + BO,
        "\ufeff" + ANNA + "\r\n\ufeff" + BO,
        "\ufeff" + ANNA + "\ufeff" + BO,
        ANNA + "\x1a" + BO,
        ANNA.lower() + BO.lower(),
    ],
)
def test_nobody_gets_another_one_s_number(tmp_path: Path, text: str) -> None:
    path = tmp_path / "both.vcf"
    path.write_bytes(text.encode("utf-8"))
    reading = read_vcards(path)
    told = [(card.contact.name.title(), [one.value for one in card.contact.phones]) for card in reading.records]
    assert told == [("Anna Holm", ["20304050"]), ("Bo Toft", ["60708090"])]
    assert not reading.problems
