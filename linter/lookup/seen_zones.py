"""Zones as their servers had them when they were compared, made of recorded answers, for all rules to judge."""

from collections.abc import Iterable, Iterator

from linter.records.hosts import host_value
from linter.records.hosts.host_value import HostValue
from linter.records.text.fault import Fault
from linter.records.text.name import ancestors, target_fault
from linter.records.text.presentation import name_of, text_of
from linter.source.plain import entry_of, key_text
from linter.source.scalar_type import value_of
from linter.source.text import Source, Span
from linter.source.tree import Mapping, Node, Scalar, Sequence, unalias
from linter.source.yaml_reader import read_yaml
from linter.zone.model import Address, Mx, Other, Record, Srv, Target, Text, Tlsa, Value, Zone

from .recorded import Compared, Recording

_NAMES = ("CNAME", "DNAME", "NS", "PTR")
_LEFT_OUT = ("SOA",)


class SeenZones:
    """The compared zones of some recordings; of two that hold the same zone, the first counts."""

    def __init__(self, recordings: Iterable[Recording]) -> None:
        self._zones: dict[str, tuple[Compared, Source]] = {}
        self._roots: dict[Source, Node | None] = {}
        self._names: dict[Source, dict[str, list[tuple[str, Node, Mapping]]]] = {}
        for recording in recordings:
            for name, compared in recording.compared.items():
                if recording.source is not None:
                    self._zones.setdefault(name, (compared, recording.source))

    def seen(self, declared: Zone) -> Zone:
        """The zone as it was seen; the declared one where it was not compared."""
        held = self._zones.get(declared.name)
        if held is None:
            return declared
        compared, source = held
        names = {written: (key, types) for written, key, types in self._of(source).get(declared.name, ())}
        # What the zone above or below has said of a name in the file's answers is not what this zone's server says.
        names.update({written: (key, types) for written, key, types in self._otherwise(source, compared)})
        records: list[Record] = []
        for written, (key, types) in names.items():
            records += _records(_owner(written, compared), key, types)
        # What was not asked for is not known, unless the whole zone was transferred.
        return Zone(declared.name, tuple(records), (source,), complete=compared.whole, intent=declared.intent)

    def _of(self, source: Source) -> dict[str, list[tuple[str, Node, Mapping]]]:
        """The names of a file that have records, by the deepest compared zone, each with its key and its types."""
        if source not in self._names:
            by_zone: dict[str, list[tuple[str, Node, Mapping]]] = {}
            for name, key, types in _names(self._root(source), "answers"):
                zone = next((above for above in ancestors(name) if above in self._zones), "")
                by_zone.setdefault(zone, []).append((name, key, types))
            self._names[source] = by_zone
        return self._names[source]

    def _root(self, source: Source) -> Node | None:
        if source not in self._roots:
            self._roots[source] = read_yaml(source).root
        return self._roots[source]

    def _otherwise(self, source: Source, compared: Compared) -> Iterator[tuple[str, Node, Mapping]]:
        """The names of which the first server that answered has words of its own."""
        lost = {server for server, (name, _), _, _ in compared.failed if not name}
        first = next((server for server in compared.servers if server not in lost), "")
        if first not in compared.otherwise:
            return
        zones = _entry(self._root(source), "compared")
        for key, zone in zip(zones.keys, zones.values, strict=True) if isinstance(zones, Mapping) else ():
            if name_of(key_text(key)) == compared.zone:
                yield from _names(_entry(zone, "otherwise"), first)


def _entry(node: Node | None, key: str) -> Node | None:
    """What a mapping holds at a key."""
    plain = unalias(node)[0] if node is not None else None
    found = entry_of(plain, key) if isinstance(plain, Mapping) else None
    return unalias(found[1])[0] if found is not None else None


def _owner(written: str, compared: Compared) -> str:
    """The owner that a name in the file stands for: the wildcard that answered for a label nobody has."""
    probe = f"{compared.probe}."
    return f"*.{written.removeprefix(probe)}" if compared.probe and written.startswith(probe) else written


def _names(node: Node | None, at: str) -> Iterator[tuple[str, Node, Mapping]]:
    """The names with records that a mapping holds at a key."""
    held = _entry(node, at)
    if isinstance(held, Mapping):
        for key, value in zip(held.keys, held.values, strict=True):
            name, types = name_of(key_text(key)), unalias(value)[0]
            if not isinstance(name, Fault) and isinstance(types, Mapping):
                yield name, key, types


def _records(name: str, key: Node, types: Mapping) -> Iterator[Record]:
    """The record sets of one name."""
    for kind_key, held in zip(types.keys, types.values, strict=True):
        kind, plain = key_text(kind_key), unalias(held)[0]
        node, values, ttl = types, plain, None
        if isinstance(plain, Mapping):
            node = plain
            seconds, listed = entry_of(plain, "ttl"), entry_of(plain, "values")
            values = unalias(listed[1])[0] if listed is not None else plain
            ttl = _seconds(seconds[1]) if seconds is not None else None
        if isinstance(values, Sequence) and values.items and kind not in _LEFT_OUT:
            read = [_value(kind, item, node) for item in values.items]
            found = tuple(value for value in read if value is not None)
            yield Record(name, kind, ttl, found, key, node, None, len(found) == len(read))


def _seconds(node: Node) -> int | None:
    plain = unalias(node)[0]
    value = value_of(plain) if isinstance(plain, Scalar) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _value(kind: str, item: Node, node: Mapping) -> Value | None:
    """One value in presentation format as a zone holds it."""
    plain, via = unalias(item)
    if not isinstance(plain, Scalar):
        return None
    if kind in ("TXT", "SPF"):
        text = text_of(plain.text)
        return None if isinstance(text, Fault) else Text(text, plain, via)
    if kind in ("A", "AAAA"):
        return Address(plain.text, plain, via)
    if kind in _NAMES:
        return _target(plain.text, plain, via)
    if kind in ("MX", "SRV"):
        return _host(host_value.parse(plain.text, host_value.MX if kind == "MX" else host_value.SRV), plain, node, via)
    words = plain.text.split()
    if kind == "TLSA" and len(words) > 3:
        usage, selector, matching_type = (_word(plain, word) for word in words[:3])
        return Tlsa(usage, selector, matching_type, _word(plain, "".join(words[3:])), node, via)
    return Other(plain, via)


def _target(written: str, node: Scalar, via: Span | None) -> Target | None:
    name = name_of(written)
    return None if isinstance(name, Fault) else Target(name, written, True, node, via, target_fault(written, name))


def _host(read: HostValue, node: Scalar, mapping: Mapping, via: Span | None) -> Mx | Srv | None:
    """The value of an MX or SRV record; None for one that is none."""
    target = None if read.faults else _target(read.text[slice(*read.spans[-1])], node, via)
    if target is None:
        return None
    if len(read.numbers) == 1:
        return Mx(read.numbers[0], target, mapping)
    priority, weight, port = read.numbers
    return Srv(priority, weight, port, target, mapping, node)


def _word(node: Scalar, word: str) -> Scalar:
    """A word of a value as a scalar of its own; it stands where the whole value does."""
    return node._replace(text=word, style="|")
