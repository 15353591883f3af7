"""Everything out into a folder that needs no program to be read, and in again into an empty file."""

from __future__ import annotations

import shutil
import tempfile
import time
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from organizer.domain.company import Company
from organizer.domain.everything import Everything
from organizer.domain.period import Period
from organizer.domain.result import Cancelled, Message, Refusal
from organizer.exchange import everything_tables as tables
from organizer.exchange.cards import Card
from organizer.exchange.everything_read import FileProblem, Found, read_everything
from organizer.exchange.everything_write import Written, write_everything
from organizer.exchange.icalendar import write_birthdays
from organizer.exchange.safe_write import write_safely
from organizer.exchange.vcard import write_vcards
from organizer.i18n import N_, _
from organizer.services import earnings, files, reports, takeout_readme, team
from organizer.services.jobs import Job, Progress, uncollected
from organizer.storage import File
from organizer.storage import everything as stored
from organizer.storage import team as stored_team
from organizer.whole_file import first_free, sync_folder

__all__ = ["FileProblem", "Found", "TakenOut", "read_taken_out", "take_in", "take_out", "why_not"]

README = "README.txt"
VCARDS = "contacts.vcf"
BIRTHDAYS = "birthdays.ics"
TABLES = "tables"
PDFS = "pdf"

_BUILDING = ".organizer-"
_CUT_OFF = 3600.0
"""Seconds after which an unfinished folder can't be under way any more."""

_MOST_BYTES = 100  # of a name of hers inside a file's name: 255 is the most that a disk takes
_TABLES_TAKE = 0.4  # of the time, roughly


@dataclass(frozen=True)
class TakenOut:
    """What was written: the new folder, how many of each kind (see Everything.counts), the files in it.

    "birthdays" and "pdfs" are counted too; `sums` are those of the tables that have figures, by file.
    """

    folder: Path
    counts: Mapping[str, int]
    sums: Mapping[str, Decimal]
    files: tuple[str, ...]


_Made = tuple[str, Callable[[Progress], bytes]]


def take_out(file: File, folder: Path) -> Job[TakenOut]:
    """Write everything into a new folder inside `folder`, with the date in its name. It is not encrypted.

    All facts are gathered now; the job writes. It raises Refusal where that can't be done, and Cancelled; then
    nothing is left. The new folder gets its name when it is whole.
    """
    with uncollected():
        everything = stored.read(file)
    at = file.clock()
    writer = _Writer(
        everything, _pdfs(file, everything), file.path.name, files.owner(file).name, at, files.identity(file)
    )
    name = f"{_safe(file.path.stem)} {at:%Y-%m-%d}"
    return Job(_("Taking out everything"), lambda progress: _into_new_folder(writer, folder, name, progress))


def read_taken_out(folder: Path) -> Job[Found]:
    """Read a folder that `take_out` wrote, with what is wrong with it.

    The job raises Refusal when it is another kind of folder, and Cancelled.
    """

    def work(progress: Progress) -> Found:
        inner = folder / TABLES
        with uncollected():
            return read_everything(
                inner if inner.is_dir() else folder,
                folder.name,
                progress=progress.report,
                cancelled=progress.cancelled,
            )

    return Job(_("Reading {file}").format(file=folder.name), work)


def why_not(file: File) -> Message | None:
    """Why nothing can be brought in: the file holds something already, other than her own name."""
    counts = stored.counts(file)
    if not any(counts.values()):
        return None
    return Message(
        "This file holds something already: companies: {companies}, people: {people}, team members: {members}, "
        "products: {products}, plans of your own: {plans}. Everything can only be brought into an empty file. "
        "Make a new one with File, New file, and skip its questions.",
        counts,
    )


def take_in(file: File, found: Found) -> None:
    """Bring everything into an empty file as one deed. Raises Refusal with nothing changed."""
    if message := why_not(file):
        raise Refusal(message)
    if found.problems:
        text = N_("“{folder}” has problems, so nothing was brought in. The first is in {file}.")
        raise Refusal(Message(text, {"folder": found.folder, "file": found.problems[0].file}))
    with uncollected(), file.deed("everything.import", found.folder):
        stored.insert(file, found.everything)


@dataclass(frozen=True)
class _Writer:
    """What was gathered, and how it is written."""

    everything: Everything
    pdfs: list[_Made]
    source: str
    owner: str
    at: datetime
    identity: str

    def write(self, folder: Path, progress: Progress) -> tuple[dict[str, int], list[Written], tuple[str, ...]]:
        """Write it all into `folder`; the counts, the tables, the files in the order of the README."""
        everything = self.everything
        (folder / TABLES).mkdir()
        part = _Part(progress, 0.0, _TABLES_TAKE)
        written = write_everything(everything, folder / TABLES, progress=part.report, cancelled=part.cancelled)
        listed = [person for person in everything.people if person.listed]
        names = [README]
        if listed:
            pictured = {one.person_id: one.picture for one in everything.pictures}
            write_vcards([Card(person, pictured.get(person.id)) for person in listed], folder / VCARDS)
            names.append(VCARDS)
        birthdays = write_birthdays(everything.people, folder / BIRTHDAYS, self.at, self.identity)
        names += [BIRTHDAYS] if birthdays else []
        texts = [w.file for w in written if w.rows is None]
        csvs = [w.file for w in written if w.rows is not None]
        names += [f"{TABLES}/{name}" for name in (*csvs, tables.CONTENTS, *texts)]
        names += self._write_pdfs(folder, progress)
        counts = {**everything.counts, "birthdays": birthdays, "pdfs": len(self.pdfs)}
        text = takeout_readme.text(counts, {w.file: w.sum for w in written if w.sum is not None}, names, self)
        write_safely(folder / README, text.replace("\n", "\r\n").encode("utf-8-sig", errors="replace"))
        return counts, written, tuple(names)

    def _write_pdfs(self, folder: Path, progress: Progress) -> list[str]:
        if self.pdfs:
            (folder / PDFS).mkdir()
        share = (1 - _TABLES_TAKE) / max(1, len(self.pdfs))
        for place, (name, make) in enumerate(self.pdfs):
            start = _TABLES_TAKE + place * share
            write_safely(folder / PDFS / name, make(_Part(progress, start, start + share)))
        return [f"{PDFS}/{name}" for name, _make in self.pdfs]


