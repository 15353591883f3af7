"""What she can do with a team. A tree can never get a circle or a member that hangs in the air."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from organizer.domain import tree
from organizer.domain.contact import MAX_TEXT, Contact, cleaned, single_line, split_name
from organizer.domain.money import MAX_VOLUME
from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal, Message, Refusal, Value
from organizer.domain.team import Kind, Member, Team, Tree, TreeError, check_links
from organizer.domain.team_change import Changes, Side, changes
from organizer.services import companies, plans, suppression, team_times
from organizer.services.legs import leg_words
from organizer.services.periods import calendar_of, present, stored
from organizer.services.team_links import label
from organizer.storage import File, consents, contacts, settings, team

if TYPE_CHECKING:
    from organizer.domain.commission.plan import Plan


@dataclass(frozen=True)
class TeamView:
    """A company's team as it was in one period, as the page shows it; all sequences are in the team's order.

    `personal` is each member's own volume in thousandths (None: unknown), `group` hers and all below her in the
    shown tree (unknown counted as nothing), `active` by the plan's rule (None: unknown, no rule, no
    distributor). `is_past`: places and ranks have changed since, and are shown as they were. `changes` are those
    since an earlier period, None where none is compared with.
    """

    team: Team
    plan: Plan | None
    period: Period
    personal: Sequence[int | None]
    group: Sequence[int]
    active: Sequence[bool | None]
    shown: Tree = Tree.SPONSOR
    is_past: bool = False
    changes: Changes | None = None

    @property
    def parent(self) -> Sequence[int]:
        """The links of the shown tree: each member's place of the one above her, -1 at a top."""
        return self.team.sponsor if self.shown is Tree.SPONSOR else self.team.placement


@dataclass(frozen=True)
class MemberDetails:
    """One member with her person, her volumes of the period (thousandths, by name) and who stands around her."""

    member: Member
    contact: Contact
    volumes: Mapping[str, int]
    sponsor_name: str
    placement_name: str
    frontline: int


def periods(file: File, company_id: int) -> list[Period]:
    """The periods that can be chosen, newest first: those with volumes, and the present one."""
    return sorted({*stored(file, company_id), present(file, company_id)}, reverse=True)


def latest_period(file: File, company_id: int) -> Period:
    """The newest period of the company's calendar with volumes, else the present one."""
    calendar = calendar_of(file, company_id)
    own = [period for period in stored(file, company_id) if calendar.has(period)]
    return max(own) if own else present(file, company_id)


def plan_of(file: File, company_id: int) -> Plan | None:
    """The plan of the company, None where none is chosen."""
    company = next((c for c in companies.everyone(file) if c.id == company_id), None)
    return plans.by_id(company.plan_id, file) if company else None


def view(
    file: File, company_id: int, period: Period, shown: Tree = Tree.SPONSOR, compared: Period | None = None
) -> TeamView:
    """The company's team as it was in `period`, by the links of one tree; with what changed since `compared`."""
    plan = plan_of(file, company_id)
    now = _view(file, company_id, period, shown, plan)
    if compared is None:
        return now
    sides = [
        Side(one.team, one.parent, one.personal, one.group)
        for one in (_view(file, company_id, compared, shown, plan), now)
    ]
    return replace(now, changes=changes(*sides))


def _view(file: File, company_id: int, period: Period, shown: Tree, plan: Plan | None) -> TeamView:
    loaded = team_times.loaded(file, company_id, period)
    parent = loaded.sponsor if shown is Tree.SPONSOR else loaded.placement
    name = personal_volume(plan, loaded.volumes)
    personal: Sequence[int | None] = loaded.volumes.get(name) or [None] * len(loaded)
    known = [amount or 0 for amount in personal]
    group = tree.subtree_sums(parent, tree.parents_first(parent), known)
    past = team_times.is_past(file, company_id, period)
    return TeamView(loaded, plan, period, personal, group, _active(plan, loaded), shown, past)


