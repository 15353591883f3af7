"""The ledger of consents and noes, and what knows those again who said no and were erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.dialects.sqlite import insert

from organizer.domain.consent import Basis, Channel, Consent, SaidNo, Topic
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import consent, said_no, suppression

_CONSENT = "id, person_id, channel, given, how, wording, basis, withdrawn, withdrawn_how"
_NO = "id, person_id, topic, day, body, lifted, lifted_body"


@as_written
def consents(file: File, person_id: int | None = None) -> list[Consent]:
    """A person's consents or everybody's, in the order they were noted, withdrawn ones included."""
    return [
        Consent(
            *(id_, person, Channel(channel), date.fromisoformat(given), how, wording),
            *(Basis(basis), _day(withdrawn), withdrawn_how),
        )
        for id_, person, channel, given, how, wording, basis, withdrawn, withdrawn_how in _rows(
            file, _CONSENT, "consent", person_id
        )
    ]


@as_written
def noes(file: File, person_id: int | None = None) -> list[SaidNo]:
    """When a person or anybody said no, in the order it was noted, lifted ones included."""
    return [
        SaidNo(id_, person, Topic(topic), date.fromisoformat(day), body, _day(lifted), lifted_body)
        for id_, person, topic, day, body, lifted, lifted_body in _rows(file, _NO, "said_no", person_id)
    ]


def _rows(file: File, columns: str, table: str, person_id: int | None) -> list[tuple[Any, ...]]:
    where, values = ("", ()) if person_id is None else (" WHERE person_id = ?", (person_id,))
    return file.fetch(f"SELECT {columns} FROM {table}{where} ORDER BY id", values)


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
    """Remember these digests; one that is known stays as it is, but for a wider no."""
    for digest, (topic, day) in digests.items():
        new = insert(suppression).values(digest=digest, topic=topic.value, day=day)
        wider = {"topic": topic.value, "day": day} if topic is Topic.EVERYTHING else {"digest": digest}
        file.connection.execute(new.on_conflict_do_update(index_elements=["digest"], set_=wider))


def no_to_marketing(file: File) -> set[int]:
    """Those who said no to everything: no list, label or export that serves selling may hold them."""
    query = "SELECT DISTINCT person_id FROM said_no WHERE topic = 'everything' AND lifted IS NULL"
    return {id_ for (id_,) in file.fetch(query)}


def invited(file: File, person_id: int) -> Sequence[date]:
    """The days on which a person was invited, the newest first."""
    query = "SELECT day FROM entry WHERE person_id = ? AND kind = 'invitation' ORDER BY day DESC"
    return [date.fromisoformat(day) for (day,) in file.fetch(query, (person_id,))]


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
