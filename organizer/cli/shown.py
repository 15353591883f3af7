"""A preview and an estimate as lines of text, and an estimate as plain data."""

from __future__ import annotations

from decimal import Decimal

from organizer import i18n
from organizer.domain.commission.trust import trust
from organizer.domain.money import Money, minor_digits, volume_amount
from organizer.i18n import _, ngettext, say
from organizer.services import earnings
from organizer.services.preview import Change, Preview


def show_preview(preview: Preview) -> None:
    """Print what an import changes, and each row that stays out with its reason."""
    words = {
        Change.NEW: _("new"),
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
    for problem in preview.problems:
        where = _("row {row}").format(row=problem.row)
        subject = f" {problem.subject}:" if problem.subject else ":"
        print(f"  {where}{subject} {say(problem.message.text, problem.message.values)}")


def show_estimate(view: earnings.Estimate, everyone: bool = False) -> None:
    """Print an estimate with its reasons; those who give nothing only when `everyone` is asked for."""
    statement, spoken = view.statement, i18n.language()

    def money(minor: int) -> str:
        return i18n.format_money(minor, statement.currency, minor_digits(statement.currency))

    period = i18n.format_period(statement.period)
    print(_("Estimate for {period}: {total}").format(period=period, total=money(statement.total_minor)))
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
        for reason in statement.rank.missing:
            print("    " + say(reason.text, reason.values))
    for component in statement.components:
        print(f"\n{component.name.in_language(spoken)}: {money(component.total_minor)}")
        paid = view.paid[statement.components.index(component)]
        # a bonus of one line is shown whole: its reason is the whole answer
        whole = everyone or len(component.lines) == 1
        for line in component.lines if whole else (component.lines[place] for place in paid):
            base = "–" if line.base is None else i18n.format_number(volume_amount(line.base))
            rate = i18n.format_percent(Decimal(line.rate.numerator) / line.rate.denominator)
            who = view.name_of(line.source)
            reason_text = say(line.reason.text, line.reason.values)
            print(f"  {money(line.minor):>16}  {who}: {base} × {rate}  {reason_text}")
        if not whole and len(paid) < len(component.lines):
            silent = ngettext(
                "{count} more gives nothing; estimate --all says why.",
                "{count} more give nothing; estimate --all says why.",
                len(component.lines) - len(paid),
            )
            print("  " + silent.format(count=i18n.format_number(len(component.lines) - len(paid))))
        for note in component.notes:
            print("  " + say(note.text, note.values))
    print()
    print(_("Not a promise. Your expenses are not taken off: own purchases, samples, gifts, driving, phone."))
    print(_("What the company's own statement says is what counts."))
    if statement.unknown:
        text = ngettext(
            "{count} member has no known volume this period; the true figure may be higher.",
            "{count} members have no known volume this period; the true figure may be higher.",
            statement.unknown,
        )
        print(text.format(count=statement.unknown))
    for gap in statement.missing:
        print(_("Not in this plan file: {what}").format(what=gap.in_language(spoken)))


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
