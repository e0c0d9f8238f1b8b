"""A DKIM key is revoked: its record is there, but empty.

An empty `p=` tells receivers that mail signed with the key is no longer to be trusted (RFC 6376 section 3.6.1). That is
right after a key was stolen; after a mere rotation the record can go. At `*._domainkey` of a domain that sends no mail
it says that no key is good; under a domain that does send, it turns a missing key into a revoked one.

## Bad

```yaml
s2024._domainkey:
  type: TXT
  value: v=DKIM1\\; p=  # <- is revoked
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 0
      exchange: .
  - type: TXT
    value: v=spf1 -all
'*._domainkey':
  type: TXT
  value: v=DKIM1\\; p=
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.net
```
"""

from collections.abc import Iterator

from linter.facts.parked import is_parked
from linter.facts.selectors import signing_domain
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Revoked keys, but not those of all selectors of a domain without mail."""
    for key_set in facts.key_sets:
        if len(key_set.records) != 1 or key_set.others:
            continue  # several values at a selector: which of them counts is the question then
        text = key_set.records[0]
        p = text.key.tags.first("p")
        if not text.key.revoked or p is None:
            continue
        message = "`p=` is empty, so the key is revoked"
        way_out = "delete the record when no mail that was signed with the key is under way any more"
        if key_set.name.startswith("*."):
            if is_parked(facts, signing_domain(key_set.name)):
                continue
            message = "`p=` is empty, so every selector without a record of its own is revoked"
            way_out = "leave this to domains without mail; receivers take a missing key for what it is"
        yield Complaint(text.value.part(p.start, p.end), message, way_out, (), key_set.name, "TXT")


RULE = Rule("dkim-revoked", "off", check, __doc__, "RFC 6376 section 3.6.1", needs=("dkim", "stray-dkim"))
