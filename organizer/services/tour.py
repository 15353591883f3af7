"""The main job from beginning to end on sample data: what the program does where there is no screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from organizer.i18n import _
from organizer.services import companies, earnings, files, reports, samples, team
from organizer.services.earnings import Estimate
from organizer.services.jobs import Job
from organizer.services.preview import Preview
from organizer.storage import SUFFIX, Clock
from organizer.whole_file import first_free


def run(
    folder: Path | None,
    show_preview: Callable[[Preview], None],
    show_estimate: Callable[[Estimate], None],
    clock: Clock = datetime.now,
) -> list[Path]:
    """Import the samples into a new file in `folder`, show the estimate and write the four PDFs; all files made.

    Raises Refusal when `folder` can't be written to or holds a tour's file already.
    """
    folder = folder or first_free(files.default_path().parent, _("organizer-tour"), mark="-{}")
    path = folder / f"organizer{SUFFIX}"
    made = [path]
    file = files.create(path, clock)
    try:
        samples.fill(file, show_preview)
        company = companies.everyone(file)[0]
        period = team.latest_period(file, company.id)
        estimate = earnings.prepare(file, company, period).now()
        jobs: dict[str, Callable[[], Job[bytes]]] = {
            "contacts": lambda: reports.contact_list(file),
            "team": lambda: reports.team_overview(file, company, period),
            "product": lambda: reports.product_sheet(file, company, None),
            "estimate": lambda: reports.estimate(file, estimate),
        }
        for kind, job in jobs.items():
            made.append(reports.save(file, job().now(), folder / reports.suggested_name(kind)))
        # told last: everything lies there even if the reader of the output goes away
        show_estimate(estimate)
    finally:
        file.close()
    return made
