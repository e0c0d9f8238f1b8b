"""YAML text to a located tree, from libyaml's events; PyYAML's composer and constructors never see input.

The composer recurses, and 50,000 nested brackets crash the interpreter there; it also loses the end of a
scalar and cannot see a key that stands twice. So events are read in one loop with a stack of our own.
"""

from collections.abc import Callable
from itertools import repeat
from typing import Any, NamedTuple

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from .merge import build_mapping
from .text import Source, SourceFault, Span
from .tree import Alias, Mapping, Node, Plain, Scalar, Sequence, unalias
from .yaml_error import syntax_fault

MAX_DEPTH = 64
"""Collections inside collections; a zone needs five."""
MAX_EXPANSION = 2_000_000
"""Nodes of a document once every alias is written out; the largest zone seen has 0.2 million."""

_YAML_TAGS = frozenset(
    "tag:yaml.org,2002:" + name
    for name in (
        *("str", "null", "bool", "int", "float", "timestamp", "binary"),
        *("seq", "map", "omap", "set", "pairs", "merge", "value"),
    )
) | {"!"}

Include = Callable[[Scalar | Sequence], "Plain | SourceFault"]


class Tree(NamedTuple):
    """A document read: its root (None where it is empty or no YAML) and everything wrong with its form."""

    root: Node | None
    faults: tuple[SourceFault, ...]


class _Open(NamedTuple):
    """A collection that has begun: its children so far, and what its end needs to know."""

    children: list[Node]
    start: int
    is_mapping: bool
    tag: str
    anchor: str | None


def read_yaml(source: Source, include: Include | None = None) -> Tree:
    """Read one document. Faults are of the kinds yaml-syntax, yaml-duplicate-key and yaml-limits."""
    reader = _Reader(source, include)
    try:
        root = reader.run()
    except YAMLError as error:
        return Tree(None, (*reader.faults, syntax_fault(source, error)))
    except UnicodeEncodeError as error:  # a lone surrogate, from a source that is no file
        span = Span(source, error.start, error.end)
        return Tree(None, (SourceFault(span, "yaml-syntax", "text that is no Unicode"),))
    except _StopReading as stop:
        return Tree(None, (*reader.faults, stop.fault))
    if root is not None and reader.anchors and _expansion(root) > MAX_EXPANSION:
        span = next(iter(reader.anchors.values())).span
        message = f"aliases expand to more than {MAX_EXPANSION:,} values"
        fault = SourceFault(span, "yaml-limits", message, "write the lists out, or split the file")
        return Tree(None, (*reader.faults, fault))
    return Tree(root, tuple(reader.faults))


