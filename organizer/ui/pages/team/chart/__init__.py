"""The drawn team chart: cards joined by lines, from the whole team in one picture to one card."""
