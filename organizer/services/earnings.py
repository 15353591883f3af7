"""The period's estimate: a snapshot of the team and its volumes, computed by the company's plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from organizer.domain.commission import earlier, unknowns
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.engine import estimate_from, periods_needed, used_volumes, whole_team
from organizer.domain.commission.next_rank import Step, steps_to_next_rank
from organizer.domain.commission.plan import Plan, VolumeSource
from organizer.domain.commission.snapshot import Carry, Snapshot
from organizer.domain.commission.statement import Statement
from organizer.domain.commission.trust import validity
from organizer.domain.company import Company
from organizer.domain.estimate import Kept
from organizer.domain.money import MAX_VOLUME
from organizer.domain.period import Period
from organizer.domain.result import Cancelled, FieldRefusal, Message, Refusal
from organizer.domain.team import Team
from organizer.domain.tree import ancestors
from organizer.i18n import _, format_period
from organizer.services import estimates, files, plans, team_times
from organizer.services.jobs import Job, Progress
from organizer.services.period_words import without_figures
from organizer.storage import File, team


@dataclass(frozen=True)
class Estimate:
    """A statement with what it was made from: line sources are indices into `team`.

    `carry_note` says where what the period before left was taken from, or that it isn't known. `kept` is what was
    kept of it, for an estimate that was opened again.
    """

    company: Company
    snapshot: Snapshot
    statement: Statement
    carry_note: Message | None = None
    kept: Kept | None = None
    _paid: dict[int, Sequence[int]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def plan(self) -> Plan:
        """The plan it goes by."""
        return self.snapshot.plan

    @property
    def team(self) -> Team:
        """The team as it was taken into the estimate."""
        return self.snapshot.team

    @property
    def paid(self) -> Sequence[Sequence[int]]:
        """For each component the places in its `lines` that pay something."""
        return [self.paid_in(place) for place in range(len(self.statement.components))]

    def paid_in(self, place: int) -> Sequence[int]:
        """The same for the component at `place` alone, worked out when it is first asked for."""
        if place not in self._paid:
            self._paid[place] = self.statement.components[place].lines.paid()
        return self._paid[place]

    @cached_property
    def unknown(self) -> Mapping[int, Sequence[str]]:
        """By member of her team (and herself) the ids of the volumes that the plan uses and nobody knows."""
        snapshot, member = self.snapshot, self.statement.member
        return unknowns.members(snapshot, whole_team(snapshot, member), used_volumes(self.plan))

    @cached_property
    def steps(self) -> Sequence[Step]:
        """What is missing to the next rank, the smallest change first."""
        return steps_to_next_rank(self.snapshot, self.statement.member)

    @property
    def notes(self) -> list[Message]:
        """What to bear in mind about the whole estimate."""
        note = validity(self.plan, self.statement.period)
        blank = [
            Message("{name} isn't written for this period: what it gives is left out.", {"name": volume.name})
            for volume in self.plan.volumes
            if volume.source is VolumeSource.ENTERED and not self._knows(volume.id)
        ]
        return [
            *([note] if note else []),
            *([self.carry_note] if self.carry_note else []),
            *self._without_figures(),
            *blank,
        ]

    def _without_figures(self) -> list[Message]:
        """The earlier periods that the plan looks at and nothing is known of, in one sentence."""
        found = earlier.without_figures(self.snapshot, whole_team(self.snapshot, self.statement.member))
        return [without_figures(found, self.plan.calendar)] if found else []

    def _knows(self, volume_id: str) -> bool:
        figures = self.team.volumes.get(volume_id)
        return figures is not None and figures[self.statement.member] is not None

    def name_of(self, member: int) -> str:
        """A member's name; "You" for the nameless owner, her number for a nameless other."""
        if member == self.team.me:
            return self.team.names[member] or _("You")
        return self.team.names[member] or self.team.numbers[member] or _("a former member")

    def path_to(self, member: int, tree: Tree) -> list[str]:
        """The names from her own down to the member, along the tree."""
        links = self.team.sponsor if tree is Tree.SPONSOR else self.team.placement
        above = [member, *ancestors(links, member)]
        if self.team.me in above:
            above = above[: above.index(self.team.me) + 1]
        return [self.name_of(place) for place in reversed(above)]


