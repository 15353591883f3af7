"""Where members stand in a matrix, the slow way: every place looked for anew from the top of the search."""

from __future__ import annotations

from collections.abc import Sequence

from world_reference import Entries, Facts

from organizer.domain.team import Kind


class Placement:
    """`links` is who each member stands below in the matrix of `component`, -1 at a top."""

    def __init__(self, facts: Facts, component: Entries) -> None:
        self.facts, self.component = facts, component
        self.width, self.depth = component["width"], component["depth"]
        team = facts.team
        first = sorted(
            facts.everyone, key=lambda one: (team.joined[one] is None, team.joined[one] or 0, team.ids[one])
        )
        self.order = {member: place for place, member in enumerate(first)}
        self.below: dict[int, list[int]] = {member: [] for member in facts.everyone}
        spillover, removal = component.get("spillover", "given"), component.get("removal", "keep")
        self.links = list(team.placement)
        if spillover != "given":
            self.links = list(team.sponsor)
            self._fill(spillover)
        elif removal != "keep":
            for member in facts.everyone:
                if not self._customer(member):
                    self.links[member] = self._holder_above(team.placement, member)
        if removal != "keep":
            self._move_up()

    def _customer(self, member: int) -> bool:
        return self.facts.is_a(member, Kind.CUSTOMER)

    def _holder_above(self, links: Sequence[int], member: int) -> int:
        above = links[member]
        while above >= 0 and self._customer(above):
            above = links[above]
        return above

    def _fill(self, spillover: str) -> None:
        sponsor = {
            member: self._holder_above(self.facts.team.sponsor, member)
            for member in self.facts.everyone
            if not self._customer(member)
        }
        placed: set[int] = set()
        while len(placed) < len(sponsor):
            ready = [one for one in sponsor if one not in placed and (sponsor[one] < 0 or sponsor[one] in placed)]
            member = min(ready, key=lambda one: self.order[one])
            self.links[member] = -1
            if sponsor[member] >= 0:
                above = self._free(sponsor[member], spillover)
                self.links[member] = above
                self.below[above].append(member)
            placed.add(member)

    def _free(self, top: int, spillover: str) -> int:
        if spillover == "depth_first":
            found = self._down(top, 0)
            if found >= 0:
                return found
        level = [top]
        while True:
            for position in level:
                if len(self.below[position]) < self.width:
                    return position
            level = [child for position in level for child in self.below[position]]

    def _down(self, position: int, level: int) -> int:
        if level >= self.depth:
            return -1
        if len(self.below[position]) < self.width:
            return position
        for child in self.below[position]:
            if (found := self._down(child, level + 1)) >= 0:
                return found
        return -1

    def _level(self, member: int) -> int:
        return 0 if self.links[member] < 0 else 1 + self._level(self.links[member])

    def _move_up(self) -> None:
        """The deepest one who left is replaced first; everybody who moves takes along nobody but customers."""
        gone = [member for member in self.facts.everyone if self.facts.is_a(member, Kind.CANCELLED)]
        customers = [member for member in self.facts.everyone if self._customer(member)]
        served_by = {member: self.links[member] for member in customers}
        stood_below = {member: self.links[member] for member in gone}
        holder = {member: member for member in self.facts.everyone if member not in customers}  # by position
        above = {position: self.links[position] for position in holder}
        instead: dict[int, int] = {}
        for member in sorted(gone, key=lambda one: -self._level(one)):
            position, first = member, -1
            while True:
                below = [one for one, over in above.items() if over == position and one in holder]
                if not below:
                    del holder[position]
                    break
                nearest = min(below, key=lambda one: self.order[holder[one]])
                first = holder[nearest] if first < 0 else first
                holder[position] = holder[nearest]
                position = nearest
            instead[member] = first
        for position, member in holder.items():
            self.links[member] = holder[above[position]] if above[position] >= 0 else -1

        def stands_for(member: int) -> int:
            while member in instead:
                member = instead[member] if instead[member] >= 0 else stood_below[member]
            return member

        for member, over in (served_by | stood_below).items():
            self.links[member] = stands_for(over)
