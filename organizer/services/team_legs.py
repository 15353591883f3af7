"""In which legs members stand once a team file has gone in: in each stands one at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from organizer.domain.result import Message
from organizer.exchange.team_rows import TeamRow
from organizer.i18n import N_
from organizer.services.legs import leg_words
from organizer.services.preview import TeamProblem
from organizer.services.team_links import Links, label


@dataclass(frozen=True)
class Legs:
    """The leg of each row that goes in, by node, where it is one, and what is told of those that can't be used."""

    of: Mapping[int, str] = field(default_factory=dict)
    problems: Sequence[TeamProblem] = ()


def legs(links: Links, later: frozenset[int] = frozenset()) -> Legs:
    """Who stands where: those whom the file doesn't tell of keep their legs, then the file's in its order.

    A leg that the file leaves blank is kept as long as she stands under the same one. `later` are the ids of those
    who came after the file's period: they hold no leg in it.
    """
    if not any(row.leg for row in links.rows) and not any(member and member.leg for member in links.members):
        return Legs()
    count, held, of, problems = len(links.rows), set[tuple[int, str]](), dict[int, str](), []
    for node, member in enumerate(links.members):
        if member and member.leg and member.id not in later and (node >= count or not links.accepted[node]):
            held.add((links.placement[node], member.leg))
    accepted = [node for node in range(count) if links.accepted[node]]
    told = [(node, links.rows[node].leg) for node in accepted if links.rows[node].leg]
    for node, leg in [*told, *_kept(links, accepted)]:
        above = links.placement[node]
        if above >= 0 and (above, leg) in held:
            problems.append(_taken(links.rows[node], leg))
        else:
            held.add((above, leg))
            of[node] = leg
    return Legs(of, problems)


def _kept(links: Links, accepted: Sequence[int]) -> list[tuple[int, str]]:
    found = []
    for node in accepted:
        before = links.before[node]
        if before and before.leg and not links.rows[node].leg:
            stood = links.node_of_id.get(before.placement_id or before.sponsor_id or 0, -1)
            if stood == links.placement[node]:
                found.append((node, before.leg))
    return found


def _taken(row: TeamRow, leg: str) -> TeamProblem:
    text = N_("Another stands in this leg already, so it was not used: {leg}.")
    message = Message(text, {"leg": leg_words(leg)})
    return TeamProblem(row.row, label(row.name, row.number), message, True, row.number)
