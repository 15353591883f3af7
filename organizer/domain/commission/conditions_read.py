"""Reading what a rank or a bonus asks for from a plan file."""

from __future__ import annotations

from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    HeldCondition,
    LegsCondition,
    PersonalsCondition,
    RankCondition,
    Scope,
    Side,
    TenureCondition,
    Tree,
    VolumeCondition,
    Who,
)
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message

_PERSONALS = {
    "active_personals": Who.ACTIVE,
    "personals": Who.DISTRIBUTORS,
    "customers": Who.CUSTOMERS,
}


def read_conditions(
    table: Table, key: str, vocabulary: Vocabulary, *, of_bonus: bool = False
) -> tuple[Condition, ...]:
    """The list of conditions at `key`, empty where it is missing. Only a bonus (`of_bonus`) may ask for a rank."""
    return tuple(
        condition for part in table.parts(key) if (condition := _condition(part, key, vocabulary, of_bonus))
    )


def _condition(part: Table, key: str, vocabulary: Vocabulary, of_bonus: bool) -> Condition | None:
    condition: Condition | None = None
    personals = next((word for word in _PERSONALS if part.has(word)), None)
    if part.has("any"):
        condition = _any_of(part, vocabulary, of_bonus)
    elif personals is not None:
        condition = _personals(part, personals, vocabulary)
    elif part.has("legs") and not part.has("volume"):
        condition = LegsCondition(
            part.count("legs"),
            part.rank("rank", vocabulary),
            part.choice("tree", Tree),
            part.flag("frontline_only", False),
            part.flag("personally", False),
        )
    elif part.has("volume"):
        condition = _volume(part, vocabulary)
    elif part.has("months_since_joining"):
        condition = TenureCondition(part.count("months_since_joining"))
    elif part.has("held"):
        condition = HeldCondition(part.rank("held", vocabulary), part.count("periods"))
    elif of_bonus and part.has("rank"):
        condition = RankCondition(part.rank("rank", vocabulary))
    else:
        part.wrong(
            key,
            Message(
                "a condition needs one of: {keys}.",
                {"keys": "volume, legs, months_since_joining, held, any, rank, " + ", ".join(_PERSONALS)},
            ),
        )
        return None
    part.done()
    return condition


def _any_of(part: Table, vocabulary: Vocabulary, of_bonus: bool) -> AnyOf:
    alternatives = []
    for alternative in part.parts("any"):
        alternatives.append(read_conditions(alternative, "all", vocabulary, of_bonus=of_bonus))
        if not alternatives[-1]:
            alternative.wrong("any", Message("each alternative needs a list called all."))
        alternative.done()
    if not alternatives:
        part.wrong("any", Message("this list is empty."))
    return AnyOf(tuple(alternatives))


def _personals(part: Table, word: str, vocabulary: Vocabulary) -> PersonalsCondition:
    count = part.count(word)
    side = part.choice("side", Side, default=Side.ANY)
    if not part.has("volume"):
        return PersonalsCondition(count, _PERSONALS[word], side=side)
    volume, minimum = part.volume("volume", vocabulary), part.amount("min")
    return PersonalsCondition(count, _PERSONALS[word], volume, minimum, side)


def _volume(part: Table, vocabulary: Vocabulary) -> VolumeCondition:
    scope = part.choice("of", Scope, default=Scope.OWN)
    grouped = scope is Scope.GROUP
    return VolumeCondition(
        volume=part.volume("volume", vocabulary),
        scope=scope,
        tree=Tree.SPONSOR if scope is Scope.OWN else part.choice("tree", Tree),
        minimum=part.amount("min"),
        legs=part.count("legs") if scope is Scope.LEG else 1,
        window=part.count("periods", default=1),
        leg_cap=part.amount("leg_cap") if grouped and part.has("leg_cap") else None,
        without_rank=part.rank("without_rank", vocabulary) if grouped and part.has("without_rank") else None,
        in_one=part.has("periods") and part.flag("in_one", False),
    )
