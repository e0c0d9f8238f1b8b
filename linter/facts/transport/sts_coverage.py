"""Which MX hosts an MTA-STS policy leaves out, and which of its patterns allow no host at all."""

from collections.abc import Iterator

from linter.facts.facts import Facts, once
from linter.lookup.answer import FOUND, Exchange
from linter.records.text.name import is_host_name, is_under
from linter.records.transport.mta_sts_policy_value import MxPattern, allowing
from linter.source.frozen import Frozen
from linter.source.text import Span

from .sts_policies import PolicyFile


@once
def sts_policies(facts: Facts) -> dict[str, PolicyFile]:
    """The policy files of the mail domains at and below the name of a zone, which is "" for a file that is none."""
    zone = facts.zone.name
    return {domain: policy for domain, policy in facts.policies.items() if zone and is_under(domain, zone)}


class Omitted(Frozen):
    """An MX host, absolute, that no pattern allows; `span` is where the zone names it, None for an answer's.

    `near` is the pattern that has `*` for the host's first labels, which are more than one.
    """

    domain: str
    host: str
    span: Span | None
    near: MxPattern | None


class Coverage(Frozen):
    """One policy and the mail domains that it is for.

    `idle` are the patterns that allow no host of any of them; nothing where some of the hosts are unknown.
    """

    file: PolicyFile
    domains: tuple[str, ...]
    omitted: tuple[Omitted, ...]
    idle: tuple[MxPattern, ...]


def coverages(facts: Facts) -> Iterator[Coverage]:
    """Each policy of the zone's mail domains, once for all that share it.

    What a policy without any `mx` line, or one that is not known to its end, would allow is not judged.
    """
    seen = set()
    for file in sts_policies(facts).values():
        if file.path in seen or file.is_cut or not file.policy.mx:
            continue
        seen.add(file.path)
        domains = tuple(domain for domain, other in facts.policies.items() if other.path == file.path)
        omitted: list[Omitted] = []
        for domain in domains:
            if domain in sts_policies(facts):
                omitted += _omitted(facts, file, domain)
        yield Coverage(file, domains, tuple(omitted), tuple(_idle(facts, file, domains)))


def _hosts(facts: Facts, domain: str) -> Iterator[tuple[str, Span | None]]:
    """The MX hosts of a domain with their places; the null MX is none."""
    answer = facts.resolver.lookup(domain, "MX")
    for number, value in enumerate(answer.values):
        if isinstance(value, Exchange) and value.host != ".":
            yield value.host, answer.spans[number] if number < len(answer.spans) else None


def _omitted(facts: Facts, file: PolicyFile, domain: str) -> Iterator[Omitted]:
    patterns = {pattern.name: pattern for pattern in file.policy.mx}
    for host, span in dict(_hosts(facts, domain)).items():
        # An address or a template in place of the host is another rule's.
        if not is_host_name(host) or any(name in patterns for name in allowing(host)):
            continue
        labels = host.removesuffix(".").split(".")
        wider = (f"*.{'.'.join(labels[start:])}" for start in range(2, len(labels)))
        near = next((patterns[name] for name in wider if name in patterns), None)
        yield Omitted(domain, host, span, near)


def _idle(facts: Facts, file: PolicyFile, domains: tuple[str, ...]) -> Iterator[MxPattern]:
    allowed: set[str] = set()
    for domain in domains:
        answer = facts.resolver.lookup(domain, "MX")
        is_whole = all(record.complete for record in facts.index.records(domain, "MX"))
        if not (answer.is_empty or (answer.status == FOUND and is_whole)):
            return
        for host, _ in _hosts(facts, domain):
            if not is_host_name(host):
                return
            allowed.update(allowing(host))
    if allowed:
        yield from (pattern for pattern in file.policy.mx if pattern.name not in allowed)