class _Part:
    """A progress for one step of the whole."""

    def __init__(self, whole: Progress, low: float, high: float) -> None:
        self._whole, self._low, self._high = whole, low, high

    def report(self, fraction: float) -> None:
        """How far this step is. Raises Cancelled."""
        if self._whole.cancelled():
            raise Cancelled
        self._whole.report(self._low + (self._high - self._low) * fraction)

    def cancelled(self) -> bool:
        """True when the user wants it to stop."""
        return self._whole.cancelled()


def _sweep(folder: Path) -> None:
    """Remove what a take-out that was cut off has left: it is readable to anybody."""
    with suppress(OSError):
        for left in folder.glob(f"{_BUILDING}*"):
            # a younger one may be under way in another window
            if left.is_dir() and time.time() - left.stat().st_mtime > _CUT_OFF:
                shutil.rmtree(left, ignore_errors=True)


def _into_new_folder(writer: _Writer, folder: Path, name: str, progress: Progress) -> TakenOut:
    _sweep(folder)
    try:
        building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=folder))
    except OSError as error:
        raise _not_there(folder, error) from error
    try:
        with uncollected():
            counts, written, names = writer.write(building, progress)
        _Part(progress, 0.0, 1.0).report(1.0)  # the last moment to stop
        made = building.rename(first_free(folder, name, mark=" {}"))
    except BaseException as error:
        with suppress(OSError):
            shutil.rmtree(building)
        if isinstance(error, OSError):
            raise _not_there(folder, error) from error
        raise
    sync_folder(folder)
    return TakenOut(made, counts, {w.file: w.sum for w in written if w.sum is not None}, names)


def _not_there(folder: Path, error: OSError) -> Refusal:
    text = N_("Nothing was taken out, for “{folder}” can't be written to: {reason}. Choose another folder.")
    return Refusal(Message(text, {"folder": str(folder), "reason": error.strerror or str(error)}))


def _pdfs(file: File, everything: Everything) -> list[_Made]:
    """The PDFs that there is something to print for, each with its own file name."""
    made: list[_Made] = []
    if any(person.listed for person in everything.people):
        made.append((reports.suggested_name("contacts"), reports.contact_list(file).work))
    for company in everything.companies:
        label = f" {_safe(company.name)}"
        period = team.latest_period(file, company.id)
        if any(member.company_id == company.id for member in everything.members):
            name = reports.suggested_name("team", period)
            made.append((_labelled(name, label), reports.team_overview(file, company, period).work))
        if any(product.company_id == company.id for product in everything.products):
            sheet = reports.product_sheet(file, company, None)
            made.append((_labelled(reports.suggested_name("product"), label), sheet.work))
        if stored_team.periods(file, company.id) and (work := _estimate(file, company, period)):
            made.append((_labelled(reports.suggested_name("estimate", period), label), work))
    return _different(made)


def _labelled(name: str, label: str) -> str:
    return Path(name).stem + label + ".pdf"


def _different(made: list[_Made]) -> list[_Made]:
    """Two companies may have the same name, and some disks don't tell A from a."""
    seen: set[str] = set()
    result = []
    for name, work in made:
        unique, number = name, 2
        while unique.casefold() in seen:
            unique, number = f"{Path(name).stem} ({number}).pdf", number + 1
        seen.add(unique.casefold())
        result.append((unique, work))
    return result


def _estimate(file: File, company: Company, period: Period) -> Callable[[Progress], bytes] | None:
    """The estimate is computed in the job, and laid out there; None where no plan gives one."""
    try:
        ready = earnings.prepare(file, company, period)
    except Refusal:
        return None
    owner, day = files.owner(file).name, file.clock().date()

    def work(progress: Progress) -> bytes:
        from organizer.reports.base import Head

        view = ready.work(_Part(progress, 0.0, 0.3))
        return reports.statement_pdf(view, Head(owner, company.name, day), _Part(progress, 0.3, 1.0))

    return work


def _safe(name: str) -> str:
    """A name of hers as part of a file's name on any system: letters, figures and a few harmless signs."""
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c in "-_&+()" else " " for c in name)
    words = " ".join(kept.split()).encode("utf-8", errors="ignore")[:_MOST_BYTES]
    return words.decode("utf-8", errors="ignore").strip(" -") or "Organizer"
