from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from organizer.domain.company import Company
from organizer.services import companies, files
from organizer.storage import File

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    """A new file with her and one company that uses the teaching plan."""
    made = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    companies.set_up(made, "Karen Holm", "Vita", "teaching-unilevel")
    yield made
    made.close()


@pytest.fixture
def company(file: File) -> Company:
    return companies.everyone(file)[0]


@pytest.fixture
def data() -> Path:
    return DATA
