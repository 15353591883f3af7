"""Members of a company's tree and their volumes."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, MutableSequence, Sequence
from datetime import date
from functools import lru_cache
from json import loads
from sys import intern
from typing import Any

from organizer.domain import tree
from organizer.domain.team import Kind, Member, Past, Team
from organizer.storage import history, team_past
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import member, volume

_FIELDS = (
    *("company_id", "person_id", "number", "sponsor_id", "placement_id", "kind", "rank", "highest_rank"),
    *("joined", "last_order", "above", "is_self", "leg", "since"),
)
_COLUMNS = ("id", *_FIELDS)

_TREE = """
SELECT json_group_array(id), json_group_array(person_id), json_group_array(sponsor), json_group_array(placement),
  json_group_array(is_self), json_group_array(number), json_group_array(name), json_group_array(kind),
  json_group_array(rank), json_group_array(joined), json_group_array(leg)
FROM (
  SELECT m.id, m.person_id, ifnull(m.sponsor_id, 0) AS sponsor,
    ifnull(m.placement_id, ifnull(m.sponsor_id, 0)) AS placement, m.is_self, m.number, p.name, m.kind, m.rank,
    m.joined, m.leg
  FROM member m JOIN person p ON p.id = m.person_id WHERE m.company_id = :company {there}ORDER BY m.id
)
"""
"""Whole columns as texts: a third of the time that a row for each member takes."""

_THERE = """
AND (m.is_self OR m.joined IS NULL AND m.since IS NULL OR m.joined <= :day OR m.since <= :day
  OR EXISTS (SELECT 1 FROM volume v WHERE v.member_id = m.id AND v.period = :period))
"""
"""Who was in the team on a day: as her dates say, or because she has figures."""


@as_written
def team(file: File, company_id: int, period: str, day: date | None = None) -> Team:
    """The company's whole tree with the volumes of `period` ("2026-10").

    With a `day`, the period's last one, it is the tree as it was then, without those who came later.
    """
    when = {"day": day.isoformat(), "period": period} if day else {}
    row = file.fetch(_TREE.format(there=_THERE if day else ""), {"company": company_id, **when})[0]
    plain_ids, plain_people, *plain, selves, numbers, names, kind_words, ranks, days, legs = map(loads, row)
    ids, people = array("q", plain_ids), array("q", plain_people)
    sponsors, placements = plain
    by_value = {kind.value: kind for kind in Kind}
    kinds = list(map(by_value.__getitem__, kind_words))
    # few different ones, each kept once
    ranks, legs = list(map(intern, ranks)), list(map(intern, legs))
    index = {id_: position for position, id_ in enumerate(plain_ids)}
    past = team_past.at(file, company_id, day) if day else []
    for one in past:
        if (place := index.get(one.member_id)) is not None:
            sponsors[place], kinds[place], ranks[place] = one.sponsor_id or 0, one.kind, one.rank
            placements[place], legs[place] = one.placement_id or one.sponsor_id or 0, one.leg
    sponsor = _links(file, company_id, index, sponsors, "sponsor_id", past)
    same = placements == sponsors
    return Team(
        ids=ids,
        numbers=numbers,
        names=names,
        person_ids=people,
        sponsor=sponsor,
        placement=sponsor if same else _links(file, company_id, index, placements, "placement_id", past),
        kinds=kinds,
        ranks=ranks,
        joined=list(map(_day, days)),
        volumes=_volumes(file, index, len(ids), period),
        me=selves.index(1) if 1 in selves else -1,
        legs=legs if any(legs) else (),
    )


def _links(
    file: File, company_id: int, index: Mapping[int, int], above: Sequence[int], field: str, past: Sequence[Past]
) -> MutableSequence[int]:
    """The places of those above, -1 at a top; over one who wasn't there yet to the next who was."""
    known = {0: -1, **index}
    try:
        found = array("q", map(known.__getitem__, above))
    except KeyError:
        found = array("q")
        up = links(file, company_id, field, past)
    else:
        return array("q", tree.without_circles(found)) if past else found
    for id_ in above:
        seen = set[int]()
        while id_ not in known and id_ not in seen:
            seen.add(id_)
            id_ = up.get(id_) or 0
        found.append(known.get(id_, -1))
    return array("q", tree.without_circles(found))


@as_written
def volumes(file: File, ids: Sequence[int], period: str) -> dict[str, Sequence[int | None]]:
    """The volumes of `period` by name, for the members with these ids in their order; None where not known."""
    return _volumes(file, {id_: place for place, id_ in enumerate(ids)}, len(ids), period)


