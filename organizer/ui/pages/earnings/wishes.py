"""What a what-if changes: figures and activity of members who are there, and of herself. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from organizer.domain.money import volume_amount
from organizer.i18n import _, format_number, language
from organizer.services.earnings import Changes, Estimate

VOLUME, ACTIVE = "volume", "active"
Key = tuple[str, int, str]
"""VOLUME or ACTIVE, the member's place in the team, and the volume's id."""


@dataclass
class Wishes:
    """The changes in the order in which they were made first; one that changes nothing isn't there."""

    volumes: dict[Key, int] = field(default_factory=dict)
    active: dict[Key, bool] = field(default_factory=dict)
    _order: list[Key] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._order)

    def set_volume(self, now: Estimate, member: int, volume: str, amount: int | None) -> None:
        """Let the member's volume be `amount` thousandths; None, or what it is now, takes the change back."""
        key = (VOLUME, member, volume)
        if amount is None or amount == known(now, member, volume):
            self.remove(key)
        else:
            self.volumes[key] = amount
            self._note(key)

    def set_active(self, member: int, active: bool | None) -> None:
        """Let the member be active or not; None leaves it to the plan's rule."""
        key = (ACTIVE, member, "")
        if active is None:
            self.remove(key)
        else:
            self.active[key] = active
            self._note(key)

    def _note(self, key: Key) -> None:
        if key not in self._order:
            self._order.append(key)

    def remove(self, key: Key) -> None:
        """Take one change back."""
        self.volumes.pop(key, None)
        self.active.pop(key, None)
        if key in self._order:
            self._order.remove(key)

    def clear(self) -> None:
        """Take all of them back."""
        self.volumes.clear()
        self.active.clear()
        self._order.clear()

    def keys(self) -> list[Key]:
        """All changes."""
        return list(self._order)

    def volume(self, now: Estimate, member: int, volume: str) -> int | None:
        """The member's volume with the change, if there is one."""
        return self.volumes.get((VOLUME, member, volume), known(now, member, volume))

    def activity(self, member: int) -> bool | None:
        """What her activity is changed to, None where it isn't."""
        return self.active.get((ACTIVE, member, ""))

    def changes(self) -> Changes:
        """All of them together, for `what_if`."""
        volumes: dict[str, dict[int, int | None]] = {}
        for (_kind, member, volume), amount in self.volumes.items():
            volumes.setdefault(volume, {})[member] = amount
        return Changes(volumes, {member: active for (_kind, member, _v), active in self.active.items()})

    def words(self, now: Estimate, key: Key) -> str:
        """One change in words: "Bo Holm: PV 120 → 200"."""
        _kind, member, volume = key
        name = now.name_of(member)
        if key in self.active:
            return (_("{name}: active") if self.active[key] else _("{name}: not active")).format(name=name)
        before = known(now, member, volume)
        return _("{name}: {volume} {old} → {new}").format(
            name=name,
            volume=now.plan.volume(volume).name.in_language(language()),
            old=_("not known") if before is None else format_number(volume_amount(before)),
            new=format_number(volume_amount(self.volumes[key])),
        )


def known(now: Estimate, member: int, volume: str) -> int | None:
    """A member's volume as it is, None where it isn't known."""
    return now.snapshot.raw(volume)[member]
