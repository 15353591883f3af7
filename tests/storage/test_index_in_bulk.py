"""The full-text indexes follow their tables whatever way rows come and go."""

from datetime import datetime
from pathlib import Path

import pytest

from organizer.domain.contact import Contact, Labelled
from organizer.services import files
from organizer.storage import File, contacts, search


@pytest.fixture
def file(tmp_path: Path):
    made = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 9))
    yield made
    made.close()


def agree(file: File) -> None:
    for index in search.INDEXES:
        # with the 1 each index is compared with its table's texts; raises where they differ
        file.connection.exec_driver_sql(
            f"INSERT INTO {index.name}({index.name}, rank) VALUES ('integrity-check', 1)"
        )


def found(file: File, index: search.Index, word: str) -> int:
    return file.fetch(f"SELECT count(*) FROM {index.name} WHERE {index.name} MATCH ?", (word,))[0][0]


def test_many_at_once_are_indexed_and_forgotten_again(file: File) -> None:
    many = [Contact(first_name=f"Navn{n}", phones=(Labelled(f"4010{n:04}"),), notes="Te") for n in range(700)]
    with file.deed("contact.import", "people.csv"):
        contacts.insert(file, many)
    agree(file)
    assert found(file, search.PEOPLE, "navn699") == 1
    assert found(file, search.PHONES, "0100699") == 1
    assert found(file, search.ABOUT, "te") == 700
    files.undo(file)
    agree(file)
    assert found(file, search.PEOPLE, "navn*") == 0
    files.redo(file)
    agree(file)
    assert found(file, search.PEOPLE, "navn*") == 700
    # one by one goes on as before
    with file.deed("contact.add", "Åse"):
        contacts.insert(file, [Contact(first_name="Åse")])
    agree(file)
    assert found(file, search.PEOPLE, "åse") == 1


def test_an_import_that_fails_leaves_the_index_at_work(file: File) -> None:
    with pytest.raises(ZeroDivisionError), file.deed("contact.import", "people.csv"):
        contacts.insert(file, [Contact(first_name=f"Navn{n}") for n in range(700)])
        raise ZeroDivisionError
    with file.deed("contact.add", "Bo"):
        contacts.insert(file, [Contact(first_name="Bo")])
    agree(file)
    assert (found(file, search.PEOPLE, "navn*"), found(file, search.PEOPLE, "bo")) == (0, 1)
