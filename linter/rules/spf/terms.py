"""Single terms of SPF records that do not do what they seem to."""

from collections.abc import Iterator

from linter.facts.hosts.proxied import proxied_terms
from linter.facts.hosts.reserved_names import is_example, is_inside
from linter.facts.spf.address_sets import (
    live_networks,
    overlaps,
    repeated_terms,
    share_of,
    useless_ranges,
    wide_ranges,
    without_host_bits,
)
from linter.facts.spf.placeholders import placeholders_in
from linter.facts.spf.places import dotted_names, idle_modifiers, pointer_terms
from linter.records.text.fault import quoted
from mailzone import ERROR, INFO, SPF, WARNING, At, Complaint, Facts, Related, complaint, rule


@rule("spf-ineffective-modifier", WARNING, "RFC 7208 section 6", when=SPF)
def ineffective_modifier(facts: Facts) -> Iterator[Complaint]:
    """Each modifier that no document defines."""
    for text in facts.texts.spf:
        for idle in idle_modifiers(text.spf):
            term = idle.modifier
            written = quoted(text.spf.text[term.start : term.end])
            message = f"{written} does nothing: receivers know no modifier {quoted(f'{term.name}=')}"
            way_out = f"write {quoted(idle.meant, 80)}" if idle.meant else "delete it"
            yield complaint(text.value.part(term.start, term.end), message, help=way_out, at=text.record)


@rule("spf-ptr", WARNING, "RFC 7208 section 5.5", when=SPF)
def ptr(facts: Facts) -> Iterator[Complaint]:
    """The mechanism, and the macro in any term."""
    for text in facts.texts.spf:
        for term in pointer_terms(text.spf):
            what = "`ptr`" if term.name == "ptr" else "`%{p}`"
            message = f"{what} should not be published: it is slow, and some receivers skip it"
            span = text.value.part(term.start, term.end)
            yield complaint(span, message, help="list addresses with `ip4:` or `a:`", at=text.record)


@rule("spf-trailing-dot", INFO, "RFC 7208 section 7.3", when=SPF)
def trailing_dot(facts: Facts) -> Iterator[Complaint]:
    """Each name, at its dot."""
    for text in facts.texts.spf:
        for name in dotted_names(text.spf):
            message = f"{quoted(name.text, 80)} ends in a dot, which should not be published in SPF"
            span = text.value.part(name.end - 1, name.end)
            yield complaint(span, message, help="leave the dot away", at=text.record)


@rule("spf-placeholder", ERROR, "RFC 7208 section 4.8", when=SPF)
def placeholders(facts: Facts) -> Iterator[Complaint]:
    """Each text that somebody forgot to put a name in the place of."""
    for text in facts.texts.spf:
        for start, end in placeholders_in(text, is_example(facts.zone.name)):
            written = quoted(text.spf.text[start:end])
            message = f"{written} is a placeholder, so receivers answer permerror or the term matches no one"
            way_out = "put in what the vendor shows for your account, or take the term out"
            yield complaint(text.value.part(start, end), message, help=way_out, at=text.record)


@rule("spf-duplicate-term", WARNING, "RFC 7208 section 4.6.2", when=SPF)
def duplicate_term(facts: Facts) -> Iterator[Complaint]:
    """Each mechanism that an earlier one of the same meaning makes useless."""
    for text in facts.texts.spf:
        for repeated in repeated_terms(text.spf, text.record.name):
            term, earlier = repeated.term, repeated.earlier
            first = quoted(text.spf.text[earlier.start : earlier.end])
            message = f"{quoted(text.spf.text[term.start : term.end])} repeats {first} and never decides anything"
            severity = "" if repeated.agrees else "error"
            if severity:
                message = f"{message}, though it says something else"
            way_out = "delete it" if repeated.agrees else "delete the one that is wrong"
            related = (Related(text.value.part(earlier.start, earlier.end), "decides before it"),)
            span = text.value.part(term.start, term.end)
            yield complaint(span, message, help=way_out, at=text.record, related=related, severity=severity)


