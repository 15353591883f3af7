"""Invented people and teams of any size, the same in every run, made once and kept in the run's folder."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from xlsxwriter import Workbook

from organizer.domain.contact import Contact, Labelled, cleaned
from organizer.domain.period import Period
from organizer.services import companies, files, imports
from organizer.services.files import File
from organizer.storage import contacts

OCTOBER = Period.parse("2026-10")
PLAN = "teaching-unilevel"

_FIRST = (
    *("Anne", "Bente", "Cecilie", "Dorte", "Else", "Freja", "Grethe", "Hanne", "Inger", "Jytte", "Karen", "Lone"),
    *("Mette", "Nanna", "Oskar", "Poul", "Rasmus", "Søren", "Tove", "Ulla", "Vibeke", "Ærlig", "Østen", "Åse"),
    *("Łukasz", "Zoë", "Юлия", "Ελένη", "Ünal", "Gert"),
)
_LAST = (
    *("Andersen", "Berg", "Christensen", "Dam", "Eriksen", "Fog", "Gravesen", "Holm", "Iversen", "Jensen", "Kjær"),
    *("Lund", "Møller", "Nørgaard", "Olsen", "Petersen", "Ravn", "Sørensen", "Toft", "Vestergaard", "Winther"),
    *("Østergaard", "Ågård", "Noszczyk", "Παπαδόπουλος"),
)
_TOWNS = (
    *("Aakirkeby", "Brædstrup", "Esbjerg", "Fåborg", "Grenaa", "Hjørring", "Ikast", "Kolding", "Lemvig", "Nyborg"),
    *("Odense", "Ribe", "Skive", "Thisted", "Varde", "Vejle", "Æbeltoft", "Ølgod", "Århus"),
)
_STREETS = ("Brombærvej", "Elmelundevej", "Ny Vestergade", "Skelmosevej", "Rosenvængets Hovedvej", "Åkandevej")
_TAGS = ("fest", "nabo", "lavendel", "kursus", "prøver sendt")
_RANKS = ("Brand Ambassador", "Silver", "Gold", "Senior Gold", "Ruby")

COLUMNS = (
    *("Level", "Paid Level", "Name", "ID", "City", "State", "Address", "Phone", "Email", "Sponsor ID"),
    *("Sponsor Name", "Customer Type", "Highest Achieved Rank", "Current Rank", "PV", "CV", "Join Date"),
    "Last Order Date",
)
"""A team export's headings, in the order of its columns."""


def people(size: int, seed: int = 1) -> Iterator[Contact]:
    """Contacts with one or two phones, mostly an e-mail and an address, a few tags and long names."""
    random = Random(seed)
    for number in range(size):
        first, last, town = random.choice(_FIRST), random.choice(_LAST), random.choice(_TOWNS)
        mail = f"person{number}@example.com" if random.random() < 0.8 else ""
        phones = [Labelled(_phone(random), "Mobile")]
        if random.random() < 0.2:
            phones.append(Labelled(_phone(random), "Work"))
        yield cleaned(
            Contact(
                first_name=first,
                middle_name=random.choice(_LAST) if random.random() < 0.2 else "",
                last_name=last,
                organization=f"{last} & Datter, helsekost og velvære" if random.random() < 0.1 else "",
                phones=tuple(phones),
                emails=(Labelled(mail, "Home"),) if mail else (),
                street=f"{random.choice(_STREETS)} {random.randrange(1, 300)}",
                postal_code=str(random.randrange(1000, 9990)),
                city=town,
                birthday=f"19{random.randrange(40, 99)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
                tags=tuple(random.sample(_TAGS, random.choice((0, 0, 0, 1, 2)))),
            )
        )


def sponsors(size: int, seed: int = 1) -> list[int]:
    """Everyone's sponsor as an index, -1 for the top: a tree some thirty levels deep at 100,000."""
    random = Random(seed)
    return [-1, *[random.randrange(member) for member in range(1, size)]]


def team_csv(folder: Path, size: int) -> Path:
    """A back office's team export with `size` rows."""
    path = folder / f"team-{size}.csv"
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(COLUMNS)
            writer.writerows(_team_rows(size))
    return path


def team_xlsx(folder: Path, size: int) -> Path:
    """The same export as a workbook, figures and dates as such."""
    path = folder / f"team-{size}.xlsx"
    if not path.exists():
        book = Workbook(str(path), {"constant_memory": True, "default_date_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for at, row in enumerate(_team_rows(size), 1):
            *plain, cv, joined, ordered = row
            # a leap day has no place in 2026
            texts = (str(day).replace("02/29/2026", "02/28/2026") for day in (joined, ordered))
            days = [datetime.strptime(text, "%m/%d/%Y") for text in texts]  # noqa: DTZ007
            sheet.write_row(at, 0, [*plain, float(str(cv).replace(",", "")), *days])
        book.close()
    return path


def _team_rows(size: int) -> Iterator[tuple[object, ...]]:
    random, above, levels, names = Random(2), sponsors(size), [0] * size, [""] * size
    for member, sponsor in enumerate(above):
        names[member] = f"{random.choice(_FIRST)} {random.choice(_LAST)}"
        levels[member] = levels[sponsor] + 1 if sponsor >= 0 else 0
        buys = random.random() < 0.3
        points = random.choice((0, 0, 0, 40, 75, 100, 100, 150, 200, 410))
        rank = "" if buys else random.choice(_RANKS)
        joined = date(2021, 1, 1) + timedelta(random.randrange(2000))
        yield (
            *(levels[member], levels[member] if points else "", names[member], 100200 + member),
            *(random.choice(_TOWNS), "", f"{random.choice(_STREETS)} {random.randrange(1, 999)}", _phone(random)),
            *(f"medlem{member}@example.com", 100200 + sponsor if sponsor >= 0 else 88001),
            *(names[sponsor] if sponsor >= 0 else "Birgit Upline", "VIP" if buys else "Brand Ambassador"),
            *(rank, rank, points, f"{points * 5.2:,.2f}", f"{joined:%m/%d/%Y}", f"{joined:%m/%d}/2026"),
        )


def _phone(random: Random) -> str:
    digits = f"{random.randrange(20_000_000, 99_999_999)}"
    return f"+45 {digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}"


def new_file(path: Path) -> File:
    """A new file with a company, its plan, and nobody in it but her."""
    file = files.create(path)
    companies.set_up(file, "Oskar Prøve", "Vita", PLAN)
    return file


def contacts_file(folder: Path, size: int) -> Path:
    """A file with `size` contacts."""
    path = folder / f"contacts-{size}{files.SUFFIX}"
    if not path.exists():
        file = new_file(path)
        with file.deed("contact.import"):
            contacts.insert(file, people(size))
        file.close()
    return path


def team_file(folder: Path, size: int) -> Path:
    """A file with a team of `size` members and October's volumes, brought in by the program's own import."""
    path = folder / f"team-{size}{files.SUFFIX}"
    if not path.exists():
        file = new_file(path)
        import_team(file, team_csv(folder, size))
        file.close()
    return path


def import_team(file: File, export: Path) -> None:
    """Read, compare and store a team export, as the Team page does."""
    company = companies.everyone(file)[0]
    reading = imports.read_team_file(export, company).now()
    imports.preview_team(file, company, reading, OCTOBER).apply()


def copy_of(path: Path, name: str) -> Path:
    """A copy beside a made file, for work that changes it."""
    return Path(shutil.copyfile(path, path.with_name(f"{name}{files.SUFFIX}")))
