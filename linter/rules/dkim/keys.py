"""DKIM keys: their grammar, how strong they are, whose, and whether they are in force."""

from collections.abc import Iterable, Iterator

from linter.facts.dkim.key_sets import key_sets, keys_of, shared_keys
from linter.facts.dkim.selectors import signing_domain
from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.mail_names import is_parked
from linter.facts.texts import KeyText
from linter.records.dkim.key import ED25519, RSA
from linter.records.text.fault import quoted
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.plain import entry_of
from linter.source.tree import Scalar
from linter.zone.model import Record, Text
from linter.zone.rewriting import rewrite_scalar
from mailzone import (
    DKIM,
    DKIM_KEYS,
    DKIM_ODD,
    ERROR,
    INFO,
    OFF,
    WARNING,
    At,
    Complaint,
    Facts,
    Fix,
    Related,
    complaint,
    complaint_of,
    fault_rules,
    rule,
)


@fault_rules(
    {
        "syntax": ("dkim-syntax", ERROR, "RFC 6376 section 3.6.1"),
        "key-undecodable": ("dkim-key-undecodable", ERROR, "RFC 6376 section 3.6.1"),
        "key-too-long": ("dkim-key-too-long", OFF, "RFC 8301 section 3.2"),
        "hash-unusable": ("dkim-hash-unusable", ERROR, "RFC 8301 section 3.1"),
        "service": ("dkim-service-unusable", ERROR, "RFC 6376 section 3.6.1"),
        "unknown-tag": ("dkim-unknown-tag", WARNING, "RFC 6376 section 3.2"),
        "testing": ("dkim-testing", INFO, "RFC 6376 section 3.6.1"),
    },
    when=DKIM_ODD,
)
def grammar_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in all key records that verifiers find; a key in pieces is not a record."""
    for key_set in key_sets(facts):
        for text in key_set.records:
            for fault in text.key.faults:
                if fault.kind == kind:
                    span = text.value.place(fault)
                    yield complaint_of(fault, span, At(key_set.name, "TXT"), text.value)


@rule("dkim-key-missing", ERROR, "RFC 6376 section 3.6.1", when=DKIM_ODD)
def key_missing(facts: Facts) -> Iterator[Complaint]:
    """Records without a key, and selectors where nothing but text of another kind stands."""
    yield from grammar_complaints(facts, "key-missing")
    for key_set in key_sets(facts):
        for text in () if key_set.records else key_set.others:
            what = quoted(text.value.text) if text.value.text.strip() else "an empty text"
            message = f"{what} is published at a DKIM selector but is not a key"
            way_out = "a selector has only its key; move this to the name it belongs to, or delete it"
            yield complaint(text.value.span, message, help=way_out, at=At(key_set.name, "TXT"))


_SHORTEST_VALID, _SHORTEST_GOOD = 1024, 2048


class Options(Frozen):
    """`minimum_bits`: the shortest RSA key that is not reported."""

    minimum_bits: int = _SHORTEST_GOOD


@rule("dkim-key-too-short", WARNING, "RFC 8301 section 3.2", when=DKIM_KEYS, options=Options)
def key_too_short(facts: Facts, options: Options) -> Iterator[Complaint]:
    """RSA keys below the minimum."""
    texts, minimum = facts.texts, options.minimum_bits
    if all(text.key.key is None or text.key.key.bits >= minimum for text in (*texts.keys, *texts.stray_keys)):
        return
    for key_set in key_sets(facts):
        for text in key_set.records:
            key, p = text.key.key, text.key.tags.first("p")
            if key is None or p is None or key.algorithm != RSA or key.bits >= minimum:
                continue
            wanted = max(_SHORTEST_GOOD, minimum)
            message, severity = f"the RSA key has {key.bits} bits; signers should use {wanted} at least", ""
            if key.bits < _SHORTEST_VALID:
                message, severity = f"the RSA key has {key.bits} bits; receivers refuse keys below 1024", "error"
            way_out = f"publish a key of {wanted} bits under a new selector; delete this one when it is no longer used"
            span = text.value.part(p.value_start, p.value_end)
            yield complaint(span, message, help=way_out, at=At(key_set.name, "TXT"), severity=severity)


@rule("dkim-shared-key", WARNING, "RFC 6376 section 8", when=DKIM_KEYS)
def shared_key(facts: Facts) -> Iterator[Complaint]:
    """Each key of the zone that another zone of the estate has too, with all places there."""
    policies = dmarc_policies(facts)
    for shared in shared_keys(facts.texts.keys, facts.zone.name, facts.estate, facts.parsers):
        own = policies.org_domain_by_list(shared.domain)
        others = [other for other in shared.others if policies.org_domain_by_list(other.domain) != own]
        if not others:
            continue
        message = f"`{dotless(others[0].domain)}` has the same key"
        if len(others) > 1:
            message = f"{message}, and so {'has' if len(others) == 2 else 'have'} {len(others) - 1} more"
        related = tuple(Related(other.span, f"the key of `{dotless(other.domain)}`") for other in others[:10])
        way_out = "make a key for each domain, or point both selectors at one name with a CNAME"
        severity = ""
        if shared.vendor:
            message = f"{message}, which {shared.vendor} gives to all its customers"
            way_out, severity = (
                f"ask {shared.vendor} for your own key, so that no other customer can sign as you",
                "info",
            )
        elif shared.is_handed_out:
            way_out, severity = "if a service gives it to all its customers, ask for your own key", "info"
        yield complaint(
            shared.span, message, help=way_out, at=At(shared.name, "TXT"), related=related, severity=severity
        )


@rule("dkim-ed25519-alone", WARNING, "RFC 8463 section 3", when=DKIM_KEYS)
def ed25519_alone(facts: Facts) -> Iterator[Complaint]:
    """The first Ed25519 key of each domain whose selectors are all known and hold no RSA key."""
    judged = set()
    for text in facts.texts.keys:
        key = text.key.key
        if key is None or key.algorithm != ED25519:
            continue
        domain, tag = signing_domain(text.record.name), text.key.tags.first("k")
        if tag is None or domain in judged:
            continue
        if not {"*", "email"}.intersection(text.key.services):
            continue  # for TLS reports alone (RFC 8460 section 3)
        judged.add(domain)
        known = keys_of(domain, facts.index, facts.resolver, facts.parsers)
        if not known.may_have_rsa:
            message = f"`{dotless(domain)}` has an Ed25519 key and no RSA key, which many receivers need"
            way_out = "sign with an RSA key as well, and publish it under another selector"
            span = text.value.place(tag)
            yield complaint(span, message, help=way_out, at=text.record, evidence=known.witnesses)


@rule("dkim-revoked", OFF, "RFC 6376 section 3.6.1", when=DKIM)
def revoked(facts: Facts) -> Iterator[Complaint]:
    """Revoked keys, but not those of all selectors of a domain without mail."""
    for key_set in key_sets(facts):
        if len(key_set.records) != 1 or key_set.others:
            continue  # several values at a selector: which of them counts is the question then
        text = key_set.records[0]
        p = text.key.tags.first("p")
        if not text.key.revoked or p is None:
            continue
        message = "`p=` is empty, so the key is revoked"
        way_out = "delete the record when no mail signed with the key is in transit any more"
        if key_set.name.startswith("*."):
            if is_parked(facts, signing_domain(key_set.name)):
                continue
            message = "`p=` is empty, so every selector without its own record is revoked"
            way_out = "use this only at domains without mail; for receivers a missing key is enough"
        yield complaint(text.value.place(p), message, help=way_out, at=At(key_set.name, "TXT"))


@rule("dkim-multiple-records", ERROR, "RFC 6376 section 3.6.2.2", when=DKIM_ODD)
def multiple_records(facts: Facts) -> Iterator[Complaint]:
    """Every value beside the first record of a selector; a host name beside the pieces of a key as well."""
    for key_set in key_sets(facts):
        first = (*key_set.records, *key_set.pieces)[:1]
        if not first:
            continue
        shown = dotless(key_set.name)
        message = f"another TXT value at `{shown}`; which one receivers use is undefined"
        related = (Related(first[0].value.span, "the first one"),)
        for text in key_set.records[1:]:
            way_out = "keep one key here; publish the other under another selector"
            yield complaint(text.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)
        for value in (*(text.value for text in key_set.others), *_host_names(facts, key_set.name)):
            way_out = "a selector has only one key; delete this or move it to the name it belongs to"
            yield complaint(value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)


def _host_names(facts: Facts, name: str) -> list[Text]:
    return [value for record, value in facts.texts.host_names if record.name == name]


@rule("dkim-split-values", ERROR, "RFC 6376 section 3.6.2.2", when=DKIM_ODD)
def split_values(facts: Facts) -> Iterator[Complaint]:
    """Keys in pieces, each once, at its first piece."""
    for key_set in key_sets(facts):
        if key_set.pieces:
            first, *others = key_set.pieces
            message = f"one key is cut into {len(key_set.pieces)} values, {_what_order_does(key_set.pieces)}"
            way_out = "write it as one value; it is cut into strings of 255 characters when it is published"
            related = tuple(Related(text.value.span, "a piece of it") for text in others)
            yield complaint(first.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)


def _what_order_does(pieces: Iterable[KeyText]) -> str:
    """What receivers find: each value is a record, and servers give the records of a set in any order."""
    if any(text.key.key is not None for text in pieces):
        return "which servers send in any order, so receivers find the key by chance only"
    return "which servers send in any order, so receivers find no complete key"


_MOST_SHOWN = 100


@rule("dkim-text-is-hostname", ERROR, "RFC 6376 section 3.6.1", when=DKIM_ODD)
def text_is_hostname(facts: Facts) -> Iterator[Complaint]:
    """Host names as TXT values of selectors; beside a key, which no CNAME can be, dkim-multiple-records speaks."""
    with_key = {key_set.name for key_set in key_sets(facts) if key_set.records or key_set.pieces}
    for record, value in facts.texts.host_names:
        if record.name in with_key:
            continue
        host = value.text.strip().rstrip(".")
        message = f"the TXT value is the host name {quoted(host, _MOST_SHOWN)}, not a key"
        way_out = f"publish a CNAME instead, with the value {quoted(f'{host}.', _MOST_SHOWN)}"
        yield complaint(value.span, message, help=way_out, at=record, fix=_as_alias(facts, record, value, host))


def _as_alias(facts: Facts, record: Record, value: Text, host: str) -> Fix | None:
    """The record as a CNAME, where it is the only one of its name and holds nothing else."""
    kind, written = entry_of(record.node, "type"), entry_of(record.node, "value")
    if kind is None or written is None or record.via or value.pieces or len(record.values) != 1:
        return None
    if len(facts.index.names.get(record.name, {})) != 1 or len(facts.index.records(record.name, "TXT")) != 1:
        return None
    if not (isinstance(kind[1], Scalar) and isinstance(written[1], Scalar)):
        return None
    rewrites = (*rewrite_scalar(kind[1], "CNAME").rewrites, *rewrite_scalar(written[1], f"{host}.").rewrites)
    return Fix(f"receivers then find the key that `{host}` has", rewrites)


@rule("domainkeys-leftover", INFO, "RFC 5617", when=DKIM_ODD)
def domainkeys_leftover(facts: Facts) -> Iterator[Complaint]:
    """The left-over policies."""
    for record, value in facts.texts.leftovers:
        message = f"{quoted(value.text)} is a policy of DomainKeys or ADSP, which receivers no longer read"
        yield complaint(value.span, message, help="delete it; DMARC replaced it", at=record)
