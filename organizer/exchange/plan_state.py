"""What a period left to the next one, as a file: figures by component and member's id, with plan and period."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from organizer.domain.result import Message, Refusal
from organizer.exchange.safe_write import write_safely
from organizer.exchange.text_file import read_text
from organizer.i18n import N_

Carried = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By component (or "ranks", "balance") and the member's id in her file, figures by name."""

_NO_STATE = N_("“{file}” is not what an estimate left: it has no plan, period and carried figures.")


@dataclass(frozen=True, slots=True)
class State:
    """What `period` (its key) left, worked out by version `version` of the plan `plan`.

    `ranks` are the ids of the plan's ranks, which the figures name by number; None where they aren't told.
    """

    plan: str
    version: str
    period: str
    carried: Carried
    ranks: Sequence[str] | None = None


def record(state: State) -> dict[str, Any]:
    """The state as plain data, as an estimate's JSON has it too."""
    plan: dict[str, Any] = {"id": state.plan, "version": state.version}
    if state.ranks is not None:
        plan["ranks"] = list(state.ranks)
    return {"plan": plan, "period": state.period, "carried": state.carried}


def write_state(path: Path, state: State) -> None:
    """Put the state into `path`, replacing an earlier one. Raises Refusal."""
    write_safely(path, (json.dumps(record(state), ensure_ascii=False) + "\n").encode())


def read_state(path: Path) -> State:
    """The state in `path`, which may be a whole estimate in JSON. Raises Refusal for any other file."""
    text = read_text(path).text
    try:
        data = json.loads(text)
        plan, carried = data["plan"], data["carried"]
        ranks = None if plan.get("ranks") is None else [_text(one) for one in plan["ranks"]]
        version, period = _text(plan.get("version", "")), _text(data["period"])
        state = State(_text(plan["id"]), version, period, _carried(carried), ranks)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refusal(Message(_NO_STATE, {"file": path.name})) from None
    return state


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _carried(data: Any) -> Carried:
    found = {
        section: {member: dict(figures.items()) for member, figures in members.items()}
        for section, members in data.items()
    }
    figures = (figure for members in found.values() for named in members.values() for figure in named.values())
    if not all(type(figure) is int for figure in figures):
        raise TypeError("a figure that is no whole number")
    return found
