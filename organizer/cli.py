"""The headless commands, for people who script and for machines without a screen.

Exit codes: 0 done, 1 done but rows were left out, 2 wrong usage, 3 refused (nothing changed; why is on stderr).
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from organizer import __version__, i18n
from organizer.domain.commission.explain import trust
from organizer.domain.company import Company
from organizer.domain.money import Money, minor_digits, volume_amount
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.i18n import _, ngettext, say
from organizer.services import companies, earnings, files, imports, reports, team, tour
from organizer.services.files import File
from organizer.services.preview import Change, Preview

OK, PARTLY, USAGE, REFUSED = 0, 1, 2, 3
COMMANDS = ("new", "import", "estimate", "report", "tour")


def main(argv: Sequence[str]) -> int:
    """Run one command; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # a name that the terminal can't write must not stop an import
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    i18n.set_language(_language(argv))
    options = _parser().parse_args(argv)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except Refusal as refusal:
        print(f"organizer: {say(refusal.message.text, refusal.message.values)}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # the reader of our output has gone, as in `organizer … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130
    return code


def _language(argv: Sequence[str]) -> str:
    # the help texts need it before the arguments are read
    for place, argument in enumerate(argv):
        if argument == "--lang" and place + 1 < len(argv):
            return argv[place + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return i18n.system_language()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="organizer", description=_("Contacts, team, products and estimated commissions, in one file.")
    )
    parser.add_argument("--version", action="version", version=f"organizer {__version__}")
    _common(parser, default=True)
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True)

    making = _command(commands, "new", _("make a new file, or add a company to one"), _new)
    making.add_argument("--owner", metavar="NAME", default="", help=_("your name"))
    making.add_argument("--plan", metavar="ID", default="", help=_("the company's compensation plan"))
    making.add_argument("--currency", metavar="DKK", default=companies.DEFAULT_CURRENCY)

    reading = _command(commands, "import", _("bring a file in"), _import)
    reading.add_argument("what", choices=("contacts", "team", "products"))
    reading.add_argument("source", metavar="FILE", type=Path)
    reading.add_argument("--period", metavar="YYYY-MM", type=_period, help=_("the month of a team file's volumes"))
    reading.add_argument("--me", metavar="ID", default="", help=_("your own number in a team file"))
    reading.add_argument("--dry-run", action="store_true", help=_("show what would change, and change nothing"))

    counting = _command(commands, "estimate", _("estimate a month's commission"), _estimate)
    counting.add_argument("--period", metavar="YYYY-MM", type=_period, help=_("default: the latest with volumes"))
    counting.add_argument("--all", action="store_true", help=_("list those who give nothing too, with the reason"))
    counting.add_argument("--json", action="store_true", help=_("for other programs; amounts as text"))

    printing = _command(commands, "report", _("make a PDF"), _report)
    printing.add_argument("what", choices=("contacts", "team", "product", "estimate"))
    printing.add_argument("--out", metavar="F.pdf", type=Path, required=True)
    printing.add_argument("--period", metavar="YYYY-MM", type=_period, help=_("default: the latest with volumes"))

    touring = _command(commands, "tour", _("the whole main job on sample data, in a new folder"), _tour)
    touring.add_argument("--folder", type=Path, help=_("where to put it; default: a new folder here"))
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    help_text: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=help_text[:1].upper() + help_text[1:] + ".")
    _common(command, default=False)
    command.set_defaults(run=run)
    return command


def _common(parser: argparse.ArgumentParser, default: bool) -> None:
    # accepted before and after the command; only the first sets defaults, or the second would undo it
    unset = None if default else argparse.SUPPRESS
    parser.add_argument("--file", metavar="DB", type=Path, default=unset, help=_("your Organizer file"))
    parser.add_argument("--company", metavar="NAME", default=unset, help=_("which company, if you have several"))
    parser.add_argument("--lang", choices=("da", "en"), default=unset, help=_("the language to speak"))


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("a month is written YYYY-MM, such as 2026-10")) from error


