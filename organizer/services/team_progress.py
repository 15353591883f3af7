"""How far she, or anybody in her team, is on the way to the next rank, as the company's plan counts it."""

from __future__ import annotations

import weakref
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from organizer.domain.result import Message, Refusal
from organizer.domain.team import Kind
from organizer.i18n import _, format_period
from organizer.services import estimates
from organizer.services.jobs import Job, Progress
from organizer.storage import File, companies, team

if TYPE_CHECKING:
    from organizer.domain.commission.next_rank import Step
    from organizer.domain.commission.next_rank_legs import Asked
    from organizer.domain.commission.next_rank_team import Closeness
    from organizer.domain.commission.plan import Plan, Text
    from organizer.domain.commission.snapshot import Snapshot
    from organizer.services.team import TeamView

_LOOKED_AT_ONCE = 3_000
"""The ranks of a team of this size are worked out while one waits."""


@dataclass(frozen=True, eq=False)
class Ladder:
    """The ranks of a whole team in one period. `note` says what of earlier periods they rest on, if anything."""

    snapshot: Snapshot
    note: Message | None = None

    @cached_property
    def closeness(self) -> Closeness:
        """How close everybody is to the rank above hers."""
        from organizer.domain.commission.next_rank_team import closeness

        return closeness(self.snapshot)

    @property
    def plan(self) -> Plan:
        """The plan whose ranks they are."""
        return self.snapshot.plan

    def lacks(self, position: int) -> Sequence[Message]:
        """What the member at `position` lacks of her next rank, each with what she has and what it takes."""
        from organizer.domain.commission.explain import rank_requirements

        rank = int(self.snapshot.ranks[position]) + 1
        return [one.words for one in rank_requirements(self.snapshot, rank, position) if not one.met]

    def next_rank(self, position: int) -> Text | None:
        """The rank above the one of the member at `position`; None at the top."""
        rank = int(self.snapshot.ranks[position]) + 1
        return self.plan.ranks[rank].name if rank < len(self.plan.ranks) else None


@dataclass(frozen=True)
class RankProgress:
    """One member's rank and what the next one asks for; an estimate. `position` is her index in the view's team.

    With `why_not` nothing can be told, and it says why. `rank` is None for no rank yet, `next` None at the top.
    `told` is the rank that the company's file gives where that is another one; `why` says where a rank comes from
    that the period's figures don't give. `asked` holds each condition of the next rank with its legs; `steps` what
    is missing, the smallest part first; `notes` what to bear in mind.
    """

    position: int
    why_not: Message | None = None
    rank: Text | None = None
    told: str = ""
    why: Message | None = None
    next: Text | None = None
    asked: Sequence[Asked] = ()
    steps: Sequence[Step] = ()
    notes: Sequence[Message] = ()


class _Kept:
    """The ladder of the view that was asked about last: several parts of the page show the same one."""

    view: weakref.ref[TeamView] | None = None
    ladder: Ladder | None = None


def _forget(gone: weakref.ref[TeamView]) -> None:
    if _Kept.view is gone:
        _Kept.view = _Kept.ladder = None


def known(view: TeamView) -> Ladder | None:
    """The ranks of the view's team if they have been worked out already."""
    return _Kept.ladder if _Kept.view is not None and _Kept.view() is view else None


def why_not(view: TeamView) -> Message | None:
    """Why nothing can be told of ranks in this team and period; None where it can."""
    if view.plan is None:
        return Message(
            "Choose a compensation plan for the company in Settings. Then this shows the way to each rank."
        )
    if not view.plan.ranks:
        return Message("{plan} has no ranks in this program, so there is none to be on the way to.", {
            "plan": view.plan.name,
        })  # fmt: skip
    if not view.plan.calendar.has(view.period):
        return Message("The plan has no such period. Choose another one to see ranks.")
    if not len(view.team):
        return Message("There is nobody in this team yet.")
    return None


