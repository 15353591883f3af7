"""Compensation plans: those that come with the program, and those of her own making, which lie in her file."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from organizer.domain.result import Message, Refusal
from organizer.i18n import N_
from organizer.resource_files import resource

if TYPE_CHECKING:
    from organizer.domain.commission.plan import Plan
    from organizer.storage import File


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
    return tuple(sorted(plans, key=lambda plan: (not plan.teaching, plan.company, plan.valid_from)))


def own(file: File) -> tuple[Plan, ...]:
    """The plans of her own making, in the order they were made."""
    from organizer.storage import plans as stored

    return tuple(_read(text, f"{key}.toml") for key, text in stored.everyone(file).items())


def available(file: File | None = None) -> tuple[Plan, ...]:
    """Her own plans first, then those that come with the program."""
    return (own(file) if file else ()) + built_in()


def by_id(plan_id: str, file: File | None = None) -> Plan | None:
    """The plan called `plan_id`; None when none is chosen or neither this version nor the file has it."""
    text = _text_of(plan_id, file)
    return _read(text, f"{plan_id}.toml") if text is not None else None


def _text_of(plan_id: str, file: File | None) -> str | None:
    if plan_id in _texts():
        return _texts()[plan_id]
    if file is None or not plan_id:
        return None
    from organizer.storage import plans as stored

    return stored.everyone(file).get(plan_id)


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
    """The text of a plan file. Raises Refusal where it can't be read as text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        text = N_("{file} can't be read as a plan: {detail}")
        raise Refusal(Message(text, {"file": path.name, "detail": str(error)})) from error


def copy_of(plan_id: str, file: File) -> str:
    """The text of a copy to be changed: under an id of its own and a name that says so; comments are kept."""
    import tomlkit

    document = tomlkit.parse(text_of(plan_id, file))
    taken = {*_texts(), *(plan.id for plan in own(file))}
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


def remove(file: File, plan_id: str) -> None:
    """Take away a plan of her own. Raises Refusal while a company goes by it."""
    from organizer.storage import companies
    from organizer.storage import plans as stored

    users = [company.name for company in companies.everyone(file) if company.plan_id == plan_id]
    if users:
        raise Refusal(
            Message(N_("{company} goes by this plan. Choose another one for it first."), {"company": users[0]})
        )
    plan = by_id(plan_id, file)
    with file.deed("plan.remove", str(plan.name) if plan else plan_id):
        stored.delete(file, plan_id)