@contextmanager
def _opened(options: argparse.Namespace, make: bool = False) -> Iterator[File]:
    path = options.file or files.default_path()
    file = files.create(path) if make and not path.exists() else files.open_file(path)
    try:
        yield file
    finally:
        file.close()


def _company(file: File, options: argparse.Namespace) -> Company:
    if options.company:
        for company in companies.everyone(file):
            if company.name.casefold() == options.company.casefold():
                return company
        raise Refusal(Message("There is no company called {name} in the file.", {"name": options.company}))
    current = companies.current(file)
    if current is None:
        raise Refusal(Message("The file has no company yet. Add one in the program, or with: organizer new"))
    return current


def _new(options: argparse.Namespace) -> int:
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


def _import(options: argparse.Namespace) -> int:
    # read before anything is made or opened: a wrong file leaves no empty one behind
    path = options.file or files.default_path()
    people = imports.read_contacts(options.source).now() if options.what == "contacts" else None
    is_new = people is not None and not path.exists()
    if is_new and options.dry_run:
        print(_("{file} isn't there yet. Nothing was changed.").format(file=path))
        return OK
    with _opened(options, make=is_new) as file:
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
    company = _company(file, options)
    if options.what == "products":
        reading = imports.read_products_file(options.source, company).now()
        return imports.preview_products(file, company, reading)
    period = options.period or _present()
    members = imports.read_team_file(options.source, company).now()
    return imports.preview_team(file, company, members, period, options.me)


def _present() -> Period:
    return Period.containing(datetime.now().astimezone().date())


def show_preview(preview: Preview) -> None:
    """Print what an import changes, and each row that stays out with its reason."""
    words = {
        Change.NEW: _("new"),
        Change.CHANGED: _("changed"),
        Change.MOVED: _("moved"),
        Change.SAME: _("unchanged"),
        Change.MISSING: _("not in the file (kept as they are)"),
    }
    counts = preview.counts
    parts = [f"{counts[change]} {word}" for change, word in words.items() if counts[change]]
    print(f"{preview.file}: {', '.join(parts) or _('nothing')}")
    for note in preview.notes:
        print("  " + say(note.text, note.values))
    for problem in preview.problems:
        where = _("row {row}").format(row=problem.row)
        subject = f" {problem.subject}:" if problem.subject else ":"
        print(f"  {where}{subject} {say(problem.message.text, problem.message.values)}")


def _estimate(options: argparse.Namespace) -> int:
    with _opened(options) as file:
        company = _company(file, options)
        period = options.period or team.latest_period(file, company.id)
        view = earnings.prepare(file, company, period).now()
        if options.json:
            print(json.dumps(estimate_record(view), ensure_ascii=False, indent=2))
        else:
            show_estimate(view, options.all)
    return OK


