"""Record sets: values and TTLs that belong together."""

from collections.abc import Hashable, Iterator

from linter.facts.characters import mail_texts
from linter.facts.spf.limits import RECORD_LENGTH
from linter.facts.txt_sets import MESSAGE_LIMIT, PLAIN_LIMIT, USUAL_LIMIT, TxtSet, txt_set
from linter.records.text.address import ip4_value, ip6_value
from linter.records.text.name import shown
from linter.source.frozen import Frozen
from linter.source.plain import plain_value
from linter.source.text import Span
from linter.zone.model import Address, Mx, Other, Record, Srv, Target, Text, Value
from linter.zone.shape import SINGLE_TYPES
from mailzone import (
    CNAME,
    DMARC,
    ERROR,
    MX,
    RECORDS,
    SETS,
    SPF,
    TLSA,
    WARNING,
    At,
    Complaint,
    Facts,
    Fix,
    Related,
    complaint,
    rule,
)

from .entries import are_refused, has_own_ttl, ttl_span, type_span


@rule("record-duplicate", WARNING, "RFC 2181 section 5", when=SETS)
def record_duplicate(facts: Facts) -> Iterator[Complaint]:
    """Sets of two values or more, over all entries of the name where a set may have several."""
    index = facts.index
    for kind, records in index.by_type.items():
        alone = records
        if kind in index.repeated and facts.zone.natives:
            for name in dict.fromkeys(record.name for record in records):
                yield from _repeated(
                    [record for record in index.records(name, kind) if not are_refused(facts.zone, record)]
                )
            alone = [record for record in records if are_refused(facts.zone, record)]
        for record in alone:
            if len(record.values) > 1:
                yield from _repeated([record])


def _repeated(records: list[Record]) -> Iterator[Complaint]:
    first: dict[Hashable, Value] = {}
    for record in records:
        for value in record.values:
            earlier = first.setdefault(_meaning(record.type, value), value)
            if earlier is not value:
                related = (Related(earlier.span, "the first"),)
                message = f"the same {record.type} value occurs twice for {shown(record.name)}"
                yield complaint(
                    value.span,
                    message,
                    help="remove one",
                    at=record,
                    related=related,
                    fix=_without(record, value),
                )


def _without(record: Record, value: Value) -> Fix | None:
    """The set without a repetition that is written in a list of its own; None for an entry of its own."""
    if isinstance(value, Other) or len(record.values) < 2:
        return None
    node, via = value.node, value.via if not isinstance(value, Mx | Srv) else None
    return Fix(removals=(via if via is not None else Span(node.source, node.start, node.end),))


def _meaning(kind: str, value: Value) -> Hashable:
    """What a value comes to, however it is written."""
    if isinstance(value, Text):
        return value.text
    if isinstance(value, Target):
        return _name(value)
    if isinstance(value, Mx):
        return (value.preference, _name(value.exchange))
    if isinstance(value, Srv):
        return (value.priority, value.weight, value.port, _name(value.target))
    if isinstance(value, Address):
        read = ip4_value if kind == "A" else ip6_value
        number = read(value.text)
        return value.text.lower() if number is None else number
    return repr(plain_value(value.node))


def _name(target: Target) -> str:
    # Without the final dot it may be another name: target-without-trailing-dot speaks of that.
    return target.name if target.dotted else target.written.lower()


@rule("record-declared-twice", ERROR, "octoDNS docs/records.md", when=SETS)
def record_declared_twice(facts: Facts) -> Iterator[Complaint]:
    """Entries of one name and type in octoDNS's files, each but the first; milder where the last one counts."""
    for name, kind, records in _sets_of_entries(facts):
        for record in records[1:]:
            if are_refused(facts.zone, records[0], record):
                message = f"a second {kind} entry for {shown(name)}, for which octoDNS refuses the whole zone"
                related = (Related(type_span(records[0]), "the first"),)
                way_out = "keep one" if kind in SINGLE_TYPES else "put all values under `values` of one entry"
                yield complaint(type_span(record), message, help=way_out, at=record, related=related)
    for record, last in facts.zone.replaced:
        message = f"this {record.type} entry for {shown(record.name)} is not published: another one replaces it"
        related = (Related(type_span(last), "this one is published"),)
        way_out = "delete it, or move its values to the other entry"
        yield complaint(type_span(record), message, help=way_out, at=record, related=related, severity="warning")


def _sets_of_entries(facts: Facts) -> Iterator[tuple[str, str, list[Record]]]:
    """The sets that several entries make up, with their names and types."""
    for name, types in facts.index.names.items() if facts.index.repeated else ():
        for kind, records in types.items():
            if len(records) > 1:
                yield name, kind, records


@rule("ttl-differs-in-set", ERROR, "RFC 2181 section 5.2", when=SETS)
def ttl_differs_in_set(facts: Facts) -> Iterator[Complaint]:
    """Sets that several native entries make up; a TTL that was not written down is unknown."""
    for name, kind, records in _sets_of_entries(facts):
        timed = [record for record in records if record.ttl is not None and not are_refused(facts.zone, record)]
        for record in timed[1:]:
            if record.ttl != timed[0].ttl:
                message = f"a TTL of {record.ttl}, but {timed[0].ttl} in the rest of this {kind} set"
                related = (Related(ttl_span(timed[0]), f"a TTL of {timed[0].ttl}"),)
                way_out = "give all records of a set one TTL"
                yield complaint(ttl_span(record), message, help=way_out, at=At(name, kind), related=related)


