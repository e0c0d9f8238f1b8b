"""An SPF record ends without `all` and without `redirect`.

Whoever is not listed gets "neutral" then, as if `?all` stood there: the record says who may send and nothing about
everybody else (RFC 7208 section 4.7). Names with an underscore are left alone: they are only included by
others, and there the end of a record has no effect.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 include:spf.protection.outlook.com  # <- neither `all` nor `redirect=`
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
  value: v=spf1 include:spf.protection.outlook.com -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.spf_places import glued_all, is_include_target
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Records without an end, unless what stands at their end is itself a fault."""
    for text in facts.texts.spf:
        spf = text.spf
        if spf.all_term or spf.redirect or is_include_target(text.record.name):
            continue
        end = len(spf.text.rstrip())
        if any(fault.end >= end or "all`" in fault.message for fault in spf.faults):
            continue
        glued = glued_all(spf)
        if glued is None:
            message = "neither `all` nor `redirect=` ends the record, so it says nothing about all other senders"
            span, way_out = text.value.part(len(spf.text), len(spf.text)), "end it with `-all` or `~all`"
        else:
            message = (
                "without a space before it, `-all` is the end of a name, and neither `all` nor `redirect=` follows"
            )
            span, way_out = text.value.part(glued, glued + len("-all")), "write a space before `-all`"
        yield Complaint(span, message, way_out, (), text.record.name, "TXT")


RULE = Rule("spf-missing-all", "warning", check, __doc__, "RFC 7208 section 4.7", needs=("spf:no-all",))
