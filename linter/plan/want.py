"""One thing that a stage wants done: in which phase, by which law, and why."""

from linter.source.frozen import Frozen

from .estate import Pair
from .ops import Op

TTL, VERIFY, AUTHORISE, POLICY, SWITCH, CLIENTS, RETIRE, END, TIGHTEN, TTL_UP = (
    "ttl", "verify", "authorise", "policy", "switch", "clients", "retire", "end", "tighten", "ttl-up",
)  # fmt: skip
PHASES = (TTL, VERIFY, AUTHORISE, POLICY, SWITCH, CLIENTS, RETIRE, END, TTL_UP, TIGHTEN)
"""In the order in which mail survives them; TIGHTEN may come several times."""
LEAST = {RETIRE: 604_800, TIGHTEN: 1_209_600}
"""Seconds before a phase that its gates cannot be passed within: 7 days without a sender, 14 clean days."""


class Need(Frozen):
    """A value that only the vendor shows, by the set that lacks it: what it is and where to look."""

    pair: Pair
    what: str
    where: str


class Rewrite(Frozen):
    """A policy file with another text, and what changes in words."""

    path: str
    text: str
    what: str


class Want(Frozen):
    """Operations that belong together. `round` tells apart what has to be done one after the other in one phase.

    `old_age` is the `max_age` of the MTA-STS policy that senders may hold before it, in seconds.
    """

    phase: str
    law: str
    reason: str
    ops: tuple[Op, ...] = ()
    needs: tuple[Need, ...] = ()
    files: tuple[Rewrite, ...] = ()
    round: int = 0
    old_age: int = 0
