"""The kinds of bonus that this version knows. A new kind is one new file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from organizer.domain.commission.kinds.binary_read import read_binary
from organizer.domain.commission.kinds.breakaway import read_breakaway_bonus
from organizer.domain.commission.kinds.depth_bonus import read_depth
from organizer.domain.commission.kinds.fast_start_read import read_fast_start
from organizer.domain.commission.kinds.generation import read_generation
from organizer.domain.commission.kinds.leadership import read_leadership
from organizer.domain.commission.kinds.matching import read_matching
from organizer.domain.commission.kinds.matrix import read_matrix
from organizer.domain.commission.kinds.pass_up import read_pass_up
from organizer.domain.commission.kinds.pool_read import read_pool
from organizer.domain.commission.kinds.rank_read import read_rank_bonus
from organizer.domain.commission.kinds.retail import read_retail
from organizer.domain.commission.kinds.stairstep import read_stairstep
from organizer.domain.commission.kinds.structure import read_structure
from organizer.domain.commission.kinds.target_read import read_target
from organizer.domain.commission.kinds.team_tier import read_team_tier
from organizer.domain.commission.kinds.unilevel import read_unilevel
from organizer.domain.commission.plan import Rules
from organizer.domain.commission.reader import Table, Vocabulary

KINDS: Mapping[str, Callable[[Table, Vocabulary], Rules]] = {
    "binary": read_binary,
    "retail": read_retail,
    "team_tier": read_team_tier,
    "unilevel": read_unilevel,
    "matching": read_matching,
    "matrix": read_matrix,
    "stairstep": read_stairstep,
    "breakaway": read_breakaway_bonus,
    "leadership": read_leadership,
    "depth": read_depth,
    "generation": read_generation,
    "fast_start": read_fast_start,
    "target": read_target,
    "rank_bonus": read_rank_bonus,
    "structure": read_structure,
    "pool": read_pool,
    "pass_up": read_pass_up,
}
"""By the word in a plan file: what reads a component of that kind into its rules."""

PAID_INACTIVE = ("retail",)
"""Kinds that pay whether or not she is active, unless a plan file says otherwise."""
