"""A name has several SPF records, which receivers answer with a permanent error.

There is no first one that counts: more than one record is a permanent error, whatever they say (RFC 7208 section
4.5). It happens when a second service asks for "its" SPF record. One record can hold what both ask for.

## Bad

```yaml
'':
  type: TXT
  values:
    - v=spf1 include:spf.protection.outlook.com -all
    - v=spf1 include:_spf.mail.example.net -all  # <- a second SPF record
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 include:spf.protection.outlook.com include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
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
    """Every record after the first one; the same text again is a duplicate, which DNS itself drops."""
    for name, texts in facts.spf_by_name.items():
        first, seen = texts[0], {texts[0].value.text}
        for text in texts[1:]:
            if text.value.text not in seen:
                seen.add(text.value.text)
                message = f"a second SPF record at `{name.rstrip('.')}`; receivers answer both with permerror"
                related = (Related(first.value.span, "the first one"),)
                way_out = "put the terms of both into one record, before one `all`"
                yield Complaint(text.value.span, message, way_out, related, name, "TXT")


RULE = Rule("spf-multiple-records", "error", check, __doc__, "RFC 7208 section 4.5", needs=("spf-several",))
