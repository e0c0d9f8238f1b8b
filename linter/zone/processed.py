"""A zone as octoDNS publishes it: what the processors of its configuration make of what the files say."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address, ip_network

from linter.records.text.scripts import in_letters
from linter.source.pattern import Pattern
from linter.source.text import SourceFault

from .filled import BadField, filled, pieces_of
from .model import UNREAD, Address, Mx, Record, Srv, Target, Text, Value, Zone
from .octodns_processors import TEMPLATING, UNKNOWN, Processor
from .shape import KNOWN_TYPES
from .values import target_of

_PLAIN_EXPRESSION = Pattern(r"/(\^?)((?:[A-Za-z0-9_ =;:-]|\\.)*)(\$?)/")
"""A regular expression that is plain text between two anchors; others are never run: some take for ever."""
_DEFAULT_TTL = 3600


def processed(zone: Zone, processors: tuple[Processor, ...]) -> Zone:
    """The zone behind its processors, in octoDNS's order: templates are filled in behind all that change sources."""
    for processor in processors:
        change = CHANGES.get(processor.effect)
        if change is not None:
            zone = change(zone, processor)
    templating = [processor for processor in processors if processor.effect == TEMPLATING]
    return _filled_in(zone, templating[0]) if templating else zone


def _unknown(zone: Zone, _: Processor) -> Zone:
    """Any value may be another by the time it is published."""
    records = tuple(record._replace(ttl=None, values=(), complete=False) for record in zone.records)
    return zone._replace(records=records, complete=False)


def _clamped(zone: Zone, processor: Processor) -> Zone:
    least, most = processor.bounds
    clamped = (
        record if record.ttl is None else record._replace(ttl=max(least, min(most, record.ttl)))
        for record in zone.records
    )
    return zone._replace(records=tuple(clamped))


def _dotted(zone: Zone, _: Processor) -> Zone:
    """Every target is absolute."""
    return zone._replace(records=tuple(dotted_targets(record, zone.name) for record in zone.records))


def dotted_targets(record: Record, origin: str) -> Record:
    """The record with the final dot behind each of its targets."""

    def dotted(target: Target) -> Target:
        return target if target.dotted else _written(target, f"{target.written}.", origin)

    return _with_targets(record, dotted)


def _written(target: Target, text: str, origin: str) -> Target:
    return target_of(text, target.node, origin, target.via)


def _with_targets(record: Record, change: Callable[[Target], Target | None]) -> Record:
    """The record with its targets changed; a value of which the target is unknown is left out."""
    values: list[Value] = []
    for value in record.values:
        target = _target(value)
        changed = change(target) if target is not None else None
        if target is None or changed is target:
            values.append(value)
        elif changed is not None:
            values.append(_with_target(value, changed))
    is_same = len(values) == len(record.values)
    return record._replace(values=tuple(values), complete=record.complete and is_same)


def _target(value: Value) -> Target | None:
    if isinstance(value, Mx):
        return value.exchange
    if isinstance(value, Srv):
        return value.target
    return value if isinstance(value, Target) else None


def _with_target(value: Value, target: Target) -> Value:
    if isinstance(value, Mx):
        return value._replace(exchange=target)
    return value._replace(target=target) if isinstance(value, Srv) else target


def _of_types(zone: Zone, processor: Processor) -> Zone:
    listed = frozenset(processor.listed)
    dropped = KNOWN_TYPES - listed if processor.effect == "keep types" else listed
    keeps = processor.effect == "keep types"
    zone = _without(zone, processor, [each for each in zone.records if (each.type in listed) != keeps])
    return zone._replace(left=zone.left | dropped) if processor.leaves else zone


