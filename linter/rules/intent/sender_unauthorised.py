"""A declared sender is not covered by the domain's SPF record.

Receivers compare the address that connects with the SPF record of the MAIL FROM domain (RFC 7208 section 2.4). What
a system sends without being covered fails: it is refused, or lands in junk, and with DMARC only a signature can save
it. What the system sends from is what its `spf:` says, or what its provider asks for.

## Bad

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
  erp: {spf: 'ip4:203.0.113.25'}
mail:
  example.com: {receives: webhost, sends: [webhost, erp]}
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}  # <- does not let `erp` send
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
  erp: {spf: 'ip4:203.0.113.25'}
mail:
  example.com: {receives: webhost, sends: [webhost, erp]}
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: 'v=spf1 include:_spf.webhost.example ip4:203.0.113.25 -all'}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Fix

Put the term before `all`. What costs no lookup, `ip4` and `ip6`, stands best at the front.
"""

from collections.abc import Iterator

from linter.facts.sender_spf import NO_RECORD, NOT_COVERED, place_for_term
from linter.facts.senders import FAILS, Sender
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule
from linter.source.text import Span

from .places import bare, origin


def check(facts: Facts) -> Iterator[Complaint]:
    """Each sender of each name that is known not to be covered, at the end of the record."""
    for mail in facts.mail.entries:
        for sender in facts.mail.senders(mail):
            if sender.spf is None:
                continue
            if sender.spf.state == NOT_COVERED:
                yield _complaint(facts, sender)
            elif sender.spf.state == NO_RECORD and sender.spf.domain not in (sender.name, *facts.mail_hosts):
                # What a name lacks that has MX, or whose mail fails DMARC for it, other rules say.
                yield from () if sender.is_unaligned else (_without_record(sender, sender.spf.domain),)


def _complaint(facts: Facts, sender: Sender) -> Complaint:
    spf = sender.spf
    assert spf is not None
    terms = " ".join(spf.uncovered)
    message = f"SPF of {bare(spf.domain)} does not let {sender.needs.label} send: `{terms}` is not covered"
    if sender.verdict == FAILS and sender.policy in ("quarantine", "reject"):
        message = f"{message}, and DMARC says `p={sender.policy}`"
    span, way_out = sender.word.span, f"add `{terms}` to its SPF record"
    end = _end(facts, spf.domain)
    if end is not None:
        span, way_out = end, f"add `{terms}` before it"
    if "*" in terms:
        way_out = f"{way_out}, with what the vendor shows for the `*`"
    return Complaint(span, message, way_out, (origin(sender.word, sender.mail),), spf.domain, "TXT")


def _without_record(sender: Sender, domain: str) -> Complaint:
    """A domain of its own for the MAIL FROM, at which nothing stands; its mail may still pass by its signature."""
    message = f"{bare(domain)}, which {sender.needs.label} has in its MAIL FROM, has no SPF record"
    way_out = f"publish `v=spf1 {' '.join(term.text for term in sender.needs.terms)} -all` there"
    span = sender.needs.system.envelope.span if sender.needs.system.envelope else sender.word.span
    related = (origin(sender.word, sender.mail),)
    return Complaint(span, message, way_out, related, domain, "TXT", "warning")


def _end(facts: Facts, domain: str) -> Span | None:
    """The place in the domain's record where a term is to be added; None where the record is not in this zone."""
    texts = facts.spf_by_name.get(domain, ())
    return texts[0].value.part(*place_for_term(texts[0].spf)) if texts else None


RULE = Rule("intent-sender-unauthorised", "error", check, __doc__, "RFC 7208 section 2.4", needs=("intent",))
