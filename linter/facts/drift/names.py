"""Which record sets of a zone mail depends on, and at which names mail records may stand that no file declares."""

from collections.abc import Iterator, Set
from itertools import islice

from linter.facts.facts import Facts, once
from linter.facts.mail.declared_mail import declared_mail
from linter.lookup.asking import can_be_asked
from linter.lookup.served import Pair
from linter.lookup.zone_index import ZoneIndex
from linter.records.dmarc import record as dmarc
from linter.records.hosts.services import SERVICES, service_of
from linter.records.spf import record as spf
from linter.records.spf.term import Mechanism
from linter.records.text.name import ancestors, is_under, parent
from linter.zone.model import Record, Target, Text

MAIL_LABELS = ("_dmarc", "_domainkey", "_mta-sts", "_tls", "_bimi", "_spf", "_report")
_HOST_LABELS = frozenset(
    (
        *("autodiscover", "autoconfig", "mta-sts", "imap", "imaps", "pop", "pop3", "pops", "pop3s", "smtp", "smtps"),
        *("submission", "mail", "mailin", "mailout", "mx", "webmail", "owa", "exchange", "outlook", "relay"),
        *("mailgate", "gateway", "caldav", "carddav", "dav", "mailhost", "email"),
    )
)
"""Labels of hosts that mail programs and people with mail connect to."""
_COMMON_SELECTORS = (
    *("default", "selector1", "selector2", "google", "dkim", "mail", "smtp", "k1", "k2", "k3", "s1", "s2", "key1"),
    *("mx", "email", "mandrill", "mailjet", "zoho", "protonmail", "pm", "fm1", "fm2", "fm3", "sig1", "dkim1"),
)
"""Selectors that many vendors and programs have by default: a key left there signs for whoever holds it."""
_OF_HOSTS = ("A", "AAAA", "CNAME", "ALIAS")
_OF_LINKS = (*_OF_HOSTS, "MX", "TXT", "TLSA", "SPF")
_MOST_HOSTS = 100
"""Declared hosts of one zone at which undeclared MX, SPF and DMARC records are looked for."""
_NOT_PUBLISHED = ("SOA", "RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "DNSKEY", "CDS", "CDNSKEY", "ZONEMD")
"""Types that servers make themselves, whatever files declare."""


def text_role(name: str, text: str) -> str:
    """What a TXT value is to mail: "SPF", "DMARC", "DKIM", "MTA-STS", "TLS-RPT", "BIMI", or "" for nothing."""
    if spf.is_spf(text):
        return "SPF"
    if dmarc.is_dmarc(text):
        return "DMARC"
    labels = name.split(".")
    if "_domainkey" in labels[1:]:
        return "DKIM"
    folded = text[:16].lower()
    if "=" not in folded or not any(word in folded for word in ("stsv1", "tlsrptv1", "bimi1", "dkim1")):
        return ""
    from linter.records.dkim import record as dkim
    from linter.records.transport import (
        bimi,
        mta_sts,
        tls_rpt,  # few texts come here
    )

    kinds = (("MTA-STS", mta_sts.is_mta_sts), ("TLS-RPT", tls_rpt.is_tls_rpt), ("BIMI", bimi.is_bimi))
    for role, is_one in (*kinds, ("DKIM", dkim.is_key_text)):
        if is_one(text):
            return role
    return ""


def is_made_by_servers(kind: str) -> bool:
    """Whether records of a type are not declared by anybody: signatures, and what belongs to them."""
    return kind in _NOT_PUBLISHED or kind.startswith("TYPE")


@once
def mail_sets(facts: Facts) -> frozenset[Pair]:
    """The (name, type) of each declared set that mail depends on."""
    return frozenset(_mail_sets(facts))


def _mail_sets(facts: Facts) -> Iterator[Pair]:
    hosts, domains = mail_hosts(facts), mail_domains(facts)
    links = _links(facts.index, hosts)
    zone = facts.zone.name
    for name, types in facts.index.names.items():
        for kind, records in types.items():
            is_delegation = kind == "NS" and name != zone
            if is_delegation or (name in links and kind in _OF_LINKS) or _is_mail(name, kind, records, hosts, domains):
                yield name, kind


def _links(index: ZoneIndex, hosts: Set[str]) -> set[str]:
    """The names of the zone that aliases lead to on mail's way: each link of a chain is as weak as the next."""
    found: set[str] = set()
    waiting = [*hosts, *(record.name for record in index.by_type.get("CNAME", ()) if is_mail_alias(record.name))]
    while waiting:
        for record in index.records(waiting.pop(), "CNAME"):
            for value in record.values:
                if isinstance(value, Target) and value.name in index.names and value.name not in found:
                    found.add(value.name)
                    waiting.append(value.name)
    return found


def is_mail_alias(name: str) -> bool:
    """Whether mail may go by an alias: MX, SPF, keys and return paths are all looked for through them."""
    return not name.startswith("www.")


def _is_mail(name: str, kind: str, records: list[Record], hosts: Set[str], domains: Set[str]) -> bool:
    if kind == "MX" or name in hosts:
        return kind in ("MX", "A", "AAAA", "CNAME", "TLSA", "ALIAS") or (
            kind == "TXT" and _has_mail_text(name, records)
        )
    labels = name.split(".")
    if kind == "CNAME":
        return is_mail_alias(name)
    if not set(MAIL_LABELS).isdisjoint(labels):
        return kind in ("TXT", "CNAME", "NS", "DNAME", "SPF")
    if kind in ("TXT", "SPF"):
        return name in domains or _has_mail_text(name, records)
    if kind == "SRV":
        return service_of(name) is not None
    if kind == "TLSA":
        return "_tcp" in labels[1:2] and parent(parent(name)) in hosts
    return kind in _OF_HOSTS and labels[0] in _HOST_LABELS


def _has_mail_text(name: str, records: list[Record]) -> bool:
    return any(isinstance(value, Text) and text_role(name, value.text) for record in records for value in record.values)


@once
def mail_hosts(facts: Facts) -> frozenset[str]:
    """The names of this zone at which mail is delivered or fetched, or whose addresses SPF lets send."""
    found = set()
    for record, target in facts.targets:
        if record.type == "MX" or (record.type == "SRV" and service_of(record.name) is not None):
            found.add(target.name)
    for text in facts.texts.spf:
        for mechanism in text.spf.mechanisms:
            if mechanism.name in ("a", "mx"):
                found.add(mechanism.target(text.record.name))
    return frozenset(name for name in found if facts.index.exists(name))


@once
def mail_domains(facts: Facts) -> frozenset[str]:
    """The names of the zone that mail comes from or goes to, by their records or by what is declared; its own, too."""
    found = {facts.zone.name}
    for name in (*facts.mail_hosts, *facts.spf_by_name):
        if not name.startswith("*") and "_" not in name:
            found.add(name)
    if facts.intent is not None:
        found.update(mail.name.text for mail in declared_mail(facts).entries)
    return frozenset(name for name in found if facts.index.cut_above(name) is None)


def probes(facts: Facts) -> Iterator[Pair]:
    """The questions for mail records that may be served although nobody declares them."""
    selectors = _selectors(facts)
    for domain in sorted(mail_domains(facts)):
        for kind in ("MX", "TXT"):
            yield domain, kind
        for label in ("_dmarc", "_mta-sts", "_smtp._tls", "default._bimi", "_spf"):
            yield f"{label}.{domain}", "TXT"
        for selector in selectors:
            yield f"{selector}._domainkey.{domain}", "TXT"
        for label in ("autodiscover", "autoconfig"):
            yield f"{label}.{domain}", "A"
        for service in SERVICES:
            yield f"{service.name}.{domain}", "SRV"
    for host in sorted(mail_hosts(facts)):
        for kind in ("A", "AAAA"):
            yield host, kind
    for host in _plain_hosts(facts.index):
        yield host, "MX"
        yield host, "TXT"
        yield f"_dmarc.{host}", "TXT"
    for host in sorted({value.exchange.name for values in facts.mail_hosts.values() for value in values}):
        if facts.index.exists(host) and is_under(host, facts.zone.name):
            yield f"_25._tcp.{host}", "TLSA"


def _plain_hosts(index: ZoneIndex) -> Iterator[str]:
    """The first of the names of the zone that have addresses: mail may be sent as any of them."""
    names = (name for name, types in index.names.items() if not types.keys().isdisjoint(("A", "AAAA")))
    plain = (name for name in names if name != index.zone.name and "_" not in name and not name.startswith("*"))
    yield from islice(plain, _MOST_HOSTS)


def _selectors(facts: Facts) -> tuple[str, ...]:
    """The selectors of the systems that are declared, of the vendors that the records name, and common ones."""
    from linter.facts.mail.vendor_view import vendor_of_mx, vendor_of_spf

    found: dict[str, None] = {}
    if facts.intent is not None:
        for mail in declared_mail(facts).entries:
            for needs in declared_mail(facts).involved(mail):
                found.update(dict.fromkeys(selector.name for selector in needs.selectors))
    vendors = [vendor_of_mx(value.exchange.name) for values in facts.mail_hosts.values() for value in values]
    for text in facts.texts.spf:
        targets = ((term.domain if isinstance(term, Mechanism) else term.value) for term in text.spf.terms)
        vendors += [vendor_of_spf(target.text) for target in targets if target is not None]
    for vendor in vendors:
        if vendor is not None:
            found.update(dict.fromkeys(vendor.selectors))
    declared = dict.fromkeys(selector for selector in found if can_be_asked(f"{selector}.x."))
    return tuple(declared | dict.fromkeys(_COMMON_SELECTORS))


def levels(index: ZoneIndex, name: str) -> Iterator[str]:
    """The names above one, up to the zone's own: below each of them a wildcard may stand that answers for it."""
    for above in ancestors(name, index.zone.name)[1:]:
        if is_under(above, index.zone.name):
            yield above
