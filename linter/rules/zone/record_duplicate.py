"""The same value stands twice in one set of records.

Equal records of one name and type are one record to DNS (RFC 2181 section 5), so the second is of no effect and
usually a slip: a line copied and never changed, or one record kept in two files. Some providers refuse the zone.

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mx1.mail.example.net.
      - preference: 10
        exchange: MX1.mail.example.net.  # <- stands twice
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mx1.mail.example.net.
      - preference: 10
        exchange: mx2.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Hashable, Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.address import ip4_value, ip6_value
from linter.rules.rule import Rule
from linter.source.plain import plain_value
from linter.zone.model import Address, Mx, Record, Srv, Target, Text, Value

from .places import value_span


def check(facts: Facts) -> Iterator[Complaint]:
    """Sets of two values or more, over all entries of the name."""
    for kind in facts.index.by_type:
        if f"several:{kind}" in facts.present:
            for name in dict.fromkeys(record.name for record in facts.records(kind)):
                records = facts.index.records(name, kind)
                if len(records) > 1 or len(records[0].values) > 1:
                    yield from _repeated(records)


def _repeated(records: list[Record]) -> Iterator[Complaint]:
    first: dict[Hashable, Value] = {}
    for record in records:
        for value in record.values:
            earlier = first.setdefault(_meaning(record.type, value), value)
            if earlier is not value:
                related = (Related(value_span(earlier), "the first"),)
                message = f"the same {record.type} value stands twice for `{record.name.rstrip('.')}`"
                yield Complaint(value_span(value), message, "remove one", related, record.name, record.type)


def _meaning(kind: str, value: Value) -> Hashable:
    """What a value comes to, however it is written."""
    if isinstance(value, Text):
        return value.text
    if isinstance(value, Target):
        return _name(value)
    if isinstance(value, Mx):
        return (value.preference, _name(value.exchange))
    if isinstance(value, Srv):
        return (value.priority, value.weight, value.port, _name(value.target))
    if isinstance(value, Address):
        read = ip4_value if kind == "A" else ip6_value
        number = read(value.text)
        return value.text.lower() if number is None else number
    return repr(plain_value(value.node))


def _name(target: Target) -> str:
    # Without the final dot it may be another name: target-without-trailing-dot speaks of that.
    return target.name if target.dotted else target.written.lower()


RULE = Rule("record-duplicate", "warning", check, __doc__, "RFC 2181 section 5", needs=("several",))
