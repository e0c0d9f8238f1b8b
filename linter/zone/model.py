"""A zone as declared: its records and their values, each with the place where it was written."""

from collections.abc import Mapping as ByPath

from linter.records.text.name import NameFault, is_address
from linter.source.frozen import Frozen
from linter.source.plain import entry_of
from linter.source.text import Source, SourceFault, Span
from linter.source.tree import Mapping, Node, Plain, Scalar, located
from linter.source.typed import TYPE_CHECKING, Protocol, TypeAlias

from .published import Places, as_meant, closed, is_cut, meant_characters, publish, publish_with_places

if TYPE_CHECKING:
    import re

    from linter.intent.model import Intent
    from linter.source.offsets import Offsets

    from .filled import Piece

# A value with a hundred faults is asked for as often, and one fault stands in a hundred zones: the last map is kept.
_latest: list[tuple[tuple[str, str, bool, "tuple[Piece, ...]"], Places | None]] = []


class Stretch(Protocol):
    """What a grammar has read out of a text, by its offsets."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


class Text(Frozen):
    """A TXT value: `text` is what the server sends, its character-strings joined (RFC 1035 3.3.14).

    With `repaired`, `text` is what its author meant: without literal quotes, and with ASCII for what looks like it.
    `pieces` are the parts of what the file says that octoDNS's Templating has filled in.
    """

    text: str
    node: Scalar
    via: Span | None = None
    repaired: bool = False
    pieces: "tuple[Piece, ...]" = ()

    @property
    def has_quotes(self) -> bool:
        """Whether literal quotes are published, or one that opens the value and is not closed cuts it short."""
        return '"' in self.text or is_cut(self.node.text)

    @property
    def is_spoilt(self) -> bool:
        """Whether characters are published that nobody means to publish in a mail record."""
        return self.has_quotes or not self.text.isascii()

    def as_meant(self) -> "Text":
        """The value as its author meant it."""
        published = publish(closed(self.node.text))
        if self.pieces:
            from .filled import filled  # few files are templates

            published = filled(published, self.pieces)
        return self._replace(text=as_meant(published), repaired=True)

    @property
    def span(self) -> Span:
        """The whole value as written."""
        return Span(self.node.source, self.node.start, self.node.end, self.via)

    def part(self, start: int, end: int) -> Span:
        """The place of text[start:end]; the whole value where its style hides the place."""
        offsets, places = self._places()
        if offsets is None or places is None or not places[0]:
            return self.span
        starts, ends = places
        count = len(starts)
        if start < count:
            begin = offsets.starts[starts[start]]
            past = offsets.ends[ends[min(end, count) - 1] - 1] if start < end else begin
        else:
            begin = past = offsets.ends[ends[-1] - 1]
        return Span(self.node.source, begin, past, self.via)

    def place(self, part: Stretch) -> Span:
        """The place of a term, a tag or a fault of the text."""
        return self.part(part.start, part.end)

    def written_places(self) -> Places | None:
        """Where in what the file says, typed and without YAML's quotes, each character of `text` is written."""
        asked = (self.node.text, self.text, self.repaired, self.pieces)
        if not _latest or _latest[0][0] != asked:
            _latest[:] = [(asked, self._written_places())]
        return _latest[0][1]

    def _written_places(self) -> Places | None:
        published, places = publish_with_places(closed(self.node.text) if self.repaired else self.node.text)
        if self.pieces:
            from .filled import filled, filled_places

            published, places = filled(published, self.pieces), filled_places(places, self.pieces)
        if self.repaired:
            starts, ends = places
            kept = meant_characters(published)
            published = "".join(each for _, each in kept)
            places = [starts[index] for index, _ in kept], [ends[index] for index, _ in kept]
        return places if published == self.text else None

    def _places(self) -> "tuple[Offsets | None, Places | None]":
        """Where the characters of what is written stand in the file, and in that those of `text`, as far as known."""
        from linter.source.offsets import offsets_of  # only findings need places

        return offsets_of(self.node), self.written_places()


class Target(Frozen):
    """A name that a value points to: `name` absolute and lower case, `written` as it is in the file.

    Where the final dot is missing, `dotted` is false and `name` is the likelier reading: absolute for a name
    with dots inside, relative to the zone for a single label. `fault` says why it is not a name at all: an address,
    the text of a record, an empty label.
    """

    name: str
    written: str
    dotted: bool
    node: Scalar
    via: Span | None = None
    fault: NameFault | None = None

    @property
    def is_address(self) -> bool:
        """Whether an IP address stands where the name should, in brackets or not."""
        return is_address(self.written.strip("[]."))

    @property
    def span(self) -> Span:
        """Where the name is written."""
        return Span(self.node.source, self.node.start, self.node.end, self.via)

    def part(self, start: int, end: int) -> Span:
        """The place of written[start:end]; the whole value where a processor of octoDNS has changed it."""
        from linter.source.offsets import part_of  # only findings need places

        return part_of(self.node, start, end, self.via) if self.written == self.node.text else self.span


class Mx(Frozen):
    """One MX value (RFC 5321 section 5.1); `preference` is None where it could not be read."""

    preference: int | None
    exchange: Target
    node: Mapping
    preference_node: Node | None = None

    @property
    def is_null(self) -> bool:
        """Whether this is the null MX of RFC 7505, whatever its preference."""
        return self.exchange.name == "."

    @property
    def span(self) -> Span:
        """Its host, which is what tells."""
        return self.exchange.span


