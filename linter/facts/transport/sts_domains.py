"""The mail domains of a zone that announce an MTA-STS policy, and the record that says so."""

from collections.abc import Iterator

from linter.facts.facts import Facts
from linter.lookup.answer import Exchange
from linter.records.transport.mta_sts import is_mta_sts
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.zone.model import Target

_LABEL = "_mta-sts."


class StsDomain(Frozen):
    """A mail domain, absolute, and the place of its record at `_mta-sts`: a text or an alias that leads to one."""

    domain: str
    span: Span
    type: str

    @property
    def name(self) -> str:
        """The name of the record."""
        return f"{_LABEL}{self.domain}"


def sts_domains(facts: Facts) -> Iterator[StsDomain]:
    """Each domain once, whether or not its record has faults; where the alias of one leads must be known."""
    seen = set()
    for text in facts.texts.mta_sts:
        name = text.record.name
        if text.in_place and name not in seen and "*" not in name:
            seen.add(name)
            yield StsDomain(name.removeprefix(_LABEL), text.value.span, "TXT")
    for record in facts.records("CNAME"):
        name = record.name
        for target in record.values if name.startswith(_LABEL) and name not in seen else ():
            answer = facts.resolver.lookup(name, "TXT")
            if isinstance(target, Target) and any(is_mta_sts(str(value)) for value in answer.values):
                seen.add(name)
                yield StsDomain(name.removeprefix(_LABEL), target.span, "CNAME")


def receives_nothing(facts: Facts, domain: str) -> str:
    """Why a domain has no MX host, as a phrase for messages; "" where it has one, or that is not known."""
    answer = facts.resolver.lookup(domain, "MX")
    if answer.is_empty:
        return "has no MX record"
    hosts = [value.host for value in answer.values if isinstance(value, Exchange)]
    return "has a null MX" if hosts and set(hosts) == {"."} else ""
