"""One person taken out of the file for good: rows, history, search index and the free space of the file itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from json import dumps
from re import sub

from sqlalchemy.exc import OperationalError

from organizer.domain.contact import fold
from organizer.domain.result import Refusal
from organizer.storage import consents, schema, settings
from organizer.storage.file import File
from organizer.storage.insight import columns_to, known_names, names
from organizer.storage.traces import cards_of, deleted, first_names, ways

KEPT = frozenset({"member"})
"""Tables whose rows may have to stay without the name: what figures that were kept rest on."""

NOBODY = "…"
"""What stands in the history where a name stood."""

_FEWEST_DIGITS = 6
"""A shorter phone number stands in too many texts."""


def held_places(file: File, person_id: int) -> tuple[list[int], list[int]]:
    """The ids of a person's places in teams: those that must stay, and those that can go.

    A place stays where an estimate was kept for the team, or where somebody stands or stood under it.
    """
    places = file.fetch("SELECT id, company_id FROM member WHERE person_id = ? ORDER BY id", (person_id,))
    stay = {id_ for id_, company in places if _estimated(file, company) or _has_below(file, id_)}
    return sorted(stay), [id_ for id_, _company in places if id_ not in stay]


def _estimated(file: File, company_id: int) -> bool:
    return bool(file.fetch("SELECT 1 FROM estimate WHERE company_id = ? LIMIT 1", (company_id,)))


def _has_below(file: File, member_id: int) -> bool:
    query = """
        SELECT 1 FROM member WHERE sponsor_id = ?1 OR placement_id = ?1
        UNION ALL SELECT 1 FROM member_past WHERE sponsor_id = ?1 OR placement_id = ?1
        UNION ALL SELECT 1 FROM history_row WHERE tbl IN ('member', 'member_past') AND image IS NOT NULL
          AND (json_extract(image, '$.sponsor_id') = ?1 OR json_extract(image, '$.placement_id') = ?1)
        LIMIT 1
    """
    return bool(file.fetch(query, (member_id,)))


def erase(file: File, ids: Iterable[int], before: Callable[[int], object]) -> None:
    """Take people out for good, with all cards of theirs that undo could bring back; nothing of it can be undone.

    `before` is called with each in the same transaction, first. Afterwards no byte of the file holds what was
    taken out: it is overwritten, and the file is written anew, which takes a moment for a large one. Where that
    can't be now, as the disk is full or another program reads the file, `tidy` does it later (`is_untidy`).
    Raises Refusal, with everything as it was.
    """
    with _for_good(file):
        for person_id in ids:
            before(person_id)
            _take_out(file, person_id)


def forget_deleted(file: File) -> None:
    """Take out for good whoever was deleted and could come back by undo. Raises Refusal, with all as it was."""
    with _for_good(file):
        ids = deleted(file)
        _rename_deeds(file, ids, known_names(file, ids))
        _keep_marks(file, ids)
        _purge_history(file, ids, [])


@contextmanager
def _for_good(file: File) -> Iterator[None]:
    """What is taken out in the block is overwritten, and no undo brings it back."""
    file.connection.exec_driver_sql("PRAGMA secure_delete = ON")
    # no deed: the history must not know of it
    with file._transaction(), consents.unrecorded(file):
        settings.write(file, settings.UNTIDY, "1")
        _forget_undone(file)
        yield
        _note_change(file)
    tidy(file)
    file.take_notice()
    for listener in list(file.listeners):
        listener(frozenset(table.name for table in schema.TRACKED) - {"company", "setting"})


def is_untidy(file: File) -> bool:
    """Whether the file has yet to be written anew after somebody was erased."""
    return bool(settings.read(file, settings.UNTIDY))


def tidy(file: File) -> None:
    """Write the file anew where that is due; when it can't be, it stays due."""
    if not is_untidy(file):
        return
    with suppress(OperationalError, Refusal):
        file.connection.exec_driver_sql("VACUUM")
        file.remember(settings.UNTIDY, "")


def _take_out(file: File, person_id: int) -> None:
    ids = cards_of(file, person_id)
    called = known_names(file, ids)
    _stay, go = held_places(file, person_id)
    _rename_deeds(file, ids, called)
    _keep_marks(file, ids)
    _purge_history(file, ids, go)
    _remove_rows(file, ids, go)
    _forget_above(file, called)
    _clear(file, person_id)


def _run(file: File, query: str, values: Iterable[object] = ()) -> None:
    file.connection.exec_driver_sql(query, tuple(values))


def _forget_undone(file: File) -> None:
    """What was taken back can't be done again: it may bring the person in."""
    for first, last in file.fetch("SELECT first_row, last_row FROM history_deed WHERE undone"):
        _run(file, "DELETE FROM history_row WHERE id BETWEEN ? AND ?", (first, last))
    _run(file, "DELETE FROM history_deed WHERE undone")


def _purge_history(file: File, ids: Sequence[int], gone_places: Sequence[int]) -> None:
    people, places = _listed(ids), _listed(gone_places)
    for table in schema.TRACKED:
        about = [(column, people) for column in columns_to(table, "person") if table.name not in KEPT]
        about += [(column, places) for column in columns_to(table, "member") if column == "member_id"]
        about += [("id", places)] if table.name == "member" else []
        for column, which in about:
            _run(
                file,
                "DELETE FROM history_row WHERE tbl = ? AND image IS NOT NULL "
                f"AND json_extract(image, '$.{column}') IN ({which})",
                (table.name,),
            )
    _purge_cards(file, ids)