class Srv(Frozen):
    """One SRV value (RFC 2782)."""

    priority: int | None
    weight: int | None
    port: int | None
    target: Target
    node: Mapping
    port_node: Node | None = None

    @property
    def span(self) -> Span:
        """Its host, which is what tells."""
        return self.target.span


class Tlsa(Frozen):
    """One TLSA value (RFC 6698 section 2) by its fields as written; None is one that is missing or no scalar.

    Numbers are judged by `linter.records.transport.tlsa`: here they may be any.
    """

    usage: Scalar | None
    selector: Scalar | None
    matching_type: Scalar | None
    data: Scalar | None
    node: Mapping
    via: Span | None = None

    @property
    def span(self) -> Span:
        """The whole value as written."""
        return Span(self.node.source, self.node.start, self.node.end, self.via)

    def part(self, field: Scalar, start: int, end: int) -> Span:
        """The place of text[start:end] of one of the fields; all of the field where its style hides the place."""
        from linter.source.offsets import part_of  # only findings need places

        return part_of(field, start, end, self.via)


class Address(Frozen):
    """One A or AAAA value, as written."""

    text: str
    node: Scalar
    via: Span | None = None

    @property
    def span(self) -> Span:
        """Where the address is written."""
        return Span(self.node.source, self.node.start, self.node.end, self.via)


class Other(Frozen):
    """A value of a type that no rule reads."""

    node: Plain
    via: Span | None = None

    @property
    def span(self) -> Span:
        """All of it."""
        return located(self.node, self.via)


Value: TypeAlias = Text | Target | Mx | Srv | Tlsa | Address | Other


class Record(Frozen):
    """A record set as one entry of the file declares it (RFC 2181 section 5).

    `name` is the absolute owner name, `values` those that could be read. `complete` is false where the entry
    had a fault that hides part of what it publishes: then nothing may be concluded from what is not there.
    `written` is the entry, a tree or what its shape has shown.
    `is_proxied` is whether a web proxy stands before what it leads to (`octodns: {cloudflare: {proxied: true}}`):
    addresses of the proxy are served in its place, and only the provider knows which.
    """

    name: str
    type: str
    ttl: int | None
    values: tuple[Value, ...]
    name_node: Node
    written: "Mapping | re.Match[str]"
    via: Span | None = None
    complete: bool = True
    is_proxied: bool = False

    @property
    def node(self) -> Mapping:
        """The entry as a tree, which is made each time where the record was read by its shape."""
        if isinstance(self.written, Mapping):
            return self.written
        from .usual import record_tree  # few records are asked for it

        return record_tree(self.name_node.source, self.written)

    @property
    def source(self) -> Source:
        """The file that the entry stands in."""
        return self.written.source if isinstance(self.written, Mapping) else self.name_node.source

    @property
    def start(self) -> int:
        """Where the entry begins in its file."""
        if isinstance(self.written, Mapping):
            return self.written.start
        return max(self.written.end("deep"), self.written.end("dash"))

    @property
    def settings(self) -> Node | None:
        """What the entry says to octoDNS alone, under `octodns`."""
        found = entry_of(self.written, "octodns") if isinstance(self.written, Mapping) else None
        return found[1] if found is not None else None

    @property
    def name_span(self) -> Span:
        """Where the owner name is written."""
        node = self.name_node
        return Span(node.source, node.start, node.end)

    @property
    def span(self) -> Span:
        """Its first value; its name where none could be read."""
        return self.values[0].span if self.values else self.name_span


class BadName(Frozen):
    """An owner name that DNS does not allow."""

    fault: NameFault
    name: str
    node: Scalar


PROXIED_TYPES = ("A", "AAAA", "CNAME", "ALIAS")
"""The types that a web proxy can stand before; `proxied` at another type says nothing (octodns-cloudflare 1.2)."""

UNREAD = "?"
"""In place of a type: whatever stands at a name beside what could be read, of any type."""


class Zone(Frozen):
    """One zone, from one file or several.

    `unmanaged` are the (name, type) pairs that the files mention and leave to the provider: octoDNS's
    `ignored`; the type is UNREAD where an entry of the name could not be read. `faults` are those of the files,
    in order; `complete` is false where a file could not be read to its end, so that what is missing is unknown
    rather than missing. `left` are the types of which the provider keeps what it has, at every name. `intent` is
    what a native file declares beside its records. `escaped` is, by path, whether semicolons in TXT values are
    escaped, where that is known. `doubled` are records whose names end in the zone's own name twice; they are in none
    of the others. `natives` are the paths of native files. `replaced` are records with the one of the same file that
    takes their place; they are in none of the others either.
    """

    name: str
    records: tuple[Record, ...]
    sources: tuple[Source, ...]
    faults: tuple[SourceFault, ...] = ()
    bad_names: tuple[BadName, ...] = ()
    unmanaged: frozenset[tuple[str, str]] = frozenset()
    complete: bool = True
    intent: "Intent | None" = None
    escaped: ByPath[str, bool] = {}
    left: frozenset[str] = frozenset()
    doubled: tuple[Record, ...] = ()
    natives: frozenset[str] = frozenset()
    replaced: tuple[tuple[Record, Record], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every entry of the files could be read."""
        return self.complete and not self.left and not any(kind == UNREAD for _, kind in self.unmanaged)


__all__ = [
    "UNREAD",
    "Address",
    "BadName",
    "Mx",
    "Other",
    "Record",
    "Srv",
    "Target",
    "Text",
    "Tlsa",
    "Value",
    "Zone",
    "publish",
]
