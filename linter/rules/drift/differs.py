"""A record is served otherwise than it is declared.

Receivers act on what is served. Somebody changed the record at the provider and not in the file, or the file and
never published it; whoever publishes the file now undoes that change. TXT values are compared after joining their
strings (RFC 1035 section 3.3.14), names without regard to case, and the order of values means nothing (RFC 2181
section 5).

## Bad

```yaml
'':
  - type: MX
    values:
      - {preference: 10, exchange: mx1.mail.example.net.}
      - {preference: 20, exchange: mx2.mail.example.net.}  # <- `mx2.mail.example.net` is served at 10 instead of 20
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all  # <- `-all` is served as `~all`, `ip4:198.51.100.7` is served only
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net  # <- `p=reject` is served as `p=none`
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.  # <- `s2.keys.example.net` is served
```

```live
version: 1
answers:
  example.com:
    MX: ["10 mx1.mail.example.net.", "10 mx2.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net ip4:198.51.100.7 ~all"]
  _dmarc.example.com: {TXT: ["v=DMARC1; p=none; rua=mailto:dmarc@reports.example.net"]}
  s1._domainkey.example.com: {CNAME: [s2.keys.example.net.]}
```

## Good

```yaml
'':
  - type: MX
    values:
      - {preference: 10, exchange: mx1.mail.example.net.}
      - {preference: 10, exchange: mx2.mail.example.net.}
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
    MX: ["10 MX2.mail.example.net.", "10 mx1.mail.example.net."]
    TXT: ['"v=spf1 include:_spf" ".mail.example.net -all"']
  _dmarc.example.com: {TXT: ["v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"]}
  s1._domainkey.example.com: {CNAME: [s1.keys.example.net.]}
```
"""

from collections.abc import Iterator

from linter.facts.drift_sets import Differing
from linter.facts.drift_words import shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule

_LONGEST = 160


def check(facts: Facts) -> Iterator[Complaint]:
    """Every declared set that was asked for."""
    for _, expected, judged in facts.drift.judged if facts.drift else ():
        for differing in judged.differing:
            what = f"{differing.role or expected.kind} of {shown_name(expected.owner)}"
            message = f"{what} is served otherwise: {differing.difference.words}"
            severity = "info" if differing.difference.is_spelling else ""
            way_out = _way_out(differing)
            yield Complaint(differing.span, message, way_out, (), expected.owner, expected.kind, severity)


def _way_out(differing: Differing) -> str:
    if differing.is_flattened:
        return "publish the CNAME; where the provider replaces CNAMEs by addresses, say `dns: {cname-flattening: true}`"
    if differing.role:
        return f"publish the file, or declare what is served: {quoted(differing.served, _LONGEST)}"
    return "publish the file, or declare what is served"


RULE = Rule("drift-differs", "error", check, __doc__, "RFC 2181 section 5", needs=("served",))
