"""Organizer: contacts, team, products and estimated commissions for one distributor, offline, in one file."""

__version__ = "0.1.0"
