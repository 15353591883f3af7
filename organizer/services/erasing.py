"""Erase a person for good (GDPR art. 17): told before are what goes, what stays, and which backups know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from organizer.domain.result import Message, Refusal
from organizer.domain.retention import Rule, kept
from organizer.i18n import _, format_number, ngettext
from organizer.services import backups, suppression
from organizer.services.insight_words import KINDS
from organizer.storage import File, consents, contacts, erasing, insight, settings, traces

_FAR = 366 * 25
"""How many days ahead is looked for the last backup to go."""

_LOOKED_THROUGH = 30
"""Of how many people at once the history is asked whether they had another card before."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The backups that still hold somebody: how many, and the day by which the program has deleted the last of
    those it deletes itself if one is made each day (None: none to wait for). `by_hand` stay until she deletes
    them. `unseen` is the second folder where it isn't there now: what lies in it can't be counted."""

    count: int
    until: date | None
    by_hand: int
    unseen: Path | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What erasing would do, told before: in lines of the language spoken.

    `goes` is what is taken out, `stays` what has to stay and why. `mentions` are notes about others with the name
    in them, which stay as they are. `said_no`: a digest will know them again, by the phone or e-mail, or the name
    at a street; `unknown_again`: they said no too, but there is nothing by which to know them.
    """

    person_id: int
    name: str
    goes: Sequence[str]
    stays: Sequence[str]
    mentions: Sequence[str]
    holding: Holding
    said_no: bool
    unknown_again: bool


def before(file: File, person_id: int) -> Before:
    """What erasing a person would do. Reads all notes. Raises Refusal: gone, or the user herself."""
    name = _must_be_another(file, person_id)
    held = insight.held(file, person_id)
    stay, go = erasing.held_places(file, person_id)
    goes = [
        _("{what}: {count}").format(what=_(kind.title), count=format_number(count))
        for table, kind in KINDS.items()
        if (count := _going(table, held.get(table, ()), go))
    ]
    goes.append(_("The name in the history of what you did, and everything that undo could bring back"))
    refuses = any(no.lifted is None for no in consents.noes(file, person_id))
    known_again = bool(suppression.marks(contacts.get(file, person_id)[0]))
    return Before(
        person_id,
        name,
        goes,
        [_places_stay(len(stay))] if stay else [],
        [text for _table, _id, text in insight.mentions(file, person_id, insight.looked_for(file, [person_id]))],
        holding(file, person_id),
        refuses and known_again,
        refuses and not known_again,
    )


def _going(table: str, rows: Sequence[object], places: Sequence[int]) -> int:
    if table in ("member", "member_past", "volume"):
        of = "id" if table == "member" else "member_id"
        return sum(row[of] in places for row in rows if isinstance(row, dict))
    return len(rows)


def _places_stay(count: int) -> str:
    return ngettext(
        "{count} place in a team, with its number and volumes but without a name: estimates that were kept, or "
        "people below, rest on it.",
        "{count} places in teams, with their numbers and volumes but without a name: estimates that were kept, or "
        "people below, rest on them.",
        count,
    ).format(count=format_number(count))


def erase(file: File, ids: Sequence[int]) -> int:
    """Take people out of the file for good; how many. It can't be undone, and makes no backup.

    Who had said no is known again by phone or e-mail, through a digest. Raises Refusal, with everything as it was,
    when one of them is gone or the user herself.
    """
    for id_ in ids:
        _must_be_another(file, id_)
    erasing.erase(file, ids, lambda id_: _remember(file, id_))
    return len(ids)


def deleted(file: File) -> int:
    """How many contacts that were deleted undo could still bring back."""
    return len(traces.deleted(file))


def forget_deleted(file: File) -> int:
    """Take them out of the file for good; how many. Raises Refusal, with everything as it was."""
    count = deleted(file)
    erasing.forget_deleted(file)
    return count


def is_untidy(file: File) -> bool:
    """Whether traces may lie in the file's free space still, until it is opened again (`tidy`)."""
    return erasing.is_untidy(file)


def tidy(file: File) -> None:
    """Remove what traces are left of those who were erased, where that couldn't be done at once."""
    erasing.tidy(file)


def _remember(file: File, person_id: int) -> None:
    person = contacts.get(file, person_id)[0]
    suppression.remember_for_good(file, person, consents.noes(file, person_id))


def _must_be_another(file: File, person_id: int) -> str:
    found = contacts.get(file, person_id)
    if not found:
        raise Refusal(Message("This person is gone. Nothing was changed."))
    if settings.read(file, "owner") == str(person_id):
        raise Refusal(Message("This is you. The file is yours: you can't erase yourself from it."))
    return found[0].name


def holding(file: File, person_id: int, *others: int) -> Holding:
    """The backups of the open file that still hold people, or may: those since the first of them came in."""
    ids = [person_id, *others]
    came = [person.added for person in contacts.get(file, ids)]
    # with another card before this one there is no telling since when, and many aren't looked through for that
    unknown = None in came or len(ids) > _LOOKED_THROUGH or any(traces.cards_of(file, id_) != [id_] for id_ in ids)
    since = datetime.min if unknown else datetime.combine(min(filter(None, came)), time.min)  # noqa: DTZ901
    having = [one for one in backups.every(file.path) if one.at >= since]
    own = [one.at for one in having if one.made_here and one.reason is not backups.Reason.RESTORE]
    until = last_day(own, file.clock(), backups.rule(file)) if own else None
    second = backups.second_folder(file)
    unseen = second if second and not second.is_dir() else None
    return Holding(len(having), until, len(having) - (len(own) if until else 0), unseen)


def last_day(times: Sequence[datetime], now: datetime, rule: Rule) -> date | None:
    """The day on which the last backup of `times` goes, where one is made each day; None: not for ages.

    Each day from the next month on, that is: so this month's may be the one that stands for the month, which is
    how long it stays at most.
    """
    left, newer = set(times), set[datetime]()
    for days in range(1, _FAR):
        today = now + timedelta(days=days)
        if (today.year, today.month) != (now.year, now.month):
            newer.add(today)
        stay = kept([*left, *newer], today, rule)
        left, newer = left & stay, newer & stay
        if not left:
            return today.date()
    return None
