"""The reader of a folder with everything: a table or text of it spoilt is told, or nothing of it was lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random

from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.i18n import say
from organizer.services import companies, earnings, estimates, files, imports, plans, takeout
from tests.endurance.readings import Broken

_DATA = Path(__file__).parents[1] / "data"


class TakenOut:
    """A folder that everything in a file of the sample data was taken out to."""

    def __init__(self, folder: Path) -> None:
        file = files.create(folder / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
        companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
        company = companies.everyone(file)[0]
        imports.preview_contacts(file, imports.read_contacts(_DATA / "contacts_google.csv").now()).apply()
        goods = imports.read_products_file(_DATA / "products.csv", company).now()
        imports.preview_products(file, company, goods).apply()
        members = imports.read_team_file(_DATA / "team_sponsor_id.csv", company).now()
        imports.preview_team(file, company, members, Period.parse("2026-10")).apply()
        plans.save(file, plans.copy_of("teaching-binary", file))
        for period in ("2026-09", "2026-10"):
            estimates.keep(file, earnings.prepare(file, company, Period.parse(period)).now())
        self.folder = takeout.take_out(file, folder).now().folder
        file.close()
        self.tables = {path: path.read_bytes() for path in self._files()}
        self.everything = takeout.read_taken_out(self.folder).now().everything
        self.spoilt = next(iter(self.tables))

    def _files(self) -> list[Path]:
        return sorted(path for path in (self.folder / takeout.TABLES).rglob("*") if path.is_file())

    def choose(self, random: Random) -> bytes:
        """The table or text that the next cases spoil, as it was written."""
        self.spoilt = random.choice(list(self.tables))
        return self.tables[self.spoilt]

    def check(self, data: bytes) -> bool:
        """Read the folder with `data` as the chosen table; True where nothing is wrong with it. Raises Broken."""
        self.spoilt.write_bytes(data)
        try:
            found = takeout.read_taken_out(self.folder).now()
        except Refusal as refused:
            if not say(refused.message.text, refused.message.values):
                raise Broken("the refusal says nothing") from refused
            return False
        finally:
            self.spoilt.write_bytes(self.tables[self.spoilt])
        for problem in found.problems:
            if not say(problem.problem.message.text, problem.problem.message.values):
                raise Broken("a problem says nothing")
        told = bool(found.problems or found.changed)
        if not told and found.everything != self.everything:
            raise Broken(f"a change of {self.spoilt.name} is not told")
        return not found.problems