def _active(plan: Plan | None, loaded: Team) -> Sequence[bool | None]:
    if not (plan and plan.active):
        return [None] * len(loaded)
    rule = plan.active
    measured = loaded.volumes.get(rule.volume) or [None] * len(loaded)
    # whoever earns nothing is neither active nor not
    return [
        None if amount is None or kind is not Kind.DISTRIBUTOR else amount >= rule.minimum
        for amount, kind in zip(measured, loaded.kinds, strict=True)
    ]


def personal_volume(plan: Plan | None, known: Mapping[str, object]) -> str:
    """The volume that counts as personal: what the plan's activity is measured in, else "pv", else any known."""
    if plan and plan.active:
        return plan.active.volume
    return "pv" if "pv" in known or not known else next(iter(known))


def details(file: File, member_id: int, period: Period) -> MemberDetails | None:
    """One member whole, or None when there is none (any more)."""
    member = team.get(file, member_id)
    if member is None:
        return None
    return MemberDetails(
        member=member,
        contact=contacts.get(file, member.person_id)[0],
        volumes=team.volumes_of(file, member_id, period.key),
        sponsor_name=_name(file, member.sponsor_id),
        placement_name=_name(file, member.placement_id),
        frontline=team.frontline(file, member_id),
    )


def _name(file: File, member_id: int | None) -> str:
    member = team.get(file, member_id) if member_id else None
    return label(contacts.get(file, member.person_id)[0].name, member.number) if member else ""


def add_member(file: File, member: Member, person: Contact) -> int:
    """Add a member below `member.sponsor_id`, with a new person unless `member.person_id` says who; her id.

    Raises FieldRefusal or Refusal.
    """
    member = _checked(file, member)
    if not member.person_id:
        person = cleaned(replace(person, listed=person.listed))
    with file.deed("member.add", person.name):
        person_id = member.person_id or contacts.insert(file, [person])[0]
        if not member.person_id:
            suppression.note_again(file, [(person_id, person)])
        id_ = team.next_member_id(file)
        member = replace(member, id=id_, person_id=person_id, is_self=False)
        _check_tree(file, member)
        team.insert(file, [member])
    return id_


def save_member(file: File, member: Member, period: Period | None = None) -> None:
    """Store a changed member: number, rank, dates, kind, leg. Moves are `move_member`. Raises FieldRefusal.

    Kind, rank and leg count from `period` on, else from the present one.
    """
    member = _checked(file, member)
    with file.deed("member.edit", _name(file, member.id)):
        before = team.get(file, member.id)
        if member != before:
            _check_tree(file, member)
            if before and member.leg != before.leg:
                _check_leg(file, member)
            _store(file, member, period)


def _store(file: File, member: Member, period: Period | None) -> None:
    team_times.store(file, member.company_id, period or present(file, member.company_id), [member])


def rename_member(file: File, member: Member, name: str) -> None:
    """Change the name of the person who holds the place. Raises FieldRefusal when it is empty."""
    first, last = split_name(name)
    person = contacts.get(file, member.person_id)[0]
    changed = cleaned(replace(person, first_name=first, middle_name="", last_name=last))
    with file.deed("member.edit", changed.name):
        contacts.update(file, changed)
        suppression.note_again(file, [(changed.id, changed)], {person.id: person})


def move_member(
    file: File,
    member_id: int,
    above_id: int,
    placement: bool = False,
    leg: str = "",
    period: Period | None = None,
) -> None:
    """Let a member, and all below her, stand under another from `period` (else the present one) on.

    As recruited, or as placed; `leg` is where under that other one, in the tree of placements. Raises Refusal, and
    FieldRefusal when somebody else stands in that leg.
    """
    member = team.get(file, member_id)
    if member is None:
        raise Refusal(Message("This team member is gone. Nothing was changed."))
    moved = replace(member, placement_id=above_id) if placement else replace(member, sponsor_id=above_id, above="")
    if (moved.placement_id or moved.sponsor_id) != (member.placement_id or member.sponsor_id):
        moved = replace(moved, leg="")
    if leg:
        moved = replace(moved, leg=leg)
    with file.deed("member.move", _name(file, member_id)):
        if moved != member:
            _check_tree(file, moved)
            if moved.leg:
                _check_leg(file, moved)
            _store(file, moved, period)


