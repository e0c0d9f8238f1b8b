"""Records that DNS does not serve where they are, and answers that nothing declares."""

from collections.abc import Iterator

from linter.facts.spf.places import authorising_term
from linter.records.text.name import dotless, parent
from linter.source.text import Span
from linter.zone.model import Record, Text
from mailzone import (
    DELEGATIONS,
    WARNING,
    WILDCARDS,
    At,
    Complaint,
    Facts,
    Related,
    complaint,
    rule,
)

_POLICY_LABELS = ("_dmarc", "_domainkey", "_mta-sts", "_tls")


@rule("record-below-delegation", WARNING, "RFC 1034 section 4.2.1", when=DELEGATIONS)
def record_below_delegation(facts: Facts) -> Iterator[Complaint]:
    """Every mail record that a delegation hides."""
    if not facts.index.cuts:
        return
    for record in _mail_records(facts):
        cut = facts.index.cut_above(record.name)
        delegations = facts.index.records(cut, "NS") if cut else []
        if cut is None or cut.startswith("*.") or not delegations:
            continue
        shown = dotless(cut)
        if record.name == cut:
            message = f"`{shown}` is delegated; its {record.type} in this zone is never served"
        else:
            name = dotless(record.name)
            message = (
                f"`{name}` lies below `{shown}`, which is delegated; its {record.type} in this zone is never served"
            )
        related = (Related(delegations[0].span, "delegated here"),)
        way_out = f"move it into the zone `{shown}`, on the name servers that the delegation names"
        yield complaint(record.span, message, help=way_out, at=record, related=related)


def _mail_records(facts: Facts) -> list[Record]:
    """MX, SPF, and what stands or is an alias at the names of DMARC, DKIM, MTA-STS and TLS reporting."""
    spf = {id(text.record) for text in facts.texts.spf}
    return [
        record
        for record in facts.records("MX", "TXT", "CNAME")
        if record.type == "MX" or id(record) in spf or any(f"{label}." in record.name for label in _POLICY_LABELS)
    ]


@rule("wildcard-answers-policy", WARNING, "RFC 4592 section 2.2.1", when=WILDCARDS)
def wildcard_answers_policy(facts: Facts) -> Iterator[Complaint]:
    """The policies at wildcards that answer for host names."""
    for record in facts.records("TXT"):
        above = record.name.removeprefix("*.")
        if above == record.name or "_" in above or facts.index.cut_above(record.name) is not None:
            continue
        for value in record.values:
            place = _place_of(value.text) if isinstance(value, Text) else ""
            if not isinstance(value, Text) or not place:
                continue
            own = facts.resolver.lookup(f"{place}.{above}", "TXT")
            if own.owner == record.name or value.text not in own.values:
                yield _about_wildcard(value, place, above, record.name)


def _place_of(text: str) -> str:
    """The labels at which a policy belongs; "" for any other text."""
    from linter.records.dmarc.version import is_dmarc  # loaded for the few wildcards with texts
    from linter.records.transport.mta_sts import is_mta_sts
    from linter.records.transport.tls_rpt import is_tls_rpt

    places = (("_dmarc", is_dmarc), ("_mta-sts", is_mta_sts), ("_smtp._tls", is_tls_rpt))
    return next((place for place, fits in places if fits(text)), "")


def _about_wildcard(value: Text, place: str, above: str, wildcard: str) -> Complaint:
    domain = dotless(above)
    message = f"`*.{domain}` answers for `{place}.x.{domain}` and its like, for every x that does not exist"
    if place == "_dmarc":
        way_out = f"remove it; `sp` and `np` at `_dmarc.{domain}` apply to the names below"
    else:
        way_out = f"remove it, and publish it at `{place}` of each name that it is meant for"
    return complaint(value.span, message, help=way_out, at=At(wildcard, "TXT"))


_SHOWN = 3


@rule("wildcard-hidden", WARNING, "RFC 4592 section 2.2.2", when=WILDCARDS)
def wildcard_hidden(facts: Facts) -> Iterator[Complaint]:
    """Each wildcard with MX or SPF that names beside it do not get, once for MX and once for SPF."""
    for record in facts.records("MX"):
        if record.name.startswith("*.") and any(not host.is_null for host in facts.mail_hosts.get(record.name, ())):
            lost = [name for name in _beside(facts, record.name) if _means_mail(facts, name)]
            yield from _about_hidden(facts, record, record.span, "MX", lost)
    for text in facts.texts.spf:
        if text.record.name.startswith("*."):
            lost = [name for name in _beside(facts, text.record.name) if _has_host_only(facts, name)]
            yield from _about_hidden(facts, text.record, text.value.span, "SPF", lost)


def _beside(facts: Facts, wildcard: str) -> list[str]:
    """The host names that the wildcard would answer for if they did not exist; aliases and delegations aside."""
    above = parent(wildcard)
    index = facts.index
    found = []
    for name in dict.fromkeys((*index.names, *sorted(index.between))):
        if parent(name) != above or name == wildcard or "_" in name or index.cut_above(name) is not None:
            continue
        if facts.resolver.lookup(name, "CNAME").is_empty:
            found.append(name)
    return found


def _means_mail(facts: Facts, name: str) -> bool:
    """Whether a name without MX has records that only make sense for mail."""
    if not facts.resolver.lookup(name, "MX").is_empty:
        return False
    if any(authorising_term(text.spf) is not None for text in facts.spf_by_name.get(name, ())):
        return True
    return any(text.record.name.endswith(f"._domainkey.{name}") and text.key.key for text in facts.texts.keys)


def _has_host_only(facts: Facts, name: str) -> bool:
    """Whether a name has addresses but neither MX, which asks for SPF by itself, nor SPF."""
    if name in facts.spf_by_name or name in facts.mail_hosts or facts.resolver.lookup(name, "TXT").status == "unknown":
        return False
    return bool(facts.index.records(name, "A") or facts.index.records(name, "AAAA"))


def _about_hidden(facts: Facts, record: Record, span: Span, what: str, lost: list[str]) -> Iterator[Complaint]:
    if not lost:
        return
    more = f" and {len(lost) - 1} other name{'s' if len(lost) > 2 else ''}" if len(lost) > 1 else ""
    verb = "do" if more else "does"
    names = f"`{dotless(lost[0])}`{more}"
    message = f"{names} {verb} not get this {what}: a wildcard answers only for what does not exist"
    related = tuple(_place(facts, name) for name in lost[:_SHOWN])
    yield complaint(span, message, help=f"repeat the {what} there", at=record, related=related)


def _place(facts: Facts, name: str) -> Related:
    for held, types in facts.index.names.items():
        if held == name or held.endswith(f".{name}"):
            first = next(iter(types.values()))[0]
            return Related(first.name_span, f"makes `{dotless(name)}` exist")
    raise AssertionError(f"{name} exists without records")
