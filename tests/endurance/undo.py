"""Random deeds, undone and redone, for as long as asked:

    .venv/bin/python -m tests.endurance.undo --examples 2000 --steps 50

Prints how many sequences and deeds were run; the smallest sequence that fails is shown with its steps.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from organizer.services import files, samples
from organizer.storage import File
from tests.property.deeds_machine import Contents, Deeds, clock

_counts: Counter[str] = Counter()


class CountedDeeds(Deeds):
    """The same machine, counting what it did."""

    @precondition(lambda self: len(self.past) < 5)
    @rule()
    def load_the_sample(self) -> None:
        # into an empty file, as the program does; hundreds of people are too slow for the suite
        while self.past:
            self.undo()
        with self._deed():
            samples.fill(self.file)

    def teardown(self) -> None:
        _counts["sequences"] += 1
        _counts.update(f"  {deed.kind}" for deed in self.remembered())
        super().teardown()

    def _came_to(self, expected: Contents) -> None:
        _counts["undone or redone"] += 1
        super()._came_to(expected)


class EncryptedDeeds(CountedDeeds):
    """The same in an encrypted file, whose key is derived once: not what is tried here."""

    def _made(self) -> File:
        file = files.create(self.path, clock, "a passphrase to try it with")
        self.secret = file.key
        return file

    def _opened(self) -> File:
        return files.open_file(self.path, clock, self.secret)


def main() -> int:
    """Run the machine; 1 when a sequence doesn't come back as it was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=500, help="how many sequences")
    parser.add_argument("--steps", type=int, default=40, help="the longest sequence")
    parser.add_argument("--encrypted", action="store_true", help="in an encrypted file")
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
    with tempfile.TemporaryDirectory() as data:
        os.environ["XDG_DATA_HOME"] = data  # for the backups
        machine = EncryptedDeeds if options.encrypted else CountedDeeds
        run_state_machine_as_test(machine, settings=settings.get_profile("endurance"))
    for name, count in sorted(_counts.items()):
        print(f"{count:>8} {name}")
    never = [kind for kind in files.DEEDS if not _counts[f"  {kind}"]]
    print(f"deeds that no sequence ended with: {', '.join(never) or 'none'}")
    print(f"all came back as they were; {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
