"""Mail of a declared sender fails DMARC: neither SPF nor DKIM passes for the domain that readers see.

DMARC asks whether what passed belongs to the domain in "From" (RFC 9989 section 4.4): with relaxed alignment the same
organisation, with strict alignment the same name. A vendor that uses its own MAIL FROM and its own signature
passes SPF and DKIM, and fails DMARC all the same. So does Microsoft 365 without the domain's own DKIM: it signs
with the tenant's onmicrosoft.com domain.

## Bad

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
  newsletter: {spf: include:_spf.letters.example, envelope: bounces.letters.example, signs: letters.example, dkim: [k1]}
mail:
  example.com: {receives: webhost, sends: [webhost, newsletter]}  # <- would be rejected
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
  newsletter: {spf: include:_spf.letters.example, envelope: bounces.letters.example, dkim: [k1]}
mail:
  example.com: {receives: webhost, sends: [webhost, newsletter]}
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  k1._domainkey: {type: CNAME, value: k1.dkim.letters.example.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Fix

Have the vendor sign with your domain, and publish the selectors it gives you; or give it a MAIL FROM below your domain.
"""

from collections.abc import Iterator

from linter.facts.sender_spf import NO_RECORD, PASS
from linter.facts.senders import NONE_DECLARED, UNSIGNED, Sender
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .places import bare

_FATES = {"reject": "would be rejected", "quarantine": "would go to junk", "none": "counts as failed in reports"}


def check(facts: Facts) -> Iterator[Complaint]:
    """Senders that are known to fail, where no record that SPF lacks is the reason."""
    for mail in facts.mail.entries:
        for sender in facts.mail.senders(mail):
            if sender.is_unaligned:
                yield _complaint(sender)


def _complaint(sender: Sender) -> Complaint:
    message = (
        f"mail that {sender.needs.label} sends as {bare(sender.name)} {_FATES[sender.policy]} by DMARC "
        f"(`p={sender.policy}`): {_spf(sender)}, and {_dkim(sender)}"
    )
    way_out = f"have it sign with {bare(sender.name)}, or send with a MAIL FROM below it"
    if sender.signing.state == UNSIGNED and sender.dkim_aligned:
        way_out = f"publish its key at {' and '.join(bare(key.name) for key in sender.signing.missing[:2])}"
    if sender.spf is not None and sender.spf.state == NO_RECORD and sender.spf_aligned:
        terms = " ".join(term.text for term in sender.needs.terms)
        also = f", and {way_out}" if sender.signing.state == UNSIGNED else ""
        way_out = f"publish `v=spf1 {terms} -all` at {bare(sender.spf.domain)}{also}"
    severity = "warning" if sender.policy == "none" else ""
    return Complaint(sender.word.span, message, way_out, (), sender.name, "TXT", severity)


def _spf(sender: Sender) -> str:
    if sender.spf is None or sender.spf_aligned:
        missing = sender.spf is not None and sender.spf.state == NO_RECORD
        return f"{bare(sender.name)} has no SPF record" if missing else "SPF does not pass"
    passes = "passes for" if sender.spf.state == PASS else "is judged for"
    return f"SPF {passes} {bare(sender.spf.domain)}{_strictly(sender, 'aspf')}"


def _dkim(sender: Sender) -> str:
    if sender.signing.state == NONE_DECLARED:
        return "it is not declared to sign"
    if sender.dkim_aligned:
        vendor = sender.needs.vendor
        instead = f", so it signs with {vendor.signs_otherwise}" if vendor and vendor.signs_otherwise else ""
        return f"its DKIM keys are not published{instead}"
    return f"DKIM signs for {bare(sender.signing.domain)}{_strictly(sender, 'adkim')}"


def _strictly(sender: Sender, tag: str) -> str:
    record = sender.governing.record
    return f", and `{tag}=s` asks for the same name" if record is not None and getattr(record, tag) == "s" else ""


RULE = Rule("intent-sender-unaligned", "error", check, __doc__, "RFC 9989 section 4.4", needs=("intent",))
