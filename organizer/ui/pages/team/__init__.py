"""The team page: outline tree, search and jump, period chooser, and one member in full."""
