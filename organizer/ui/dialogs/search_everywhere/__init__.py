"""Search everywhere: one field over the window, and what it finds while she types."""
