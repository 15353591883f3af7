"""`organizer plan`: the compensation plans listed, checked, in plain words, and two of them held side by side."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from pathlib import Path
from textwrap import fill

from organizer.cli.codes import OK, PARTLY, REFUSED
from organizer.cli.opening import opened
from organizer.domain.commission.plan import Plan
from organizer.domain.result import Message, Refusal, Value
from organizer.i18n import N_, _, format_date, language, ngettext, say, shown
from organizer.services import plan_words, plans
from organizer.services.files import File
from organizer.services.plan_words import Change, Checked, Compared

_WIDTH = 80


def plan(options: argparse.Namespace) -> int:
    """Do what `options.deed` says with plans."""
    return {"list": _list, "check": _check, "explain": _explain, "compare": _compare}[options.deed](options)


# the list


def _list(options: argparse.Namespace) -> int:
    with _file(options) as file:
        own = {plan.id for plan in plans.own(file)} if file else set()
        every = plans.available(file)
    if options.json:
        _print_json({"plans": [_record(plan, plan.id in own) for plan in every]})
        return OK
    widest = max(len(plan.id) for plan in every)
    for plan in every:
        print(f"{plan.id:<{widest}}  {_told(plan, plan.id in own)}")
    return OK


def _told(plan: Plan, own: bool) -> str:
    name = plan.name.in_language(language())
    if own:
        kind = _("your own")
    elif plan.teaching:
        kind = _("invented, to learn from")
    else:
        kind = _("confidence {grade}").format(grade=plan.confidence)
    return ", ".join(part for part in (name, plan.region.in_language(language()), dates(plan), kind) if part)


def dates(plan: Plan) -> str:
    """From when a plan holds, and until when where that is known."""
    text = _("from {since} to {until}") if plan.valid_to else _("from {since}")
    return text.format(since=format_date(plan.valid_from), until=format_date(plan.valid_to))


def _record(plan: Plan, own: bool) -> dict[str, object]:
    spoken = language()
    return {
        "id": plan.id,
        "version": plan.version,
        "name": plan.name.in_language(spoken),
        "company": plan.company,
        "region": plan.region.in_language(spoken),
        "currency": plan.currency,
        "period": str(plan.calendar.kind),
        "valid_from": plan.valid_from.isoformat(),
        "valid_to": plan.valid_to and plan.valid_to.isoformat(),
        "confidence": plan.confidence or None,
        "teaching": plan.teaching,
        "own": own,
    }


# the check


def _check(options: argparse.Namespace) -> int:
    found: list[tuple[Path, Checked | None]] = []
    for path in options.plans:
        try:
            checked = plan_words.check(plans.read_text(path), str(path), _today())
        except Refusal as refusal:
            print(f"organizer: {_said(refusal.message)}", file=sys.stderr)
            found.append((path, None))
        else:
            found.append((path, checked))
            if not options.json:
                _show_checked(path, checked)
    if options.json:
        _print_json({"plans": [_checked_record(path, checked) for path, checked in found]})
    if any(checked is None for _path, checked in found):
        return REFUSED
    return PARTLY if any(checked and checked.mistakes for _path, checked in found) else OK


def _show_checked(path: Path, checked: Checked) -> None:
    name = shown(str(path))
    for mistake in checked.mistakes:
        print(_said(mistake))
    if count := len(checked.mistakes):
        text = ngettext(
            "{file}: {count} mistake. No estimate can be made with it.",
            "{file}: {count} mistakes. No estimate can be made with it.",
            count,
        )
        print(text.format(file=name, count=count))
        return
    for doubt in checked.doubts:
        print(_said(doubt))
    if count := len(checked.doubts):
        text = ngettext(
            "{file}: no mistake, {count} oddity to look at.",
            "{file}: no mistake, {count} oddities to look at.",
            count,
        )
        print(text.format(file=name, count=count))
    else:
        print(_("{file}: no mistake, nothing odd.").format(file=name))


def _checked_record(path: Path, checked: Checked | None) -> dict[str, object]:
    usable = checked.plan if checked else None
    return {
        "file": shown(str(path)),
        "read": checked is not None,
        "ok": usable is not None,
        "id": usable and usable.id,
        "mistakes": [_said(mistake) for mistake in checked.mistakes] if checked else [],
        "doubts": [_said(doubt) for doubt in checked.doubts] if checked else [],
    }


# in plain words


def _explain(options: argparse.Namespace) -> int:
    with _file(options) as file:
        text, plan = _wanted(options.plan, file)
    print(_titled(plan))
    for section in plan_words.told(plan):
        _heading(shown(section.title))
        for sentence in section.sentences:
            _print(sentence, "- ")
    if doubts := plan_words.check(text, shown(options.plan), _today()).doubts:
        _heading(_("Worth a second look"))
        for doubt in doubts:
            _print(_said(doubt), "- ")
    print()
    _print(_("Not a promise: the company's own papers are what counts."))
    return OK


def _titled(plan: Plan) -> str:
    name = shown(plan.name.in_language(language()))
    return fill(name, _WIDTH) + "\n" + "=" * min(len(name), _WIDTH)


def _heading(text: str) -> None:
    print(f"\n{fill(text, _WIDTH)}\n{'-' * min(len(text), _WIDTH)}")


def _wanted(name: str, file: File | None) -> tuple[str, Plan]:
    """The plan that `name` means: a file that is there, or a plan's id. Raises Refusal."""
    if os.path.exists(name):  # noqa: PTH110 - Path.exists raises for a name that is too long
        text = plans.read_text(Path(name))
        checked = plan_words.check(text, shown(name))
        if checked.plan is None:
            for mistake in checked.mistakes:
                print(_said(mistake), file=sys.stderr)
            values: dict[str, Value] = {"file": name, "count": len(checked.mistakes)}
            raise Refusal(Message("The plan {file} can't be used. Mistakes found: {count}.", values))
        return text, checked.plan
    plan = plans.by_id(name, file)
    if plan is None:
        text = N_("There is neither a file nor a plan called {name}. The plans are listed by: organizer plan list")
        raise Refusal(Message(text, {"name": name}))
    return plans.text_of(name, file), plan


