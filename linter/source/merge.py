"""A mapping from its events: merge keys folded in, keys that stand twice reported."""

from itertools import chain, repeat

from .scalar_type import implicit_type, type_of, value_of
from .text import Source, SourceFault, Span
from .tree import Alias, Mapping, Node, Scalar, Sequence, is_unread, unalias
from .typed import TypeAlias

_new = tuple.__new__
_Entry: TypeAlias = tuple[Node, Node, Span | None]
_SHORT_ROW = 6
_simple_rows: set[tuple[str, ...]] = set()
MAX_MERGED = 1_000_000
"""Entries that merge keys may bring into one document; more can only come from merges that multiply."""


class Mappings:
    """Makes the mappings of one document; what is wrong with them goes to `faults`."""

    __slots__ = ("_merged", "_source", "faults")

    def __init__(self, source: Source, faults: list[SourceFault]) -> None:
        self.faults = faults
        self._source = source
        self._merged = 0

    def build(self, start: int, end: int, children: list[Node]) -> Mapping:
        """The mapping whose keys and values alternate in `children`."""
        keys = children[0::2]
        if _is_simple(keys):
            return _new(Mapping, (self._source, start, end, tuple(keys), tuple(children[1::2]), (), ""))
        return self._build_slowly(start, end, children)

    def of_scalars(self, start: int, end: int, children: list[Node]) -> Mapping:
        """The same, of keys that are all scalars without tags."""
        keys = children[0::2]
        if tuple([key[3] for key in keys]) in _simple_rows or _is_simple(keys):
            return _new(Mapping, (self._source, start, end, tuple(keys), tuple(children[1::2]), (), ""))
        return self._build_slowly(start, end, children)

    def _build_slowly(self, start: int, end: int, children: list[Node]) -> Mapping:
        own: list[_Entry] = []
        merged: dict[object, _Entry] = {}
        first: dict[object, Node] = {}
        for key, value in zip(children[0::2], children[1::2], strict=True):
            plain, _ = unalias(key)
            if not isinstance(plain, Scalar):
                message = "a list or mapping as a key; a name is expected"
                self.faults.append(SourceFault(key.span, "yaml-syntax", message))
            elif type_of(plain) == "merge":
                self._merge(value, merged)
            else:
                _report_repetition(key, plain, first, self.faults)
                own.append((key, value, None))
        # An explicit key wins over a merged one wherever it stands.
        entries = [*(entry for name, entry in merged.items() if name not in first), *own]
        vias = tuple(entry[2] for entry in entries) if any(entry[2] for entry in entries) else ()
        keys, values = tuple(entry[0] for entry in entries), tuple(entry[1] for entry in entries)
        return Mapping(self._source, start, end, keys, values, vias)

    def _merge(self, value: Node, merged: dict[object, _Entry]) -> None:
        """Take in what `<<: value` brings; what comes last wins, as PyYAML has it."""
        plain, _ = unalias(value)
        # Of several mappings in one list the first wins, of several merge keys the last.
        sources = reversed(plain.items) if isinstance(plain, Sequence) and not is_unread(plain) else (value,)
        for each in sources:
            mapping, _ = unalias(each)
            if is_unread(mapping):
                continue
            if not isinstance(mapping, Mapping):
                message = "`<<` merges a mapping or a list of mappings, and this is neither"
                self.faults.append(SourceFault(each.span, "yaml-syntax", message))
                continue
            if self._is_too_much(len(mapping.keys), each):
                return
            use = value.span if isinstance(value, Alias) else each.span
            # A value merged through a mapping written in place needs no other place to be found.
            inline = not isinstance(value, Alias) and not isinstance(each, Alias)
            places = chain(mapping.vias, repeat(None))
            for key, entry_value, inner in zip(mapping.keys, mapping.values, places, strict=False):
                merged[identity(key)] = (key, entry_value, inner if inline else use)

    def _is_too_much(self, count: int, use: Node) -> bool:
        known = self._merged
        self._merged += count
        if known <= MAX_MERGED < self._merged:
            message = f"merge keys bring more than {MAX_MERGED:,} entries"
            way_out = "write the mappings out, or split the file"
            self.faults.append(SourceFault(use.span, "yaml-limits", message, way_out))
        return self._merged > MAX_MERGED


def _is_simple(keys: list[Node]) -> bool:
    """All keys are text, each stands once, and none is a merge key: nothing to fold and nothing to report."""
    row = tuple([key.text for key in keys if key.__class__ is Scalar and not key.tag])
    if len(row) < len(keys):
        return False
    # Thousands of records have the same few rows of keys: each row is judged once.
    if row in _simple_rows:
        return True
    if any(not key.style and implicit_type(key.text) != "str" for key in keys if isinstance(key, Scalar)):
        return False
    if len(set(row)) < len(row):
        return False
    if len(row) <= _SHORT_ROW and all(implicit_type(text) == "str" for text in row):
        _simple_rows.add(row)
    return True


def identity(key: Node) -> object:
    """What makes two keys the same to PyYAML: their typed value, not their spelling (`1` and `01`)."""
    plain, _ = unalias(key)
    if not isinstance(plain, Scalar):
        return id(plain)
    kind = type_of(plain)
    value = value_of(plain)
    # To Python, 1 == 1.0 == True, and so they are one key; a date is not text, though we keep its letters.
    return (kind, value) if kind in ("date", "binary") else value


def _report_repetition(key: Node, plain: Scalar, first: dict[object, Node], faults: list[SourceFault]) -> None:
    known = first.setdefault(identity(key), key)
    if known is key:
        return
    name = plain.text or "''"
    message = f"`{name}` occurs twice in this mapping; only the last one counts"
    related = ((known.span, "the first one, which is lost"),)
    way_out = "make one entry of the two: a name's records can be a list"
    faults.append(SourceFault(key.span, "yaml-duplicate-key", message, way_out, related))
