"""Two declared senders of a name sign with the same DKIM selector.

A selector holds one key (RFC 6376 section 3.6.2.2): where two systems sign for one domain with one selector, the
signatures of one of them fail. Vendors choose their names without asking each other: `default`, `selector1` and
`google` are the usual ones, and two tenants of Microsoft 365 both want `selector1`.

## Bad

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example, dkim: [default]}
  shop: {spf: include:_spf.shop.example, dkim: [default]}
mail:
  example.com: {receives: webhost, sends: [webhost, shop]}  # <- `default` of `example.com`
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example include:_spf.shop.example -all}
  default._domainkey: {type: CNAME, value: example-com.dkim.webhost.example.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example, dkim: [default]}
  shop: {spf: include:_spf.shop.example, dkim: [shop]}
mail:
  example.com: {receives: webhost, sends: [webhost, shop]}
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example include:_spf.shop.example -all}
  default._domainkey: {type: CNAME, value: example-com.dkim.webhost.example.}
  shop._domainkey: {type: CNAME, value: example-com.dkim.shop.example.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Fix

Have one of the systems sign with another selector, or for a name below the domain.
"""

from collections.abc import Iterator

from linter.facts.senders import Sender
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule

from .places import bare


def check(facts: Facts) -> Iterator[Complaint]:
    """Each sender that wants a key at a name where another sender of the same name has its own."""
    for mail in facts.mail.entries:
        held: dict[str, Sender] = {}
        for sender in facts.mail.senders(mail):
            shared = [key for key in sender.signing.keys if key.name in held]
            if shared:
                yield _complaint(sender, held[shared[0].name], shared[0].selector.name)
            for key in sender.signing.keys:
                held.setdefault(key.name, sender)


def _complaint(sender: Sender, other: Sender, selector: str) -> Complaint:
    domain = bare(sender.signing.domain)
    message = (
        f"{sender.needs.label} and {other.needs.label} both sign with `{selector}` of {domain}, which holds one key"
    )
    way_out = "have one of them sign with another selector"
    related = (Related(other.word.span, f"{other.needs.label} is declared here"),)
    return Complaint(sender.word.span, message, way_out, related, f"{selector}._domainkey.{sender.signing.domain}")


RULE = Rule("intent-selector-shared", "warning", check, __doc__, "RFC 6376 section 3.6.2.2", needs=("intent",))
