"""One thing that a stage wants done: in which phase, by which law, and why; and what it does to record sets."""

from collections.abc import Iterable, Mapping

from linter.edit.change import Change
from linter.source.frozen import Frozen
from linter.source.typed import Final, Literal, TypeAlias

from .estate import Pair, View

Phase: TypeAlias = Literal[
    "ttl", "verify", "authorise", "policy", "switch", "clients", "retire", "end", "tighten", "ttl-up"
]
TTL: Final = "ttl"
VERIFY: Final = "verify"
AUTHORISE: Final = "authorise"
POLICY: Final = "policy"
SWITCH: Final = "switch"
CLIENTS: Final = "clients"
RETIRE: Final = "retire"
END: Final = "end"
TIGHTEN: Final = "tighten"
TTL_UP: Final = "ttl-up"
PHASES: tuple[Phase, ...] = (TTL, VERIFY, AUTHORISE, POLICY, SWITCH, CLIENTS, RETIRE, END, TTL_UP, TIGHTEN)
"""In the order in which mail survives them; TIGHTEN may come several times."""
LEAST: Mapping[str, int] = {RETIRE: 604_800, TIGHTEN: 1_209_600}
"""Seconds before a phase that its gates cannot be passed within: 7 days without a sender, 14 clean days."""


class SetText(Frozen):
    """One text of a name becomes another one; "" stands for none before or after."""

    name: str
    old: str
    new: str


class SetValues(Frozen):
    """A whole record set; no values remove it."""

    name: str
    type: str
    values: tuple[str, ...]


class SetTtl(Frozen):
    """The seconds of a set that is there."""

    name: str
    type: str
    ttl: int


Op: TypeAlias = SetText | SetValues | SetTtl


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

    phase: Phase
    law: str
    reason: str
    ops: tuple[Op, ...] = ()
    needs: tuple[Need, ...] = ()
    files: tuple[Rewrite, ...] = ()
    round: int = 0
    old_age: int = 0


def changes_of(view: View, ops: Iterable[Op]) -> tuple[Change, ...]:
    """The sets that the operations change, each as it shall be; what changes nothing is left out."""
    held: dict[Pair, tuple[tuple[str, ...], int | None]] = {}
    for op in ops:
        pair = (op.name, "TXT") if isinstance(op, SetText) else (op.name, op.type)
        known = view.sets.get(pair)
        values, ttl = held.get(pair, (known.values if known else (), None))
        if isinstance(op, SetTtl):
            ttl = op.ttl
        elif isinstance(op, SetValues):
            values = op.values
        else:
            values = _with_text(values, op)
        held[pair] = (values, ttl)
    found = []
    for (name, kind), (values, ttl) in held.items():
        known = view.sets.get((name, kind))
        is_same = values == (known.values if known else ())
        if not is_same or (known is not None and ttl not in (None, known.ttl)):
            found.append(Change(name, kind, values, ttl))
    return tuple(found)


def _with_text(values: tuple[str, ...], op: SetText) -> tuple[str, ...]:
    if op.new in values and op.old not in values:
        return values
    if op.old and op.old in values:
        replaced = (op.new if value == op.old else value for value in values)
        return tuple(value for value in replaced if value)
    return (*values, op.new) if op.new else values