def _of_networks(zone: Zone, processor: Processor) -> Zone:
    keeps = processor.effect == "keep networks"
    networks = []
    for text in processor.listed:
        try:
            networks.append(ip_network(text))
        except ValueError:  # octoDNS does not begin with such a network
            continue

    def lies_in_one(record: Record) -> bool:
        for value in record.values:
            try:
                address = ip_address(value.text if isinstance(value, Address) else "")
            except ValueError:
                continue
            if any(address in network for network in networks):
                return True
        return False

    hosts = [record for record in zone.records if record.type in ("A", "AAAA")]
    zone = _without(zone, processor, [record for record in hosts if lies_in_one(record) != keeps])
    return zone._replace(left=zone.left | {"A", "AAAA"})


def _of_names(zone: Zone, processor: Processor) -> Zone:
    keeps = processor.effect == "keep names"
    exact, expressions, is_vague = _patterns(processor.listed)
    dropped = []
    for record in zone.records:
        name = record.name.removesuffix(zone.name).removesuffix(".")
        matches = name in exact or any(matches(name) for matches in expressions)
        if matches != keeps and not (keeps and is_vague):
            dropped.append(record)
    names = {f"{name}.{zone.name}".removeprefix(".") for name in exact} if not keeps else set()
    names |= {record.name for record in dropped}
    is_open = is_vague or (processor.leaves and (keeps or bool(expressions)))
    zone = _without(zone, processor, dropped)
    if processor.leaves:
        zone = zone._replace(unmanaged=zone.unmanaged | {(name, UNREAD) for name in names})
    return zone._replace(complete=zone.complete and not is_open)


def _of_values(zone: Zone, processor: Processor) -> Zone:
    keeps = processor.effect == "keep values"
    exact, expressions, is_vague = _patterns(processor.listed)
    dropped = []
    for record in zone.records:
        texts = [text for value in record.values for text in _rendered(value)]
        matches = any(text in exact or any(matches(text) for matches in expressions) for text in texts)
        is_told = bool(texts) and not (is_vague and not matches)
        if (matches != keeps and is_told) or (not texts and keeps and not is_vague):
            dropped.append(record)
    zone = _without(zone, processor, dropped)
    return zone._replace(complete=zone.complete and not (is_vague or processor.leaves))


def _rendered(value: Value) -> tuple[str, ...]:
    """What octoDNS compares a value as, in either of its forms of a semicolon."""
    if isinstance(value, Text):
        return (value.text, value.text.replace(";", "\\;"))
    if isinstance(value, Target):
        return (value.written.lower(),)
    if isinstance(value, Mx):
        return (f"{value.preference} {value.exchange.written.lower()}",)
    return (value.text,) if isinstance(value, Address) else ()


def _patterns(listed: Iterable[str]) -> tuple[set[str], list[Callable[[str], bool]], bool]:
    """The names or values of a filter: those that are meant exactly, tests, and whether there are more than these."""
    exact: set[str] = set()
    tests: list[Callable[[str], bool]] = []
    is_vague = False
    for text in listed:
        if not text.startswith("/"):
            exact.add(text)
            continue
        found = _PLAIN_EXPRESSION.fullmatch(text)
        plain = found[2].replace("\\", "") if found else ""
        if found is None or any(f"\\{letter}" in found[2] for letter in "AbBdDsSwWZ0123456789fnrtvxuUN\\"):
            is_vague = True
        else:
            tests.append(_test(plain, bool(found[1]), bool(found[3])))
    return exact, tests, is_vague


def _test(plain: str, at_start: bool, at_end: bool) -> Callable[[str], bool]:
    if at_start and at_end:
        return lambda text: text == plain
    if at_start:
        return lambda text: text.startswith(plain)
    return (lambda text: text.endswith(plain)) if at_end else (lambda text: plain in text)


def _without(zone: Zone, processor: Processor, dropped: list[Record]) -> Zone:
    """The zone without some records; what the provider has in their place is unknown where it keeps that."""
    if not dropped:
        return zone
    gone = {id(record) for record in dropped}
    records = tuple(record for record in zone.records if id(record) not in gone)
    pairs = {(record.name, record.type) for record in dropped} if processor.leaves else set()
    return zone._replace(records=records, unmanaged=zone.unmanaged | pairs)


