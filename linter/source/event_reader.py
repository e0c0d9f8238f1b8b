"""A located tree from libyaml's events; PyYAML's composer and constructors never see input.

The composer recurses, and 50,000 nested brackets crash the interpreter there; it also loses the end of a
scalar and cannot see a key that occurs twice. So events are read in one loop with a stack of our own.
"""

from collections.abc import Callable

from yaml import YAMLError
from yaml.error import MarkedYAMLError
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
from yaml.reader import ReaderError

from linter.source.frozen import Frozen
from linter.source.libyaml import NoLibyaml
from linter.source.merge import Mappings
from linter.source.pattern import Pattern
from linter.source.text import Source, SourceFault, Span
from linter.source.tree import KNOWN_TAGS, Alias, Include, Mapping, Node, Plain, Scalar, Sequence, unalias

from .typed import Any

try:
    from yaml._yaml import CParser
except ImportError as missing:
    raise NoLibyaml(missing) from missing

# The event of a node begins at its anchor or tag; the node itself stands behind these, whatever lies between.
_WORD, _SPACE, _COMMENT = (
    r"[^ \t\r\n\x85\u2028\u2029]*",
    r"[ \t\r\n\x85\u2028\u2029]*",
    r"#[^\r\n\x85\u2028\u2029]*",
)
_PROPERTIES = Pattern(f"(?:[&!]{_WORD}{_SPACE}(?:{_COMMENT}{_SPACE})*){{1,2}}")
_TAG = Pattern(f"!{_WORD}")


class Read(Frozen):
    """What the events say; `used` is the last place where an alias or an included file is used."""

    root: Node | None
    faults: tuple[SourceFault, ...]
    used: Span | None = None


class _Open(Frozen):
    """A collection that has begun: its children so far, and what its end needs to know.

    `properties` is where its anchor or tag begins, `start` where it begins itself.
    """

    children: list[Node]
    properties: int
    start: int
    is_mapping: bool
    tag: str
    anchor: str | None


def read_events(source: Source, include: Include | None, deepest: int) -> Read:
    """Read one document of at most so many levels, but for what aliases expand to."""
    reader = _Reader(source, include, deepest)
    try:
        root = reader.run()
    except YAMLError as error:
        return Read(None, (*reader.faults, syntax_fault(source, error, deepest)))
    except UnicodeEncodeError as error:  # a lone surrogate, from a source that is not a file
        span = Span(source, error.start, error.end)
        return Read(None, (SourceFault(span, "yaml-syntax", "text that is not Unicode"),))
    except _StopReading as stop:
        return Read(None, (*reader.faults, stop.fault))
    return Read(root, tuple(reader.faults), reader.used)