def _purge_cards(file: File, ids: Sequence[int]) -> None:
    """Forget what the cards said. Of one that is gone, an empty card stays where undo brings back its places."""
    _run(
        file,
        f"DELETE FROM history_row WHERE tbl = 'person' AND row_id IN ({_listed(ids)}) AND image IS NOT NULL "
        "AND (op <> 'D' OR row_id NOT IN (SELECT json_extract(image, '$.person_id') FROM history_row "
        "WHERE tbl = 'member' AND image IS NOT NULL))",
    )
    query = "SELECT id, row_id FROM history_row WHERE tbl = 'person' AND image IS NOT NULL AND row_id IN"
    for row, id_ in file.fetch(f"{query} ({_listed(ids)})"):
        empty = dumps({"id": id_, "listed": 0, **_blank()})
        _run(file, "UPDATE history_row SET image = ? WHERE id = ?", (empty, row))


def _keep_marks(file: File, ids: Sequence[int]) -> None:
    """By what a no of theirs is known again stays known, whichever deed noted it and is undone."""
    people = _listed(ids)
    query = f"""
        DELETE FROM history_row WHERE tbl = 'suppression' AND op = 'I' AND EXISTS (
          SELECT 1 FROM history_deed d JOIN history_row o ON o.id BETWEEN d.first_row AND d.last_row
          WHERE history_row.id BETWEEN d.first_row AND d.last_row
            AND (o.tbl = 'person' AND o.row_id IN ({people}) OR o.tbl = 'said_no' AND o.row_id IN (
              SELECT id FROM said_no WHERE person_id IN ({people})
              UNION SELECT row_id FROM history_row WHERE tbl = 'said_no' AND image IS NOT NULL
                AND json_extract(image, '$.person_id') IN ({people}))))
    """
    _run(file, query)


def _rename_deeds(file: File, ids: Sequence[int], called: Sequence[str]) -> None:
    reached, firsts = ways(file, ids), first_names(file, ids)
    for id_, kind, subject in file.fetch("SELECT id, kind, subject FROM history_deed WHERE subject <> ''"):
        # in a task or the name of a file the first name alone often means the person
        own_words = kind.startswith("task.") or kind.endswith(".import")
        meant = [*called, *(firsts if own_words else ())]
        text = fold(subject)
        # few hold the first word at all, and a look is quick
        if any(fold(name).partition(" ")[0] in text and names(text, name) for name in meant) or _reaches(
            text, reached
        ):
            _run(file, "UPDATE history_deed SET subject = ? WHERE id = ?", (NOBODY, id_))


def _reaches(text: str, reached: Iterable[str]) -> bool:
    """Whether a text holds one of these phones, given as digits, or e-mails."""
    folded, digits = fold(text), sub(r"\D", "", text)
    return any(one in digits if one.isdigit() else one in folded for one in reached if len(one) >= _FEWEST_DIGITS)


def _remove_rows(file: File, ids: Sequence[int], gone_places: Sequence[int]) -> None:
    _run(file, "PRAGMA defer_foreign_keys = ON")
    people, places = _listed(ids), _listed(gone_places)
    for table in schema.TRACKED:
        about = [(column, people) for column in columns_to(table, "person") if table.name not in KEPT]
        about += [(column, places) for column in columns_to(table, "member") if column == "member_id"]
        for column, which in about:
            _run(file, f"DELETE FROM {table.name} WHERE {column} IN ({which})")
    _run(file, f"DELETE FROM member WHERE id IN ({places})")


def _forget_above(file: File, called: Sequence[str]) -> None:
    """A top's row may say in words who stands above it."""
    for id_, text in file.fetch("SELECT id, above FROM member WHERE above <> ''"):
        if any(names(text, name) for name in called):
            _run(file, "UPDATE member SET above = '' WHERE id = ?", (id_,))
    query = """
        SELECT id, json_extract(image, '$.above') FROM history_row
        WHERE tbl = 'member' AND image IS NOT NULL AND json_extract(image, '$.above') <> ''
    """
    for id_, text in file.fetch(query):
        if any(names(text, name) for name in called):
            _run(file, "UPDATE history_row SET image = json_set(image, '$.above', '') WHERE id = ?", (id_,))


def _clear(file: File, person_id: int) -> None:
    """Leave a row without a word where places rest on it, now or once something is undone; else none."""
    query = """
        SELECT 1 FROM member WHERE person_id = ?1
        UNION ALL SELECT 1 FROM history_row WHERE tbl = 'member' AND image IS NOT NULL
          AND json_extract(image, '$.person_id') = ?1 LIMIT 1
    """
    if not file.fetch(query, (person_id,)):
        _run(file, "DELETE FROM person WHERE id = ?", (person_id,))
        return
    blank = _blank()
    cleared = ", ".join(f"{name} = ?" for name in blank)
    _run(file, f"UPDATE person SET listed = 0, {cleared} WHERE id = ?", (*blank.values(), person_id))


def _blank() -> dict[str, str | None]:
    """What a card without a word holds, by column."""
    columns = [column for column in schema.person.columns if column.name not in ("id", "listed")]
    return {column.name: None if column.nullable else "" for column in columns}


def _note_change(file: File) -> None:
    """Use up a number of the history, by which backups know that something has changed."""
    _run(file, "INSERT INTO history_row(tbl, op, row_id) VALUES ('person', 'I', 0)")
    _run(file, "DELETE FROM history_row WHERE id = (SELECT max(id) FROM history_row)")


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(id_)) for id_ in ids)
