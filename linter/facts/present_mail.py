"""Words for what records of a zone lack together: one that another needs, or that would change what it means."""

from collections.abc import Iterator

from linter.lookup.answer import Resolver
from linter.lookup.zone_index import ZoneIndex
from linter.records.spf import Spf
from linter.zone.model import Mx, Target, Text

from .dmarc_walk import LONGEST_STEP
from .report_hosts import destinations, lack_of_mail, refusal
from .reserved_names import may_be_unfit
from .selectors import is_astray
from .signers import can_sign, signing_domains
from .texts import DmarcText, Texts
from .txt_sets import PLAIN_LIMIT, octets_of


def mail_words(texts: Texts, index: ZoneIndex, resolver: Resolver) -> Iterator[str]:
    """The words that hold for a zone.

    "implicit-mx" for SPF or DMARC at a name with an address and no MX; "unsigned-sender" for SPF that lets somebody
    send as a name that no DKIM selector could sign for; "long-txt" for TXT values of a name that make an answer of
    more than 512 octets; "inner-dmarc" for a DMARC policy below the zone's own name; "lost-reports" for DMARC reports
    to a host without MX or without a permit, or that may be none of public DNS; "dangling-selector" for an alias at a
    selector that leads to nothing; "inner-mx" for an MX elsewhere than at the zone's own name, "mx-without-a" for a
    host without A, "mx-without-spf" for an MX at a name without SPF; "cname-not-alone" for a CNAME beside others;
    "stray-dkim-alias" for one that was to be a selector; "no-dmarc-at-apex" where the zone's own name has no DMARC
    policy that would cover all below it.
    """
    yield from _of_mx(index, resolver)
    spf_names = {text.record.name for text in texts.spf}
    if any(record.name not in spf_names for record in index.by_type.get("MX", ())):
        yield "mx-without-spf"
    policies = [text for text in texts.dmarc if text.role == "policy"]
    if _is_implicit(spf_names, policies, index):
        yield "implicit-mx"
    if _is_long(index):
        yield "long-txt"
    at_apex = f"_dmarc.{index.zone.name}"
    if any(text.record.name != at_apex for text in policies):
        yield "inner-dmarc"
    if index.zone.name.count(".") > LONGEST_STEP or all(text.record.name != at_apex for text in policies):
        yield "no-dmarc-at-apex"
    if any(_loses_reports(text, resolver) for text in texts.dmarc if text.role != "report"):
        yield "lost-reports"
    if _has_unsigned_sender(texts, index):
        yield "unsigned-sender"
    yield from _of_aliases(index, resolver)


def _of_aliases(index: ZoneIndex, resolver: Resolver) -> Iterator[str]:
    for record in index.by_type.get("CNAME", ()):
        types = index.names[record.name]
        if len(types) > 1 or len(types["CNAME"]) > 1 or len(record.values) > 1:
            yield "cname-not-alone"
        if any(isinstance(value, Target) and is_astray(record.name, value.name) for value in record.values):
            yield "stray-dkim-alias"
        if "._domainkey." in record.name and resolver.lookup(record.name, "TXT").is_empty:
            yield "dangling-selector"


def _of_mx(index: ZoneIndex, resolver: Resolver) -> Iterator[str]:
    for record in index.by_type.get("MX", ()):
        if record.name != index.zone.name:
            yield "inner-mx"
        for value in record.values:
            if isinstance(value, Mx) and not value.is_null and resolver.lookup(value.exchange.name, "A").is_empty:
                yield "mx-without-a"


def _is_implicit(spf_names: set[str], policies: list[DmarcText], index: ZoneIndex) -> bool:
    names = set(spf_names)
    names.update(text.record.name.removeprefix("_dmarc.") for text in policies)
    found = (index.names.get(name, {}) for name in names)
    return any("MX" not in types and ("A" in types or "AAAA" in types) for types in found)


def _is_long(index: ZoneIndex) -> bool:
    values: dict[str, list[str]] = {}
    for record in index.by_type.get("TXT", ()):
        held = [value.text for value in record.values if isinstance(value, Text)]
        values.setdefault(record.name, []).extend(held)
    return any(octets_of(name, held) > PLAIN_LIMIT for name, held in values.items())


def _loses_reports(text: DmarcText, resolver: Resolver) -> bool:
    return any(
        may_be_unfit(place.host) or lack_of_mail(resolver, place.host) or refusal(resolver, place)
        for place in destinations(text)
    )


def _has_unsigned_sender(texts: Texts, index: ZoneIndex) -> bool:
    senders = {text.record.name for text in texts.spf if "_" not in text.record.name and _may_send(text.spf)}
    if not senders:
        return False
    is_strict = any(text.dmarc.adkim == "s" for text in texts.dmarc)
    domains = signing_domains(index)
    return any(not can_sign(domains, name, is_strict) for name in senders)


def _may_send(spf: Spf) -> bool:
    stop = spf.all_term
    return stop is None or stop.qualifier != "-" or spf.terms[0] is not stop
