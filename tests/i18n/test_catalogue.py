"""Danish is whole: every text translated, the same placeholders, and the compiled file is the text file."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "installer"))
import catalogue

PLACE = re.compile(r"\{(\w*)[^}]*\}")


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


DANISH = catalogue.read(catalogue.FOLDER / "da.po")
ENTRIES = [message for message in DANISH if message.id]


def test_every_text_in_the_code_is_in_the_catalogue_and_nothing_else() -> None:
    used = {forms(message.id)[0] for message in catalogue.collect() if message.id}
    assert used == {forms(message.id)[0] for message in ENTRIES}, "run installer/catalogue.py"


def test_every_text_has_its_danish() -> None:
    assert catalogue.untranslated(DANISH) == []


@pytest.mark.parametrize("message", ENTRIES, ids=lambda message: forms(message.id)[0][:40])
def test_the_translation_keeps_the_placeholders(message: object) -> None:
    for english, danish in zip(forms(message.id), forms(message.string), strict=True):  # type: ignore[attr-defined]
        assert set(PLACE.findall(danish)) == set(PLACE.findall(english))


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert (catalogue.FOLDER / "da.mo").read_bytes() == catalogue.compiled(DANISH)


def test_a_mnemonic_stays_a_mnemonic() -> None:
    mnemonic = re.compile(r"&[A-Za-zÆØÅæøå]")
    for message in ENTRIES:
        english, danish = forms(message.id)[0], forms(message.string)[0]
        assert bool(mnemonic.search(english)) == bool(mnemonic.search(danish)), english
