"""Where members stand under the one above them in a binary tree or a matrix: what can be chosen, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.services.team import TeamView

_SIDES = ("left", "right")


def leg_words(leg: str) -> Value:
    """A leg as it is called in messages: "left", "right", a number, or a dash where it isn't known."""
    words: dict[str, Value] = {"left": Message("left"), "right": Message("right"), "": "–"}
    return words.get(leg, leg)


def offered(view: TeamView, leg: str = "") -> list[str]:
    """The legs that a member may stand in, as the plan's bonuses have them; none where the plan knows no legs.

    `leg` is the one that she stands in already, and is among them.
    """
    bonuses = view.plan.components if view.plan else ()
    found = list(_SIDES) if any(bonus.kind == "binary" for bonus in bonuses) else []
    widths = [width for bonus in bonuses if isinstance(width := getattr(bonus.rules, "width", None), int)]
    found += [str(number) for number in range(1, max(widths, default=0) + 1)]
    return found + ([leg] if leg and leg not in found else [])
