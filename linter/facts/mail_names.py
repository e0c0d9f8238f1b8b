"""The names of a zone that take part in mail, each with the record that says so, and those that take none."""

from collections.abc import Iterator

from linter.facts.facts import Facts
from linter.facts.spf.places import authorising_term
from linter.lookup.answer import UNKNOWN, Exchange
from linter.records.spf.record import Mechanism
from linter.source.text import Span


def mail_names(facts: Facts) -> Iterator[tuple[str, str, Span]]:
    """(name, record type, place) of the names with MX, then of those whose SPF lets somebody send.

    Mail has no names with an underscore, and a wildcard is not a name of its own.
    """
    receiving = set()
    for name, hosts in facts.mail_hosts.items():
        host = next((host for host in hosts if not host.is_null), None)
        if host and is_mail_domain(name):
            receiving.add(name)
            yield name, "MX", host.exchange.span
    for name, texts in facts.spf_by_name.items():
        if name not in receiving and is_mail_domain(name) and authorising_term(texts[0].spf):
            yield name, "TXT", texts[0].value.span


def is_mail_domain(name: str) -> bool:
    """Whether an address can have a name behind its `@`."""
    return "_" not in name and not name.startswith("*")


def is_parked(facts: Facts, domain: str) -> bool:
    """Whether no MX but the null MX and no SPF term speak of mail at a domain.

    A domain about which nothing is known here counts as parked: so does silence.
    """
    mail = facts.resolver.lookup(domain, "MX")
    if mail.status == UNKNOWN:
        return True
    if any(isinstance(value, Exchange) and value.host != "." for value in mail.values):
        return False
    return all(authorising_term(text.spf) is None for text in facts.spf_by_name.get(domain, ()))


def is_mail_host(name: str, facts: Facts) -> bool:
    """Whether a name is a host that mail goes through, so that its SPF is for its greeting (RFC 7208 section 2.3).

    That is one which an MX of the estate names, or which the SPF of another name of the zone lets send by name.
    """
    terms = (
        (owner, term) for owner, texts in facts.spf_by_name.items() for text in texts for term in text.spf.mechanisms
    )
    if any(owner != name and term.name == "a" and _names(term, name) for owner, term in terms):
        return True
    return facts.estate.has_exchange(name)


def _names(term: Mechanism, name: str) -> bool:
    return term.domain is not None and term.domain.absolute == name