def show_estimate(view: earnings.Estimate, everyone: bool = False) -> None:
    """Print an estimate with its reasons; those who give nothing only when `everyone` is asked for."""
    statement, spoken = view.statement, i18n.language()

    def money(minor: int) -> str:
        return i18n.format_money(minor, statement.currency, minor_digits(statement.currency))

    month = i18n.format_month(statement.period.year, statement.period.month)
    print(_("Estimate for {month}: {total}").format(month=month, total=money(statement.total_minor)))
    plan = statement.plan_name.in_language(spoken)
    told = trust(statement.confidence, statement.teaching)
    print("  " + _("Plan: {plan}").format(plan=plan))
    print("    " + say(told.text, told.values))
    for note in view.notes:
        print("  " + say(note.text, note.values))
    rank = statement.rank.name.in_language(spoken) if statement.rank.name else _("none")
    print("  " + _("Rank: {rank}").format(rank=rank))
    print("  " + say(statement.active_reason.text, statement.active_reason.values))
    for reason in statement.rank.met:
        print("    " + say(reason.text, reason.values))
    if statement.rank.next_name and statement.rank.missing:
        print("  " + _("Missing for {rank}:").format(rank=statement.rank.next_name.in_language(spoken)))
        for reason in statement.rank.missing:
            print("    " + say(reason.text, reason.values))
    for component in statement.components:
        print(f"\n{component.name.in_language(spoken)}: {money(component.total_minor)}")
        paid = view.paid[statement.components.index(component)]
        # a bonus of one line is shown whole: its reason is the whole answer
        whole = everyone or len(component.lines) == 1
        for line in component.lines if whole else (component.lines[place] for place in paid):
            base = "–" if line.base is None else i18n.format_number(volume_amount(line.base))
            rate = i18n.format_percent(Decimal(line.rate.numerator) / line.rate.denominator)
            who = view.name_of(line.source)
            reason_text = say(line.reason.text, line.reason.values)
            print(f"  {money(line.minor):>16}  {who}: {base} × {rate}  {reason_text}")
        if not whole and len(paid) < len(component.lines):
            silent = ngettext(
                "{count} more gives nothing; estimate --all says why.",
                "{count} more give nothing; estimate --all says why.",
                len(component.lines) - len(paid),
            )
            print("  " + silent.format(count=i18n.format_number(len(component.lines) - len(paid))))
        for note in component.notes:
            print("  " + say(note.text, note.values))
    print()
    print(_("Not a promise. Your expenses are not taken off: own purchases, samples, gifts, driving, phone."))
    print(_("What the company's own statement says is what counts."))
    if statement.unknown:
        text = ngettext(
            "{count} member has no known volume this month; the true figure may be higher.",
            "{count} members have no known volume this month; the true figure may be higher.",
            statement.unknown,
        )
        print(text.format(count=statement.unknown))
    for gap in statement.missing:
        print(_("Not in this plan file: {what}").format(what=gap.in_language(spoken)))


def estimate_record(view: earnings.Estimate) -> dict[str, object]:
    """An estimate as plain data: amounts are text in whole currency units, exact; volumes text in points."""
    statement, spoken = view.statement, i18n.language()

    def amount(minor: int) -> str:
        return str(Money(minor, statement.currency).amount)

    return {
        "estimate": True,
        "company": view.company.name,
        "period": statement.period.key,
        "plan": {
            "id": statement.plan_id,
            "version": statement.plan_version,
            "confidence": statement.confidence,
            "teaching": statement.teaching,
        },
        "currency": statement.currency,
        "total": amount(statement.total_minor),
        "active": statement.active,
        "rank": view.plan.ranks[statement.rank.rank].id if statement.rank.rank >= 0 else None,
        "unknown_members": statement.unknown,
        "notes": [say(note.text, note.values) for note in view.notes],
        "missing": [text.in_language(spoken) for text in statement.missing],
        "components": [
            {
                "id": component.id,
                "kind": component.kind,
                "total": amount(component.total_minor),
                "rounding": amount(component.rounding),
                "lines": [
                    {
                        "member": view.team.numbers[line.source],
                        "level": line.level,
                        "depth": line.depth,
                        "volume": line.volume,
                        "base": None if line.base is None else str(volume_amount(line.base)),
                        "rate": str(line.rate),
                        "amount": amount(line.minor),
                        "reason": say(line.reason.text, line.reason.values),
                    }
                    for line in component.lines
                ],
            }
            for component in statement.components
        ],
    }


def _report(options: argparse.Namespace) -> int:
    with _opened(options) as file:
        if options.what == "contacts":
            job = reports.contact_list(file, options.out)
        else:
            company = _company(file, options)
            period = options.period or team.latest_period(file, company.id)
            if options.what == "product":
                job = reports.product_sheet(file, company, None, options.out)
            elif options.what == "team":
                job = reports.team_overview(file, company, period, options.out)
            else:
                job = reports.estimate(file, earnings.prepare(file, company, period).now(), options.out)
        print(_("Saved {file}").format(file=job.now()))
    return OK


def _tour(options: argparse.Namespace) -> int:
    made = tour.run(options.folder, show_preview, show_estimate)
    print("\n" + _("Everything lies here:"))
    for path in made:
        print(f"  {path.resolve()}")
    return OK
