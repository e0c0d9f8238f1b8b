"""One MX set names old and new hosts of the same vendor.

A vendor that changes its host names asks for the one form or the other: `smtp.google.com` alone or the five of
`aspmx.l.google.com`, `….mail.protection.outlook.com` or `….mx.microsoft`. Both together are a move that was not
finished: what was gained by the new form, such as DANE at Microsoft, is lost whenever a sender takes the old one
(senders may come to any host of a set, RFC 5321 section 5.1).

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 1
        exchange: smtp.google.com.
      - preference: 5
        exchange: alt1.aspmx.l.google.com.  # <- another form than `smtp.google.com`
  - type: TXT
    value: v=spf1 include:_spf.google.com ~all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 1
      exchange: smtp.google.com.
  - type: TXT
    value: v=spf1 include:_spf.google.com ~all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  - type: MX
    values:
      - {preference: 1, exchange: aspmx.l.google.com.}
      - {preference: 5, exchange: alt1.aspmx.l.google.com.}
      - {preference: 5, exchange: alt2.aspmx.l.google.com.}
      - {preference: 10, exchange: alt3.aspmx.l.google.com.}
      - {preference: 10, exchange: alt4.aspmx.l.google.com.}
  - type: TXT
    value: v=spf1 include:_spf.google.com ~all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

Move in steps: add the new host behind the old ones, see that mail arrives over it, give it the lowest preference, and
delete the old hosts when their TTL has passed.
"""

from collections.abc import Iterator

from linter.facts.vendors import styles_apart, vendor_hosts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.providers.catalogue import catalogue
from linter.rules.rule import Rule

from .certainty import graded


def check(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each vendor of a set: at its first host of another form than the first one's."""
    for name, values in facts.mail_hosts.items():
        for vendor, hosts in styles_apart(vendor_hosts(values)).items():
            first = hosts[0]
            other = next(host for host in hosts if host.family != first.family)
            shown, known = (each.mx.exchange.name.rstrip(".") for each in (other, first))
            label = catalogue().providers[vendor].name
            message = f"`{shown}` is another form than `{known}`: {label} asks for one of them, not for both"
            related = (Related(first.mx.exchange.span, "the first form"),)
            way_out = "keep the form that your account shows, and delete the other when it has taken over"
            complaint = Complaint(other.mx.exchange.span, message, way_out, related, name, "MX")
            yield graded(complaint, first, other)


RULE = Rule("mx-styles-mixed", "warning", check, __doc__, "RFC 5321 section 5.1", needs=("mx:styles",))