def _without_root_ns(zone: Zone, processor: Processor) -> Zone:
    dropped = [record for record in zone.records if record.type == "NS" and record.name == zone.name]
    return _without(zone, processor, dropped)


def _with_what_is_there(zone: Zone, _: Processor) -> Zone:
    """Records that octoDNS has not made itself are never deleted."""
    return zone._replace(complete=False)


CHANGES: dict[str, Callable[[Zone, Processor], Zone]] = {
    UNKNOWN: _unknown,
    "clamp": _clamped,
    "dots": _dotted,
    "keep types": _of_types,
    "drop types": _of_types,
    "keep networks": _of_networks,
    "drop networks": _of_networks,
    "keep names": _of_names,
    "drop names": _of_names,
    "keep values": _of_values,
    "drop values": _of_values,
    "drop root NS": _without_root_ns,
    "keep what is there": _with_what_is_there,
}


def _filled_in(zone: Zone, templating: Processor) -> Zone:
    """Every value with its fields filled in; what cannot be told is left out, and its set is not whole."""
    faults: list[SourceFault] = []
    records = tuple(_filled_record(record, zone, templating, faults) for record in zone.records)
    return zone._replace(records=records, faults=(*zone.faults, *faults)) if records != zone.records else zone


def _filled_record(record: Record, zone: Zone, templating: Processor, faults: list[SourceFault]) -> Record:
    if not any("{" in _template(value) for value in record.values):
        return record
    fields = _fields(record, zone, templating)

    def filled_target(target: Target) -> Target | None:
        if "{" not in target.written:
            return target
        template = target.written.lower() if target.written.isascii() else target.written  # as octoDNS reads targets
        pieces = pieces_of(template, fields)
        if isinstance(pieces, BadField):
            faults.append(SourceFault(target.part(pieces.start, pieces.end), "zone-shape", pieces.message, pieces.help))
        if pieces is None or isinstance(pieces, BadField):
            return None
        return _written(target, filled(template, pieces), zone.name)

    whole = _with_targets(record, filled_target)
    values: list[Value] = []
    for value in whole.values:
        if not isinstance(value, Text) or "{" not in value.text:
            values.append(value)
            continue
        pieces = pieces_of(value.text, fields)
        if isinstance(pieces, BadField):
            faults.append(SourceFault(value.part(pieces.start, pieces.end), "zone-shape", pieces.message, pieces.help))
        elif pieces is not None:
            values.append(value._replace(text=filled(value.text, pieces), pieces=pieces))
    is_same = len(values) == len(whole.values)
    return whole._replace(values=tuple(values), complete=whole.complete and is_same)


def _template(value: Value) -> str:
    target = _target(value)
    return target.written if target is not None else value.text if isinstance(value, Text) else ""


def _fields(record: Record, zone: Zone, templating: Processor) -> dict[str, str | None]:
    """What templates may name, as `octodns/processor/templating.py` of octoDNS 1.22 has it.

    How many records there are, and which source gave one, is left unknown.
    """
    name = record.name.removesuffix(zone.name).removesuffix(".")
    fields: dict[str, str | None] = {
        "record_name": in_letters(name),
        "record_decoded_name": in_letters(name),
        "record_encoded_name": name,
        "record_type": record.type,
        "record_ttl": str(_DEFAULT_TTL if record.ttl is None else record.ttl),
        "record_source_id": None,
        "zone_num_records": None,
    }
    for lead, whole in (("record_{}fqdn", record.name), ("zone_{}name", zone.name)):
        shown = whole if templating.trailing_dots else whole.removesuffix(".")
        fields[lead.format("")] = fields[lead.format("decoded_")] = in_letters(shown)
        fields[lead.format("encoded_")] = shown
    return fields | {key: value and value.replace("\\;", ";") for key, value in templating.context}
