"""Random deeds, undone and redone, for as long as asked:

    .venv/bin/python -m tests.endurance.undo --examples 2000 --steps 50

Prints how many sequences and deeds were run; the smallest sequence that fails is shown with its steps.
"""

import argparse
import sys
import time
from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.property.deeds_machine import Contents, Deeds

_counts: Counter[str] = Counter()


class CountedDeeds(Deeds):
    """The same machine, counting what it did."""

    def teardown(self) -> None:
        _counts["sequences"] += 1
        _counts.update(f"  {deed.kind}" for deed in self.remembered())
        super().teardown()

    def _came_to(self, expected: Contents) -> None:
        _counts["undone or redone"] += 1
        super()._came_to(expected)


def main() -> int:
    """Run the machine; 1 when a sequence doesn't come back as it was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=500, help="how many sequences")
    parser.add_argument("--steps", type=int, default=40, help="the longest sequence")
    options = parser.parse_args()
    settings.register_profile(
        "endurance",
        max_examples=options.examples,
        stateful_step_count=options.steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    started = time.monotonic()
    run_state_machine_as_test(CountedDeeds, settings=settings.get_profile("endurance"))
    for name, count in sorted(_counts.items()):
        print(f"{count:>8} {name}")
    print(f"all came back as they were; {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