class _StopReading(Exception):
    def __init__(self, fault: SourceFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def _second_document(source: Source, start: int) -> SourceFault:
    span = Span(source, start, min(start + 3, len(source.text)))
    message = "a second document begins here; a zone file holds one"
    return SourceFault(span, "yaml-syntax", message, "move it into a separate file")


class _Reader:
    """The state of one reading; `used` is the last place where an alias or an included file is used."""

    def __init__(self, source: Source, include: Include | None, deepest: int) -> None:
        self.source = source
        self.include = include
        self.deepest = deepest
        self.faults: list[SourceFault] = []
        self.anchors: dict[str, Plain] = {}
        self.unfinished: set[str] = set()
        self.used: Span | None = None
        self.mappings = Mappings(source, self.faults)

    def run(self) -> Node | None:
        """Feed all events; the root node, or None for an empty stream."""
        new, source, text, deepest = tuple.__new__, self.source, self.source.text, self.deepest
        # libyaml does not count a byte order mark at the very beginning, unless another one stands before it.
        next_event: Callable[[], Any] = CParser(f"\ufeff{text}" if text[:1] == "\ufeff" else text).get_event
        children: list[Node] = []
        stack = [_Open(children, 0, 0, False, "", None)]
        while True:
            event = next_event()
            kind = event.__class__
            if kind is ScalarEvent:
                begin, end, tag = event.start_mark.index, event.end_mark.index, event.tag
                scalar = new(Scalar, (source, begin, end, event.value, event.style or "", tag or ""))
                if tag is None and event.anchor is None:
                    children.append(scalar)
                else:
                    children.append(self.special_scalar(scalar, event.anchor))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor is None and event.tag is None and len(stack) <= deepest:
                    children, begin = [], event.start_mark.index
                    stack.append(new(_Open, (children, begin, begin, kind is MappingStartEvent, "", None)))
                else:
                    children = self.open(event, stack)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node = self.close(stack.pop(), event.end_mark.index)
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
        if len(stack) > self.deepest:
            span = Span(self.source, start, start + 1)
            raise _StopReading(SourceFault(span, "yaml-limits", f"more than {self.deepest} levels deep"))
        anchor, tag, children, itself = event.anchor, event.tag, list[Node](), start
        if anchor:
            self.begin_anchor(anchor, start)
        if anchor or tag:
            itself = self.behind_properties(start, len(self.source.text))
        is_mapping = event.__class__ is MappingStartEvent
        stack.append(tuple.__new__(_Open, (children, start, itself, is_mapping, tag or "", anchor)))
        return children

    def begin_anchor(self, name: str, start: int) -> None:
        """PyYAML refuses a document that uses an anchor name twice, and so octoDNS does."""
        if name in self.anchors or name in self.unfinished:
            place = max(start, self.source.text.find(f"&{name}", start))
            span = Span(self.source, place, place + len(name) + 1)
            first = self.anchors.get(name)
            related = ((first.span, "the first one"),) if first else ()
            raise _StopReading(SourceFault(span, "yaml-syntax", f"the anchor `&{name}` occurs twice", related=related))
        self.unfinished.add(name)

    def close(self, closed: _Open, end: int) -> Node:
        """A collection has ended."""
        children, properties, start, is_mapping, tag, anchor = closed
        node: Plain
        if is_mapping:
            node = self.mappings.build(start, end, children)
            if tag:
                node = node._replace(tag=tag)
        else:
            node = tuple.__new__(Sequence, (self.source, start, end, tuple(children), tag))
        return self.finish(node, properties, anchor) if tag or anchor else node

    def special_scalar(self, scalar: Scalar, anchor: str | None) -> Node:
        """A scalar with a tag or an anchor."""
        if anchor:
            self.begin_anchor(anchor, scalar.start)
        start = self.behind_properties(scalar.start, scalar.end)
        return self.finish(scalar._replace(start=start), scalar.start, anchor)

    def behind_properties(self, start: int, end: int) -> int:
        """Where a node itself begins, when its event spans start to end."""
        properties = _PROPERTIES.match(self.source.text, start, end)
        return properties.end() if properties else start

    def finish(self, node: Plain, start: int, anchor: str | None) -> Node:
        """A node with its anchor and tag, which begin at `start`."""
        tagged = self.tagged(node, start) if node.tag else node
        if anchor:
            self.unfinished.discard(anchor)
            self.anchors[anchor] = unalias(tagged)[0]
        return tagged

    def tagged(self, node: Plain, start: int) -> Node:
        """Follow `!include`; refuse tags that octoDNS's loader does not know."""
        if node.tag == "!include" and self.include and not isinstance(node, Mapping):
            included = self.include(node)
            if not isinstance(included, SourceFault):
                self.used = Span(self.source, start, node.end)
                return Alias(self.source, start, node.end, included)
            self.faults.append(included)
        elif node.tag not in KNOWN_TAGS:
            written = _TAG.search(self.source.text, start, node.end)
            span = Span(self.source, *(written.span() if written else (start, node.end)))
            message = f"the tag `{span.text}` has no meaning in a zone file"
            self.faults.append(SourceFault(span, "yaml-syntax", message))
        return node

    def alias(self, event: Any) -> Node:
        """`*name`: the node of that anchor, kept apart with its place of use."""
        name, start, end = event.anchor, event.start_mark.index, event.end_mark.index
        span = Span(self.source, start, end)
        if name in self.unfinished:
            fault = SourceFault(span, "yaml-limits", f"`*{name}` is inside the value it names")
            raise _StopReading(fault)
        target = self.anchors.get(name)
        if target is None:
            raise _StopReading(SourceFault(span, "yaml-syntax", f"no anchor `&{name}` comes before this"))
        self.used = span
        return Alias(self.source, start, end, target)


_DOUBLE_IT = "use single quotes, or double the backslash"


def syntax_fault(source: Source, error: YAMLError, deepest: int) -> SourceFault:
    """The fault for the first thing libyaml cannot read; `deepest` is how many levels our own reader allows."""
    if isinstance(error, ReaderError):
        return _character_fault(source, error)
    if not isinstance(error, MarkedYAMLError):
        return SourceFault(Span(source, 0, 1), "yaml-syntax", "no YAML that libyaml can read")
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in (error.context or "") and "end of stream" in (error.problem or "") and error.context_mark:
        start = error.context_mark.index
        message, way_out = "a quote that is never closed", "close it; inside single quotes a quote is written `''`"
        return SourceFault(Span(source, start, start + 1), "yaml-syntax", message, way_out)
    offset = min(mark.index if mark else 0, len(source.text))
    problem = " ".join((error.problem or "cannot be read").split())
    if "maximum nesting depth" in problem:  # libyaml's own bound, met before ours: its scanner reads ahead
        span = Span(source, offset, offset + 1)
        return SourceFault(span, "yaml-limits", f"more than {deepest} levels deep")
    message, way_out = _worded(source, offset, problem)
    if error.context and message == problem:
        message = f"{problem} {' '.join(error.context.split())}"
    related: tuple[tuple[Span, str], ...] = ()
    context = error.context_mark
    if context and context.index < offset and source.position(context.index).line != source.position(offset).line:
        related = ((Span(source, context.index, context.index + 1), "of what begins here"),)
    span = Span(source, offset, min(offset + 1, len(source.text)))
    return SourceFault(span, "yaml-syntax", message, way_out, related)


def _worded(source: Source, offset: int, problem: str) -> tuple[str, str]:
    """(message, help) for the frequent ones in the words of somebody who edits zones."""
    text = source.text
    here = text[offset : offset + 1]
    if "unknown escape character" in problem:
        escape = text[offset : offset + 2]
        way_out = "use single quotes, or no quotes, or write `;`" if escape == "\\;" else _DOUBLE_IT
        return f"`{escape}` is not an escape that double quotes know", way_out
    if here == "\t":
        return "a tab is where only spaces may indent", "replace it with spaces"
    if here in ("@", "`", "%") and "cannot start any token" in problem:
        return f"a value cannot begin with `{here}`", "put it in quotes; the zone itself is written `''`"
    if "did not find expected alphabetic or numeric character" in problem:
        sign = text[max(0, offset - 1) : offset]
        way_out = "put the text in quotes" if sign == "&" else "put a wildcard in quotes: `'*'`"
        return f"`{sign or '*'}` begins an alias or anchor, and no name follows", way_out
    if "mapping values are not allowed" in problem:
        return "a colon and a space inside a value that is not quoted", "put the whole value in quotes"
    if "could not find expected ':'" in problem:
        return (
            "a key without its colon",
            "write `name:`; a text over several lines needs quotes or deeper indent",
        )
    if "did not find expected key" in problem:
        return "something that is neither a key of this mapping nor part of the value above", (
            "check the indentation, and quotes inside quotes"
        )
    return problem, ""


def _character_fault(source: Source, error: ReaderError) -> SourceFault:
    """libyaml counts this position in octets of the UTF-8 text; find the character from its code instead."""
    code = error.character if isinstance(error.character, int) else -1
    position = source.text.find(chr(code)) if 0 <= code < 0x110000 else -1
    start = max(position, 0)
    what = f"the control character U+{code:04X}" if code >= 0 else "a control character"
    message = f"{what} is not allowed in YAML"
    if code == 0:
        message = "a null byte: this is not a text file"
    return SourceFault(Span(source, start, start + 1), "yaml-syntax", message)
