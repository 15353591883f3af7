"""A preview and an estimate as lines of text, and an estimate as plain data."""

from __future__ import annotations

from decimal import Decimal

from organizer import i18n
from organizer.domain.commission import ending
from organizer.domain.commission.plan import Text
from organizer.domain.commission.statement import Line, Statement
from organizer.domain.commission.trust import trust
from organizer.domain.money import Money, minor_digits, volume_amount
from organizer.domain.result import Message
from organizer.i18n import _, ngettext, say, shown
from organizer.services import earnings
from organizer.services.preview import Change, Preview


def show_preview(preview: Preview) -> None:
    """Print what an import changes, and each row that stays out with its reason."""
    words = {
        Change.NEW: _("new"),
        Change.DOUBTFUL: _("new, perhaps someone you have already"),
        Change.CHANGED: _("changed"),
        Change.MOVED: _("moved"),
        Change.SAME: _("unchanged"),
        Change.MISSING: _("not in the file (kept as they are)"),
    }
    counts = preview.counts
    parts = [f"{counts[change]} {word}" for change, word in words.items() if counts[change]]
    print(f"{preview.file}: {', '.join(parts) or _('nothing')}")
    for note in preview.notes:
        print("  " + say(note.text, note.values))
    for line in preview.lines:
        if line.change is Change.DOUBTFUL:
            who = "; ".join(shown(called) for _id, called in line.doubt)
            told = _("{name} may be {who}; taken as a new person.").format(name=shown(line.subject), who=who)
            print(f"  {_('row {row}').format(row=line.row)}: {told}")
    for problem in preview.problems:
        where = _("row {row}").format(row=problem.row)
        subject = f" {problem.subject}:" if problem.subject else ":"
        print(f"  {where}{subject} {say(problem.message.text, problem.message.values)}")


def show_estimate(view: earnings.Estimate, everyone: bool = False) -> None:
    """Print an estimate with its reasons; those who give nothing only when `everyone` is asked for."""
    statement, spoken = view.statement, i18n.language()
    period = i18n.format_period(statement.period)
    print(_("Estimate for {period}: {total}").format(period=period, total=_headline(statement)))
    plan = statement.plan_name.in_language(spoken)
    told = trust(statement.confidence, statement.teaching)
    print("  " + _("Plan: {plan}").format(plan=plan))
    print("    " + say(told.text, told.values))
    for note in view.notes:
        print("  " + say(note.text, note.values))
    rank = statement.rank.name.in_language(spoken) if statement.rank.name else _("none")
    print("  " + _("Rank: {rank}").format(rank=rank))
    print("  " + say(statement.active_reason.text, statement.active_reason.values))
    for reason in statement.rank.met:
        print("    " + say(reason.text, reason.values))
    if statement.rank.next_name and statement.rank.missing:
        print("  " + _("Missing for {rank}:").format(rank=statement.rank.next_name.in_language(spoken)))
        _show_steps(view)
    for place in range(len(statement.components)):
        _show_component(view, place, everyone)
    _show_ending(statement)
    print()
    print(_("Not a promise. Your expenses are not taken off: own purchases, samples, gifts, driving, phone."))
    print(_("What the company's own statement says is what counts."))
    if statement.unknown:
        text = ngettext(
            "{count} member has a volume that isn't known; it counts as nothing.",
            "{count} members have a volume that isn't known; it counts as nothing.",
            statement.unknown,
        )
        print(text.format(count=i18n.format_number(statement.unknown)))
    for gap in statement.missing:
        print(_("Not in this plan file: {what}").format(what=gap.in_language(spoken)))


def _money(minor: int, currency: str) -> str:
    return i18n.format_money(minor, currency, minor_digits(currency))


def _headline(statement: Statement) -> str:
    """The total, or between what it lies where something isn't known."""
    between, currency = statement.range, statement.currency
    if between is None or between.low == between.high == statement.total_minor:
        return _money(statement.total_minor, currency)
    low = _money(between.low, currency)
    return f"{low} + ?" if between.high is None else f"{low} \N{EN DASH} {_money(between.high, currency)}"


def _show_steps(view: earnings.Estimate) -> None:
    """What is missing to the next rank, the smallest change first, with those who are near."""
    for step in view.steps:
        asked = say(step.requirement.words.text, step.requirement.words.values)
        more = say(step.more.text, step.more.values)
        print("    " + (asked if asked == more else f"{asked} ({more})"))
        for near in step.near:
            lacks = "; ".join(say(one.text, one.values) for one in near.lacks)
            print("      " + _("{name}: {lacks}").format(name=view.name_of(near.member), lacks=lacks))


