"""One page per topic."""
