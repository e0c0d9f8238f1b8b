"""YAML text to a located tree: the frequent shape at once, all else from libyaml's events."""

from itertools import repeat

from .block_reader import read_blocks
from .frozen import Frozen
from .merge import Mappings
from .text import Source, SourceFault
from .tree import Include, Mapping, Node, Plain, Scalar, Sequence, unalias

MAX_DEPTH = 64
"""Collections inside collections; a zone needs five."""
MAX_EXPANSION = 2_000_000
"""Nodes of a document once every alias is written out; the largest zone seen has 0.2 million."""


class Tree(Frozen):
    """A document read: its root (None where it is empty or no YAML) and everything wrong with its form."""

    root: Node | None
    faults: tuple[SourceFault, ...]


def read_yaml(source: Source, include: Include | None = None) -> Tree:
    """Read one document. Faults are of the kinds yaml-syntax, yaml-duplicate-key and yaml-limits."""
    faults: list[SourceFault] = []
    root = read_blocks(source, Mappings(source, faults))
    if root is not None:
        return Tree(root, tuple(faults))
    from .event_reader import read_events  # PyYAML costs as much as many a run

    read = read_events(source, include, MAX_DEPTH)
    if read.root is not None and read.used:
        size, depth = _expansion(read.root)
        if size > MAX_EXPANSION or depth > MAX_DEPTH:
            much = f"to more than {MAX_EXPANSION:,} values" if size > MAX_EXPANSION else f"over {MAX_DEPTH} levels deep"
            way_out = "write the lists out, or split the file"
            fault = SourceFault(read.used, "yaml-limits", f"aliases expand {much}", way_out)
            return Tree(None, (*read.faults, fault))
    return Tree(read.root, read.faults)


def _expansion(root: Node) -> tuple[int, int]:
    """How many nodes the tree has once every alias is written out, and how many levels of collections.

    The work is bounded: a part that many aliases share is looked at once.
    """
    sizes: dict[int, int] = {}
    depths: dict[int, int] = {}
    pending: list[tuple[Plain, bool]] = [(unalias(root)[0], False)]
    while pending:
        node, ready = pending.pop()
        if id(node) in sizes:
            continue
        inner = [unalias(child)[0] for child in _children(node)]
        if ready or not inner:
            sizes[id(node)] = 1 + sum(map(sizes.__getitem__, map(id, inner)))
            own = 0 if isinstance(node, Scalar) else 1
            depths[id(node)] = own + max(map(depths.__getitem__, map(id, inner)), default=0)
        else:
            pending.append((node, True))
            pending.extend(zip(inner, repeat(False)))
    top = id(unalias(root)[0])
    return sizes[top], depths[top]


def _children(node: Plain) -> tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Mapping):
        return (*node.keys, *node.values)
    return ()
