"""The month's estimate."""
