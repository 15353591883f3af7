"""How follow-up plans say when their steps are, and what begins them."""

from __future__ import annotations

from organizer.domain.follow_up_plan import CountedFrom, Event, Step, Unit
from organizer.i18n import _, format_number, ngettext


def when_name(step: Step) -> str:
    """When a step is: after two weeks, one day before."""
    count = step.count
    if step.before:
        texts = {
            Unit.DAYS: ngettext("{count} day before", "{count} days before", count),
            Unit.WEEKS: ngettext("{count} week before", "{count} weeks before", count),
            Unit.MONTHS: ngettext("{count} month before", "{count} months before", count),
        }
    else:
        texts = {
            Unit.DAYS: ngettext("After {count} day", "After {count} days", count),
            Unit.WEEKS: ngettext("After {count} week", "After {count} weeks", count),
            Unit.MONTHS: ngettext("After {count} month", "After {count} months", count),
        }
    return texts[step.unit].format(count=format_number(count))


def unit_names() -> dict[tuple[Unit, bool], str]:
    """What is counted, and whether before (True) or after the day."""
    return {
        (Unit.DAYS, False): _("days after"),
        (Unit.WEEKS, False): _("weeks after"),
        (Unit.MONTHS, False): _("months after"),
        (Unit.DAYS, True): _("days before"),
        (Unit.WEEKS, True): _("weeks before"),
        (Unit.MONTHS, True): _("months before"),
    }


def event_name(event: Event) -> str:
    """What a plan is offered after."""
    names = {
        Event.BY_HAND: _("Started by hand"),
        Event.CUSTOMER: _("Offered when somebody becomes a customer"),
        Event.HOST: _("Offered when somebody becomes a host"),
        Event.JOINED: _("Offered when somebody joins the team"),
        Event.PURCHASE: _("Offered when a purchase is noted"),
    }
    return names[event]


def counted_name(counted: CountedFrom) -> str:
    """Which day a plan is counted from."""
    names = {
        CountedFrom.START: _("The day it starts"),
        CountedFrom.PARTY: _("The day of a party"),
        CountedFrom.RUNS_OUT: _("The day a product runs out"),
    }
    return names[counted]