def remove_member(file: File, member_id: int) -> None:
    """Take a member with nobody below her out of the team. Raises Refusal, which says who stands below."""
    member = team.get(file, member_id)
    if member is None:
        return
    name = _name(file, member_id)
    if member.is_self:
        raise Refusal(Message("You can't remove yourself from your own team."))
    for field in ("sponsor_id", "placement_id"):
        below = [id_ for id_, above in team.links(file, member.company_id, field).items() if above == member_id]
        if below:
            raise Refusal(
                Message(
                    "{name} has {count} below her, such as {below}. Move them first. Nothing was changed.",
                    {"name": name, "count": len(below), "below": _name(file, below[0])},
                )
            )
    with file.deed("member.remove", name):
        team.delete(file, member)
        person = contacts.get(file, member.person_id)[0]
        # a person who was only known from this team has no other reason to be kept
        is_owner = settings.read(file, "owner") == str(person.id)
        if not (person.listed or is_owner or team.of_person(file, person.id)):
            suppression.remember(file, person, consents.noes(file, person.id))
            contacts.delete(file, [person.id])


def set_volume(file: File, member_id: int, period: Period, name: str, amount: int | None) -> None:
    """Write one volume (thousandths) by hand; None makes it unknown.

    Raises FieldRefusal when it is below zero or absurd.
    """
    if team.get(file, member_id) is None:
        raise Refusal(Message("This team member is gone. Nothing was changed."))
    if amount is not None and not 0 <= amount <= MAX_VOLUME:
        raise FieldRefusal(name, Message("Write a figure from 0 and up."))
    with file.deed("member.volume", _name(file, member_id)):
        team.set_volumes(file, period.key, name, {member_id: amount})


def _checked(file: File, member: Member) -> Member:
    texts = {name: single_line(getattr(member, name))[:MAX_TEXT] for name in ("number", "rank", "highest_rank")}
    member = replace(member, **texts)  # type: ignore[arg-type]
    if member.number:
        for other in team.members(file, member.company_id):
            if other.number == member.number and other.id != member.id:
                name = _name(file, other.id)
                raise FieldRefusal("number", Message("{name} has this number already.", {"name": name}))
    return member


def _check_tree(file: File, member: Member) -> None:
    if member.id in (member.sponsor_id, member.placement_id):
        raise Refusal(Message("Nobody can stand under herself. Nothing was changed."))
    for field in ("sponsor_id", "placement_id"):
        links = team.links(file, member.company_id, field)
        above = member.sponsor_id if field == "sponsor_id" else member.placement_id or member.sponsor_id
        if above is None and not member.is_self and field == "sponsor_id" and _had_sponsor(file, member):
            raise Refusal(Message("Choose who {name} stands under.", {"name": _name(file, member.id)}))
        try:
            check_links(links | {member.id: above})
        except TreeError as error:
            raise _tree_refusal(file, error, member) from error


def _check_leg(file: File, member: Member) -> None:
    """In a leg stands one at most."""
    above = member.placement_id or member.sponsor_id
    for other in team.members(file, member.company_id) if member.leg and above else ():
        if other.leg == member.leg and other.id != member.id and (other.placement_id or other.sponsor_id) == above:
            values: dict[str, Value] = {"name": _name(file, other.id), "leg": leg_words(member.leg)}
            raise FieldRefusal("leg", Message("{name} stands in this leg already: {leg}.", values))


def _had_sponsor(file: File, member: Member) -> bool:
    before = team.get(file, member.id)
    return before is None or before.sponsor_id is not None


def _tree_refusal(file: File, error: TreeError, member: Member) -> Refusal:
    if error.code == "orphan":
        return Refusal(Message("The one to stand under is not in this team. Nothing was changed."))
    # start the circle at the moved member: she stands under …, who stands under …, who stands under her
    start = error.members.index(member.id) if member.id in error.members else 0
    circle = [_name(file, id_) for id_ in (*error.members[start:], *error.members[:start])]
    return Refusal(
        Message(
            "{name} can't stand under {above}, because {above} stands under {name}: {path}. Nothing was changed.",
            {"name": circle[0], "above": circle[1 % len(circle)], "path": " → ".join([*circle, circle[0]])},
        )
    )
