"""Whatever a file holds, a reader answers with records and problems or refuses; it never breaks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.contact import cleaned
from organizer.domain.product import cleaned_product
from organizer.domain.result import Refusal
from organizer.exchange.google_contacts import read_google_contacts
from organizer.exchange.products import read_products
from organizer.exchange.reading import Reading
from organizer.exchange.team_file import read_team
from organizer.exchange.team_rows import TeamRow
from organizer.i18n import say

DATA = Path(__file__).parents[1] / "data"
READERS = {
    "team_sponsor_id.csv": lambda path: read_team(path, {"PV": ["PV"], "CV": ["CV"]}),
    "contacts_google.csv": read_google_contacts,
    "products.csv": lambda path: read_products(path, "DKK"),
}
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "1", "100", "1.234", "1,5", "-3", "06/07/2021", "2026-13-40", '"', "' ", "'=", "Total", ";", ","]
    ),
)
every_reader = pytest.mark.parametrize("name", READERS)


def check(name: str, path: Path) -> Reading | None:
    try:
        reading = READERS[name](path)
    except Refusal as refused:
        message = refused.message
        reading = None
    if reading is None:
        assert path.name in say(message.text, message.values)
        return None
    for problem in reading.problems:
        assert problem.row >= 1
        assert say(problem.message.text, problem.message.values)
        assert len(problem.subject) <= 300
    for record in reading.records:
        if isinstance(record, TeamRow):
            assert record.number
            assert record.name
            assert all(value >= 0 for value in record.volumes.values())
        else:
            assert record == (cleaned(record) if name.startswith("contacts") else cleaned_product(record))
    return reading


@every_reader
@given(data=st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes(name, data, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"bytes_{name}"
    path.write_bytes(data)
    check(name, path)


@every_reader
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_bytes_within_a_good_file(name, data, tmp_path_factory):
    good = (DATA / name).read_bytes()[:1500]
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 40)))
    path = tmp_path_factory.getbasetemp() / f"changed_{name}"
    path.write_bytes(good[:start] + data.draw(st.binary(max_size=20)) + good[end:])
    check(name, path)


@every_reader
@given(rows=st.lists(st.lists(CELLS, max_size=20), max_size=8), separator=st.sampled_from([",", ";", "\t"]))
@settings(max_examples=150, deadline=None)
def test_any_cells_under_a_good_heading(name, rows, separator, tmp_path_factory):
    header = (DATA / name).read_text("utf-8-sig").splitlines()[0]
    text = "\n".join(
        [header.replace(";" if name.startswith("products") else ",", separator), *map(separator.join, rows)]
    )
    path = tmp_path_factory.getbasetemp() / f"cells_{name}"
    path.write_bytes(text.encode("utf-8", "replace"))
    reading = check(name, path)
    assert reading is not None or "\x00" in text or sum(char < " " for char in text) > 8


@every_reader
@given(cut=st.integers(0, 60_000), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
@settings(max_examples=60, deadline=None)
def test_a_good_file_cut_anywhere_gives_no_one_new(name, cut, encoding, tmp_path_factory):
    text = (DATA / name).read_text("utf-8-sig")
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(text.encode(encoding, "replace"))
    whole = READERS[name](path).records
    path.write_bytes(text.encode(encoding, "replace")[:cut])
    reading = check(name, path)
    if reading is not None:
        assert reading.records[:-1] == whole[: max(0, len(reading.records) - 1)]
