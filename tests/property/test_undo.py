"""Any sequence of deeds, undone and redone, gives the same contents (the deeds are in deeds_machine.py)."""

from deeds_machine import Deeds
from hypothesis import settings

Deeds.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestDeeds = Deeds.TestCase