def is_quick(view: TeamView) -> bool:
    """Whether `ladder` answers at once: the team is small, or its ranks are known."""
    return known(view) is not None or len(view.team) <= _LOOKED_AT_ONCE


def prepare(file: File, view: TeamView) -> Job[Ladder]:
    """Gather what the ranks of the view's team rest on; the job works them out.

    Raises Refusal where `why_not` says why not.
    """
    if reason := why_not(view):
        raise Refusal(reason)
    if (ready := known(view)) is not None:
        return Job(_title(view), lambda _progress: ready)
    from organizer.domain.commission.engine import periods_needed

    plan = view.plan
    assert plan is not None  # noqa: S101 - `why_not` has looked
    member = team.get(file, view.team.ids[0])
    company = next((one for one in companies.everyone(file) if member and one.id == member.company_id), None)
    if company is None:
        raise Refusal(Message("This team is gone."))
    past = [
        team.volumes(file, view.team.ids, before.key)
        for before in reversed(plan.calendar.previous(view.period, periods_needed(plan)))
    ]
    carry, note = estimates.carried_into(file, company, plan, view.period, view.team.ids)
    asked_of_the_past = _rests_on_past_ranks(plan)
    wanted = weakref.ref(view, _forget)

    def work(_progress: Progress) -> Ladder:
        from organizer.domain.commission.snapshot import Snapshot

        made = Ladder(Snapshot(plan, view.team, view.period, past, carry), note if asked_of_the_past else None)
        _ = made.closeness  # and with it all ranks
        _Kept.view, _Kept.ladder = wanted, made
        return made

    return Job(_title(view), work)


def _title(view: TeamView) -> str:
    return _("Working out the ranks of {period}").format(period=format_period(view.period))


def _rests_on_past_ranks(plan: Plan) -> bool:
    from organizer.domain.commission.condition import asks_for_past_ranks

    return any(rank.grace or asks_for_past_ranks(rank.conditions) for rank in plan.ranks)


def ladder(file: File, view: TeamView) -> Ladder:
    """The ranks of the view's team, worked out now unless they are known. Raises Refusal as `prepare` does."""
    return known(view) or prepare(file, view).now()


def progress(file: File, view: TeamView, member_id: int) -> RankProgress:
    """The rank of any member, the next one, and every condition of it with what she has and what it takes."""
    ids = view.team.ids
    position = bisect_left(ids, member_id)
    if position >= len(ids) or ids[position] != member_id:
        return RankProgress(-1, Message("She isn't in the team of this period."))
    kind = view.team.kinds[position]
    if kind is Kind.CUSTOMER:
        return RankProgress(position, Message("A customer buys and holds no rank."))
    if kind is Kind.CANCELLED:
        return RankProgress(position, Message("She has left. Her place is kept, and she holds no rank."))
    if reason := why_not(view):
        return RankProgress(position, reason)
    return _of(ladder(file, view), view, position)


def _of(found: Ladder, view: TeamView, position: int) -> RankProgress:
    from organizer.domain.commission.explain import standing
    from organizer.domain.commission.next_rank import steps_to_next_rank
    from organizer.domain.commission.next_rank_legs import asked_of
    from organizer.domain.commission.ranks import rank_words
    from organizer.domain.commission.trust import validity

    snapshot = found.snapshot
    stands = standing(snapshot, position)
    following = stands.rank + 1 if stands.next_name else -1
    told = view.team.ranks[position].strip()
    same = told and rank_words(found.plan).get(told.casefold(), -1) == stands.rank
    notes = [note for note in (validity(found.plan, view.period), found.note) if note]
    return RankProgress(
        position=position,
        rank=stands.name,
        told="" if same else told,
        why=stands.why,
        next=stands.next_name,
        asked=asked_of(snapshot, following, position) if following >= 0 else (),
        steps=steps_to_next_rank(snapshot, position) if following >= 0 else (),
        notes=notes,
    )
