"""Caps, deductions and the balance against a slow reference: fractions, one member after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from typing import Any

from commission_reference import half_up
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.commission.adjust import adjustments, balance_after
from organizer.domain.commission.caps import limited
from organizer.domain.commission.engine import carried, estimate_from
from organizer.domain.commission.everybody import totals
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.period import Period
from organizer.domain.team import Kind, Team

OCTOBER = Period.parse("2026-10")
NAMES = ("a", "b", "c")


@dataclass
class Limit:
    """A cap in the test's own words; `amount` in whole kroner, or `percent` of everyone's volume "a"."""

    components: list[str]
    per: str
    mode: str
    amount: int | None
    percent: int


@dataclass
class World:
    """Members who are paid exactly their volumes a, b and c (øre), with caps on them."""

    pays: list[dict[str, int]]
    people: list[int]
    caps: list[Limit]
    fees: list[tuple[str, int]]
    min_payout: int
    carry_negative: bool
    owed: int

    @property
    def members(self) -> range:
        return range(len(self.pays))


def render(world: World, order: tuple[str, ...] = NAMES, at: str = "line") -> str:
    parts = [
        'format = 1\nid = "random"\nname = "Random"\nregion = "None"\ncurrency = "DKK"\nperiod = "month"\n'
        "valid_from = 2026-01-01\nteaching = true\n"
    ]
    parts += [f'[[volumes]]\nid = "{name}"\nname = "{name}"\nunit = "money"\ncolumns = []\n' for name in NAMES]
    parts += [
        f'[[components]]\nid = "{name}"\nname = "{name}"\nkind = "retail"\nmethod = "percent"\n'
        f'volume = "{name}"\npercent = 100\n'
        for name in NAMES
    ]
    for number, cap in enumerate(world.caps):
        limit = f"amount = {cap.amount}" if cap.amount is not None else f'percent = {cap.percent}\nof = "a"'
        names = [name for name in order if name in cap.components]
        parts.append(
            f'[[caps]]\nid = "cap{number}"\nname = "Cap"\ncomponents = {names!r}\nper = "{cap.per}"\n'
            f'mode = "{cap.mode}"\n{limit}\n'
        )
    for number, (key, figure) in enumerate(world.fees):
        parts.append(f'[[deductions]]\nid = "fee{number}"\nname = "Fee"\n{key} = {figure}\n')
    parts.append(f"[payout]\nmin = {world.min_payout}\ncarry_negative = {str(world.carry_negative).lower()}\n")
    parts.append(f'[rounding]\nat = "{at}"\nmode = "half_up"\n')
    return "".join(parts)


def snapshot_of(
    world: World, order: tuple[str, ...] = NAMES, tenths: list[dict[str, int]] | None = None
) -> Snapshot:
    """With `tenths` of an øre instead of whole ones, they are rounded only in the total."""
    size = len(world.pays)
    names = [f"N{member}" for member in world.members]
    exact = tenths or [{name: pay[name] * 10 for name in NAMES} for pay in world.pays]
    volumes = {name: [pay[name] for pay in exact] for name in NAMES}
    tops, kinds = [-1] * size, [Kind.DISTRIBUTOR] * size
    team = Team(
        range(1, size + 1), names, names, world.people, tops, tops, kinds, [""] * size, [None] * size, volumes, 0
    )
    carry = {"balance": {0: {"minor": world.owed}}} if world.owed else {}
    text = render(world, order, "total" if tenths else "line")
    return Snapshot(parse_plan(text, "random.toml"), team, OCTOBER, (), carry)


def cuts(world: World) -> list[list[int]]:
    """By cap and member what is taken, straight from the rule."""
    left = [dict(pay) for pay in world.pays]
    found = []
    for cap in world.caps:
        taken = [0] * len(left)
        limit = (cap.amount or 0) * 100
        if cap.amount is None:
            limit = max(0, half_up(Fraction(sum(pay["a"] for pay in world.pays) * cap.percent, 100)))
        groups: dict[int, list[int]] = {}
        for member in world.members:
            key = {"member": member, "person": world.people[member], "company": 0}[cap.per]
            groups.setdefault(key, []).append(member)
        for group in groups.values():
            for member, after in after_cap(cap, limit, group, left).items():
                taken[member] = sum(left[member].values()) - sum(after.values())
                left[member] = after
        found.append(taken)
    return found


def after_cap(cap: Limit, limit: int, group: list[int], left: list[dict[str, int]]) -> dict[int, dict[str, int]]:
    """Each member's amounts by component when those in the group get at most `limit` together."""
    net = {member: sum(left[member][name] for name in cap.components) for member in group}
    gains = {member: amount for member, amount in net.items() if amount > 0}
    after = {member: dict(left[member]) for member in group}
    if cap.mode == "pro_rata":
        if sum(gains.values()) > limit:
            for member, share in parts_of(limit, gains).items():
                lower(after[member], cap, share - net[member])
        return after
    # what is left of each bonus when what others take back is set against the last ones
    counted = {member: dict(left[member]) for member in group}
    for member in group:
        debt = -sum(min(0, left[member][name]) for name in cap.components)
        for name in reversed([name for name in NAMES if name in cap.components]):
            positive = max(0, left[member][name])
            counted[member][name] = max(0, positive - debt)
            debt = max(0, debt - positive)
    for name in [name for name in NAMES if name in cap.components]:
        whole = sum(counted[member][name] for member in group)
        allowed = min(whole, limit)
        limit -= allowed
        shares = parts_of(allowed, {member: counted[member][name] for member in group})
        for member in group:
            after[member][name] -= counted[member][name] - shares[member]
    return after


