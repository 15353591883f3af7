from collections.abc import Callable
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def data() -> Path:
    """The folder of sample files."""
    return DATA


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str | bytes, str], Path]:
    """Write text (as UTF-8) or bytes to a file and give its path."""

    def write(content: str | bytes, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
