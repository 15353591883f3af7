"""The commands of the main job: a file, imports, the month's estimate, PDFs."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from organizer import i18n
from organizer.cli.codes import OK, PARTLY
from organizer.cli.opening import company_of, opened
from organizer.cli.shown import estimate_record, show_estimate, show_preview
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.i18n import _
from organizer.services import companies, earnings, files, imports, reports, team, tour
from organizer.services.files import File
from organizer.services.preview import Preview


def new(options: argparse.Namespace) -> int:
    """Make a file, or add a company to one."""
    if options.plan and not options.company:
        raise Refusal(Message("A plan belongs to a company: say which with --company NAME."))
    path = options.file or files.default_path()
    is_there = path.exists()
    if is_there and not options.company:
        raise Refusal(Message("{file} is there already. Nothing was changed.", {"file": str(path)}))
    file = files.open_file(path) if is_there else files.create(path)
    try:
        _check_new_company(file, options.company)
        companies.set_up(file, options.owner, options.company or "", options.plan, options.currency)
    except Refusal:
        file.close()
        if not is_there:
            path.unlink()
        raise
    file.close()
    print((_("Added {name} to {file}") if is_there else _("Made {file}")).format(name=options.company, file=path))
    return OK


def _check_new_company(file: File, name: str | None) -> None:
    if name and any(company.name == name for company in companies.everyone(file)):
        raise Refusal(Message("{name} is in the file already.", {"name": name}))


def bring_in(options: argparse.Namespace) -> int:
    """Bring a file in, and tell what it changes and what stays out."""
    # read before anything is made or opened: a wrong file leaves no empty one behind
    path = options.file or files.default_path()
    people = imports.read_contacts(options.source).now() if options.what == "contacts" else None
    is_new = people is not None and not path.exists()
    if is_new and options.dry_run:
        print(_("{file} isn't there yet. Nothing was changed.").format(file=path))
        return OK
    with opened(options, make=is_new) as file:
        preview = imports.preview_contacts(file, people) if people else _preview(file, options)
        if not options.dry_run:
            # done before it is told: the reader of our output may go away in the middle
            preview.apply()
        show_preview(preview)
        if options.what == "team":
            period = options.period or _present()
            print(
                "  "
                + _("The volumes are those of {month}.").format(month=i18n.format_month(period.year, period.month))
            )
        if options.dry_run:
            print(_("Nothing was changed."))
        else:
            print(_("Done. Everything is saved in {file}.").format(file=file.path))
    return PARTLY if any(not problem.kept for problem in preview.problems) else OK


def _preview(file: File, options: argparse.Namespace) -> Preview:
    company = company_of(file, options)
    if options.what == "products":
        reading = imports.read_products_file(options.source, company).now()
        return imports.preview_products(file, company, reading)
    period = options.period or _present()
    members = imports.read_team_file(options.source, company).now()
    return imports.preview_team(file, company, members, period, options.me)


def _present() -> Period:
    return Period.containing(datetime.now().astimezone().date())


def estimate(options: argparse.Namespace) -> int:
    """Tell a month's estimate."""
    with opened(options) as file:
        company = company_of(file, options)
        period = options.period or team.latest_period(file, company.id)
        view = earnings.prepare(file, company, period).now()
        if options.json:
            print(json.dumps(estimate_record(view), ensure_ascii=False, indent=2))
        else:
            show_estimate(view, options.all)
    return OK


def report(options: argparse.Namespace) -> int:
    """Make a PDF."""
    with opened(options) as file:
        if options.what == "contacts":
            job = reports.contact_list(file)
        else:
            company = company_of(file, options)
            period = options.period or team.latest_period(file, company.id)
            if options.what == "product":
                job = reports.product_sheet(file, company, None)
            elif options.what == "team":
                job = reports.team_overview(file, company, period)
            else:
                job = reports.estimate(file, earnings.prepare(file, company, period).now())
        print(_("Saved {file}").format(file=reports.save(file, job.now(), options.out)))
    return OK


def take_tour(options: argparse.Namespace) -> int:
    """Do the whole main job on sample data."""
    made = tour.run(options.folder, show_preview, show_estimate)
    print("\n" + _("Everything lies here:"))
    for path in made:
        print(f"  {path.resolve()}")
    return OK