def parts_of(pot: int, amounts: dict[int, int]) -> dict[int, int]:
    """`pot` øre handed out in proportion, øre by øre: the next to whoever lacks most of her exact share."""
    whole = sum(amounts.values())
    exact = {member: Fraction(amount * pot, whole) if whole else Fraction() for member, amount in amounts.items()}
    shares = {member: exact[member].numerator // exact[member].denominator for member in amounts}
    while sum(shares.values()) < pot and whole:
        shares[min(amounts, key=lambda member: (shares[member] - exact[member], member))] += 1
    return shares


def lower(amounts: dict[str, int], cap: Limit, change: int) -> None:
    """Take -`change` from the bonuses above nothing in proportion; single øre are left to the first ones by id."""
    positive = {name: amounts[name] for name in sorted(cap.components) if amounts[name] > 0}
    kept = sum(positive.values()) + change
    exact = {name: Fraction(amount * kept, sum(positive.values())) for name, amount in positive.items()}
    shares = {name: int(amount) for name, amount in exact.items()}
    spare = kept - sum(shares.values())
    for name in positive:
        if spare and shares[name] < positive[name]:
            shares[name] += 1
            spare -= 1
    assert not spare
    amounts.update(shares)


AMOUNTS = st.one_of(st.just(0), st.integers(-3_000, 50_000), st.sampled_from([10_000, 1, 3333]))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    size = draw(st.integers(1, 6))
    limits = st.builds(
        Limit,
        st.sets(st.sampled_from(NAMES), min_size=1).map(sorted),
        st.sampled_from(["member", "person", "company"]),
        st.sampled_from(["pro_rata", "last_first"]),
        st.one_of(st.none(), st.integers(0, 400)),
        st.integers(0, 100),
    )
    fees = st.one_of(
        st.tuples(st.just("percent"), st.integers(0, 60)), st.tuples(st.just("amount"), st.integers(0, 50))
    )
    return World(
        pays=[{name: draw(AMOUNTS) for name in NAMES} for _ in range(size)],
        people=draw(st.lists(st.integers(1, 3), min_size=size, max_size=size)),
        caps=draw(st.lists(limits, min_size=1, max_size=3)),
        fees=draw(st.lists(fees, max_size=2)),
        min_payout=draw(st.integers(0, 300)),
        carry_negative=draw(st.booleans()),
        owed=draw(st.sampled_from([0, 0, -500, 700, -40_000])),
    )


def taken(snapshot: Snapshot, member: int) -> list[int]:
    amounts = {name: int(snapshot.earned(name).minor[member]) for name in NAMES}
    return [cut.taken for cut in limited(snapshot, member, amounts)]


@given(worlds())
def test_each_cap_takes_what_the_rule_says(world: World) -> None:
    snapshot = snapshot_of(world)
    expected = cuts(world)
    for member in world.members:
        assert taken(snapshot, member) == [row[member] for row in expected]


@given(worlds())
def test_caps_never_raise_pay_and_keep_to_the_limit(world: World) -> None:
    snapshot = snapshot_of(world)
    rows = [taken(snapshot, member) for member in world.members]
    assert all(cut >= 0 for row in rows for cut in row)
    for number, cap in enumerate(world.caps):
        if (
            cap.per != "company"
            or cap.amount is None
            or any(pay[name] < 0 for pay in world.pays for name in NAMES)
        ):
            continue
        before = [
            sum(world.pays[member][name] for name in NAMES) - sum(rows[member][:number])
            for member in world.members
        ]
        if sorted(cap.components) == list(NAMES):
            paid = sum(before) - sum(row[number] for row in rows)
            assert paid == min(sum(before), cap.amount * 100)


@given(worlds())
def test_what_one_person_is_paid_keeps_to_the_limit(world: World) -> None:
    cap = Limit(list(NAMES), "person", world.caps[0].mode, world.caps[0].amount or 3, 0)
    pays = [{name: abs(amount) for name, amount in pay.items()} for pay in world.pays]
    snapshot = snapshot_of(replace(world, caps=[cap], pays=pays))
    for person in set(world.people):
        hers = [member for member in world.members if world.people[member] == person]
        earned = sum(sum(pays[member].values()) for member in hers)
        paid = earned - sum(taken(snapshot, member)[0] for member in hers)
        assert paid == min(earned, (cap.amount or 0) * 100)


@given(worlds(), st.permutations(NAMES))
def test_the_order_of_bonuses_makes_no_difference_in_proportion(world: World, order: list[str]) -> None:
    world = replace(world, caps=[replace(cap, mode="pro_rata") for cap in world.caps])
    one, other = snapshot_of(world), snapshot_of(world, tuple(order))
    for member in world.members:
        assert taken(one, member) == taken(other, member)


def total_of(world: World, member: int) -> int:
    """What is left of her bonuses after the caps and the fees, and what the first one was owed."""
    pay = sum(world.pays[member].values()) - sum(row[member] for row in cuts(world))
    fees: list[int] = []
    for key, figure in world.fees if pay > 0 else []:
        fee = half_up(Fraction(pay * figure, 100)) if key == "percent" else figure * 100
        fees.append(min(fee, pay - sum(fees)))
    return pay + (0 if member else world.owed) - sum(fees)


def in_whole_oere(tenths: dict[str, int]) -> dict[str, int]:
    """The rounded total handed out to the bonuses: øre by øre to the one that lacks most of its own."""
    whole = {name: amount // 10 for name, amount in tenths.items()}
    while sum(whole.values()) < half_up(Fraction(sum(tenths.values()), 10)):
        whole[min(NAMES, key=lambda name: (whole[name] * 10 - tenths[name], name))] += 1
    return whole


TENTHS = st.fixed_dictionaries({name: st.one_of(st.integers(-3_000, 90_000), st.just(0)) for name in NAMES})


@given(worlds(), st.data())
def test_rounded_in_the_total_the_rounding_is_limited_too(world: World, data: st.DataObject) -> None:
    tenths = [data.draw(TENTHS) for _ in world.members]
    limits = [replace(cap, amount=data.draw(st.integers(0, 80))) for cap in world.caps]
    world = replace(world, pays=[in_whole_oere(one) for one in tenths], caps=limits)
    snapshot = snapshot_of(world, tenths=tenths)
    together = totals(snapshot)
    for member in world.members:
        statement = estimate_from(snapshot, member)
        assert statement.total_minor == total_of(world, member) == int(together.total[member])
        parts = [result.total_minor for result in statement.components]
        assert sum(parts) + statement.rounding == sum(world.pays[member].values())


@given(worlds())
def test_everything_adds_up_to_the_oere(world: World) -> None:
    snapshot = snapshot_of(world)
    statement = estimate_from(snapshot, 0)
    total = total_of(world, 0)
    assert statement.total_minor == total
    assert sum(result.total_minor for result in statement.components) + sum(
        entry.minor for entry in statement.adjustments
    ) == total  # fmt: skip
    assert all(str(entry.reason) for entry in statement.adjustments)
    payout = statement.payout
    assert payout is not None
    assert payout.paid >= 0
    assert not (payout.paid and payout.kept)
    lost = total if total < 0 and not world.carry_negative else 0
    assert payout.paid + payout.kept + lost == total
    assert (payout.paid, payout.kept) == balance_after(snapshot.plan, total)
    assert (payout.reason is None) == (payout.paid == total)
    kept: dict[str, Any] = carried(snapshot, statement)
    assert kept.get("balance", {}).get(0, {}).get("minor", 0) == payout.kept


@given(st.lists(st.integers(-30_000, 30_000), min_size=1, max_size=8), st.integers(0, 200))
def test_over_time_everything_earned_is_paid_or_owed(pays: list[int], minimum: int) -> None:
    """Period after period, with what the one before left: nothing is lost and nothing is paid twice."""
    balance, paid = 0, 0
    for pay in pays:
        world = World([{"a": pay, "b": 0, "c": 0}], [1], [], [], minimum, True, balance)
        statement = estimate_from(snapshot_of(world), 0)
        assert statement.payout is not None
        paid += statement.payout.paid
        balance = statement.payout.kept
    assert paid + balance == list(accumulate(pays))[-1]


def test_no_caps_no_adjustments() -> None:
    world = World([{"a": 100, "b": 0, "c": 0}], [1], [], [], 0, True, 0)
    assert adjustments(snapshot_of(world), 0, estimate_from(snapshot_of(world), 0).components) == ()
