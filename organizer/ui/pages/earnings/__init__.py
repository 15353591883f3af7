"""The period's estimate."""
