"""A few people under one another, and what a plan that comes with the program pays them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Carry, Snapshot, Volumes
from organizer.domain.money import Money, to_volume
from organizer.domain.team import Kind, Order, Team
from organizer.services import plans

Figures = Mapping[str, int | str]


@dataclass(frozen=True)
class Person:
    """Somebody: who recruited her, her volumes in whole units, and what else an example says of her."""

    name: str
    under: str = ""
    volumes: Figures = field(default_factory=dict)
    joined: date | None = None
    rank: str = ""
    leg: str = ""
    kind: Kind = Kind.DISTRIBUTOR
    orders: Sequence[tuple[date, Figures]] = ()


def shipped(name: str) -> Plan:
    """The plan of that name, which must be there."""
    found = plans.by_id(name)
    assert found is not None, name
    return found


def thousandths(figures: Figures) -> dict[str, int]:
    return {name: to_volume(Decimal(figure)) for name, figure in figures.items()}


def team_of(plan: Plan, people: Sequence[Person]) -> Team:
    """The team; the first one is the user. What isn't said of a person is nothing."""
    names = [person.name for person in people]
    above = [names.index(person.under) if person.under else -1 for person in people]
    held = [thousandths(person.volumes) for person in people]
    ids = range(1, len(people) + 1)
    return Team(
        ids=ids,
        numbers=names,
        names=names,
        person_ids=ids,
        sponsor=above,
        placement=above,
        kinds=[person.kind for person in people],
        ranks=[person.rank for person in people],
        joined=[person.joined for person in people],
        volumes={volume.id: [own.get(volume.id, 0) for own in held] for volume in plan.volumes},
        me=0,
        legs=[person.leg for person in people],
        orders=[
            Order(place, day, thousandths(figures))
            for place, person in enumerate(people)
            for day, figures in person.orders
        ],
    )


def seen(
    plan_id: str,
    *people: Person,
    period: str = "",
    past: Sequence[Mapping[str, Figures]] = (),
    carry: Carry | None = None,
) -> Snapshot:
    """The plan over these people in a period that it is valid in; `past` are earlier periods by person."""
    plan = shipped(plan_id)
    when = plan.calendar.parse(period) if period else plan.calendar.containing(plan.valid_from)
    team = team_of(plan, people)
    earlier = [_past(plan, people, figures) for figures in past]
    return Snapshot(plan, team, when, earlier, carry)


def _past(plan: Plan, people: Sequence[Person], figures: Mapping[str, Figures]) -> Volumes:
    held = [thousandths(figures.get(person.name, {})) for person in people]
    return {volume.id: [own.get(volume.id, 0) for own in held] for volume in plan.volumes}


def pays(snapshot: Snapshot, component_id: str, name: str = "you") -> Decimal:
    """What the component pays that person, checked against its own lines."""
    member = list(snapshot.team.names).index(name)
    component = snapshot.plan.component(component_id)
    result = component.rules.pay(component, snapshot, member)
    assert result.total_minor == snapshot.earned(component_id).minor[member]
    assert result.unknown is None
    return Money(result.total_minor, snapshot.plan.currency).amount


def rank_of(snapshot: Snapshot, name: str = "you") -> str:
    """The rank that person is paid by, by its id."""
    place = int(snapshot.ranks[list(snapshot.team.names).index(name)])
    return snapshot.plan.ranks[place].id if place >= 0 else ""
