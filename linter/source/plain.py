"""A located tree as plain Python values, and back from a path of keys to the node that stands there."""

from collections.abc import Iterable
from typing import TypeAlias

from .scalar_type import value_of
from .tree import Mapping, Node, Plain, Scalar, Sequence, unalias

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
    for key, value in zip(reversed(mapping.keys), reversed(mapping.values), strict=True):
        if key_text(key) == name:
            return key, value
    return None


def node_at(node: Node, path: Iterable[str | int]) -> Plain:
    """The node a path of keys and indices leads to; the last one reached where it leads nowhere."""
    plain, _ = unalias(node)
    for step in path:
        following: Node | None = None
        if isinstance(plain, Mapping):
            entry = entry_of(plain, str(step))
            following = entry[1] if entry else None
        elif isinstance(plain, Sequence) and isinstance(step, int) and step < len(plain.items):
            following = plain.items[step]
        if following is None:
            break
        plain, _ = unalias(following)
    return plain
