"""What was said and is to be done in the sample file: days that are always near the one when it is made."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.timeline import EntryKind, FollowUp
from organizer.i18n import language
from organizer.resource_files import resource
from organizer.services import consents, contacts, follow_up_plans, follow_ups, timeline
from organizer.storage import File


def fill(file: File) -> None:
    """Bring entries, next steps, consents and birthdays into a file that holds the sample's people.

    Each goes in by the service that her own deeds go through, as part of the running deed.
    """
    told = tomllib.loads(resource("samples", "today.toml").read_text(encoding="utf-8"))
    ids = {row.name: row.id for row in contacts.rows(file)}
    today = file.clock().date()
    for one in told["birthdays"]:
        _birthday(file, ids[one["name"]], today + timedelta(days=one["in"]), one.get("born"))
    for one in told["consents"]:
        channels = [Channel(channel) for channel in one["channels"]]
        consents.give(file, ids[one["name"]], channels, _day(today, one), _text(one["how"]), _text(one["wording"]))
    for one in told["entries"]:
        kind, body = EntryKind(one["kind"]), _text(one["body"])
        timeline.add_entry(file, ids[one["name"]], _day(today, one), kind, body)
    for one in told["steps"]:
        follow_ups.add(file, _step(one, ids.get(one.get("name", "")), _day(today, one)))
    for one in told["plans"]:
        follow_up_plans.start(file, one["plan"], ids[one["name"]], _day(today, one))
    for one in told["noes"]:
        topic, body = Topic(one["topic"]), _text(one["body"])
        consents.say_no(file, ids[one["name"]], topic, _day(today, one), body)


def _birthday(file: File, person_id: int, day: date, born: int | None) -> None:
    person = contacts.get(file, person_id)
    if person:
        # who was born in a year without 29 February has the day before it
        day = day if day.strftime("%m-%d") != "02-29" else day - timedelta(days=1)
        contacts.save(file, replace(person, birthday=f"{f'{born}-' if born else '--'}{day:%m-%d}"))


def _step(one: dict[str, Any], person_id: int | None, due: date) -> FollowUp:
    channel = one.get("channel", "")
    purpose = Purpose(one.get("purpose", ""))
    return FollowUp(0, person_id, due, _text(one["body"]), None, Channel(channel) if channel else None, purpose)


def _day(today: date, one: dict[str, Any]) -> date:
    return today + timedelta(days=one["days"])


def _text(told: dict[str, str]) -> str:
    return told.get(language(), told["en"])
