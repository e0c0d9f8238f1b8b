"""The located tree: YAML nodes that know their place, with aliases kept apart from what they name."""

from collections.abc import Callable

from .frozen import Frozen
from .text import Source, SourceFault, Span
from .typed import TypeAlias


class Scalar(Frozen):
    """A leaf; `text` is its value before typing, `style` one of "" ' " | > and `tag` "" unless written."""

    source: Source
    start: int
    end: int
    text: str
    style: str = ""
    tag: str = ""

    @property
    def span(self) -> Span:
        """Where it stands, quotes included."""
        return Span(self.source, self.start, self.end)


class Sequence(Frozen):
    """A list."""

    source: Source
    start: int
    end: int
    items: "tuple[Node, ...]"
    tag: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.source, self.start, self.end)


class Mapping(Frozen):
    """A mapping after merging: `keys[i]` holds `values[i]`.

    `vias` is empty, or holds for each entry the place of the merge key that brought it (None for its own).
    A key that occurs twice is kept twice; the reader of the file has reported it, and the last one counts.
    """

    source: Source
    start: int
    end: int
    keys: "tuple[Node, ...]"
    values: "tuple[Node, ...]"
    vias: tuple[Span | None, ...] = ()
    tag: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.source, self.start, self.end)


class Alias(Frozen):
    """The use of a node that stands elsewhere: `*name`, or `!include path`."""

    source: Source
    start: int
    end: int
    target: "Scalar | Sequence | Mapping"

    @property
    def span(self) -> Span:
        """Where it is used."""
        return Span(self.source, self.start, self.end)


Plain: TypeAlias = Scalar | Sequence | Mapping
Node: TypeAlias = Scalar | Sequence | Mapping | Alias
Include: TypeAlias = Callable[[Scalar | Sequence], Plain | SourceFault]
"""What gives the value of an `!include`."""


KNOWN_TAGS = frozenset(
    "tag:yaml.org,2002:" + name
    for name in (
        *("str", "null", "bool", "int", "float", "timestamp", "binary"),
        *("seq", "map", "omap", "set", "pairs", "merge", "value"),
    )
) | {"", "!"}
"""The tags that mean something to octoDNS's loader, `!include` apart; "" stands for none."""


def is_unread(node: Plain) -> bool:
    """Whether nobody can say what stands there: an `!include` that failed, a strange tag. It has been reported."""
    return node.tag == "!include" or (isinstance(node, Scalar) and node.tag not in KNOWN_TAGS)


def unalias(node: Node, via: Span | None = None) -> tuple[Plain, Span | None]:
    """The node itself and the outermost place of its use, which is `via` where one is known already."""
    if isinstance(node, Alias):
        return node.target, via or node.span
    return node, via


def located(node: Node, via: Span | None = None) -> Span:
    """The span of a node's own text, with the place of use when it stands elsewhere."""
    plain, use = unalias(node, via)
    return Span(plain.source, plain.start, plain.end, use)