@rule("spf-shadowed-term", WARNING, "RFC 7208 section 4.6.2", when=SPF)
def shadowed_term(facts: Facts) -> Iterator[Complaint]:
    """Each range that an earlier one covers; the very same range again is a duplicate."""
    for text in facts.texts.spf:
        for overlap in overlaps(live_networks(text.spf)):
            term, earlier = overlap.term, overlap.earlier
            if overlap.is_equal:
                continue
            first = quoted(text.spf.text[earlier.start : earlier.end])
            written = quoted(text.spf.text[term.start : term.end])
            if overlap.agrees:
                message, severity = f"{written} never decides anything: {first} covers it", ""
                way_out = "delete it"
            else:
                message, severity = f"{written} never decides anything: {first} covers it and says otherwise", "error"
                way_out = f"move it before {first}"
            related = (Related(text.value.part(earlier.start, earlier.end), "decides before it"),)
            span = text.value.part(term.start, term.end)
            yield complaint(span, message, help=way_out, at=text.record, related=related, severity=severity)


@rule("spf-host-bits-set", WARNING, "RFC 7208 section 5.6", when=SPF)
def host_bits_set(facts: Facts) -> Iterator[Complaint]:
    """Each range whose address is not the first one of its network."""
    for text in facts.texts.spf:
        for term in live_networks(text.spf):
            network = term.network
            meant = without_host_bits(network) if network else None
            if network is None or meant is None:
                continue
            address = network._replace(prefix=network.bits)
            written = quoted(text.spf.text[term.start : term.end])
            message = f"{written} has bits set behind its prefix and means all of `{meant.text}`"
            way_out = f"write `{term.name}:{meant.text}`, or `{term.name}:{address.text}` if one machine is meant"
            yield complaint(text.value.part(term.start, term.end), message, help=way_out, at=text.record)


@rule("spf-range-too-wide", WARNING, "RFC 7208 section 5.6", when=SPF)
def range_too_wide(facts: Facts) -> Iterator[Complaint]:
    """Each term with "+" and a short prefix; ranges that no mail comes from have a rule of their own."""
    for text in facts.texts.spf:
        for wide in wide_ranges(text.spf):
            term = wide.term
            written = quoted(text.spf.text[term.start : term.end])
            message = f"{written} lets {share_of(wide.version, wide.prefix)} send as this domain"
            way_out = "write the prefix of the network that really sends, or its single addresses"
            severity = "error" if wide.is_nearly_all else ""
            span = text.value.part(term.start, term.end)
            yield complaint(span, message, help=way_out, at=text.record, severity=severity)


@rule("spf-private-address", WARNING, "RFC 6890", when=SPF)
def private_address(facts: Facts) -> Iterator[Complaint]:
    """Each range with "+" that lies in a special block, but for zones that nobody outside sees."""
    for text in facts.texts.spf:
        name = text.record.name
        if facts.is_internal or is_inside(name):
            continue
        for term, network, space in useless_ranges(text.spf):
            if space.is_documentation and is_example(name):
                continue
            message = f"`{network.text}` is {space.purpose}: no mail from the Internet comes from there"
            span = text.value.part(term.start, term.end)
            way_out = "list the address that others see, or delete the term"
            yield complaint(span, message, help=way_out, at=At(name, "TXT"), reference=space.reference)


@rule("spf-authorises-proxy", WARNING, "RFC 7208 section 5.3", when=SPF)
def authorises_proxy(facts: Facts) -> Iterator[Complaint]:
    """Every `a` that authorises somebody by a name that a proxy answers for."""
    for text, term, host, at in proxied_terms(facts):
        message = f"{quoted(term.text)} authorises Cloudflare's web proxy, not the server behind `{host.rstrip('.')}`"
        way_out = "write the server's address as `ip4:` or `ip6:` if it sends mail, else delete the term"
        related = tuple(Related(record.name_span, "proxied here") for record in at)
        span = text.value.part(term.start, term.end)
        yield complaint(span, message, help=way_out, at=text.record, related=related)
