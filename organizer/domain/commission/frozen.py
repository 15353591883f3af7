"""What an estimate was made from, as text: plan, team, volumes and what the period before left.

Nobody's name is in it, only the ids that the file knows its members by: who is erased later is erased here too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from organizer.domain.commission.carried_ranks import rank_ids
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Carry, Snapshot, Volumes
from organizer.domain.estimate import RANK_IDS
from organizer.domain.period import Period
from organizer.domain.team import Kind, Order, Team

FORMAT = 1


@dataclass(frozen=True)
class Frozen:
    """An old period's input: the same arguments that `engine.estimate` got. The team's names are empty."""

    plan: Plan
    team: Team
    period: Period
    past: Sequence[Volumes]
    carry: Carry


def freeze(plan_text: str, snapshot: Snapshot) -> str:
    """The snapshot as JSON, with the plan as the text that it was read from."""
    team = snapshot.team
    used = {volume.id for volume in snapshot.plan.volumes}
    data = {
        "format": FORMAT,
        "plan": plan_text,
        "period": snapshot.period.key,
        "ids": list(map(int, team.ids)),
        "people": list(map(int, team.person_ids)),
        "sponsor": list(map(int, team.sponsor)),
        "placement": None if list(team.sponsor) == list(team.placement) else list(map(int, team.placement)),
        "kinds": [kind.value for kind in team.kinds],
        "ranks": list(team.ranks),
        "joined": [joined and joined.isoformat() for joined in team.joined],
        "legs": list(team.legs),
        "active": list(team.active),
        "me": team.me,
        "volumes": {name: list(figures) for name, figures in team.volumes.items() if name in used},
        "past": [{n: list(f) for n, f in volumes.items() if n in used} for volumes in snapshot.past],
        "orders": [[order.member, order.day.isoformat(), dict(order.volumes)] for order in team.orders],
        "carry": freeze_carry(snapshot.carry, team.ids),
    }
    return json.dumps(data, separators=(",", ":"))


def thaw(text: str) -> Frozen:
    """What `freeze` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    data = json.loads(text)
    if data["format"] != FORMAT:
        raise ValueError(f"unknown format {data['format']}")
    plan = parse_plan(data["plan"], "plan.toml")
    size = len(data["ids"])
    sponsor = data["sponsor"]
    team = Team(
        ids=data["ids"],
        numbers=[""] * size,
        names=[""] * size,
        person_ids=data["people"],
        sponsor=sponsor,
        placement=sponsor if data["placement"] is None else data["placement"],
        kinds=[Kind(kind) for kind in data["kinds"]],
        ranks=data["ranks"],
        joined=[date.fromisoformat(joined) if joined else None for joined in data["joined"]],
        volumes=data["volumes"],
        me=data["me"],
        legs=data["legs"],
        active=data["active"],
        orders=[Order(member, date.fromisoformat(day), volumes) for member, day, volumes in data["orders"]],
    )
    period = plan.calendar.parse(data["period"])
    return Frozen(plan, team, period, data["past"], thaw_carry(data["carry"], team.ids))


def freeze_carry(carry: Carry, ids: Sequence[int], plan: Plan | None = None) -> dict[str, Any]:
    """What a period leaves, by the ids that outlast it instead of places in the team.

    With `plan` the ids of its ranks stand beside, for its ranks may have other numbers the next time.
    """
    data: dict[str, Any] = {
        section: {str(int(ids[member])): dict(names) for member, names in members.items()}
        for section, members in carry.items()
    }
    return data if plan is None else {**data, RANK_IDS: rank_ids(plan)}


def thaw_ranks(data: Mapping[str, Any]) -> Sequence[str] | None:
    """The ids of the ranks that a carry's numbers stand for; None where they weren't kept."""
    return data.get(RANK_IDS)


def thaw_carry(data: Mapping[str, Any], ids: Sequence[int]) -> Carry:
    """The same by places in a team; who is no longer in it is left out."""
    places = {int(id_): place for place, id_ in enumerate(ids)}
    return {
        section: {
            places[int(id_)]: {name: int(figure) for name, figure in names.items()}
            for id_, names in members.items()
            if int(id_) in places
        }
        for section, members in data.items()
        if section != RANK_IDS
    }
