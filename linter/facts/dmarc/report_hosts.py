"""Where DMARC reports go: whether the host takes mail, and whether its domain has agreed to get them."""

from collections.abc import Callable, Iterator

from linter.facts.facts import Facts, once
from linter.facts.texts import DmarcText
from linter.lookup.answer import FOUND, NO_NAME, Answer, Exchange, Resolver
from linter.records.dmarc.version import is_dmarc
from linter.records.text.name import MAX_NAME, is_under
from linter.records.text.report_uri import ReportUri
from linter.source.frozen import Frozen

from .places import dmarc_places

NO_MX, NULL_MX, NO_HOST = "no-mx", "null-mx", "no-host"


class Destination(Frozen):
    """One mailbox that a policy wants reports sent to.

    `policy_domain` is whose policy it is, "" at a name that aliases of several domains may lead to; `host` is the
    absolute name behind the `@`.
    """

    text: DmarcText
    uri: ReportUri
    policy_domain: str
    host: str

    @property
    def permit(self) -> str:
        """The absolute name at which `host` says that it wants the reports (RFC 9990 section 4)."""
        return f"{self.policy_domain}_report._dmarc.{self.host}"

    @property
    def is_nameable(self) -> bool:
        """Whether DNS can hold the name of the permit at all."""
        return _is_nameable(self.permit)


def _is_nameable(permit: str) -> bool:
    return len(permit) <= MAX_NAME + 1


def destinations(text: DmarcText) -> Iterator[Destination]:
    """The mailboxes of `rua` and `ruf` of one policy, each host once per tag."""
    domain = text.record.name.removeprefix("_dmarc.")
    if domain == text.record.name or domain.startswith("*."):
        domain = ""
    for uris in (text.dmarc.rua, text.dmarc.ruf):
        seen = set()
        for uri in uris:
            if uri.scheme == "mailto" and uri.host not in seen:
                seen.add(uri.host)
                yield Destination(text, uri, domain, f"{uri.host}.")


@once
def report_destinations(facts: Facts) -> tuple[Destination, ...]:
    """The mailboxes of all policies of a zone."""
    return tuple(place for text in dmarc_places(facts).policies for place in destinations(text))


def unreached(facts: Facts) -> frozenset[str]:
    """The hosts that the policies of a zone want reports sent to and that take no mail."""
    hosts = {place.host for place in report_destinations(facts)}
    return frozenset(host for host in hosts if why_undeliverable(facts.resolver, host))


def why_undeliverable(resolver: Resolver, host: str) -> str:
    """Why no report reaches a mailbox at `host`: NO_MX, NULL_MX or NO_HOST; "" where it may, or nobody knows."""
    answer = resolver.lookup(host, "MX")
    if answer.status == NO_NAME:
        return NO_HOST
    if answer.is_empty:
        return NO_MX
    hosts = [value.host for value in answer.values if isinstance(value, Exchange)]
    return NULL_MX if hosts and all(each == "." for each in hosts) else ""


def missing_authorisation(resolver: Resolver, place: Destination) -> Answer | None:
    """What stands at the permit's name where it is known that no permit does; None elsewhere.

    A host at or below the policy's domain needs none; whether another one belongs to the same organisation is
    `is_foreign`'s question, which is dear and comes last.
    """
    if (
        not place.policy_domain
        or is_under(place.host, place.policy_domain)
        or is_under(place.policy_domain, place.host)
    ):
        return None
    permit = place.permit
    if not _is_nameable(permit):
        return Answer(NO_NAME, owner=permit)
    answer = resolver.lookup(permit, "TXT")
    if answer.status == FOUND:
        return None if any(isinstance(value, str) and is_dmarc(value) for value in answer.values) else answer
    return answer if answer.is_empty else None


def is_foreign(place: Destination, *org_domains: Callable[[str], str]) -> bool:
    """Whether the host belongs to another organisation, in every way in which receivers may tell.

    `org_domains` give the organisational domain of a name, "" where it is unknown.
    """
    pairs = [(org_domain(place.policy_domain), org_domain(place.host)) for org_domain in org_domains]
    return all(own != other or not own for own, other in pairs)
