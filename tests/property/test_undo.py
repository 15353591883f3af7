"""Any sequence of deeds, undone and redone, gives the same contents (the deeds are in deeds_machine.py)."""

import pytest
from deeds_machine import Deeds
from hypothesis import settings

Deeds.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
# backups and whole take-outs among the deeds: a slow disk is not a fault
TestDeeds = pytest.mark.timeout(400)(Deeds.TestCase)
