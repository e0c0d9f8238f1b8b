"""Where DMARC reports go, and whether they arrive."""

from collections.abc import Iterator

from linter.facts.dmarc.places import dmarc_places
from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.dmarc.report_hosts import (
    NO_HOST,
    NO_MX,
    NULL_MX,
    Destination,
    is_foreign,
    missing_authorisation,
    report_destinations,
    why_undeliverable,
)
from linter.facts.elsewhere import lacking
from linter.facts.hosts.vendors import retired_report
from linter.facts.texts import DmarcText
from linter.finding import Change, Growth
from linter.lookup.answer import FOUND, Answer
from linter.records.text.fault import quoted
from linter.records.text.name import shown
from linter.records.text.report_uri import ReportUri
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING
from linter.zone.rewriting import without_part
from mailzone import (
    DMARC,
    DMARC_LAX,
    DMARC_REPORTS,
    ERROR,
    OFF,
    WARNING,
    Complaint,
    Facts,
    Fix,
    Related,
    complaint,
    rule,
)

if TYPE_CHECKING:
    from linter.providers.evidence import Retired


@rule("dmarc-none-without-reports", WARNING, "RFC 9989 section 4.7", when=DMARC_LAX)
def none_without_reports(facts: Facts) -> Iterator[Complaint]:
    """The policies `none` without `rua`; one that is there and broken is another fault."""
    for text in dmarc_places(facts).single():
        tag = text.policy_tag
        if tag and text.dmarc.p == "none" and not text.dmarc.tag("rua"):
            message = "`p=none` without `rua` does nothing: no mail is stopped and no report is sent"
            way_out = "add `rua=mailto:…`, or publish the policy you want"
            yield complaint(text.value.place(tag), message, help=way_out, at=text.record)


@rule("dmarc-no-reports", OFF, "RFC 9989 section 4.7", when=DMARC)
def no_reports(facts: Facts) -> Iterator[Complaint]:
    """The enforced policies without `rua`."""
    for text in dmarc_places(facts).single():
        tag = text.policy_tag
        if tag and text.dmarc.p in ("quarantine", "reject") and not text.dmarc.tag("rua"):
            message = f"`p={text.dmarc.p}` is enforced, but no `rua` says who gets the reports"
            yield complaint(text.value.place(tag), message, help="add `rua=mailto:…`", at=text.record)


@rule("dmarc-report-unauthorised", ERROR, "RFC 9990 section 4", when=DMARC_REPORTS)
def report_unauthorised(facts: Facts) -> Iterator[Complaint]:
    """Every destination that is known to be foreign and not to permit the reports of the policy's domain."""
    policies = dmarc_policies(facts)
    by_walk = policies.known_org_domain
    for place in report_destinations(facts):
        found = missing_authorisation(facts.resolver, place)
        if found is None or why_undeliverable(facts.resolver, place.host) or facts.not_public(place.host):
            continue
        if is_foreign(place, policies.org_domain_by_list, by_walk):
            yield _complaint(facts, place, found)


def _complaint(facts: Facts, place: Destination, found: Answer) -> Complaint:
    tag = "ruf" if place.uri in place.text.dmarc.ruf else "rua"
    message = f"{shown(place.host)} does not authorise reports about {shown(place.policy_domain)}"
    way_out = f"publish `v=DMARC1;` as TXT at {shown(place.permit)}"
    if not place.is_nameable:
        message = f"{message}, and cannot: the name of the authorising record would be too long"
        way_out = f"send `{tag}` to a mailbox at the domain itself"
    span = place.text.value.place(place.uri)
    related = tuple(_there(facts, place, found))
    fix = _permitted(facts, place, found)
    return complaint(
        span,
        message,
        help=way_out,
        at=place.text.record,
        related=related,
        reference=_REFERENCES[tag],
        evidence=found.witnesses,
        fix=fix,
    )


def _permitted(facts: Facts, place: Destination, found: Answer) -> Fix | None:
    """The missing record, where the zone that it belongs to is declared and nothing is there that answers for it."""
    index = facts.zone_at(place.permit) if place.is_nameable and not found.spans else None
    if index is None or index.cut_above(place.permit) is not None or not index.zone.is_whole:
        return None
    why = f"{shown(place.host)} then accepts reports about {shown(place.policy_domain)}"
    change = Change(place.permit, "TXT", ("v=DMARC1;",))
    return Fix(why, growths=(Growth(index.zone.name, index.zone.sources, change),))


def _there(facts: Facts, place: Destination, found: Answer) -> Iterator[Related]:
    """The line of the destination that is nearest to what is missing."""
    if found.spans:
        yield Related(found.spans[0], "this record answers instead, and authorises nothing")
        return
    for kind in ("MX", "TXT", "A"):
        answer = facts.resolver.lookup(place.host, kind)
        if answer.spans:
            yield Related(answer.spans[0], f"the authorising record of {shown(place.host)} is missing in this zone")
            return
    yield from lacking(facts, place.host)


