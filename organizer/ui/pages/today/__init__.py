"""Today: whom to talk to, what was said last, what was promised."""
