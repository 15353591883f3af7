"""Products: the catalogue, and the one product edited in place."""
