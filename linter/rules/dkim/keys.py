"""DKIM keys themselves: how strong, whose, and whether they are in force."""

from collections.abc import Iterator

from linter.facts.dkim.domain_keys import keys_of
from linter.facts.dkim.key_sets import key_sets
from linter.facts.dkim.selectors import signing_domain
from linter.facts.dkim.shared_keys import shared_keys
from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.mail.parked import is_parked
from linter.records.dkim.key import ED25519, RSA
from linter.source.frozen import Frozen
from mailzone import DKIM, OFF, WARNING, At, Complaint, Facts, Related, complaint, rule

_SHORTEST_VALID, _SHORTEST_GOOD = 1024, 2048


class Options(Frozen):
    """`minimum_bits`: the shortest RSA key that is not reported."""

    minimum_bits: int = _SHORTEST_GOOD


@rule("dkim-key-too-short", WARNING, "RFC 8301 section 3.2", when=DKIM, options=Options)
def key_too_short(facts: Facts, options: Options) -> Iterator[Complaint]:
    """RSA keys below the minimum."""
    for key_set in key_sets(facts):
        for text in key_set.records:
            key, p = text.key.key, text.key.tags.first("p")
            if key is None or p is None or key.algorithm != RSA or key.bits >= options.minimum_bits:
                continue
            wanted = max(_SHORTEST_GOOD, options.minimum_bits)
            message, severity = f"the RSA key has {key.bits} bits; signers should use {wanted} at least", ""
            if key.bits < _SHORTEST_VALID:
                message, severity = f"the RSA key has {key.bits} bits; receivers refuse keys below 1024", "error"
            way_out = f"publish a key of {wanted} bits under a new selector; delete this one once nobody signs with it"
            span = text.value.part(p.value_start, p.value_end)
            yield complaint(span, message, help=way_out, at=At(key_set.name, "TXT"), severity=severity)


@rule("dkim-shared-key", WARNING, "RFC 6376 section 8", when=DKIM)
def shared_key(facts: Facts) -> Iterator[Complaint]:
    """Each key of the zone that another zone of the estate has too, with all places there."""
    policies = dmarc_policies(facts)
    for shared in shared_keys(facts.texts.keys, facts.zone.name, facts.estate, facts.parsers):
        own = policies.org_domain_by_list(shared.domain)
        others = [other for other in shared.others if policies.org_domain_by_list(other.domain) != own]
        if not others:
            continue
        message = f"`{others[0].domain.rstrip('.')}` has the same key"
        if len(others) > 1:
            message = f"{message}, and so {'has' if len(others) == 2 else 'have'} {len(others) - 1} more"
        related = tuple(Related(other.span, f"the key of `{other.domain.rstrip('.')}`") for other in others[:10])
        way_out = "make a key for each domain, or point both selectors at one name with a CNAME"
        severity = ""
        if shared.vendor:
            message = f"{message}, which {shared.vendor} gives to all its customers"
            way_out, severity = f"ask {shared.vendor} for a key of your own, so that nobody else signs as you", "info"
        elif shared.is_handed_out:
            way_out, severity = "if a service gives it to all its customers, ask for a key of your own", "info"
        yield complaint(
            shared.span, message, help=way_out, at=At(shared.name, "TXT"), related=related, severity=severity
        )


@rule("dkim-ed25519-alone", WARNING, "RFC 8463 section 3", when=DKIM)
def ed25519_alone(facts: Facts) -> Iterator[Complaint]:
    """The first Ed25519 key of each domain whose selectors are all known and hold no RSA key."""
    judged = set()
    for text in facts.texts.keys:
        domain = signing_domain(text.record.name)
        tag = text.key.tags.first("k")
        key = text.key.key
        if key is None or key.algorithm != ED25519 or tag is None or domain in judged:
            continue
        if not {"*", "email"}.intersection(text.key.services):
            continue  # for TLS reports alone (RFC 8460 section 3)
        judged.add(domain)
        if not keys_of(domain, facts.index, facts.resolver, facts.parsers).may_have_rsa:
            message = f"`{domain.rstrip('.')}` has an Ed25519 key and no RSA key, which many receivers need"
            way_out = "sign with an RSA key as well, and publish it under a selector of its own"
            span = text.value.part(tag.start, tag.end)
            yield complaint(span, message, help=way_out, at=text.record)


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
        way_out = "delete the record when no mail that was signed with the key is under way any more"
        if key_set.name.startswith("*."):
            if is_parked(facts, signing_domain(key_set.name)):
                continue
            message = "`p=` is empty, so every selector without a record of its own is revoked"
            way_out = "leave this to domains without mail; receivers take a missing key for what it is"
        yield complaint(text.value.part(p.start, p.end), message, help=way_out, at=At(key_set.name, "TXT"))
