"""Compensation plans: those that come with the program, and those of her own making, which lie in her file."""

from __future__ import annotations

from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from organizer.domain.result import Message, Refusal
from organizer.i18n import N_
from organizer.resource_files import resource

if TYPE_CHECKING:
    from organizer.domain.commission.plan import Plan
    from organizer.storage import File


SUFFIX = ".toml"
"""How a plan file's name ends."""

_LARGEST = 4_000_000
"""Bytes: a hundred times the longest plan known."""


@cache
def _texts() -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(resource("plans").glob("*.toml"))}


@lru_cache(maxsize=64)
def _read(text: str, name: str) -> Plan:
    # imported when a plan is asked for: the contacts are on the screen before that
    from organizer.domain.commission.parse import parse_plan

    return parse_plan(text, name)


@cache
def built_in() -> tuple[Plan, ...]:
    """The plans that come with the program: teaching plans first, then by company and date."""
    plans = [_read(text, f"{name}.toml") for name, text in _texts().items()]
    return tuple(sorted(plans, key=lambda plan: (not plan.teaching, plan.company.casefold(), plan.valid_from)))


def own(file: File) -> tuple[Plan, ...]:
    """The plans of her own making, in the order they were made; without those that this version can't read."""
    from organizer.domain.commission.parse import PlanError

    found: list[Plan] = []
    for key, text in _own_texts(file).items():
        with suppress(PlanError):
            found.append(_read(text, f"{key}.toml"))
    return tuple(found)


def unreadable(file: File) -> dict[str, tuple[Message, ...]]:
    """The mistakes in those of her plans that this version can't read, by id: a newer one may have made them."""
    from organizer.domain.commission.parse import PlanError

    found: dict[str, tuple[Message, ...]] = {}
    for key, text in _own_texts(file).items():
        try:
            _read(text, f"{key}.toml")
        except PlanError as error:
            found[key] = error.problems
    return found


def _own_texts(file: File) -> dict[str, str]:
    from organizer.storage import plans as stored

    return stored.everyone(file)


def available(file: File | None = None) -> tuple[Plan, ...]:
    """Her own plans first, then those that come with the program."""
    return (own(file) if file else ()) + built_in()


def by_id(plan_id: str, file: File | None = None) -> Plan | None:
    """The plan called `plan_id`; None when none is chosen, or this version can't read it or doesn't have it."""
    text = _text_of(plan_id, file)
    if text is None:
        return None
    from organizer.domain.commission.parse import PlanError

    try:
        return _read(text, f"{plan_id}.toml")
    except PlanError:
        return None


def _text_of(plan_id: str, file: File | None) -> str | None:
    if plan_id in _texts():
        return _texts()[plan_id]
    return _own_texts(file).get(plan_id) if file is not None and plan_id else None


def text_of(plan_id: str, file: File | None = None) -> str:
    """The plan as the TOML text that it is read from. Raises Refusal where there is no such plan."""
    text = _text_of(plan_id, file)
    if text is None:
        raise Refusal(Message(N_("There is no plan called {name}."), {"name": plan_id}))
    return text


def is_own(file: File, plan_id: str) -> bool:
    """True for a plan of her own making: only those can be changed."""
    return plan_id not in _texts() and _text_of(plan_id, file) is not None


def save(file: File, text: str) -> Plan:
    """Store a plan of her own, new or changed, under the id that it gives itself; the plan.

    Raises PlanError with every mistake, and Refusal where the id belongs to a plan that comes with the program.
    """
    from organizer.storage import plans as stored

    plan = _read(text, "plan.toml")
    if plan.id in _texts():
        raise Refusal(
            Message(
                N_("{name} is the id of a plan that comes with the program. Give yours another."),
                {"name": plan.id},
            )
        )
    deed = "plan.change" if plan.id in stored.everyone(file) else "plan.add"
    with file.deed(deed, str(plan.name)):
        stored.write(file, plan.id, text)
    return plan


def read_in(file: File, path: Path) -> Plan:
    """Store the plan in the file at `path` as one of her own. Raises as `save` does, and Refusal for no text."""
    return save(file, read_text(path))


def read_text(path: Path) -> str:
    """The text of a plan file. Raises Refusal where it can't be read as text, or is far too large for a plan."""
    name = {"file": path.name}
    try:
        if path.stat().st_size > _LARGEST:
            raise Refusal(Message(N_("{file} is too large for a plan file. Nothing was read."), name))
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise Refusal(Message(N_("{file} is not there. It may have been moved or renamed."), name)) from error
    except UnicodeDecodeError as error:
        text = N_("{file} isn't a plan file: it isn't written as text (UTF-8). Nothing was read.")
        raise Refusal(Message(text, name)) from error
    except OSError as error:
        text = N_("{file} can't be read: {reason}")
        raise Refusal(Message(text, {**name, "reason": error.strerror or str(error)})) from error


def write_out(file: File, plan_id: str, path: Path) -> Path:
    """Write a plan as a file of its own at `path`, and return `path`.

    Raises Refusal, with what was there as it was, for a name of another kind and where it can't be written.
    """
    from organizer.exchange.safe_write import write_safely

    if path.suffix.lower() != SUFFIX or path.resolve() == file.path:
        text = N_("{file} is not a name for a plan file. Choose one that ends in .toml.")
        raise Refusal(Message(text, {"file": path.name}))
    write_safely(path, text_of(plan_id, file).encode())
    return path


def copy_of(plan_id: str, file: File) -> str:
    """The text of a copy to be changed: under an id of its own and a name that says so; comments are kept."""
    return renamed(text_of(plan_id, file), file)


def renamed(text: str, file: File) -> str:
    """The plan in `text`, which can be read, under an id that no other plan has and a name that says so."""
    import tomlkit

    document = tomlkit.parse(text)
    plan_id = str(document["id"])
    taken = {*_texts(), *_own_texts(file)}
    number = 2
    while (key := f"{plan_id}-{number}") in taken:
        number += 1
    document["id"] = key
    name = document.get("name")
    if isinstance(name, str):
        document["name"] = f"{name} ({number})"
    elif name is not None:
        for language in ("en", "da"):
            if language in name:
                name[language] = f"{name[language]} ({number})"
    return tomlkit.dumps(document)


def users(file: File, plan_id: str) -> tuple[str, ...]:
    """The names of the companies that go by the plan."""
    from organizer.storage import companies

    return tuple(company.name for company in companies.everyone(file) if company.plan_id == plan_id)


def remove(file: File, plan_id: str) -> None:
    """Take away a plan of her own. Raises Refusal while a company goes by it."""
    from organizer.storage import plans as stored

    if companies := users(file, plan_id):
        text = N_("{company} goes by this plan. Choose another one for it first.")
        raise Refusal(Message(text, {"company": companies[0]}))
    with file.deed("plan.remove", _name(file, plan_id)):
        stored.delete(file, plan_id)


def _name(file: File, plan_id: str) -> str:
    named = {plan.id: str(plan.name) for plan in own(file)}
    return named.get(plan_id, plan_id)