@dataclass(frozen=True)
class Changes:
    """Something else than what is known, to see what it would give: volumes by name and member, and activity."""

    volumes: Mapping[str, Mapping[int, int | None]] = field(default_factory=dict)
    active: Mapping[int, bool] = field(default_factory=dict)


def what_if(estimate: Estimate, changes: Changes) -> Estimate:
    """The same period with other figures, at once. Nothing is stored.

    Only members who are there and her own sales can be changed: it is no forecast of recruits.
    """
    snapshot = estimate.snapshot.changed(changes.volumes, changes.active)
    statement = estimate_from(snapshot, estimate.statement.member, ranged=False)
    return Estimate(estimate.company, snapshot, statement, estimate.carry_note)


def prepare(file: File, company: Company, period: Period) -> Job[Estimate]:
    """Gather the period's snapshot; the job computes the estimate.

    Raises Refusal when the company has no plan, its plan no such period, or she no place in its team.
    """
    plan = plans.by_id(company.plan_id, file)
    if plan is None:
        raise Refusal(
            Message("Choose a compensation plan for {company} in Settings first.", {"company": company.name})
        )
    if not plan.calendar.has(period):
        raise Refusal(
            Message(
                "The plan has no period {period}, so nothing can be estimated for it. Choose another.",
                {"period": format_period(period)},
            )
        )
    members = team_times.loaded(file, company.id, period)
    if members.me < 0:
        raise Refusal(Message("You have no place in {company}'s team yet.", {"company": company.name}))
    past = [
        team.volumes(file, members.ids, before.key)
        for before in reversed(plan.calendar.previous(period, periods_needed(plan)))
    ]
    carry, note = estimates.carried_into(file, company, plan, period, members.ids)
    return job_of(company, plan, members, period, past, carry, note)


def job_of(
    company: Company,
    plan: Plan,
    members: Team,
    period: Period,
    past: Sequence[Mapping[str, Sequence[int | None]]],
    carry: Carry,
    note: Message | None = None,
) -> Job[Estimate]:
    """The estimate of the team's owner from what was gathered, as a job."""

    def work(progress: Progress) -> Estimate:
        def report(fraction: float) -> None:
            if progress.cancelled():
                raise Cancelled
            progress.report(fraction)

        snapshot = Snapshot(plan, members, period, past, carry)
        made = Estimate(company, snapshot, estimate_from(snapshot, members.me, report), note)
        _ = made.paid, made.steps  # sorted here, not while the page is drawn
        return made

    return Job(_("Estimating {period}").format(period=format_period(period)), work)


def own_figures(file: File, company: Company, period: Period) -> Mapping[str, int | None]:
    """What the plan asks her for herself, by volume id, in thousandths: None where she hasn't written it yet."""
    plan = plans.by_id(company.plan_id, file)
    own = files.member_of_owner(file, company.id)
    if plan is None or own is None:
        return {}
    known = team.volumes_of(file, own, period.key)
    return {v.id: known.get(v.id) for v in plan.volumes if v.source is VolumeSource.ENTERED}


def set_own_figure(file: File, company: Company, period: Period, volume_id: str, amount: int | None) -> None:
    """Write one of her own figures (thousandths), such as her retail sales; None makes it unknown.

    Raises FieldRefusal when it is negative or absurd.
    """
    if amount is not None and not 0 <= amount <= MAX_VOLUME:
        raise FieldRefusal(volume_id, Message("Write a figure from 0 and up."))
    own = files.member_of_owner(file, company.id)
    if own is not None:
        with file.deed("earnings.figure", period.key):
            team.set_volumes(file, period.key, volume_id, {own: amount})
