"""What a form calls the keys of a plan outside its bonuses, and what it says of each."""

from __future__ import annotations

from collections.abc import Mapping

from organizer.domain.result import Message

KEYS: Mapping[str, tuple[Message, Message]] = {
    "format": (Message("Format"), Message("The format of plan files that this program reads; leave it as it is.")),
    "id": (
        Message("Short name"),
        Message("How the rest of the plan calls it: small letters a to z, digits, - and _."),
    ),
    "volumes.id": (
        Message("Short name"),
        Message("How the rest of the plan calls it. Figures you have brought in stay under the old name."),
    ),
    "name": (Message("Name"), Message("What people read.")),
    "company": (Message("Company"), Message("The company's name.")),
    "region": (Message("Region"), Message("The country or region that the plan is for.")),
    "currency": (Message("Currency"), Message("What the plan pays in, such as DKK or EUR.")),
    "period": (Message("Settled by"), Message("How long a period is.")),
    "valid_from": (Message("Valid from"), Message("The first day that the plan holds for.")),
    "valid_to": (Message("Valid to"), Message("The last day that the plan holds for.")),
    "confidence": (
        Message("Confidence"),
        Message("The worst grade of the sources that the figures rest on; it stands beside every estimate."),
    ),
    "sources": (Message("Sources"), Message("Where the figures are from.")),
    "missing": (Message("What isn't in it"), Message("What the plan leaves out or can't be sure of.")),
    "teaching": (
        Message("Invented"),
        Message("Yes for an invented plan; it needs no company, sources or confidence."),
    ),
    "ranks_from": (
        Message("Ranks come from"),
        Message("Worked out from the conditions, or what the company's file says goes first."),
    ),
    "sources.title": (Message("Title"), Message("What the source is called.")),
    "sources.url": (Message("Address"), Message("Where the source can be found.")),
    "sources.grade": (Message("Grade"), Message("How far the source can be trusted.")),
    "period.kind": (Message("Settled by"), Message("How long a period is.")),
    "week_starts": (Message("The week begins on"), Message("The first day of the company's weeks.")),
    "cutoff": (
        Message("The last day is over at"),
        Message("The last minute that counts, such as 23:59; without it midnight."),
    ),
    "timezone": (
        Message("Time zone"),
        Message("The clock that it is read on, such as Europe/Copenhagen; without it your own."),
    ),
    "campaign_anchor": (Message("First day of a campaign 1"), Message("A day on which a first campaign began.")),
    "campaign_days": (Message("Days in a campaign"), Message("How many days a campaign lasts.")),
    "campaigns_a_year": (
        Message("Campaigns a year"),
        Message("How many there are in a year; without it a year begins with the campaign nearest to that day."),
    ),
    "volumes": (Message("Volumes"), Message("What is counted: points or money for each member.")),
    "unit": (Message("Counted in"), Message("Points, or money in the plan's currency.")),
    "columns": (
        Message("Columns in the company's files"),
        Message("The headers that this figure stands under in the company's files."),
    ),
    "source": (
        Message("Where it comes from"),
        Message("From the company's file for each member, or typed in by you."),
    ),
    "active": (
        Message("Being active"),
        Message("What a distributor must have to count as active; without it everybody does."),
    ),
    "active.volume": (Message("Volume"), Message("What is asked for.")),
    "active.min": (Message("At least"), Message("How much of it; reaching it is enough.")),
    "active.periods": (
        Message("Over so many periods"),
        Message("This period and those right before it."),
    ),
    "active.in_one": (
        Message("Reached in one of them"),
        Message("Yes if one of the periods must reach it by itself; no if they count together."),
    ),
    "ranks": (Message("Ranks"), Message("From the lowest to the highest.")),
    "ranks.all": (
        Message("Conditions"),
        Message("All of them must hold; without any, every distributor has the rank."),
    ),
    "ranks.grace": (
        Message("Kept for more periods"),
        Message("For so many periods after she last reached it she keeps it."),
    ),
    "requires": (Message("Only for whom"), Message("Who doesn't meet these conditions isn't paid.")),
    "active_only": (Message("Only for the active"), Message("No if those who are not active are paid too.")),
    "all": (Message("Conditions"), Message("All of them must hold.")),
    "any": (Message("One of these is enough"), Message("Each alternative has conditions of its own.")),
    "condition.volume": (Message("Volume"), Message("What is counted.")),
    "condition.of": (
        Message("Whose"),
        Message("Her own, hers and her frontline's, her whole group's, or each leg's."),
    ),
    "condition.min": (Message("At least"), Message("How much of it; reaching it is enough.")),
    "condition.periods": (
        Message("Over so many periods"),
        Message("This period and those right before it."),
    ),
    "condition.in_one": (
        Message("Reached in one of them"),
        Message("Yes if one of the periods must reach it by itself; no if they count together."),
    ),
    "condition.legs": (Message("Legs"), Message("In how many of her legs.")),
    "condition.leg_cap": (Message("At most from each leg"), Message("No more than this counts of any one leg.")),
    "condition.without_rank": (
        Message("Without the groups of"),
        Message("Groups under members of this rank or higher don't count."),
    ),
    "condition.rank": (Message("Rank"), Message("This rank or a higher one.")),
    "condition.side": (Message("In which leg"), Message("Only those in her left or right leg.")),
    "frontline_only": (Message("Only the first in each leg"), Message("Yes if it must be those right below her.")),
    "personally": (Message("Whom she sponsored herself"), Message("Yes if she must be their sponsor.")),
    "personals": (Message("Distributors she sponsored"), Message("How many.")),
    "active_personals": (Message("Active distributors she sponsored"), Message("How many.")),
    "customers": (Message("Own customers"), Message("How many.")),
    "months_since_joining": (Message("Whole months since joining"), Message("Counted at the period's end.")),
    "held": (Message("Rank held before"), Message("Paid as this rank or a higher one in the periods before.")),
    "held.periods": (Message("Periods in a row"), Message("How many periods before this one.")),
    "caps": (Message("Caps"), Message("The most that is paid.")),
    "caps.components": (Message("Bonuses"), Message("The bonuses that are limited together.")),
    "caps.per": (Message("For each"), Message("Each position, all of one person's, or everybody's together.")),
    "caps.mode": (Message("Who gives"), Message("How what is too much is taken away.")),
    "caps.amount": (Message("The most"), Message("In the plan's currency.")),
    "caps.percent": (Message("The most, in per cent"), Message("Of a figure of the whole company.")),
    "caps.of": (Message("Of"), Message("The company's figure, which you type in.")),
    "caps.together": (Message("What everybody would be paid"), Message("A volume in money that you type in.")),
    "deductions": (Message("Deductions"), Message("What is taken off the pay.")),
    "deductions.amount": (Message("Amount"), Message("Taken off each period's pay.")),
    "deductions.percent": (Message("Percent"), Message("Of the period's pay.")),
    "payout": (Message("Paying out"), Message("The smallest amount, and what becomes of a minus.")),
    "payout.min": (Message("Paid out from"), Message("Less than this is paid with the next period's.")),
    "carry_negative": (
        Message("A minus is carried on"),
        Message("No if a total below nothing isn't taken from the next period's."),
    ),
    "returns": (
        Message("Returned orders"),
        Message("How what came back of earlier periods is taken back; else it counts when it comes."),
    ),
    "returns.method": (
        Message("How it is taken back"),
        Message("At the rate that was paid, at the period's average, or worked out anew without it."),
    ),
    "returns.window": (
        Message("At most so many periods ago"),
        Message("What was bought longer ago is not taken back."),
    ),
    "rounding": (Message("Rounding"), Message("The one place where amounts are rounded.")),
    "at": (Message("Rounded"), Message("Each line, each bonus, or only the total.")),
    "rounding.mode": (Message("How"), Message("A half goes up.")),
}
"""By key, or by what it stands in and key: the label and a sentence of help."""
