"""Text for the page: what the typeface lacks stays visible, and wrapping loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from organizer.reports import fonts, style
from organizer.reports.fonts import MISSING, fitted, printable, width, wrap

TEXTS = st.text(st.characters(codec="utf-8"), max_size=200) | st.text("ab c-@.æøåж\n😀\u200d", max_size=300)


@pytest.mark.parametrize("name", ["Łukasz", "Ünal", "Юлия", "Ελένη", "Åse", "Jørgen Æbeltoft", "<b>&", "½ € – „”"])
def test_european_names_are_printed_as_they_are(name: str) -> None:
    assert printable(name) == name


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Anna 😀", f"Anna {MISSING}"),
        ("👩‍👩‍👧", MISSING * 3),
        ("👍🏽", MISSING),
        ("❤️", MISSING),
        ("山田", MISSING * 2),
        ("محمد", MISSING * 4),
        ("a\u200bb\u202ec\x00d", "abcd"),
        ("\ud800", MISSING),
        ("−5", "–5"),
        ("A\u030ase", "Åse"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("1\u202f000", "1\u202f000"),
    ],
)
def test_what_the_typeface_lacks_is_marked_and_only_the_invisible_vanishes(written: str, shown: str) -> None:
    assert printable(written) == shown


@given(TEXTS)
def test_every_printable_character_is_in_each_cut(text: str) -> None:
    fonts.load()
    shown = printable(text)
    assert printable(shown) == shown
    for face in (fonts.REGULAR, fonts.BOLD, fonts.ITALIC):
        known = pdfmetrics.getFont(face).face.charToGlyph
        assert all(ord(char) in known for char in shown.replace("\n", ""))


@given(TEXTS, st.floats(12, 300), st.sampled_from([style.CELL, style.TITLE, style.SMALL_ITALIC]))
def test_wrapping_keeps_every_character_and_the_room(text: str, room: float, look: fonts.Style) -> None:
    lines = wrap(text, look, room)
    assert "".join("".join(lines).split()) == "".join(printable(text).split())
    assert all("\n" not in line for line in lines)
    assert all(width(line, look) <= room + 0.01 or len(line) == 1 for line in lines)


def test_words_are_kept_whole_where_they_fit() -> None:
    room = width("et par ord", style.BODY)
    assert wrap("et par ord der følger efter", style.BODY, room) == ["et par ord", "der følger", "efter"]


def test_a_long_address_breaks_at_a_seam() -> None:
    room = width("anna.margrethe@example", style.BODY)
    assert wrap("anna.margrethe@example.com", style.BODY, room) == ["anna.margrethe@", "example.com"]


def test_a_figure_may_hang_over_rather_than_be_torn() -> None:
    room = width("1.234.56", style.CELL)
    assert wrap("1.234.567", style.CELL, room) == ["1.234.", "567"]
    assert wrap("1.234.567", style.CELL, room, room * 1.35) == ["1.234.567"]


@given(TEXTS, st.floats(20, 300))
def test_a_fitted_line_fits(text: str, room: float) -> None:
    line = fitted(text, style.RUNNING, room)
    assert "\n" not in line
    assert width(line, style.RUNNING) <= room + 0.01
    whole = " ".join(printable(text).split())
    assert line == whole or (line.endswith("…") and whole.startswith(line[:-1].rstrip()))


def test_widths_are_those_reportlab_prints_with() -> None:
    fonts.load()
    for look in (style.BODY, style.BODY_BOLD, style.SMALL_ITALIC):
        line = "Jørgen Æbeltoft, Łukasz Юлия 1.234,50 kr."
        assert width(line, look) == pytest.approx(pdfmetrics.stringWidth(line, look.face, look.size), abs=0.1)
