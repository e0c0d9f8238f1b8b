"""A record set is served with another TTL than it is declared with.

The TTL says how long resolvers may keep a record (RFC 1035 section 3.2.1), so how long a change takes to arrive. A
plan that counts on five minutes waits in vain where a day is served. All sets with one such difference are told of
once. Answers that come from a cache say nothing about the TTL of the zone, and are not judged.

## Bad

```yaml
'':
  - type: MX
    ttl: 300
    value: {preference: 10, exchange: mx1.mail.example.net.}  # <- declared with a TTL of 300 and served with 3600
  - type: TXT
    ttl: 300
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  ttl: 300
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: {ttl: 3600, values: ["10 mx1.mail.example.net."]}
    TXT: {ttl: 300, values: ["v=spf1 include:_spf.mail.example.net -all"]}
  _dmarc.example.com: {TXT: {ttl: 3600, values: ["v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"]}}
  s1._domainkey.example.com: {CNAME: {ttl: 60, values: [s1.keys.example.net.]}}
```

## Good

```yaml
'':
  - type: MX
    ttl: 300
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    ttl: 300
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  ttl: 300
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: {ttl: 300, values: ["10 mx1.mail.example.net."]}
    TXT: {ttl: 300, values: ["v=spf1 include:_spf.mail.example.net -all"]}
  _dmarc.example.com: {TXT: {ttl: 300, values: ["v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"]}}
  s1._domainkey.example.com: {CNAME: {ttl: 60, values: [s1.keys.example.net.]}}
```
"""

from collections.abc import Iterator

from linter.facts.drift_words import shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each pair of declared and served TTL once."""
    for found in facts.drift.ttls if facts.drift else ():
        name, kind = found.pair
        more = f", as {found.number - 1} more sets are" if found.number > 2 else ", as one more set is"
        told = f"{kind} of {shown_name(name)} is declared with a TTL of {found.declared} and served with {found.served}"
        message = f"{told}{more if found.number > 1 else ''}"
        way_out = f"publish the file, or declare {found.served}; some providers allow no other TTL"
        yield Complaint(found.span, message, way_out, (), name, kind)


RULE = Rule("drift-ttl", "info", check, __doc__, "RFC 1035 section 3.2.1", needs=("served",))
