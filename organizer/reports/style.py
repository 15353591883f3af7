"""Colours, type and measures of the printed page. Colours differ in lightness, so they also work in grey print."""

from __future__ import annotations

from organizer.reports.fonts import BOLD, ITALIC, REGULAR, Colour, Style

INK: Colour = (0.10, 0.13, 0.13)
GREY: Colour = (0.35, 0.40, 0.40)
ACCENT: Colour = (0.059, 0.42, 0.42)
"""Deep teal #0f6b6b, the screen's accent."""

HAIR: Colour = (0.80, 0.85, 0.85)
TINT: Colour = (0.925, 0.955, 0.95)

TITLE = Style(BOLD, 20, 26, INK)
TOTAL = Style(BOLD, 24, 34, INK)
SUBTITLE = Style(REGULAR, 10, 14, GREY)
HEADING = Style(BOLD, 12, 16, ACCENT)
RUNNING = Style(REGULAR, 8.5, 11, GREY)
RUNNING_BOLD = Style(BOLD, 8.5, 11, INK)

KEY = Style(BOLD, 19, 32, INK)
KEY_ROW = Style(REGULAR, 8.5, 32, GREY)

BODY = Style(REGULAR, 9, 12.5, INK)
BODY_BOLD = Style(BOLD, 9, 12.5, INK)
CELL = Style(REGULAR, 8.5, 11.5, INK)
CELL_BOLD = Style(BOLD, 8.5, 11.5, INK)
PRODUCT = Style(BOLD, 11, 15, INK)
FACTS = Style(REGULAR, 8.5, 12, GREY)
NOTE_HEADING = Style(BOLD, 8.5, 13, ACCENT)
SMALL = Style(REGULAR, 7.5, 10, GREY)
REASON = Style(REGULAR, 7.5, 11.5, GREY)
"""Small print beside CELL, on its lines."""

SMALL_ITALIC = Style(ITALIC, 7.5, 10, GREY)
COLUMN = Style(BOLD, 7.5, 10, ACCENT)

MARGIN = 42.0
"""Left and right, in points."""
