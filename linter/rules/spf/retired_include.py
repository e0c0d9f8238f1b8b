"""An SPF term leads to a name that its vendor has withdrawn or replaced.

Old names stay in records long after the vendor has moved on. One that no longer exists makes the whole record an
error (RFC 7208 section 5.2); one that still answers costs lookups of the ten there are (section 4.6.4) and may lack the
vendor's newer addresses. What is known of each name has a date: see policies/providers.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 include:_spf.google.com include:_netblocks.google.com ~all  # <- was a part of `_spf.google.com`
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```dns
version: 1
answers:
  _spf.google.com: {TXT: ["v=spf1 ip4:74.125.0.0/16 ~all"]}
  _netblocks.google.com: {TXT: ["v=spf1 ip4:35.190.247.0/24 ~all"]}
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 include:_spf.google.com ~all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.vendors import retired_terms
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.providers.catalogue import catalogue
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every term that leads to a retired name."""
    for text in facts.texts.spf:
        for term, name in retired_terms(text):
            found = catalogue().retired("include", name)
            if found is None:
                continue
            provider, retired = found
            message = f"`{name}` {retired.reason} ({provider.name}, seen {retired.evidence.seen})"
            way_out = "delete the term"
            if retired.successor and retired.successor in text.spf.text.lower():
                way_out = f"delete the term: `{retired.successor}` stands in the record"
            elif retired.successor:
                way_out = f"write `{retired.successor}`"
            is_firm = retired.evidence.confirmed
            severity = "" if is_firm and not retired.works else "info"
            span = text.value.part(term.start, term.end)
            yield Complaint(span, message, way_out, (), text.record.name, "TXT", severity, is_firm=is_firm)


RULE = Rule("spf-retired-include", "warning", check, __doc__, "RFC 7208 section 5.2", needs=("spf:retired",))
