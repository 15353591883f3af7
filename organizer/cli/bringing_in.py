"""`organizer import`: a file, or everything that was taken out, into hers. A backup is made before."""

from __future__ import annotations

import argparse
from dataclasses import replace

from organizer.cli.codes import OK, PARTLY
from organizer.cli.opening import company_of, folder_at, is_there, opened, path_of, period_of
from organizer.cli.shown import show_preview
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.i18n import N_, _, format_period, say, shown
from organizer.services import backups, files, imports, periods, team
from organizer.services.backups import Reason
from organizer.services.contact_import import Choices, ContactReading, in_a_year
from organizer.services.counting import in_words
from organizer.services.files import File
from organizer.services.imports import TeamReading
from organizer.services.preview import Preview
from organizer.services.team_choices import Choices as TeamChoices
from organizer.services.team_preview import IS_THAT_YOU, NOBODY_KNOWN


def bring_in(options: argparse.Namespace) -> int:
    """Bring a file in, and tell what it changes and what stays out."""
    if options.what == "everything":
        return _everything(options)
    # read before anything is made or opened: a wrong file leaves no empty one behind
    people = imports.read_contacts(options.source).now() if options.what == "contacts" else None
    if people and not people.sure:
        _ask_for_columns(people, options)
    is_new = people is not None and not is_there(path_of(options))
    if is_new and options.dry_run:
        return _would_be_new(options)
    with opened(options, make=is_new) as file:
        members, period = (None, None) if people else _members(file, options)
        preview = _of_people(file, people, options) if people else _preview(file, options, members, period)
        if members and not members.sure:
            _ask_for_columns(members, options)
        if not options.dry_run:
            if preview.changes_anything and not is_new:
                _back_up(file, options)
            # done before it is told: the reader of our output may go away in the middle
            preview.apply()
        show_preview(_doubts_told(file, preview, options))
        if members and period:
            _tell_reading(members, period, preview.period_guess == period and not options.period)
        if preview.changes_anything:
            _tell_done(file, options)
        else:
            print(_("Nothing was changed."))
    return PARTLY if any(not problem.kept for problem in preview.problems) else OK


def _of_people(file: File, people: ContactReading, options: argparse.Namespace) -> Preview:
    """What contacts would change; names without a file of their own are kept as long as was said."""
    until = options.keep_until or in_a_year(file.clock().date())
    return imports.preview_contacts(file, people, Choices(expires=until, source=options.origin))


def _doubts_told(file: File, preview: Preview, options: argparse.Namespace) -> Preview:
    """Print first whose file it may be; the preview with what is left to say."""
    notes: list[Message] = []
    for note in preview.notes:
        if note.text == NOBODY_KNOWN:
            print(say(note.text, note.values))
            if not options.me and not _has_number(file, options):
                print(_("If you are in it, say your number: --me NUMBER"))
            continue
        notes.append(note)
        if note.text == IS_THAT_YOU:
            notes.append(Message("If not, say your number: --me NUMBER"))
    # what is about the whole file has no row
    notes += [Message("File: {remark}", {"remark": one.message}) for one in preview.problems if not one.row]
    return replace(preview, notes=notes, problems=[one for one in preview.problems if one.row])


def _has_number(file: File, options: argparse.Namespace) -> bool:
    company = company_of(file, options).id
    own = files.member_of_owner(file, company)
    details = team.details(file, own, periods.present(file, company)) if own is not None else None
    return bool(details and details.member.number)


def _would_be_new(options: argparse.Namespace) -> int:
    print(_("{file} isn't there yet. Nothing was changed.").format(file=path_of(options)))
    return OK


def _tell_done(file: File, options: argparse.Namespace) -> None:
    if options.dry_run:
        print(_("Nothing was changed."))
    else:
        print(_("Done. Everything is saved in {file}.").format(file=file.path))


def _back_up(file: File, options: argparse.Namespace) -> None:
    """The way back from the import. Raises Refusal when there can be none, unless she goes without."""
    if options.without_backup:
        return
    try:
        backups.make(file, Reason.IMPORT).now()
    except Refusal as refusal:
        told = Message(
            "No backup could be made before the import, so nothing was brought in. {reason} "
            "To import all the same: --without-backup",
            {"reason": refusal.message},
        )
        raise Refusal(told) from refusal


def _members(file: File, options: argparse.Namespace) -> tuple[TeamReading | None, Period | None]:
    """What a team file holds, and the period of its figures: as asked for, else as it says, else this one."""
    if options.what != "team":
        return None, None
    company = company_of(file, options)
    asked = period_of(file, company, options) if options.period else None
    reading = imports.read_team_file(options.source, company, file).now()
    return reading, asked or imports.period_guess(file, company, reading) or periods.present(file, company.id)


def _preview(
    file: File, options: argparse.Namespace, members: TeamReading | None, period: Period | None
) -> Preview:
    company = company_of(file, options)
    if members and period:
        return imports.preview_team(file, company, members, period, TeamChoices(me=options.me))
    reading = imports.read_products_file(options.source, company).now()
    return imports.preview_products(file, company, reading)


def _ask_for_columns(reading: TeamReading | ContactReading, options: argparse.Namespace) -> None:
    """Print what each column is read as. Raises Refusal unless she only looks, or takes it as it is."""
    columns = reading.mapping.columns if reading.mapping else ()
    for heading, field in zip(reading.headings, columns, strict=False):
        if field:
            told = _("  {heading} is read as: {field}")
            print(told.format(heading=shown(heading), field=field.replace("_", " ")))
    if not options.dry_run and not options.as_shown:
        for doubt in reading.doubts:
            print("  " + say(doubt.text, doubt.values))
        sentence = N_(
            "The program isn't sure how this file is to be read, so nothing was brought in. "
            "To import it as shown: --as-shown"
        )
        raise Refusal(Message(sentence))


def _tell_reading(reading: TeamReading, period: Period, as_told: bool) -> None:
    """How a team file was read, where that isn't certain, and which period its figures went to."""
    for doubt in reading.doubts:
        print("  " + say(doubt.text, doubt.values))
    told = _("The volumes are those of {period}, as the file says.") if as_told else ""
    told = told or _("The volumes are those of {period}.")
    print("  " + told.format(period=format_period(period)))


def _everything(options: argparse.Namespace) -> int:
    """What `takeout` wrote, into an empty file, which is made where there is none."""
    from organizer.services import takeout

    found = takeout.read_taken_out(folder_at(options.source)).now()
    for name in found.changed:
        print(_("{file} is not as it was taken out.").format(file=shown(name)))
    for fault in found.problems:
        subject = f" {shown(fault.problem.subject)}:" if fault.problem.subject else ""
        told = say(fault.problem.message.text, fault.problem.message.values)
        where = _("{file}, row {row}").format(file=shown(fault.file), row=fault.problem.row)
        print(f"  {where if fault.problem.row else shown(fault.file)}:{subject} {told}")
    is_new = not is_there(path_of(options))
    if options.dry_run and is_new and not found.problems:
        print(in_words(found.everything.counts))
        return _would_be_new(options)
    if found.problems:
        raise Refusal(Message("The folder has problems, so nothing was brought in."))
    with opened(options, make=is_new) as file:
        if message := takeout.why_not(file):
            raise Refusal(message)
        if not options.dry_run:
            if not is_new:
                _back_up(file, options)
            takeout.take_in(file, found)
        print(in_words(found.everything.counts))
        _tell_done(file, options)
    return OK
