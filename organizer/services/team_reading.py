"""Reads a company's team file, as she has said that such files are to be read, and which period it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.exchange.team_file import read_team
from organizer.exchange.team_rows import TeamMapping, TeamReading
from organizer.i18n import _, shown
from organizer.services import file_layouts, periods, plans
from organizer.services.jobs import Job, Progress, uncollected
from organizer.storage import File

_VOLUMES_WITHOUT_PLAN = {"pv": ("PV",), "cv": ("CV",)}


def read_team_file(
    path: Path,
    company: Company,
    file: File | None = None,
    mapping: TeamMapping | None = None,
    *,
    afresh: bool = False,
    by_hand: bool = False,
) -> Job[TeamReading]:
    """Read a back office's team file, with the volumes that the company's plan names. The job raises Refusal.

    Without a `mapping`, or with one that has no columns, the file is read as she said for the company's files with
    the same headings, else as is recognised; with `afresh` what she said before is forgotten. With `by_hand` any
    table is taken: one that isn't recognised has no records, for her to choose its columns.
    """
    plan = plans.by_id(company.plan_id, file)
    volumes: Mapping[str, Sequence[str]] = _VOLUMES_WITHOUT_PLAN
    if plan:
        volumes = {volume.id: volume.columns for volume in plan.volumes if volume.columns}
    asked = mapping is not None and bool(mapping.columns)
    known = file_layouts.of_company(file, company.id) if file and not asked and not afresh else {}
    return Job(
        _("Reading {file}").format(file=shown(path.name)),
        lambda progress: _read(path, volumes, mapping, known, by_hand, progress),
    )


def period_guess(file: File, company: Company, reading: TeamReading) -> Period | None:
    """The company's period that the file names as that of its figures; None where it names none."""
    try:
        return periods.calendar_of(file, company.id).parse(reading.period_text)
    except ValueError:
        return None


def _read(
    path: Path,
    volumes: Mapping[str, Sequence[str]],
    mapping: TeamMapping | None,
    known: Mapping[str, str],
    by_hand: bool,
    progress: Progress,
) -> TeamReading:
    with uncollected():
        return read_team(
            path,
            volumes,
            mapping,
            known=partial(_remembered, known) if known else None,
            by_hand=by_hand,
            progress=progress.report,
            cancelled=progress.cancelled,
        )


def _remembered(known: Mapping[str, str], headings: Sequence[str]) -> TeamMapping | None:
    """How she said that files with these headings are read."""
    text = known.get(file_layouts.key(headings))
    try:
        return TeamMapping.from_json(text) if text else None
    except ValueError:
        return None
