"""A statement's figures as they are written on the screen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from organizer.domain.commission.base import Base
from organizer.domain.commission.plan import Text
from organizer.domain.commission.settle import decimal, per_thousandth
from organizer.domain.commission.statement import ComponentResult, Line, Range
from organizer.domain.money import minor_digits, volume_amount
from organizer.domain.result import Message
from organizer.i18n import _, format_money, format_number, format_percent, language, say
from organizer.services.earnings import Estimate


def money(currency: str, minor: int) -> str:
    """An amount in the statement's currency."""
    return format_money(minor, currency, minor_digits(currency))


def exact_money(currency: str, amount: Fraction) -> str:
    """The amount with the decimals it has, at most four beyond the smallest coin's."""
    digits = minor_digits(currency)
    extra = next((n for n in range(5) if (amount * 10**n).denominator == 1), 4)
    return format_money(round(amount * 10**extra), currency, digits + extra)


def change(currency: str, minor: int) -> str:
    """A difference with its sign: a plus too."""
    text = money(currency, minor)
    return f"+{text}" if minor > 0 else text


def named(name: Text | Message) -> str:
    """A name from the plan file, or one of the program's."""
    return say(name.text, name.values) if isinstance(name, Message) else name.in_language(language())


def base(line: Line, currency: str) -> str:
    """What the rate is taken of: a volume, an amount of money, or a dash where it isn't known."""
    if line.base is None:
        return "\N{EN DASH}"
    return format_number(volume_amount(line.base)) if line.volume else money(currency, line.base)


def rate(line: Line) -> str:
    """The rate in percent; nothing where there is none, as for a fixed amount or a leg."""
    if not line.rate and (line.amount or line.level is None):
        return ""
    return format_percent(Decimal(line.rate.numerator) / line.rate.denominator)


def sum_of(estimate: Estimate, component: ComponentResult, line: Line) -> str:
    """The sum behind a line's amount; nothing where it isn't simply a share of its basis."""
    if line.base is None or not line.rate:
        return ""
    plan, currency = estimate.plan, estimate.statement.currency
    rules = plan.component(component.id).rules
    whole = per_thousandth(plan, Fraction(1)) if line.volume else Fraction(1)
    taken_of = getattr(rules, "base", None)
    unit = taken_of.minor_per_thousandth(plan) if isinstance(taken_of, Base) else whole
    if line.base * line.rate * unit != line.amount:
        return ""
    shown = base(line, currency)
    if line.volume:
        shown = f"{shown} {plan.volume(line.volume).name.in_language(language())}"
    values = {"base": shown, "rate": rate(line), "amount": exact_money(currency, line.amount)}
    if unit == whole:
        return _("{base} × {rate} = {amount}").format(**values)
    return _("{base} × {rate} × {value} = {amount}").format(value=format_number(decimal(unit / whole)), **values)


def total_of(component: ComponentResult, currency: str) -> str:
    """A bonus's total, with a question mark where a figure for it is missing."""
    text = money(currency, component.total_minor)
    if component.unknown is None:
        return text
    return f"{text} + ?" if component.total_minor else "?"


def headline(estimate: Estimate) -> str:
    """The total, or between what it lies where something isn't known."""
    statement = estimate.statement
    between, currency = statement.range, statement.currency
    if between is None or between.low == between.high == statement.total_minor:
        return money(currency, statement.total_minor)
    if between.high is None:
        return f"{money(currency, between.low)} + ?"
    return f"{money(currency, between.low)} \N{EN DASH} {money(currency, between.high)}"


def between_words(between: Range, total: int, currency: str) -> str:
    """The range in a sentence, with what it takes for granted."""
    assumed = say(between.assumption.text, between.assumption.values)
    low = money(currency, between.low)
    if between.high is None:
        return _("{low} as far as is known. {why}").format(low=low, why=assumed)
    if between.low == between.high == total:
        return _("What isn't known changes nothing here: {assumption}.").format(assumption=assumed.rstrip("."))
    text = _("Between {low} and {high}: {assumption}.")
    return text.format(low=low, high=money(currency, between.high), assumption=assumed.rstrip("."))
