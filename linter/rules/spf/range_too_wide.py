"""An SPF term authorises more addresses than anybody sends from.

A prefix shorter than /16, or /32 for IPv6, holds tens of thousands of other people's machines, each of which may send
as the domain. A slip of one digit makes `/28` to `/2`. Below /8 the term is `+all` in other words, and an error.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ip4:198.32.0.0/12 -all  # <- 1,048,576 addresses
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 mx/2 -all  # <- a quarter of all addresses
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
  type: TXT
  value: v=spf1 mx/28 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.address_sets import share_of, wide_ranges
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each term with "+" and a short prefix; ranges that no mail comes from have a rule of their own."""
    for text in facts.texts.spf:
        for wide in wide_ranges(text.spf):
            term = wide.term
            written = quoted(text.spf.text[term.start : term.end])
            message = f"{written} lets {share_of(wide.version, wide.prefix)} send as this domain"
            way_out = "write the prefix of the network that really sends, or its single addresses"
            severity = "error" if wide.is_nearly_all else ""
            span = text.value.part(term.start, term.end)
            yield Complaint(span, message, way_out, (), text.record.name, "TXT", severity)


RULE = Rule("spf-range-too-wide", "warning", check, __doc__, "RFC 7208 section 5.6", needs=("spf:wide",))
