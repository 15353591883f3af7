"""Finds resources/ in a checkout, an installed wheel and a frozen bundle."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    # installed, the folder lies in the package; in a checkout it lies beside it
    for candidate in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("the program's resources folder is missing; install it again")


def resource(*parts: str) -> Path:
    """The path of a file or folder below resources/, for example `resource("plans")`.

    Raises FileNotFoundError when the installation is broken.
    """
    path = _root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"the program's file {'/'.join(parts)} is missing; install it again")
    return path
