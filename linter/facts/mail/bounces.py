"""Whether a domain takes the bounces of mail that has it in its MAIL FROM."""

from linter.lookup.answer import FOUND, Exchange, Resolver


def takes_no_bounces(resolver: Resolver, domain: str) -> str:
    """Why a domain is known to take no mail, in words; "" where it takes some or that is unknown.

    RFC 5321 section 5.1. A null MX refuses mail (RFC 7505 section 3); without MX, an address takes it.
    """
    answer = resolver.lookup(domain, "MX")
    if answer.status == FOUND:
        hosts = [value.host for value in answer.values if isinstance(value, Exchange)]
        return "it has a null MX" if hosts and all(host == "." for host in hosts) else ""
    answers = [answer, *(resolver.lookup(domain, kind) for kind in ("A", "AAAA"))]
    return "it has neither MX nor address" if all(each.is_empty for each in answers) else ""
