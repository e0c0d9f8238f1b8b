"""A mapping from its events: merge keys folded in, keys that stand twice reported."""

from itertools import chain, repeat

from .scalar_type import implicit_type, type_of, value_of
from .text import Source, SourceFault, Span
from .tree import Alias, Mapping, Node, Scalar, Sequence, unalias

_new = tuple.__new__
MAX_ENTRIES = 200_000
"""Entries one mapping may have after merging; more can only come from merges that multiply."""


def build_mapping(source: Source, extent: tuple[int, int], children: list[Node], faults: list[SourceFault]) -> Mapping:
    """The mapping whose keys and values alternate in `children`; what is wrong goes to `faults`."""
    keys = children[0::2]
    if _is_simple(keys):
        return _new(Mapping, (source, *extent, tuple(keys), tuple(children[1::2]), (), ""))
    return _build_slowly(source, extent, children, faults)


def _is_simple(keys: list[Node]) -> bool:
    """All keys are text, each stands once, and none is a merge key: nothing to fold and nothing to report."""
    texts = set()
    for key in keys:
        if key.__class__ is not Scalar:
            return False
        text = key.text
        if key.tag or (not key.style and implicit_type(text) != "str"):
            return False
        texts.add(text)
    return len(texts) == len(keys)


def _build_slowly(source: Source, extent: tuple[int, int], children: list[Node], faults: list[SourceFault]) -> Mapping:
    own: list[tuple[Node, Node, Span | None]] = []
    merged: list[tuple[Node, Node, Span | None]] = []
    first: dict[object, Node] = {}
    for key, value in zip(children[0::2], children[1::2], strict=True):
        plain, _ = unalias(key)
        if not isinstance(plain, Scalar):
            message = "a list or mapping as a key; a name is expected"
            faults.append(SourceFault(key.span, "yaml-syntax", message))
        elif type_of(plain) == "merge":
            merged.extend(_merged(value, faults))
        else:
            _report_repetition(key, plain, first, faults)
            own.append((key, value, None))
    # An explicit key wins over a merged one wherever it stands; of several merged mappings the first wins.
    kept = dict[object, tuple[Node, Node, Span | None]]()
    for entry in merged:
        kept.setdefault(identity(entry[0]), entry)
        if len(kept) > MAX_ENTRIES:
            faults.append(SourceFault(Span(source, *extent), "yaml-limits", "merge keys multiply the entries"))
            break
    entries = [*(entry for name, entry in kept.items() if name not in first), *own]
    vias = tuple(entry[2] for entry in entries) if any(entry[2] for entry in entries) else ()
    return Mapping(source, *extent, tuple(e[0] for e in entries), tuple(e[1] for e in entries), vias)


def identity(key: Node) -> object:
    """What makes two keys the same to PyYAML: their typed value, not their spelling (`1` and `01`)."""
    plain, _ = unalias(key)
    if not isinstance(plain, Scalar):
        return id(plain)
    kind = type_of(plain)
    value = value_of(plain)
    # To Python, 1 == 1.0 == True, and so they are one key; a date is no text, though we keep its letters.
    return (kind, value) if kind in ("date", "binary") else value


def _report_repetition(key: Node, plain: Scalar, first: dict[object, Node], faults: list[SourceFault]) -> None:
    known = first.setdefault(identity(key), key)
    if known is key:
        return
    name = plain.text or "''"
    message = f"`{name}` stands twice in this mapping; only the last one counts"
    related = ((known.span, "the first one, which is lost"),)
    way_out = "make one entry of the two: a name's records can be a list"
    faults.append(SourceFault(key.span, "yaml-duplicate-key", message, way_out, related))


def _merged(value: Node, faults: list[SourceFault]) -> list[tuple[Node, Node, Span | None]]:
    """The entries that `<<: value` brings, the ones that win first."""
    plain, _ = unalias(value)
    sources = plain.items if isinstance(plain, Sequence) else (value,)
    entries: list[tuple[Node, Node, Span | None]] = []
    for each in sources:
        mapping, _ = unalias(each)
        if not isinstance(mapping, Mapping):
            message = "`<<` merges a mapping or a list of mappings, and this is neither"
            faults.append(SourceFault(each.span, "yaml-syntax", message))
            continue
        use = value.span if isinstance(value, Alias) else each.span
        places = chain(mapping.vias, repeat(None))
        # A value merged through a mapping written in place needs no other place to be found.
        inline = not isinstance(value, Alias) and not isinstance(each, Alias)
        for key, entry_value, inner in zip(mapping.keys, mapping.values, places, strict=False):
            entries.append((key, entry_value, inner if inline else use))
    return entries
