"""Addresses and ranges of SPF records: covered, too wide, or of no use."""

from collections.abc import Iterator

from linter.facts.hosts.reserved_names import is_example, is_inside
from linter.facts.spf.address_sets import (
    covered_networks,
    live_networks,
    share_of,
    useless_ranges,
    wide_ranges,
    without_host_bits,
)
from linter.records.text.fault import quoted
from linter.zone.rewriting import rewrite_text, without_part
from mailzone import SPF_RANGES, WARNING, At, Complaint, Facts, Related, complaint, rule


@rule("spf-shadowed-term", WARNING, "RFC 7208 section 4.6.2", when=SPF_RANGES)
def shadowed_term(facts: Facts) -> Iterator[Complaint]:
    """Each range that an earlier one covers; the very same range again is a duplicate."""
    for text in facts.texts.spf:
        for overlap in covered_networks(text.spf):
            term, earlier = overlap.term, overlap.earlier
            if overlap.is_equal:
                continue
            first = quoted(text.spf.written(earlier))
            written = quoted(text.spf.written(term))
            if overlap.agrees:
                message, severity = f"{written} never decides anything: {first} covers it", ""
                way_out = "delete it"
            else:
                message, severity = (
                    f"{written} never decides anything: {first} covers it with another qualifier",
                    "error",
                )
                way_out = f"move it before {first}"
            related = (Related(text.value.place(earlier), "decides before it"),)
            span = text.value.place(term)
            fix = without_part(text.value, term.start, term.end) if overlap.agrees else None
            yield complaint(span, message, help=way_out, at=text.record, related=related, severity=severity, fix=fix)


@rule("spf-host-bits-set", WARNING, "RFC 7208 section 5.6", when=SPF_RANGES)
def host_bits_set(facts: Facts) -> Iterator[Complaint]:
    """Each range whose address is not the first one of its network."""
    for text in facts.texts.spf:
        for term in live_networks(text.spf):
            network = term.network
            meant = without_host_bits(network) if network else None
            if network is None or meant is None:
                continue
            address = network._replace(prefix=network.bits)
            written = quoted(text.spf.written(term))
            message = f"{written} has bits set after its prefix and means all of `{meant.text}`"
            way_out = f"write `{term.name}:{meant.text}`, or `{term.name}:{address.text}` if one machine is meant"
            start = text.spf.text.index(":", term.start) + 1
            fix = rewrite_text(text.value, [(start, term.end, meant.text)])
            yield complaint(text.value.place(term), message, help=way_out, at=text.record, fix=fix)


@rule("spf-range-too-wide", WARNING, "RFC 7208 section 5.6", when=SPF_RANGES)
def range_too_wide(facts: Facts) -> Iterator[Complaint]:
    """Each term with "+" and a short prefix; ranges that no mail comes from have a rule of their own."""
    for text in facts.texts.spf:
        for wide in wide_ranges(text.spf):
            term = wide.term
            written = quoted(text.spf.written(term))
            message = f"{written} authorises {share_of(wide.version, wide.prefix)} to send as this domain"
            way_out = "write the prefix of the network that really sends, or its single addresses"
            severity = "error" if wide.is_nearly_all else ""
            span = text.value.place(term)
            yield complaint(span, message, help=way_out, at=text.record, severity=severity)


@rule("spf-private-address", WARNING, "RFC 6890", when=SPF_RANGES)
def private_address(facts: Facts) -> Iterator[Complaint]:
    """Each range with "+" that lies in a special block, but for zones that nobody outside sees."""
    for text in facts.texts.spf if not facts.is_internal else ():
        name = text.record.name
        for term, network, space in useless_ranges(text.spf):
            if (space.is_documentation and is_example(name)) or is_inside(name):
                continue
            message = f"`{network.text}` is {space.purpose}: no mail from the Internet comes from there"
            span = text.value.place(term)
            way_out = "list the public address, or delete the term"
            yield complaint(span, message, help=way_out, at=At(name, "TXT"), reference=space.reference)
