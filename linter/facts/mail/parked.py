"""Whether a domain takes no part in mail, as far as its zone tells."""

from linter.facts.facts import Facts
from linter.facts.spf.places import authorising_term
from linter.lookup.answer import UNKNOWN, Exchange


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
