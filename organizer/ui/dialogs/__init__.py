"""Deeds with several steps."""
