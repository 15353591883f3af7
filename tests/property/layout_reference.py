"""A team chart's layout, written as slowly and plainly as can be: every pair, every row, no shared outlines."""

from __future__ import annotations

from collections.abc import Sequence

from organizer.domain.tree_layout import COUSIN, SIBLING


def positions(children: Sequence[Sequence[int]], tops: Sequence[int]) -> dict[int, float]:
    """Each member's x, the leftmost at 0."""
    shapes = [_shape(children, top) for top in tops]
    placed: dict[int, float] = {}
    for shape, at in zip(shapes, _spread(shapes), strict=True):
        placed |= {member: x + at for member, (x, _row) in shape.items()}
    left = min(placed.values(), default=0.0)
    return {member: x - left for member, x in placed.items()}


def _shape(children: Sequence[Sequence[int]], top: int) -> dict[int, tuple[float, int]]:
    """The x and row of all from `top` down, which is at 0 and in row 0."""
    shapes = [_shape(children, child) for child in children[top]]
    placed = {top: (0.0, 0)}
    for shape, at in zip(shapes, _spread(shapes), strict=True):
        placed |= {member: (x + at, row + 1) for member, (x, row) in shape.items()}
    return placed


def _spread(shapes: Sequence[dict[int, tuple[float, int]]]) -> list[float]:
    """Where each shape stands, the first and last the same distance from 0."""
    size = len(shapes)
    least = {(i, j): _least(shapes[i], shapes[j]) for j in range(size) for i in range(j)}
    near = [0.0] * size
    for j in range(size):
        near[j] = max((near[i] + least[i, j] for i in range(j)), default=0.0)
    far = [near[-1] if near else 0.0] * size
    for i in reversed(range(size)):
        far[i] = min((far[j] - least[i, j] for j in range(i + 1, size)), default=far[i])
    middle = near[-1] / 2 if near else 0.0
    return [(a + b) / 2 - middle for a, b in zip(near, far, strict=True)]


def _least(left: dict[int, tuple[float, int]], right: dict[int, tuple[float, int]]) -> float:
    pairs = [(a, b, row) for a, row in left.values() for b, other in right.values() if other == row]
    return max(a - b + (COUSIN if row else SIBLING) for a, b, row in pairs)