# side by side


def _compare(options: argparse.Namespace) -> int:
    with _file(options) as file:
        first, second = _wanted(options.first, file)[1], _wanted(options.second, file)[1]
    print(f"- {_headline(first)}\n+ {_headline(second)}")
    compared = plan_words.compared(first, second)
    for section in compared:
        if options.all or not section.same:
            _show_compared(section, options.all)
    if all(section.same for section in compared):
        print("\n" + _("In plain words the two plans say the same."))
    elif not options.all:
        print("\n" + _("Only what differs is shown; --all shows the rest too."))
    return OK


def _headline(plan: Plan) -> str:
    return f"{shown(plan.name.in_language(language()))} ({dates(plan)})"


def _show_compared(section: Compared, everything: bool) -> None:
    titles = dict.fromkeys(filter(None, (section.first_title, section.second_title)))
    _heading(shown(" / ".join(titles)))
    for pair in section.pairs:
        if pair.change is Change.SAME:
            if everything:
                _print(pair.first, "  ")
            continue
        if pair.first:
            _print(pair.first, "- ")
        if pair.second:
            _print(pair.second, "+ ")


# what they share


def _file(options: argparse.Namespace) -> AbstractContextManager[File | None]:
    """Her file where it is named: her own plans lie in it."""
    return opened(options) if options.file else nullcontext()


def _today() -> date:
    return datetime.now().astimezone().date()


def _said(message: Message) -> str:
    return say(message.text, message.values)


def _print(text: str, mark: str = "") -> None:
    # an address is never broken: it could no longer be copied
    lines = fill(
        shown(text),
        _WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
    print(lines)


def _print_json(record: dict[str, Iterable[object]]) -> None:
    print(json.dumps(record, ensure_ascii=False, indent=2))
