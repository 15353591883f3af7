"""The first name that nothing has: no file, no folder, no link, no journal that would ruin what gets the name."""

from pathlib import Path

import pytest

from organizer.whole_file import first_free


def test_the_name_itself_where_it_is_free(tmp_path: Path) -> None:
    assert first_free(tmp_path, "a", ".organizer") == tmp_path / "a.organizer"
    assert first_free(tmp_path / "not there", "a") == tmp_path / "not there" / "a"


def test_then_the_first_number_that_is(tmp_path: Path) -> None:
    for name in ("a 12.30.organizer", "a 12.30 (2).organizer", "a 12.30 (4).organizer"):
        (tmp_path / name).touch()
    assert first_free(tmp_path, "a 12.30", ".organizer") == tmp_path / "a 12.30 (3).organizer"
    assert first_free(tmp_path, "a 12.30", "") == tmp_path / "a 12.30"


def test_the_number_is_written_as_the_caller_says(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert first_free(tmp_path, "a", mark="-{}") == tmp_path / "a-2"
    assert first_free(tmp_path, "a", mark=" {}") == tmp_path / "a 2"


def test_a_link_to_nothing_and_a_journal_take_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.organizer").symlink_to(tmp_path / "gone")
    (tmp_path / "a (2).organizer-journal").touch()
    assert first_free(tmp_path, "a", ".organizer") == tmp_path / "a (3).organizer"


def test_a_name_that_can_not_be_looked_for_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too long"):
        first_free(tmp_path, "a" * 300)
