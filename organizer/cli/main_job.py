"""The commands of the main job: a file, a period's estimate, PDFs, the tour."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from organizer.cli.codes import OK
from organizer.cli.opening import company_of, is_there, opened, path_of, period_of
from organizer.cli.secrets import new_passphrase, with_secret
from organizer.cli.shown import estimate_record, show_estimate, show_preview
from organizer.cli.team_report import team_report
from organizer.domain.result import Message, Refusal
from organizer.i18n import _
from organizer.services import companies, earnings, files, reports, tour
from organizer.services.files import File


def new(options: argparse.Namespace) -> int:
    """Make a file, or add a company to one."""
    if options.plan and not options.company:
        raise Refusal(Message("A plan belongs to a company: say which with --company NAME."))
    path = path_of(options)
    known = is_there(path)
    if known and not options.company:
        raise Refusal(Message("{file} is there already. Nothing was changed.", {"file": str(path)}))
    if known and options.encrypt:
        raise Refusal(Message("{file} is there already. To encrypt it: passphrase set", {"file": str(path)}))
    file = _opened(path, options) if known else _made(path, options)
    try:
        _check_new_company(file, options.company)
        companies.set_up(
            file,
            options.owner,
            options.company or "",
            options.plan,
            options.currency or companies.DEFAULT_CURRENCY,
        )
    except Refusal:
        file.close()
        if not known:
            path.unlink()
        raise
    file.close()
    print((_("Added {name} to {file}") if known else _("Made {file}")).format(name=options.company, file=path))
    return OK


def _opened(path: Path, options: argparse.Namespace) -> File:
    return with_secret(options, lambda secret: files.open_file(path, secret=secret))


def _made(path: Path, options: argparse.Namespace) -> File:
    known = [options.owner, options.company or "", path.stem]
    return files.create(path, passphrase=new_passphrase(options, known) if options.encrypt else "")


def _check_new_company(file: File, name: str | None) -> None:
    if name and any(company.name == name for company in companies.everyone(file)):
        raise Refusal(Message("{name} is in the file already.", {"name": name}))


def estimate(options: argparse.Namespace) -> int:
    """Tell a period's estimate."""
    with opened(options) as file:
        company = company_of(file, options)
        period = period_of(file, company, options)
        view = earnings.prepare(file, company, period).now()
        if options.json:
            print(json.dumps(estimate_record(view), ensure_ascii=False, indent=2))
        else:
            show_estimate(view, options.all or options.all_lines)
    return OK


def report(options: argparse.Namespace) -> int:
    """Make a PDF."""
    with opened(options) as file:
        if options.what == "contacts":
            job = reports.contact_list(file)
        else:
            company = company_of(file, options)
            period = period_of(file, company, options)
            if options.what == "product":
                job = reports.product_sheet(file, company, None)
            elif options.what.startswith("team"):
                job = team_report(file, company, period, options)
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
