"""An estimate from files alone: a plan, a team, perhaps volumes and what the period before left; no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from organizer.domain.commission import everybody, unknowns
from organizer.domain.commission.carried_ranks import moved, rank_ids
from organizer.domain.commission.engine import estimate_from, periods_needed, used_volumes, whole_team
from organizer.domain.commission.plan import RanksFrom, VolumeSource
from organizer.domain.commission.snapshot import Carry, Snapshot
from organizer.domain.company import Company
from organizer.domain.result import Message, Refusal, RowProblem, Value, listed
from organizer.exchange import plan_state
from organizer.exchange.layout import heading_key
from organizer.exchange.plan_state import State
from organizer.exchange.plan_team import Read, read_plan_team, read_plan_volumes
from organizer.i18n import N_
from organizer.services.earnings import Estimate
from organizer.services.estimates import rank_note
from organizer.services.headless_plan import figure, headings, is_there, period_of, plan_at, wanted
from organizer.services.headless_team import Bought, links, team_of
from organizer.services.jobs import uncollected
from organizer.services.team_links import label

_NAMED = 5
"""So many members are named where one must be chosen."""


@dataclass(frozen=True)
class Asked:
    """What is to be estimated, from which files.

    `member` is the id of the one whose estimate it is, `me` of the one who asks; empty where not said. `figures`
    are volumes that `me` enters herself, by name, as written. With `everyone` all members' totals are asked for.
    """

    plan: Path
    team: Path
    volumes: Path | None = None
    state: Path | None = None
    period: str = ""
    member: str = ""
    me: str = ""
    everyone: bool = False
    figures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """What came out: an estimate of one member, or everybody's totals.

    `state` is what the period leaves. `ignored` are columns that mean nothing to the plan and `read` what was read
    in one of two possible ways, by file; `notes` are to be borne in mind, beside those of the estimate itself.
    """

    snapshot: Snapshot
    estimate: Estimate | None
    totals: everybody.Totals | None
    state: State
    notes: Sequence[Message]
    read: Sequence[tuple[str, RowProblem]]
    ignored: Sequence[tuple[str, str]]

    @property
    def unknown(self) -> Mapping[str, Sequence[str]]:
        """By member's id the volumes that the plan asks for and nobody knows: in her team, or in all of it."""
        snapshot = self.snapshot
        team = whole_team(snapshot, self.estimate.statement.member) if self.estimate else None
        who = everybody.everyone(snapshot) if team is None else team
        found = unknowns.members(snapshot, who, used_volumes(snapshot.plan))
        return {snapshot.team.numbers[member]: names for member, names in found.items()}


class Unusable(Refusal):
    """Files with faults, by file and row; nothing was estimated."""

    def __init__(self, faults: Sequence[tuple[str, RowProblem]]) -> None:
        super().__init__(Message("Faults in the files: {count}. Nothing was estimated.", {"count": len(faults)}))
        self.faults = faults


def estimate(asked: Asked, now: datetime) -> Made:
    """Read the files and work it out; `now`, with its zone, tells which period is the present one.

    Raises Unusable and Refusal; nothing is half read.
    """
    with uncollected():
        return _Work(asked, now).made()


