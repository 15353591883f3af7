from datetime import UTC, datetime
from pathlib import Path

import pytest

from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.exchange.icalendar import write_birthdays

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def events(tmp_path: Path, *people: Contact, owner: str = "Karen") -> list[dict[str, str]]:
    assert write_birthdays(people, tmp_path / "b.ics", NOW, owner) == sum(bool(p.birthday) for p in people)
    data = (tmp_path / "b.ics").read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert lines.count("END:VCALENDAR") == 1
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    found: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line and not line.startswith("END:"):
            name, _colon, value = line.partition(":")
            found[-1].setdefault(name, value)
    return found


def test_a_birthday_comes_back_each_year(tmp_path):
    (event,) = events(tmp_path, Contact(id=3, first_name="Anna", last_name="Bø", birthday="1962-02-15"))
    uid = event.pop("UID")
    assert len(uid) == 36
    assert event == {
        "DTSTAMP": "20261123T093000Z",
        "DTSTART;VALUE=DATE": "19620215",
        "RRULE": "FREQ=YEARLY",
        "SUMMARY": "Birthday: Anna Bø (1962)",
        "TRANSP": "TRANSPARENT",
    }


def test_the_29th_of_february_is_kept_in_every_year_and_no_year_is_made_up(tmp_path):
    (event,) = events(tmp_path, Contact(first_name="Bo", birthday="--02-29"))
    assert event["DTSTART;VALUE=DATE"] == "20000229"
    assert event["RRULE"] == "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
    assert event["SUMMARY"] == "Birthday: Bo"


def test_a_year_from_far_back_does_not_repeat_from_there(tmp_path):
    (event,) = events(tmp_path, Contact(first_name="Bo", birthday="0004-02-29"))
    assert event["DTSTART;VALUE=DATE"] == "19040229"
    assert "(4)" in event["SUMMARY"]


def test_the_same_person_is_the_same_event_and_another_owners_is_not(tmp_path):
    anna = Contact(id=3, first_name="Anna", birthday="--05-06")
    first = events(tmp_path, anna)[0]["UID"]
    assert events(tmp_path, anna)[0]["UID"] == first
    assert events(tmp_path, anna, owner="Lone")[0]["UID"] != first


def test_names_break_nothing(tmp_path):
    name = "x\nEND:VCALENDAR\n;,\\ \u202e" + "👩‍👧" * 40
    one, two = events(
        tmp_path, Contact(first_name=name, birthday="--01-02"), Contact(first_name="B", birthday="--01-03")
    )
    assert one["SUMMARY"].startswith("Birthday: x\\nEND:VCALENDAR\\n\\;\\,\\\\ ")
    assert two["SUMMARY"] == "Birthday: B"


def test_without_birthdays_there_is_no_file(tmp_path):
    assert write_birthdays([Contact(first_name="Bo")], tmp_path / "b.ics", NOW) == 0
    assert not (tmp_path / "b.ics").exists()


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(Refusal, match=r"b\.ics"):
        write_birthdays([Contact(first_name="Bo", birthday="--01-02")], tmp_path / "gone" / "b.ics", NOW)
