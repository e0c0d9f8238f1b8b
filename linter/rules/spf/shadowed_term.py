"""An address range of an SPF record is covered by an earlier one, so it never decides anything.

The first term that matches decides (RFC 7208 section 4.6.2). A narrower range behind a wider one is superfluous if both
say the same. If they differ it is an error: an address that `-ip4:` should exclude stays authorised when the range
around it stands before.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.25 -all  # <- `ip4:192.0.2.0/24` covers it
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
  value: v=spf1 ip4:192.0.2.0/24 -ip4:192.0.2.66 -all  # <- move it before `ip4:192.0.2.0/24`
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
  value: v=spf1 -ip4:192.0.2.66 ip4:192.0.2.0/24 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.address_sets import live_networks, overlaps
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each range that an earlier one covers; the very same range again is a duplicate."""
    for text in facts.texts.spf:
        for overlap in overlaps(live_networks(text.spf)):
            term, earlier = overlap.term, overlap.earlier
            if overlap.is_equal:
                continue
            first = quoted(text.spf.text[earlier.start : earlier.end])
            written = quoted(text.spf.text[term.start : term.end])
            if overlap.agrees:
                message, severity = f"{written} never decides anything: {first} covers it", ""
                way_out = "delete it"
            else:
                message, severity = f"{written} never decides anything: {first} covers it and says otherwise", "error"
                way_out = f"move it before {first}"
            related = (Related(text.value.part(earlier.start, earlier.end), "decides before it"),)
            span = text.value.part(term.start, term.end)
            yield Complaint(span, message, way_out, related, text.record.name, "TXT", severity)


RULE = Rule("spf-shadowed-term", "warning", check, __doc__, "RFC 7208 section 4.6.2", needs=("spf:overlap",))
