"""What an address book told besides, as it is read on the card."""

import pytest

from organizer.ui.pages.contacts.form_extra import readable


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("URL:https://example.com", "Website: https://example.com"),
        ('URL;X-ABLABEL="Shop":https://example.com', "Website (Shop): https://example.com"),
        ('X-ABDATE;TYPE=pref;X-ABLABEL="Anniversary":2009-08-08', "Anniversary: 2009-08-08"),
        ('X-ABRELATEDNAMES;X-ABLABEL="Sister":Bo', "Sister: Bo"),
        ('X-RELATION;TYPE="Spouse":Bo', "Spouse: Bo"),
        ("X-ABDATE:2009-08-08", "Date: 2009-08-08"),
        ("X-SHOE-SIZE:38", "Shoe size: 38"),
        ("TITLE:Baker\\, cook", "Job title: Baker, cook"),
        ("no line", "no line"),
    ],
)
def test_a_kept_line_in_words(line: str, told: str) -> None:
    assert readable(line) == told