class _StopReading(Exception):
    def __init__(self, fault: SourceFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def _second_document(source: Source, start: int) -> SourceFault:
    span = Span(source, start, min(start + 3, len(source.text)))
    message = "a second document begins here; a zone file holds one"
    return SourceFault(span, "yaml-syntax", message, "move it into a file of its own")


class _Reader:
    """The state of one reading."""

    def __init__(self, source: Source, include: Include | None) -> None:
        self.source = source
        self.include = include
        self.faults: list[SourceFault] = []
        self.anchors: dict[str, Plain] = {}
        self.unfinished: set[str] = set()

    def run(self) -> Node | None:
        """Feed all events; the root node, or None for an empty stream."""
        next_event: Callable[[], Any] = CParser(self.source.text).get_event
        new, source = tuple.__new__, self.source
        children: list[Node] = []
        stack = [_Open(children, 0, False, "", None)]
        while True:
            event = next_event()
            kind = event.__class__
            if kind is ScalarEvent:
                scalar = new(
                    Scalar,
                    (
                        source,
                        event.start_mark.index,
                        event.end_mark.index,
                        event.value,
                        event.style or "",
                        event.tag or "",
                    ),
                )
                if event.tag or event.anchor:
                    children.append(self.special_scalar(scalar, event.anchor))
                else:
                    children.append(scalar)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                children = self.open(event, stack)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                closed = stack.pop()
                node = self.close(closed, event.end_mark.index)
                children = stack[-1].children
                children.append(node)
            elif kind is AliasEvent:
                children.append(self.alias(event))
            elif kind is DocumentStartEvent and children:
                self.faults.append(_second_document(source, event.start_mark.index))
                return children[0]
            elif kind is StreamEndEvent:
                return children[0] if children else None

    def open(self, event: Any, stack: list[_Open]) -> list[Node]:
        """A collection begins."""
        start = event.start_mark.index
        if len(stack) > MAX_DEPTH:
            span = Span(self.source, start, start + 1)
            raise _StopReading(SourceFault(span, "yaml-limits", f"more than {MAX_DEPTH} levels deep"))
        if event.anchor:
            self.begin_anchor(event.anchor, start)
        is_mapping = event.__class__ is MappingStartEvent
        stack.append(_Open([], start, is_mapping, event.tag or "", event.anchor))
        return stack[-1].children

    def begin_anchor(self, name: str, start: int) -> None:
        """PyYAML refuses a document that uses an anchor name twice, and so octoDNS does."""
        if name in self.anchors or name in self.unfinished:
            span = Span(self.source, start, start + len(name) + 1)
            first = self.anchors.get(name)
            related = ((first.span, "the first one"),) if first else ()
            raise _StopReading(SourceFault(span, "yaml-syntax", f"the anchor `&{name}` stands twice", related=related))
        self.unfinished.add(name)

    def close(self, closed: _Open, end: int) -> Node:
        """A collection has ended."""
        node: Plain | Node
        if closed.is_mapping:
            node = build_mapping(self.source, (closed.start, end), closed.children, self.faults)
            if closed.tag:
                node = node._replace(tag=closed.tag)
        else:
            node = Sequence(self.source, closed.start, end, tuple(closed.children), closed.tag)
        if closed.anchor:
            self.unfinished.discard(closed.anchor)
            self.anchors[closed.anchor] = node
        return self.tagged(node) if closed.tag else node

    def special_scalar(self, scalar: Scalar, anchor: str | None) -> Node:
        """A scalar with a tag or an anchor."""
        if anchor:
            self.begin_anchor(anchor, scalar.start)
            self.unfinished.discard(anchor)
            self.anchors[anchor] = scalar
        return self.tagged(scalar) if scalar.tag else scalar

    def tagged(self, node: Plain) -> Node:
        """Follow `!include`; refuse tags that octoDNS's loader does not know."""
        if node.tag == "!include" and self.include and not isinstance(node, Mapping):
            included = self.include(node)
            if not isinstance(included, SourceFault):
                return Alias(self.source, node.start, node.end, included)
            self.faults.append(included)
        elif node.tag not in _YAML_TAGS:
            span = Span(self.source, node.start, min(node.end, node.start + len(node.tag)))
            message = f"the tag `{node.tag}` has no meaning in a zone file"
            self.faults.append(SourceFault(span, "yaml-syntax", message))
        return node

    def alias(self, event: Any) -> Node:
        """`*name`: the node of that anchor, kept apart with its place of use."""
        name, start, end = event.anchor, event.start_mark.index, event.end_mark.index
        span = Span(self.source, start, end)
        if name in self.unfinished:
            fault = SourceFault(span, "yaml-limits", f"`*{name}` stands inside the value it names")
            raise _StopReading(fault)
        target = self.anchors.get(name)
        if target is None:
            raise _StopReading(SourceFault(span, "yaml-syntax", f"no anchor `&{name}` stands before this"))
        return Alias(self.source, start, end, target)


def _expansion(root: Node) -> int:
    """How many nodes the tree has once every alias is written out; bounded work, since trees share parts."""
    sizes: dict[int, int] = {}
    pending: list[tuple[Plain, bool]] = [(unalias(root)[0], False)]
    while pending:
        node, ready = pending.pop()
        if id(node) in sizes:
            continue
        inner = [unalias(child)[0] for child in _children(node)]
        if ready or not inner:
            sizes[id(node)] = 1 + sum(map(sizes.__getitem__, map(id, inner)))
        else:
            pending.append((node, True))
            pending.extend(zip(inner, repeat(False)))
    return sizes[id(unalias(root)[0])]


def _children(node: Plain) -> tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Mapping):
        return (*node.keys, *node.values)
    return ()
