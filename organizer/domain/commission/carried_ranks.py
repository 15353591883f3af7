"""What a period left of ranks, under the numbers that the ranks have in a plan that has been changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Carry

_RANKS = "ranks"


@dataclass(frozen=True, slots=True)
class Moved:
    """The carry under the plan's own numbers; `gone` are the ranks' ids that were held and the plan hasn't now.

    Without `known` nobody knows which ranks were meant, so nothing is left of them.
    """

    carry: Carry
    gone: Sequence[str] = ()
    known: bool = True


def rank_ids(plan: Plan) -> list[str]:
    """The ids of the plan's ranks, the lowest first: what the numbers in a carry stand for."""
    return [rank.id for rank in plan.ranks]


def moved(carry: Carry, before: Sequence[str] | None, plan: Plan, *, same_plan: bool) -> Moved:
    """The carry that was left by ranks with the ids `before`, for `plan`.

    Where the ids weren't kept (None), only the same plan to the letter knows what the numbers mean.
    """
    now = rank_ids(plan)
    if before is None and not same_plan:
        by_rank = {_RANKS, *(one.id for one in plan.components if one.rules.carries_ranks())}
        lost = any(carry.get(section) for section in by_rank)
        kept = {section: members for section, members in carry.items() if section not in by_rank}
        return Moved(kept, known=not lost)
    if before is None or list(before) == now:
        return Moved(carry)
    places = {number: now.index(id_) for number, id_ in enumerate(before) if id_ in now}
    found = dict(carry)
    if _RANKS in found:
        found[_RANKS] = {member: _held(names, places) for member, names in found[_RANKS].items()}
    for component in plan.components:
        if component.id in found:
            found[component.id] = {
                member: dict(component.rules.moved(names, places)) for member, names in found[component.id].items()
            }
    held = {names.get(name, -1) for names in carry.get(_RANKS, {}).values() for name in ("rank", "highest")}
    gone = [id_ for number, id_ in enumerate(before) if number in held and number not in places]
    return Moved(found, gone)


def _held(names: Mapping[str, int], places: Mapping[int, int]) -> dict[str, int]:
    """One member's ranks; for one that is gone she has the next one below: she was paid as that or higher."""
    found = {name: figure for name, figure in names.items() if name == "missed"}
    for name in ("rank", "highest"):
        if name in names:
            found[name] = next((places[one] for one in range(names[name], -1, -1) if one in places), -1)
    return found | numbered(names, places, ("run", "missed"))


def numbered(names: Mapping[str, int], places: Mapping[int, int], words: Sequence[str]) -> dict[str, int]:
    """The figures whose names are one of `words` and a rank's number, by the numbers at `places`."""
    found = {}
    for word in words:
        for number, place in places.items():
            if f"{word}{number}" in names:
                found[f"{word}{place}"] = names[f"{word}{number}"]
    return found