class _Work:
    """The files as they are read, and what is told about them."""

    def __init__(self, asked: Asked, now: datetime) -> None:
        self.asked = asked
        self.plan = plan = plan_at(asked.plan)
        self.notes: list[Message] = []
        self.members = read_plan_team(asked.team, wanted(plan))
        self.links = links(plan, self.members)
        self.bought: Bought | None = None
        self.reads: list[Read] = [self.members.read]
        self._check([(self.members.read.file, fault) for fault in self.links.faults])
        if asked.volumes:
            found = read_plan_volumes(asked.volumes, wanted(plan))
            self.reads.append(found.read)
            self.bought = Bought(plan, found, self.links.place)
            self._check([(found.read.file, fault) for fault in self.bought.faults])
        self.state = plan_state.read_state(asked.state) if asked.state else None
        self.period = period_of(plan, asked.period, self.state, self.bought) or plan.calendar.at(now)

    def _check(self, faults: Sequence[tuple[str, RowProblem]]) -> None:
        read = self.reads[-1]
        found = [*((read.file, fault) for fault in read.faults), *faults]
        if found:
            raise Unusable(sorted(found, key=lambda one: one[1].row))

    def made(self) -> Made:
        member = self._member()
        me = self._place(self.asked.me) if self.asked.me else member
        snapshot = self._snapshot(me)
        totals = everybody.totals(snapshot)
        carried = everybody.carried_by_all(snapshot, totals)
        ids = self.members.read.ids
        left = {
            section: {ids[one]: dict(names) for one, names in members.items()}
            for section, members in carried.items()
        }
        view = None if self.asked.everyone else self._view(snapshot, member)
        return Made(
            snapshot=snapshot,
            estimate=view,
            totals=None if view else totals,
            state=State(self.plan.id, self.plan.version, self.period.key, left, rank_ids(self.plan)),
            notes=self.notes,
            read=[(read.file, note) for read in self.reads for note in read.notes],
            ignored=[(read.file, column) for read in self.reads for column in read.ignored],
        )

    def _view(self, snapshot: Snapshot, member: int) -> Estimate:
        company = Company(0, self.plan.company, self.plan.id, self.plan.currency)
        return Estimate(company, snapshot, estimate_from(snapshot, member))

    def _place(self, id_: str) -> int:
        if id_ not in self.links.place:
            values: dict[str, Value] = {"id": id_, "file": self.members.read.file}
            raise Refusal(Message("Nobody in “{file}” has the id {id}.", values))
        return self.links.place[id_]

    def _member(self) -> int:
        """Whose estimate it is: the one named, the one who asks, or the only top; -1 where nobody's needs be."""
        if id_ := self.asked.member or self.asked.me:
            return self._place(id_)
        tops = [place for place, above in enumerate(self.links.sponsor) if above < 0]
        named = [label(self.members.names[top], self.members.read.ids[top]) for top in tops[:_NAMED]]
        if len(tops) == 1:
            self.notes.append(Message("{name} is taken as you: the only one at the top.", {"name": named[0]}))
            return tops[0]
        if self.asked.everyone:
            return -1
        values: dict[str, Value] = {"count": len(tops), "names": listed(named)}
        text = N_("Whose estimate? {count} stand at the top ({names}). Say it with --member or --me.")
        raise Refusal(Message(text, values))

    def _snapshot(self, me: int) -> Snapshot:
        plan, period, bought = self.plan, self.period, self.bought
        volumes = {name: list(column) for name, column in self.members.read.volumes.items()}
        past = []
        if bought:
            volumes = bought.together(volumes, period)
            self._check([(bought.file, fault) for fault in bought.faults])
            before = reversed(plan.calendar.previous(period, periods_needed(plan)))
            past = [bought.volumes(one) for one in before]
            if later := bought.after(period):
                text = N_("Rows of later periods than {period} are left out: {count}.")
                self.notes.append(Message(text, {"count": later, "period": period.key}))
        if plan.ranks_from is RanksFrom.COMPUTED and any(self.members.ranks):
            self.notes.append(Message("The plan works the ranks out itself; the column “rank” isn't used."))
        self._enter(volumes, me)
        orders = bought.orders(period) if bought else []
        team = team_of(self.members, self.links, volumes, orders, me)
        return Snapshot(plan, team, period, past, self._carry())

    def _enter(self, volumes: dict[str, list[int | None]], me: int) -> None:
        """Put the figures given by name into the row of the one who asks."""
        if self.asked.figures and me < 0:
            raise Refusal(Message("Whose figures are those? Say it with --me."))
        entered = [volume for volume in self.plan.volumes if volume.source is VolumeSource.ENTERED]
        for name, text in self.asked.figures.items():
            keys = {volume.id for volume in entered if heading_key(name) in map(heading_key, headings(volume))}
            if len(keys) != 1:
                known: list[Value] = [volume.id for volume in entered]
                values: dict[str, Value] = {"name": name, "known": listed(known) if known else "–"}
                text_ = N_("“{name}” is no figure that this plan asks you for. It asks for: {known}")
                raise Refusal(Message(text_, values))
            column = volumes.setdefault(keys.pop(), [None] * len(self.links.place))
            column[me] = figure(name, text)

    def _carry(self) -> Carry:
        state, plan, asked = self.state, self.plan, self.asked
        if state is None or asked.state is None:
            if plan.carries:
                text = N_("Without --state it isn't known what the period before left; it counts as nothing.")
                self.notes.append(Message(text))
            return {}
        before = plan.calendar.shifted(self.period, -1)
        values: dict[str, Value] = {"file": asked.state.name, "period": self.period.key, "before": before.key}
        values |= {"its": state.period, "plan": state.plan, "own": plan.id}
        if state.plan != plan.id:
            text = N_("“{file}” was left by the plan {plan}, not by {own}. Nothing was estimated.")
            raise Refusal(Message(text, values))
        if state.period != before.key:
            text = N_("“{file}” is what {its} left, but {period} needs what {before} left. Nothing was estimated.")
            raise Refusal(Message(text, values))
        if state.version != plan.version:
            self.notes.append(Message("The plan file has changed since “{file}” was written.", values))
        place = self.links.place
        gone = {id_ for members in state.carried.values() for id_ in members if id_ not in place}
        if gone:
            text = N_("Members of “{file}” who aren't in the team any more are left out: {count}.")
            self.notes.append(Message(text, {**values, "count": len(gone)}))
        carry: Carry = {
            section: {place[id_]: dict(figures) for id_, figures in members.items() if id_ in place}
            for section, members in state.carried.items()
        }
        found = moved(carry, state.ranks, plan, same_plan=state.version == plan.version)
        if note := rank_note(found):
            self.notes.append(note)
        # nothing left is known to be nothing
        nothing: Carry = {one.id: {} for one in plan.components if found.known or not one.rules.carries_ranks()}
        return {**nothing, **found.carry}


def save_state(path: Path, made: Made) -> None:
    """Write what the period leaves for the next one, in place of an earlier state. Raises Refusal."""
    plan_state.write_state(path, made.state)


def check_state_place(path: Path) -> None:
    """Raise Refusal where something else than a state lies at `path`: it won't be overwritten."""
    if is_there(path):
        plan_state.read_state(path)
