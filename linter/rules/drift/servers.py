"""Name servers that disagree, or from which nothing could be learnt."""

from collections.abc import Iterator

from linter.facts.drift.drift import POLICY, Disagreement, Failure, drift
from linter.facts.drift.words import shown_name
from linter.records.text.fault import few
from mailzone import ERROR, SEEN, SERVED, WARNING, At, Complaint, Facts, Related, complaint, rule

_MOST_SERVERS = 3


@rule("drift-nameservers-disagree", ERROR, "RFC 1035 section 4.3.5", when=SERVED)
def nameservers_disagree(facts: Facts) -> Iterator[Complaint]:
    """Each division of the servers once, at the first set that shows it."""
    compared = drift(facts)
    for found in compared.disagreements if compared else ():
        name, kind = found.pair
        more = f"; {found.number - 1} more like this" if found.number > 1 else ""
        message = f"the name servers disagree on {_told(found)}{more}"
        related = tuple(Related(other.span, f"and on {_told(other)}") for other in found.others)
        yield complaint(found.span, message, help=_way_out(found), at=At(name, kind), related=related)


def _told(found: Disagreement) -> str:
    name, kind = found.pair
    return f"{kind} of {shown_name(name)}: {', '.join(f'{_named(servers)} {words}' for servers, words in found.views)}"


def _named(servers: tuple[str, ...]) -> str:
    told = " and ".join(servers[:_MOST_SERVERS])
    rest = len(servers) - _MOST_SERVERS
    return f"{told} and {rest} more serve" if rest > 0 else f"{told} serve{'s' if len(servers) == 1 else ''}"


def _way_out(found: Disagreement) -> str:
    if not found.serials:
        return "have all of them serve the same zone, or remove those that do not from its NS records"
    told = ", ".join(f"{serial} at {server}" for server, serial in found.serials[:_MOST_SERVERS])
    return f"their serials differ ({told}): wait for the transfer, or fix it"


_UNFETCHED = "serve the policy, or take the `_mta-sts` record away: senders act as if there were no MTA-STS"


@rule("drift-lookup-failed", WARNING, "RFC 7208 section 4.4", when=(SERVED, SEEN))
def lookup_failed(facts: Facts) -> Iterator[Complaint]:
    """Each reason once, at the first question that it concerns."""
    compared = drift(facts)
    for found in compared.failures if compared else ():
        message = f"no answer {_about(found, facts.zone.name)}{_from(found)}: {found.reason}"
        name, kind = found.pair
        if kind == POLICY:
            yield complaint(found.span, message, help=_UNFETCHED, at=At(name, "TXT"), reference="RFC 8461 section 3.3")
            continue
        rest = "the other servers' answers are compared" if found.is_known else "what is served is not known"
        way_out = (
            "run again when it answers"
            if name
            else "fix it, run again when it answers, or name another with `--server`"
        )
        yield complaint(found.span, message, help=f"{way_out}; {rest}", at=At(name, kind))


def _about(found: Failure, zone: str) -> str:
    name, kind = found.pair
    if not name:
        return f"for the zone {shown_name(zone)}"
    more = f" and {found.number - 1} more question{'' if found.number == 2 else 's'}" if found.number > 1 else ""
    return f"for {kind} of {shown_name(name)}{more}"


def _from(found: Failure) -> str:
    if not found.servers:
        return ""
    return f" from {few(found.servers, _MOST_SERVERS)}"