_MINUTE, _DAY = 60, 86400


class Options(Frozen):
    """The shortest and the longest TTL that is not reported, in seconds."""

    minimum: int = _MINUTE
    maximum: int = 7 * _DAY


@rule("ttl-out-of-bounds", WARNING, "RFC 2181 section 8", when=(MX, RECORDS, TLSA, CNAME), options=Options)
def ttl_out_of_bounds(facts: Facts, options: Options) -> Iterator[Complaint]:
    """The mail records whose TTL is written down; the TTL of a whole file once, at the first of its records."""
    lowest, highest = options.minimum, options.maximum
    if all(ttl is None or lowest <= ttl <= highest for ttl in {record.ttl for record in facts.zone.records}):
        return  # as in nearly all zones, whatever the records are for
    of_files: set[str] = set()
    for record in _mail_records(facts):
        ttl = record.ttl
        if ttl is None or lowest <= ttl <= highest:
            continue
        if not has_own_ttl(record):
            path = record.source.path
            if path in of_files:
                continue
            of_files.add(path)
        if ttl < options.minimum:
            message = f"a TTL of {_duration(ttl)}: resolvers ask again for nearly every message"
            way_out = f"give it {_duration(options.minimum)} at least; 3600 is usual"
        else:
            message = f"a TTL of {_duration(ttl)}: a mistake here stays for as long"
            way_out = f"give it {_duration(options.maximum)} at most; 3600 to 86400 is usual"
        yield complaint(ttl_span(record), message, help=way_out, at=record)


def _mail_records(facts: Facts) -> Iterator[Record]:
    texts = facts.records("TXT")
    known = {id(text.record) for text in mail_texts(facts.texts)}
    yield from facts.records("MX", "TLSA")
    yield from (record for record in texts if id(record) in known)
    yield from (record for record in facts.records("CNAME") if _is_policy_name(record.name))


def _is_policy_name(name: str) -> bool:
    return "._domainkey." in name or name.startswith(("_dmarc.", "_mta-sts.", "_smtp._tls."))


def _duration(seconds: int) -> str:
    if seconds >= 2 * _DAY and seconds % _DAY == 0:
        return f"{seconds // _DAY} days"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


@rule("txt-set-too-large", WARNING, "RFC 7208 section 3.4", when=(SPF, DMARC))
def txt_set_too_large(facts: Facts) -> Iterator[Complaint]:
    """Each name with SPF or DMARC once, at the first of them; between 512 and 1232 octets only where SPF stands."""
    firsts: dict[str, Text] = {}
    for texts in (facts.texts.spf, facts.texts.dmarc):
        for text in texts:
            firsts.setdefault(text.record.name, text.value)
    for name, value in firsts.items():
        records = facts.index.records(name, "TXT")
        if _is_small(records):
            continue
        found = txt_set(name, records)
        # One SPF record that is too long by itself is the fault of spf-record-too-long.
        long = [text.value for text in facts.spf_by_name.get(name, ()) if len(text.value.text) > RECORD_LENGTH]
        if long and found.octets <= MESSAGE_LIMIT and found.without(long[:1]) <= PLAIN_LIMIT:
            continue
        if found.octets > (PLAIN_LIMIT if name in facts.spf_by_name else USUAL_LIMIT):
            yield _complaint(found, value.span)


_SMALL = 200
"""Characters of a value with which no answer is too large, be the name as long as names can be."""


def _is_small(records: list[Record]) -> bool:
    """Whether the answer is within all limits whatever the name is: one value, and short."""
    if len(records) != 1 or len(records[0].values) != 1:
        return False
    value = records[0].values[0]
    return isinstance(value, Text) and len(value.text) <= _SMALL and value.text.isascii()


def _complaint(found: TxtSet, place: Span) -> Complaint:
    count, octets = len(found.values), f"{found.octets:,} bytes"
    what = "the TXT value makes" if count == 1 else f"the {count} TXT values of this name make"
    message = f"{what} an answer of {octets}"
    severity = ""
    if found.octets > MESSAGE_LIMIT:
        message, severity = f"{message}, more than DNS can carry", "error"
    elif found.octets > USUAL_LIMIT:
        message = f"{message}, {found.octets - USUAL_LIMIT:,} more than fit one packet"
    else:
        message, severity = f"{message}; RFC 7208 asks for {PLAIN_LIMIT} at most", "info"
    tokens = found.tokens
    way_out = "make the values shorter, or move what is not for this name"
    if tokens:
        are = "is a verification token" if len(tokens) == 1 else "are verification tokens"
        way_out = f"{len(tokens)} of the {count} values {are}; without, the answer has {found.without(tokens):,} bytes"
    related = tuple(Related(token.span, "a verification token") for token in tokens[:20])
    return complaint(place, message, help=way_out, at=At(found.name, "TXT"), related=related, severity=severity)
