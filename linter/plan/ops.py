"""What a step does to record sets, said so that several such things may concern one set."""

from collections.abc import Iterable
from typing import TypeAlias

from linter.edit.change import Change
from linter.source.frozen import Frozen

from .estate import Pair, View


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
