"""A record set, or a value of one, is declared and not served.

What stands in a file and not in DNS protects nobody. The name servers of the zone were asked and said that there is
no such record (RFC 2308 section 2): it was never published, was removed by hand, or went to another zone.

## Bad

```yaml
'':
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    values:
      - v=spf1 include:_spf.mail.example.net -all
      - token=9f86d081884c7d65  # <- is not served
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net  # <- servers say that there is nothing
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: ["10 mx1.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net -all"]
  _dmarc.example.com: nxdomain
  s1._domainkey.example.com: {CNAME: [s1.keys.example.net.]}
```

## Good

```yaml
'':
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: ["10 mx1.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net -all"]
  _dmarc.example.com:
    TXT: ['"v=DMARC1; p=reject; " "rua=mailto:dmarc@reports.example.net"']
  s1._domainkey.example.com: {CNAME: [S1.Keys.Example.NET]}
```
"""

from collections.abc import Iterator

from linter.facts.drift_words import listed_values, shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

_WAY_OUT = "publish it, or take it out of the file"


def check(facts: Facts) -> Iterator[Complaint]:
    """Every declared set that was asked for."""
    for _, expected, judged in facts.drift.judged if facts.drift else ():
        for missing in judged.missing:
            name, kind = expected.owner, expected.kind
            if missing.is_all:
                message = f"{kind} of {shown_name(name)} is not served: the zone's servers say that there is nothing"
            else:
                message = f"{listed_values(missing.values)} is not served among the {kind} values of {shown_name(name)}"
            yield Complaint(missing.span, message, _WAY_OUT, (), name, kind)


RULE = Rule("drift-missing", "error", check, __doc__, "RFC 2308 section 2", needs=("served",))
