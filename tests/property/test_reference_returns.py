"""What returned orders take back against a slow reference: the earlier period by hand, with and without them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from commission_reference import half_up
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.commission.engine import estimate_from, periods_needed
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.period import Period
from organizer.domain.team import Kind, Order, Team

OCTOBER = Period.parse("2026-10")


@dataclass
class World:
    """Own sales by full-amount tiers and two levels below; `volumes[k]` are everyone's k months ago."""

    sponsor: list[int]
    tiers: list[tuple[int, int]]
    rates: list[int]
    method: str
    window: int
    carry_negative: bool
    volumes: list[list[int | None]]
    returned: list[tuple[int, date, int]]
    cap: tuple[str, int, list[str]] | None = None
    """How it is shared, at most how many kroner, in which bonuses."""


def render(world: World) -> str:
    caps = ""
    if world.cap:
        mode, most, names = world.cap
        caps = f'[[caps]]\nid = "cap"\nname = "Cap"\ncomponents = {names}\nmode = "{mode}"\namount = {most}\n'
    tiers = ", ".join(f"{{ from = {start}, percent = {rate} }}" for start, rate in world.tiers)
    return f"""format = 1
id = "random"
name = "Random"
region = "None"
currency = "DKK"
period = "month"
valid_from = 2026-01-01
teaching = true
[[volumes]]
id = "cv"
name = "cv"
unit = "money"
columns = []
[[components]]
id = "own"
name = "Own"
kind = "retail"
method = "percent"
volume = "cv"
tier_mode = "full_amount"
tiers = [{tiers}]
[[components]]
id = "team"
name = "Team"
kind = "unilevel"
volume = "cv"
tree = "sponsor"
compression = "none"
rates = {world.rates}
[returns]
method = "{world.method}"
window = {world.window}
carry_negative = {str(world.carry_negative).lower()}
{caps}[rounding]
at = "line"
mode = "half_up"
"""


def snapshot_of(world: World) -> Snapshot:
    size = len(world.sponsor)
    now = list(world.volumes[0])
    for member, _day, amount in world.returned:
        known = now[member]
        if known is not None:
            now[member] = known - amount
    names = [f"N{member}" for member in range(size)]
    kinds, blank = [Kind.DISTRIBUTOR] * size, [""] * size
    orders = [Order(member, day, {"cv": -amount}) for member, day, amount in world.returned]
    team = Team(
        range(1, size + 1), names, names, range(size), world.sponsor, world.sponsor, kinds, blank, [None] * size,
        {"cv": now}, 0, orders=orders,
    )  # fmt: skip
    past = [{"cv": figures} for figures in world.volumes[1:]]
    return Snapshot(parse_plan(render(world), "random.toml"), team, OCTOBER, past)


def lines(world: World, figures: list[int | None], earner: int) -> list[tuple[str, int, Fraction]]:
    """(bonus, whose volume, øre) of what an earner is paid for a period's figures."""
    found = []
    for source, figure in enumerate(figures):
        level, above = 0, source
        while above not in (-1, earner):
            level, above = level + 1, world.sponsor[above]
        if above == -1 or not figure:
            continue
        if not level:
            held = [rate for start, rate in world.tiers if start * 1000 <= figure]
            rate = held[-1] if held else (world.tiers[0][1] if figure < 0 else 0)
            found.append(("own", source, Fraction(figure * rate, 1000)))
        elif level <= len(world.rates):
            found.append(("team", source, Fraction(figure * world.rates[level - 1], 1000)))
    return found


def bonuses(world: World, figures: list[int | None], earner: int) -> dict[str, int]:
    found = {"own": 0, "team": 0}
    for bonus, _source, amount in lines(world, figures, earner):
        found[bonus] += half_up(amount)
    return found


def after_cap(world: World, amounts: dict[str, int]) -> dict[str, int]:
    """What the cap leaves of each bonus; what takes something back stays as it is."""
    if world.cap is None:
        return amounts
    mode, most, names = world.cap
    over = sum(amounts[name] for name in names) - most * 100
    gains = {name: amounts[name] for name in names if amounts[name] > 0}
    if over <= 0:
        return amounts
    left = dict(amounts)
    if mode == "last_first":
        for name in reversed(gains):
            left[name] -= min(over, gains[name])
            over -= min(over, gains[name])
        return left
    whole = sum(gains.values())
    for name, amount in gains.items():
        left[name] = amount * (whole - over) // whole
    # the øre that rounding down leaves, the first bonus first
    for name in gains:
        if left[name] < gains[name] and sum(left[one] for one in gains) < whole - over:
            left[name] += 1
    return left


def paid(world: World, figures: list[int | None], earner: int) -> int:
    return sum(after_cap(world, bonuses(world, figures, earner)).values())


def below(world: World, member: int, earner: int) -> bool:
    while member not in (-1, earner):
        member = world.sponsor[member]
    return member == earner


def taken(world: World, earner: int) -> list[int]:
    """What each returned order of hers and of those below her takes, the earliest bought first."""
    pay, found = paid(world, world.volumes[0], earner), []
    left = [list(figures) for figures in world.volumes]
    for member, day, amount in sorted(world.returned, key=lambda entry: (entry[1], entry[0])):
        if not below(world, member, earner):
            continue
        back = (OCTOBER.first.year - day.year) * 12 + OCTOBER.first.month - day.month
        minor = 0
        if back <= world.window and back < len(left) and left[back][member] is not None:
            minor = one(world, earner, back, member, amount, left)
        if not world.carry_negative and pay + minor < min(pay, 0):
            minor = min(0, -pay)
        pay += minor
        found.append(minor)
    return found


