"""The ledger of consents and noes, and what knows those again who said no and were erased."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy.dialects.sqlite import insert

from organizer.domain.consent import Basis, Channel, Consent, SaidNo, Topic
from organizer.storage import settings
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import consent, said_no, suppression

_CONSENT = "id, person_id, channel, given, how, wording, basis, withdrawn, withdrawn_how"
_NO = "id, person_id, topic, day, body, lifted, lifted_body"
_AT_ONCE = 900
_SALT_KEY = "suppression salt"


@as_written
def consents(file: File, person_id: int | None = None) -> list[Consent]:
    """A person's consents or everybody's, in the order they were noted, withdrawn ones included."""
    return list(map(_consent, _rows(file, _CONSENT, "consent", person_id)))


@as_written
def noes(file: File, person_id: int | None = None) -> list[SaidNo]:
    """When a person or anybody said no, in the order it was noted, lifted ones included."""
    return list(map(_said_no, _rows(file, _NO, "said_no", person_id)))


@as_written
def consent_of(file: File, id_: int) -> Consent | None:
    """One line of the ledger, None where there is none (any more)."""
    rows = file.fetch(f"SELECT {_CONSENT} FROM consent WHERE id = ?", (id_,))
    return next(map(_consent, rows), None)


@as_written
def no_of(file: File, id_: int) -> SaidNo | None:
    """One no, None where there is none (any more)."""
    return next(map(_said_no, file.fetch(f"SELECT {_NO} FROM said_no WHERE id = ?", (id_,))), None)


@as_written
def consents_of(file: File, ids: Sequence[int]) -> dict[int, list[Consent]]:
    """The consents of many people, by person; who has none is left out."""
    found: dict[int, list[Consent]] = defaultdict(list)
    for one in map(_consent, _of_many(file, f"SELECT {_CONSENT} FROM consent WHERE person_id IN", ids)):
        found[one.person_id].append(one)
    return found


@as_written
def noes_of(file: File, ids: Sequence[int]) -> dict[int, list[SaidNo]]:
    """When each of many people said no, by person; who never did is left out."""
    found: dict[int, list[SaidNo]] = defaultdict(list)
    for one in map(_said_no, _of_many(file, f"SELECT {_NO} FROM said_no WHERE person_id IN", ids)):
        found[one.person_id].append(one)
    return found


def invited_of(file: File, ids: Sequence[int], since: date = date.min) -> dict[int, list[date]]:
    """The days from `since` until today on which each of many people was invited; who wasn't is left out."""
    found: dict[int, list[date]] = defaultdict(list)
    between = f"day BETWEEN '{since}' AND '{file.clock().date()}'"
    query = f"SELECT person_id, day FROM entry WHERE kind = 'invitation' AND {between} AND person_id IN"
    for person_id, day in _of_many(file, query, ids):
        found[person_id].append(date.fromisoformat(day))
    return found


def _consent(row: Sequence[Any]) -> Consent:
    id_, person, channel, given, how, wording, basis, withdrawn, withdrawn_how = row
    told = (Channel(channel), date.fromisoformat(given), how, wording, Basis(basis))
    return Consent(id_, person, *told, _day(withdrawn), withdrawn_how)


def _said_no(row: Sequence[Any]) -> SaidNo:
    id_, person, topic, day, body, lifted, lifted_body = row
    return SaidNo(id_, person, Topic(topic), date.fromisoformat(day), body, _day(lifted), lifted_body)


def _rows(file: File, columns: str, table: str, person_id: int | None) -> list[tuple[Any, ...]]:
    where, values = ("", ()) if person_id is None else (" WHERE person_id = ?", (person_id,))
    return file.fetch(f"SELECT {columns} FROM {table}{where} ORDER BY id", values)


def _of_many(file: File, query: str, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(ids), _AT_ONCE):
        part = tuple(ids[start : start + _AT_ONCE])
        yield from file.fetch(f"{query} ({', '.join('?' * len(part))}) ORDER BY id", part)


