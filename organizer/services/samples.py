"""Invented people, products and a team to look around with, in a file of their own."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from organizer.domain.money import to_volume
from organizer.i18n import _
from organizer.resource_files import resource
from organizer.services import companies, earnings, files, imports, periods, sample_days
from organizer.services.preview import Preview
from organizer.storage import SUFFIX, Clock, File
from organizer.whole_file import first_free


def look_around(folder: Path, clock: Clock = datetime.now) -> Path:
    """A new file in `folder` with the sample data, closed again; an earlier one is left alone.

    Raises Refusal when the folder can't be written to.
    """
    path = first_free(folder, _("Organizer sample"), SUFFIX, " {}")
    file = files.create(path, clock)
    try:
        fill(file)
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    file.close()
    return path


def fill(file: File, told: Callable[[Preview], None] | None = None) -> None:
    """Bring the sample data into `file` by the same imports that a user's own files take, as one deed.

    `told` hears of each file with the preview of what it brings.
    """
    sample = tomllib.loads(resource("samples", "samples.toml").read_text(encoding="utf-8"))
    folder = resource("samples")
    with file.deed("sample.load"):
        companies.set_up(file, sample["owner"], sample["company"], sample["plan"], sample["currency"])
        company = companies.everyone(file)[-1]
        path = folder / sample["contacts"]
        _import(imports.preview_contacts(file, imports.read_contacts(path).now()), told)
        path = folder / sample["products"]
        reading = imports.read_products_file(path, company).now()
        _import(imports.preview_products(file, company, reading), told)
        for month in sample["months"]:
            period, path = periods.asked_for(file, company, month["period"]), folder / month["team"]
            members = imports.read_team_file(path, company).now()
            _import(imports.preview_team(file, company, members, period), told)
            for volume, amount in _own_figures(month):
                earnings.set_own_figure(file, company, period, volume, amount)
        sample_days.fill(file)


def _import(preview: Preview, told: Callable[[Preview], None] | None) -> None:
    if told:
        told(preview)
    preview.apply()


def _own_figures(month: dict[str, Any]) -> list[tuple[str, int]]:
    return [(volume, to_volume(Decimal(amount))) for volume, amount in month["own"].items()]
