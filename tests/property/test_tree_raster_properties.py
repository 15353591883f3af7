"""A chart as pixels: every mark that is seen is there, nobody else is, and lines join whom they should."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from organizer.domain.tree_layout import Layout, lay_out
from organizer.domain.tree_raster import LINE, NOTHING, Raster, Sight, flags
from tests.property.test_tree_layout_properties import forests

sights = st.builds(
    Sight,
    st.floats(-5, 40),
    st.floats(-3, 20),
    st.floats(0.01, 30),
    st.floats(0.01, 30),
    st.floats(0.1, 12),
    st.floats(0.1, 12),
    st.integers(1, 60),
    st.integers(1, 40),
)


def marked(layout: Layout) -> bytes:
    """Each member's own byte."""
    return flags([2 + member for member in range(max(layout.members, default=-1) + 1)], layout.members, 1)


@given(forests(), sights)
@example([-1, 0, 1, 2, 3, 4], Sight(-1.0, 0.0, 1.0, 3.0, 1.0, 1.0, 3, 17))
def test_each_mark_that_is_wholly_seen_is_there_or_under_another(parent: list[int], sight: Sight) -> None:
    layout = lay_out(parent)
    pixels = Raster(layout, marked(layout)).paint(sight)
    assert len(pixels) == sight.width * sight.height
    seen = set()
    for place in range(len(layout)):
        x = (layout.x[place] - sight.left) * sight.across
        y = (layout.row(place) - sight.top) * sight.down
        if 1 <= x < sight.width - 1 and 1 <= y < sight.height - 1:
            around = {
                pixels[int(y + down) * sight.width + int(x + right)] for down in (-1, 0, 1) for right in (-1, 0, 1)
            }
            assert around - {NOTHING, LINE}, "nobody is drawn where she stands"
        if -13 < x < sight.width + 13 and -13 < y < sight.height + 13:
            seen.add(2 + layout.members[place])
    assert set(pixels) <= seen | {NOTHING, LINE}, "somebody is drawn who stands elsewhere"


def picture(parent: list[int], sight: Sight) -> list[str]:
    layout = lay_out(parent)
    pixels = Raster(layout, flags([2] * len(parent), layout.members, 3)).paint(sight)
    rows = [pixels[start : start + sight.width] for start in range(0, len(pixels), sight.width)]
    return ["".join(".-#"[byte] for byte in row) for row in rows]


def test_lines_join_a_member_with_those_below_her() -> None:
    drawn = picture([-1, 0, 0], Sight(-0.5, -0.25, 6, 8, 3, 3, 12, 12))
    assert drawn == [
        ".....###....",
        ".....###....",
        ".....###....",
        "......-.....",
        "......-.....",
        "......-.....",
        "...-------..",
        "...-.....-..",
        "..###...###.",
        "..###...###.",
        "..###...###.",
        "............",
    ]


def test_a_bar_is_drawn_though_those_it_joins_are_far_outside() -> None:
    drawn = picture([-1] + [0] * 1000, Sight(100.2, 0.3, 0.5, 10, 1, 2, 4, 4))
    assert drawn == ["....", "....", "----", "----"]
