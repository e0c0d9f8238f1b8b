"""An SPF record stands at a name where no receiver looks for it.

Receivers ask for TXT at exactly the domain behind the `@` (RFC 7208 section 3). A record at `_spf` counts only where
another record includes it, and one that was pasted at `_dmarc`, `_mta-sts` or the like never counts. One at a
wildcard does not count for the name above it, nor for any name that has records of
its own (RFC 7208 section 3.5).

## Bad

```yaml
'':
  type: MX
  value:
    preference: 10
    exchange: mx1.mail.example.net.
_spf:
  type: TXT
  value: v=spf1 mx -all  # <- no receiver looks for the SPF of `example.com`
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.com
```

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  values:
    - v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.com
    - v=spf1 mx -all  # <- no receiver looks for SPF
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 mx include:_spf.example.com -all
_spf:
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.com
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Records aside of a domain with MX and without SPF, and those where other policies belong."""
    for astray in facts.spf_astray:
        text = astray.text
        domain, name = astray.domain.rstrip("."), text.record.name.rstrip(".")
        message = f"no receiver looks for the SPF of `{domain}` at `{name}`"
        way_out = f"publish it at `{domain}`"
        if not name.startswith("*"):
            way_out = f"{way_out}, or publish there a record that has `include:{name}`"
        related = (Related(astray.need.exchange.span, f"`{domain}` has MX and no SPF"),)
        yield Complaint(text.value.span, message, way_out, related, text.record.name, "TXT")
    for record, value in facts.texts.stray_spf:
        name = record.name.rstrip(".")
        message = f"an SPF record at `{name}`, where no receiver looks for SPF"
        way_out = "remove it; SPF belongs at the domain after the `@` itself"
        yield Complaint(value.span, message, way_out, (), record.name, "TXT")


RULE = Rule("spf-wrong-place", "warning", check, __doc__, "RFC 7208 section 3", needs=("spf-aside", "stray-spf"))
