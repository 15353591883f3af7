"""One condition of a rank in words: what is asked for, how much there is of it, and what each leg gives."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    LegsCondition,
    PersonalsCondition,
    Scope,
    VolumeCondition,
)
from organizer.domain.money import volume_amount
from organizer.i18n import _, format_number, language, ngettext
from organizer.ui.widgets.messages import spoken

if TYPE_CHECKING:
    from organizer.domain.commission.next_rank import Step
    from organizer.domain.commission.next_rank_legs import Asked, LegShare
    from organizer.domain.commission.plan import Plan

Name = Callable[[int], str]
"""The name of the member at an index."""


def counts_volume(condition: Condition) -> bool:
    """True where the figures are volumes, in thousandths."""
    return isinstance(condition, VolumeCondition) and condition.scope is not Scope.LEG


def share(asked: Asked) -> Fraction:
    """How much of what is asked for there is, 0 to 1."""
    needed = asked.requirement.needed
    if needed <= 0 or asked.requirement.met:
        return Fraction(int(asked.requirement.met))
    return Fraction(max(0, asked.requirement.has), needed)


def amount_words(asked: Asked) -> str:
    """ "60 of 100", "at least 60 of 100" where more may be there than is known, "not known, 100 needed"."""
    one = asked.requirement
    if isinstance(one.condition, AnyOf):
        return _("Yes") if one.met else _("Not yet")
    figures = (one.has, one.needed)
    has, needed = (
        format_number(volume_amount(figure) if counts_volume(one.condition) else figure) for figure in figures
    )
    if one.met:
        return _("{has} of {needed}, met").format(has=has, needed=needed)
    if asked.unknown and not one.has:
        return _("not known, {needed} needed").format(needed=needed)
    if asked.unknown:
        return _("at least {has} of {needed}").format(has=has, needed=needed)
    return _("{has} of {needed}").format(has=has, needed=needed)


def unknown_words(asked: Asked) -> str:
    """What isn't known of it; "" where everything is, or where it is met all the same."""
    if not asked.unknown or asked.requirement.met or isinstance(asked.requirement.condition, AnyOf):
        return ""
    if not isinstance(asked.requirement.condition, VolumeCondition | LegsCondition):
        return _("Not everything that this looks at is known. What isn't adds nothing here.")
    return ngettext(
        "{count} figure isn't known and adds nothing here.",
        "{count} figures aren't known and add nothing here.",
        asked.unknown,
    ).format(count=format_number(asked.unknown))


def leg_words(plan: Plan, condition: Condition, leg: LegShare, name: Name) -> str:
    """What a leg has, and what of it counts."""
    who = name(leg.head)
    if isinstance(condition, LegsCondition):
        rank = plan.rank_name(leg.has)
        highest = rank.in_language(language()) if rank else _("no rank yet")
        text = _("{name}: {rank}, counts") if leg.counts else _("{name}: {rank}")
        return text.format(name=who, rank=highest)
    has = format_number(volume_amount(leg.has))
    if leg.unknown and not leg.has:
        return _("{name}: not known").format(name=who)
    if leg.unknown:
        has = _("at least {has}").format(has=has)
    if isinstance(condition, VolumeCondition) and condition.scope is Scope.LEG:
        needed = format_number(volume_amount(condition.minimum))
        text = _("{name}: {has} of {needed}, counts") if leg.counts else _("{name}: {has} of {needed}")
        return text.format(name=who, has=has, needed=needed)
    if leg.counts != leg.has:
        counts = format_number(volume_amount(leg.counts))
        return _("{name}: {has}, of which {counts} count").format(name=who, has=has, counts=counts)
    return _("{name}: {has}").format(name=who, has=has)


def leg_share(asked: Asked, leg: LegShare) -> Fraction:
    """How long a leg's bar is: of what is asked of a leg, or of the whole."""
    condition = asked.requirement.condition
    if isinstance(condition, LegsCondition):
        return Fraction(leg.counts)
    if isinstance(condition, VolumeCondition) and condition.scope is Scope.LEG:
        return Fraction(max(0, leg.has), condition.minimum) if condition.minimum > 0 else Fraction(leg.counts)
    needed = asked.requirement.needed
    return Fraction(max(0, leg.counts), needed) if needed > 0 else Fraction()


def rest_words(asked: Asked, shown: int) -> str:
    """What the legs that aren't shown give together."""
    rest = asked.legs[shown:]
    together = sum(leg.counts for leg in rest)
    count = format_number(len(rest))
    if counts_volume(asked.requirement.condition):
        amount = format_number(volume_amount(together))
        text = ngettext("and {count} more leg: {amount}", "and {count} more legs: {amount} together", len(rest))
        return text.format(count=count, amount=amount)
    if not together:
        text = ngettext(
            "and {count} more leg that doesn't count", "and {count} more legs that don't count", len(rest)
        )
        return text.format(count=count)
    text = ngettext("and {count} more leg, {amount} counts", "and {count} more legs, {amount} count", len(rest))
    return text.format(count=count, amount=format_number(together))


def step_words(step: Step) -> str:
    """What is asked for with what there is, and how much more that is, whoever it is about."""
    one = step.requirement
    asked, more = spoken(one.words), spoken(step.more)
    if isinstance(one.condition, PersonalsCondition):
        missing = one.needed - one.has
        more = ngettext("{count} more", "{count} more", missing).format(count=format_number(missing))
    return asked if asked == more else f"{asked} ({more})"


def own_words(asked: Asked) -> str:
    """Her own part of a group's volume."""
    return _("Own: {has}").format(has=format_number(volume_amount(asked.own or 0)))


def own_share(asked: Asked) -> Fraction:
    """How long the bar of her own part is."""
    needed = asked.requirement.needed
    return Fraction(max(0, asked.own or 0), needed) if needed > 0 else Fraction()
