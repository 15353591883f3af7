"""What can be written after `organizer`, and the help that explains it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from organizer import __version__
from organizer.cli import main_job
from organizer.domain.period import Period
from organizer.i18n import _
from organizer.services import companies


def make_parser() -> argparse.ArgumentParser:
    """Every command with its arguments; `run` of what it reads does the command."""
    parser = argparse.ArgumentParser(
        prog="organizer", description=_("Contacts, team, products and estimated commissions, in one file.")
    )
    parser.add_argument("--version", action="version", version=f"organizer {__version__}")
    _common(parser, default=True)
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True)

    making = _command(commands, "new", _("make a new file, or add a company to one"), main_job.new)
    making.add_argument("--owner", metavar="NAME", default="", help=_("your name"))
    making.add_argument("--plan", metavar="ID", default="", help=_("the company's compensation plan"))
    making.add_argument("--currency", metavar="DKK", default=companies.DEFAULT_CURRENCY)

    reading = _command(commands, "import", _("bring a file in"), main_job.bring_in)
    reading.add_argument("what", choices=("contacts", "team", "products"))
    reading.add_argument("source", metavar="FILE", type=Path)
    reading.add_argument("--period", metavar="YYYY-MM", type=_period, help=_("the month of a team file's volumes"))
    reading.add_argument("--me", metavar="ID", default="", help=_("your own number in a team file"))
    reading.add_argument("--dry-run", action="store_true", help=_("show what would change, and change nothing"))

    counting = _command(commands, "estimate", _("estimate a month's commission"), main_job.estimate)
    counting.add_argument("--period", metavar="YYYY-MM", type=_period, help=_("default: the latest with volumes"))
    counting.add_argument("--all", action="store_true", help=_("list those who give nothing too, with the reason"))
    counting.add_argument("--json", action="store_true", help=_("for other programs; amounts as text"))

    printing = _command(commands, "report", _("make a PDF"), main_job.report)
    printing.add_argument("what", choices=("contacts", "team", "product", "estimate"))
    printing.add_argument("--out", metavar="F.pdf", type=Path, required=True)
    printing.add_argument("--period", metavar="YYYY-MM", type=_period, help=_("default: the latest with volumes"))

    touring = _command(
        commands, "tour", _("the whole main job on sample data, in a new folder"), main_job.take_tour
    )
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
