"""A located tree as plain Python values, and back from a path of keys to the node that stands there."""

from collections.abc import Iterable

from .scalar_type import value_of
from .text import Span
from .tree import Mapping, Node, Plain, Scalar, Sequence, unalias
from .typed import TypeAlias

PlainValue: TypeAlias = "str | int | float | bool | list[PlainValue] | dict[str, PlainValue] | None"


def plain_value(node: Node) -> PlainValue:
    """The value PyYAML would make, keys turned into text; a later key wins over an earlier one.

    Recursion is safe: the reader of the tree bounds its depth.
    """
    plain, _ = unalias(node)
    if isinstance(plain, Scalar):
        return value_of(plain)
    if isinstance(plain, Sequence):
        return [plain_value(item) for item in plain.items]
    return {key_text(key): plain_value(value) for key, value in zip(plain.keys, plain.values, strict=True)}


def key_text(key: Node) -> str:
    """A key as text; a list or mapping as a key has been reported and reads as ""."""
    plain, _ = unalias(key)
    return plain.text if isinstance(plain, Scalar) else ""


def entry_of(mapping: Mapping, name: str) -> tuple[Node, Node] | None:
    """The (key, value) that counts for a name: the last one."""
    row = _row(mapping, name)
    return None if row is None else (mapping.keys[row], mapping.values[row])


def _row(mapping: Mapping, name: str) -> int | None:
    keys = mapping.keys
    for row in range(len(keys) - 1, -1, -1):
        key = keys[row]
        if (key.text if key.__class__ is Scalar else key_text(key)) == name:
            return row
    return None


def node_at(node: Node, path: Iterable[str | int], via: Span | None = None) -> tuple[Plain, Span | None]:
    """The node a path of keys and indices leads to, and the outermost place of its use, as `unalias` has it.

    Where the path leads nowhere, the last node reached.
    """
    plain, use = unalias(node, via)
    for step in path:
        if isinstance(plain, Mapping):
            row = _row(plain, str(step))
            if row is None:
                break
            use = use or (plain.vias[row] if plain.vias else None)
            plain, use = unalias(plain.values[row], use)
        elif isinstance(plain, Sequence) and isinstance(step, int) and step < len(plain.items):
            plain, use = unalias(plain.items[step], use)
        else:
            break
    return plain, use
