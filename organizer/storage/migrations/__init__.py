"""Steps from one schema version to the next, one module each: `to_<version>.py` with `upgrade(op)`."""
