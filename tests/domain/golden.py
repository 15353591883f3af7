"""The published worked examples, word for word as they were gathered, picked by id.

`rules` describes each in a shape of its own; the tests write them as plan files.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

ALL: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads(Path(__file__).with_name("golden_cases.json").read_text("utf-8"), parse_float=Decimal)[
        "cases"
    ]
}

taken: set[str] = set()
"""The ids that some module of tests has picked."""


def picked(*names: str) -> dict[str, dict[str, Any]]:
    """The examples with these ids, by id. Raises KeyError for one that isn't there."""
    taken.update(names)
    return {name: ALL[name] for name in names}