def _volumes(file: File, index: Mapping[int, int], size: int, period: str) -> dict[str, Sequence[int | None]]:
    known: dict[str, Sequence[int | None]] = {}
    query = """
        SELECT name, json_group_array(member_id), json_group_array(amount) FROM volume
        WHERE period = ? GROUP BY name ORDER BY min(id)
    """
    for name, *columns in file.fetch(query, (period,)):
        ids, plain = map(loads, columns)
        same: dict[int, int] = {}
        plain = list(map(same.setdefault, plain, plain))
        if ids == list(index):
            known[name] = plain
            continue
        amounts: list[int | None] = [None] * size
        found = False
        for id_, amount in zip(ids, plain, strict=True):
            # another company's members are not in the index
            if (position := index.get(id_)) is not None:
                amounts[position] = amount
                found = True
        if found:
            known[name] = amounts
    return known


def members(file: File, company_id: int) -> list[Member]:
    """Every member of the company, in the order they were added."""
    return _read(file, "company_id = ?", company_id)


def get(file: File, id_: int) -> Member | None:
    """One member, or None when there is none."""
    return next(iter(_read(file, "id = ?", id_)), None)


def of_person(file: File, person_id: int) -> list[Member]:
    """The places that a person holds, in any company."""
    return _read(file, "person_id = ?", person_id)


@as_written
def _read(file: File, condition: str, value: int) -> list[Member]:
    rows = file.fetch(f"SELECT {', '.join(_COLUMNS)} FROM member WHERE {condition} ORDER BY id", (value,))
    return [Member(*_typed(row)) for row in rows]


def _typed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (
        *row[:6],
        Kind(row[6]),
        *row[7:9],
        _day(row[9]),
        _day(row[10]),
        row[11],
        bool(row[12]),
        row[13],
        _day(row[14]),
    )


@lru_cache(maxsize=10_000)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def links(
    file: File, company_id: int, field: str = "sponsor_id", past: Sequence[Past] = ()
) -> dict[int, int | None]:
    """Each member's id with the one above it: by `sponsor_id`, or by `placement_id` (the sponsor where unset).

    With what was true on a day (see team_past.at) they are the links of that day, those who came later included.
    """
    column = "sponsor_id" if field == "sponsor_id" else "ifnull(placement_id, sponsor_id)"
    found = dict(file.fetch(f"SELECT id, {column} FROM member WHERE company_id = ? ORDER BY id", (company_id,)))
    return laid_over(found, past, field)


def laid_over(links: dict[int, int | None], past: Sequence[Past], field: str) -> dict[int, int | None]:
    """The links with those of `past` in their place."""
    by_sponsor = field == "sponsor_id"
    told = {one.member_id: one.sponsor_id if by_sponsor else one.placement_id or one.sponsor_id for one in past}
    return links | told


def phones(file: File, company_id: int) -> dict[int, str]:
    """The first phone number of each of the company's people who has one, by person."""
    return _first_details(file, company_id, "person_phone")


def emails(file: File, company_id: int) -> dict[int, str]:
    """The first e-mail address of each of the company's people who has one, by person."""
    return _first_details(file, company_id, "person_email")


def _first_details(file: File, company_id: int, table: str) -> dict[int, str]:
    query = f"""
        SELECT d.person_id, d.value FROM {table} d
        WHERE d.person_id IN (SELECT person_id FROM member WHERE company_id = ?) ORDER BY d.id DESC
    """
    return dict(file.fetch(query, (company_id,)))


def last_orders(file: File, company_id: int) -> dict[int, date]:
    """The day of the last order by member, where the company's file tells of one."""
    query = "SELECT id, last_order FROM member WHERE company_id = ? AND last_order IS NOT NULL"
    return {id_: date.fromisoformat(day) for id_, day in file.fetch(query, (company_id,))}


def first_known(file: File, company_id: int) -> dict[int, date]:
    """The first day of the first period that each member is known in, by member, where that was noted."""
    query = "SELECT id, since FROM member WHERE company_id = ? AND since IS NOT NULL"
    return {id_: date.fromisoformat(day) for id_, day in file.fetch(query, (company_id,))}


def volumes_by_period(file: File, id_: int) -> dict[str, dict[str, int]]:
    """All of one member's volumes in thousandths: by period's key, then by name."""
    found: dict[str, dict[str, int]] = {}
    query = "SELECT period, name, amount FROM volume WHERE member_id = ? ORDER BY period"
    for period, name, amount in file.fetch(query, (id_,)):
        found.setdefault(period, {})[name] = amount
    return found