_REFERENCES = {"rua": "RFC 9990 section 4", "ruf": "RFC 9991 section 5"}


WAY_OUT = "name a mailbox that receives mail, or remove the address"


_REASONS = {NO_HOST: "does not exist", NULL_MX: "has a null MX", NO_MX: "has no MX"}


@rule("dmarc-report-address-unreachable", WARNING, "RFC 9990 section 3", when=DMARC_REPORTS)
def report_address_unreachable(facts: Facts) -> Iterator[Complaint]:
    """Every destination that is known to take no mail."""
    for place in report_destinations(facts):
        text = place.text
        unseen = facts.not_public(place.host) if "." in place.uri.host else None
        if unseen is not None:
            message = f"{shown(place.host)} {unseen.why}, so no report reaches `{place.uri.address}`"
            span = text.value.place(place.uri)
            yield complaint(span, message, help=WAY_OUT, at=text.record, reference=unseen.reference)
            continue
        lack = why_undeliverable(facts.resolver, place.host)
        if lack:
            to_host = lack == NO_MX and _has_address(facts, place.host)
            fate = "reports go to its address, usually a web server" if to_host else ""
            fate = fate or f"no report reaches `{place.uri.address}`"
            message = f"{shown(place.host)} {_REASONS[lack]}, so {fate}"
            answer = facts.resolver.lookup(place.host, "MX")
            null = tuple(Related(span, "the null MX") for span in answer.spans[:1])
            related = null or lacking(facts, place.host)
            span = text.value.place(place.uri)
            yield complaint(span, message, help=WAY_OUT, at=text.record, related=related, evidence=answer.witnesses)


def _has_address(facts: Facts, host: str) -> bool:
    """Whether senders have an address to fall back to (RFC 5321 section 5.1)."""
    return any(facts.resolver.lookup(host, kind).status == FOUND for kind in ("A", "AAAA"))


class Options(Frozen):
    """`address`: the mailbox that must be among those of `rua`; "" asks for none."""

    address: str = ""


@rule("dmarc-expected-report-address-missing", OFF, "RFC 9989 section 4.7", when=DMARC, options=Options)
def expected_report_address_missing(facts: Facts, options: Options) -> Iterator[Complaint]:
    """The policies of whole domains whose reports go elsewhere; that they go nowhere is another rule's."""
    wanted = options.address.lower()
    for text in dmarc_places(facts).single() if wanted else ():
        tag, domain = text.dmarc.tag("rua"), text.record.name.removeprefix("_dmarc.")
        if tag is None or wanted in (uri.address.lower() for uri in text.dmarc.rua):
            continue
        if dmarc_policies(facts).org_domain_by_list(domain) == domain:
            message = f"{quoted(options.address)} gets no reports about this domain, but must get them"
            way_out = f"add `,mailto:{options.address}` to `rua`"
            yield complaint(text.value.place(tag), message, help=way_out, at=text.record)


@rule("dmarc-retired-report-address", WARNING, "RFC 9989 section 4.7", when=DMARC_REPORTS)
def retired_report_address(facts: Facts) -> Iterator[Complaint]:
    """Every address of `rua` and `ruf` at a service that has been closed."""
    for text in facts.texts.dmarc:
        for uri in (*text.dmarc.rua, *text.dmarc.ruf) if text.role == "policy" else ():
            retired = retired_report(uri.host)
            if retired is not None:
                yield _about_retired(text, uri, retired)


def _about_retired(text: DmarcText, uri: ReportUri, retired: "Retired") -> Complaint:
    others = len({uri.host for uri in text.dmarc.rua}) > 1
    is_firm = retired.evidence.confirmed
    severity = "" if is_firm else "info"
    message = f"`{uri.host}` {retired.told}: these reports are not read"
    way_out = "delete the address" if others else "name an address that is read, or remove `rua`"
    if not is_firm:
        message = f"`{uri.host}` {retired.told}"
        way_out = "check whether what goes there is still read; if not, name another address"
    fix = None
    if is_firm and others and _is_beside_others(text, uri):
        fix = without_part(text.value, uri.start, uri.end, f"no report is sent to `{uri.host}` any more")
    return complaint(
        text.value.place(uri),
        message,
        help=way_out,
        at=text.record,
        severity=severity,
        is_firm=is_firm,
        evidence=(retired.evidence.witness,),
        fix=fix,
    )


def _is_beside_others(text: DmarcText, uri: ReportUri) -> bool:
    """Whether another address is in the same list, so that it is not empty without this one."""
    return any(uri in uris and len(uris) > 1 for uris in (text.dmarc.rua, text.dmarc.ruf))
