import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.domain.timeline import FollowUp, Outcome
from organizer.exchange.icalendar import write_birthdays, write_follow_ups
from organizer.i18n import set_language

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
    # married, and the year found out: the event changes and isn't a second one
    married = Contact(id=3, first_name="Anna", last_name="Holm", birthday="1980-05-07")
    assert events(tmp_path, married)[0]["UID"] == first
    assert events(tmp_path, Contact(id=4, first_name="Anna", birthday="--05-06"))[0]["UID"] != first


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


def calendar(data: bytes) -> list[dict[str, str]]:
    """The events of a calendar, by the rules of RFC 5545 alone: folding, line ends, what must be there once."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[:1] == ["BEGIN:VCALENDAR"]
    assert [line.partition(":")[0] for line in lines].count("PRODID") == 1
    assert lines.count("VERSION:2.0") == 1
    found: list[dict[str, str]] = []
    inside = False
    for line in lines[1:-1]:
        name, colon, value = line.partition(":")
        assert colon
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Za-z0-9-]+)*", name), line
        # a tab is white space, which RFC 5545 3.1 lets stand in a text
        assert not any((char < " " and char != "\t") or char == "\x7f" for char in value)
        if line in ("BEGIN:VEVENT", "END:VEVENT"):
            assert inside is (line == "END:VEVENT")
            inside = not inside
            found += [{}] if inside else []
        elif inside:
            assert name not in found[-1], "twice"
            found[-1][name] = value
    for event in found:
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert re.fullmatch(r"\d{8}", event["DTSTART;VALUE=DATE"])
        for text in (event["SUMMARY"], event.get("DESCRIPTION", "")):
            assert re.fullmatch(r"(?:[^\\,;]|\\[\\,;n])*", text)
    assert len({event["UID"] for event in found}) == len(found)
    return found


def step(id_: int = 1, due: date | None = date(2026, 12, 1), body: str = "Ring om prøven") -> FollowUp:
    return FollowUp(id_, 5, due, body)


def test_next_steps_are_private_all_day_events(tmp_path):
    path = tmp_path / "steps.ics"
    longer = "Ring om prøven; spørg til cremen, den nye\nHun er hjemme efter kl. 17"
    own = FollowUp(9, None, date(2026, 12, 24), "")
    assert (
        write_follow_ups([(step(), "Anna Bø"), (step(2, body=longer), "Bo"), (own, "")], path, NOW, "Karen") == 3
    )
    first, second, third = calendar(path.read_bytes())
    assert first.pop("UID")
    assert first == {
        "DTSTAMP": "20261123T093000Z",
        "DTSTART;VALUE=DATE": "20261201",
        "SUMMARY": "Anna Bø: Ring om prøven",
        "CLASS": "PRIVATE",
        "TRANSP": "TRANSPARENT",
    }
    assert second["SUMMARY"] == r"Bo: Ring om prøven\; spørg til cremen\, den nye"
    assert second["DESCRIPTION"] == r"Ring om prøven\; spørg til cremen\, den nye\nHun er hjemme efter kl. 17"
    assert third["SUMMARY"] == "Next step"


def test_closed_steps_and_those_without_a_day_are_left_out(tmp_path):
    closed = FollowUp(2, 5, date(2026, 12, 1), "x", done=date(2026, 11, 1), outcome=Outcome.DONE)
    assert write_follow_ups([(step(due=None), "Anna"), (closed, "Bo")], tmp_path / "s.ics", NOW) == 0
    assert not (tmp_path / "s.ics").exists()


def test_a_step_that_is_moved_stays_the_same_event(tmp_path):
    uids = set()
    for due, body in ((date(2026, 12, 1), "a"), (date(2027, 1, 1), "b")):
        write_follow_ups([(step(3, due, body), "Anna")], tmp_path / "s.ics", NOW, "Karen")
        uids.add(calendar((tmp_path / "s.ics").read_bytes())[0]["UID"])
    assert len(uids) == 1


def test_steps_and_birthdays_go_into_one_file(tmp_path):
    set_language("da")
    anna = Contact(id=1, first_name="Anna", birthday="1962-02-15")
    assert write_follow_ups([(step(), "Anna")], tmp_path / "b.ics", NOW, "Karen", [anna]) == 2
    assert [event.get("RRULE") for event in calendar((tmp_path / "b.ics").read_bytes())] == [None, "FREQ=YEARLY"]


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=40)), min_size=1, max_size=3))
def test_no_text_breaks_a_calendar(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "hostile.ics"
    steps = [(step(number, body=body), name) for number, (body, name) in enumerate(texts)]
    write_follow_ups(steps, path, NOW)
    assert len(calendar(path.read_bytes())) == len(texts)
