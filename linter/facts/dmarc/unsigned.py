"""The names that send mail under an enforced DMARC policy while no DKIM key is known that could sign for them."""

from collections.abc import Iterator

from linter.facts.dkim.signers import can_sign, signing_domains
from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.facts import Facts
from linter.facts.mail_names import is_mail_domain
from linter.facts.spf.places import authorising_term
from linter.facts.texts import SpfText
from linter.lookup.answer import UNKNOWN
from linter.records.text.name import ancestors, is_under
from linter.source.frozen import Frozen

from .policy import Governing

_ENFORCED = ("quarantine", "reject")


class Unsigned(Frozen):
    """A name that sends by its SPF record, and the policy that governs it."""

    text: SpfText
    governing: Governing


def unsigned_senders(facts: Facts) -> Iterator[Unsigned]:
    """Those names of which it is certain, as far as the zone goes."""
    texts = facts.texts
    if not facts.zone.is_whole or texts.stray_keys or texts.host_names:
        return  # keys at wrong names are keys all the same, and have rules of their own
    domains = signing_domains(facts.index)
    hosts = {host.exchange.name for values in facts.mail_hosts.values() for host in values}
    for name, found in facts.spf_by_name.items():
        if len(found) > 1 or not is_mail_domain(name) or authorising_term(found[0].spf) is None:
            continue
        if can_sign(domains, name, strictly=True) or _refuses_mail(facts, name):
            continue
        if name in hosts and name not in facts.mail_hosts:
            continue  # a mail host has SPF for the name in its HELO (RFC 7208 section 2.3); nobody writes as it
        governing = dmarc_policies(facts).by_tree_walk(name)
        if governing.policy not in _ENFORCED or governing.record is None:
            continue
        strictly = governing.record.adkim == "s"
        if not can_sign(domains, name, strictly) and is_whole(facts, name, strictly):
            yield Unsigned(found[0], governing)


def _refuses_mail(facts: Facts, name: str) -> bool:
    """Whether a name has a null MX: that it sends all the same is another fault (mx-null-but-sends)."""
    return any(host.is_null for host in facts.mail_hosts.get(name, ()))


def is_whole(facts: Facts, name: str, strictly: bool) -> bool:
    """Whether selectors for a name would be here if there were any.

    They may be at a name that is delegated away or answered by a wildcard, and with relaxed alignment above the zone.
    """
    answer = facts.resolver.lookup(f"selector._domainkey.{name}", "TXT")
    if answer.status == UNKNOWN or answer.values:
        return False
    if strictly or facts.index.zone.name == name == dmarc_policies(facts).org_domain_by_list(name):
        return True
    return all(_has_no_keys(facts, above) for above in _above(facts, name))


def _above(facts: Facts, name: str) -> Iterator[str]:
    """The names above the zone that belong to the same organisation."""
    org_domain = dmarc_policies(facts).org_domain_by_list(name)
    if is_under(facts.zone.name, org_domain):
        yield from ancestors(facts.zone.name, org_domain)[1:]


def _has_no_keys(facts: Facts, domain: str) -> bool:
    """Whether it is known that a domain of another zone has no selectors at all."""
    return facts.resolver.lookup(f"_domainkey.{domain}", "TXT").status == "nxdomain"