def one(world: World, earner: int, back: int, member: int, amount: int, left: list[list[int | None]]) -> int:
    if world.method == "replaced_volume":
        before = paid(world, left[back], earner)
        left[back][member] = (left[back][member] or 0) - amount
        return paid(world, left[back], earner) - before
    total, earned = Fraction(), bonuses(world, world.volumes[back], earner)
    kept = after_cap(world, earned)
    for bonus in ("own", "team"):
        were = [entry for entry in lines(world, world.volumes[back], earner) if entry[0] == bonus]
        were = [entry for entry in were if half_up(entry[2])]
        if not any(source == member for _bonus, source, _amount in were):
            continue
        if world.method == "original_rate":
            were = [entry for entry in were if entry[1] == member]
        bought = sum(world.volumes[back][source] or 0 for _bonus, source, _amount in were)
        if bought > 0:
            rate = sum((paid_ for _bonus, _source, paid_ in were), Fraction()) / bought
            total += rate * -amount * (Fraction(kept[bonus], earned[bonus]) if earned[bonus] > 0 else 1)
    return half_up(total)


FIGURES = st.one_of(st.none(), st.just(0), st.integers(-20_000, 500_000), st.sampled_from([100_000, 99_999]))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    size = draw(st.integers(1, 6))
    months = draw(st.integers(1, 4))
    starts = sorted(draw(st.sets(st.sampled_from([0, 50, 100, 200]), min_size=1, max_size=3)))
    days = st.integers(1, 115).map(lambda ago: OCTOBER.first - timedelta(days=ago))
    capped = st.sampled_from([["own"], ["team"], ["own", "team"]])
    modes = st.sampled_from(["pro_rata", "last_first"])
    entries = st.tuples(st.integers(0, size - 1), days, st.integers(1, 150_000))
    return World(
        sponsor=[draw(st.integers(-1, member - 1)) for member in range(size)],
        tiers=[(start, draw(st.integers(0, 30))) for start in starts],
        rates=draw(st.lists(st.integers(0, 20), min_size=1, max_size=2)),
        method=draw(st.sampled_from(["original_rate", "average_rate", "replaced_volume"])),
        window=draw(st.integers(1, 4)),
        carry_negative=draw(st.booleans()),
        volumes=[draw(st.lists(FIGURES, min_size=size, max_size=size)) for _ in range(months)],
        returned=draw(st.lists(entries, max_size=3, unique_by=lambda entry: (entry[0], entry[1]))),
        cap=draw(st.none() | st.tuples(modes, st.integers(0, 60), capped)),
    )


@given(worlds())
def test_returns_take_what_the_rule_says(world: World) -> None:
    snapshot = snapshot_of(world)
    for earner in range(len(world.sponsor)):
        statement = estimate_from(snapshot, earner, ranged=False)
        expected = bonuses(world, world.volumes[0], earner)
        assert {result.id: result.total_minor for result in statement.components} == expected
        entries = [entry for entry in statement.adjustments if entry.id == "return"]
        assert [entry.minor for entry in entries] == taken(world, earner)
        assert all(str(entry.reason) for entry in entries)
        assert statement.total_minor == paid(world, world.volumes[0], earner) + sum(taken(world, earner))


@st.composite
def capped_worlds(draw: st.DrawFn) -> World:
    """Last month's orders came back, and a low cap was on what they had paid."""
    world = draw(worlds())
    size = len(world.sponsor)
    bought = draw(st.lists(st.integers(1_000, 500_000), min_size=size, max_size=size))
    day = OCTOBER.first - timedelta(days=3)
    back = draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=2))
    modes, names = (
        st.sampled_from(["pro_rata", "last_first"]),
        st.sampled_from([["own"], ["team"], ["own", "team"]]),
    )
    return replace(
        world,
        tiers=[(0, draw(st.integers(1, 30)))],
        method=draw(st.sampled_from(["original_rate", "average_rate"])),
        volumes=[world.volumes[0], list(bought)],
        returned=[(member, day, bought[member]) for member in sorted(back)],
        cap=(draw(modes), draw(st.integers(0, 30)), draw(names)),
    )


@given(capped_worlds())
def test_what_a_cap_cut_is_not_taken_back(world: World) -> None:
    snapshot = snapshot_of(world)
    for earner in range(len(world.sponsor)):
        statement = estimate_from(snapshot, earner, ranged=False)
        entries = [entry.minor for entry in statement.adjustments if entry.id == "return"]
        assert entries == taken(world, earner)
        # each bonus and each entry is rounded by itself
        most = paid(world, world.volumes[1], earner) + len(entries) * len(world.sponsor)
        assert -sum(entries) <= most or world.method == "average_rate"


@given(worlds())
def test_no_more_periods_are_looked_at_than_are_asked_for(world: World) -> None:
    snapshot = snapshot_of(world)
    needed = periods_needed(snapshot.plan)
    assert needed == world.window
    short = Snapshot(snapshot.plan, snapshot.team, OCTOBER, snapshot.past[:needed])
    for earner in range(len(world.sponsor)):
        assert estimate_from(short, earner).total_minor == estimate_from(snapshot, earner).total_minor