def add_consents(file: File, new: Iterable[Consent]) -> None:
    """Store new lines of the ledger, whatever their `id`."""
    for one in new:
        file.connection.execute(consent.insert().values(**_consent_values(one)))


def update_consent(file: File, changed: Consent) -> None:
    """Store a changed line of the ledger."""
    file.connection.execute(consent.update().where(consent.c.id == changed.id).values(**_consent_values(changed)))


def add_noes(file: File, new: Iterable[SaidNo]) -> None:
    """Store new noes, whatever their `id`."""
    for one in new:
        file.connection.execute(said_no.insert().values(**_no_values(one)))


def update_no(file: File, changed: SaidNo) -> None:
    """Store a changed no."""
    file.connection.execute(said_no.update().where(said_no.c.id == changed.id).values(**_no_values(changed)))


def suppressed(file: File) -> dict[str, tuple[Topic, date]]:
    """By digest, what those who are known only by it said no to, and when."""
    rows = file.fetch("SELECT digest, topic, day FROM suppression ORDER BY id")
    return {digest: (Topic(topic), date.fromisoformat(day)) for digest, topic, day in rows}


def suppress(file: File, digests: Mapping[str, tuple[Topic, date]]) -> None:
    """Remember these digests; one that is known stays as it is."""
    for digest, (topic, day) in digests.items():
        new = insert(suppression).values(digest=digest, topic=topic.value, day=day)
        file.connection.execute(new.on_conflict_do_nothing())


def suppress_for_good(file: File, digests: Mapping[str, tuple[Topic, date]]) -> None:
    """The same outside the history: nothing that is undone takes them away, whenever they were noted."""
    with unrecorded(file):
        suppress(file, digests)
    for digest in digests:
        file.connection.exec_driver_sql(
            "DELETE FROM history_row WHERE tbl = 'suppression' AND op = 'I' "
            "AND row_id = (SELECT id FROM suppression WHERE digest = ?)",
            (digest,),
        )


def release(file: File, digests: Iterable[str]) -> None:
    """Forget these digests."""
    for digest in digests:
        file.connection.execute(suppression.delete().where(suppression.c.digest == digest))


def salt(file: File) -> str:
    """What the file's digests are made with, as hexadecimal digits; empty where it has none yet."""
    return settings.read(file, _SALT_KEY)


def make_salt(file: File, known: str = "") -> str:
    """The same, made within the running deed where there is none, or taken over if it is `known`."""
    if not salt(file):
        settings.write(file, _SALT_KEY, known or secrets.token_hex(32))
    return salt(file)


@contextmanager
def unrecorded(file: File) -> Iterator[None]:
    """Within the running deed: what is written in the block is kept when the deed is undone."""
    run = file.connection.exec_driver_sql
    (before,) = run("SELECT active FROM history_recording").one()
    run("UPDATE history_recording SET active = 0")
    try:
        yield
    finally:
        run("UPDATE history_recording SET active = ?", (before,))


def no_to_marketing(file: File) -> set[int]:
    """Those who said no to everything: no list, label or export that serves selling may hold them."""
    query = "SELECT DISTINCT person_id FROM said_no WHERE topic = 'everything' AND lifted IS NULL"
    return {id_ for (id_,) in file.fetch(query)}


def _consent_values(one: Consent) -> dict[str, object]:
    return {
        "person_id": one.person_id,
        "channel": one.channel.value,
        "basis": one.basis.value,
        "given": one.given,
        "how": one.how,
        "wording": one.wording,
        "withdrawn": one.withdrawn,
        "withdrawn_how": one.withdrawn_how,
    }


def _no_values(one: SaidNo) -> dict[str, object]:
    return {
        "person_id": one.person_id,
        "topic": one.topic.value,
        "day": one.day,
        "body": one.body,
        "lifted": one.lifted,
        "lifted_body": one.lifted_body,
    }


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
