"""`organizer report team…`: which report of the team, and what it will take."""

from __future__ import annotations

import argparse
import sys

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.domain.team import Tree
from organizer.i18n import N_, say
from organizer.services import periods
from organizer.services.files import File
from organizer.services.jobs import Job
from organizer.services.team_report_wish import (
    LEAST_TYPE,
    MOST_LEVELS,
    MOST_PERIODS,
    MOST_TYPE,
    Figure,
    Naming,
    Paper,
    Report,
    WallOptions,
    Wish,
)
from organizer.services.team_reports import TeamReports


def team_report(file: File, company: Company, period: Period, options: argparse.Namespace) -> Job[bytes]:
    """The job for the report that `options` ask for; says what it will take. Raises Refusal."""
    reports = TeamReports(file, company)
    wish = _wish(file, company, period, options)
    if options.member:
        team = reports.view(wish).team
        if options.member not in team.numbers:
            raise Refusal(Message("Nobody in the team has the number {number}.", {"number": options.member}))
        wish = _wish(file, company, period, options, team.ids[list(team.numbers).index(options.member)])
    words = reports.words(wish)
    if words.becomes:
        print(words.becomes)
    if words.warning and words.possible:
        print(say(words.warning.text, words.warning.values), file=sys.stderr)
    return reports.job(wish)


def _wish(file: File, company: Company, period: Period, options: argparse.Namespace, member_id: int = 0) -> Wish:
    return Wish(
        period=period,
        report=Report(options.what),
        member_id=member_id,
        shown=Tree(options.tree),
        naming=Naming(options.people),
        figure=Figure(options.figures),
        wall=WallOptions(
            paper=Paper(options.paper),
            lying=not options.portrait,
            tiled=options.type is not None,
            type_size=_within(
                "--type", LEAST_TYPE if options.type is None else options.type, LEAST_TYPE, MOST_TYPE
            ),
            levels=_within("--levels", options.levels, 0, MOST_LEVELS),
            saves_paper=not options.rows,
        ),
        compared=periods.asked_for(file, company, options.compare) if options.compare else None,
        periods=_within("--back", options.back, 1, MOST_PERIODS),
    )


def _within(option: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        text = N_("{option} goes from {least} to {most}. Nothing was made.")
        raise Refusal(Message(text, {"option": option, "least": least, "most": most}))
    return value
