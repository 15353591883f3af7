"""The kinds of bonus that this version knows. A new kind is one new file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from organizer.domain.commission.binary_read import read_binary
from organizer.domain.commission.fast_start_read import read_fast_start
from organizer.domain.commission.matrix import read_matrix
from organizer.domain.commission.matching import read_matching
from organizer.domain.commission.plan import Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.retail import read_retail
from organizer.domain.commission.unilevel import read_unilevel

KINDS: Mapping[str, Callable[[Table, Vocabulary], Rules]] = {
    "binary": read_binary,
    "retail": read_retail,
    "unilevel": read_unilevel,
    "matching": read_matching,
    "matrix": read_matrix,
    "fast_start": read_fast_start,
}
"""By the word in a plan file: what reads a component of that kind into its rules."""

PAID_INACTIVE = ("retail",)
"""Kinds that pay whether or not she is active, unless a plan file says otherwise."""
