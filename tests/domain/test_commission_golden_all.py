"""None of the published examples is left out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import golden


def test_each_of_the_91_examples_is_computed_somewhere() -> None:
    for module in Path(__file__).parent.glob("test_commission_golden_*.py"):
        import_module(module.stem)
    assert len(golden.ALL) == 91
    assert golden.taken == set(golden.ALL)
