"""No package hides a name that it uses behind a module of its own: importing the module would take its place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = sorted((ROOT / "organizer").rglob("__init__.py"))


def hidden(package: Path) -> set[str]:
    """Names that a package imports from elsewhere and that one of its own modules has too."""
    own = {path.stem for path in package.parent.glob("*.py")} | {path.name for path in package.parent.iterdir()}
    inside = ".".join(package.parent.relative_to(ROOT).parts)
    found = set()
    for node in ast.walk(ast.parse(package.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and not node.level and node.module != inside:
            found |= {alias.asname or alias.name for alias in node.names}
    return found & own


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: ".".join(path.parent.relative_to(ROOT).parts))
def test_no_package_hides_a_name_behind_a_module(package: Path) -> None:
    assert hidden(package) == set()
