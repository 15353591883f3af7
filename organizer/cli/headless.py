"""`organizer estimate --plan PLAN.toml --team TEAM.csv`: from files alone, without a database."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from organizer import i18n
from organizer.cli import main_job
from organizer.cli.codes import OK, USAGE
from organizer.cli.headless_record import member_record, record_text, totals_record
from organizer.cli.shown import show_estimate
from organizer.domain.commission.trust import trust
from organizer.domain.money import minor_digits
from organizer.domain.result import RowProblem
from organizer.i18n import _, ngettext, say, shown
from organizer.services import headless
from organizer.services.headless import Asked, Made, Unusable
from organizer.services.team_links import label

_FAULTS_TOLD = 100
_ALONE = ("plan", "team", "volumes", "state", "state_out", "me", "member", "figure")
_WITH_A_FILE = ("file", "company", "passphrase_file")


def estimate(options: argparse.Namespace) -> int:
    """Tell a period's estimate: of the Organizer file, or of a plan and a team that are named."""
    given = [f"--{name.replace('_', '-')}" for name in _ALONE if getattr(options, name)]
    if not given:
        return main_job.estimate(options)
    mixed = [f"--{name.replace('_', '-')}" for name in _WITH_A_FILE if getattr(options, name)]
    if mixed:
        text = _("{one} is for an estimate from an Organizer file, {other} for one from files alone: not both.")
        return _wrong(text.format(one=mixed[0], other=given[0]))
    if not (options.plan and options.team):
        return _wrong(_("{option} needs --plan and --team.").format(option=given[0]))
    return _from_files(options)


def _wrong(text: str) -> int:
    print(f"organizer: {text}", file=sys.stderr)
    return USAGE


def _from_files(options: argparse.Namespace) -> int:
    if options.state_out:
        headless.check_state_place(options.state_out)
    try:
        made = headless.estimate(_asked(options), datetime.now().astimezone())
    except Unusable as unusable:
        for file, fault in unusable.faults[:_FAULTS_TOLD]:
            _tell(file, fault)
        if (more := len(unusable.faults) - _FAULTS_TOLD) > 0:
            print(ngettext("and {count} more", "and {count} more", more).format(count=more), file=sys.stderr)
        raise
    for file, note in made.read:
        _tell(file, note)
    for file, column in made.ignored:
        text = _("{file}: the column “{column}” means nothing to this plan and is ignored.")
        print(text.format(file=shown(file), column=shown(column)), file=sys.stderr)
    if options.state_out:
        # before it is told: the reader of our output may go away in the middle
        headless.save_state(options.state_out, made)
    if options.json:
        record = totals_record(made) if made.totals else member_record(made, options.all_lines)
        sys.stdout.writelines(record_text(record))
    else:
        _show(made, options.all_lines)
    return OK


def _asked(options: argparse.Namespace) -> Asked:
    return Asked(
        plan=options.plan,
        team=options.team,
        volumes=options.volumes,
        state=options.state,
        period=options.period or "",
        member=options.member,
        me=options.me,
        everyone=options.all,
        figures=dict(options.figure),
    )


def _tell(file: str, problem: RowProblem) -> None:
    where = _("{file}, row {row}").format(file=shown(file), row=problem.row)
    subject = f" {shown(problem.subject)}:" if problem.subject else ""
    print(f"{where}:{subject} {say(problem.message.text, problem.message.values)}", file=sys.stderr)


def _show(made: Made, every_line: bool) -> None:
    for note in made.notes:
        print(say(note.text, note.values))
    if made.estimate:
        show_estimate(made.estimate, every_line)
    else:
        _show_totals(made)


def _show_totals(made: Made) -> None:
    """Everybody who gets something (or owes it), with what of it comes from which bonus."""
    plan, team, found = made.snapshot.plan, made.snapshot.team, made.totals
    assert found is not None  # noqa: S101 - it is asked for only where there are totals

    def money(minor: int) -> str:
        return i18n.format_money(minor, plan.currency, minor_digits(plan.currency))

    totals = found.total.tolist()
    title = _("Totals for {period}: {total}")
    print(title.format(period=i18n.format_period(made.snapshot.period), total=money(sum(totals))))
    print("  " + _("Plan: {plan}").format(plan=plan.name.in_language(i18n.language())))
    told = trust(plan.confidence, plan.teaching)
    print("    " + say(told.text, told.values))
    parts = [(one.name.in_language(i18n.language()), found.components[one.id].tolist()) for one in plan.components]
    parts += [(_("rounding"), found.rounding.tolist()), (_("caps, returns and fees"), found.adjusted.tolist())]
    silent = 0
    for member, total in enumerate(totals):
        of_it = [f"{name} {money(amounts[member])}" for name, amounts in parts if amounts[member]]
        if not of_it:
            silent += 1
            continue
        name, id_ = team.names[member], team.numbers[member]
        who = id_ if name == id_ else label(name, id_)
        print(f"  {money(total):>16}  {who}: {', '.join(of_it)}")
    if silent:
        text = ngettext("{count} more gets nothing.", "{count} more get nothing.", silent)
        print("  " + text.format(count=i18n.format_number(silent)))
    print("\n" + _("What the company's own statement says is what counts."))