def highest_ranks(file: File) -> dict[int, str]:
    """The highest rank that the company's file tells of, by member, where it tells of one."""
    return dict(file.fetch("SELECT id, highest_rank FROM member WHERE highest_rank <> ''", ()))


def frontline(file: File, id_: int) -> int:
    """How many a member has recruited herself."""
    return int(file.fetch("SELECT count(*) FROM member WHERE sponsor_id = ?", (id_,))[0][0])


def next_member_id(file: File) -> int:
    """The id that the next new member will have; the ones after it follow."""
    return history.next_id(file.connection, member)


def use_up(file: File, last: int) -> None:
    """Give no new member the id `last` or one before it."""
    history.use_up(file.connection, member, last)


def insert(file: File, members: Sequence[Member]) -> None:
    """Store new members, whose ids ascend from `next_member_id` on."""
    # sponsors may come later in the list than those they recruited
    file.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    history.insert_rows(file.connection, member, _COLUMNS, [_values(record) for record in members])


def _values(record: Member) -> tuple[Any, ...]:
    joined, ordered, since = record.joined, record.last_order, record.since
    return (
        *(record.id, record.company_id, record.person_id, record.number, record.sponsor_id, record.placement_id),
        *(record.kind.value, record.rank, record.highest_rank),
        *(joined.isoformat() if joined else None, ordered.isoformat() if ordered else None),
        *(record.above, record.is_self, record.leg, since.isoformat() if since else None),
    )


def update(file: File, changed: Sequence[Member]) -> None:
    """Store changed members."""
    settings = ", ".join(f"{name} = ?" for name in _FIELDS)
    file.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    if changed:
        values = [(*_values(record)[1:], record.id) for record in changed]
        file.connection.exec_driver_sql(f"UPDATE member SET {settings} WHERE id = ?", values)


def delete(file: File, record: Member) -> None:
    """Delete a member with her volumes and her past; nobody may stand below her now."""
    team_past.forget(file, record)
    file.connection.execute(volume.delete().where(volume.c.member_id == record.id))
    file.connection.execute(member.delete().where(member.c.id == record.id))


def periods(file: File, company_id: int) -> list[str]:
    """The periods for which the company's members have volumes, newest first."""
    query = """
        SELECT DISTINCT v.period FROM volume v
        WHERE EXISTS (SELECT 1 FROM member m WHERE m.id = v.member_id AND m.company_id = ?) ORDER BY v.period DESC
    """
    if len(file.fetch("SELECT id FROM company LIMIT 2", ())) < 2:
        # the only company's: a walk over the index's distinct keys instead of over all volumes
        query = """
            WITH RECURSIVE p(period) AS (
              SELECT max(period) FROM volume
              UNION ALL
              SELECT (SELECT max(period) FROM volume WHERE period < p.period) FROM p WHERE p.period IS NOT NULL
            ) SELECT period FROM p WHERE period IS NOT NULL AND ? > 0
        """
    return [row[0] for row in file.fetch(query, (company_id,))]


def set_volumes(file: File, period: str, name: str, amounts: Mapping[int, int | None]) -> None:
    """Store volumes (thousandths) called `name` for members by id; None removes one. Equal ones are left alone."""
    known = dict(file.fetch("SELECT member_id, amount FROM volume WHERE period = ? AND name = ?", (period, name)))
    new = [(id_, amount) for id_, amount in amounts.items() if amount is not None and id_ not in known]
    first = history.next_id(file.connection, volume)
    numbered = [(row, id_, period, name, amount) for row, (id_, amount) in enumerate(new, first)]
    history.insert_rows(file.connection, volume, ("id", "member_id", "period", "name", "amount"), numbered)
    changed = [
        (amount, id_, period, name)
        for id_, amount in amounts.items()
        if amount is not None and id_ in known and known[id_] != amount
    ]
    where = "WHERE member_id = ? AND period = ? AND name = ?"
    if changed:
        file.connection.exec_driver_sql(f"UPDATE volume SET amount = ? {where}", changed)
    gone = [(id_, period, name) for id_, amount in amounts.items() if amount is None and id_ in known]
    if gone:
        file.connection.exec_driver_sql(f"DELETE FROM volume {where}", gone)


def volumes_of(file: File, id_: int, period: str) -> dict[str, int]:
    """One member's volumes of a period, by name, in thousandths."""
    return dict(file.fetch("SELECT name, amount FROM volume WHERE member_id = ? AND period = ?", (id_, period)))
