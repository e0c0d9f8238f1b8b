"""SPF records as a whole: which name has one, of which type, how many, how long, and how strict."""

from collections.abc import Iterator

from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.mail.declared_names import (
    declared_without_mx,
    is_declared_closed,
    return_path_advice,
    spf_advice,
    spf_end_advice,
)
from linter.facts.spf.limits import RECORD_LENGTH
from linter.facts.spf.places import is_include_target, misplaced_spf, term_at
from linter.facts.targets import mail_hosts
from linter.facts.witnesses import of_lookups, of_policy
from linter.lookup.answer import FOUND, UNKNOWN, Resolver
from linter.records.spf.record import is_spf
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.plain import entry_of
from linter.source.tree import Scalar
from linter.zone.model import Record, Text
from linter.zone.rewriting import rewrite_scalar
from mailzone import (
    ERROR,
    INTENT,
    MX,
    MX_HOSTS,
    OFF,
    SPF,
    SPF_TERMS,
    WARNING,
    At,
    Complaint,
    Facts,
    Related,
    complaint,
    complaint_of,
    rule,
)


@rule("spf-version-misspelt", ERROR, "RFC 7208 section 4.5", when=SPF_TERMS)
def version_misspelt(facts: Facts) -> Iterator[Complaint]:
    """The near misses."""
    for miss in facts.texts.near_spf:
        span = miss.value.place(miss.fault)
        yield complaint_of(miss.fault, span, At(miss.record.name, "TXT"), miss.value)


@rule("spf-multiple-records", ERROR, "RFC 7208 section 4.5", when=SPF_TERMS)
def multiple_records(facts: Facts) -> Iterator[Complaint]:
    """Every record after the first one; the same text again is a duplicate, which DNS itself drops."""
    for name, texts in facts.spf_by_name.items():
        first, seen = texts[0], {texts[0].value.text}
        for text in texts[1:]:
            if text.value.text not in seen:
                seen.add(text.value.text)
                message = f"a second SPF record at `{dotless(name)}`; receivers answer both with permerror"
                related = (Related(first.value.span, "the first one"),)
                way_out = "put the terms of both into one record, before one `all`"
                yield complaint(text.value.span, message, help=way_out, at=At(name, "TXT"), related=related)


@rule("spf-record-type", ERROR, "RFC 7208 section 3.1", when=SPF_TERMS)
def record_type(facts: Facts) -> Iterator[Complaint]:
    """Every record of the type; one that agrees with the TXT record beside it is only in the way."""
    for record in facts.records("SPF"):
        for value in record.values:
            if isinstance(value, Text):
                yield _complaint(facts, record, value)


def _complaint(facts: Facts, record: Record, value: Text) -> Complaint:
    name = record.name
    beside = facts.spf_by_name.get(name, [])
    related = tuple(Related(text.value.span, "the TXT record beside it") for text in beside[:1])
    if any(text.value.text == value.text for text in beside):
        message, way_out, severity = (
            "record type SPF is discontinued; receivers use the TXT record",
            "delete it",
            "warning",
        )
    elif beside:
        message = "record type SPF is discontinued, and this one differs from the TXT record"
        way_out, severity = "compare the two, then delete this one", ""
    else:
        message, severity = "receivers look up TXT, never record type SPF", ""
        way_out = "publish it as TXT"
    kind = entry_of(record.node, "type")
    scalar = kind[1] if kind is not None else None
    fix = None
    if not facts.index.records(name, "TXT") and isinstance(scalar, Scalar) and record.via is None:
        fix = rewrite_scalar(scalar, "TXT", "receivers then find the SPF record, and judge mail by it")
    return complaint(value.span, message, help=way_out, at=At(name, "SPF"), related=related, severity=severity, fix=fix)


@rule("spf-wrong-place", WARNING, "RFC 7208 section 3", when=SPF)
def wrong_place(facts: Facts) -> Iterator[Complaint]:
    """Records aside of a domain with MX and without SPF, and those where other policies belong."""
    for misplaced in misplaced_spf(facts):
        text = misplaced.text
        domain, name = dotless(misplaced.domain), dotless(text.record.name)
        message = f"no receiver looks for the SPF of `{domain}` at `{name}`"
        way_out = f"publish it at `{domain}`"
        if not name.startswith("*"):
            way_out = f"{way_out}, or publish there a record that has `include:{name}`"
        related = (Related(misplaced.need.exchange.span, f"`{domain}` has MX and no SPF"),)
        yield complaint(text.value.span, message, help=way_out, at=text.record, related=related)
    for record, value in facts.texts.stray_spf:
        name = dotless(record.name)
        message = f"an SPF record at `{name}`, where no receiver looks for SPF"
        way_out = "remove it; SPF belongs at the domain after the `@` itself"
        yield complaint(value.span, message, help=way_out, at=record)


@rule("spf-record-too-long", WARNING, "RFC 7208 section 3.4", when=SPF_TERMS)
def record_too_long(facts: Facts) -> Iterator[Complaint]:
    """Records beyond the advised length, at the term that crosses it."""
    for text in facts.texts.spf:
        length = len(text.spf.text.encode("utf-8", "surrogatepass"))
        if length > RECORD_LENGTH:
            start, end = term_at(text.spf, RECORD_LENGTH)
            message = f"the record has {length} bytes, {length - RECORD_LENGTH} more than the {RECORD_LENGTH} advised"
            way_out = "write ranges for addresses, or move a part to another name and include that"
            yield complaint(text.value.part(start, end), message, help=way_out, at=text.record)


