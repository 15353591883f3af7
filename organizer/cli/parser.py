"""What can be written after `organizer`, and the help that explains it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from organizer import __version__
from organizer.domain.period import KEY_FORMS, written
from organizer.i18n import _, parse_date

Commands = argparse._SubParsersAction
"""What commands are added to."""


def make_parser() -> argparse.ArgumentParser:
    """Every command with its arguments; `command` of what it reads says which."""
    parser = argparse.ArgumentParser(
        prog="organizer",
        description=_("Contacts, team, products and estimated commissions, in one file."),
        # a passphrase after --passphrase must not be taken for the name of a file, and told back as one
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"organizer {__version__}", help=_("show the version and exit")
    )
    _common(parser, default=True)
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    _add_main_job(commands)
    _add_plan(commands)
    _add_safekeeping(commands)
    _add_passphrase(commands)
    return parser


def _add_main_job(commands: Commands[argparse.ArgumentParser]) -> None:
    period = _("PERIOD")
    making = _command(commands, "new", _("make a new file, or add a company to one"))
    making.add_argument("--owner", metavar=_("NAME"), default="", help=_("your name"))
    making.add_argument("--plan", metavar="ID", default="", help=_("the company's compensation plan"))
    making.add_argument("--currency", metavar="DKK", default="", help=_("what the company counts in"))
    making.add_argument("--encrypt", action="store_true", help=_("encrypt the new file with a passphrase"))
    _new_passphrase(making)

    reading = _command(commands, "import", _("bring a file in"))
    reading.add_argument(
        "what", choices=("contacts", "team", "products", "everything"), help=_("what the file holds")
    )
    reading.add_argument(
        "source", metavar=_("FILE"), type=Path, help=_("for everything: the folder that takeout wrote")
    )
    reading.add_argument(
        "--period",
        metavar=period,
        type=_key,
        help=_("the period of a team file's volumes: 2026-10, 2026-W43, …; default: what the file says"),
    )
    reading.add_argument("--me", metavar="ID", default="", help=_("your own number in a team file"))
    reading.add_argument("--dry-run", action="store_true", help=_("show what would change, and change nothing"))
    reading.add_argument("--without-backup", action="store_true", help=_("make no backup before"))
    doubtful = _("import a file as --dry-run shows it, though its columns aren't sure")
    reading.add_argument("--as-shown", action="store_true", help=doubtful)

    names = reading.add_argument_group(_("for a text with names, one a line"))
    until = _("the day until which these people are kept; default: a year")
    names.add_argument("--keep-until", metavar=_("DATE"), type=_day, help=until)
    names.add_argument("--origin", metavar=_("TEXT"), default="", help=_("where the names are from"))

    writing = _command(commands, "export", _("write a file that other programs and the import read"))
    writing.add_argument("what", choices=("team", "contacts"), help=_("what to write"))
    target = _("the new file; a team's: .csv or .xlsx, contacts: .vcf, .csv or .ics")
    writing.add_argument("target", metavar=_("FILE"), type=Path, help=target)
    people = writing.add_argument_group(_("for contacts"))
    forms = ("vcf3", "vcf4", "csv", "ics")
    people.add_argument("--format", choices=forms, default="", help=_("default: as the file's name says"))
    mailing = _("to send offers: without those who may not get them, who are listed")
    people.add_argument("--mailing", choices=("email", "sms", "chat", "phone", "post"), default="", help=mailing)
    writing.add_argument("--period", metavar=period, type=_key, help=_("default: the latest with volumes"))

    counting = _command(commands, "estimate", _("estimate a period's commission"))
    counting.add_argument("--period", metavar=period, type=_key, help=_("default: the latest with volumes"))
    counting.add_argument(
        "--all-lines", action="store_true", help=_("list those who give nothing too, with the reason")
    )
    counting.add_argument("--json", action="store_true", help=_("for other programs; amounts as text"))
    _add_headless(counting)

    printing = _command(commands, "report", _("make a PDF"))
    whats = ("contacts", "team", "team-chart", "team-leg", "team-lists", "product", "estimate")
    printing.add_argument("what", choices=whats, help=_("what to print"))
    printing.add_argument("--out", metavar="F.pdf", type=Path, required=True, help=_("where to save it"))
    printing.add_argument("--period", metavar=period, type=_key, help=_("default: the latest with volumes"))

    _add_team_report(printing)

    touring = _command(commands, "tour", _("the whole main job on sample data, in a new folder"))
    touring.add_argument(
        "--folder", metavar=_("FOLDER"), type=Path, help=_("where to put it; default: a new folder here")
    )


def _add_team_report(printing: argparse.ArgumentParser) -> None:
    """What a report of the team can be told besides."""
    period = _("PERIOD")
    people = printing.add_argument_group(_("for the reports of the team"))
    people.add_argument(
        "--member", metavar="ID", default="", help=_("whose leg, by her number; default: everybody")
    )
    people.add_argument("--tree", choices=("sponsor", "placement"), default="sponsor", help=_("which tree"))
    people.add_argument(
        "--people", choices=("names", "initials", "numbers"), default="names", help=_("what stands for a person")
    )
    people.add_argument(
        "--figures",
        choices=("none", "own", "both"),
        default="both",
        help=_("no volumes, her own, or the group's too"),
    )
    people.add_argument(
        "--back", metavar="N", type=int, default=3, help=_("for team-lists: how many periods they look back")
    )
    chart = printing.add_argument_group(_("for team-chart"))
    papers = ("A4", "A3", "A2", "A1", "A0")
    chart.add_argument("--paper", choices=papers, default="A3", help=_("the size of a sheet"))
    chart.add_argument("--portrait", action="store_true", help=_("upright sheets"))
    chart.add_argument(
        "--type", metavar="PT", type=int, help=_("spread over several sheets, with type of that size")
    )
    chart.add_argument("--levels", metavar="N", type=int, default=0, help=_("draw so many levels; 0: all"))
    chart.add_argument("--rows", action="store_true", help=_("each level in a row of its own"))
    chart.add_argument("--compare", metavar=period, type=_key, help=_("mark what has changed since"))


def _add_headless(counting: argparse.ArgumentParser) -> None:
    """What `estimate` takes to work from files alone."""
    alone = counting.add_argument_group(_("from files alone, without an Organizer file"))
    alone.add_argument("--plan", metavar="PLAN.toml", type=Path, help=_("the compensation plan"))
    alone.add_argument("--team", metavar="TEAM.csv", type=Path, help=_("the members with their volumes"))
    alone.add_argument(
        "--volumes", metavar="VOLUMES.csv", type=Path, help=_("orders, and earlier periods' volumes")
    )
    alone.add_argument("--state", metavar="IN.json", type=Path, help=_("what the period before left"))
    alone.add_argument("--state-out", metavar="OUT.json", type=Path, help=_("where to save what this one leaves"))
    alone.add_argument("--me", metavar="ID", default="", help=_("your own id; default: the only one at the top"))
    alone.add_argument(
        "--figure",
        metavar="NAME=1234.50",
        type=_figure,
        action="append",
        default=[],
        help=_("a figure that the plan asks you for; as often as needed"),
    )
    whose = counting.add_mutually_exclusive_group()
    whose.add_argument("--member", metavar="ID", default="", help=_("with --team: whose estimate; default: yours"))
    whose.add_argument(
        "--all", action="store_true", help=_("with --team: everybody's totals; without: as --all-lines")
    )


def _add_plan(commands: Commands[argparse.ArgumentParser]) -> None:
    about = _command(commands, "plan", _("list, check, explain or compare compensation plans"))
    deeds = about.add_subparsers(metavar=_("COMMAND"), required=True)
    which = _("a plan file, or the id of a plan as plan list shows it")

    listing = _command(deeds, "list", _("list the plans that come along; with --file your own too"), of="plan")
    listing.add_argument("--json", action="store_true", help=_("for other programs"))

    checking = _command(deeds, "check", _("look for mistakes and oddities in plan files"), of="plan")
    checking.add_argument("plans", metavar=_("FILE"), type=Path, nargs="+", help=_("the plan files"))
    checking.add_argument("--json", action="store_true", help=_("for other programs"))

    telling = _command(deeds, "explain", _("write a plan in plain words"), of="plan")
    telling.add_argument("plan", metavar=_("PLAN"), help=which)

    beside = _command(deeds, "compare", _("show where two plans differ, in plain words"), of="plan")
    beside.add_argument("first", metavar=_("FIRST"), help=which)
    beside.add_argument("second", metavar=_("SECOND"), help=which)
    beside.add_argument("--all", action="store_true", help=_("show what is the same in both too"))


def _add_safekeeping(commands: Commands[argparse.ArgumentParser]) -> None:
    checking = _command(commands, "check", _("look for faults in the file, changing nothing"))
    checking.add_argument("--json", action="store_true", help=_("for other programs"))

    backing = _command(commands, "backup", _("make a verified backup now"))
    either = backing.add_mutually_exclusive_group()
    either.add_argument("--list", action="store_true", help=_("show the backups instead"))
    either.add_argument("--verify", action="store_true", help=_("verify all backups anew instead"))

    restoring = _command(commands, "restore", _("put a backup in the file's place; what is there is kept"))
    restoring.add_argument(
        "backup", metavar=_("BACKUP"), help=_("its name or path, as backup --list shows it, or: newest")
    )
    restoring.add_argument("--look", action="store_true", help=_("only show what is in it"))

    copying = _command(commands, "save-copy", _("save a verified copy under another name"))
    copying.add_argument("target", metavar=_("TARGET"), type=Path, help=_("the new file"))
    copying.add_argument("--replace", action="store_true", help=_("also if there is a file of that name"))

    taking = _command(commands, "takeout", _("write everything to a folder that can be read without the program"))
    taking.add_argument("folder", metavar=_("FOLDER"), type=Path, help=_("a new folder is made in it"))


def _add_passphrase(commands: Commands[argparse.ArgumentParser]) -> None:
    locking = _command(commands, "passphrase", _("encrypt the file, or no longer"))
    locking.add_argument("deed", choices=("set", "change", "remove"), help=_("what to do with it"))
    _new_passphrase(locking)
    locking.add_argument(
        "--show-recovery-key", action="store_true", help=_("write the key that opens the file without it")
    )
    locking.add_argument(
        "--delete-plain-backups", action="store_true", help=_("delete the earlier backups that aren't encrypted")
    )

    _command(commands, "forget-pin", _("remove a forgotten PIN, which guards the screen only"))


def _new_passphrase(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--new-passphrase-file",
        metavar="F",
        type=Path,
        help=_("read the new passphrase from the first line of F; - is the standard input"),
    )
    command.add_argument("--weak", action="store_true", help=_("take a passphrase that is easy to guess"))


def _command(
    commands: Commands[argparse.ArgumentParser],
    name: str,
    help_text: str,
    of: str = "",
) -> argparse.ArgumentParser:
    """The parser of a command, or of a deed `of` one."""
    description = help_text[:1].upper() + help_text[1:] + "."
    command = commands.add_parser(name, help=help_text, description=description, allow_abbrev=False)
    _common(command, default=False)
    command.set_defaults(command=of or name)
    if of:
        command.set_defaults(deed=name)
    return command


def _common(parser: argparse.ArgumentParser, default: bool) -> None:
    # accepted before and after the command; only the first sets defaults, or the second would undo it
    unset = None if default else argparse.SUPPRESS
    parser.add_argument("--file", metavar="DB", type=Path, default=unset, help=_("your Organizer file"))
    parser.add_argument(
        "--company", metavar=_("NAME"), default=unset, help=_("which company, if you have several")
    )
    parser.add_argument(
        "--passphrase-file",
        metavar="F",
        type=Path,
        default=unset,
        help=_("read the file's passphrase from the first line of F; - is the standard input"),
    )
    parser.add_argument("--lang", choices=("da", "en"), default=unset, help=_("the language to speak"))


def _figure(text: str) -> tuple[str, str]:
    """A name and what stands after the first "="."""
    name, sign, value = text.partition("=")
    if not (sign and name.strip() and value.strip()):
        raise argparse.ArgumentTypeError(_("a figure is written NAME=1234.50"))
    return name.strip(), value.strip()


def _day(text: str) -> date:
    """A day as people write it."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("write a day like 2027-11-24 or 24.11.2027")) from error


def _key(text: str) -> str:
    """A period's key; whether the company has such a period is known when its plan is."""
    try:
        return written(text).key
    except ValueError as error:
        forms = ", ".join(KEY_FORMS.values())
        told = _("a period is written as the plan counts: {forms}").format(forms=forms)
        raise argparse.ArgumentTypeError(told) from error
