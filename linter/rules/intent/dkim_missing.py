"""A declared sender's DKIM selector is not published.

A verifier that finds no key at the selector takes the signature for none (RFC 6376 section 6.1.2). Mail then depends
on SPF alone, which every forwarding breaks. Selectors are what the system's `dkim:` says; a CNAME that leads to a
zone that is not here counts as published.

## Bad

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example, dkim: [default]}
mail:
  example.com: {receives: webhost, sends: [webhost]}  # <- `default._domainkey.example.com` is not there
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  old._domainkey: {type: CNAME, value: old.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example, dkim: [default]}
mail:
  example.com: {receives: webhost, sends: [webhost]}
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  default._domainkey: {type: CNAME, value: example-com.dkim.webhost.example.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```
"""

from collections.abc import Iterator

from linter.facts.senders import Sender
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import one_of
from linter.rules.rule import Rule

from .places import bare


def check(facts: Facts) -> Iterator[Complaint]:
    """Senders whose declared selectors are missing; where mail fails for that, another rule speaks."""
    for mail in facts.mail.entries:
        for sender in facts.mail.senders(mail):
            if sender.needs.system.dkim and sender.signing.missing and not sender.is_unaligned:
                yield _complaint(sender)


def _complaint(sender: Sender) -> Complaint:
    missing = sender.signing.missing
    names = [key.name.rstrip(".") for key in missing]
    are = "is" if len(names) == 1 else "are"
    message = f"{_all_of(names)} {are} not there, where verifiers look for the DKIM key of {sender.needs.label}"
    target = missing[0].selector.target
    way_out = "publish the key that the system signs with, or take the selector out of `dkim:`"
    if target is not None:
        way_out = f"publish a CNAME to {bare(target.text)}"
    return Complaint(sender.word.span, message, way_out, (), missing[0].name, "TXT")


def _all_of(names: list[str]) -> str:
    return one_of(names).replace(" or ", " and ")


RULE = Rule("intent-dkim-missing", "warning", check, __doc__, "RFC 6376 section 6.1.2", needs=("intent",))