class Options(Frozen):
    """`also_enforced`: whether `~all` is reported where DMARC is enforced as well."""

    also_enforced: bool = False


@rule("spf-softfail-all", OFF, "RFC 7208 section 8.5", when=SPF_TERMS, options=Options)
def softfail_all(facts: Facts, options: Options) -> Iterator[Complaint]:
    """An `all` with "~" where it is known that no policy is enforced, or wherever it stands."""
    for text in facts.texts.spf:
        term, name = text.spf.all_term, text.record.name
        if term is None or term.qualifier != "~" or is_include_target(name):
            continue
        governing = dmarc_policies(facts).by_tree_walk(name)
        is_open = not governing.is_unknown and not governing.is_enforced
        if not is_open and not options.also_enforced:
            continue
        message, way_out = "`~all` only marks mail from all other senders, but `-all` is required", "write `-all`"
        if is_open:
            message = "`~all` only marks mail from all other senders, and no DMARC policy acts on that"
            way_out = "write `-all`, or publish DMARC with `p=quarantine` or `p=reject`"
        way_out = spf_end_advice(facts, name, way_out)
        span, evidence = text.value.place(term), of_policy(governing) if is_open else ()
        yield complaint(span, message, help=way_out, at=At(name, "TXT"), evidence=evidence)


@rule("spf-missing", WARNING, "RFC 7208 section 3", when=(MX, INTENT))
def missing(facts: Facts) -> Iterator[Complaint]:
    """Names with MX for which no text of the zone is SPF, or was meant to be."""
    if facts.is_internal:
        return
    without = facts.mail_hosts.keys() - facts.spf_by_name.keys()
    needs = declared_without_mx(facts)
    if not without and not needs:
        return
    meant = {miss.record.name for miss in facts.texts.near_spf} | {record.name for record in facts.records("SPF")}
    meant |= {misplaced.domain for misplaced in misplaced_spf(facts)}
    for name, hosts in facts.mail_hosts.items():
        if name not in without or name in meant or "_" in name:
            continue  # no address has an underscore behind its `@`
        if is_declared_closed(facts, name):
            continue
        answer = facts.resolver.lookup(name, "TXT")
        if (
            answer.status == UNKNOWN
            or answer.is_failure
            or any(is_spf(value) for value in answer.values if isinstance(value, str))
        ):
            continue
        shown = dotless(name)
        if all(host.is_null for host in hosts):
            message = f"`{shown}` has a null MX but no SPF, so anyone can still send as it"
            way_out = "publish `v=spf1 -all` as TXT at this name"
        else:
            message = f"`{shown}` has MX but no SPF record"
            way_out = "publish who may send as TXT at this name, or `v=spf1 -all` if it sends nothing"
        first = hosts[0].exchange
        way_out = spf_advice(facts, name) or return_path_advice(first.name) or way_out
        yield complaint(first.span, message, help=way_out, at=At(name, "MX"), evidence=answer.witnesses)
    for name, word in needs.items():
        if name not in facts.spf_by_name and name not in meant and _has_none(facts.resolver, name):
            message = f"`{dotless(name)}` is declared to send but has no SPF record"
            at, evidence = At(name, "TXT"), of_lookups(facts, name, "TXT")
            yield complaint(word.span, message, help=spf_advice(facts, name), at=at, evidence=evidence)


def _has_none(resolver: Resolver, name: str) -> bool:
    """Whether it is known that no SPF record stands at a name."""
    answer = resolver.lookup(name, "TXT")
    is_empty = answer.is_empty and not answer.steps
    return is_empty or (answer.status == FOUND and not any(is_spf(str(value)) for value in answer.values))


@rule("spf-missing-for-mail-host", OFF, "RFC 7208 section 10.1.3", when=MX_HOSTS)
def missing_for_mail_host(facts: Facts) -> Iterator[Complaint]:
    """Hosts of MX whose addresses a zone declares, at the first address: there the record is missing."""
    seen = set()
    if facts.is_internal:
        return
    for record, target in mail_hosts(facts.targets):
        if target.name in seen:
            continue
        seen.add(target.name)
        answers = [facts.resolver.lookup(target.name, kind) for kind in ("A", "AAAA")]
        declared = [answer for answer in answers if answer.spans and not answer.origin and not answer.steps]
        if not declared:
            continue
        texts = facts.resolver.lookup(target.name, "TXT")
        if not (texts.is_empty or texts.status == FOUND) or texts.steps:
            continue
        if any(is_spf(value.lstrip(" \"'")) for value in texts.values if isinstance(value, str)):
            continue
        message = f"`{dotless(target.name)}` receives mail and has no SPF record"
        related = (Related(target.span, f"the MX of `{dotless(record.name)}`"),)
        way_out = "publish `v=spf1 a -all` as TXT at this name"
        yield complaint(declared[0].spans[0], message, help=way_out, at=At(target.name, "TXT"), related=related)
