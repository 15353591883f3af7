"""What she has chosen of a team file so far, and what the file would then change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from organizer.domain.commission.plan import Plan
from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.services import imports, plans, team
from organizer.services.files import File
from organizer.services.imports import TeamReading, TeamRow
from organizer.services.preview import Change, Line, Mend, Preview, TeamProblem
from organizer.services.team_choices import NEW_PERSON, Choices
from organizer.services.team_links import label

TAKEN = (Change.DOUBTFUL, Change.MOVED, Change.NEW, Change.CHANGED)
"""What goes in unless it is left out, in the order in which it is looked at."""


class Session:
    """One reading of a file for one company. Nothing is changed before `ready().apply()`."""

    def __init__(self, file: File, company: Company, reading: TeamReading, period: Period) -> None:
        """Raises Refusal when the file can't be compared with the team."""
        self.file = file
        self.company = company
        self.reading = reading
        self.period = period
        self.me = ""
        self.confirmed = False
        """She has looked at how the file is read: that is remembered with the import."""
        self.left: set[str] = set()
        self.people: dict[str, int] = {}
        self.mended: dict[tuple[Mend, str], str | int] = {}
        """What was mended, by kind and member: whom she stands under, or the row that counts."""
        self.mended_rows: dict[tuple[Mend, str], TeamProblem] = {}
        """The problem as it was before, for showing it as mended."""
        self.preview: Preview
        self.compare()

    def keep(self, before: Session) -> None:
        """Another reading of the same file: what she chose before counts still, where it can."""
        self.left = before.left & self.changing
        self.people = {number: person for number, person in before.people.items() if number in self.changing}
        if before.me or before.mended:
            self.me, self.mended, self.mended_rows = before.me, before.mended, before.mended_rows
            try:
                self.compare()
            except Refusal:
                self.me, self.mended, self.mended_rows = "", {}, {}

    # what the file would change

    def compare(self) -> None:
        """Work out anew what would change. Raises Refusal, and then all is as before."""
        self.preview = self._compared(self._choices())
        self.changing = {line.number for line in self.preview.lines if line.change in TAKEN}
        self.left &= self.changing

    def ready(self) -> Preview:
        """What would change with everything left out that she leaves out. Raises Refusal."""
        if not self.left and not self.people and not self.confirmed:
            return self.preview
        return self._compared(
            replace(self._choices(), left=frozenset(self.left), people=self.people, confirmed=self.confirmed)
        )

    def count(self) -> int:
        """How many changes would go in."""
        return len(self.changing) - len(self.left)

    def _compared(self, choices: Choices) -> Preview:
        return imports.preview_team(self.file, self.company, self.reading, self.period, choices)

    def _choices(self) -> Choices:
        """What decides which rows can go in; what she leaves out of them keeps its line."""
        mended = self.mended.items()
        return Choices(
            self.me,
            sponsors={number: str(value) for (kind, number), value in mended if kind is Mend.SPONSOR},
            placements={number: str(value) for (kind, number), value in mended if kind is Mend.PLACEMENT},
            rows={number: int(value) for (kind, number), value in mended if kind is Mend.ROW},
        )

    # leaving and taking

    def leave(self, numbers: Iterable[str]) -> int:
        """Leave these members out, and the new ones below them; how many of those that was."""
        wanted = [number for number in numbers if number in self.changing]
        before = len(self.left | set(wanted))
        for number in wanted:
            # one who is out already has taken those below her along
            if number not in self.left:
                self.left.add(number)
                self.left.update(self.changing.intersection(self.preview.below(number)))
        return len(self.left) - before

    def take(self, numbers: Iterable[str]) -> int:
        """Take these members after all, with the new ones below and those above; how many others that was."""
        wanted = {number for number in numbers if number in self.left}
        before = len(self.left - wanted)
        for number in wanted:
            if number in self.left:
                self.left -= {number, *self.preview.below(number)}
                self.left.difference_update(self._above(number))
        self.left -= wanted
        return before - len(self.left)

    def _above(self, number: str) -> Iterator[str]:
        """Those who are left out and without whom she would hang in the air."""
        waiting, seen = [number], {number}
        while waiting:
            row = self._rows.get(waiting.pop())
            for above in (row.sponsor_number, row.placement_number) if row else ():
                if above in self.left and above not in seen:
                    seen.add(above)
                    waiting.append(above)
                    yield above

    @cached_property
    def _rows(self) -> dict[str, TeamRow]:
        return {row.number: row for row in self.reading.records}

    def row(self, number: str) -> TeamRow | None:
        """The row of the file that has this number, the one that counts of several; None where there is none."""
        counts = self.mended.get((Mend.ROW, number))
        chosen = (row for row in self.rows_of(number) if row.row == counts) if counts else iter(())
        return next(chosen, None) or self._rows.get(number)

    def above(self, row: TeamRow) -> str:
        """The number of who recruited her, else of whom she stands under, as mended; "" where untold."""
        chosen = self.mended.get((Mend.SPONSOR, row.number)) or self.mended.get((Mend.PLACEMENT, row.number))
        return str(chosen or row.sponsor_number or row.placement_number)

    @cached_property
    def plan(self) -> Plan | None:
        """The company's plan, whose volumes the file tells."""
        return plans.by_id(self.company.plan_id, self.file)

    # who a doubtful one is

    def person(self, line: Line) -> int:
        """Whom a new one is taken for: a person's id, NEW_PERSON for a new one.

        Where it is doubtful she is new until she chooses; where it is sure she is the one it is.
        """
        sure = line.doubt[0][0] if line.doubt and line.change is not Change.DOUBTFUL else NEW_PERSON
        return self.people.get(line.number, sure)

    def is_person(self, line: Line, person_id: int) -> None:
        """Take a new one for that person, and her row with her. Nobody is two members of a team."""
        for number, person in self.people.items():
            if person == person_id != NEW_PERSON:
                self.people[number] = NEW_PERSON
        self.people[line.number] = person_id
        self.take([line.number])

    # mending

    def mend(self, problem: TeamProblem, value: str | int) -> None:
        """Let her stand under the member with that number, or that row count.

        Raises Refusal, and then all is as before.
        """
        assert problem.mend  # noqa: S101 - the screen offers it only then
        self._change((problem.mend, problem.number), value, problem)

    def reset(self, key: tuple[Mend, str]) -> None:
        """Take a mend back."""
        self._change(key, None, None)

    def _change(self, key: tuple[Mend, str], value: str | int | None, problem: TeamProblem | None) -> None:
        before, shown = dict(self.mended), dict(self.mended_rows)
        if value is None or problem is None:
            del self.mended[key], self.mended_rows[key]
        else:
            self.mended[key] = value
            self.mended_rows.setdefault(key, problem)
        try:
            self.compare()
        except Exception:
            self.mended, self.mended_rows = before, shown
            raise

    def rows_of(self, number: str) -> Sequence[TeamRow]:
        """The rows of the file that have this number, in its order."""
        found = (row for row in (*self.reading.records, *self.reading.repeated) if row.number == number)
        return sorted({row.row: row for row in found}.values(), key=lambda row: row.row)

    def named(self, number: str) -> str:
        """A member of the file or the team in words: her name and her number."""
        return self._names.get(number, number)

    def everyone_but(self, number: str) -> Sequence[tuple[str, str]]:
        """All whom the member with this number could stand under: number and words."""
        return [(other, text) for other, text in self._names.items() if other != number]

    @cached_property
    def _names(self) -> dict[str, str]:
        view = team.view(self.file, self.company.id, self.period)
        names = {
            number: label(name, number)
            for name, number in zip(view.team.names, view.team.numbers, strict=True)
            if number
        }
        return names | {row.number: label(row.name, row.number) for row in self.reading.records}
