"""Contacts: the list, and the one contact edited in place."""