def _show_component(view: earnings.Estimate, place: int, everyone: bool) -> None:
    """One bonus with its lines; those who give nothing only when `everyone` is asked for."""
    component, paid, currency = view.statement.components[place], view.paid[place], view.statement.currency
    print(f"\n{component.name.in_language(i18n.language())}: {_money(component.total_minor, currency)}")
    # a bonus of few lines is shown whole: a line that pays nothing is a part of the answer, such as a leg
    whole = everyone or len(component.lines) <= ending.FEW
    for line in component.lines if whole else (component.lines[place] for place in paid):
        reason = say(line.reason.text, line.reason.values)
        taken = f"{view.name_of(line.source)}{_base_and_rate(line, currency)}"
        print(f"  {_money(line.minor, currency):>16}  {taken}  {reason}")
    if not whole and len(paid) < len(component.lines):
        silent = ngettext(
            "{count} more gives nothing; estimate --all-lines says why.",
            "{count} more give nothing; estimate --all-lines says why.",
            len(component.lines) - len(paid),
        )
        print("  " + silent.format(count=i18n.format_number(len(component.lines) - len(paid))))
    for amount, text in ((component.rounding, _("rounding")), (component.cut, _("above the most that it pays"))):
        if amount:
            print(f"  {_money(amount, currency):>16}  {text}")
    for note in (*component.notes, *([component.unknown] if component.unknown else [])):
        print("  " + say(note.text, note.values))


def _base_and_rate(line: Line, currency: str) -> str:
    """ ": 250 × 5 %"; nothing where a fixed amount is paid."""
    if not line.rate and line.minor:
        return ":"
    if line.base is None:
        base = "–"
    else:
        base = i18n.format_number(volume_amount(line.base)) if line.volume else _money(line.base, currency)
    return f": {base} × {i18n.format_percent(Decimal(line.rate.numerator) / line.rate.denominator)}"


def _show_ending(statement: Statement) -> None:
    """What comes after the bonuses, what is paid out, and between what it lies."""
    currency = statement.currency
    if statement.adjustments or statement.rounding:
        print()
    for entry in statement.adjustments:
        told = say(entry.reason.text, entry.reason.values)
        print(f"  {_money(entry.minor, currency):>16}  {words(entry.name)}: {told}")
    if statement.rounding:
        print(f"  {_money(statement.rounding, currency):>16}  {_('rounding')}")
    if statement.payout and statement.payout.reason:
        reason = statement.payout.reason
        paid = _("Paid out: {amount}").format(amount=_money(statement.payout.paid, currency))
        print(f"\n{paid}. {say(reason.text, reason.values)}")
    between = statement.range
    if between and between.high != between.low:
        low = _money(between.low, currency)
        high = "?" if between.high is None else _money(between.high, currency)
        told = say(between.assumption.text, between.assumption.values)
        print("\n" + _("Between {low} and {high}: {assumption}").format(low=low, high=high, assumption=told))


def words(name: Text | Message) -> str:
    """A name from the plan file, or one of the program's, in the language spoken now."""
    return say(name.text, name.values) if isinstance(name, Message) else name.in_language(i18n.language())


def estimate_record(view: earnings.Estimate) -> dict[str, object]:
    """An estimate as plain data: amounts are text in whole currency units, exact; volumes text in points."""
    statement, spoken = view.statement, i18n.language()

    def amount(minor: int) -> str:
        return str(Money(minor, statement.currency).amount)

    return {
        "estimate": True,
        "company": view.company.name,
        "period": statement.period.key,
        "plan": {
            "id": statement.plan_id,
            "version": statement.plan_version,
            "confidence": statement.confidence,
            "teaching": statement.teaching,
        },
        "currency": statement.currency,
        "total": amount(statement.total_minor),
        "active": statement.active,
        "rank": view.plan.ranks[statement.rank.rank].id if statement.rank.rank >= 0 else None,
        "unknown_members": statement.unknown,
        "notes": [say(note.text, note.values) for note in view.notes],
        "missing": [text.in_language(spoken) for text in statement.missing],
        "components": [
            {
                "id": component.id,
                "kind": component.kind,
                "total": amount(component.total_minor),
                "rounding": amount(component.rounding),
                "lines": [
                    {
                        "member": view.team.numbers[line.source],
                        "level": line.level,
                        "depth": line.depth,
                        "volume": line.volume,
                        "base": None if line.base is None else str(volume_amount(line.base)),
                        "rate": str(line.rate),
                        "amount": amount(line.minor),
                        "reason": say(line.reason.text, line.reason.values),
                    }
                    for line in component.lines
                ],
            }
            for component in statement.components
        ],
    }
