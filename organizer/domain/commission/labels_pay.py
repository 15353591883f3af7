"""What a form calls the keys of bonuses: whose volume, percentages, tiers and levels."""

from __future__ import annotations

from collections.abc import Mapping

from organizer.domain.result import Message

KEYS: Mapping[str, tuple[Message, Message]] = {
    "components": (Message("Bonuses"), Message("What is paid, in the order it is worked out.")),
    "kind": (Message("Kind"), Message("What sort of bonus it is; it can't be changed, add another one instead.")),
    "volume": (Message("Volume"), Message("What it is paid on.")),
    "point_value": (Message("Value of a point"), Message("What one point counts in the plan's currency.")),
    "base_percent": (Message("Part that counts"), Message("50 if only half of the volume counts.")),
    "new_members": (
        Message("New members' volume"),
        Message("What counts of somebody's volume right after joining."),
    ),
    "days": (Message("Days"), Message("In the first days since joining.")),
    "months": (Message("Calendar months"), Message("The month of joining is the first.")),
    "new_members.percent": (Message("Part that counts then"), Message("0 if nothing of it counts.")),
    "later_percent": (Message("Part that counts later"), Message("100 if nothing is said.")),
    "tree": (Message("Tree"), Message("Who recruited whom, or who stands above whom.")),
    "customer_volume": (Message("Customers' orders count"), Message("No if what customers buy pays nothing.")),
    "method": (Message("Method"), Message("How it is worked out.")),
    "sales": (Message("What she sold for"), Message("The volume that holds it.")),
    "cost": (Message("What it cost her"), Message("The volume that holds it.")),
    "list_price": (Message("List price"), Message("The volume that holds it.")),
    "percent": (Message("Percent"), Message("One percentage for everybody.")),
    "percent_by_rank": (Message("Percent by rank"), Message("One percentage for each rank.")),
    "tiers": (Message("Tiers"), Message("What holds from each figure on.")),
    "tiers.from": (Message("From"), Message("Reaching it is enough.")),
    "tiers.percent": (Message("Percent"), Message("What is paid from there on.")),
    "tiers.rates": (Message("Percent by level"), Message("The first level, the second, and so on.")),
    "tiers.amount": (Message("Amount"), Message("What is paid for it.")),
    "tiers.all": (Message("Conditions"), Message("All of them must hold for this tier.")),
    "tier_mode": (Message("The tier pays on"), Message("Everything, or each tier only on the part inside it.")),
    "tier_by": (
        Message("What chooses the tier"),
        Message("Another time, other volumes or a group's, if not the one paid on."),
    ),
    "when": (Message("Time"), Message("The time whose figure chooses the tier.")),
    "tier_by.volumes": (Message("Volumes"), Message("Added up to choose the tier.")),
    "of": (Message("Whose"), Message("Her own, her frontline's or her whole group's.")),
    "of.bonuses": (Message("Of these bonuses"), Message("What others earn in them is what this is paid on.")),
    "without_own": (Message("Without her own"), Message("Yes if her own doesn't count.")),
    "without_rank": (
        Message("Without the groups of"),
        Message("Members of this rank or higher and all below them don't count."),
    ),
    "variants": (Message("Alternatives"), Message("The first one holds whose conditions she meets.")),
    "categories": (Message("Categories"), Message("Each with its volume and its own rate.")),
    "new_member_rate": (
        Message("Newcomers get at least"),
        Message("A percentage on their first orders, or for a limited time."),
    ),
    "new_member_rate.percent": (Message("Percent"), Message("What newcomers get at least.")),
    "orders": (Message("First orders"), Message("On so many orders.")),
    "new_member_rate.min": (Message("The order comes to at least"), Message("Smaller orders don't count.")),
    "first_any": (
        Message("Except the very first order"),
        Message("Yes if this least doesn't hold for the very first one."),
    ),
    "rates": (Message("Percent by level"), Message("The first level, the second, and so on.")),
    "depth": (Message("Levels by rank"), Message("How many levels each rank is paid.")),
    "matrix.depth": (Message("Levels"), Message("So many levels are paid at most.")),
    "rates_by_rank": (Message("Percent by rank and level"), Message("A row of percentages for each rank.")),
    "amounts": (Message("Amounts by level"), Message("The first level, the second, and so on.")),
    "amounts_by_rank": (Message("Amounts by rank and level"), Message("A row of amounts for each rank.")),
    "per": (Message("Amount for each"), Message("Each whole one of the volume, or each member who has any.")),
    "target.per": (Message("Asked of each"), Message("Of each whom she sponsored.")),
    "depth_by_legs": (
        Message("Levels by active legs"),
        Message("With so many active legs so many levels are open."),
    ),
    "depth_by_legs.legs": (Message("Active legs"), Message("How many.")),
    "levels": (Message("Levels"), Message("How many levels down.")),
    "active_leg": (Message("A leg is active with"), Message("Its first member, or anyone in it.")),
    "package": (
        Message("By what was bought"),
        Message("The rates go by what somebody bought; the lower of payer's and receiver's counts."),
    ),
    "compression": (Message("Who takes up a level"), Message("The others are skipped.")),
    "skip_below": (Message("Skipped below"), Message("The rank that is needed to take up a level.")),
    "unearned": (
        Message("Unearned pay goes"),
        Message("Where the pay of a level goes that somebody takes up but isn't paid for."),
    ),
    "before_cap": (
        Message("Before those bonuses' own caps"),
        Message("Yes if what they came to before their caps counts."),
    ),
    "width": (Message("Places side by side"), Message("How many stand right below one.")),
    "structure.width": (
        Message("So many whom she sponsored"),
        Message("And so many for each of them on the next level."),
    ),
}
"""By key, or by what it stands in and key: the label and a sentence of help."""
