"""What a command answers the shell."""

OK, PARTLY, USAGE, REFUSED = 0, 1, 2, 3
