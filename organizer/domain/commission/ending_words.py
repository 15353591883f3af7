"""What comes after the bonuses, in plain sentences: caps, returns, deductions, the smallest payout."""

from __future__ import annotations

from organizer.domain.commission.plan import Cap, CapMode, CapPer, Deduction, Plan, ReturnMethod, Returns, Unit
from organizer.domain.commission.settle import decimal, percent_number
from organizer.domain.money import Money
from organizer.domain.result import Message, Value, listed


def ending_words(plan: Plan) -> list[Message]:
    """Everything that stands between the bonuses' sum and what is paid out."""
    found = [sentence for cap in plan.caps for sentence in cap_words(plan, cap)]
    if plan.returns is not None:
        found += _returns(plan.returns)
    found += [_deduction(plan, deduction) for deduction in plan.deductions]
    return found + _payout(plan)


def cap_words(plan: Plan, cap: Cap) -> list[Message]:
    """How much is paid at most, to whom, and who bears what is above it."""
    values: dict[str, Value] = {
        "cap": cap.name,
        "components": listed([plan.component(name).name for name in cap.components]),
        "limit": _limit(plan, cap),
    }
    found = {
        CapPer.MEMBER: Message("{cap}: nobody is paid more than {limit} a period in: {components}.", values),
        CapPer.PERSON: Message(
            "{cap}: all positions of one person together are paid at most {limit} a period in: {components}.",
            values,
        ),
        CapPer.COMPANY: Message(
            "{cap}: everybody together is paid at most {limit} a period in: {components}.", values
        ),
    }[cap.per]
    return [found, *_shared(cap), *_counted(plan, cap)]


def _limit(plan: Plan, cap: Cap) -> Message:
    if cap.minor is not None:
        values: dict[str, Value] = {"amount": Money(cap.minor, plan.currency).amount, "currency": plan.currency}
        return Message("{amount} {currency}", values)
    volume = plan.volume(cap.of)
    values = {"percent": percent_number(cap.share), "volume": volume.name}
    if volume.unit is Unit.POINTS:
        values |= {"value": decimal(cap.point_value), "currency": plan.currency}
        return Message("{percent} % of all {volume} (each counts as {value} {currency})", values)
    return Message("{percent} % of all {volume}", values)


def _shared(cap: Cap) -> list[Message]:
    if cap.mode is CapMode.LAST_FIRST and len(cap.components) > 1:
        return [Message("What is above that is taken from these bonuses from the last to the first.")]
    if cap.per is not CapPer.MEMBER:
        return [Message("What is above that is taken from everybody in proportion.")]
    return []


def _counted(plan: Plan, cap: Cap) -> list[Message]:
    if cap.together:
        name = plan.volume(cap.together).name
        return [Message("What all would be paid without the cap is entered as {volume}.", {"volume": name})]
    if cap.per is CapPer.COMPANY:
        return [Message("What all would be paid without the cap is worked out from the members who are known.")]
    return []


def _returns(rules: Returns) -> list[Message]:
    how = {
        ReturnMethod.ORIGINAL_RATE: Message(
            "What a returned order paid is taken back at what it paid in the period in which it was bought."
        ),
        ReturnMethod.AVERAGE_RATE: Message(
            "What a returned order paid is taken back at the average percentage of the period in which it was "
            "bought."
        ),
        ReturnMethod.REPLACED_VOLUME: Message(
            "The period in which a returned order was bought is worked out again without it, and the difference "
            "is taken back."
        ),
    }[rules.method]
    window = Message(
        "That goes for what comes back at most {window} periods after it was bought.", {"window": rules.window}
    )
    limit = [] if rules.carry_negative else [Message("Returns take no more than the pay of the period.")]
    return [how, window, *limit]


def _deduction(plan: Plan, deduction: Deduction) -> Message:
    values: dict[str, Value] = {
        "name": deduction.name,
        "percent": percent_number(deduction.share),
        "amount": Money(deduction.minor, plan.currency).amount,
        "currency": plan.currency,
    }
    if deduction.share:
        return Message("{name}: {percent} % of the pay is kept by the company.", values)
    return Message("{name}: {amount} {currency} is kept by the company each period that anything is paid.", values)


def _payout(plan: Plan) -> list[Message]:
    found = []
    if plan.min_payout:
        values: dict[str, Value] = {
            "minimum": Money(plan.min_payout, plan.currency).amount,
            "currency": plan.currency,
        }
        found.append(Message("Less than {minimum} {currency} is kept and paid with the next period's.", values))
    if not plan.carry_negative:
        found.append(Message("A period that ends below nothing takes nothing from the next one."))
    return found
