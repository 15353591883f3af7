"""A period's estimate: a snapshot of the team and its volumes, computed by the company's plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.domain.commission.condition import Tree
from organizer.domain.commission.engine import estimate
from organizer.domain.commission.plan import Plan, VolumeSource
from organizer.domain.commission.statement import Statement
from organizer.domain.commission.trust import validity
from organizer.domain.company import Company
from organizer.domain.money import MAX_VOLUME
from organizer.domain.period import Period
from organizer.domain.result import Cancelled, FieldRefusal, Message, Refusal
from organizer.domain.team import Team
from organizer.domain.tree import ancestors
from organizer.i18n import _, format_period
from organizer.services import files, plans
from organizer.services.jobs import Job, Progress
from organizer.storage import File, team


@dataclass(frozen=True)
class Estimate:
    """A statement with what it was made from: line sources are indices into `team`.

    `paid` gives for each component the places in its `lines` that pay something.
    """

    company: Company
    plan: Plan
    team: Team
    statement: Statement
    paid: Sequence[Sequence[int]]

    @property
    def notes(self) -> list[Message]:
        """What to bear in mind about the whole estimate."""
        note = validity(self.plan, self.statement.period)
        blank = [
            Message("{name} isn't written for this period: what it gives is left out.", {"name": volume.name})
            for volume in self.plan.volumes
            if volume.source is VolumeSource.ENTERED and not self._knows(volume.id)
        ]
        return [*([note] if note else []), *blank]

    def _knows(self, volume_id: str) -> bool:
        figures = self.team.volumes.get(volume_id)
        return figures is not None and figures[self.team.me] is not None

    def name_of(self, member: int) -> str:
        """A member's name; "You" for the nameless owner, her number for a nameless other."""
        if member == self.team.me:
            return self.team.names[member] or _("You")
        return self.team.names[member] or self.team.numbers[member]

    def path_to(self, member: int, tree: Tree) -> list[str]:
        """The names from her own down to the member, along the tree."""
        links = self.team.sponsor if tree is Tree.SPONSOR else self.team.placement
        above = [member, *ancestors(links, member)]
        if self.team.me in above:
            above = above[: above.index(self.team.me) + 1]
        return [self.name_of(place) for place in reversed(above)]


def prepare(file: File, company: Company, period: Period) -> Job[Estimate]:
    """Gather the period's snapshot; the job computes the estimate.

    Raises Refusal when the company has no plan, its plan no such period, or she no place in its team.
    """
    plan = plans.by_id(company.plan_id)
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
    snapshot = team.team(file, company.id, period.key)
    if snapshot.me < 0:
        raise Refusal(Message("You have no place in {company}'s team yet.", {"company": company.name}))

    def work(progress: Progress) -> Estimate:
        def report(fraction: float) -> None:
            if progress.cancelled():
                raise Cancelled
            progress.report(fraction)

        statement = estimate(plan, snapshot, period, snapshot.me, report)
        paid = [component.lines.paid() for component in statement.components]
        return Estimate(company, plan, snapshot, statement, paid)

    return Job(_("Estimating {period}").format(period=format_period(period)), work)


def own_figures(file: File, company: Company, period: Period) -> Mapping[str, int | None]:
    """What the plan asks her for herself, by volume id, in thousandths: None where she hasn't written it yet."""
    plan = plans.by_id(company.plan_id)
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
